//! What can be found as a whole: a dataset, an initiative of the plan, a report on one.

use serde::{Deserialize, Serialize};

use super::tier::Tier;
use crate::distribution::Format;

/// What kind of thing a document stands for; the order in which equals are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// データセット, by its slug.
    Dataset,
    /// 取組事項, by its code.
    Initiative,
    /// 進捗報告, by the code of its initiative and its number: `A-1-1/3`.
    Report,
}

impl DocumentKind {
    /// All of them.
    pub const ALL: [DocumentKind; 3] =
        [DocumentKind::Dataset, DocumentKind::Initiative, DocumentKind::Report];

    /// The name in the API and in the index.
    pub fn as_str(self) -> &'static str {
        match self {
            DocumentKind::Dataset => "dataset",
            DocumentKind::Initiative => "initiative",
            DocumentKind::Report => "report",
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<DocumentKind> {
        DocumentKind::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// To whom a document is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Everybody.
    ToAll,
    /// Nobody who searches: a draft, or taken back. Lists of staff look at it all the same.
    ToNobody,
}

/// What is said about a document beside its texts: what lists show and count.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Its title.
    pub title: String,
    /// The slug of its department.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub department: Option<String>,
    /// The code of its theme.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub theme: Option<String>,
    /// The id of its schema.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub schema: Option<String>,
    /// The id of its licence.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub licence: Option<String>,
    /// The number of the revision that readers get.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub revision: Option<u32>,
    /// The forms it comes in.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub formats: Vec<Format>,
}

/// A document as it is put into the index: whole, in place of what was there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What it is.
    pub kind: DocumentKind,
    /// Its name among its kind.
    pub name: String,
    /// To whom it is shown.
    pub shown: Shown,
    /// What lists show and count.
    pub facts: Facts,
    /// Its texts, by the part that they are; parts that are not named stay as they were.
    pub texts: Vec<(Tier, Vec<String>)>,
}
