//! Loads the rows of revisions into tables of the database: before a revision is published, and again when somebody asks
//! for one whose table is not there any more.
//!
//! A table depends on the canonical file and on the schema of its report alone ([`Source`]). Which revision readers
//! get is decided by the pointer, which moves when the table is ready; so nobody reads half of one.

use std::fs::File;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use ingestion::{Report, Schema, Schemas};
use tokio::sync::mpsc;

use crate::browse;
use crate::distribution::{Distribution, Format};
use crate::error::CatalogError;
use crate::forms;
use crate::gently;
use crate::revision::Revision;
use crate::slug::Slug;
use crate::store::rows::{Bound, Loading, Table};
use crate::store::{self, Store};
use crate::tabled::{EDITION, Shape, Source, Spread, prepare, survey};

/// How long a reader waits for a table that has to be made first.
const PATIENCE: Duration = Duration::from_secs(3);

/// The rows of a published revision.
pub(crate) async fn source_of(
    store: &Store,
    schemas: &Schemas,
    slug: &Slug,
    revision: &Revision,
) -> Result<Source, CatalogError> {
    let report = store::report::find(store.database(), slug, revision.number).await?;
    let source = source(schemas, &report, &revision.distributions);
    source.ok_or_else(|| CatalogError::NoSuchRevision { slug: slug.clone(), number: revision.number })
}

fn source(schemas: &Schemas, report: &Report, distributions: &[Distribution]) -> Option<Source> {
    let csv = distributions.iter().find(|form| form.format == Format::Csv)?;
    let schema = report.schema.as_ref().and_then(|fit| schemas.get(&fit.id));
    Some(Source::of(csv.sha256, schema))
}

/// Loads the rows of what is about to be published, whose files are kept. Rows that the database does not take, for what
/// is in them, stand in nobody's way: the revision is published without them, and asking for them fails.
///
/// # Errors
/// What the database, the file store or the disk says.
pub(crate) async fn before_publishing(
    store: &Store,
    schemas: &Schemas,
    report: &Report,
    distributions: &[Distribution],
) -> Result<(), CatalogError> {
    let Some(source) = source(schemas, report, distributions) else { return Ok(()) };
    match load(store, &source).await {
        Err(error) if is_of_the_data(&error) => {
            tracing::error!(csv = %source.csv, %error, "the rows of {} cannot be loaded: {error}", source.csv);
            Ok(())
        }
        other => other.map(drop),
    }
}

/// The table of `source`. Where there is none it is made while the reader waits, if that does not take too long.
///
/// # Errors
/// [`CatalogError::RowsNotReady`] when it does; what stood in the way of making it.
pub(crate) async fn on_demand(
    store: &Store,
    source: &Source,
    slug: &Slug,
) -> Result<Arc<Table>, CatalogError> {
    if let Some(table) = store.rows().ready(&source.origin).await? {
        return Ok(table);
    }
    let not_ready = || CatalogError::RowsNotReady(slug.clone());
    // Of a table that is being made the others wait for the end; of several tables one is made after the other.
    let turn = store.rows().turn(&source.origin);
    if let Ok(own) = Arc::clone(&turn).try_lock_owned() {
        let Some(place) = store.rows().queue() else { return Err(not_ready()) };
        let (store, source) = (store.clone(), source.clone());
        let making = tokio::spawn(async move {
            let made = store.rows().one_at_a_time(make(&store, &source)).await;
            drop((own, place));
            made
        });
        return match tokio::time::timeout(PATIENCE, making).await {
            Ok(made) => made.map_err(io::Error::other)?,
            Err(_) => Err(not_ready()),
        };
    }
    match tokio::time::timeout(PATIENCE, turn.lock()).await {
        Ok(_) => store.rows().ready(&source.origin).await?.ok_or_else(not_ready),
        Err(_) => Err(not_ready()),
    }
}

/// Makes the tables that the current revisions of published datasets lack, as after a restore. Tells how many it made.
///
/// # Errors
/// What stood in the way of the last one that could not be made; the others are.
pub async fn catch_up(store: &Store, schemas: &Schemas) -> Result<u64, CatalogError> {
    let (mut made, mut failed, mut number) = (0, None, 1);
    let there = store.rows().contents(&format!("{EDITION}-")).await?;
    loop {
        let page = browse::page(store, number, 100).await?;
        for dataset in page.datasets {
            let Some(current) = &dataset.current else { continue };
            let csv = current.distributions.iter().find(|form| form.format == Format::Csv);
            if csv.is_none_or(|csv| there.contains(&csv.sha256)) {
                continue;
            }
            let source = source_of(store, schemas, &dataset.slug, current).await?;
            match load(store, &source).await {
                Ok(_) => made += 1,
                Err(error) => failed = Some(error),
            }
        }
        if number >= page.pages {
            return failed.map_or(Ok(made), Err);
        }
        number += 1;
    }
}

/// The table of `source`, which is made when there is none.
async fn load(store: &Store, source: &Source) -> Result<Arc<Table>, CatalogError> {
    let turn = store.rows().turn(&source.origin);
    let turn = turn.lock_owned().await;
    if let Some(table) = store.rows().made(&source.origin).await? {
        return Ok(table);
    }
    let (making, source) = (store.clone(), source.clone());
    let work = async move {
        let made = make(&making, &source).await;
        drop(turn);
        made
    };
    store.beside(work).await
}

async fn make(store: &Store, source: &Source) -> Result<Arc<Table>, CatalogError> {
    let begun = std::time::Instant::now();
    let file = store.files().fetch(&source.csv).await?;
    let (again, schema) = (file.try_clone()?, source.schema.clone());
    let shape = gently::run(move || survey(&forms::Table::open(file, schema.as_deref())?)).await?;
    let mut loading = store.rows().begin(&source.origin, shape.clone()).await?;
    let spread = match fill(&mut loading, again, source.schema.clone(), shape).await {
        Ok(spread) => spread,
        Err(error) => {
            if let Err(left) = loading.give_up().await {
                tracing::debug!(%left, "a table of rows that was not filled is left to be swept");
            }
            return Err(error);
        }
    };
    let table = loading.end(spread).await?;
    let (rows, elapsed_ms) = (table.shape.rows, begun.elapsed().as_millis() as u64);
    tracing::info!(rows, elapsed_ms, "loaded {rows} rows into table {}", table.id);
    Ok(store.rows().remember(&source.origin, table))
}

/// One thread reads rows and makes statements of them, the database takes them.
async fn fill(
    loading: &mut Loading,
    file: File,
    schema: Option<Arc<Schema>>,
    shape: Shape,
) -> Result<Option<Spread>, CatalogError> {
    let mut binder = loading.binder();
    let (hand_on, mut handed) = mpsc::channel::<Bound>(2);
    let reading = gently::run(move || {
        let table = forms::Table::open(file, schema.as_deref())?;
        let gone = |_| io::Error::other("the database takes no more rows");
        prepare(&table, &shape, |rows| {
            let bound = binder.bind(rows).map_err(io::Error::other)?;
            hand_on.blocking_send(bound).map_err(gone)
        })
    });
    let putting = async move {
        while let Some(rows) = handed.recv().await {
            loading.put(rows).await?;
        }
        Ok::<_, CatalogError>(())
    };
    let (spread, put) = tokio::join!(reading, putting);
    put?; // what the database says is why the reading ended
    Ok(spread?)
}

/// Whether it is what stands in the file that the database does not take.
fn is_of_the_data(error: &CatalogError) -> bool {
    match error {
        CatalogError::Database(error) => store::rows::is_of_the_data(error),
        CatalogError::Disk(error) => error.kind() == io::ErrorKind::InvalidData,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
