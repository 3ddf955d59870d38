//! 点検: whether everything that the catalog has promised to keep is there, byte for byte.
//!
//! Every kept file that a row names is read and hashed, every pointer is followed, and the audit is looked through.

use std::fmt;

use ingestion::Sha256;

use crate::audit::{self, Broken};
use crate::error::CatalogError;
use crate::store::{Store, pointers};

/// What was looked at, and what is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verdict {
    /// How many kept files were read.
    pub files: usize,
    /// How many bytes they hold.
    pub bytes: u64,
    /// What is wrong.
    pub faults: Vec<Fault>,
}

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A row names a kept file that is not there.
    Missing(Sha256),
    /// A kept file whose bytes are not what its name says.
    Damaged(Sha256),
    /// A pointer leads nowhere: where, and what is wrong there.
    Dangling(String),
    /// The chain of the audit is broken.
    Audit(Broken),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Missing(name) => write!(f, "the kept file {name} is missing"),
            Fault::Damaged(name) => write!(f, "the kept file {name} is damaged"),
            Fault::Dangling(what) => f.write_str(what),
            Fault::Audit(link) => link.fmt(f),
        }
    }
}

/// Looks at everything, as of one moment.
///
/// # Errors
/// [`CatalogError::Database`] and [`CatalogError::Files`] when it could not be looked at; what is wrong is no error.
pub async fn verify(store: &Store) -> Result<Verdict, CatalogError> {
    let read = store.reading_at_length().await?;
    let mut verdict = Verdict::default();
    verdict.faults.extend(pointers::dangling(&read).await?.into_iter().map(Fault::Dangling));
    let named = pointers::named(&read).await?;
    read.rollback().await?;
    for name in named {
        verdict.files += 1;
        match store.files().check(&name).await {
            Ok(bytes) => verdict.bytes += bytes,
            Err(CatalogError::Missing(name)) => verdict.faults.push(Fault::Missing(name)),
            Err(CatalogError::Damaged(name)) => verdict.faults.push(Fault::Damaged(name)),
            Err(other) => return Err(other),
        }
    }
    verdict.faults.extend(audit::verify(store).await?.broken.map(Fault::Audit));
    Ok(verdict)
}

#[cfg(test)]
mod tests;
