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

use super::{Place, connection};
use crate::error::CatalogError;
use crate::tabled::Shape;

pub use self::ask::Line;
pub(crate) use self::ask::{Joined, Limit};
pub use self::groups::Groups;
pub(crate) use self::loading::Loading;
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
        let opening = async || {
            let (writer, readers) = connection::connect_rows(&self.place).await?;
            migration::up(&writer).await?;
            Ok(Open { writer, readers })
        };
        self.open.get_or_try_init(opening).await
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
    let (DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error))) = error
    else {
        return false;
    };
    let Some(code) = error.as_database_error().and_then(|error| error.code()) else { return false };
    match error.as_database_error().and_then(|error| error.try_downcast_ref::<SqliteError>()) {
        Some(_) => code.parse::<u32>().is_ok_and(|code| matches!(code & 0xFF, 18..=20)),
        None => code.starts_with("22") || code.starts_with("54"),
    }
}

#[cfg(test)]
mod tests;
