//! What only a person knows about a file, and is asked.
//!
//! One question for each column (or for the whole file) and code. Whether something is to be asked is decided where
//! it is found; how it is asked is `sentence`'s business, counting and listing `gather`'s.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::finding::listed;

listed! {
    /// What a question is about. The spelling in reports (kebab-case) is part of the contract.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    #[non_exhaustive]
    pub enum QuestionCode {
        /// Something that looks like data about a person.
        PersonalData,
        /// `-`, 不明 and their kin: do they stand for an empty cell?
        MissingValue,
        /// Rows that the spreadsheet hides.
        HiddenRows,
        /// Columns that the spreadsheet hides.
        HiddenColumns,
        /// Sheets that the workbook hides.
        HiddenSheets,
    }
}

impl fmt::Display for QuestionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

/// What an answer is kept under: `personal-data:備考`, or `hidden-sheets` for a question about the whole file.
pub(crate) fn key(code: QuestionCode, column: Option<&str>) -> String {
    match column {
        Some(column) => format!("{code}:{column}"),
        None => code.to_string(),
    }
}
