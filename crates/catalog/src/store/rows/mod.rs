//! The rows of revisions as tables of SQL, one table for each canonical file and the schema it was judged by.
//!
//! A table is made from its file and from nothing else: it can be dropped at any time and be made again, it is in no
//! backup, and a revision that brings back the bytes of an earlier one finds its table. Which revision a reader means is
//! the acts' business ([`crate::records`]), as is when tables are made ([`crate::loading`]).
//!
//! ```text
//! rows_table          what tables there are: what each was made from, how far it is, what is in it
//! rows_<id>           n · k · c1 c2 … · u v w · folded     the values, for conditions and orders
//! rows_<id>_texts     n · json · csv                       the texts, for answers
//! rows_<id>_places    the R*Tree of SQLite; PostgreSQL has a GiST index
//! ```

mod ask;
mod condition;
mod groups;
mod indexes;
mod insert;
mod known;
mod layout;
mod loading;
mod migration;
mod order;
mod place;
mod readers;
mod registry;
mod sweep;
mod tree;
mod whereabouts;

use std::sync::Arc;

use sea_orm::sqlx::sqlite::SqliteError;
use sea_orm::{DatabaseConnection, DbBackend, DbErr, RuntimeErr};
use tokio::sync::OnceCell;

use super::Place;
use super::connection::{self, RowsConnections};
use crate::error::CatalogError;
use crate::tabled::Shape;

pub use self::ask::Line;
pub(crate) use self::ask::{Joined, Limit};
pub use self::groups::Groups;
pub(crate) use self::loading::{Bound, Loading};
pub(super) use self::readers::Readers;

/// The tables of rows of one catalog. They are reached when they are first needed.
#[derive(Debug, Clone)]
pub(crate) struct Rows {
    place: Arc<Place>,
    open: Arc<OnceCell<Open>>,
    known: Arc<known::Known>,
}

#[derive(Debug)]
struct Open {
    writer: DatabaseConnection,
    loader: DatabaseConnection,
    loader_of_few: DatabaseConnection,
    readers: Readers,
}

/// A table that is ready to be asked.
#[derive(Debug, PartialEq)]
pub(crate) struct Table {
    /// Its number.
    pub id: i64,
    /// What is in it.
    pub shape: Shape,
    /// The columns that have an index.
    pub indexed: Vec<usize>,
}

impl Rows {
    pub(super) fn of(place: &Place) -> Rows {
        Rows { place: Arc::new(place.clone()), open: Arc::new(OnceCell::new()), known: Arc::default() }
    }

    async fn open(&self) -> Result<&Open, CatalogError> {
        let opening = async || match self.reach().await {
            // Whatever was in it is made again.
            Err(CatalogError::Database(error))
                if is_damaged(&error) && connection::remove_rows(&self.place)? =>
            {
                tracing::warn!(%error, "the file of the rows was damaged and is made anew: {error}");
                self.reach().await
            }
            other => other,
        };
        self.open.get_or_try_init(opening).await
    }

    async fn reach(&self) -> Result<Open, CatalogError> {
        let RowsConnections { writer, loader, loader_of_few, readers } =
            connection::connect_rows(&self.place).await?;
        migration::up(&writer).await?;
        Ok(Open { writer, loader, loader_of_few, readers })
    }
}

impl Open {
    fn backend(&self) -> DbBackend {
        self.writer.get_database_backend()
    }
}

/// Whether the database does not take a row for what stands in it: a value, or its length.
///
/// By SQLite's result codes TOOBIG, CONSTRAINT and MISMATCH, and by PostgreSQL's classes data exception and program limit
/// exceeded.
pub(crate) fn is_of_the_data(error: &DbErr) -> bool {
    match code(error) {
        Some(Code::Sqlite(code)) => matches!(code, 18..=20),
        Some(Code::Server(code)) => code.starts_with("22") || code.starts_with("54"),
        None => false,
    }
}

/// By SQLite's result codes CORRUPT and NOTADB.
fn is_damaged(error: &DbErr) -> bool {
    matches!(code(error), Some(Code::Sqlite(11 | 26)))
}

/// What the database says is wrong.
enum Code {
    /// SQLite's result code: its kind.
    Sqlite(u32),
    /// PostgreSQL's SQLSTATE.
    Server(String),
}

fn code(error: &DbErr) -> Option<Code> {
    let (DbErr::Conn(error) | DbErr::Exec(error) | DbErr::Query(error)) = error else { return None };
    let RuntimeErr::SqlxError(error) = error else { return None };
    let error = error.as_database_error()?;
    let code = error.code()?;
    match error.try_downcast_ref::<SqliteError>() {
        Some(_) => code.parse::<u32>().ok().map(|code| Code::Sqlite(code & 0xFF)),
        None => Some(Code::Server(code.into_owned())),
    }
}

#[cfg(test)]
mod tests;
