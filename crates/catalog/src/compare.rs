//! 差分 between two revisions of a dataset: finds their canonical CSVs and the key, and lets [`crate::difference`] compare them.
//!
//! Who may see which revision is the caller's business. Memory: what [`crate::difference`] says, of [`AT_A_TIME`] comparisons at most;
//! the files are on the disk meanwhile.

use std::fs::File;
use std::io;

use ingestion::Schemas;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::task::spawn_blocking;

use crate::difference::{self, Change, Counts, CsvFile};
use crate::distribution::Format;
use crate::error::CatalogError;
use crate::revision::Revision;
use crate::slug::Slug;
use crate::store::{self, Store};

/// So many comparisons run at a time; others wait.
const AT_A_TIME: usize = 2;

static RUNNING: Semaphore = Semaphore::const_new(AT_A_TIME);

/// What tells a row where the schema names no key, or its cells are empty: the name and the address, as the standards call them.
const NAME_AND_ADDRESS: [[&str; 2]; 3] = [["名称", "所在地_連結表記"], ["名称", "住所"], ["名称", "所在地"]];

/// Two revisions that are about to be compared.
pub struct Comparison {
    before: CsvFile<File>,
    after: CsvFile<File>,
    key: Vec<String>,
    _running: SemaphorePermit<'static>,
}

impl Comparison {
    /// Prepares to compare two revisions of the dataset `slug`.
    ///
    /// # Errors
    /// [`CatalogError::Damaged`], and what the file store and the disk say.
    #[tracing::instrument(skip_all, fields(dataset.slug = %slug, from = from.number, to = to.number))]
    pub async fn of(
        store: &Store,
        schemas: &Schemas,
        slug: &Slug,
        from: &Revision,
        to: &Revision,
    ) -> Result<Comparison, CatalogError> {
        let running = RUNNING.acquire().await.map_err(io::Error::other)?;
        let report = store::report::find(store.database(), slug, to.number).await?;
        let schema = report.schema.and_then(|fit| schemas.get(&fit.id));
        let mut candidates: Vec<Vec<String>> = schema.into_iter().map(|schema| schema.key.clone()).collect();
        candidates.extend(NAME_AND_ADDRESS.map(|names| names.map(str::to_owned).to_vec()));
        let (before, after) = (csv_of(store, slug, from).await?, csv_of(store, slug, to).await?);
        let opening = spawn_blocking(move || {
            let (mut before, mut after) = (CsvFile::open(before)?, CsvFile::open(after)?);
            let key = difference::choose_key(&mut before, &mut after, &candidates)?;
            Ok::<_, io::Error>(Comparison { before, after, key, _running: running })
        });
        Ok(opening.await.map_err(io::Error::other)??)
    }

    /// The columns that tell a row; empty where its number does.
    pub fn key(&self) -> &[String] {
        &self.key
    }

    /// The names of the columns of the earlier revision.
    pub fn names_before(&self) -> &[String] {
        self.before.names()
    }

    /// The names of the columns of the later revision.
    pub fn names_after(&self) -> &[String] {
        self.after.names()
    }

    /// Hands every change to `take`, with `kept` to keep what it likes in, and gives that back. It runs on a thread that may block.
    ///
    /// # Errors
    /// What the disk or `take` says.
    pub async fn run<T: Send + 'static>(
        self,
        kept: T,
        take: impl Fn(&mut T, Change) -> io::Result<()> + Send + 'static,
    ) -> Result<(Counts, T), CatalogError> {
        let running = spawn_blocking(move || {
            let Comparison { mut before, mut after, key, _running } = self;
            let mut kept = kept;
            let counts =
                difference::compare(&mut before, &mut after, &key, |change| take(&mut kept, change))?;
            Ok::<_, io::Error>((counts, kept))
        });
        Ok(running.await.map_err(io::Error::other)??)
    }
}

/// How many rows changed from revision `from` of the dataset `slug` to revision `to`, whatever their states.
///
/// # Errors
/// [`CatalogError::NoSuchRevision`], and as [`Comparison::of`].
pub async fn counts(
    store: &Store,
    schemas: &Schemas,
    slug: &Slug,
    from: u32,
    to: u32,
) -> Result<Counts, CatalogError> {
    let from = store::revision::find(store.database(), slug, from).await?;
    let to = store::revision::find(store.database(), slug, to).await?;
    let comparison = Comparison::of(store, schemas, slug, &from, &to).await?;
    Ok(comparison.run((), |(), _| Ok(())).await?.0)
}

async fn csv_of(store: &Store, slug: &Slug, revision: &Revision) -> Result<File, CatalogError> {
    let csv = revision.distributions.iter().find(|form| form.format == Format::Csv);
    let csv =
        csv.ok_or_else(|| CatalogError::NoSuchRevision { slug: slug.clone(), number: revision.number })?;
    store.files().fetch(&csv.sha256).await
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::testing::{Town, slug};

    #[tokio::test]
    async fn two_revisions_are_compared_by_name_and_address_where_there_is_no_id() {
        let town = Town::open().await;
        town.publishes("toilets", "名称,住所,数\r\n甲,見本町1,1\r\n乙,見本町2,2\r\n").await.unwrap();
        town.publishes("toilets", "名称,住所,数\r\n乙,見本町2,3\r\n丙,見本町3,4\r\n").await.unwrap();
        let count = async |from, to| counts(&town.store, &town.schemas, &slug("toilets"), from, to).await;
        let there = Counts { added: 1, removed: 1, changed: 1, unchanged: 0 };
        assert_eq!(count(1, 2).await.unwrap(), there);
        assert_eq!(count(2, 1).await.unwrap(), there);
        assert_eq!(count(2, 2).await.unwrap(), Counts { unchanged: 2, ..Counts::default() });
        assert!(matches!(count(1, 3).await, Err(CatalogError::NoSuchRevision { number: 3, .. })));
    }
}
