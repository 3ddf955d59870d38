//! The registry of the tables of rows, in the order in which its own tables came.

use sea_orm::DatabaseConnection;
use sea_orm_migration::prelude::*;

use super::super::migration::bring_up;
use crate::error::CatalogError;

/// Brings the registry up to date.
pub(super) async fn up(database: &DatabaseConnection) -> Result<(), CatalogError> {
    bring_up::<Migrator>(database).await
}

struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(Registry)]
    }

    fn migration_table_name() -> DynIden {
        "rows_migrations".into_iden()
    }
}

struct Registry;

impl MigrationName for Registry {
    fn name(&self) -> &str {
        "r0001_registry"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Registry {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let text = |name: &'static str| ColumnDef::new(name).text().not_null().to_owned();
        let number = |name: &'static str| ColumnDef::new(name).big_integer().not_null().to_owned();
        let mut table = Table::create();
        table
            .table("rows_table")
            .col(number("id").primary_key().auto_increment().to_owned())
            .col(text("content"))
            .col(text("manner"))
            .col(ColumnDef::new("ready").boolean().not_null())
            .col(text("described"))
            .col(number("used_ms"));
        manager.create_table(table).await?;
        let mut index = Index::create();
        index.name("rows_table_by_content_manner").table("rows_table").col("content").col("manner");
        manager.create_index(index).await
    }
}
