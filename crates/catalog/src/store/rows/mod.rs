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
mod layout;
mod loading;
mod migration;
mod order;
mod place;
mod readers;
mod registry;

use std::sync::Arc;

use ingestion::Sha256;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend};
use tokio::sync::OnceCell;

use super::{Place, connection};
use crate::error::CatalogError;
use crate::tabled::Shape;

pub(crate) use self::ask::{Joined, Texts};
pub use self::ask::Line;
pub use self::groups::Groups;
pub(crate) use self::loading::Loading;
pub(super) use self::readers::Readers;

/// The tables of rows of one catalog. They are reached when they are first needed.
#[derive(Debug, Clone)]
pub(crate) struct Rows {
    place: Arc<Place>,
    open: Arc<OnceCell<Open>>,
}

#[derive(Debug)]
struct Open {
    writer: DatabaseConnection,
    readers: Readers,
}

/// What a table is made from: its name, so to speak.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Origin {
    /// The canonical CSV.
    pub content: Sha256,
    /// A digest of the schema and of the way in which tables are made.
    pub manner: String,
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
        Rows { place: Arc::new(place.clone()), open: Arc::new(OnceCell::new()) }
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
