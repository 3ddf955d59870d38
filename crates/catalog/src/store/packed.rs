//! The `catalog_packed` table: which texts of a revision are kept packed, in which kept file each is.

use ingestion::Sha256;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::distribution::{Format, Packed, Packing};
use crate::error::CatalogError;
use crate::slug::Slug;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "catalog_packed")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub dataset: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub number: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub format: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub packing: String,
        pub bytes: i64,
        pub sha256: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl TryFrom<row::Model> for Packed {
    type Error = CatalogError;

    fn try_from(row: row::Model) -> Result<Packed, CatalogError> {
        let unreadable = |why: &dyn std::fmt::Display| super::unreadable("catalog_packed", why);
        Ok(Packed {
            format: row.format.parse::<Format>().map_err(|error| unreadable(&error))?,
            packing: Packing::from_name(&row.packing).ok_or_else(|| unreadable(&row.packing))?,
            bytes: row.bytes.unsigned_abs(),
            sha256: row.sha256.parse::<Sha256>().map_err(|error| unreadable(&error))?,
        })
    }
}

/// The packed texts of one revision.
pub(crate) async fn of(
    db: &impl ConnectionTrait,
    dataset: &Slug,
    number: u32,
) -> Result<Vec<Packed>, CatalogError> {
    let rows = row::Entity::find()
        .filter(row::Column::Dataset.eq(dataset.as_str()))
        .filter(row::Column::Number.eq(number))
        .all(db)
        .await?;
    rows.into_iter().map(Packed::try_from).collect()
}

/// Adds packed texts of a revision; those that are there already stay as they are.
pub(crate) async fn append(
    db: &impl ConnectionTrait,
    dataset: &Slug,
    number: u32,
    packed: &[Packed],
) -> Result<(), CatalogError> {
    if packed.is_empty() {
        return Ok(());
    }
    let rows = packed.iter().map(|packed| row::ActiveModel {
        dataset: ActiveValue::Set(dataset.to_string()),
        number: ActiveValue::Set(i64::from(number)),
        format: ActiveValue::Set(packed.format.extension().to_owned()),
        packing: ActiveValue::Set(packed.packing.as_str().to_owned()),
        bytes: ActiveValue::Set(packed.bytes as i64),
        sha256: ActiveValue::Set(packed.sha256.to_string()),
    });
    let key = [row::Column::Dataset, row::Column::Number, row::Column::Format, row::Column::Packing];
    row::Entity::insert_many(rows)
        .on_conflict(OnConflict::columns(key).do_nothing().to_owned())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Forgets all packed texts of a catalog whose making was cut short.
pub(super) async fn empty(db: &impl ConnectionTrait) -> Result<(), CatalogError> {
    row::Entity::delete_many().exec(db).await?;
    Ok(())
}
