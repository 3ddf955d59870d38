//! How the database is reached, and whether it keeps its promises.
//!
//! SQLite left alone has no journal in WAL and one connection. Here: WAL so that readers never wait,
//! `synchronous=FULL` so that a commit survives power loss (in WAL, NORMAL does not), foreign keys, and a writer
//! that waits for another one instead of giving up. PostgreSQL is durable by itself; what is set there is patience,
//! so that a server that does not answer is refused within seconds instead of holding every request.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use sea_orm::sqlx;
use sea_orm::sqlx::ConnectOptions as _;
use sea_orm::sqlx::postgres::PgConnectOptions;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, Statement};

use super::rows::Readers;
use super::{FilesAt, Place};
use crate::error::CatalogError;
use crate::gently;

/// Connections at a time. On SQLite one of them writes, the others read.
const CONNECTIONS_MAX: u32 = 8;

/// How long a writer waits for another.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// How long PostgreSQL is waited for: for a connection, for a lock, for an answer.
const SERVER_TIMEOUT: Duration = Duration::from_secs(5);
const SERVER_SETTINGS: [(&str, &str); 2] = [("lock_timeout", "10s"), ("statement_timeout", "60s")];

/// Rows are longer than what SQLite's usual pages are made for.
const ROWS_PAGE_BYTES: u32 = 8192;

/// Pages of SQLite's log of rows, 125 MB, that are copied into the file by whoever writes the next. Until then it is done when a table is
/// complete, while nobody waits for it ([`copy_log`]): a thread that copies pages lets nobody pass.
const ROWS_LOG_PAGES_MAX: &str = "16000";

/// Connections that write to the tables of rows; on a server whoever loads takes up to two. On SQLite they wait for each other's
/// transactions, which are short but for the one that makes the index of a large table.
const ROWS_WRITERS_MAX: u32 = 6;
const ROWS_PATIENCE: Duration = Duration::from_secs(60);

/// Statements that a connection keeps ready which writes rows: every table has its own, and one that puts in hundreds of rows is long.
const ROWS_STATEMENTS_MAX: usize = 16;

/// After so many steps of SQLite, some 20 µs, its thread looks whether to let others pass, if it is to step back.
const STEPS: i32 = 200;

/// What is asked of rows is answered in time or not at all. Plans are made for one question of one table: neither
/// compiled nor spread over processes, which keep no order.
const ROWS_SETTINGS: [(&str, &str); 4] = [
    ("lock_timeout", "5s"),
    ("statement_timeout", "5s"),
    ("jit", "off"),
    ("max_parallel_workers_per_gather", "0"),
];

/// A connection that was idle for so long is looked at before it is used.
const IDLE: Duration = Duration::from_secs(30);

/// What a place is called in messages: without a password.
pub(super) fn name(place: &Place) -> String {
    match sqlite_file(place) {
        Ok(Some(file)) => file.display().to_string(),
        _ => place.database.to_string(),
    }
}

/// Whether there is a database to ask. A server is always asked; a file must exist.
pub(super) fn is_there(place: &Place) -> Result<bool, CatalogError> {
    Ok(match sqlite_file(place)? {
        Some(file) => file.try_exists()?,
        None => true,
    })
}

/// Makes the folders of a place, so that they are still there after a power cut.
pub(super) fn make_folders(place: &Place) -> Result<(), CatalogError> {
    let database = sqlite_file(place)?.and_then(|file| file.parent().map(Path::to_path_buf));
    let files = match &place.files {
        FilesAt::Folder(folder) => Some(folder),
        FilesAt::Bucket(_) => None,
    };
    for folder in database.iter().chain(files).chain([&place.work]) {
        make_folder(folder)?;
    }
    Ok(())
}

fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty());
    if let Some(parent) = parent {
        make_folder(parent)?;
    }
    fs::create_dir(folder)?;
    fs::File::open(parent.unwrap_or(Path::new(".")))?.sync_all()
}

/// The file of a SQLite place; `None` for a server.
fn sqlite_file(place: &Place) -> Result<Option<PathBuf>, CatalogError> {
    if !place.database.is_sqlite() {
        return Ok(None);
    }
    let options = SqliteConnectOptions::from_str(place.database.reveal()).map_err(does_not_read)?;
    Ok(Some(options.get_filename().to_path_buf()))
}

/// Connects; `create` lets SQLite make its file.
pub(super) async fn connect(place: &Place, create: bool) -> Result<DatabaseConnection, CatalogError> {
    let database = Database::connect(options(place, create)?).await?;
    if database.get_database_backend() == DbBackend::Sqlite {
        check_durable(&database).await?;
    }
    Ok(database)
}

/// A connection for long work that nobody waits for: on SQLite one of its own, whose thread steps back behind readers.
pub(super) async fn connect_gently(
    place: &Place,
    database: &DatabaseConnection,
) -> Result<DatabaseConnection, CatalogError> {
    if database.get_database_backend() != DbBackend::Sqlite {
        return Ok(database.clone());
    }
    let mut options = options(place, false)?;
    options
        .max_connections(1)
        .connect_lazy(true)
        .map_sqlx_sqlite_pool_opts(|pool| pool.after_connect(|writer, _| Box::pin(steps_back(writer))));
    Ok(Database::connect(options).await?)
}

/// One connection that stays the same for as long as it lives: what is locked on it stays locked.
pub(super) async fn connect_once(place: &Place) -> Result<DatabaseConnection, CatalogError> {
    let mut options = options(place, false)?;
    options.max_connections(1).idle_timeout(None).max_lifetime(None);
    Ok(Database::connect(options).await?)
}

/// The connections of the tables of rows.
pub(super) struct RowsConnections {
    /// What is written here is on the disk when its commit returns, and so is whatever was loaded before.
    pub writer: DatabaseConnection,
    /// Loads rows, and leaves it to `writer` that they are on the disk.
    pub loader: DatabaseConnection,
    /// Loads a few rows, all by itself, and waits for the disk.
    pub loader_of_few: DatabaseConnection,
    /// Ask.
    pub readers: Readers,
}

/// Reaches the tables of rows; on SQLite the first connection makes the file.
///
/// On SQLite the rows are in a file of their own beside the catalog's: loading them holds up nobody who writes the
/// catalog. They could be made again from the kept files; still, when a publish is acknowledged, they are on the disk too.
/// On PostgreSQL they are in the catalog's database, and asked on connections of their own.
///
/// SQLite's loader is one connection, so that it finds its pages again in the transaction that follows, and does not wait for the disk
/// in each of them (`synchronous=NORMAL`): after a power cut the last ones may be gone, and the table is then one that is not ready. The
/// commit that says that it is ready is the writer's (`FULL`): it syncs the log, in which, or in the file by a checkpoint that syncs
/// both, is all that was committed before. Rule: SQLite, PRAGMA synchronous.
///
/// Whoever sees that another connection of SQLite has made a table reads the names of all tables again. Among thousands that takes
/// longer than a few rows, so these are loaded by one connection from the beginning to the end.
pub(super) async fn connect_rows(place: &Place) -> Result<RowsConnections, CatalogError> {
    let mut writing = options(place, true)?;
    writing.max_connections(ROWS_WRITERS_MAX).acquire_timeout(ROWS_PATIENCE);
    let Some(file) = sqlite_file(place)? else {
        let whole = PgConnectOptions::from_str(place.database.reveal()).map_err(does_not_read)?;
        let (writer, reader) = (
            whole.clone().options([("lock_timeout", "0"), ("statement_timeout", "0")]),
            whole.options(ROWS_SETTINGS),
        );
        let (writer, reader) = (named(writer).statement_cache_capacity(ROWS_STATEMENTS_MAX), named(reader));
        writing.map_sqlx_postgres_opts(move |_| writer.clone());
        let mut reading = options(place, false)?;
        reading.map_sqlx_postgres_opts(move |_| reader.clone());
        reading.test_before_acquire_if_idle_for(IDLE);
        let writer = Database::connect(writing).await?;
        let readers = Readers::of_server(Database::connect(reading).await?);
        let (loader, loader_of_few) = (writer.clone(), writer.clone());
        return Ok(RowsConnections { writer, loader, loader_of_few, readers });
    };
    let whole = SqliteConnectOptions::from_str(place.database.reveal())
        .map_err(does_not_read)?
        .filename(rows_file(&file))
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(BUSY_TIMEOUT)
        .disable_statement_logging();
    let writer = whole
        .clone()
        .create_if_missing(true)
        .busy_timeout(ROWS_PATIENCE)
        .page_size(ROWS_PAGE_BYTES)
        .statement_cache_capacity(ROWS_STATEMENTS_MAX);
    let of_few = writer.clone().pragma("wal_autocheckpoint", "4000").pragma("cache_size", "-8000");
    let writer = writer.pragma("wal_autocheckpoint", ROWS_LOG_PAGES_MAX);
    let loader = writer.clone().synchronous(SqliteSynchronous::Normal).pragma("cache_size", "-32000");
    let writer = writer.pragma("cache_size", "-8000");
    let (mut loading, mut loading_few) = (writing.clone(), writing.clone());
    loading
        .max_connections(1)
        .map_sqlx_sqlite_opts(move |_| loader.clone())
        .map_sqlx_sqlite_pool_opts(|pool| pool.after_connect(|it, _| Box::pin(steps_back(it))));
    loading_few.max_connections(1).map_sqlx_sqlite_opts(move |_| of_few.clone());
    writing
        .map_sqlx_sqlite_opts(move |_| writer.clone())
        .map_sqlx_sqlite_pool_opts(|pool| pool.after_connect(|it, _| Box::pin(steps_back(it))));
    let (writer, loader) = (Database::connect(writing).await?, Database::connect(loading).await?);
    let loader_of_few = Database::connect(loading_few).await?;
    let reader = whole.create_if_missing(false).pragma("cache_size", "-8000").pragma("query_only", "true");
    Ok(RowsConnections { writer, loader, loader_of_few, readers: Readers::of_file(reader) })
}

/// Has a connection's thread step back behind readers. A thread can only do so by itself: it does when it begins to work, and lets
/// others pass as it goes.
async fn steps_back(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    let mut has_stepped_back = false;
    connection.lock_handle().await?.set_progress_handler(STEPS, move || {
        if !has_stepped_back {
            gently::be_nicer();
            has_stepped_back = true;
        }
        gently::let_others_pass();
        true
    });
    Ok(())
}

/// Has SQLite copy its log into the file, beside whoever goes on. What is not copied now is copied later.
pub(super) fn copy_log(connection: &DatabaseConnection) {
    if connection.get_database_backend() != DbBackend::Sqlite {
        return;
    }
    let connection = connection.clone();
    tokio::spawn(async move {
        if let Err(error) = connection.execute_unprepared("PRAGMA wal_checkpoint(PASSIVE)").await {
            tracing::debug!(%error, "the log of the rows is copied later");
        }
    });
}

/// Removes the file of the rows, which is damaged; false where there is none, as on a server. Whoever has it open goes on
/// with what they have.
pub(super) fn remove_rows(place: &Place) -> Result<bool, CatalogError> {
    let Some(file) = sqlite_file(place)? else { return Ok(false) };
    let file = rows_file(&file);
    for beside in ["-wal", "-shm", ""] {
        let mut name = file.clone().into_os_string();
        name.push(beside);
        match fs::remove_file(&name) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(true)
}

/// Where SQLite keeps the rows of the catalog in `file`: `hiyori.rows.sqlite`.
fn rows_file(file: &Path) -> PathBuf {
    let kind = file.extension().map(|kind| kind.to_string_lossy()).unwrap_or_default();
    file.with_extension(if kind.is_empty() { "rows".to_owned() } else { format!("rows.{kind}") })
}

fn named(options: PgConnectOptions) -> PgConnectOptions {
    options.application_name("hiyori").disable_statement_logging()
}

fn options(place: &Place, create: bool) -> Result<ConnectOptions, CatalogError> {
    // Shown in traces, so it goes without the password.
    let mut options = ConnectOptions::new(place.database.to_string());
    options.max_connections(CONNECTIONS_MAX).sqlx_logging(false).record_stmt_in_spans(false);
    if place.database.is_sqlite() {
        let whole = SqliteConnectOptions::from_str(place.database.reveal()).map_err(does_not_read)?;
        options.map_sqlx_sqlite_opts(move |_| {
            whole
                .clone()
                .create_if_missing(create)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(BUSY_TIMEOUT)
                .disable_statement_logging()
        });
    } else {
        let whole = PgConnectOptions::from_str(place.database.reveal()).map_err(does_not_read)?;
        let whole = named(whole.options(SERVER_SETTINGS));
        options.acquire_timeout(SERVER_TIMEOUT).map_sqlx_postgres_opts(move |_| whole.clone());
    }
    Ok(options)
}

fn does_not_read(error: sea_orm::sqlx::Error) -> DbErr {
    DbErr::Custom(format!("the address of the database does not read: {error}"))
}

/// Asks SQLite whether it does what it was told: a disk without shared memory has no WAL.
async fn check_durable(database: &DatabaseConnection) -> Result<(), CatalogError> {
    let pragma = |name: &str| Statement::from_string(DbBackend::Sqlite, format!("PRAGMA {name}"));
    let refused = |what| Err(CatalogError::NotDurable { what });
    let journal = database.query_one_raw(pragma("journal_mode")).await?;
    if journal.map(|row| row.try_get_by_index::<String>(0)).transpose()?.as_deref() != Some("wal") {
        return refused("journal_mode=WAL");
    }
    for (name, wanted, what) in
        [("synchronous", 2, "synchronous=FULL"), ("foreign_keys", 1, "foreign_keys=ON")]
    {
        let answer = database.query_one_raw(pragma(name)).await?;
        if answer.map(|row| row.try_get_by_index::<i32>(0)).transpose()? != Some(wanted) {
            return refused(what);
        }
    }
    Ok(())
}
