//! Rows follow their publication into the index: read again from the canonical CSV, some at a time, so that whoever publishes
//! never waits for it. The rows of earlier revisions, and of what was withdrawn, are taken out the same way.
//!
//! What is missing is found in the tables, so a restart or another server goes on; what a cut-short run has left is taken
//! out after a minute and begun anew.

use std::fs::File;
use std::io;
use std::time::Duration;

use ingestion::{Schema, Schemas};
use tokio::sync::mpsc;

use crate::asking::key;
use crate::distribution::Format;
use crate::error::CatalogError;
use crate::gently;
use crate::revision::Revision;
use crate::slug::Slug;
use crate::store::search::block;
use crate::store::search::row::{self, Row};
use crate::store::{self, Store};

/// A table of up to this many rows is in the index before its publication is answered.
pub const SMALL_ROWS_MAX: u64 = 1_000;

/// Letters that are put in, in one transaction: others wait no longer than for these.
const LETTERS_TOGETHER: usize = 40_000;
/// Rows that are put in, in one transaction, however short they are.
const ROWS_TOGETHER: usize = 1_000;
/// Rows that are taken out in one transaction.
const REMOVED_TOGETHER: u64 = 2_000;
/// How often somebody looks who waits for what another puts in.
const LOOKED_EVERY: Duration = Duration::from_millis(10);
/// Pieces of a file that wait to be put in.
const PIECES_AHEAD: usize = 2;

/// What came of catching up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caught {
    /// How many revisions were put in.
    pub put: u64,
    /// Whether another is at some, or was and is gone: it is to be looked at again in a while.
    pub is_waiting: bool,
}

/// Puts the rows of every current revision of at most `rows_max` rows into the index that are not there, and takes out
/// those that nobody needs.
///
/// # Errors
/// What stood in the way of the last revision that could not be put in; the others are.
pub async fn catch_up(store: &Store, schemas: &Schemas, rows_max: u64) -> Result<Caught, CatalogError> {
    let (mut put, mut failed, mut passed_over) = (0, None, Vec::new());
    clear(store).await?;
    while let Some((slug, number)) = block::next_missing(store.database(), rows_max, &passed_over).await? {
        let (filled, schemas, of) = (store.clone(), schemas.clone(), slug.clone());
        match store.beside(async move { fill(&filled, &schemas, &of, number).await }).await {
            Ok(true) => put += 1,
            Ok(false) => passed_over.push(slug), // another does so, or has done it
            Err(error) => {
                tracing::debug!(dataset.slug = %slug, revision = number, "its rows cannot be searched yet");
                passed_over.push(slug);
                failed = Some(error);
            }
        }
    }
    let is_waiting = block::is_any_filled(store.database()).await?;
    failed.map_or(Ok(Caught { put, is_waiting }), Err)
}

/// Puts the rows of a revision that was just published into the index, where its table is small. The publication stands
/// whatever comes of this: what fails is tried again by [`catch_up`].
pub async fn at_once(store: &Store, schemas: &Schemas, slug: &Slug, revision: &Revision) {
    if revision.rows > SMALL_ROWS_MAX {
        return;
    }
    let number = revision.number;
    let filling = async {
        if !fill(store, schemas, slug, number).await? {
            // Another has seen the publication first, and is at it.
            while block::is_filled(store.database(), slug, number).await? {
                tokio::time::sleep(LOOKED_EVERY).await;
            }
        }
        Ok::<_, CatalogError>(())
    };
    if let Err(error) = filling.await {
        tracing::warn!(dataset.slug = %slug, revision = number, %error, "the rows of `{slug}` revision {number} cannot be searched yet: {error}");
    }
}

/// Takes out what nobody needs.
async fn clear(store: &Store) -> Result<(), CatalogError> {
    while let Some(id) = block::stale(store.database()).await? {
        loop {
            let write = store.writing_gently().await?;
            let is_empty = row::remove_some(&write, id, REMOVED_TOGETHER).await?;
            if is_empty {
                block::remove(&write, id).await?;
            }
            write.commit().await?;
            if is_empty {
                break;
            }
        }
    }
    Ok(())
}

/// Puts the rows of one revision in; whether they are there now, and were not before.
#[tracing::instrument(skip_all, fields(dataset.slug = %slug, revision.number = number))]
async fn fill(store: &Store, schemas: &Schemas, slug: &Slug, number: u32) -> Result<bool, CatalogError> {
    let revision = store::revision::find(store.database(), slug, number).await?;
    let Some(csv) = revision.distributions.iter().find(|form| form.format == Format::Csv) else {
        return Ok(false);
    };
    let report = store::report::find(store.database(), slug, number).await?;
    let schema = report.schema.and_then(|fit| schemas.get(&fit.id).cloned());
    let mut table = Table::open(store.files().fetch(&csv.sha256).await?, schema.as_ref())?;

    let write = store.writing_gently().await?;
    let begun = block::begin(&write, slug, number, &table.names).await?;
    write.commit().await?;
    let Some(id) = begun else { return Ok(false) };

    let (send, mut pieces) = mpsc::channel(PIECES_AHEAD);
    let bind = row::binder(store.database(), id);
    let reading = tokio::spawn(gently::run(move || {
        table.read(|piece| {
            let bound = bind(&piece).map_err(io::Error::other)?;
            Ok(send.blocking_send(bound).is_ok())
        })
    }));
    let mut rows = 0;
    while let Some(bound) = pieces.recv().await {
        let write = store.writing_gently().await?;
        if !block::touch(&write, id).await? {
            return Ok(false); // it was given up for dead, and is begun anew
        }
        rows += bound.rows;
        row::append(&write, bound).await?;
        write.commit().await?;
    }
    reading.await.map_err(io::Error::other)??;

    let write = store.writing_gently().await?;
    let is_wanted = block::touch(&write, id).await?;
    if is_wanted {
        block::finish(&write, id).await?;
        store::search::dataset::put_again(&write, slug).await?;
    }
    write.commit().await?;
    if is_wanted {
        tracing::info!(dataset.slug = %slug, revision = number, rows, "the rows of `{slug}` revision {number} can be searched");
    }
    Ok(is_wanted)
}

/// A canonical CSV as its rows are put in.
struct Table {
    reader: csv::Reader<File>,
    names: Vec<String>,
    /// Where the cells stand that name a row.
    key: Vec<usize>,
}

impl Table {
    fn open(file: File, schema: Option<&Schema>) -> io::Result<Table> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(file);
        let names: Vec<String> = reader.headers()?.iter().map(str::to_owned).collect();
        let place = |name: &String| names.iter().position(|other| other == name);
        let key: Option<Vec<usize>> =
            schema.map(|schema| schema.key.iter().map(place).collect()).unwrap_or_default();
        Ok(Table { reader, key: key.unwrap_or_default(), names })
    }

    /// Hands the rows to `take`, some at a time, for as long as it takes them.
    fn read(&mut self, mut take: impl FnMut(Vec<Row>) -> io::Result<bool>) -> io::Result<()> {
        let mut record = csv::StringRecord::new();
        let (mut piece, mut letters, mut place) = (Vec::new(), 0, 0);
        while self.reader.read_record(&mut record)? {
            gently::let_others_pass();
            place += 1;
            letters += record.as_slice().len() / 2; // between one and three bytes each
            let key = key::of(self.key.iter().map(|column| record.get(*column).unwrap_or_default()), place);
            piece.push(Row { place, key, cells: record.iter().map(str::to_owned).collect() });
            if letters >= LETTERS_TOGETHER || piece.len() >= ROWS_TOGETHER {
                letters = 0;
                if !take(std::mem::take(&mut piece))? {
                    return Ok(());
                }
            }
        }
        take(piece).map(drop)
    }
}
