//! The tables, in the order in which they came. A shipped migration is history; the next change is a new one.

use sea_orm::{DatabaseConnection, DbBackend};
use sea_orm_migration::MigrationStatus;
use sea_orm_migration::prelude::*;

use crate::error::CatalogError;

mod c0002_tokens_and_chain;

/// Brings the tables up to date.
pub(super) async fn up(database: &DatabaseConnection) -> Result<(), CatalogError> {
    Ok(Migrator::up(database, None).await?)
}

/// Whether the tables are there, of a complete catalog or not.
pub(super) async fn is_begun(database: &DatabaseConnection) -> Result<bool, CatalogError> {
    let first = Migrator::get_migration_with_status_read_only(database).await?.into_iter().next();
    Ok(first.is_some_and(|first| first.status() == MigrationStatus::Applied))
}

struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(FirstTables), Box::new(c0002_tokens_and_chain::TokensAndChain)]
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

/// A new table; migrations of SQLite run without a transaction, so a half-made one is met again.
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

fn first_tables(backend: DbBackend) -> Vec<TableCreateStatement> {
    let slug = |name| by_code_point(backend, name);
    let numbered = |name: &'static str, columns: Vec<ColumnDef>| {
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
    };
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
        numbered("catalog_report", vec![slug("dataset"), number("number"), text("report")])
            .primary_key(&mut key(&["dataset", "number"]))
            .to_owned(),
        numbered(
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
