//! The `catalog_origin` table: where a dataset was brought in from ([`Origin`]), as a document.

use std::collections::HashMap;

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::error::CatalogError;
use crate::origin::Origin;
use crate::slug::Slug;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "catalog_origin")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub dataset: String,
        pub origin: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

const TABLE: &str = "catalog_origin";

/// Where `dataset` was brought in from, if it was.
pub(crate) async fn find(db: &impl ConnectionTrait, dataset: &Slug) -> Result<Option<Origin>, CatalogError> {
    let row = row::Entity::find_by_id(dataset.as_str()).one(db).await?;
    row.map(|row| read(&row.origin)).transpose()
}

fn read(origin: &str) -> Result<Origin, CatalogError> {
    serde_json::from_str(origin).map_err(|error| super::unreadable(TABLE, error))
}

/// What those of `datasets` that were brought in were called there ([`Origin::former_id`]).
pub(super) async fn former_ids(
    db: &impl ConnectionTrait,
    datasets: impl Iterator<Item = &str>,
) -> Result<HashMap<String, String>, CatalogError> {
    let mut found = HashMap::new();
    for row in row::Entity::find().filter(row::Column::Dataset.is_in(datasets)).all(db).await? {
        let origin = read(&row.origin)?;
        found.extend(origin.former_id().map(|id| (row.dataset, id.to_owned())));
    }
    Ok(found)
}

/// Keeps where `dataset` was brought in from.
pub(crate) async fn put(
    db: &impl ConnectionTrait,
    dataset: &Slug,
    origin: &Origin,
) -> Result<(), CatalogError> {
    let document = serde_json::to_string(origin).map_err(|error| super::unreadable(TABLE, error))?;
    let row = row::ActiveModel {
        dataset: ActiveValue::Set(dataset.to_string()),
        origin: ActiveValue::Set(document),
    };
    let replace = OnConflict::column(row::Column::Dataset).update_column(row::Column::Origin).to_owned();
    row::Entity::insert(row).on_conflict(replace).exec_without_returning(db).await?;
    Ok(())
}

/// Forgets the origins of a catalog whose making was cut short.
pub(super) async fn empty(db: &impl ConnectionTrait) -> Result<(), CatalogError> {
    row::Entity::delete_many().exec(db).await?;
    Ok(())
}
