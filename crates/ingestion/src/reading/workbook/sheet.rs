//! The rows of a sheet, from its first column that holds something to its last, all of one width.
//!
//! Rows count from the sheet's corner, wherever its table begins.

use super::cells::Cells;
use super::{Refusal, Traits};
use crate::finding::Code;
use crate::reading::ahead::Table;
use crate::reading::quotes::Slip;
use crate::reading::records::Record;
use crate::validate::Limits;

/// Of the rows that are hidden and hold something, so many are remembered.
const HIDDEN_ROWS_MAX: usize = 101;

/// How far the cells of a sheet reach, and which of them are hidden. Rows and columns count from 0.
#[derive(Debug, Clone, Default)]
pub(crate) struct Extent {
    /// The row and the column behind the last.
    rows: u32,
    columns: u32,
    first_row: Option<u32>,
    first_column: Option<u32>,
    last: Option<(u32, u32)>,
    hidden_rows: Vec<u32>,
    hidden_columns: Vec<u32>,
}

/// The rows of a sheet, one at a time.
pub(crate) struct SheetRows<'a> {
    cells: Cells<'a>,
    /// The cell that comes next, its column from the first that is read, and what it holds.
    next: Option<(u32, u32)>,
    text: String,
    begun: bool,
    rows: u32,
    columns_before: u32,
    columns: u32,
    limits: Limits,
    row: u32,
    bytes: Vec<u8>,
    ends: Vec<usize>,
    slips: Vec<Slip>,
}

impl Extent {
    /// Takes in the next cell that holds something.
    pub(super) fn add(&mut self, (row, column): (u32, u32), traits: &Traits) -> Result<(), Refusal> {
        // What comes out of order would have to be held until the end.
        if self.last.is_some_and(|last| last >= (row, column)) {
            return Err(Refusal::Damaged);
        }
        self.last = Some((row, column));
        self.first_row.get_or_insert(row);
        self.first_column = Some(self.first_column.map_or(column, |first| first.min(column)));
        self.rows = self.rows.max(row.saturating_add(1));
        self.columns = self.columns.max(column.saturating_add(1));
        let is_in = |ranges: &[(u32, u32)], at: u32| {
            let behind = ranges.partition_point(|(first, _)| *first <= at);
            behind.checked_sub(1).and_then(|index| ranges.get(index)).is_some_and(|(_, last)| at <= *last)
        };
        if self.hidden_rows.len() < HIDDEN_ROWS_MAX
            && self.hidden_rows.last() != Some(&row)
            && is_in(&traits.hidden_rows, row)
        {
            self.hidden_rows.push(row);
        }
        if is_in(&traits.hidden_columns, column)
            && let Err(index) = self.hidden_columns.binary_search(&column)
        {
            self.hidden_columns.insert(index, column);
        }
        Ok(())
    }

    /// Whether no cell holds anything.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Whether more than one row holds something.
    pub fn has_several_rows(&self) -> bool {
        self.first_row.is_some_and(|first| self.rows > first.saturating_add(1))
    }

    /// Columns before the first that holds something.
    pub fn columns_before(&self) -> u32 {
        self.first_column.unwrap_or(0)
    }

    /// The row and the column behind the last.
    pub fn behind(&self) -> (u32, u32) {
        (self.rows, self.columns)
    }

    /// Rows that are hidden and hold something; the first of them where there are many.
    pub fn hidden_rows(&self) -> &[u32] {
        &self.hidden_rows
    }

    /// Columns that are hidden and hold something.
    pub fn hidden_columns(&self) -> &[u32] {
        &self.hidden_columns
    }
}

impl<'a> SheetRows<'a> {
    /// The rows that `cells`, which reach as far as `extent`, make.
    pub fn new(cells: Cells<'a>, extent: &Extent, limits: Limits) -> SheetRows<'a> {
        SheetRows {
            cells,
            next: None,
            text: String::new(),
            begun: false,
            rows: extent.rows,
            columns_before: extent.columns_before(),
            columns: extent.columns.saturating_sub(extent.columns_before()),
            limits,
            row: 0,
            bytes: Vec::new(),
            ends: Vec::new(),
            slips: Vec::new(),
        }
    }

    fn advance(&mut self) {
        // The sheet was read to its end before: what fails now failed then.
        let next = self.cells.next(&mut self.text).unwrap_or(None);
        self.next = next.map(|(row, column)| (row, column.saturating_sub(self.columns_before)));
    }
}

impl Table for SheetRows<'_> {
    fn next(&mut self) -> Option<Record<'_>> {
        if self.row >= self.rows {
            return None;
        }
        if !std::mem::replace(&mut self.begun, true) {
            self.advance();
        }
        self.bytes.clear();
        self.ends.clear();
        self.slips.clear();
        let kept_max = self.limits.columns_max.min(self.columns as usize);
        let (mut too_long, mut is_blank) = (false, true);
        while let Some((_, column)) = self.next.filter(|(row, _)| *row == self.row) {
            is_blank = false;
            if self.text.len() > self.limits.cell_bytes_max {
                self.slips.push(Slip { column: column.saturating_add(1), code: Code::CellTooLong });
            }
            too_long |= self.bytes.len().saturating_add(self.text.len()) > self.limits.row_bytes_max;
            if !too_long && (column as usize) < kept_max {
                self.ends.resize(column as usize, self.bytes.len());
                self.bytes.extend_from_slice(self.text.as_bytes());
                self.ends.push(self.bytes.len());
            }
            self.advance();
        }
        // A blank row has no cells, as a blank line has none.
        if !is_blank {
            self.ends.resize(kept_max, self.bytes.len());
        }
        self.row += 1;
        Some(Record {
            row: self.row.into(),
            bytes: &self.bytes,
            text: None,
            ends: &self.ends,
            between: None,
            cells: if is_blank { 0 } else { self.columns.into() },
            slips: &self.slips,
            too_long,
            limits: self.limits,
            encoding: "utf-8",
            marked: None,
        })
    }
}
