//! 指摘: one thing that was found in a file, at its place.
//!
//! What is looked for lives beside the thing it looks at ([`crate::validate`] and what it calls); here is
//! only what a finding is. Sentences are made where the finding is made, in both languages.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::place::column_letter;
use crate::text::Text;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good to know; nothing needs to be done.
    Note,
    /// Should be mended, does not stand in the way.
    Warning,
    /// Stands in the way of publication.
    Error,
}

/// What kind of thing was found. The spelling in reports (kebab-case) is part of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Code {
    /// A required cell is empty.
    RequiredMissing,
}

/// 指摘: one thing that was found, where it stands, and how to mend it.
///
/// `row` and `column` count from 1 as a spreadsheet shows them; both are `None` for what concerns the whole
/// file. A finding on the header stands in the header's row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// What kind of thing it is.
    pub code: Code,
    /// How much it weighs.
    pub severity: Severity,
    /// Row as the spreadsheet shows it.
    pub row: Option<u64>,
    /// Column as the spreadsheet shows it; [`Finding::column_letter`] gives its letter.
    pub column: Option<u32>,
    /// The schema's name of the field, where the column is one of its fields.
    pub field: Option<String>,
    /// The cell as it stands, cut at 200 characters.
    pub value: String,
    /// Where it is, what is wrong and why that matters.
    pub message: Text,
    /// How to mend it.
    pub hint: Text,
    /// What the cell would be once mended, where there is only one reading.
    pub proposal: Option<String>,
}

impl Finding {
    /// The column's letter (`D`), where the finding has a column.
    pub fn column_letter(&self) -> Option<String> {
        self.column.map(column_letter)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}
