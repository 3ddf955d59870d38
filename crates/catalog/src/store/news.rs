//! What changed for readers, from the `catalog_dataset` and `catalog_revision` tables.

use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, JoinType, Order, Query as Sql};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::listing::{all, same};
use super::time;
use crate::dataset::{Metadata, Tombstone};
use crate::error::CatalogError;
use crate::made::Made;
use crate::news::{News, Publication, What};
use crate::slug::Slug;

const DATASET: &str = "catalog_dataset";
const REVISION: &str = "catalog_revision";
const DEPARTMENT: &str = "catalog_department";

/// The latest publications of datasets that are published still, at most `count`.
pub(crate) async fn published(db: &impl ConnectionTrait, count: u32) -> Result<Vec<News>, CatalogError> {
    #[derive(FromQueryResult)]
    struct Line {
        slug: String,
        number: i64,
        published_ms: i64,
        issued_ms: Option<i64>,
        at_ms: i64,
        metadata: String,
        department: String,
    }
    // What is said of a dataset may change after its current revision was published.
    let at = CaseStatement::new()
        .case(
            Expr::col((REVISION, "number")).eq(Expr::col((DATASET, "current"))),
            Expr::col((DATASET, "modified_ms")),
        )
        .finally(Expr::col((REVISION, "published_ms")));
    let mut select = Sql::select();
    select
        .from(REVISION)
        .join(JoinType::InnerJoin, DATASET, same((DATASET, "slug"), (REVISION, "dataset")))
        .join(JoinType::InnerJoin, DEPARTMENT, same((DEPARTMENT, "slug"), (DATASET, "department")))
        .column((DATASET, "slug"))
        .column((REVISION, "number"))
        .column((REVISION, "published_ms"))
        .column((DATASET, "issued_ms"))
        .expr_as(at.clone(), "at_ms")
        .column((DATASET, "metadata"))
        .expr_as(Expr::col((DEPARTMENT, "title")), "department")
        .and_where(Expr::col((DATASET, "state")).eq("published"))
        .and_where(Expr::col((REVISION, "state")).eq("published"))
        .and_where(Expr::col((REVISION, "published_ms")).is_not_null())
        .and_where(
            Expr::col((DATASET, "made"))
                .is_null()
                .or(Expr::col((DATASET, "made")).ne(Made::OpenDataList.as_str())),
        )
        .order_by_expr(at.into(), Order::Desc)
        .order_by((DATASET, "slug"), Order::Asc)
        .order_by((REVISION, "number"), Order::Desc)
        .limit(u64::from(count));
    let lines: Vec<Line> = all(db, &select).await?;
    let told = |line: Line| {
        let unreadable = |why: &dyn std::fmt::Display| super::unreadable(DATASET, why);
        let metadata: Metadata = serde_json::from_str(&line.metadata).map_err(|error| unreadable(&error))?;
        Ok(News {
            slug: Slug::parse(&line.slug).map_err(|error| unreadable(&error))?,
            at: time::from_ms(DATASET, line.at_ms)?,
            what: What::Published(Publication {
                number: u32::try_from(line.number).map_err(|error| unreadable(&error))?,
                published: time::from_ms(REVISION, line.published_ms)?,
                is_first: line.issued_ms == Some(line.published_ms),
                title: metadata.title,
                description: metadata.description,
                department: line.department,
            }),
        })
    };
    lines.into_iter().map(told).collect()
}

/// The latest datasets that were withdrawn, at most `count`.
pub(crate) async fn withdrawn(db: &impl ConnectionTrait, count: u32) -> Result<Vec<News>, CatalogError> {
    #[derive(FromQueryResult)]
    struct Line {
        slug: String,
        tombstone: String,
    }
    let mut select = Sql::select();
    select
        .from(DATASET)
        .column((DATASET, "slug"))
        .column((DATASET, "tombstone"))
        .and_where(Expr::col((DATASET, "state")).eq("withdrawn"))
        .and_where(Expr::col((DATASET, "tombstone")).is_not_null())
        .order_by((DATASET, "modified_ms"), Order::Desc)
        .order_by((DATASET, "slug"), Order::Asc)
        .limit(u64::from(count));
    let lines: Vec<Line> = all(db, &select).await?;
    let told = |line: Line| {
        let unreadable = |why: &dyn std::fmt::Display| super::unreadable(DATASET, why);
        let tombstone: Tombstone =
            serde_json::from_str(&line.tombstone).map_err(|error| unreadable(&error))?;
        Ok(News {
            slug: Slug::parse(&line.slug).map_err(|error| unreadable(&error))?,
            at: tombstone.at,
            what: What::Withdrawn { reason: tombstone.reason },
        })
    };
    lines.into_iter().map(told).collect()
}
