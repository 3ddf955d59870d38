//! データセット: a table that a department keeps up to date, with what is said about it.

use ingestion::SchemaId;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::city::Area;
use crate::department::Department;
use crate::licence::Licence;
use crate::revision::Revision;
use crate::slug::Slug;

/// データセット: a table that a department keeps up to date.
#[derive(Debug, Clone, PartialEq)]
pub struct Dataset {
    /// Its name for ever.
    pub slug: Slug,
    /// What is said about it.
    pub metadata: Metadata,
    /// The office that answers for it.
    pub department: Department,
    /// How far it has come.
    pub state: DatasetState,
    /// Grows by one with every change of the dataset; what a writer compares.
    pub version: u64,
    /// The revision that readers get; `None` until one is published.
    pub current: Option<Revision>,
    /// When its first revision was published.
    pub issued: Option<Timestamp>,
    /// When its data or what is said about it last changed for readers.
    pub modified: Timestamp,
    /// What it was called where it was brought in from, if it could not keep that as its name here.
    pub former_id: Option<String>,
}

/// What is said about a dataset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metadata {
    /// 公衆トイレ一覧
    pub title: String,
    /// Its English title, where one is known.
    pub title_en: Option<String>,
    /// What it holds, for whom, where it comes from.
    pub description: String,
    /// Words people look for.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// The code of a 分類 (see [`crate::Term`]).
    pub theme: Option<String>,
    /// The code of a 更新頻度 (see [`crate::Term`]).
    pub frequency: Option<String>,
    /// Under what terms it may be used.
    pub licence: Licence,
    /// The national schema it follows, if any.
    pub schema: Option<SchemaId>,
    /// The area its rows speak of.
    #[serde(default)]
    pub area: Area,
    /// The time its rows speak of.
    pub temporal: Option<Period>,
    /// Where the rows come from, when they are not the department's own: a page or a document.
    pub source: Option<String>,
}

/// A span of days, both ends included; an open end goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// The first day.
    pub start: Option<Date>,
    /// The last day.
    pub end: Option<Date>,
}

/// How far a dataset has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatasetState {
    /// Nothing of it is published; only its department and DX推進課 see it.
    Draft,
    /// Its current revision is open to everybody.
    Published,
    /// 取下げ: taken back; what remains is why.
    Withdrawn(Tombstone),
}

/// What remains of a withdrawn dataset: who took it back, when and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tombstone {
    /// Who took it back.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

impl DatasetState {
    /// The name in the API.
    pub fn as_str(&self) -> &'static str {
        match self {
            DatasetState::Draft => "draft",
            DatasetState::Published => "published",
            DatasetState::Withdrawn(_) => "withdrawn",
        }
    }
}
