//! What somebody looks for: words, among what, and which page.

use std::hash::Hash;

use super::cursor::Place;
use super::documents::DocumentKind;
use super::question::Question;
use super::within::Within;

/// What somebody looks for, and where.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Search {
    /// The words.
    pub question: Question,
    /// What is looked for.
    pub kinds: Kinds,
    /// What must hold of a document; of a row it is its dataset's.
    pub within: Within,
    /// From the place that an earlier page named.
    pub after: Option<Place>,
    /// How many at most; 1 to 100, whatever is said.
    pub limit: u32,
}

impl Search {
    /// What is the same of all pages of one list.
    pub(crate) fn list(&self) -> impl Hash {
        (&self.question, self.kinds, &self.within)
    }
}

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Kinds {
    /// データセット
    pub datasets: bool,
    /// 取組事項
    pub initiatives: bool,
    /// 進捗報告
    pub reports: bool,
    /// Rows of datasets.
    pub rows: bool,
}

impl Kinds {
    /// Everything there is.
    pub const ALL: Kinds = Kinds { datasets: true, initiatives: true, reports: true, rows: true };

    pub(crate) fn any_document(self) -> bool {
        self.datasets || self.initiatives || self.reports
    }

    pub(crate) fn has(self, kind: DocumentKind) -> bool {
        match kind {
            DocumentKind::Dataset => self.datasets,
            DocumentKind::Initiative => self.initiatives,
            DocumentKind::Report => self.reports,
        }
    }
}
