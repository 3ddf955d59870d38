//! The index of what can be found: bigrams in FTS5 on SQLite, in a `tsvector` under GIN on PostgreSQL.
//!
//! Documents (datasets, and what other crates put in by [`put`]) are kept in the transaction that changes them. Rows follow
//! in blocks, one for each published revision. All of it can be made anew from the other tables and from the kept
//! files, so no backup holds it: [`state`] says in which edition it is.

mod answers;
pub(crate) mod block;
pub(crate) mod dataset;
mod document;
mod grams;
mod known;
mod profiles;
mod registry;
pub(crate) mod row;
mod state;

pub use document::{forget_texts, put};
pub(crate) use grams::{Asked, names_with};
pub(crate) use known::Known;
pub(crate) use registry::{Beginning, Entry, Registry};
pub(crate) use state::count;
pub use state::{is_current, mark};

use sea_orm::ConnectionTrait;

use crate::error::CatalogError;

/// How many rows are in the index, of whatever revision.
#[cfg(test)]
pub(crate) async fn rows_kept(db: &impl ConnectionTrait) -> Result<i64, CatalogError> {
    row::count(db).await
}

/// Forgets everything of a catalog whose making was cut short.
pub(super) async fn empty(db: &impl ConnectionTrait) -> Result<(), CatalogError> {
    document::empty(db).await?;
    row::empty(db).await?;
    block::empty(db).await?;
    state::empty(db).await
}
