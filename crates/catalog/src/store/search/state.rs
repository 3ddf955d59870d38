//! The `search_state` table: numbers by name. `number` moves with every change of the index; the others say in which edition
//! the documents of one source were last put in.

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::error::CatalogError;
use crate::search::EDITION;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "search_state")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub name: String,
        pub value: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) use row::{Column, Entity};

/// The name under which the changes are counted.
pub(super) const NUMBER: &str = "number";

/// Counts one change and tells its number. Whoever counts keeps others from it until the transaction ends, so that
/// the numbers become visible in their order.
pub(crate) async fn count(db: &impl ConnectionTrait) -> Result<i64, CatalogError> {
    let next = Expr::col(Column::Value).add(1);
    Entity::update_many().col_expr(Column::Value, next).filter(Column::Name.eq(NUMBER)).exec(db).await?;
    number(db).await
}

/// The number of the last change.
pub(crate) async fn number(db: &impl ConnectionTrait) -> Result<i64, CatalogError> {
    value(db, NUMBER).await?.ok_or_else(|| super::super::unreadable("search_state", "its number is missing"))
}

/// Whether the documents of `source` were put in by this edition of the index.
///
/// # Errors
/// [`CatalogError::Database`].
pub async fn is_current(db: &impl ConnectionTrait, source: &str) -> Result<bool, CatalogError> {
    Ok(value(db, source).await? == Some(EDITION))
}

/// Says that the documents of `source` are those of this edition of the index.
///
/// # Errors
/// [`CatalogError::Database`].
pub async fn mark(db: &impl ConnectionTrait, source: &str) -> Result<(), CatalogError> {
    let row =
        row::ActiveModel { name: ActiveValue::Set(source.to_owned()), value: ActiveValue::Set(EDITION) };
    let replace = OnConflict::column(Column::Name).update_column(Column::Value).to_owned();
    Entity::insert(row).on_conflict(replace).exec_without_returning(db).await?;
    Ok(())
}

async fn value(db: &impl ConnectionTrait, name: &str) -> Result<Option<i64>, CatalogError> {
    Ok(Entity::find_by_id(name).one(db).await?.map(|row| row.value))
}

/// Forgets the editions; the changes go on being counted.
pub(super) async fn empty(db: &impl ConnectionTrait) -> Result<(), CatalogError> {
    Entity::delete_many().filter(Column::Name.ne(NUMBER)).exec(db).await?;
    Ok(())
}
