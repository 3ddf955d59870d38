//! The `rows_table` table: which tables of rows there are, what each was made from and what is in it.

use sea_orm::sea_query::SelectStatement;
use sea_orm::{ActiveValue, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};

use super::super::{time, unreadable};
use super::{Origin, Table};
use crate::error::CatalogError;
use crate::tabled::Shape;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "rows_table")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub content: String,
        pub manner: String,
        /// Whether all rows and indexes are there.
        pub ready: bool,
        pub described: String,
        /// When somebody asked it last, or rows were last put in.
        pub used_ms: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

const TABLE: &str = "rows_table";

#[derive(Serialize, Deserialize)]
struct Described {
    shape: Shape,
    indexed: Vec<usize>,
}

impl TryFrom<row::Model> for Table {
    type Error = CatalogError;

    fn try_from(row: row::Model) -> Result<Table, CatalogError> {
        let described: Described =
            serde_json::from_str(&row.described).map_err(|error| unreadable(TABLE, error))?;
        Ok(Table { id: row.id, shape: described.shape, indexed: described.indexed })
    }
}

fn described(shape: &Shape, indexed: &[usize]) -> Result<String, CatalogError> {
    let described = Described { shape: shape.clone(), indexed: indexed.to_vec() };
    serde_json::to_string(&described).map_err(|error| unreadable(TABLE, error))
}

/// The question for the table that was made from `origin` and is ready: the first of several.
pub(super) fn ready(origin: &Origin) -> SelectStatement {
    use sea_orm::QueryTrait as _;
    let mut found = row::Entity::find()
        .filter(row::Column::Content.eq(origin.content.to_string()))
        .filter(row::Column::Manner.eq(origin.manner.as_str()))
        .filter(row::Column::Ready.eq(true))
        .order_by_asc(row::Column::Id)
        .into_query();
    found.limit(1);
    found
}

/// The table in a row of [`ready`].
pub(super) fn table(row: &sea_orm::QueryResult) -> Result<Table, CatalogError> {
    use sea_orm::FromQueryResult as _;
    row::Model::from_query_result(row, "")?.try_into()
}

/// Enters a table that is to be made from `origin`; gives its number.
pub(super) async fn enter(db: &impl ConnectionTrait, origin: &Origin, shape: &Shape) -> Result<i64, CatalogError> {
    let new = row::ActiveModel {
        id: ActiveValue::NotSet,
        content: ActiveValue::Set(origin.content.to_string()),
        manner: ActiveValue::Set(origin.manner.clone()),
        ready: ActiveValue::Set(false),
        described: ActiveValue::Set(described(shape, &[])?),
        used_ms: ActiveValue::Set(time::to_ms(super::super::now())),
    };
    Ok(row::Entity::insert(new).exec(db).await?.last_insert_id)
}

/// Says that table `id` is ready.
pub(super) async fn complete(
    db: &impl ConnectionTrait,
    id: i64,
    shape: &Shape,
    indexed: &[usize],
) -> Result<(), CatalogError> {
    row::Entity::update_many()
        .col_expr(row::Column::Ready, true.into())
        .col_expr(row::Column::Described, described(shape, indexed)?.into())
        .col_expr(row::Column::UsedMs, time::to_ms(super::super::now()).into())
        .filter(row::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Says that table `id` is in use.
pub(super) async fn used(db: &impl ConnectionTrait, id: i64) -> Result<(), CatalogError> {
    row::Entity::update_many()
        .col_expr(row::Column::UsedMs, time::to_ms(super::super::now()).into())
        .filter(row::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Removes table `id` from the registry.
pub(super) async fn remove(db: &impl ConnectionTrait, id: i64) -> Result<(), CatalogError> {
    row::Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}

/// A table that nobody has used for a while.
pub(super) struct Idle {
    /// Its number.
    pub id: i64,
    /// What it was made from.
    pub origin: Origin,
    /// Whether it is ready.
    pub ready: bool,
}

/// The tables that nobody has used since `moment`.
pub(super) async fn idle(
    db: &impl ConnectionTrait,
    moment: jiff::Timestamp,
) -> Result<Vec<Idle>, CatalogError> {
    let rows = row::Entity::find().filter(row::Column::UsedMs.lt(time::to_ms(moment))).all(db).await?;
    let idle = |row: row::Model| {
        let content = row.content.parse().map_err(|error| unreadable(TABLE, error))?;
        Ok(Idle { id: row.id, origin: Origin { content, manner: row.manner }, ready: row.ready })
    };
    rows.into_iter().map(idle).collect()
}
