//! Our trade saying no ([refusals]), and what goes wrong beneath it (faults).
//!
//! [refusals]: CatalogError

use ingestion::{Report, Sha256};

use crate::dataset::Tombstone;
use crate::query::BadCursor;
use crate::rules::Forbidden;
use crate::slug::Slug;
use crate::token::BadName;

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
    /// The asker may not do this.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// No token has this number.
    #[error("there is no token {0}")]
    NoSuchToken(u64),
    /// A name is one person, and that one is of another department.
    #[error("`{name}` has a token in department `{department}`: revoke it first, or give another name")]
    NameTaken {
        /// The name.
        name: String,
        /// Where it has a good token.
        department: Slug,
    },
    /// The text names no person.
    #[error(transparent)]
    BadName(#[from] BadName),
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
    /// Where a catalog was to be made there is one.
    #[error("there is a catalog in {0} already")]
    CatalogExists(String),
    /// SQLite would not keep what it acknowledges.
    #[error("the database does not run with {what}: a commit would not survive a power cut")]
    NotDurable {
        /// The setting that did not take effect.
        what: &'static str,
    },
    /// A place in a list that the list never gave.
    #[error(transparent)]
    BadCursor(#[from] BadCursor),
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

impl CatalogError {
    /// The name of a refusal, as the audit keeps it; `None` for a fault, which is ours and no refusal.
    pub fn refusal(&self) -> Option<&'static str> {
        match self {
            CatalogError::NoSuchDataset(_) => Some("no-such-dataset"),
            CatalogError::NoSuchRevision { .. } => Some("no-such-revision"),
            CatalogError::NoSuchDepartment(_) => Some("no-such-department"),
            CatalogError::Withdrawn { .. } => Some("withdrawn"),
            CatalogError::Exists(_) => Some("exists"),
            CatalogError::Forbidden(_) => Some("forbidden"),
            CatalogError::NoSuchToken(_) => Some("no-such-token"),
            CatalogError::NameTaken { .. } => Some("name-taken"),
            CatalogError::BadName(_) => Some("bad-name"),
            CatalogError::Stale { .. } => Some("stale"),
            CatalogError::Refused(_) => Some("findings"),
            CatalogError::UnknownWord { .. } => Some("unknown-word"),
            CatalogError::BadCursor(_) => Some("bad-cursor"),
            CatalogError::NoCatalog(_)
            | CatalogError::CatalogExists(_)
            | CatalogError::NotDurable { .. }
            | CatalogError::BadFolder { .. }
            | CatalogError::Damaged(_)
            | CatalogError::Database(_)
            | CatalogError::Files(_)
            | CatalogError::Disk(_) => None,
        }
    }
}
