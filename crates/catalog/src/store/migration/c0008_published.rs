//! The published datasets by slug, with what a page of the catalog tells of all of them: how many there are, and from when
//! to when they are.
//!
//! A page is made for every harvester that asks first, and without this each reads all metadata there are to count them.

use sea_orm_migration::prelude::*;

pub(super) struct Published;

impl MigrationName for Published {
    fn name(&self) -> &str {
        "c0008_published"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Published {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut by_state = Index::create();
        by_state.name("catalog_dataset_by_state").table("catalog_dataset").if_not_exists();
        for column in ["state", "slug", "issued_ms", "modified_ms"] {
            by_state.col(column);
        }
        manager.create_index(by_state).await
    }
}
