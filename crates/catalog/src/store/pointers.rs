//! What names kept files, and what names rows: every pointer that must lead somewhere.
//!
//! A file that stands in no column of [`NAMING`] is an orphan, which [`crate::sweep`] removes.

use std::collections::BTreeSet;

use futures_util::stream::BoxStream;
use ingestion::Sha256;
use jiff::Timestamp;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Statement};

use super::{Store, migration};
use crate::error::CatalogError;

/// Every column of every table that names kept files.
pub(crate) const NAMING: [(&str, &str); 3] =
    [("catalog_revision", "sha256"), ("catalog_distribution", "sha256"), ("catalog_packed", "sha256")];

/// What the lock between sweeping and naming is called on PostgreSQL. On SQLite whoever writes is alone.
const SWEEPING: i64 = 0x0068_6979_6f72_6903;

fn naming(table: &'static str, column: &'static str) -> SelectStatement {
    let named = Expr::col(Alias::new(column));
    let mut select = Query::select();
    select.distinct().expr_as(named.clone(), "name").from(Alias::new(table)).and_where(named.is_not_null());
    select
}

/// The kept files that rows name.
pub(crate) async fn named(db: &impl ConnectionTrait) -> Result<BTreeSet<Sha256>, CatalogError> {
    let mut found = BTreeSet::new();
    for (table, column) in NAMING {
        for row in db.query_all(&naming(table, column)).await? {
            let name: String = row.try_get("", "name")?;
            found.insert(name.parse().map_err(|error| super::unreadable(table, error))?);
        }
    }
    Ok(found)
}

/// Those of `names` that rows name.
async fn named_among(db: &impl ConnectionTrait, names: &[Sha256]) -> Result<BTreeSet<String>, CatalogError> {
    let mut found = BTreeSet::new();
    for (table, column) in NAMING {
        let mut select = naming(table, column);
        select.and_where(Expr::col(Alias::new(column)).is_in(names.iter().map(Sha256::to_string)));
        for row in db.query_all(&select).await? {
            found.insert(row.try_get("", "name")?);
        }
    }
    Ok(found)
}

impl Store {
    /// A transaction that will name `files`, which have been kept: they are there, and no sweep removes them until it
    /// has ended.
    pub(crate) async fn naming(&self, files: &[Sha256]) -> Result<DatabaseTransaction, CatalogError> {
        let write = self.writing().await?;
        lock(&write, "pg_advisory_xact_lock_shared").await?;
        for name in files {
            self.files.is_there(name).await?;
        }
        Ok(write)
    }

    /// Removes those of `candidates` that no row names and that were not kept again since `moment`.
    pub(crate) async fn remove_orphans(
        &self,
        candidates: &[Sha256],
        moment: Timestamp,
    ) -> Result<u64, CatalogError> {
        let write = self.writing().await?;
        lock(&write, "pg_advisory_xact_lock").await?;
        let named = named_among(&write, candidates).await?;
        let mut removed = 0;
        for name in candidates.iter().filter(|name| !named.contains(&name.to_string())) {
            removed += u64::from(self.files.remove(name, moment).await?);
        }
        write.rollback().await?;
        Ok(removed)
    }

    /// The kept files that are older than `moment`, and perhaps orphans.
    pub(crate) fn candidates(&self, moment: Timestamp) -> BoxStream<'static, Result<Sha256, CatalogError>> {
        self.files.older_than(moment)
    }

    /// Removes what was half-written before `moment`.
    pub(crate) async fn remove_leftovers(&self, moment: Timestamp) -> Result<(), CatalogError> {
        self.files.remove_leftovers(moment).await
    }
}

async fn lock(write: &DatabaseTransaction, function: &str) -> Result<(), CatalogError> {
    if write.get_database_backend() == DbBackend::Postgres {
        migration::be_patient(write, "SET LOCAL").await?;
        let sql = format!("SELECT {function}({SWEEPING})");
        write.execute_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
    }
    Ok(())
}

/// Where a pointer leads nowhere: in words that name the row.
pub(crate) async fn dangling(db: &impl ConnectionTrait) -> Result<Vec<String>, CatalogError> {
    let mut found = Vec::new();
    for (what, sql) in DANGLING {
        let statement = Statement::from_string(db.get_database_backend(), sql.to_owned());
        for row in db.query_all_raw(statement).await? {
            let (dataset, number): (String, Option<i64>) =
                (row.try_get("", "dataset")?, row.try_get("", "number")?);
            let revision = number.map(|number| format!(" revision {number}")).unwrap_or_default();
            found.push(format!("dataset `{dataset}`{revision}: {what}"));
        }
    }
    Ok(found)
}

/// What would be wrong, and the rows of which it is true.
const DANGLING: [(&str, &str); 5] = [
    (
        "it is the current one and is not there, or is not published",
        "SELECT d.slug AS dataset, d.current AS number FROM catalog_dataset d LEFT JOIN catalog_revision r \
         ON r.dataset = d.slug AND r.number = d.current \
         WHERE d.current IS NOT NULL AND (r.number IS NULL OR r.state <> 'published')",
    ),
    (
        "it is published and has no current revision",
        "SELECT d.slug AS dataset, d.current AS number FROM catalog_dataset d \
         WHERE d.state = 'published' AND d.current IS NULL",
    ),
    (
        "it has no report",
        "SELECT r.dataset AS dataset, r.number AS number FROM catalog_revision r LEFT JOIN catalog_report p \
         ON p.dataset = r.dataset AND p.number = r.number WHERE p.number IS NULL",
    ),
    (
        "it is published and cannot be downloaded as CSV",
        "SELECT r.dataset AS dataset, r.number AS number FROM catalog_revision r LEFT JOIN catalog_distribution f \
         ON f.dataset = r.dataset AND f.number = r.number AND f.format = 'csv' \
         WHERE r.state = 'published' AND f.number IS NULL",
    ),
    (
        "its department is not there",
        "SELECT d.slug AS dataset, d.current AS number FROM catalog_dataset d LEFT JOIN catalog_department o \
         ON o.slug = d.department WHERE o.slug IS NULL",
    ),
];
