//! Search: what was put into the index, and the index itself. The texts folded by an earlier program go.

use sea_orm::{ConnectionTrait, DbBackend};
use sea_orm_migration::prelude::*;

use super::{by_code_point, number, table, text};

pub(super) struct Search;

impl MigrationName for Search {
    fn name(&self) -> &str {
        "c0006_search"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Search {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        search_tables(manager).await?;
        for table in ["catalog_dataset", "catalog_department"] {
            let mut without = Table::alter();
            without.table(table).drop_column("folded");
            manager.alter_table(without).await?;
        }
        Ok(())
    }
}

/// Makes the tables of the index where they are not there yet.
///
/// They are rebuilt from what the others keep and no backup holds them, so whoever puts documents into the index may make them.
///
/// # Errors
/// What the database says.
pub async fn search_tables(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let backend = manager.get_database_backend();
    let key = |name| number(name).primary_key().auto_increment().to_owned();
    let flag = |name| ColumnDef::new(name).boolean().not_null().to_owned();

    manager
        .create_table(table(
            "search_state",
            [by_code_point(backend, "name").primary_key().to_owned(), number("value")],
        ))
        .await?;
    let mut first = Query::insert();
    first.into_table("search_state").columns(["name", "value"]).values_panic(["number".into(), 0.into()]);
    manager.execute(first.on_conflict(OnConflict::column("name").do_nothing().to_owned()).to_owned()).await?;

    manager
        .create_table(table(
            "search_document",
            [
                key("id"),
                text("kind"),
                by_code_point(backend, "name"),
                flag("shown"),
                number("changed"),
                text("facts"),
                text("texts"),
            ],
        ))
        .await?;
    index(manager, "search_document", &["kind", "name"], true).await?;
    index(manager, "search_document", &["changed"], false).await?;

    manager
        .create_table(table(
            "search_block",
            [
                key("id"),
                by_code_point(backend, "dataset"),
                number("number"),
                number("edition"),
                text("state"),
                text("fields"),
                number("changed"),
                number("touched_ms"),
            ],
        ))
        .await?;
    index(manager, "search_block", &["dataset", "number", "edition"], true).await?;
    index(manager, "search_block", &["changed"], false).await?;

    let row = [number("id").primary_key().to_owned(), text("key"), text("cells")];
    match backend {
        DbBackend::Postgres => {
            let text_id = number("id").primary_key().to_owned();
            for (name, columns) in [("search_text", vec![text_id]), ("search_row", row.to_vec())] {
                let mut grams = table(name, columns);
                grams.col(text("folded"));
                grams.col(ColumnDef::new("grams").custom("tsvector").not_null());
                manager.create_table(grams).await?;
                let mut words = Index::create();
                words.name(format!("{name}_by_grams")).table(name).if_not_exists();
                manager.create_index(words.col("grams").full_text().to_owned()).await?;
            }
        }
        _ => {
            manager.create_table(table("search_row", row)).await?;
            for name in ["search_grams", "search_cells"] {
                // Only the grams: the texts stand elsewhere, and what is gone is taken out by its number alone.
                let grams = format!(
                    "CREATE VIRTUAL TABLE IF NOT EXISTS {name} USING fts5(grams, content='', contentless_delete=1, tokenize='ascii')"
                );
                manager.get_connection().execute_unprepared(&grams).await?;
            }
        }
    }
    Ok(())
}

async fn index(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: &[&'static str],
    is_unique: bool,
) -> Result<(), DbErr> {
    let mut index = Index::create();
    index.name(format!("{table}_by_{}", columns.join("_"))).table(table).if_not_exists();
    for column in columns {
        index.col(*column);
    }
    if is_unique {
        index.unique();
    }
    manager.create_index(index).await
}
