//! Makes sure that only one program at a time makes a catalog: two first starts on one empty place wait for each other.

use std::fs::{File, TryLockError};
use std::io;

use sea_orm::{ConnectionTrait, DatabaseConnection};

use super::{Place, connection, migration};
use crate::error::CatalogError;

/// The lock of whoever makes a catalog; it ends with the program, however that ends.
pub struct Alone {
    _folder: Option<File>,
    _server: Option<DatabaseConnection>,
}

/// What the lock is called on PostgreSQL: any number that nobody else uses.
const MAKING: i64 = 0x0068_6979_6f72_6901;

impl Alone {
    /// Waits until nobody else makes a catalog in `place`.
    ///
    /// # Errors
    /// [`CatalogError::Disk`], [`CatalogError::Database`].
    pub async fn at(place: &Place) -> Result<Alone, CatalogError> {
        connection::make_folders(place)?;
        if place.database.is_sqlite() {
            let folder = File::open(&place.work)?;
            let locked = tokio::task::spawn_blocking(move || lock(&folder).map(|()| folder));
            let folder = locked.await.map_err(io::Error::other)??;
            return Ok(Alone { _folder: Some(folder), _server: None });
        }
        let server = connection::connect_once(place).await?;
        migration::be_patient(&server, "SET").await?;
        let statement = |sql: String| sea_orm::Statement::from_string(server.get_database_backend(), sql);
        let tried = server.query_one_raw(statement(format!("SELECT pg_try_advisory_lock({MAKING})"))).await?;
        if !tried.map(|row| row.try_get_by_index::<bool>(0)).transpose()?.unwrap_or(false) {
            say_that_we_wait();
            server.query_one_raw(statement(format!("SELECT pg_advisory_lock({MAKING})"))).await?;
        }
        Ok(Alone { _folder: None, _server: Some(server) })
    }
}

fn lock(folder: &File) -> io::Result<()> {
    match folder.try_lock() {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => {
            say_that_we_wait();
            folder.lock()
        }
        Err(TryLockError::Error(error)) => Err(error),
    }
}

fn say_that_we_wait() {
    tracing::info!("another program is making this catalog: waiting until it has");
}
