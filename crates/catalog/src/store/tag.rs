//! The `catalog_tag` table: the tags of each dataset as CKAN takes them ([`crate::ckan::tags`]), one row each, so that they
//! can be asked for and counted.

use sea_orm::{ActiveValue, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::ckan::tags;
use crate::dataset::Metadata;
use crate::error::CatalogError;
use crate::slug::Slug;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "catalog_tag")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub dataset: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub tag: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Replaces the tags of `dataset`, about which `metadata` is said.
pub(super) async fn put(
    db: &impl ConnectionTrait,
    dataset: &Slug,
    metadata: &Metadata,
) -> Result<(), sea_orm::DbErr> {
    row::Entity::delete_many().filter(row::Column::Dataset.eq(dataset.as_str())).exec(db).await?;
    let rows: Vec<_> = tags::of(metadata)
        .into_iter()
        .map(|tag| row::ActiveModel {
            dataset: ActiveValue::Set(dataset.to_string()),
            tag: ActiveValue::Set(tag),
        })
        .collect();
    if !rows.is_empty() {
        row::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Forgets all tags of a catalog whose making was cut short.
pub(super) async fn empty(db: &impl ConnectionTrait) -> Result<(), CatalogError> {
    row::Entity::delete_many().exec(db).await?;
    Ok(())
}
