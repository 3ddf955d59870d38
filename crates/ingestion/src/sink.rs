//! Where the rows of a file go while it is read.

use crate::finding::Finding;
use crate::schema::Field;

/// Takes what [`crate::validate()`] reads, as it comes. Nothing is kept for it.
///
/// What a sink cannot do (a full disk) it remembers and tells its owner afterwards; the report is about the
/// file alone.
pub trait Sink {
    /// The columns, once, before any row.
    fn header(&mut self, _columns: &[Column<'_>]) {}

    /// One row in which nothing is an error.
    fn row(&mut self, _row: &Row<'_>) {}

    /// One finding, listed in the report or not.
    fn finding(&mut self, _finding: &Finding) {}

    /// Whether [`Sink::finding`] is wanted at all; asked once. Without it, only the findings that the report
    /// lists are put into words.
    fn wants_findings(&self) -> bool {
        true
    }
}

/// A column of the file.
#[derive(Debug, Clone)]
pub struct Column<'a> {
    /// The name in the file's header.
    pub name: String,
    /// The schema's field it is, where it is one.
    pub field: Option<&'a Field>,
}

/// One row of data: as many cells as the header has columns, in its order.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    /// Row as the spreadsheet shows it.
    pub number: u64,
    /// Its cells.
    pub cells: &'a [Cell<'a>],
}

/// One cell: the text and what it says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell<'a> {
    /// The text as it stands in the file.
    pub raw: &'a str,
    /// What the text says.
    pub value: Value<'a>,
}

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// Nothing.
    Blank,
    /// Letters, codes, dates and times, in the schema's spelling.
    Text(&'a str),
    /// A whole number.
    Integer(i64),
    /// A number; coordinates in decimal degrees.
    Number(f64),
}

/// The sink of whoever wants only the report.
#[derive(Debug, Clone, Copy, Default)]
pub struct Discard;

impl Sink for Discard {
    fn wants_findings(&self) -> bool {
        false
    }
}
