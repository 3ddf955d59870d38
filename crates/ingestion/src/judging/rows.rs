//! Judges the rows of data against the columns of the header.
//!
//! One cell in its column is [`crate::judging::watch`]'s business, latitude and longitude together [`crate::judging::places`]'; here are
//! the row as a whole, its key, and what a column shows from top to bottom. Every row goes to the sink as it was
//! repaired: one in which nothing is an error as a row, any other as a refused one.

use std::borrow::Cow;

use crate::finding::Code;
use crate::gather::Gather;
use crate::judging::key::Keys;
use crate::judging::places::Places;
use crate::judging::rejoin::{self, CutRow};
use crate::judging::relation::Relations;
use crate::judging::watch::{Watch, tell};
use crate::reading::cells::{Cells, without_blanks};
use crate::reading::records::Record;
use crate::reading::writing::{self, about};
use crate::recognising::header::Header;
use crate::schema::Need;
use crate::sentence::{About, Detail};
use crate::sink::{Cell, Column, Row, Sink, Value};
use crate::validate::Options;

/// The rows of a file, one after the other.
pub(crate) struct Rows<'h, 's> {
    header: &'h Header<'s>,
    /// The columns of the key, from 0; not `complete` where the file lacks one.
    key: Vec<usize>,
    key_is_complete: bool,
    keys: Keys,
    relations: Relations,
    places: Places<'h, 's>,
    /// One for each column.
    watches: Vec<Watch<'s>>,
    /// Recommended columns in which no cell was filled so far, from 0.
    unfilled: Vec<usize>,
    /// The cells of a row that are to be judged, from 0.
    doubtful: Vec<usize>,
    /// The row before, where it had too few cells.
    cut: Option<CutRow>,
    rows: u64,
    judged: u64,
}

impl<'h, 's> Rows<'h, 's> {
    pub fn new(header: &'h Header<'s>, options: &'h Options<'_>) -> Rows<'h, 's> {
        let columns = || header.columns.iter().enumerate();
        let names = header.schema.map(|schema| schema.key.as_slice()).unwrap_or_default();
        let column_of = |name: &String| {
            columns()
                .find(|(_, column)| column.field.is_some_and(|field| field.name == *name))
                .map(|(index, _)| index)
        };
        let places = Places::of(&header.columns, options);
        let watches =
            columns().map(|(index, column)| Watch::of(column, places.holds(index), options)).collect();
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
            places,
            watches,
            unfilled: columns()
                .filter(|(_, column)| is_recommended(column))
                .map(|(index, _)| index)
                .collect(),
            doubtful: Vec::new(),
            cut: None,
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
        let mut read = Vec::with_capacity(self.header.columns.len());
        self.doubtful.clear();
        for ((index, watch), raw) in self.watches.iter_mut().enumerate().zip(cells.iter()) {
            let value = watch.passes(raw);
            read.push(Cell { raw, value: value.unwrap_or(Value::Blank) });
            if value.is_none() {
                self.doubtful.push(index);
            }
        }
        let is_cut_well = record.is_whole() && record.cells == self.header.width;
        if !(is_cut_well && self.doubtful.is_empty()) {
            writing::tell(record, &cells, &self.header.columns, gather);
        }
        // What an open quote swallowed belongs to other columns and rows.
        let swallows = record.slips.iter().any(|slip| slip.code == Code::UnterminatedQuote);
        if record.too_long || swallows || !self.stands_in_columns(record, &cells, gather) {
            let cells: Vec<Cell<'_>> =
                cells.iter().map(|raw| Cell { raw, value: Value::Text(raw) }).collect();
            gather.sink().refused_row(&Row { number: record.row, cells: &cells });
            return;
        }
        self.judged += 1;
        let (mut mended, mut waiting) = (Vec::new(), Vec::new());
        for index in &self.doubtful {
            let (Some(watch), Some(cell)) = (self.watches.get_mut(*index), read.get_mut(*index)) else {
                continue;
            };
            let judged = watch
                .judge(&about(record.row, column_number(*index), &self.header.columns, cell.raw), gather);
            waiting.extend(judged.waits.map(|fault| (*index, fault)));
            match judged.text {
                Cow::Borrowed(raw) => *cell = Cell { raw, value: judged.value },
                Cow::Owned(text) => mended.push((*index, text)),
            }
        }
        if !waiting.is_empty() {
            mended.extend(self.places.mend(record.row, &read, &mended, waiting, gather));
        }
        for (index, text) in &mended {
            if let (Some(cell), Some(watch)) = (read.get_mut(*index), self.watches.get(*index)) {
                *cell = Cell { raw: text, value: watch.value(text) };
            }
        }
        self.places.judge(record.row, &read, gather);
        self.unfilled.retain(|index| read.get(*index).is_none_or(|cell| cell.value == Value::Blank));
        for (index, fault) in self.relations.faults(&read) {
            let raw = read.get(index).map(|cell| cell.raw).unwrap_or_default();
            tell(&about(record.row, column_number(index), &self.header.columns, raw), &fault, gather);
        }
        self.judge_key(record.row, &read, gather);
        let row = Row { number: record.row, cells: &read };
        if gather.errors() == errors {
            gather.sink().row(&row);
        } else {
            gather.sink().refused_row(&row);
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
        &mut self,
        record: &Record<'_>,
        cells: &Cells<'_>,
        gather: &mut Gather<'_, S>,
    ) -> bool {
        let cut = self.cut.take();
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
            let joined = cut.and_then(|cut| cut.goes_on(record.row, cells, expected));
            gather.error(Code::TooFewCells, &About { proposal: joined.as_deref(), ..at });
            self.cut = joined.is_none().then(|| CutRow::of(record.row, cells));
            return true;
        }
        let kept_all = cells.len() as u64 == found;
        if kept_all && surplus().all(|cell| cell.trim().is_empty()) {
            // Columns that the header has and that were left out are no surplus.
            if found > expected + self.header.left_out {
                gather.warning(Code::TooManyCells, &at);
            }
            return true;
        }
        let joined = if kept_all { rejoin::cut_by_commas(&self.header.columns, cells) } else { None };
        gather.error(Code::TooManyCells, &About { proposal: joined.as_deref(), ..at });
        false
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
