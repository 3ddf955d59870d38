//! What a row with too many or too few cells would be, where one reading explains it: a comma without quotes has cut a
//! cell in two, or a line break has cut a row.
//!
//! That the count is wrong is told by [`crate::judging::rows`]; a proposal is made here only where no other place fits.

use crate::cell;
use crate::finding::Severity;
use crate::reading::cells::{Cells, without_blanks};
use crate::repair::RepairSet;
use crate::sink::Column;

/// Longer cells (in bytes) are not put together again.
const CELL_BYTES_MAX: usize = 1_000;

/// The cell that commas have cut in pieces: the one place where the pieces can be put together so that every cell
/// of the row is one of its column. Two places that say the same (`a,,b`) are one.
pub(crate) fn cut_by_commas(columns: &[Column<'_>], cells: &Cells<'_>) -> Option<String> {
    let cells: Vec<&str> = cells.iter().collect();
    let surplus = cells.len().checked_sub(columns.len()).filter(|surplus| *surplus > 0)?;
    let fits = |index: usize, text: &str| columns.get(index).is_some_and(|column| fits(column, text));
    // How far the row stands in its columns from the left, and from where on from the right.
    let from_left = cells.iter().enumerate().take_while(|(index, text)| fits(*index, text)).count();
    let shifted = cells.iter().enumerate().skip(surplus).rev();
    let from_right = shifted.take_while(|(index, text)| fits(*index - surplus, text)).count();
    let first = columns.len().saturating_sub(from_right + 1);
    let last = from_left.min(columns.len().saturating_sub(1));
    let mut places = (first..=last).filter_map(|index| {
        let joined = cells.get(index..=index + surplus)?.join(",");
        (joined.len() <= CELL_BYTES_MAX && fits(index, &joined)).then_some(joined)
    });
    let only = places.next()?;
    places.next().is_none().then_some(only)
}

/// Whether `text` stands well in `column`, as it is or once repaired.
fn fits(column: &Column<'_>, text: &str) -> bool {
    let fault = column.field.and_then(|field| cell::read(field, without_blanks(text)).1);
    fault.is_none_or(|fault| fault.severity != Severity::Error || fault.repair != RepairSet::NONE)
}

/// A row that ended too early, and how the next one may go on.
#[derive(Debug, Default)]
pub(crate) struct CutRow {
    row: u64,
    cells: u64,
    last: String,
}

impl CutRow {
    /// Remembers a row that has too few cells.
    pub fn of(row: u64, cells: &Cells<'_>) -> CutRow {
        let last = cells.iter().last().filter(|last| last.len() <= CELL_BYTES_MAX).unwrap_or_default();
        CutRow { row, cells: cells.len() as u64, last: last.to_owned() }
    }

    /// The cell that a line break has cut, where `row` goes on where this one ended and both make one row of
    /// `expected` cells.
    pub fn goes_on(&self, row: u64, cells: &Cells<'_>, expected: u64) -> Option<String> {
        let next = cells.iter().next().filter(|next| next.len() <= CELL_BYTES_MAX)?;
        let makes_one = self.row + 1 == row && self.cells + cells.len() as u64 == expected + 1;
        let both = !(self.last.is_empty() || next.is_empty());
        (makes_one && both).then(|| format!("{}\n{next}", self.last))
    }
}
