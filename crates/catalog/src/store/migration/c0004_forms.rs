//! Forms follow their publication: which texts are kept packed, and of which revisions every form is made.

use sea_orm_migration::prelude::*;

use super::{by_code_point, key, number, of_revision, text};

pub(super) struct Forms;

impl MigrationName for Forms {
    fn name(&self) -> &str {
        "c0004_forms"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Forms {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        let slug = || by_code_point(backend, "dataset");
        let mut packed = of_revision(
            "catalog_packed",
            vec![slug(), number("number"), text("format"), text("packing"), number("bytes"), text("sha256")],
        );
        packed.primary_key(&mut key(&["dataset", "number", "format", "packing"]));
        manager.create_table(packed).await?;
        let mut followed = of_revision("catalog_followed", vec![slug(), number("number"), number("edition")]);
        followed.primary_key(&mut key(&["dataset", "number", "edition"]));
        manager.create_table(followed).await
    }
}
