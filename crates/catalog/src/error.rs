//! Our trade saying no ([refusals]), and what goes wrong beneath it (faults).
//!
//! [refusals]: CatalogError

use ingestion::{Report, Sha256};

use crate::dataset::Tombstone;
use crate::query::BadCursor;
use crate::revision::RevisionState;
use crate::rules::Forbidden;
use crate::slug::Slug;
use crate::token::BadName;
use crate::words::BadWords;

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
    /// Nothing of the dataset was published yet at the time that was asked for.
    #[error("nothing of dataset `{slug}` was published then")]
    NothingPublishedThen {
        /// The dataset.
        slug: Slug,
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
    /// The revision has not come so far, or has gone further.
    #[error("revision {number} of `{slug}` is {}, and this is for what is {}", state.as_str(), either(wanted))]
    NotThen {
        /// The dataset.
        slug: Slug,
        /// The revision.
        number: u32,
        /// How far it has come.
        state: RevisionState,
        /// The states in which it could be done.
        wanted: &'static [RevisionState],
    },
    /// A later revision is published already.
    #[error("revision {number} of `{slug}` comes too late: readers get revision {current}")]
    Superseded {
        /// The dataset.
        slug: Slug,
        /// The revision.
        number: u32,
        /// The number of the revision that readers get.
        current: u32,
    },
    /// Nothing of the dataset is published that could be taken back.
    #[error("nothing of `{0}` is published")]
    NotPublished(Slug),
    /// The dataset follows another schema now than its file was held against.
    #[error("revision {number} of `{slug}` was held against another schema than the dataset follows now")]
    OtherSchema {
        /// The dataset.
        slug: Slug,
        /// The revision.
        number: u32,
    },
    /// The schema of a published dataset stays.
    #[error("`{0}` is published: its schema stays")]
    SchemaStays(Slug),
    /// Questions that nobody has answered.
    #[error("{} questions about the file are open", open(.0))]
    OpenQuestions(Box<Report>),
    /// An answer that is none: nobody asked, or it is not among the choices.
    #[error("`{question}`: {why}")]
    BadAnswer {
        /// What was answered, as it was given.
        question: String,
        /// Why it is none.
        why: NoAnswer,
        /// The keys of the questions there are, or the choices.
        known: Vec<String>,
    },
    /// Words that do not do for what they are to say.
    #[error(transparent)]
    BadWords(#[from] BadWords),
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
    /// The rows are being loaded into the database.
    #[error("the rows of `{0}` are being loaded: ask again in a moment")]
    RowsNotReady(Slug),
    /// What was asked about rows takes too long.
    #[error("the question takes longer than it may")]
    TooMuchWork,
    /// A folder that does not read as a dataset.
    #[error("{path}: {why}")]
    BadFolder {
        /// The file that does not read.
        path: String,
        /// Why, with line and column where they are known.
        why: String,
    },
    /// A copy of the catalog that cannot be made there, or does not read.
    #[error("{path}: {why}")]
    BadBackup {
        /// The file or folder.
        path: String,
        /// Why.
        why: String,
    },
    /// A kept file whose bytes are not what its name says. It is never served.
    #[error("the kept file {0} is damaged")]
    Damaged(Sha256),
    /// A kept file that is not where it was kept.
    #[error("the kept file {0} is missing")]
    Missing(Sha256),
    /// The database was changed by a newer program than this one.
    #[error(
        "the database is newer than this program: it has the change `{0}`, which this program does not know; \
         use the program that made it, or a newer one"
    )]
    NewerDatabase(String),
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

/// Why an answer is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoAnswer {
    /// Nobody asked.
    #[error("nobody asked that")]
    NotAsked,
    /// It is not among the choices.
    #[error("that is none of the choices")]
    NotAChoice,
}

fn either(states: &[RevisionState]) -> String {
    states.iter().map(|state| state.as_str()).collect::<Vec<_>>().join(" or ")
}

fn open(report: &Report) -> u64 {
    let answered = report.questions.iter().filter(|question| question.answer.is_some()).count() as u64;
    report.counts.question.saturating_sub(answered)
}

impl CatalogError {
    /// The name of a refusal, as the audit keeps it; `None` for a fault, which is ours and no refusal.
    pub fn refusal(&self) -> Option<&'static str> {
        match self {
            CatalogError::NoSuchDataset(_) => Some("no-such-dataset"),
            CatalogError::NoSuchRevision { .. } => Some("no-such-revision"),
            CatalogError::NothingPublishedThen { .. } => Some("nothing-published-then"),
            CatalogError::NoSuchDepartment(_) => Some("no-such-department"),
            CatalogError::Withdrawn { .. } => Some("withdrawn"),
            CatalogError::Exists(_) => Some("exists"),
            CatalogError::Forbidden(_) => Some("forbidden"),
            CatalogError::NoSuchToken(_) => Some("no-such-token"),
            CatalogError::NameTaken { .. } => Some("name-taken"),
            CatalogError::BadName(_) => Some("bad-name"),
            CatalogError::Stale { .. } => Some("stale"),
            CatalogError::NotThen { .. } => Some("not-then"),
            CatalogError::Superseded { .. } => Some("superseded"),
            CatalogError::NotPublished(_) => Some("not-published"),
            CatalogError::OtherSchema { .. } => Some("other-schema"),
            CatalogError::SchemaStays(_) => Some("schema-stays"),
            CatalogError::OpenQuestions(_) => Some("open-questions"),
            CatalogError::BadAnswer { .. } => Some("bad-answer"),
            CatalogError::BadWords(_) => Some("bad-words"),
            CatalogError::Refused(_) => Some("findings"),
            CatalogError::UnknownWord { .. } => Some("unknown-word"),
            CatalogError::BadCursor(_) => Some("bad-cursor"),
            CatalogError::TooMuchWork => Some("too-much-work"),
            CatalogError::RowsNotReady(_) => Some("rows-not-ready"),
            CatalogError::NoCatalog(_)
            | CatalogError::CatalogExists(_)
            | CatalogError::NotDurable { .. }
            | CatalogError::BadFolder { .. }
            | CatalogError::BadBackup { .. }
            | CatalogError::Damaged(_)
            | CatalogError::Missing(_)
            | CatalogError::NewerDatabase(_)
            | CatalogError::Database(_)
            | CatalogError::Files(_)
            | CatalogError::Disk(_) => None,
        }
    }
}
