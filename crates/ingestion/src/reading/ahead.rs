//! The first rows of a table, kept so that one may look for its header before the rows are judged.
//!
//! Which of them is the header is [`crate::recognising::caption`]'s business.

use std::collections::VecDeque;

use crate::reading::cells::{Cells, without_blanks};
use crate::reading::laid;
use crate::reading::quotes::Slip;
use crate::reading::records::Record;
use crate::validate::Limits;

/// How many rows are looked at.
const ROWS_MAX: usize = 30;
/// No further row is kept once those that are hold so much.
const BYTES_MAX: usize = 1 << 20;

/// A table, one row after the other.
pub(crate) trait Table {
    /// The next row, blank or not.
    fn next(&mut self) -> Option<Record<'_>>;
}

/// A row that is kept.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    row: u64,
    bytes: Vec<u8>,
    ends: Vec<usize>,
    cells: u64,
    slips: Vec<Slip>,
    too_long: bool,
    limits: Limits,
    encoding: &'static str,
}

/// A table of which the first rows are known.
pub(crate) struct Ahead<T> {
    table: T,
    kept: VecDeque<Kept>,
    /// The one that was handed out last.
    last: Option<Kept>,
}

impl Kept {
    /// It as it was read.
    pub fn record(&self) -> Record<'_> {
        Record {
            row: self.row,
            bytes: &self.bytes,
            text: None,
            ends: &self.ends,
            between: None,
            cells: self.cells,
            slips: &self.slips,
            too_long: self.too_long,
            limits: self.limits,
            encoding: self.encoding,
            marked: None,
        }
    }

    /// Row as the spreadsheet shows it.
    pub fn row(&self) -> u64 {
        self.row
    }

    /// Its cells without blanks around them; none where it is too long.
    pub fn texts(&self) -> Vec<String> {
        if self.too_long {
            return Vec::new();
        }
        Cells::of(&self.record()).iter().map(|cell| without_blanks(cell).to_owned()).collect()
    }

    /// How many bytes it holds.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// How many cells at its end are blank, and so in all of `below` as well; none where not all of it was kept.
    pub fn blank_to_the_right(&self, below: &VecDeque<Kept>) -> usize {
        if self.too_long || self.cells != self.ends.len() as u64 {
            return 0;
        }
        let width =
            |texts: Vec<String>| texts.iter().rposition(|text| !text.is_empty()).map_or(0, |last| last + 1);
        let widest = below.iter().map(|row| width(row.texts())).fold(width(self.texts()), usize::max);
        self.ends.len().saturating_sub(widest)
    }

    /// This row without its last `cells`.
    pub fn without_last(mut self, cells: usize) -> Kept {
        self.ends.truncate(self.ends.len().saturating_sub(cells));
        self.bytes.truncate(self.ends.last().copied().unwrap_or(0));
        self.cells = self.cells.saturating_sub(cells as u64);
        self
    }

    /// This row with `texts` for its cells.
    pub fn with_texts(&self, texts: &[String]) -> Kept {
        let mut end = 0;
        let ends = texts.iter().map(|text| {
            end += text.len();
            end
        });
        let ends: Vec<usize> = ends.collect();
        Kept {
            bytes: texts.concat().into_bytes(),
            cells: self.cells.max(ends.len() as u64),
            ends,
            ..self.clone()
        }
    }
}

impl From<Record<'_>> for Kept {
    fn from(record: Record<'_>) -> Kept {
        let (bytes, ends) = laid::close_up(record.bytes, record.ends, record.between);
        Kept {
            row: record.row,
            bytes,
            ends,
            cells: record.cells,
            slips: record.slips.to_vec(),
            too_long: record.too_long,
            limits: record.limits,
            encoding: record.encoding,
        }
    }
}

impl<T: Table> Ahead<T> {
    /// `table`, looked into from its first row on that is not blank; blank rows before it are passed over.
    pub fn of(mut table: T) -> Ahead<T> {
        let (mut kept, mut bytes) = (VecDeque::new(), 0);
        while kept.len() < ROWS_MAX && bytes < BYTES_MAX {
            let Some(record) = table.next() else { break };
            if kept.is_empty() && record.is_blank() {
                continue;
            }
            let row = Kept::from(record);
            bytes += row.len();
            kept.push_back(row);
        }
        Ahead { table, kept, last: None }
    }

    /// The rows that are known and were not handed out yet.
    pub fn kept(&self) -> &VecDeque<Kept> {
        &self.kept
    }

    /// Hands out the next row where it is kept.
    pub fn take(&mut self) -> Option<Kept> {
        self.kept.pop_front()
    }

    /// The table behind.
    pub fn into_inner(self) -> T {
        self.table
    }
}

impl<T: Table> Table for Ahead<T> {
    fn next(&mut self) -> Option<Record<'_>> {
        match self.kept.pop_front() {
            Some(row) => Some(self.last.insert(row).record()),
            None => self.table.next(),
        }
    }
}
