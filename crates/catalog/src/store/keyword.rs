//! The `catalog_keyword` table: the words people look for, one row each, so that they can be counted.

use sea_orm::sea_query::{ExprTrait, Query, SelectStatement};
use sea_orm::{ActiveValue, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::error::CatalogError;
use crate::slug::Slug;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "catalog_keyword")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub dataset: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub place: i64,
        pub keyword: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Replaces the keywords of `dataset`. A word that stands twice is counted once.
pub(super) async fn put(
    db: &impl ConnectionTrait,
    dataset: &Slug,
    keywords: &[String],
) -> Result<(), CatalogError> {
    row::Entity::delete_many().filter(row::Column::Dataset.eq(dataset.as_str())).exec(db).await?;
    let mut kept: Vec<&String> = Vec::new();
    for keyword in keywords {
        if !kept.contains(&keyword) {
            kept.push(keyword);
        }
    }
    if kept.is_empty() {
        return Ok(());
    }
    let rows = kept.into_iter().enumerate().map(|(place, keyword)| row::ActiveModel {
        dataset: ActiveValue::Set(dataset.to_string()),
        place: ActiveValue::Set(place as i64),
        keyword: ActiveValue::Set(keyword.clone()),
    });
    row::Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}

/// The slugs of the datasets that carry `keyword`.
pub(super) fn datasets_with(keyword: &str) -> SelectStatement {
    Query::select()
        .column(row::Column::Dataset)
        .from(row::Entity)
        .and_where(row::Column::Keyword.into_expr().eq(keyword))
        .take()
}

/// Forgets all keywords of a catalog whose making was cut short.
pub(super) async fn empty(db: &impl ConnectionTrait) -> Result<(), CatalogError> {
    row::Entity::delete_many().exec(db).await?;
    Ok(())
}
