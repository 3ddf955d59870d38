//! The tables, in the order in which they came. A shipped migration is history; the next change is a new one.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use sea_orm_migration::prelude::*;

use crate::error::CatalogError;

mod c0002_tokens_and_chain;
mod c0003_review;
mod c0004_forms;
mod c0006_search;
mod c0007_portals;
mod c0008_published;

pub use c0006_search::search_tables;

/// Brings the catalog's tables up to date.
pub(super) async fn up(database: &DatabaseConnection) -> Result<(), CatalogError> {
    bring_up::<Migrator>(database).await
}

/// As [`up`], but no further than the state in which exactly `changes` have been made.
pub(super) async fn up_to(database: &DatabaseConnection, changes: &[String]) -> Result<(), CatalogError> {
    bring_up_to::<Migrator>(database, changes).await
}

/// Whether the tables are there, of a complete catalog or not.
pub(super) async fn is_begun(database: &DatabaseConnection) -> Result<bool, CatalogError> {
    Ok(!made::<Migrator>(database).await?.is_empty())
}

/// Makes the changes of `M` that the database lacks: all of them or none, and one program at a time.
///
/// # Errors
/// [`CatalogError::NewerDatabase`] when it has one that `M` does not know; [`CatalogError::Database`].
pub async fn bring_up<M: MigratorTrait>(database: &DatabaseConnection) -> Result<(), CatalogError> {
    let names: Vec<String> = names::<M>().collect();
    bring_up_to::<M>(database, &names).await
}

/// As [`bring_up`], but no further than the state in which exactly `changes` have been made.
///
/// # Errors
/// As [`bring_up`]; [`CatalogError::NewerDatabase`] also when `changes` holds one that `M` does not know.
pub async fn bring_up_to<M: MigratorTrait>(
    database: &DatabaseConnection,
    changes: &[String],
) -> Result<(), CatalogError> {
    if let Some(unknown) = changes.iter().find(|change| !names::<M>().any(|known| known == **change)) {
        return Err(CatalogError::NewerDatabase(unknown.clone()));
    }
    if made::<M>(database).await?.len() >= changes.len() {
        return Ok(());
    }
    let write = super::writing(database).await?;
    if write.get_database_backend() == DbBackend::Postgres {
        be_patient(&write, "SET LOCAL").await?;
        let lock = format!("SELECT pg_advisory_xact_lock({MIGRATING})");
        write.execute_raw(Statement::from_string(DbBackend::Postgres, lock)).await?;
    }
    let made = made::<M>(&write).await?; // again: another program may have been faster
    let mut lacking = 0;
    changes.iter().filter(|change| !made.contains(change)).for_each(|_| lacking += 1);
    if lacking > 0 {
        M::up(&write, Some(lacking)).await?;
        write.commit().await?;
        tracing::info!(changes = lacking, "brought the tables of `{}` up to date", table_of::<M>());
    }
    Ok(())
}

/// The changes of `M` that the database has.
///
/// # Errors
/// [`CatalogError::NewerDatabase`] when it has one that `M` does not know.
pub(super) async fn made<M: MigratorTrait>(db: &impl ConnectionTrait) -> Result<Vec<String>, CatalogError> {
    let made = made_in(db, &table_of::<M>()).await?;
    match made.iter().find(|change| !names::<M>().any(|known| known == **change)) {
        Some(unknown) => Err(CatalogError::NewerDatabase(unknown.clone())),
        None => Ok(made),
    }
}

/// The changes that are written down in `table`, whoever knows them.
pub(crate) async fn made_in(db: &impl ConnectionTrait, table: &str) -> Result<Vec<String>, CatalogError> {
    if !super::tables::exists(db, table).await? {
        return Ok(Vec::new());
    }
    let mut select = Query::select();
    select.column("version").from(table.to_owned()).order_by("version", Order::Asc);
    let rows = db.query_all(&select).await?;
    Ok(rows.iter().map(|row| row.try_get("", "version")).collect::<Result<_, _>>()?)
}

fn names<M: MigratorTrait>() -> impl Iterator<Item = String> {
    M::migrations().into_iter().map(|migration| migration.name().to_owned())
}

fn table_of<M: MigratorTrait>() -> String {
    M::migration_table_name().to_string()
}

/// Lets what follows on PostgreSQL take its time. `set` is `SET` for the connection, `SET LOCAL` for the transaction.
pub(super) async fn be_patient(db: &impl ConnectionTrait, set: &str) -> Result<(), CatalogError> {
    for setting in ["lock_timeout", "statement_timeout"] {
        db.execute_raw(Statement::from_string(DbBackend::Postgres, format!("{set} {setting} = 0"))).await?;
    }
    Ok(())
}

/// What the lock of whoever changes the tables is called on PostgreSQL.
const MIGRATING: i64 = 0x0068_6979_6f72_6902;

struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(FirstTables),
            Box::new(c0002_tokens_and_chain::TokensAndChain),
            Box::new(c0003_review::Review),
            Box::new(c0004_forms::Forms),
            Box::new(c0006_search::Search),
            Box::new(c0007_portals::Portals),
            Box::new(c0008_published::Published),
        ]
    }

    fn migration_table_name() -> DynIden {
        "catalog_migrations".into_iden()
    }
}

struct FirstTables;

impl MigrationName for FirstTables {
    fn name(&self) -> &str {
        "c0001_first_tables"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for FirstTables {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        for table in first_tables(backend) {
            manager.create_table(table).await?;
        }
        for (table, columns) in [
            ("catalog_dataset", ["state", "modified_ms"]),
            ("catalog_keyword", ["keyword", "dataset"]),
            ("catalog_audit", ["dataset", "id"]),
        ] {
            let mut index = Index::create();
            index.name(format!("{table}_by_{}", columns.join("_"))).table(table).if_not_exists();
            for column in columns {
                index.col(column);
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

/// A text that is sorted by its code points, on PostgreSQL too.
fn by_code_point(backend: DbBackend, name: &'static str) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column.text().not_null();
    if backend == DbBackend::Postgres {
        column.extra("COLLATE \"C\"");
    }
    column
}

fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().not_null().to_owned()
}

fn maybe_text(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().to_owned()
}

fn number(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().to_owned()
}

fn maybe_number(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().to_owned()
}

/// A new table. An earlier program made its first tables without a transaction, so a half-made one may be met again.
fn table(name: &'static str, columns: impl IntoIterator<Item = ColumnDef>) -> TableCreateStatement {
    let mut table = Table::create();
    table.table(name).if_not_exists();
    for column in columns {
        table.col(column);
    }
    table
}

fn key(columns: &[&'static str]) -> IndexCreateStatement {
    let mut key = Index::create();
    for column in columns {
        key.col(*column);
    }
    key
}

fn points(from: &'static str, to: &'static str, column: &'static str) -> ForeignKeyCreateStatement {
    let mut reference = ForeignKey::create();
    reference.from_tbl(from).from_col(column).to_tbl(to).to_col("slug");
    reference
}

/// A new table whose `dataset` and `number` name a revision.
fn of_revision(name: &'static str, columns: impl IntoIterator<Item = ColumnDef>) -> TableCreateStatement {
    let mut made = table(name, columns);
    made.foreign_key(
        ForeignKey::create()
            .from_tbl(name)
            .from_col("dataset")
            .from_col("number")
            .to_tbl("catalog_revision")
            .to_col("dataset")
            .to_col("number"),
    );
    made
}

fn first_tables(backend: DbBackend) -> Vec<TableCreateStatement> {
    let slug = |name| by_code_point(backend, name);
    vec![
        table(
            "catalog_change",
            [
                number("id").primary_key().to_owned(),
                number("number"),
                ColumnDef::new("complete").boolean().not_null().to_owned(),
                maybe_number("listed"),
                maybe_text("listed_under"),
            ],
        ),
        table("catalog_city", [number("id").primary_key().to_owned(), text("city")]),
        table(
            "catalog_department",
            [
                slug("slug").primary_key().to_owned(),
                text("title"),
                maybe_text("title_en"),
                text("folded"),
                number("place"),
            ],
        ),
        table(
            "catalog_term",
            [text("kind"), text("code"), text("label"), text("label_en"), text("eu"), number("place")],
        )
        .primary_key(&mut key(&["kind", "code"]))
        .to_owned(),
        table(
            "catalog_dataset",
            [
                slug("slug").primary_key().to_owned(),
                slug("department"),
                text("state"),
                maybe_text("tombstone"),
                number("version"),
                maybe_number("current"),
                maybe_number("issued_ms"),
                number("modified_ms"),
                by_code_point(backend, "title"),
                maybe_text("theme"),
                maybe_text("frequency"),
                text("licence"),
                maybe_text("schema"),
                maybe_text("made"),
                text("metadata"),
                text("folded"),
            ],
        )
        .foreign_key(&mut points("catalog_dataset", "catalog_department", "department"))
        .to_owned(),
        table("catalog_keyword", [slug("dataset"), number("place"), text("keyword")])
            .primary_key(&mut key(&["dataset", "place"]))
            .foreign_key(&mut points("catalog_keyword", "catalog_dataset", "dataset"))
            .to_owned(),
        table(
            "catalog_revision",
            [
                slug("dataset"),
                number("number"),
                text("state"),
                text("file_name"),
                number("bytes"),
                text("sha256"),
                number("rows"),
                text("counts"),
                text("made_by"),
                number("made_ms"),
                maybe_number("published_ms"),
            ],
        )
        .primary_key(&mut key(&["dataset", "number"]))
        .foreign_key(&mut points("catalog_revision", "catalog_dataset", "dataset"))
        .to_owned(),
        of_revision("catalog_report", vec![slug("dataset"), number("number"), text("report")])
            .primary_key(&mut key(&["dataset", "number"]))
            .to_owned(),
        of_revision(
            "catalog_distribution",
            vec![slug("dataset"), number("number"), text("format"), number("bytes"), text("sha256")],
        )
        .primary_key(&mut key(&["dataset", "number", "format"]))
        .to_owned(),
        table(
            "catalog_audit",
            [
                number("id").primary_key().auto_increment().to_owned(),
                number("at_ms"),
                text("who"),
                text("action"),
                maybe_text("dataset"),
                maybe_number("revision"),
                text("result"),
                maybe_text("before"),
                maybe_text("after"),
            ],
        ),
    ]
}
