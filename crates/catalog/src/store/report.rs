//! The `catalog_report` table: the 検証結果 of each revision as a document. A report stays under 1 MB.

use ingestion::Report;
use sea_orm::{ActiveValue, ConnectionTrait, EntityTrait};

use crate::error::CatalogError;
use crate::slug::Slug;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "catalog_report")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub dataset: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub number: i64,
        pub report: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The report of one revision, or [`CatalogError::NoSuchRevision`].
pub(crate) async fn find(
    db: &impl ConnectionTrait,
    dataset: &Slug,
    number: u32,
) -> Result<Report, CatalogError> {
    let row = row::Entity::find_by_id((dataset.to_string(), i64::from(number)))
        .one(db)
        .await?
        .ok_or_else(|| CatalogError::NoSuchRevision { slug: dataset.clone(), number })?;
    serde_json::from_str(&row.report).map_err(|error| super::unreadable("catalog_report", error))
}

/// Keeps the report of a new revision.
pub(super) async fn insert(
    db: &impl ConnectionTrait,
    dataset: &Slug,
    number: u32,
    report: &Report,
) -> Result<(), CatalogError> {
    let document =
        serde_json::to_string(report).map_err(|error| super::unreadable("catalog_report", error))?;
    let row = row::ActiveModel {
        dataset: ActiveValue::Set(dataset.to_string()),
        number: ActiveValue::Set(i64::from(number)),
        report: ActiveValue::Set(document),
    };
    row::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Keeps what was found when the file of a draft was judged once more.
pub(super) async fn replace(
    db: &impl ConnectionTrait,
    dataset: &Slug,
    number: u32,
    report: &Report,
) -> Result<(), CatalogError> {
    row::Entity::delete_by_id((dataset.to_string(), i64::from(number))).exec(db).await?;
    insert(db, dataset, number, report).await
}

/// Forgets all reports of a catalog whose making was cut short.
pub(super) async fn empty(db: &impl ConnectionTrait) -> Result<(), CatalogError> {
    row::Entity::delete_many().exec(db).await?;
    Ok(())
}
