//! Judges the rows of data against the columns of the header.
//!
//! One cell against its field is [`crate::cell`]'s business; here are the row as a whole, its key, and what a
//! column shows from top to bottom. A row in which nothing is an error goes to the sink.

use crate::cell::{self, Fault};
use crate::cells::{Cells, without_blanks};
use crate::finding::Code;
use crate::gather::Gather;
use crate::header::Header;
use crate::key::Keys;
use crate::records::Record;
use crate::relation::Relations;
use crate::schema::{Kind, Need};
use crate::sentence::{About, Detail};
use crate::sink::{Cell, Column, Row, Sink, Value};
use crate::writing::{self, about};

/// The rows of a file, one after the other.
pub(crate) struct Rows<'h, 's> {
    header: &'h Header<'s>,
    /// The columns of the key, from 0; not `complete` where the file lacks one.
    key: Vec<usize>,
    key_is_complete: bool,
    keys: Keys,
    relations: Relations,
    /// Recommended columns in which no cell was filled so far, from 0.
    unfilled: Vec<usize>,
    rows: u64,
    judged: u64,
}

impl<'h, 's> Rows<'h, 's> {
    pub fn new(header: &'h Header<'s>) -> Rows<'h, 's> {
        let columns = || header.columns.iter().enumerate();
        let names = header.schema.map(|schema| schema.key.as_slice()).unwrap_or_default();
        let column_of = |name: &String| {
            columns()
                .find(|(_, column)| column.field.is_some_and(|field| field.name == *name))
                .map(|(index, _)| index)
        };
        let key: Vec<usize> = names.iter().filter_map(column_of).collect();
        Rows {
            header,
            key_is_complete: !names.is_empty() && key.len() == names.len(),
            key,
            keys: Keys::default(),
            relations: header
                .schema
                .map(|schema| Relations::resolve(schema, &header.columns))
                .unwrap_or_default(),
            unfilled: columns()
                .filter(|(_, column)| is_recommended(column))
                .map(|(index, _)| index)
                .collect(),
            rows: 0,
            judged: 0,
        }
    }

    /// Judges one row, blank or not.
    pub fn judge<S: Sink>(&mut self, record: &Record<'_>, gather: &mut Gather<'_, S>) {
        let cells = Cells::of(record);
        if record.is_whole() && cells.are_blank() {
            gather.warning(Code::BlankRow, &About { row: Some(record.row), ..About::default() });
            return;
        }
        self.rows += 1;
        let errors = gather.errors();
        writing::tell(record, &cells, &self.header.columns, gather);
        // What an open quote swallowed belongs to other columns and rows.
        let swallows = record.slips.iter().any(|slip| slip.code == Code::UnterminatedQuote);
        if record.too_long || swallows || !self.stands_in_columns(record, &cells, gather) {
            return;
        }
        self.judged += 1;
        let mut read = Vec::with_capacity(self.header.columns.len());
        for ((index, column), raw) in self.header.columns.iter().enumerate().zip(cells.iter()) {
            read.push(self.cell(record.row, index, column, raw, gather));
        }
        self.unfilled.retain(|index| read.get(*index).is_none_or(|cell| cell.value == Value::Blank));
        for (index, fault) in self.relations.faults(&read) {
            let raw = read.get(index).map(|cell| cell.raw).unwrap_or_default();
            self.tell(record.row, index, raw, &fault, gather);
        }
        self.judge_key(record.row, &read, gather);
        if gather.errors() == errors {
            gather.sink().row(&Row { number: record.row, cells: &read });
        }
    }

    /// How many rows of data there were, and what their columns show from top to bottom.
    pub fn finish<S: Sink>(self, gather: &mut Gather<'_, S>) -> u64 {
        if self.rows == 0 {
            gather.error(Code::NoData, &About::default());
        }
        for index in self.unfilled.iter().filter(|_| self.judged > 0) {
            gather.note(
                Code::EmptyColumn,
                &about(self.header.row, column_number(*index), &self.header.columns, ""),
            );
        }
        self.rows
    }

    /// Whether the cells are as many as the columns, so that each is sure of its own; tells where not.
    ///
    /// In a row with more, a comma without quotes has most likely moved the rest to the right: judging it would
    /// bury the one mistake under many. In a row with fewer, those that are there still stand in their columns.
    fn stands_in_columns<S: Sink>(
        &self,
        record: &Record<'_>,
        cells: &Cells<'_>,
        gather: &mut Gather<'_, S>,
    ) -> bool {
        let (found, expected) = (record.cells, self.header.width);
        if found == expected {
            return true;
        }
        let first = found.min(expected);
        let column = u32::try_from(first).unwrap_or(u32::MAX).saturating_add(1);
        let surplus = || cells.iter().skip(usize::try_from(first).unwrap_or(usize::MAX));
        let at = about(record.row, column, &self.header.columns, surplus().next().unwrap_or_default());
        let at = About { detail: Detail::Cells { found, expected }, ..at };
        if found < expected {
            gather.error(Code::TooFewCells, &at);
            return true;
        }
        let kept_all = cells.len() as u64 == found;
        if kept_all && surplus().all(|cell| cell.trim().is_empty()) {
            gather.warning(Code::TooManyCells, &at);
            return true;
        }
        gather.error(Code::TooManyCells, &at);
        false
    }

    fn cell<'a, S: Sink>(
        &self,
        row: u64,
        index: usize,
        column: &Column<'_>,
        raw: &'a str,
        gather: &mut Gather<'_, S>,
    ) -> Cell<'a> {
        let at = |value| about(row, column_number(index), &self.header.columns, value);
        let text = without_blanks(raw);
        if text.len() != raw.len() {
            gather.warning(Code::SurroundingBlank, &About { proposal: Some(text), ..at(raw) });
        }
        let (value, fault) = match column.field {
            Some(field) => cell::read(field, text),
            None if text.is_empty() => (Value::Blank, None),
            None => (Value::Text(text), None),
        };
        if let Some(fault) = fault {
            self.tell(row, index, raw, &fault, gather);
        } else if starts_formula(text) && may_hold_any_text(column) {
            gather.warning(Code::FormulaStart, &at(raw));
        }
        Cell { raw, value }
    }

    fn tell<S: Sink>(&self, row: u64, index: usize, raw: &str, fault: &Fault, gather: &mut Gather<'_, S>) {
        let at = about(row, column_number(index), &self.header.columns, raw);
        gather.add(fault.code, fault.severity, &About { proposal: fault.proposal.as_deref(), ..at });
    }

    /// Finds the row that repeats a key. Where a cell of the key is empty, the row number is the key.
    fn judge_key<S: Sink>(&mut self, row: u64, cells: &[Cell<'_>], gather: &mut Gather<'_, S>) {
        let columns = &self.header.columns;
        let mut complete = self.key_is_complete;
        for index in &self.key {
            let Some(cell) = cells.get(*index) else {
                complete = false;
                continue;
            };
            if cell.value != Value::Blank {
                continue;
            }
            complete = false;
            // A required cell that is empty is told as such.
            let recommended = columns.get(*index).is_some_and(is_recommended);
            if recommended {
                gather.warning(Code::KeyMissing, &about(row, column_number(*index), columns, cell.raw));
            }
        }
        let key =
            || self.key.iter().filter_map(|index| cells.get(*index)).map(|cell| without_blanks(cell.raw));
        let (true, Some(last)) = (complete, self.key.last()) else { return };
        if let Some(earlier) = self.keys.add(key(), row) {
            let at = about(row, column_number(*last), columns, key().next_back().unwrap_or_default());
            gather.error(Code::DuplicateKey, &About { detail: Detail::EarlierRow(earlier), ..at });
        }
    }
}

fn is_recommended(column: &Column<'_>) -> bool {
    column.field.is_some_and(|field| field.need == Need::Recommended)
}

fn column_number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1)
}

/// Whether a spreadsheet would take `text` for a formula. Numbers, telephone numbers and a lone `-` are none.
fn starts_formula(text: &str) -> bool {
    match text.strip_prefix(['=', '@', '+', '-']) {
        None | Some("") => false,
        Some(_) if text.starts_with(['=', '@']) => true,
        Some(rest) => {
            rest.contains(|letter: char| !(letter.is_ascii_digit() || " -+.,()/:%".contains(letter)))
        }
    }
}

/// Whether the cells of `column` are free text; others are told by what their kind wants.
fn may_hold_any_text(column: &Column<'_>) -> bool {
    column
        .field
        .is_none_or(|field| matches!(field.kind, Kind::Text | Kind::Ascii | Kind::Katakana | Kind::List))
}

#[cfg(test)]
mod tests {
    use super::starts_formula;

    #[test]
    fn what_a_spreadsheet_would_run_is_a_formula() {
        for text in ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd", "=HYPERLINK(\"x\")"] {
            assert!(starts_formula(text), "{text}");
        }
    }

    #[test]
    fn numbers_telephone_numbers_and_dashes_are_none() {
        for text in ["", "-", "--", "-12.5", "+81-225-95-1111", "+81 (225) 95", "-5%", "名称", "a=b", "－"]
        {
            assert!(!starts_formula(text), "{text}");
        }
    }
}
