//! The connections that ask tables of rows. Every question has its time; one that takes longer, or that nobody waits
//! for any more, ends there.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sea_orm::sea_query::Values;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sea_orm::sqlx::{self, AssertSqlSafe, ConnectOptions as _};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr, QueryResult, RuntimeErr, Statement,
    StatementBuilder,
};
use sea_query_sqlx::SqlxValues;
use tokio::sync::Semaphore;

use super::{Code, code};
use crate::error::CatalogError;

/// How long a question may take.
pub(super) const TIME_MAX: Duration = Duration::from_secs(5);

/// How long a question waits for a connection.
const WAIT_MAX: Duration = Duration::from_secs(5);

/// Of a file, so much is read where the system has it in memory.
const MAPPED_BYTES: u64 = 128 << 20;

/// After so many steps SQLite looks at the clock.
const STEPS: i32 = 20_000;

/// Connections that only read.
#[derive(Debug)]
pub(in crate::store) enum Readers {
    /// Of a SQLite file: for what is asked, and for what is taken away whole, which goes through all of it.
    File { quick: Box<FileReaders>, through: Box<FileReaders> },
    /// Of a server, which keeps the time itself.
    Server(DatabaseConnection),
}

/// Each has a thread of its own, so there are few of them. Beside a pool they keep the time of each question without
/// asking the thread for it.
pub(in crate::store) struct FileReaders {
    options: SqliteConnectOptions,
    idle: Mutex<Vec<Reader>>,
    places: Semaphore,
    begun: Instant,
}

struct Reader {
    connection: SqliteConnection,
    /// When the question that is asked has to be answered, in milliseconds since the beginning.
    until: Arc<AtomicU64>,
}

/// Ends the question when nobody waits for its answer any more.
struct Waiting(Arc<AtomicU64>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.store(0, Ordering::Relaxed);
    }
}

impl Readers {
    pub(in crate::store) fn of_file(options: SqliteConnectOptions) -> Readers {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        // What is asked here and there is read where it lies in memory; what goes through everything would fill it.
        let mapped = options.clone().pragma("mmap_size", MAPPED_BYTES.to_string());
        Readers::File {
            quick: Box::new(FileReaders::of(mapped, (2 * cores).clamp(4, 16))),
            through: Box::new(FileReaders::of(options, cores.clamp(2, 8))),
        }
    }

    pub(in crate::store) fn of_server(database: DatabaseConnection) -> Readers {
        Readers::Server(database)
    }

    /// Asks one question and gives the whole answer.
    ///
    /// # Errors
    /// [`CatalogError::TooMuchWork`] when it takes longer than [`TIME_MAX`].
    pub(super) async fn ask(
        &self,
        question: &impl StatementBuilder,
    ) -> Result<Vec<QueryResult>, CatalogError> {
        self.put(question, false).await
    }

    /// As [`Readers::ask`], for a piece of everything there is.
    pub(super) async fn go_through(
        &self,
        question: &impl StatementBuilder,
    ) -> Result<Vec<QueryResult>, CatalogError> {
        self.put(question, true).await
    }

    async fn put(
        &self,
        question: &impl StatementBuilder,
        is_piece: bool,
    ) -> Result<Vec<QueryResult>, CatalogError> {
        let answer = match self {
            Readers::File { quick, through } => {
                let readers = if is_piece { through } else { quick };
                readers.ask(DbBackend::Sqlite.build(question)).await
            }
            Readers::Server(database) => database.query_all(question).await,
        };
        answer.map_err(|error| if is_out_of_time(&error) { CatalogError::TooMuchWork } else { error.into() })
    }
}

impl FileReaders {
    fn of(options: SqliteConnectOptions, places: usize) -> FileReaders {
        let (idle, places) = (Mutex::new(Vec::new()), Semaphore::new(places));
        FileReaders { options, idle, places, begun: Instant::now() }
    }

    async fn ask(&self, question: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let place = tokio::time::timeout(WAIT_MAX, self.places.acquire()).await;
        let _place = match place {
            Ok(Ok(place)) => place,
            _ => return Err(failed(sqlx::Error::PoolTimedOut)),
        };
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut reader = match idle {
            Some(reader) => reader,
            None => self.connect().await.map_err(failed)?,
        };
        let until = self.begun.elapsed() + TIME_MAX;
        reader.until.store(until.as_millis() as u64, Ordering::Relaxed);
        let waiting = Waiting(Arc::clone(&reader.until));
        let values = SqlxValues(question.values.unwrap_or(Values(Vec::new())));
        let query = sqlx::query_with(AssertSqlSafe(question.sql), values);
        let answer = query.fetch_all(&mut reader.connection).await;
        drop(waiting);
        // What went wrong in a question says nothing about the connection, unless its thread has ended.
        if !matches!(answer, Err(sqlx::Error::WorkerCrashed)) {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(reader);
        }
        Ok(answer.map_err(failed)?.into_iter().map(QueryResult::from).collect())
    }

    async fn connect(&self) -> Result<Reader, sqlx::Error> {
        let mut connection = self.options.connect().await?;
        let (until, begun) = (Arc::new(AtomicU64::new(0)), self.begun);
        let limit = Arc::clone(&until);
        connection.lock_handle().await?.set_progress_handler(STEPS, move || {
            (begun.elapsed().as_millis() as u64) < limit.load(Ordering::Relaxed)
        });
        Ok(Reader { connection, until })
    }
}

impl std::fmt::Debug for FileReaders {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FileReaders").finish_non_exhaustive()
    }
}

fn failed(error: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(Arc::new(error)))
}

/// SQLite says that it was interrupted, PostgreSQL that the statement was cancelled.
fn is_out_of_time(error: &DbErr) -> bool {
    match code(error) {
        Some(Code::Sqlite(code)) => code == 9,
        Some(Code::Server(code)) => code == "57014",
        None => false,
    }
}
