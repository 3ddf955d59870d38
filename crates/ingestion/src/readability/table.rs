//! One table: its header, its rows, and the rows at its end that are none of it.
//!
//! Where a table begins is [`super::layout`]'s business; what its columns show in the end is told by
//! [`super::closing`].

use super::breach::{Place, What};
use super::classes::Classes;
use super::column::Column;
use super::heard::Heard;
use super::odd;
use super::outside::{self, Outsiders};
use super::standard::Standard;
use super::tally::Tally;
use super::writing;
use crate::reading::laid;

/// Marks that stand for what another cell says.
const DITTO: [&str; 8] = ["〃", "同上", "同左", "同右", "〇", "仝", "ヽ", "々"];

/// Rows at the end of a table are its own only where others follow; this many wait.
const WAITING_MAX: usize = 32;
/// And this many bytes.
const WAITING_BYTES_MAX: usize = 1 << 18;

/// So many rows settle what a column is: as many as the agency's checker reads of a sheet.
const LEARNING_ROWS: u64 = 10_000;

/// The rule on what is left out looks at this many columns from the left.
pub(super) const LABEL_COLUMNS_MAX: usize = 3;

/// One row as it is seen: its number, its bytes, where its cells end in them, and how many there are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen<'a> {
    /// As the spreadsheet counts.
    pub row: u64,
    /// The cells one after the other.
    pub bytes: &'a [u8],
    /// The same as text, where all of it is and somebody looked.
    pub text: Option<&'a str>,
    /// Where each ends.
    pub ends: &'a [usize],
    /// What stands between each two of them in `bytes`, where anything does.
    pub between: Option<u8>,
    /// Whether the file is CP932.
    pub cp932: bool,
}

/// A row that is kept for a while.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    row: u64,
    bytes: Vec<u8>,
    ends: Vec<usize>,
    cp932: bool,
}

impl<'a> Seen<'a> {
    /// The cells, from the first on.
    pub fn cells(self) -> impl Iterator<Item = &'a [u8]> {
        laid::cells(self.bytes, self.ends, self.between)
    }

    /// The cell in the column `index`, from 0; empty where the row has none.
    pub fn cell(self, index: usize) -> &'a [u8] {
        self.place(index).and_then(|place| self.bytes.get(place)).unwrap_or_default()
    }

    /// The same as text, where it is.
    pub fn text_of(self, index: usize) -> Option<&'a str> {
        let known = self.text.and_then(|text| text.get(self.place(index)?));
        known.or_else(|| simdutf8::basic::from_utf8(self.cell(index)).ok())
    }

    fn place(self, index: usize) -> Option<std::ops::Range<usize>> {
        let between = usize::from(self.between.is_some());
        let behind = |end: &usize| *end + between;
        let start = index.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).map(behind))?;
        Some(start..*self.ends.get(index)?)
    }

    /// The cells that hold anything, with their column from 0.
    pub fn filled(self) -> impl Iterator<Item = (usize, &'a [u8])> {
        self.cells().enumerate().filter(|(_, cell)| !is_blank(cell))
    }

    /// Whether no cell holds anything.
    pub fn is_blank(self) -> bool {
        self.cells().all(is_blank)
    }

    /// A copy that may be kept.
    pub fn keep(self) -> Kept {
        let (bytes, ends) = laid::close_up(self.bytes, self.ends, self.between);
        Kept { row: self.row, bytes, ends, cp932: self.cp932 }
    }
}

impl Kept {
    /// The row as it was seen.
    pub fn seen(&self) -> Seen<'_> {
        Seen {
            row: self.row,
            bytes: &self.bytes,
            text: None,
            ends: &self.ends,
            between: None,
            cp932: self.cp932,
        }
    }

    /// About what it takes.
    pub fn size(&self) -> usize {
        self.bytes.len() + self.ends.len() * size_of::<usize>()
    }
}

/// Whether there is nothing in `cell` but blanks of any width.
pub(super) fn is_blank(cell: &[u8]) -> bool {
    match cell {
        [] => true,
        // Blanks of one byte, and the first bytes of those of several.
        [..=b' ', ..] | [0xc2 | 0xe2, ..] | [0xe3, 0x80, 0x80, ..] => {
            std::str::from_utf8(cell).is_ok_and(|text| text.trim().is_empty())
        }
        _ => false,
    }
}

/// A table while it is read.
#[derive(Debug)]
pub(super) struct Table {
    /// Its first row.
    pub top: u64,
    /// Its last row so far.
    pub bottom: u64,
    /// Its first column, from 0.
    pub left: usize,
    /// The rows that name its columns.
    pub header_rows: Vec<u64>,
    /// Its columns, from [`Table::left`] on.
    pub columns: Vec<Column>,
    /// Rows of data.
    pub rows: u64,
    /// Rows with more than one cell that holds anything.
    pub full_rows: u64,
    /// Whether a text is read, in which a record should be one line.
    pub is_text: bool,
    /// What was found so far.
    pub tally: Tally,
    /// The columns whose cells are looked at, from 0.
    asked: Vec<usize>,
    certainty: Option<u16>,
    /// The cells of a row that are written oddly, from 0.
    odd: Vec<usize>,
    waiting: Vec<Kept>,
    waiting_bytes: usize,
    /// What was heard of the rows that wait.
    heard: Vec<Heard>,
}

impl Table {
    /// The table whose names stand in `header`, from the column `left` on; `standard` are the columns a schema
    /// knows.
    pub fn new(
        header: &[Seen<'_>],
        top: u64,
        columns: std::ops::Range<usize>,
        standard: Vec<Option<Standard>>,
        is_text: bool,
        listed_max: usize,
    ) -> Table {
        let mut standard = standard.into_iter().skip(columns.start);
        let left = columns.start;
        let name = |seen: &Seen<'_>, index: usize| {
            let cell = seen.cells().nth(index).unwrap_or_default();
            String::from_utf8_lossy(cell).trim().to_owned()
        };
        let columns = columns
            .map(|index| {
                let names = header.iter().map(|seen| name(seen, index)).collect();
                Column::new(names, standard.next().flatten())
            })
            .collect();
        let bottom = header.last().map_or(top, |seen| seen.row);
        let mut table = Table {
            top,
            bottom,
            left,
            header_rows: header.iter().map(|seen| seen.row).collect(),
            columns,
            rows: 0,
            full_rows: header.len() as u64,
            is_text,
            tally: Tally::new(listed_max),
            asked: Vec::new(),
            certainty: None,
            odd: Vec::new(),
            waiting: Vec::new(),
            waiting_bytes: 0,
            heard: Vec::new(),
        };
        table.asked = (0..table.columns.len())
            .filter(|index| table.columns.get(*index).is_some_and(Column::asks))
            .collect();
        header.iter().for_each(|seen| table.look_at_writing(*seen));
        table
    }

    /// The next row that is not blank, whether it is one of the data or stands at the end.
    pub fn row(&mut self, seen: Seen<'_>) {
        let stands_at_end = self.rows > 0 && outside::kind(seen, self.columns.len()).is_some();
        if stands_at_end && self.waiting.len() < WAITING_MAX && self.waiting_bytes < WAITING_BYTES_MAX {
            let kept = seen.keep();
            self.waiting_bytes += kept.bytes.len();
            self.waiting.push(kept);
            return;
        }
        if !self.waiting.is_empty() {
            for kept in std::mem::take(&mut self.waiting) {
                self.data(kept.seen());
            }
            self.waiting_bytes = 0;
            std::mem::take(&mut self.heard).into_iter().for_each(|heard| self.hear(heard));
        }
        self.data(seen);
    }

    /// Keeps what was heard of a row that waits, until it is known whether it is one of the table.
    pub fn puts_off(&mut self, heard: Heard) -> bool {
        let waits = self.waiting.first().is_some_and(|kept| kept.row <= heard.row);
        if waits {
            self.heard.push(heard);
        }
        waits
    }

    /// The rows that wait are none of the table: nothing followed.
    pub fn end(&mut self, outsiders: &mut Outsiders) {
        for kept in std::mem::take(&mut self.waiting) {
            let what = outside::kind(kept.seen(), self.columns.len()).unwrap_or(What::Isolated);
            outsiders.add(kept.seen(), what);
        }
        self.waiting_bytes = 0;
        self.heard.clear();
    }

    /// One row of data.
    fn data(&mut self, seen: Seen<'_>) {
        self.rows += 1;
        self.bottom = seen.row;
        if seen.ends.len() > self.left + self.columns.len() {
            self.widen(seen);
        }
        self.look_at_writing(seen);
        for index in &self.asked {
            let cell = seen.cell(self.left + index);
            if let (Some(column), false) = (self.columns.get_mut(*index), cell.is_empty()) {
                column.take(cell, Classes::of(cell), seen.row, self.rows);
            }
        }
        if self.rows <= LEARNING_ROWS {
            self.full_rows += u64::from(seen.filled().nth(1).is_some());
            self.look_for_omissions(seen);
            if self.rows == LEARNING_ROWS {
                self.learnt();
            }
        }
    }

    /// It is known what the columns are. From here on only those are looked at in which one cell breaks a rule.
    fn learnt(&mut self) {
        self.certainty = Some(self.certainty());
        self.columns.iter_mut().for_each(Column::settle);
        let columns = &self.columns;
        self.asked.retain(|index| columns.get(*index).is_some_and(Column::asks_on));
    }

    /// How sure it is that this is a table, in thousandths: how full it is, and how many of its rows are.
    ///
    /// A header that a schema knows is that of a table.
    pub fn certainty(&self) -> u16 {
        const NARROW: usize = 7;
        const SURE: u16 = 1000;
        if let Some(certainty) = self.certainty {
            return certainty;
        }
        if self.columns.iter().any(|column| column.standard.is_some()) {
            return SURE;
        }
        let rows = self.rows + self.header_rows.len() as u64;
        let names =
            self.columns.iter().flat_map(|column| &column.names).filter(|name| !name.is_empty()).count();
        let cells = self.columns.iter().map(|column| column.filled).sum::<u64>() + names as u64;
        let share = |part: u64, all: u64| part as f64 / all.max(1) as f64;
        let full_rows = if self.columns.len() < NARROW { rows } else { self.full_rows };
        let sure = 0.6 * share(cells, rows * self.columns.len() as u64) + 0.6 * share(full_rows, rows);
        (sure.min(1.0) * f64::from(SURE)).round() as u16
    }

    /// So many rows were looked at in the column `index`.
    pub fn rows_of(&self, index: usize) -> u64 {
        if self.asked.contains(&index) { self.rows } else { self.rows.min(LEARNING_ROWS) }
    }

    /// Columns beyond the header: their cells have no name.
    fn widen(&mut self, seen: Seen<'_>) {
        let last = seen.filled().last().map_or(0, |(index, _)| index + 1);
        let names = self.header_rows.len();
        for _ in self.left + self.columns.len()..last {
            self.asked.push(self.columns.len());
            self.columns.push(Column::new(vec![String::new(); names], None));
        }
    }

    /// L2-02: marks and blanks on the left that stand for the cell above.
    fn look_for_omissions(&mut self, seen: Seen<'_>) {
        for (index, column) in self.columns.iter_mut().enumerate().take(LABEL_COLUMNS_MAX) {
            let cell = seen.cell(self.left + index);
            if is_blank(cell) {
                // Where a schema knows the column, a blank is a blank.
                if column.filled > 0 && column.standard.is_none() {
                    column.omits(seen.row, What::BlankBelow);
                }
            } else if !cell.is_ascii()
                && std::str::from_utf8(cell).is_ok_and(|text| DITTO.contains(&text.trim()))
            {
                column.omits(seen.row, What::Ditto);
            }
        }
    }

    /// L1-06, L1-07, L1-08, L1-14: how the cells of a row are written.
    fn look_at_writing(&mut self, seen: Seen<'_>) {
        let mut several_lines = false;
        let mut odd = std::mem::take(&mut self.odd);
        odd::find(seen, &mut odd);
        for index in &odd {
            let cell = seen.cell(*index);
            several_lines |= memchr::memchr2(b'\n', b'\r', cell).is_some();
            let column = index.checked_sub(self.left).and_then(|index| self.columns.get(index));
            if let (Some(column), Some(text)) = (column, seen.text_of(*index)) {
                written(text, place(seen.row, *index), column, seen.cp932, &mut self.tally);
            }
        }
        self.odd = odd;
        if self.is_text && several_lines {
            self.tally.add(Place::Record(seen.row), What::SeveralLinesOfRecord);
        }
    }
}

/// The cell in `row` and the column `index`, from 0.
pub(super) fn place(row: u64, index: usize) -> Place {
    Place::Cell(row, column_number(index))
}

/// The column `index`, from 0, as the spreadsheet counts.
pub(super) fn column_number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1)
}

/// Tells how a cell is written (L1-06, L1-07, L1-08).
fn written(cell: &str, place: Place, column: &Column, cp932: bool, tally: &mut Tally) {
    let layout = writing::layout(cell, column.of_addresses);
    // A value of a list is one value, whatever signs it holds.
    let is_listed = column.standard.as_ref().is_some_and(|standard| standard.is_list_of_values);
    let several = if is_listed { None } else { writing::several_values(cell, column.is_of_numbers()) };
    let dependent = writing::dependent_letters(cell, cp932);
    layout.into_iter().chain(several).chain(dependent).for_each(|what| tally.add(place, what));
}
