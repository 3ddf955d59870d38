//! What other portals ask for, and what came from them: the tags of datasets as CKAN takes them, and where drafts were
//! brought in from.

use sea_orm::sea_query::{Alias, Expr, ExprTrait, Order, Query};
use sea_orm::{ConnectionTrait, FromQueryResult};
use sea_orm_migration::prelude::*;

use super::{by_code_point, key, points, table, text};
use crate::dataset::Metadata;
use crate::slug::Slug;
use crate::store::tag;

pub(super) struct Portals;

impl MigrationName for Portals {
    fn name(&self) -> &str {
        "c0007_portals"
    }
}

const TAG: &str = "catalog_tag";
const ORIGIN: &str = "catalog_origin";

/// Datasets that are held at a time.
const TOGETHER: u64 = 100;

#[async_trait::async_trait]
impl MigrationTrait for Portals {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        let slug = || by_code_point(backend, "dataset");
        let mut tags = table(TAG, [slug(), by_code_point(backend, "tag")]);
        tags.primary_key(&mut key(&["dataset", "tag"]));
        tags.foreign_key(&mut points(TAG, "catalog_dataset", "dataset"));
        manager.create_table(tags).await?;
        let mut by_tag = Index::create();
        by_tag.name("catalog_tag_by_tag_dataset").table(TAG).if_not_exists().col("tag").col("dataset");
        manager.create_index(by_tag).await?;
        let mut origins = table(ORIGIN, [slug().primary_key().to_owned(), text("origin")]);
        origins.foreign_key(&mut points(ORIGIN, "catalog_dataset", "dataset"));
        manager.create_table(origins).await?;
        tag_all(manager.get_connection()).await
    }
}

#[derive(FromQueryResult)]
struct Line {
    slug: String,
    metadata: String,
}

/// Gives every dataset its tags; may be cut short and begun again.
async fn tag_all(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    let mut after = String::new();
    loop {
        let mut select = Query::select();
        select.columns(["slug", "metadata"].map(Alias::new)).from("catalog_dataset");
        select.and_where(Expr::col("slug").gt(after.as_str())).order_by("slug", Order::Asc).limit(TOGETHER);
        let rows = db.query_all(&select).await?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in rows {
            let Line { slug, metadata } = Line::from_query_result(&row, "")?;
            let unreadable = |why: String| DbErr::Type(format!("catalog_dataset: {slug}: {why}"));
            let metadata: Metadata =
                serde_json::from_str(&metadata).map_err(|error| unreadable(error.to_string()))?;
            let dataset = Slug::parse(&slug).map_err(|error| unreadable(error.to_string()))?;
            tag::put(db, &dataset, &metadata).await?;
            after = slug;
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use sea_orm::Database;

    use super::super::Migrator;
    use super::*;
    use crate::testing::metadata;

    #[tokio::test]
    async fn datasets_of_a_released_database_get_their_tags_however_often_it_is_begun() {
        let database = Database::connect("sqlite::memory:").await.unwrap();
        Migrator::up(&database, Some(4)).await.unwrap();
        let mut department = Query::insert();
        department.into_table("catalog_department").columns(["slug", "title", "folded", "place"]);
        department.values_panic(["mihon".into(), "【見本】課".into(), "【見本】課".into(), 0.into()]);
        database.execute(&department).await.unwrap();
        for name in ["aed", "toilets"] {
            let keywords = vec!["子育て・教育".to_owned(), name.to_owned()];
            let said = Metadata { keywords, ..metadata(name) };
            let mut insert = Query::insert();
            insert.into_table("catalog_dataset").columns([
                "slug",
                "department",
                "state",
                "version",
                "modified_ms",
                "title",
                "licence",
                "metadata",
                "folded",
            ]);
            insert.values_panic([
                name.into(),
                "mihon".into(),
                "draft".into(),
                1.into(),
                1.into(),
                name.into(),
                "CC-BY-4.0".into(),
                serde_json::to_string(&said).unwrap().into(),
                name.into(),
            ]);
            database.execute(&insert).await.unwrap();
        }
        let manager = SchemaManager::new(&database);
        for _ in 0..2 {
            Portals.up(&manager).await.unwrap();
        }
        let mut select = Query::select();
        select.column("tag").from(TAG).order_by("dataset", Order::Asc).order_by("tag", Order::Asc);
        let rows = database.query_all(&select).await.unwrap();
        let tags: Vec<String> = rows.iter().map(|row| row.try_get("", "tag").unwrap()).collect();
        assert_eq!(tags, ["aed", "子育て", "教育", "toilets", "子育て", "教育"]);
    }
}
