//! Whether the chain of the audit holds from the first entry to the newest.

use std::fmt;

use jiff::Timestamp;

use crate::chain::{Chain, Misfit};
use crate::error::CatalogError;
use crate::store::{self, Store};

/// What came of looking through the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// How many entries hold.
    pub entries: u64,
    /// The hash of the last one that holds. Written down elsewhere, it shows later that nothing before it was changed.
    pub head: String,
    /// The first link that is broken, if one is.
    pub broken: Option<Broken>,
}

/// A broken link of the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The number of the entry.
    pub id: u64,
    /// When it says that it was written, where it is there.
    pub at: Option<Timestamp>,
    /// What does not fit.
    pub why: Misfit,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let why = match self.why {
            Misfit::Changed => "what it says is not what was written",
            Misfit::OutOfPlace => "the entry before it is not the one it was written after",
            Misfit::Missing => "it is missing, or another stands in its place at the end",
        };
        match self.at {
            Some(at) => write!(f, "audit entry {} of {at}: {why}", self.id),
            None => write!(f, "audit entry {}: {why}", self.id),
        }
    }
}

/// Looks through the whole chain, as of one moment, and stops at the first broken link.
///
/// # Errors
/// [`CatalogError::Database`] when it could not be looked at; a broken chain is no error.
pub async fn verify(store: &Store) -> Result<Verdict, CatalogError> {
    let read = store.reading_at_length().await?;
    let mut chain = Chain::default();
    let broken = store::audit::walk(&read, &mut chain).await?;
    read.rollback().await?;
    Ok(Verdict { entries: chain.entries, head: chain.hash, broken })
}
