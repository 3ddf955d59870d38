//! The `catalog_city` table: its one row is the [`City`] as a document.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue, ConnectionTrait, EntityTrait};

use crate::city::City;
use crate::error::CatalogError;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "catalog_city")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i64,
        pub city: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

const ONLY: i64 = 1;

/// The city, once it is loaded.
pub(crate) async fn find(db: &impl ConnectionTrait) -> Result<Option<City>, CatalogError> {
    let row = row::Entity::find_by_id(ONLY).one(db).await?;
    row.map(|row| serde_json::from_str(&row.city))
        .transpose()
        .map_err(|error| super::unreadable("catalog_city", error))
}

/// Keeps the city; whether that changed anything.
pub(crate) async fn put(db: &impl ConnectionTrait, city: &City) -> Result<bool, CatalogError> {
    if find(db).await?.as_ref() == Some(city) {
        return Ok(false);
    }
    let document = serde_json::to_string(city).map_err(|error| super::unreadable("catalog_city", error))?;
    let row = row::ActiveModel { id: ActiveValue::Set(ONLY), city: ActiveValue::Set(document) };
    let replace = OnConflict::column(row::Column::Id).update_column(row::Column::City).to_owned();
    row::Entity::insert(row).on_conflict(replace).exec_without_returning(db).await?;
    Ok(true)
}

/// Forgets the city of a catalog whose making was cut short.
pub(super) async fn empty(db: &impl ConnectionTrait) -> Result<(), CatalogError> {
    row::Entity::delete_many().exec(db).await?;
    Ok(())
}
