//! What is known of a revision on its way to publication: who handed it in, who decided, what was answered.

use sea_orm_migration::prelude::*;

use super::{maybe_number, maybe_text};

pub(super) struct Review;

impl MigrationName for Review {
    fn name(&self) -> &str {
        "c0003_review"
    }
}

const REVISION: &str = "catalog_revision";

#[async_trait::async_trait]
impl MigrationTrait for Review {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let texts = ["submitted_by", "decided_by", "reason", "answers"];
        let numbers = ["submitted_ms", "decided_ms", "publish_ms"];
        let texts = texts.map(|name| (name, maybe_text(name)));
        let numbers = numbers.map(|name| (name, maybe_number(name)));
        for (name, column) in texts.into_iter().chain(numbers) {
            // One column a statement, as SQLite wants it; one that a migration cut short has added is met again.
            if !manager.has_column(REVISION, name).await? {
                manager.alter_table(Table::alter().table(REVISION).add_column(column).take()).await?;
            }
        }
        let mut scheduled = Index::create();
        scheduled.name("catalog_revision_by_state_publish_ms").table(REVISION).if_not_exists();
        scheduled.col("state").col("publish_ms");
        manager.create_index(scheduled).await
    }
}
