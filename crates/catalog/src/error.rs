//! Our trade saying no ([refusals]), and what goes wrong beneath it (faults).
//!
//! [refusals]: CatalogError

use ingestion::{Report, Sha256};

use crate::dataset::Tombstone;
use crate::slug::Slug;

/// Why the catalog did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum CatalogError {
    /// No such dataset, or none that the asker may see.
    #[error("there is no dataset `{0}`")]
    NoSuchDataset(Slug),
    /// No such revision, or none that the asker may see.
    #[error("dataset `{slug}` has no revision {number}")]
    NoSuchRevision {
        /// The dataset.
        slug: Slug,
        /// The number asked for.
        number: u32,
    },
    /// No such department.
    #[error("there is no department `{0}`")]
    NoSuchDepartment(Slug),
    /// The dataset was taken back.
    #[error("dataset `{slug}` was withdrawn")]
    Withdrawn {
        /// The dataset.
        slug: Slug,
        /// Who, when and why.
        tombstone: Box<Tombstone>,
    },
    /// The slug is taken.
    #[error("there is a dataset `{0}` already")]
    Exists(Slug),
    /// Somebody else was faster.
    #[error("`{slug}` has changed since it was read: read it again and retry")]
    Stale {
        /// The dataset.
        slug: Slug,
    },
    /// The file does not fit its schema yet.
    #[error("the file does not fit its schema yet: {} to mend", .0.counts.error)]
    Refused(Box<Report>),
    /// Words of a dataset's metadata that are not on their list.
    #[error("{what} `{value}` is not on the list")]
    UnknownWord {
        /// theme, frequency, schema or department.
        what: &'static str,
        /// The word.
        value: String,
    },
    /// Where a catalog was expected there is none.
    #[error("there is no catalog in {0}")]
    NoCatalog(String),
    /// A folder that does not read as a dataset.
    #[error("{path}: {why}")]
    BadFolder {
        /// The file that does not read.
        path: String,
        /// Why, with line and column where they are known.
        why: String,
    },
    /// A kept file whose bytes are not what its name says. It is never served.
    #[error("the kept file {0} is damaged")]
    Damaged(Sha256),
    /// The database did not answer.
    #[error("the database did not answer")]
    Database(#[from] sea_orm::DbErr),
    /// The file store did not answer.
    #[error("the file store did not answer")]
    Files(#[from] object_store::Error),
    /// The local disk did not answer.
    #[error("the disk did not answer")]
    Disk(#[from] std::io::Error),
}
