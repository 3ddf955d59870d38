//! The plan's tables, step by step. A shipped step is history; the next change is a new one.
//!
//! The steps taken are kept in `plan_migrations`, apart from the catalog's.

use catalog::store::migration;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, double, integer, small_integer, string, text, text_null};

/// All steps in their order.
pub(super) struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(Records), Box::new(Search)]
    }

    fn migration_table_name() -> DynIden {
        "plan_migrations".into_iden()
    }
}

/// The first step: the plan's documents, items, indicators, reports, measurements, and the change counter.
struct Records;

impl MigrationName for Records {
    fn name(&self) -> &str {
        "plan_001_records"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Records {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [change(), document(), initiative(), indicator(), report(), measurement()] {
            manager.create_table(table).await?;
        }
        let first = Query::insert()
            .into_table("plan_change")
            .columns(["id", "number"])
            .values_panic([1.into(), 0.into()])
            .to_owned();
        manager.execute(first).await
    }
}

/// The second step: the tables of the catalog's search, where the plan's texts are put, too.
struct Search;

impl MigrationName for Search {
    fn name(&self) -> &str {
        "plan_002_search"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Search {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        migration::search_tables(manager).await
    }
}

fn change() -> TableCreateStatement {
    let mut table = Table::create();
    table.table("plan_change").col(integer("id").primary_key()).col(big_integer("number"));
    table
}

fn document() -> TableCreateStatement {
    let mut table = Table::create();
    table.table("plan_document").col(string("kind").primary_key()).col(text("body"));
    table
}

fn initiative() -> TableCreateStatement {
    let mut table = Table::create();
    table
        .table("plan_initiative")
        .col(string("code").primary_key())
        .col(string("parent"))
        .col(text("title"))
        .col(string("origin"))
        .col(text_null("overview"))
        .col(text_null("current_issues"))
        .col(string("lead"))
        .col(text("others"))
        .col(text("stages"))
        .col(text("bpr"))
        .col(text("ebpm"))
        .col(text("history"))
        .col(string("recorded_by"))
        .col(string("recorded_at"));
    table
}

fn indicator() -> TableCreateStatement {
    let mut table = Table::create();
    table
        .table("plan_indicator")
        .col(string("initiative"))
        .col(integer("number"))
        .col(text("body"))
        .primary_key(Index::create().col("initiative").col("number"))
        .foreign_key(&mut to_initiative());
    table
}

fn report() -> TableCreateStatement {
    let mut table = Table::create();
    table
        .table("plan_report")
        .col(string("initiative"))
        .col(big_integer("number"))
        .col(small_integer("fiscal_year"))
        .col(string("as_of"))
        .col(string("status"))
        .col(text("text"))
        .col(text_null("issues"))
        .col(text_null("next"))
        .col(string("made_by"))
        .col(string("made_at"))
        .primary_key(Index::create().col("initiative").col("number"))
        .foreign_key(&mut to_initiative());
    table
}

fn measurement() -> TableCreateStatement {
    let mut table = Table::create();
    table
        .table("plan_measurement")
        .col(string("initiative"))
        .col(big_integer("report"))
        .col(integer("indicator"))
        .col(small_integer("fiscal_year"))
        .col(double("value"))
        .col(string("as_of"))
        .col(text_null("note"))
        .col(text("evidence"))
        .primary_key(Index::create().col("initiative").col("report").col("indicator"))
        .foreign_key(
            ForeignKey::create()
                .from_tbl("plan_measurement")
                .from_col("initiative")
                .from_col("report")
                .to_tbl("plan_report")
                .to_col("initiative")
                .to_col("number"),
        );
    table
}

/// From an `initiative` column to the item.
fn to_initiative() -> ForeignKeyCreateStatement {
    ForeignKey::create().from_col("initiative").to("plan_initiative", "code").to_owned()
}
