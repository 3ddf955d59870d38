//! The `search_block` table: of which revisions the rows are in the index, or are just being put there.
//!
//! A row's number in the index is its block's number and its place in the file, so a block's rows are found, and taken
//! out, by their numbers alone.

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use sea_orm::{
    ActiveValue, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

use super::super::{now, time, unreadable};
use super::state;
use crate::error::CatalogError;
use crate::search::EDITION;
use crate::slug::Slug;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "search_block")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub dataset: String,
        /// The number of the revision.
        pub number: i64,
        pub edition: i64,
        /// `filling` or `ready`.
        pub state: String,
        /// The names of the columns, as a document.
        pub fields: String,
        /// The number of the change that made its rows found; 0 before.
        pub changed: i64,
        /// When whoever fills it last wrote something.
        pub touched_ms: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

const TABLE: &str = "search_block";
const FILLING: &str = "filling";
const READY: &str = "ready";

/// A block whose filler has been silent for so long was given up: another may begin it anew.
const GIVEN_UP_MS: i64 = 60_000;

/// Rows of one block that are in the index at most: the room between the numbers of two blocks.
pub(crate) const ROWS_MAX: i64 = 1 << 32;

/// A block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    pub id: i64,
    pub dataset: String,
    /// The number of the revision.
    pub number: u32,
}

/// The number in the index of the row at `place` (from 1) of block `id`.
pub(crate) fn row_number(id: i64, place: u64) -> i64 {
    id * ROWS_MAX + Ord::min(i64::try_from(place).unwrap_or(ROWS_MAX), ROWS_MAX - 1)
}

/// The block and the place that a row's number in the index means.
pub(crate) fn place_of(row: i64) -> (i64, u64) {
    (row / ROWS_MAX, (row % ROWS_MAX).unsigned_abs())
}

fn block(row: row::Model) -> Result<Block, CatalogError> {
    let number = u32::try_from(row.number).map_err(|error| unreadable(TABLE, error))?;
    Ok(Block { id: row.id, dataset: row.dataset, number })
}

/// The blocks whose rows can be found since a change after change `number`, of whatever revision.
pub(crate) async fn ready_since(db: &impl ConnectionTrait, number: i64) -> Result<Vec<Block>, CatalogError> {
    let rows = row::Entity::find()
        .filter(row::Column::State.eq(READY))
        .filter(row::Column::Changed.gt(number))
        .filter(row::Column::Edition.eq(EDITION))
        .all(db)
        .await?;
    rows.into_iter().map(block).collect()
}

/// The block of a revision, however far it is.
fn of_revision(dataset: &Slug, number: u32) -> Select<row::Entity> {
    row::Entity::find()
        .filter(row::Column::Dataset.eq(dataset.as_str()))
        .filter(row::Column::Number.eq(i64::from(number)))
        .filter(row::Column::Edition.eq(EDITION))
}

/// The names of the columns of a revision whose rows are in the index; none before.
pub(crate) async fn fields_of(
    db: &impl ConnectionTrait,
    dataset: &Slug,
    number: u32,
) -> Result<Vec<String>, CatalogError> {
    let row = of_revision(dataset, number).filter(row::Column::State.eq(READY)).one(db).await?;
    row.map_or(Ok(Vec::new()), |row| read_fields(&row.fields))
}

/// The names of the columns of the blocks numbered `ids`.
pub(crate) async fn fields(
    db: &impl ConnectionTrait,
    ids: &[i64],
) -> Result<Vec<(i64, Vec<String>)>, CatalogError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = row::Entity::find().filter(row::Column::Id.is_in(ids.iter().copied())).all(db).await?;
    rows.into_iter().map(|row| Ok((row.id, read_fields(&row.fields)?))).collect()
}

fn read_fields(fields: &str) -> Result<Vec<String>, CatalogError> {
    serde_json::from_str(fields).map_err(|error| unreadable(TABLE, error))
}

/// Whether a revision's rows are being put into the index, and somebody was seen at it.
pub(crate) async fn is_filled(
    db: &impl ConnectionTrait,
    dataset: &Slug,
    number: u32,
) -> Result<bool, CatalogError> {
    let row = of_revision(dataset, number)
        .filter(row::Column::State.eq(FILLING))
        .filter(row::Column::TouchedMs.gt(given_up_before()))
        .one(db)
        .await?;
    Ok(row.is_some())
}

/// A published dataset whose current revision of at most `rows_max` rows is neither in the index nor being put there, but
/// for those in `passed_over`.
pub(crate) async fn next_missing(
    db: &impl ConnectionTrait,
    rows_max: u64,
    passed_over: &[Slug],
) -> Result<Option<(Slug, u32)>, CatalogError> {
    let of_block = |column: row::Column, other: &'static str| {
        Expr::col((row::Entity, column)).equals(("catalog_dataset", other))
    };
    let there = Query::select()
        .expr(Expr::value(1))
        .from(row::Entity)
        .and_where(of_block(row::Column::Dataset, "slug"))
        .and_where(of_block(row::Column::Number, "current"))
        .and_where(Expr::col((row::Entity, row::Column::Edition)).eq(EDITION))
        .and_where(
            Expr::col((row::Entity, row::Column::State)).eq(READY).or(Expr::col((
                row::Entity,
                row::Column::TouchedMs,
            ))
            .gt(given_up_before())),
        )
        .take();
    let dataset = |column: &'static str| Expr::col(("catalog_dataset", column));
    let mut select = Query::select();
    select
        .columns([("catalog_dataset", "slug"), ("catalog_dataset", "current")])
        .from("catalog_dataset")
        .inner_join(
            "catalog_revision",
            Expr::col(("catalog_revision", "dataset"))
                .equals(("catalog_dataset", "slug"))
                .and(Expr::col(("catalog_revision", "number")).equals(("catalog_dataset", "current"))),
        )
        .and_where(dataset("state").eq("published"))
        .and_where(Expr::col(("catalog_revision", "rows")).lte(i64::try_from(rows_max).unwrap_or(i64::MAX)))
        .and_where(Expr::exists(there).not())
        .limit(1);
    if !passed_over.is_empty() {
        select.and_where(dataset("slug").is_not_in(passed_over.iter().map(Slug::as_str)));
    }
    let Some(row) = db.query_one(&select).await? else { return Ok(None) };
    let slug = Slug::parse(&row.try_get::<String>("", "slug")?).map_err(|error| unreadable(TABLE, error))?;
    let number =
        u32::try_from(row.try_get::<i64>("", "current")?).map_err(|error| unreadable(TABLE, error))?;
    Ok(Some((slug, number)))
}

fn given_up_before() -> i64 {
    time::to_ms(now()) - GIVEN_UP_MS
}

/// Begins to fill a block for a revision; `None` when another does so at this moment.
pub(crate) async fn begin(
    db: &impl ConnectionTrait,
    dataset: &Slug,
    number: u32,
    fields: &[String],
) -> Result<Option<i64>, CatalogError> {
    let fields = serde_json::to_string(fields).map_err(|error| unreadable(TABLE, error))?;
    let row = row::ActiveModel {
        id: ActiveValue::NotSet,
        dataset: ActiveValue::Set(dataset.to_string()),
        number: ActiveValue::Set(i64::from(number)),
        edition: ActiveValue::Set(EDITION),
        state: ActiveValue::Set(FILLING.to_owned()),
        fields: ActiveValue::Set(fields),
        changed: ActiveValue::Set(0),
        touched_ms: ActiveValue::Set(time::to_ms(now())),
    };
    let key = [row::Column::Dataset, row::Column::Number, row::Column::Edition];
    let new = row::Entity::insert_many([row])
        .on_conflict(OnConflict::columns(key).do_nothing().to_owned())
        .exec_without_returning(db)
        .await?;
    if new == 0 {
        return Ok(None);
    }
    let made = of_revision(dataset, number).one(db).await?;
    Ok(made.map(|row| row.id))
}

/// Says that the block is still being filled; whether it is still wanted.
pub(crate) async fn touch(db: &impl ConnectionTrait, id: i64) -> Result<bool, CatalogError> {
    let touched = row::Entity::update_many()
        .col_expr(row::Column::TouchedMs, Expr::value(time::to_ms(now())))
        .filter(row::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(touched.rows_affected > 0)
}

/// Says that every row of the block is there.
pub(crate) async fn finish(db: &impl ConnectionTrait, id: i64) -> Result<(), CatalogError> {
    let changed = state::count(db).await?;
    row::Entity::update_many()
        .col_expr(row::Column::State, Expr::value(READY))
        .col_expr(row::Column::Changed, Expr::value(changed))
        .filter(row::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// A block that nobody needs any more: of an earlier revision, of a dataset that is not published, of another edition of
/// the index, or one that was given up.
pub(crate) async fn stale(db: &impl ConnectionTrait) -> Result<Option<i64>, CatalogError> {
    let wanted = Query::select()
        .expr(Expr::value(1))
        .from("catalog_dataset")
        .and_where(Expr::col(("catalog_dataset", "slug")).equals((row::Entity, row::Column::Dataset)))
        .and_where(Expr::col(("catalog_dataset", "current")).equals((row::Entity, row::Column::Number)))
        .and_where(Expr::col(("catalog_dataset", "state")).eq("published"))
        .take();
    let is_stale = Expr::exists(wanted)
        .not()
        .or(row::Column::Edition.ne(EDITION))
        .or(row::Column::State.eq(FILLING).and(row::Column::TouchedMs.lte(given_up_before())));
    let id = row::Entity::find()
        .select_only()
        .column(row::Column::Id)
        .filter(is_stale)
        .order_by_asc(row::Column::Id)
        .into_tuple::<i64>()
        .one(db)
        .await?;
    Ok(id)
}

/// Whether some block is being filled, or was given up.
pub(crate) async fn is_any_filled(db: &impl ConnectionTrait) -> Result<bool, CatalogError> {
    Ok(row::Entity::find().filter(row::Column::State.eq(FILLING)).one(db).await?.is_some())
}

/// Forgets a block whose rows are gone.
pub(crate) async fn remove(db: &impl ConnectionTrait, id: i64) -> Result<(), CatalogError> {
    row::Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}

/// Forgets all blocks.
pub(super) async fn empty(db: &impl ConnectionTrait) -> Result<(), CatalogError> {
    row::Entity::delete_many().exec(db).await?;
    Ok(())
}
