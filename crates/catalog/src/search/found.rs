//! What was found: a page of it, and how much there is.

use super::cursor::Place;
use super::documents::DocumentKind;
use super::snippet::Part;
use super::tier::Tier;
use crate::query::Facets;

/// A page of what was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Findings {
    /// What was found, the best first; rows come last.
    pub items: Vec<Item>,
    /// How much there is of each kind on all pages together.
    pub totals: Totals,
    /// How the datasets of all pages spread. There are no keywords among them.
    pub facets: Facets,
    /// What may have been meant, when nothing was found.
    pub did_you_mean: Option<String>,
    /// Where the next page begins, if there is one.
    pub next: Option<Place>,
}

/// How much was found of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Datasets.
    pub datasets: u64,
    /// Initiatives.
    pub initiatives: u64,
    /// Reports.
    pub reports: u64,
    /// Rows, as far as they were counted.
    pub rows: u64,
    /// Whether there are more rows than were counted.
    pub more_rows: bool,
}

impl Totals {
    /// All of them together.
    pub fn all(&self) -> u64 {
        self.datasets + self.initiatives + self.reports + self.rows
    }
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What kind of document it is, or belongs to.
    pub kind: DocumentKind,
    /// The document's name among its kind.
    pub name: String,
    /// The document's title.
    pub title: String,
    /// The slug of the document's department.
    pub department: Option<String>,
    /// Where in the document the first of the words stands; `None` of a row, and when nothing is asked.
    pub found_in: Option<Tier>,
    /// The row, if it is one.
    pub row: Option<RowItem>,
    /// An extract around it; empty when nothing is asked.
    pub snippet: Vec<Part>,
}

/// What a row that was found has beside its dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowItem {
    /// The revision it stands in.
    pub revision: u32,
    /// Its place in the file, from 1.
    pub number: u64,
    /// By what it is asked for.
    pub key: String,
    /// The column in which the first of the words stands.
    pub field: Option<String>,
}
