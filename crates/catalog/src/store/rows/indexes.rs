//! Which columns of a table have an index, and how the indexes are made once all rows are there.
//!
//! The rule: a table of fewer than [`INDEXED_FROM`] rows is read through as fast as an index is looked up, and has none. In a larger
//! one every column has one that says different things in different rows, unless it holds long texts, which are read
//! and not looked up; at most [`INDEXES_MAX`] columns, the first of the file, as a schema begins with what matters. The
//! key always has one, coordinates together have another.

use sea_orm::sea_query::{
    Alias, Expr, ExprTrait, Func, Index, IndexCreateStatement, Query, SubQueryStatement,
};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend};

use super::layout;
use super::tree::Places;
use crate::asking::ColumnKind;
use crate::error::CatalogError;
use crate::tabled::{FieldFacts, Keyed, Shape};

/// Rows from which on a table has indexes.
pub(super) const INDEXED_FROM: u64 = 1_000;

/// Columns of a table that have an index of their own at most.
const INDEXES_MAX: usize = 24;

/// Texts that are looked up: the longest of the column, and their mean length, in bytes. PostgreSQL's indexes take no
/// more than some 2,700 bytes of a row.
const LONGEST_BYTES_MAX: usize = 1_000;
const MEAN_BYTES_MAX: u64 = 60;

/// The columns that are to have an index.
pub(super) fn chosen(shape: &Shape) -> Vec<usize> {
    if shape.rows < INDEXED_FROM {
        return Vec::new();
    }
    let columns = shape.kinds.iter().zip(&shape.facts).enumerate().take(shape.asked());
    let wanted = columns.filter(|(place, (kind, facts))| match shape.keyed {
        Keyed::Column(key) if key == *place => facts.bytes_max <= LONGEST_BYTES_MAX,
        _ => is_looked_up(**kind, facts, shape.rows),
    });
    wanted.map(|(place, _)| place).take(INDEXES_MAX).collect()
}

fn is_looked_up(kind: ColumnKind, facts: &FieldFacts, rows: u64) -> bool {
    let said = Ord::max(rows.saturating_sub(facts.blank), 1);
    let is_short = facts.bytes_max <= LONGEST_BYTES_MAX && facts.bytes / said <= MEAN_BYTES_MAX;
    !facts.is_constant() && (kind != ColumnKind::Text || is_short)
}

/// Makes the indexes of table `id`, each in a transaction of its own; tells `done` of each column that has its own.
pub(super) async fn make(
    db: &DatabaseConnection,
    id: i64,
    shape: &Shape,
    columns: &[usize],
    places: Places,
    done: impl Fn(usize),
) -> Result<(), CatalogError> {
    let is_server = db.get_database_backend() == DbBackend::Postgres;
    if is_server {
        for table in [layout::values(id), layout::texts(id)] {
            let mut key = Index::create();
            key.name(layout::index(&table, layout::N)).table(table).col(layout::N).unique();
            db.execute(&key).await?;
        }
    }
    if shape.keyed == Keyed::Joined && shape.rows >= INDEXED_FROM {
        db.execute(&on(id, Alias::new(layout::KEY), false)).await?;
    }
    for place in columns {
        db.execute(&on(id, layout::column(*place), is_server)).await?;
        done(*place);
    }
    if shape.rows >= INDEXED_FROM {
        match shape.places.filter(|_| is_server) {
            Some(columns) => make_gist(db, id, columns).await?,
            None if !places.is_empty() => places.make(db, id).await?,
            None => {}
        }
    }
    // SQLite has no choice of plans where there is no index.
    if is_server || shape.rows >= INDEXED_FROM {
        analyse(db, id).await?;
    }
    Ok(())
}

/// An index on `column`. In SQLite the row's number stands in every index anyway.
fn on(id: i64, column: Alias, with_number: bool) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(layout::index(&layout::values(id), &column.0)).table(layout::values(id)).col(column);
    if with_number {
        index.col(layout::N);
    }
    index
}

async fn make_gist(
    db: &DatabaseConnection,
    id: i64,
    (latitude, longitude): (usize, usize),
) -> Result<(), CatalogError> {
    let values = layout::values(id);
    let (name, values) = (layout::index(&values, "place"), values.0);
    let (x, y) = (layout::column(longitude).0, layout::column(latitude).0);
    let sql = format!("CREATE INDEX \"{name}\" ON \"{values}\" USING gist (point(\"{x}\", \"{y}\"))");
    db.execute_unprepared(&sql).await?;
    Ok(())
}

/// Lets the database look at what it has, so that its plans are good ones.
async fn analyse(db: &DatabaseConnection, id: i64) -> Result<(), CatalogError> {
    let values = layout::values(id).0;
    if db.get_database_backend() == DbBackend::Postgres {
        let texts = layout::texts(id).0;
        db.execute_unprepared(&format!("ANALYZE \"{values}\"; ANALYZE \"{texts}\"")).await?;
    } else {
        db.execute_unprepared(&format!("PRAGMA analysis_limit = 1000; ANALYZE \"{values}\"")).await?;
    }
    Ok(())
}

/// How many different values the columns at `places` have.
pub(super) async fn distinct(
    db: &DatabaseConnection,
    id: i64,
    places: &[usize],
) -> Result<Vec<(usize, u64)>, CatalogError> {
    let mut counts = Query::select();
    for place in places {
        let value = layout::value(*place);
        let mut values = Query::select();
        values.distinct().expr(value.clone()).from(layout::values(id)).and_where(value.is_not_null());
        let mut count = Query::select();
        count.expr(Func::count(Expr::cust("*"))).from_subquery(values, "once");
        counts.expr(Expr::SubQuery(None, Box::new(SubQueryStatement::SelectStatement(count))));
    }
    let Some(row) = db.query_one(&counts).await? else { return Ok(Vec::new()) };
    let counted = places
        .iter()
        .enumerate()
        .map(|(at, place)| Ok((*place, row.try_get_by_index::<i64>(at)?.unsigned_abs())));
    counted.collect()
}
