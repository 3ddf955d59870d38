//! Keeping: the database and the file store of one catalog.
//!
//! One table, one file; the row types never leave it. Functions take `&impl ConnectionTrait`, so that they serve
//! the pool and a transaction alike. What may happen when is the acts' business ([`crate::publish`],
//! [`crate::made`], [`crate::folder`]); what a visitor may see is [`crate::browse`]'s.
//!
//! The same on SQLite and on PostgreSQL: times are milliseconds since 1970, documents are JSON in text columns.

use std::io;
use std::sync::Arc;

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, IsolationLevel,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use tokio::runtime::Handle;

use crate::error::CatalogError;
use crate::points::may_end_at;

mod alone;
pub(crate) mod audit;
mod audit_head;
pub(crate) mod change;
pub(crate) mod city;
mod connection;
pub(crate) mod dataset;
pub(crate) mod department;
pub(crate) mod distribution;
pub(crate) mod files;
pub(crate) mod followed;
pub(crate) mod keyword;
pub(crate) mod listing;
pub mod migration;
pub(crate) mod news;
pub(crate) mod origin;
mod overview;
pub(crate) mod packages;
pub(crate) mod packed;
mod place;
pub(crate) mod pointers;
mod remembered;
pub(crate) mod report;
pub(crate) mod revision;
pub(crate) mod rows;
pub mod search;
pub(crate) mod tables;
mod tag;
pub(crate) mod term;
mod time;
pub(crate) mod token;
mod trouble;
mod version;

use files::Files;
use remembered::Remembered;
pub(crate) use time::now;
pub(crate) use version::Changes;
use version::Version;

pub use alone::Alone;
pub use files::Kept;
pub use place::{BadDatabaseUrl, Bucket, DatabaseUrl, FilesAt, Place};
pub use trouble::Trouble;

/// The database and the file store of one catalog. A clone is the same catalog.
#[derive(Debug, Clone)]
pub struct Store {
    database: DatabaseConnection,
    /// For what nobody waits for.
    gentle: DatabaseConnection,
    files: Files,
    rows: rows::Rows,
    remembered: Arc<Remembered>,
    version: Arc<Version>,
    overview: Arc<overview::Kept>,
    known: Arc<search::Known>,
    /// That on which it was opened.
    runtime: Handle,
}

impl Store {
    /// Makes an empty catalog, folders included. It counts as a catalog once [`Store::finish_init`] has said so;
    /// one that was cut short before that is emptied and begun again.
    ///
    /// # Errors
    /// [`CatalogError::CatalogExists`] when there is a complete one; nothing is touched then.
    pub async fn create(place: &Place) -> Result<Store, CatalogError> {
        if Store::exists(place).await? {
            return Err(CatalogError::CatalogExists(connection::name(place)));
        }
        let store = Store::begin(place).await?;
        migration::up(&store.database).await?;
        may_end_at("tables-made");
        let write = store.writing().await?;
        search::empty(&write).await?;
        audit::empty(&write).await?;
        dataset::empty(&write).await?;
        department::empty(&write).await?;
        token::empty(&write).await?;
        term::empty(&write).await?;
        city::empty(&write).await?;
        change::begin(&write).await?;
        search::dataset::bring_up(&write).await?;
        write.commit().await?;
        Ok(store)
    }

    /// Makes the tables of a catalog as they were when exactly `changes` had been made to them, folders included. It is
    /// no catalog before its rows say so.
    ///
    /// # Errors
    /// As [`Store::create`]; [`CatalogError::NewerDatabase`] when one of `changes` is not known.
    pub(crate) async fn create_as_of(place: &Place, changes: &[String]) -> Result<Store, CatalogError> {
        if Store::exists(place).await? {
            return Err(CatalogError::CatalogExists(connection::name(place)));
        }
        let store = Store::begin(place).await?;
        migration::up_to(&store.database, changes).await?;
        Ok(store)
    }

    async fn begin(place: &Place) -> Result<Store, CatalogError> {
        connection::make_folders(place)?;
        let database = connection::connect(place, true).await?;
        Store::over(database, place).await
    }

    async fn over(database: DatabaseConnection, place: &Place) -> Result<Store, CatalogError> {
        let gentle = connection::connect_gently(place, &database).await?;
        let (files, rows) = (Files::at(place)?, rows::Rows::of(place));
        let (remembered, overview, known) = (Arc::default(), Arc::default(), Arc::default());
        let version = Arc::default();
        Ok(Store {
            database,
            gentle,
            files,
            rows,
            remembered,
            version,
            overview,
            known,
            runtime: Handle::current(),
        })
    }

    /// Opens the catalog that is there, and brings the tables of an older program up to date; never makes one.
    ///
    /// # Errors
    /// [`CatalogError::NoCatalog`] when there is none, [`CatalogError::NewerDatabase`] when a newer program was there,
    /// [`CatalogError::NotDurable`] when SQLite does not keep its promises (WAL and `synchronous=FULL` did not take effect).
    pub async fn open(place: &Place) -> Result<Store, CatalogError> {
        if !Store::exists(place).await? {
            return Err(CatalogError::NoCatalog(connection::name(place)));
        }
        connection::make_folders(place)?;
        let database = connection::connect(place, false).await?;
        migration::up(&database).await?;
        let store = Store::over(database, place).await?;
        store.bring_up_search().await?;
        Ok(store)
    }

    /// Whether a complete catalog is there: one whose making was finished.
    ///
    /// # Errors
    /// [`CatalogError::Database`] when something is there that does not answer as a database.
    pub async fn exists(place: &Place) -> Result<bool, CatalogError> {
        if !connection::is_there(place)? {
            return Ok(false);
        }
        let database = connection::connect(place, false).await?;
        let exists = migration::is_begun(&database).await? && change::is_complete(&database).await?;
        database.close().await?;
        Ok(exists)
    }

    /// Says that everything a fresh catalog needs has been loaded: from now on it is one.
    ///
    /// # Errors
    /// [`CatalogError::Database`].
    pub async fn finish_init(&self) -> Result<(), CatalogError> {
        change::complete(&self.database).await
    }

    /// The database, for the crates that keep their tables beside ours.
    pub fn database(&self) -> &DatabaseConnection {
        &self.database
    }

    /// Whether both the database and the file store take writes.
    ///
    /// # Errors
    /// What the one that does not says.
    pub async fn ready(&self) -> Result<(), CatalogError> {
        let write = self.writing().await?;
        change::touch(&write).await?;
        write.rollback().await?;
        self.files.ready().await
    }

    /// The change counter: it moves with every change that a reader could see.
    ///
    /// # Errors
    /// [`CatalogError::Database`].
    pub async fn change(&self) -> Result<u64, CatalogError> {
        Ok(change::read(&self.database).await?.number)
    }

    /// Makes the index of datasets anew where another edition of it is there, or none, as after a restore.
    async fn bring_up_search(&self) -> Result<(), CatalogError> {
        if search::dataset::is_current(&self.database).await? {
            return Ok(());
        }
        let write = self.writing_at_length().await?;
        search::dataset::bring_up(&write).await?;
        write.commit().await?;
        Ok(())
    }

    /// From now on what is known in memory of words that can be found may take so many bytes; a catalog that needs more asks the
    /// database for them.
    pub fn bound_search(&self, bytes_max: usize) {
        self.known.bound(bytes_max);
    }

    /// What is known in memory of everything that can be found.
    pub(crate) fn known(&self) -> &search::Known {
        &self.known
    }

    /// Where file bytes are staged and kept.
    pub(crate) fn files(&self) -> &Files {
        &self.files
    }

    /// The tables of rows.
    pub(crate) fn rows(&self) -> &rows::Rows {
        &self.rows
    }

    /// A transaction that writes: on SQLite it has the write lock from its first statement on.
    pub(crate) async fn writing(&self) -> Result<DatabaseTransaction, CatalogError> {
        writing(&self.database).await
    }

    /// As [`Store::writing`], for what nobody waits for: readers come first.
    pub(crate) async fn writing_gently(&self) -> Result<DatabaseTransaction, CatalogError> {
        writing(&self.gentle).await
    }

    /// Does `work`, which asks the database at length, where the catalog was opened and not where somebody waits for it: there readers
    /// may be answered. It goes on when nobody waits for it any more.
    pub(crate) async fn beside<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T, CatalogError>> + Send + 'static,
    ) -> Result<T, CatalogError> {
        self.runtime.spawn(work).await.map_err(io::Error::other)?
    }

    /// Commits a change that readers see: from now on, in this program at once.
    pub(crate) async fn commit(
        &self,
        write: DatabaseTransaction,
        changes: Changes<'_>,
    ) -> Result<(), CatalogError> {
        let committing = self.version.committing(changes);
        let committed = write.commit().await;
        self.remembered.changed();
        committed?;
        // Where it cannot be read now, the change is taken for another one's later, which does no harm.
        if let Ok(after) = change::read(&self.database).await {
            committing.saw(after.number);
        }
        Ok(())
    }

    /// As [`Store::writing`], for what takes longer than an act.
    pub(crate) async fn writing_at_length(&self) -> Result<DatabaseTransaction, CatalogError> {
        at_length(self.writing().await?).await
    }

    /// As [`Store::reading`], for what takes longer than an answer.
    pub(crate) async fn reading_at_length(&self) -> Result<DatabaseTransaction, CatalogError> {
        at_length(self.reading().await?).await
    }

    /// A transaction that reads: whatever is asked in it is answered from one moment.
    pub(crate) async fn reading(&self) -> Result<DatabaseTransaction, CatalogError> {
        let isolation_level = match self.database.get_database_backend() {
            DbBackend::Postgres => Some(IsolationLevel::RepeatableRead),
            _ => None, // SQLite reads from one moment anyway
        };
        let options = TransactionOptions { isolation_level, ..TransactionOptions::default() };
        Ok(self.database.begin_with_options(options).await?)
    }
}

async fn writing(database: &DatabaseConnection) -> Result<DatabaseTransaction, CatalogError> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    Ok(database.begin_with_options(options).await?)
}

async fn at_length(transaction: DatabaseTransaction) -> Result<DatabaseTransaction, CatalogError> {
    if transaction.get_database_backend() == DbBackend::Postgres {
        migration::be_patient(&transaction, "SET LOCAL").await?;
    }
    Ok(transaction)
}

/// What is stored does not read back: the database was changed by another hand.
fn unreadable(table: &str, why: impl std::fmt::Display) -> CatalogError {
    CatalogError::Database(DbErr::Type(format!("{table}: {why}")))
}

/// Changes the database as only another hand does.
#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on is a test that failed")]
pub(crate) async fn by_hand(store: &Store, sql: &str) {
    store.database.execute_unprepared(sql).await.unwrap();
}

#[cfg(test)]
mod tests;
