//! What this program knows of the tables without asking, and who makes one at the moment.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use ingestion::Sha256;
use sea_orm::{ConnectionTrait, DatabaseConnection};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{Rows, Table, registry};
use crate::error::CatalogError;
use crate::tabled::Origin;

/// Tables that are known at a time.
const KNOWN_MAX: usize = 1_000;

/// Counts that are remembered at a time, and how long a question may be for that, in bytes.
const COUNTS_MAX: usize = 4_000;
const QUESTION_BYTES_MAX: usize = 1_000;

/// How often it is said of a table that it is in use: it is dropped after a day without use.
const PACE: Duration = Duration::from_secs(3600);

/// Tables that wait to be made for readers, at most.
const QUEUE_MAX: usize = 16;

#[derive(Debug)]
pub(super) struct Known {
    tables: Mutex<HashMap<Origin, (Arc<Table>, Instant)>>,
    turns: Mutex<HashMap<Origin, Arc<tokio::sync::Mutex<()>>>>,
    counts: Mutex<HashMap<(i64, String), u64>>,
    queue: Arc<Semaphore>,
    alone: Semaphore,
}

impl Default for Known {
    fn default() -> Known {
        Known {
            tables: Mutex::default(),
            turns: Mutex::default(),
            counts: Mutex::default(),
            queue: Arc::new(Semaphore::new(QUEUE_MAX)),
            alone: Semaphore::new(1),
        }
    }
}

impl Rows {
    /// The table that was made from `origin`, if it is ready; it counts as used.
    pub(crate) async fn ready(&self, origin: &Origin) -> Result<Option<Arc<Table>>, CatalogError> {
        self.known_or(origin, &self.open().await?.writer, self.find(origin)).await
    }

    /// As [`Rows::ready`], for whoever makes it where it is not: looked for by the connection that makes tables of few rows, which
    /// knows all of them. SQLite's others would read the names of all tables again after each that was made.
    pub(crate) async fn made(&self, origin: &Origin) -> Result<Option<Arc<Table>>, CatalogError> {
        let maker = &self.open().await?.loader_of_few;
        let finding = async {
            let found = maker.query_one(&registry::ready(origin)).await?;
            found.as_ref().map(registry::table).transpose()
        };
        self.known_or(origin, maker, finding).await
    }

    /// The table of `origin` as it is known, or as it is found now; `writer` says that it is in use.
    async fn known_or(
        &self,
        origin: &Origin,
        writer: &DatabaseConnection,
        finding: impl Future<Output = Result<Option<Table>, CatalogError>>,
    ) -> Result<Option<Arc<Table>>, CatalogError> {
        let known = hold(&self.known.tables).get(origin).cloned();
        if let Some((table, used)) = known {
            if used.elapsed() < PACE {
                return Ok(Some(table));
            }
            if registry::used(writer, table.id).await? {
                return Ok(Some(self.know(origin, table)));
            }
            hold(&self.known.tables).remove(origin); // somebody has dropped it
        }
        match finding.await? {
            Some(table) if registry::used(writer, table.id).await? => Ok(Some(self.remember(origin, table))),
            _ => Ok(None),
        }
    }

    /// Keeps in mind that `table` is that of `origin`.
    pub(crate) fn remember(&self, origin: &Origin, table: Table) -> Arc<Table> {
        self.know(origin, Arc::new(table))
    }

    fn know(&self, origin: &Origin, table: Arc<Table>) -> Arc<Table> {
        let mut tables = hold(&self.known.tables);
        if tables.len() >= KNOWN_MAX {
            tables.clear();
        }
        tables.insert(origin.clone(), (Arc::clone(&table), Instant::now()));
        table
    }

    /// What is held by whoever makes the table of `origin` in this program.
    pub(crate) fn turn(&self, origin: &Origin) -> Arc<tokio::sync::Mutex<()>> {
        let mut turns = hold(&self.known.turns);
        // Those that nobody holds are forgotten.
        turns.retain(|_, turn| Arc::strong_count(turn) > 1);
        Arc::clone(turns.entry(origin.clone()).or_default())
    }

    /// A place in the queue of the tables that are made for readers, if there is one.
    pub(crate) fn queue(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.known.queue).try_acquire_owned().ok()
    }

    /// Does `work` while nobody else does such.
    pub(crate) async fn one_at_a_time<T>(&self, work: impl Future<Output = T>) -> T {
        let _alone = self.known.alone.acquire().await;
        work.await
    }

    /// The number that was counted for a question about `table`, or `count`ed now: rows never change.
    pub(super) async fn counted(
        &self,
        table: &Table,
        question: String,
        count: impl Future<Output = Result<u64, CatalogError>>,
    ) -> Result<u64, CatalogError> {
        let question = (table.id, question);
        if let Some(known) = hold(&self.known.counts).get(&question) {
            return Ok(*known);
        }
        let counted = count.await?;
        if question.1.len() <= QUESTION_BYTES_MAX {
            let mut counts = hold(&self.known.counts);
            if counts.len() >= COUNTS_MAX {
                counts.clear();
            }
            counts.insert(question, counted);
        }
        Ok(counted)
    }

    /// The canonical files of which there is a table made in a manner that begins with `manner`.
    pub(crate) async fn contents(&self, manner: &str) -> Result<BTreeSet<Sha256>, CatalogError> {
        registry::contents(&self.open().await?.writer, manner).await
    }
}

fn hold<T>(what: &Mutex<T>) -> MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}
