//! The tables as such, whatever stands in them: their columns, which points at which, and their rows as JSON.
//!
//! All tables whose name begins with `catalog_` or `plan_` count, but for those where the changes of the tables
//! are written down. For [`crate::backup`] and [`crate::restore`]; what a row means is its own file's business.

use std::pin::pin;

use futures_util::TryStreamExt;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, Value};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, QueryResult, Statement, StreamTrait};
use serde_json::{Map, Value as Json};

use crate::error::CatalogError;

/// One table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    pub name: String,
    columns: Vec<Column>,
    points_at: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Column {
    name: String,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Integer,
    Boolean,
    Real,
}

impl Kind {
    /// The kind of what is declared as `declared` in either database.
    fn of(declared: &str) -> Option<Kind> {
        let plain = declared.split('(').next().unwrap_or_default().trim().to_lowercase();
        Some(match plain.as_str() {
            "text" | "varchar" | "character varying" => Kind::Text,
            "bigint" | "integer" | "smallint" => Kind::Integer,
            "boolean" => Kind::Boolean,
            "double" | "double precision" | "real" => Kind::Real,
            _ => return None,
        })
    }
}

/// A row, by the names of its columns.
pub(crate) type Row = Map<String, Json>;

impl Table {
    /// Whether it has a column of that name.
    pub(crate) fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|own| own.name == column)
    }

    /// The names of its columns.
    #[cfg(test)]
    pub(crate) fn columns(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| column.name.as_str())
    }
}

/// Whether there is a table named `name`.
pub(super) async fn exists(db: &impl ConnectionTrait, name: &str) -> Result<bool, CatalogError> {
    Ok(all_names(db).await?.iter().any(|there| there == name))
}

/// The names of the tables that are the catalog's and the plan's; those that can be made again at any time are not.
async fn names(db: &impl ConnectionTrait) -> Result<Vec<String>, CatalogError> {
    let kept = |name: &String| name.starts_with("catalog_") || name.starts_with("plan_");
    Ok(all_names(db).await?.into_iter().filter(kept).collect())
}

async fn all_names(db: &impl ConnectionTrait) -> Result<Vec<String>, CatalogError> {
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT table_name::text AS name FROM information_schema.tables \
             WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY 1"
        }
        _ => "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name",
    };
    let rows = asked(db, sql.to_owned()).await?;
    Ok(rows.iter().map(|row| row.try_get("", "name")).collect::<Result<_, _>>()?)
}

/// The tables that keep which changes have been made to the tables.
pub(crate) const CHANGES: [&str; 2] = ["catalog_migrations", "plan_migrations"];

/// All tables, each after those that it points at.
pub(crate) async fn all(db: &impl ConnectionTrait) -> Result<Vec<Table>, CatalogError> {
    let mut tables = Vec::new();
    for name in names(db).await? {
        if !CHANGES.contains(&name.as_str()) {
            tables.push(describe(db, name).await?);
        }
    }
    let mut sorted: Vec<Table> = Vec::new();
    while !tables.is_empty() {
        let placed = |name: &String| sorted.iter().any(|table| table.name == *name);
        let free = |table: &Table| table.points_at.iter().all(|to| *to == table.name || placed(to));
        let Some(next) = tables.iter().position(free) else {
            return Err(super::unreadable("the tables", "they point at each other in a circle"));
        };
        sorted.push(tables.remove(next));
    }
    Ok(sorted)
}

async fn describe(db: &impl ConnectionTrait, name: String) -> Result<Table, CatalogError> {
    // The name comes from the database itself, and holds no quotes.
    let (columns, points) = match db.get_database_backend() {
        DbBackend::Postgres => (
            format!(
                "SELECT column_name::text AS name, data_type::text AS type FROM information_schema.columns \
                 WHERE table_schema = current_schema() AND table_name = '{name}' ORDER BY ordinal_position"
            ),
            format!(
                "SELECT DISTINCT to_.relname::text AS \"table\" FROM pg_constraint AS points \
                 JOIN pg_class AS to_ ON to_.oid = points.confrelid \
                 WHERE points.contype = 'f' AND points.conrelid = '\"{name}\"'::regclass"
            ),
        ),
        _ => (format!("PRAGMA table_info(\"{name}\")"), format!("PRAGMA foreign_key_list(\"{name}\")")),
    };
    let mut described = Vec::new();
    for row in asked(db, columns).await? {
        let (column, declared): (String, String) = (row.try_get("", "name")?, row.try_get("", "type")?);
        let kind = Kind::of(&declared).ok_or_else(|| {
            super::unreadable(&name, format!("column {column} is {declared}, which no backup knows"))
        })?;
        described.push(Column { name: column, kind });
    }
    let rows = asked(db, points).await?;
    let points_at = rows.iter().map(|row| row.try_get("", "table")).collect::<Result<_, DbErr>>()?;
    Ok(Table { name, columns: described, points_at })
}

/// Gives every row of `table` to `each`, in bounded memory.
pub(crate) async fn read(
    db: &DatabaseTransaction,
    table: &Table,
    mut each: impl FnMut(Row) -> Result<(), CatalogError>,
) -> Result<(), CatalogError> {
    let mut select = Query::select();
    select.from(Alias::new(&table.name));
    for column in &table.columns {
        let is = Expr::col(Alias::new(&column.name));
        match column.kind {
            Kind::Integer => select.expr_as(is.cast_as("bigint"), Alias::new(&column.name)),
            _ => select.expr_as(is, Alias::new(&column.name)),
        };
    }
    let mut rows = pin!(db.stream(&select).await?);
    while let Some(row) = rows.try_next().await? {
        let mut object = Row::new();
        for column in &table.columns {
            object.insert(column.name.clone(), json(&row, column)?);
        }
        each(object)?;
    }
    Ok(())
}

fn json(row: &QueryResult, column: &Column) -> Result<Json, DbErr> {
    let name = column.name.as_str();
    Ok(match column.kind {
        Kind::Text => row.try_get::<Option<String>>("", name)?.into(),
        Kind::Integer => row.try_get::<Option<i64>>("", name)?.into(),
        Kind::Boolean => row.try_get::<Option<bool>>("", name)?.into(),
        Kind::Real => row.try_get::<Option<f64>>("", name)?.into(),
    })
}

/// Removes every row of `tables`, which are in the order of [`all`].
pub(crate) async fn empty(db: &DatabaseTransaction, tables: &[Table]) -> Result<(), CatalogError> {
    for table in tables.iter().rev() {
        db.execute(&Query::delete().from_table(Alias::new(&table.name)).to_owned()).await?;
    }
    Ok(())
}

/// Puts `rows` into `table` as they were read.
pub(crate) async fn write(db: &DatabaseTransaction, table: &Table, rows: &[Row]) -> Result<(), CatalogError> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut insert = Query::insert();
    insert.into_table(Alias::new(&table.name));
    insert.columns(table.columns.iter().map(|column| Alias::new(&column.name)));
    for row in rows {
        if let Some(unknown) = row.keys().find(|name| !table.has(name)) {
            return Err(super::unreadable(&table.name, format!("there is no column {unknown}")));
        }
        let values = table.columns.iter().map(|column| {
            let value = value(row.get(&column.name).unwrap_or(&Json::Null), column.kind);
            let wrong = || super::unreadable(&table.name, format!("column {} does not read", column.name));
            let value = value.map(Expr::val).ok_or_else(wrong)?;
            Ok(match column.kind {
                // A smaller column takes it all the same. Without the cast the statement may read as one that was
                // prepared for a smaller number on the same connection, and PostgreSQL refuses its bytes.
                Kind::Integer => value.cast_as("bigint"),
                _ => value,
            })
        });
        insert
            .values(values.collect::<Result<Vec<_>, CatalogError>>()?)
            .map_err(|error| super::unreadable(&table.name, error))?;
    }
    db.execute(&insert).await?;
    Ok(())
}

/// How many rows of `table` go into one statement: both databases bound its parameters.
pub(crate) fn rows_together(table: &Table) -> usize {
    (10_000 / table.columns.len().max(1)).clamp(1, 500)
}

fn value(json: &Json, kind: Kind) -> Option<Value> {
    Some(match (kind, json) {
        (Kind::Text, Json::Null) => Value::String(None),
        (Kind::Text, json) => json.as_str()?.into(),
        (Kind::Integer, Json::Null) => Value::BigInt(None),
        (Kind::Integer, json) => json.as_i64()?.into(),
        (Kind::Boolean, Json::Null) => Value::Bool(None),
        (Kind::Boolean, json) => json.as_bool()?.into(),
        (Kind::Real, Json::Null) => Value::Double(None),
        (Kind::Real, json) => json.as_f64()?.into(),
    })
}

/// Lets the numbers that PostgreSQL gives by itself go on after those that were put in. SQLite looks by itself.
pub(crate) async fn count_on(db: &DatabaseTransaction) -> Result<(), CatalogError> {
    if ConnectionTrait::get_database_backend(db) != DbBackend::Postgres {
        return Ok(());
    }
    let counted = "SELECT table_name::text AS name, column_name::text AS counted FROM information_schema.columns \
         WHERE table_schema = current_schema() AND (is_identity = 'YES' OR column_default LIKE 'nextval(%')";
    let ours = names(db).await?;
    for row in asked(db, counted.to_owned()).await? {
        let (table, column): (String, String) = (row.try_get("", "name")?, row.try_get("", "counted")?);
        if ours.contains(&table) {
            let next = format!(
                "SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'), \
                 (SELECT COALESCE(MAX(\"{column}\"), 0) + 1 FROM \"{table}\"), false)"
            );
            asked(db, next).await?;
        }
    }
    Ok(())
}

async fn asked(db: &impl ConnectionTrait, sql: String) -> Result<Vec<QueryResult>, DbErr> {
    db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await
}
