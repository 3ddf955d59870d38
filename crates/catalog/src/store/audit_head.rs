//! The `catalog_audit_head` table: its one row names the newest entry of the audit, so that a missing one is
//! noticed, and is what its writers wait for.

use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::chain::BEGINNING;
use crate::error::CatalogError;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "catalog_audit_head")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i64,
        pub last: i64,
        pub hash: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

const ONLY: i64 = 1;

/// The newest entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    /// Its number; 0 while there is none.
    pub last: i64,
    /// Its hash.
    pub hash: String,
}

/// The head of a catalog that is being made.
pub(super) async fn begin(db: &impl ConnectionTrait) -> Result<(), CatalogError> {
    put(db, &Head { last: 0, hash: BEGINNING.to_owned() }).await
}

/// Holds back every other writer until the transaction ends.
pub(super) async fn lock(db: &impl ConnectionTrait) -> Result<(), CatalogError> {
    row::Entity::update_many()
        .col_expr(row::Column::Last, Expr::col(row::Column::Last))
        .filter(row::Column::Id.eq(ONLY))
        .exec(db)
        .await?;
    Ok(())
}

/// The newest entry.
pub(super) async fn read(db: &impl ConnectionTrait) -> Result<Head, CatalogError> {
    let row = row::Entity::find_by_id(ONLY).one(db).await?;
    let row = row.ok_or_else(|| super::unreadable("catalog_audit_head", "its row is missing"))?;
    Ok(Head { last: row.last, hash: row.hash })
}

/// Remembers the newest entry.
pub(super) async fn put(db: &impl ConnectionTrait, head: &Head) -> Result<(), CatalogError> {
    let row = row::ActiveModel {
        id: ActiveValue::Unchanged(ONLY),
        last: ActiveValue::Set(head.last),
        hash: ActiveValue::Set(head.hash.clone()),
    };
    row::Entity::update(row).exec(db).await?;
    Ok(())
}
