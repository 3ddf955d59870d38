//! The `search_row` table: the cells of the rows that can be found; their grams stand in the index.

use sea_orm::sea_query::{Alias, Expr, ExprTrait, Func, Query};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement, StatementBuilder};

use super::super::unreadable;
use super::block::{ROWS_MAX, row_number};
use super::grams::{self, Index};
use crate::error::CatalogError;
use crate::gently;
use crate::search::pieces;

const TABLE: &str = "search_row";

/// Rows in one statement.
const ROWS_TOGETHER: usize = 32;

/// A row as it is put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// Its place in the file, from 1.
    pub place: u64,
    /// By what it is asked for.
    pub key: String,
    pub cells: Vec<String>,
}

/// Rows as the database takes them. Making them is work for the thread that reads the rows.
pub(crate) struct Bound {
    /// How many.
    pub rows: usize,
    statements: Vec<Statement>,
}

/// Makes rows of block `id` ready: a few in each statement, so that the database keeps nobody waiting for long.
pub(crate) fn binder(
    db: &DatabaseConnection,
    id: i64,
) -> impl Fn(&[Row]) -> Result<Bound, CatalogError> + use<> {
    let backend = db.get_database_backend();
    move |rows| Ok(Bound { rows: rows.len(), statements: statements(backend, id, rows)? })
}

/// Puts rows into the index.
pub(crate) async fn append(db: &impl ConnectionTrait, bound: Bound) -> Result<(), CatalogError> {
    for statement in bound.statements {
        db.execute_raw(statement).await?;
    }
    Ok(())
}

fn statements(backend: DbBackend, id: i64, rows: &[Row]) -> Result<Vec<Statement>, CatalogError> {
    let is_postgres = backend == DbBackend::Postgres;
    let mut statements = Vec::new();
    for rows in rows.chunks(ROWS_TOGETHER) {
        let mut insert = Query::insert();
        insert.into_table(TABLE).columns(["id", "key", "cells"].map(Alias::new));
        if is_postgres {
            insert.columns(["id", "key", "cells", "folded", "grams"].map(Alias::new));
        }
        let mut folded_rows = Vec::with_capacity(rows.len());
        for row in rows {
            let cells = serde_json::to_string(&row.cells).map_err(|error| unreadable(TABLE, error))?;
            let (number, folded) = (row_number(id, row.place), pieces(row.cells.iter().map(String::as_str)));
            let mut values = vec![Expr::val(number), Expr::val(row.key.as_str()), Expr::val(cells)];
            if is_postgres {
                values.extend([Expr::val(folded.as_str()), grams::vector(&folded)]);
            }
            insert.values(values).map_err(|error| unreadable(TABLE, error))?;
            folded_rows.push((number, folded));
            gently::let_others_pass();
        }
        statements.push(StatementBuilder::build(&insert, &backend));
        if !is_postgres {
            statements.push(grams::of_rows(backend, &folded_rows)?);
        }
    }
    Ok(statements)
}

/// What is shown of a row that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    /// Its number in the index.
    pub number: i64,
    pub key: String,
    pub cells: Vec<String>,
}

/// The rows of those numbers.
pub(crate) async fn among(db: &impl ConnectionTrait, numbers: &[i64]) -> Result<Vec<Kept>, CatalogError> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let mut select = Query::select();
    select.columns(["id", "key", "cells"]).from(TABLE);
    select.and_where(Expr::col("id").is_in(numbers.iter().copied()));
    let rows = db.query_all(&select).await?;
    rows.iter()
        .map(|row| {
            let cells: String = row.try_get("", "cells")?;
            let cells = serde_json::from_str(&cells).map_err(|error| unreadable(TABLE, error))?;
            Ok(Kept { number: row.try_get("", "id")?, key: row.try_get("", "key")?, cells })
        })
        .collect()
}

/// Takes some rows of block `id` out, `most` at most by their places. Whether none are left.
pub(crate) async fn remove_some(db: &impl ConnectionTrait, id: i64, most: u64) -> Result<bool, CatalogError> {
    let (first, behind) = (row_number(id, 0), row_number(id, 0) + ROWS_MAX);
    let mut least = Query::select();
    least
        .expr_as(Func::min(Expr::col("id")), "least")
        .from(TABLE)
        .and_where(Expr::col("id").gte(first).and(Expr::col("id").lt(behind)));
    let least: Option<i64> = match db.query_one(&least).await? {
        Some(row) => row.try_get("", "least")?,
        None => None,
    };
    let Some(least) = least else { return Ok(true) };
    let last = Ord::min(least.saturating_add(i64::try_from(most).unwrap_or(i64::MAX)), behind - 1);
    let mut delete = Query::delete();
    delete.from_table(TABLE).and_where(Expr::col("id").between(least, last));
    db.execute(&delete).await?;
    grams::remove_rows(db, least, last).await?;
    Ok(false)
}

/// How many rows there are.
#[cfg(test)]
pub(super) async fn count(db: &impl ConnectionTrait) -> Result<i64, CatalogError> {
    let mut select = Query::select();
    select.expr_as(Func::count(Expr::col("id")), "count").from(TABLE);
    let row = db.query_one(&select).await?;
    Ok(row.map(|row| row.try_get("", "count")).transpose()?.unwrap_or(0))
}

/// Forgets all rows.
pub(super) async fn empty(db: &impl ConnectionTrait) -> Result<(), CatalogError> {
    grams::empty(db, Index::Rows).await?;
    db.execute(Query::delete().from_table(TABLE)).await?;
    Ok(())
}
