//! The `rows_table` table: which tables of rows there are, what each was made from and what is in it.

use std::collections::BTreeSet;

use ingestion::Sha256;
use jiff::Timestamp;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ActiveValue, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QueryResult, QuerySelect, QueryTrait,
};
use serde::{Deserialize, Serialize};

use super::super::{time, unreadable};
use super::Table;
use crate::error::CatalogError;
use crate::tabled::{Origin, Shape};

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
pub(super) fn table(row: &QueryResult) -> Result<Table, CatalogError> {
    row::Model::from_query_result(row, "")?.try_into()
}

/// Enters a table that is to be made from `origin`; gives its number.
pub(super) async fn enter(
    db: &impl ConnectionTrait,
    origin: &Origin,
    shape: &Shape,
) -> Result<i64, CatalogError> {
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

/// Says that table `id` is in use. False where there is no such table any more.
pub(super) async fn used(db: &impl ConnectionTrait, id: i64) -> Result<bool, CatalogError> {
    let said = row::Entity::update_many()
        .col_expr(row::Column::UsedMs, time::to_ms(super::super::now()).into())
        .filter(row::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(said.rows_affected > 0)
}

/// Removes table `id` from the registry.
pub(super) async fn remove(db: &impl ConnectionTrait, id: i64) -> Result<(), CatalogError> {
    row::Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}

/// Removes table `id` from the registry, unless somebody has used it since `moment`. Tells whether it was there.
pub(super) async fn remove_idle(
    db: &impl ConnectionTrait,
    id: i64,
    moment: Timestamp,
) -> Result<bool, CatalogError> {
    let removed = row::Entity::delete_many()
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::UsedMs.lt(time::to_ms(moment)))
        .exec(db)
        .await?;
    Ok(removed.rows_affected > 0)
}

/// A table that nobody has used for a while.
pub(super) struct Idle {
    /// Its number.
    pub id: i64,
    /// The file it was made from.
    pub content: Sha256,
    /// Whether it is ready.
    pub ready: bool,
}

/// The tables that nobody has used since `moment`.
pub(super) async fn idle(db: &impl ConnectionTrait, moment: Timestamp) -> Result<Vec<Idle>, CatalogError> {
    let rows: Vec<(i64, String, bool)> = row::Entity::find()
        .select_only()
        .columns([row::Column::Id, row::Column::Content, row::Column::Ready])
        .filter(row::Column::UsedMs.lt(time::to_ms(moment)))
        .into_tuple()
        .all(db)
        .await?;
    rows.into_iter().map(|(id, content, ready)| Ok(Idle { id, content: digest(&content)?, ready })).collect()
}

/// Whether there is a later table of the same file that is ready.
pub(super) async fn is_replaced(
    db: &impl ConnectionTrait,
    id: i64,
    content: &Sha256,
) -> Result<bool, CatalogError> {
    let later = row::Entity::find()
        .select_only()
        .column(row::Column::Id)
        .filter(row::Column::Content.eq(content.to_string()))
        .filter(row::Column::Ready.eq(true))
        .filter(row::Column::Id.gt(id));
    Ok(later.into_tuple::<i64>().one(db).await?.is_some())
}

/// The files of which there is a table that is ready and was made in a manner that begins with `manner`.
pub(super) async fn contents(
    db: &impl ConnectionTrait,
    manner: &str,
) -> Result<BTreeSet<Sha256>, CatalogError> {
    let found: Vec<String> = row::Entity::find()
        .select_only()
        .column(row::Column::Content)
        .filter(row::Column::Ready.eq(true))
        .filter(row::Column::Manner.starts_with(manner))
        .into_tuple()
        .all(db)
        .await?;
    found.iter().map(|content| digest(content)).collect()
}

/// What is known of the tables that were made from `contents` and are ready, the oldest first.
pub(super) async fn shapes(
    db: &impl ConnectionTrait,
    contents: &[Sha256],
) -> Result<Vec<(Sha256, Shape)>, CatalogError> {
    let found: Vec<(String, String)> = row::Entity::find()
        .select_only()
        .columns([row::Column::Content, row::Column::Described])
        .filter(row::Column::Content.is_in(contents.iter().map(ToString::to_string)))
        .filter(row::Column::Ready.eq(true))
        .order_by_asc(row::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    let read = |(content, described): (String, String)| {
        let described: Described =
            serde_json::from_str(&described).map_err(|error| unreadable(TABLE, error))?;
        Ok((digest(&content)?, described.shape))
    };
    found.into_iter().map(read).collect()
}

fn digest(content: &str) -> Result<Sha256, CatalogError> {
    content.parse().map_err(|error| unreadable(TABLE, error))
}
