//! Rows that are held in memory, so that one which is asked for by its name is answered at once, asked for before or not.
//!
//! Whoever asks for a row of a dataset first gets it from the database; its other rows are read into memory meanwhile, if there is
//! room for them.

use std::sync::{Arc, OnceLock};

use catalog::Iris;
use catalog::records::{AtHand, Subject};
use jiff::Timestamp;
use moka::sync::Cache;
use tokio::sync::Semaphore;

use super::Prepared;
use crate::answer::Answer;
use crate::rows::frame::Frame;

/// What a dataset takes in memory beside its rows, about.
const OVERHEAD_BYTES: usize = 4 << 10;

/// The rows of datasets, by their slugs.
#[derive(Debug, Clone)]
pub(super) struct Held {
    tables: Cache<String, Arc<Table>>,
    /// Larger tables are not held.
    bytes_max: u64,
    /// Held by whoever reads one: others wait until somebody asks again.
    reading: Arc<Semaphore>,
}

/// The rows that readers get of a dataset in one state of it.
#[derive(Debug)]
struct Table {
    subject: Arc<Subject>,
    version: u64,
    since: Timestamp,
    /// Empty until they are read, and for as long as this state lasts where there is no room for them.
    rows: OnceLock<(AtHand, Frame)>,
}

impl Table {
    fn weight(&self) -> usize {
        OVERHEAD_BYTES + self.rows.get().map_or(0, |(rows, _)| rows.weight())
    }
}

impl Held {
    /// Nothing yet, and never more than `room` bytes.
    pub(super) fn of(room: Option<u64>) -> Held {
        let weigh = |_: &String, table: &Arc<Table>| u32::try_from(table.weight()).unwrap_or(u32::MAX);
        let tables = Cache::builder().weigher(weigh).max_capacity(room.unwrap_or(u64::MAX)).build();
        let bytes_max = room.map_or(u64::MAX, |room| room / 4);
        Held { tables, bytes_max, reading: Arc::new(Semaphore::new(1)) }
    }
}

impl Prepared {
    /// The answer that shows the row `name` of what readers get of `dataset` now, and since when nothing of that has changed, where it
    /// is held.
    pub fn row(&self, dataset: &str, name: &str) -> Option<(Answer, Timestamp)> {
        let table = self.held.tables.get(dataset)?;
        let is_current = self.store.version(Some(&table.subject.dataset.slug)) == Some(table.version);
        let (rows, frame) = table.rows.get().filter(|_| is_current)?;
        Some((frame.around(&rows.one(name)?), table.since))
    }

    /// Has the rows of `subject` held from now on, if there is room; they are what readers get in the state `version`.
    pub fn hold_rows(&self, subject: Arc<Subject>, version: u64, iris: &Iris) {
        let slug = subject.dataset.slug.to_string();
        if self.held.tables.get(&slug).is_some_and(|table| table.version >= version) {
            return;
        }
        let Ok(turn) = Arc::clone(&self.held.reading).try_acquire_owned() else { return };
        let table = Arc::new(Table { subject, version, since: Timestamp::now(), rows: OnceLock::new() });
        self.held.tables.insert(slug.clone(), Arc::clone(&table));
        let (prepared, frame) = (self.clone(), Frame::of(&table.subject, iris));
        self.beside.spawn(async move {
            let reading = async {
                let rows = table.subject.rows(&prepared.store).await?;
                rows.at_hand(prepared.held.bytes_max).await
            };
            match reading.await {
                Ok(Some(rows)) => {
                    let _ = table.rows.set((rows, frame)); // nobody else sets it
                    prepared.held.tables.insert(slug, table); // now that its weight is known
                }
                Ok(None) => {}
                // They are asked of the database until the dataset changes.
                Err(error) => tracing::debug!(%error, "the rows of `{slug}` are not held: {error}"),
            }
            drop(turn);
        });
    }
}
