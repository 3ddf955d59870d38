//! Where the rows of a file go while it is read.

use crate::cell;
use crate::finding::Finding;
use crate::reading::cells::without_blanks;
use crate::report::Repair;
use crate::schema::{Field, Schema};

/// Takes what [`crate::validate()`] reads, as it comes. Nothing is kept for it.
///
/// What a sink cannot do (a full disk) it remembers and tells its owner afterwards; the report is about the
/// file alone.
pub trait Sink {
    /// How many columns of a sheet stand before the first that is read, where any do: told first of all. Places are
    /// told as the sheet shows them, cells come from the first that is read.
    fn stands_behind(&mut self, _columns: u32) {}

    /// One row that is not the table's, as it came: above the header, or a remark below the data.
    fn beside(&mut self, _row: &Row<'_>) {}

    /// Where the table begins, once, before its columns: the row of the header, and the schema it is held against.
    fn table(&mut self, _header_row: u64, _schema: Option<&Schema>) {}

    /// The columns, once, before any row.
    fn header(&mut self, _columns: &[Column<'_>]) {}

    /// One row in which nothing is an error, as it was repaired.
    fn row(&mut self, _row: &Row<'_>) {}

    /// One row in which something is an error: what could be repaired is, the rest stands as it came. It has the
    /// cells that the file gives it, be they more or fewer than the columns.
    fn refused_row(&mut self, _row: &Row<'_>) {}

    /// One finding, listed in the report or not.
    fn finding(&mut self, _finding: &Finding) {}

    /// One repair, listed in the report or not.
    fn repair(&mut self, _repair: &Repair) {}

    /// Whether [`Sink::finding`] and [`Sink::repair`] are wanted at all; asked once. Without it, only what the
    /// report lists is put into words.
    fn wants_findings(&self) -> bool {
        true
    }

    /// Whether [`Sink::row`] and [`Sink::refused_row`] are wanted at all; asked once. Without it, good rows are not put
    /// together.
    fn wants_rows(&self) -> bool {
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
    /// The text as it stands in the canonical file: as it came, with its repairs. What came before them is told
    /// by [`Sink::repair`].
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

impl<'a> Value<'a> {
    /// What `text`, as it stands in a canonical file, says in a column of `field`: the value that the row had when
    /// the file was judged. A cell that its field cannot read, and any cell of a column that no schema knows, is a text.
    pub fn of(field: Option<&Field>, text: &'a str) -> Value<'a> {
        match field {
            Some(field) => cell::read(field, without_blanks(text)).0,
            None if text.is_empty() => Value::Blank,
            None => Value::Text(text),
        }
    }
}

/// Two sinks that both take what comes, the first first.
impl<A: Sink, B: Sink> Sink for (A, B) {
    fn stands_behind(&mut self, columns: u32) {
        self.0.stands_behind(columns);
        self.1.stands_behind(columns);
    }

    fn beside(&mut self, row: &Row<'_>) {
        self.0.beside(row);
        self.1.beside(row);
    }

    fn table(&mut self, header_row: u64, schema: Option<&Schema>) {
        self.0.table(header_row, schema);
        self.1.table(header_row, schema);
    }

    fn header(&mut self, columns: &[Column<'_>]) {
        self.0.header(columns);
        self.1.header(columns);
    }

    fn row(&mut self, row: &Row<'_>) {
        self.0.row(row);
        self.1.row(row);
    }

    fn refused_row(&mut self, row: &Row<'_>) {
        self.0.refused_row(row);
        self.1.refused_row(row);
    }

    fn finding(&mut self, finding: &Finding) {
        if self.0.wants_findings() {
            self.0.finding(finding);
        }
        if self.1.wants_findings() {
            self.1.finding(finding);
        }
    }

    fn repair(&mut self, repair: &Repair) {
        if self.0.wants_findings() {
            self.0.repair(repair);
        }
        if self.1.wants_findings() {
            self.1.repair(repair);
        }
    }

    fn wants_findings(&self) -> bool {
        self.0.wants_findings() || self.1.wants_findings()
    }

    fn wants_rows(&self) -> bool {
        self.0.wants_rows() || self.1.wants_rows()
    }
}

/// A sink that may not be there.
impl<S: Sink> Sink for Option<S> {
    fn stands_behind(&mut self, columns: u32) {
        self.iter_mut().for_each(|sink| sink.stands_behind(columns));
    }

    fn beside(&mut self, row: &Row<'_>) {
        self.iter_mut().for_each(|sink| sink.beside(row));
    }

    fn table(&mut self, header_row: u64, schema: Option<&Schema>) {
        self.iter_mut().for_each(|sink| sink.table(header_row, schema));
    }

    fn header(&mut self, columns: &[Column<'_>]) {
        self.iter_mut().for_each(|sink| sink.header(columns));
    }

    fn row(&mut self, row: &Row<'_>) {
        self.iter_mut().for_each(|sink| sink.row(row));
    }

    fn refused_row(&mut self, row: &Row<'_>) {
        self.iter_mut().for_each(|sink| sink.refused_row(row));
    }

    fn finding(&mut self, finding: &Finding) {
        self.iter_mut().for_each(|sink| sink.finding(finding));
    }

    fn repair(&mut self, repair: &Repair) {
        self.iter_mut().for_each(|sink| sink.repair(repair));
    }

    fn wants_findings(&self) -> bool {
        self.as_ref().is_some_and(Sink::wants_findings)
    }

    fn wants_rows(&self) -> bool {
        self.as_ref().is_some_and(Sink::wants_rows)
    }
}

/// The sink of whoever wants only the report.
#[derive(Debug, Clone, Copy, Default)]
pub struct Discard;

impl Sink for Discard {
    fn wants_findings(&self) -> bool {
        false
    }

    fn wants_rows(&self) -> bool {
        false
    }
}
