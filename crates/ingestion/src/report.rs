//! 検証結果: what was found in one file, and 受理: the proof that nothing stands in its way.
//!
//! The findings themselves are [`crate::finding`]'s business. How a report is shown (JSON, a table in a
//! terminal) is its reader's.

use serde::{Deserialize, Serialize};

use crate::finding::{Finding, Severity};
use crate::question::{self, QuestionCode};
use crate::readability::Readability;
use crate::repair::RepairCode;
use crate::schema::SchemaId;
use crate::sha256::Sha256;
use crate::text::Text;

/// 検証結果: everything that was found in one file.
///
/// All findings are counted; of each code at most 100 are listed, and 1,000 in all ([`Report::truncated`]).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Report {
    /// The file as it came.
    pub file: FileFacts,
    /// The schema it was held against; `None` when it fits none.
    pub schema: Option<SchemaMatch>,
    /// Rows of data: neither the header nor wholly empty rows count.
    pub rows: u64,
    /// How many of each there are, listed or not.
    pub counts: Counts,
    /// What was found, by row and column.
    pub findings: Vec<Finding>,
    /// What was mended.
    pub repairs: Vec<Repair>,
    /// What only a person knows.
    pub questions: Vec<Question>,
    /// Whether more was found than is listed.
    pub truncated: bool,
    /// How well a machine can read it; nothing is judged in a report that was kept before there were rules.
    #[serde(default = "Readability::none")]
    pub readability: Readability,
}

/// The file as it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileFacts {
    /// The name it was handed in under.
    pub name: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// The digest of its bytes.
    pub sha256: Sha256,
    /// What it is by its content: `csv`, `png`, `pdf`, `xlsx`, `empty`, `unknown`, …
    pub kind: String,
    /// `utf-8`, `utf-8-bom`, `cp932`, …; `None` where it is no text.
    pub encoding: Option<String>,
    /// The character between cells.
    pub delimiter: Option<char>,
    /// `crlf`, `lf`, `cr` or `mixed`.
    pub line_ending: Option<String>,
    /// The sheet that was read, where the file has sheets.
    pub sheet: Option<String>,
    /// The row that names the columns, as the spreadsheet shows it.
    pub header_row: Option<u64>,
}

/// The schema a file was held against, and how well its header fits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SchemaMatch {
    /// `hyojun/public_toilet`
    pub id: SchemaId,
    /// 公衆トイレ一覧
    pub title: String,
    /// The edition that was transcribed.
    pub edition: String,
    /// Fields the schema has.
    pub fields: usize,
    /// Fields found among the columns.
    pub matched: usize,
    /// How sure it is that this schema is meant, from 0 to 1; 1 when it was named and every field is there.
    pub confidence: f64,
}

/// How many of each there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Findings that stand in the way.
    pub error: u64,
    /// Findings that should be mended.
    pub warning: u64,
    /// Findings that are good to know.
    pub note: u64,
    /// Changes that were made to cells.
    pub repair: u64,
    /// Questions, answered or not.
    pub question: u64,
}

/// 直し: one change that was made to a cell.
///
/// A cell with more than one slip has one repair for each, in the order they were made: the `after` of one is
/// the `before` of the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repair {
    /// The kind of repair.
    pub code: RepairCode,
    /// Row as the spreadsheet shows it.
    pub row: u64,
    /// Column as the spreadsheet shows it.
    pub column: u32,
    /// The schema's name of the field, where the column is one of its fields.
    pub field: Option<String>,
    /// The cell as it came, cut at 200 characters.
    pub before: String,
    /// The cell as it is kept, cut likewise.
    pub after: String,
    /// Why it was changed, and why nothing is lost by it.
    pub reason: Text,
}

/// A question that only a person can answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its name within the report: `q1`. Questions stand in the order of their code, then of their column.
    pub id: String,
    /// What it is about.
    pub code: QuestionCode,
    /// The column it is about: the schema's name of the field, or the file's own name where it is none.
    pub field: Option<String>,
    /// The rows it is about, at most 100 of them.
    pub rows: Vec<u64>,
    /// The question.
    pub ask: Text,
    /// What may be answered.
    pub choices: Vec<Text>,
    /// What was answered: the Japanese text of one of the choices.
    pub answer: Option<String>,
}

impl Question {
    /// What an answer is kept under, the same for every file with this column: `personal-data:備考`.
    ///
    /// [`crate::Options::answers`] takes it.
    pub fn key(&self) -> String {
        question::key(self.code, self.field.as_deref())
    }
}

impl Counts {
    /// Counts one finding of `severity`.
    pub fn add(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.error += 1,
            Severity::Warning => self.warning += 1,
            Severity::Note => self.note += 1,
        }
    }
}

impl Report {
    /// Whether no finding is an error. Open questions do not count here; they stand in the way of
    /// [`Report::accept`].
    pub fn accepted(&self) -> bool {
        self.counts.error == 0
    }

    /// 受理: the proof that this file may be published.
    ///
    /// # Errors
    /// The report itself, when a finding is an error or a question is open.
    pub fn accept(self) -> Result<Accepted, Box<Report>> {
        let answered = self.questions.iter().filter(|question| question.answer.is_some()).count() as u64;
        if self.accepted() && answered == self.counts.question {
            Ok(Accepted(self))
        } else {
            Err(Box::new(self))
        }
    }
}

/// 受理: a report in whose file nothing stands in the way. [`Report::accept`] is its only maker.
#[derive(Debug, Clone, PartialEq)]
pub struct Accepted(Report);

impl Accepted {
    /// The report that was accepted.
    pub fn report(&self) -> &Report {
        &self.0
    }
}
