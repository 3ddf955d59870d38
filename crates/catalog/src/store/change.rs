//! The `catalog_change` table: its one row counts the changes, and says whether the catalog is complete and for
//! which change オープンデータ一覧 was last made.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ActiveValue, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::error::CatalogError;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "catalog_change")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i64,
        pub number: i64,
        pub complete: bool,
        pub listed: Option<i64>,
        pub listed_under: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

const ONLY: i64 = 1;

/// Where the catalog stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    /// Moves with every change that a reader could see.
    pub number: u64,
    /// The number, and the catalog's IRI, that オープンデータ一覧 was last made for.
    pub listed: Option<(u64, String)>,
}

/// Sets the row of a catalog that is being made.
pub(super) async fn begin(db: &impl ConnectionTrait) -> Result<(), CatalogError> {
    row::Entity::delete_many().exec(db).await?;
    let begun = row::ActiveModel {
        id: ActiveValue::Set(ONLY),
        number: ActiveValue::Set(0),
        complete: ActiveValue::Set(false),
        listed: ActiveValue::Set(None),
        listed_under: ActiveValue::Set(None),
    };
    row::Entity::insert(begun).exec_without_returning(db).await?;
    Ok(())
}

/// Whether the making was finished. Asks for no other column: the table may be that of an older program.
pub(super) async fn is_complete(db: &impl ConnectionTrait) -> Result<bool, CatalogError> {
    let only = row::Entity::find_by_id(ONLY).select_only().column(row::Column::Complete);
    Ok(only.into_tuple::<bool>().one(db).await?.unwrap_or(false))
}

/// Says that the making is finished.
pub(super) async fn complete(db: &impl ConnectionTrait) -> Result<(), CatalogError> {
    set(db, row::Column::Complete, true.into()).await
}

/// Where the catalog stands.
pub(crate) async fn read(db: &impl ConnectionTrait) -> Result<Change, CatalogError> {
    let row = row::Entity::find_by_id(ONLY)
        .one(db)
        .await?
        .ok_or_else(|| super::unreadable("catalog_change", "its row is missing"))?;
    let listed = row.listed.zip(row.listed_under).map(|(number, under)| (number.unsigned_abs(), under));
    Ok(Change { number: row.number.unsigned_abs(), listed })
}

/// Counts one change.
pub(crate) async fn count(db: &impl ConnectionTrait) -> Result<(), CatalogError> {
    set(db, row::Column::Number, Expr::col(row::Column::Number).add(1)).await
}

/// Counts one change for which オープンデータ一覧 is not to be made anew.
pub(crate) async fn count_unlisted(db: &impl ConnectionTrait) -> Result<(), CatalogError> {
    let before = read(db).await?;
    count(db).await?;
    match before.listed {
        Some((number, under)) if number == before.number => listed(db, number + 1, &under).await,
        _ => Ok(()),
    }
}

/// Writes without changing anything, to see whether it can be done.
pub(super) async fn touch(db: &impl ConnectionTrait) -> Result<(), CatalogError> {
    set(db, row::Column::Number, Expr::col(row::Column::Number)).await
}

/// Remembers that オープンデータ一覧 was made for change `number` under the catalog's IRI `under`.
pub(crate) async fn listed(db: &impl ConnectionTrait, number: u64, under: &str) -> Result<(), CatalogError> {
    let number = i64::try_from(number).map_err(|error| super::unreadable("catalog_change", error))?;
    row::Entity::update_many()
        .col_expr(row::Column::Listed, number.into())
        .col_expr(row::Column::ListedUnder, under.into())
        .filter(row::Column::Id.eq(ONLY))
        .exec(db)
        .await?;
    Ok(())
}

async fn set(db: &impl ConnectionTrait, column: row::Column, value: Expr) -> Result<(), CatalogError> {
    row::Entity::update_many().col_expr(column, value).filter(row::Column::Id.eq(ONLY)).exec(db).await?;
    Ok(())
}
