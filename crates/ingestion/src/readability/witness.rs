//! Looks on while a file is read, row by row, and tells in the end how well a machine can read it.
//!
//! It sees what the reader sees: every row as it came, blank or not, and the header where the reader knows it.
//! It keeps the first rows of each run, until it is clear where the table begins; never more of the file.

use super::breach::{Area, Breach, Place, What};
use super::closing::Beside;
use super::described::Described;
use super::heard::Heard;
use super::layout;
use super::outside::{self, Outsiders};
use super::sheet::SheetFacts;
use super::standard::Standard;
use super::table::{Kept, Seen, Table, place};
use super::tally::Tally;
use super::verdict::{JudgedTable, Readability};
use crate::finding::Code;
use crate::reading::records::Record;
use crate::recognising::header::Header;

/// So many first rows of a run are kept until it is settled what they are.
const HEAD_ROWS: usize = 32;
/// And so many bytes.
const HEAD_BYTES_MAX: usize = 1 << 20;
/// So many tables are judged; more are counted.
const TABLES_MAX: usize = 8;
/// Of each rule, so many places of the first table are listed, as many as the agency's report names.
const LISTED_MAX: usize = 20;
/// And so many of every other.
const LISTED_OF_OTHERS_MAX: usize = 3;

/// What looks on.
#[derive(Debug)]
pub(crate) struct Witness {
    is_text: bool,
    sheet: Option<SheetFacts>,
    /// Columns of the sheet before the first that the reader gives, and the ends of a row that has them.
    columns_before: usize,
    ends: Vec<usize>,
    /// The row of the header that the reader knows, and what a schema says of its columns.
    known: Option<(u64, Vec<Option<Standard>>)>,
    run: Run,
    head: Vec<Kept>,
    head_bytes: usize,
    /// What was heard of these rows.
    heard: Vec<Heard>,
    /// The table that was read last; it may go on below blank rows.
    open: Option<Table>,
    /// Blank rows since the last row of that table.
    blank_rows: BlankRows,
    judged: Vec<Table>,
    tables_found: u64,
    outsiders: Outsiders,
    /// What belongs to the file and no table of it.
    file: Tally,
    /// As many cells as a record should have: those of the first header.
    width: Option<usize>,
    /// The record before: its row, and the cells it has with those of the pieces it is torn into.
    before: (u64, usize),
}

/// What the rows are part of, from one blank row to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Run {
    /// It is not settled yet.
    Beginning,
    /// The open table.
    Table,
    /// No table.
    Outside,
}

#[derive(Debug, Default)]
struct BlankRows {
    count: u64,
    first: Vec<u64>,
}

impl Witness {
    /// Looks on while a text is read.
    pub fn of_text() -> Witness {
        Witness {
            is_text: true,
            sheet: None,
            columns_before: 0,
            ends: Vec::new(),
            known: None,
            run: Run::Beginning,
            head: Vec::new(),
            head_bytes: 0,
            heard: Vec::new(),
            open: None,
            blank_rows: BlankRows::default(),
            judged: Vec::new(),
            tables_found: 0,
            outsiders: Outsiders::default(),
            file: Tally::new(LISTED_MAX),
            width: None,
            before: (0, 0),
        }
    }

    /// Looks on while a sheet is read, of which `facts` are known and which is read from behind `columns_before`
    /// on.
    pub fn of_sheet(facts: SheetFacts, columns_before: usize) -> Witness {
        Witness { is_text: false, sheet: Some(facts), columns_before, ..Witness::of_text() }
    }

    /// The reader knows the header; told before the row below it comes. Where a schema fits, it settles much.
    pub fn header(&mut self, header: &Header<'_>) {
        if header.fit.as_ref().is_some_and(|fit| fit.matched > 0) {
            let before = std::iter::repeat_n(None, self.columns_before);
            let standard =
                before.chain(header.columns.iter().map(|column| column.field.map(Standard::of))).collect();
            self.known = Some((header.row, standard));
        }
    }

    /// The next row of the file, blank or not.
    pub fn row(&mut self, record: &Record<'_>) {
        for slip in record.slips {
            let cell =
                place(record.row, usize::try_from(slip.column).unwrap_or(usize::MAX).saturating_sub(1));
            match slip.code {
                Code::UnterminatedQuote => {
                    self.file.add(Place::Record(record.row), What::OpenQuote);
                    self.file.add(Place::Record(record.row), What::OpenQuoteSwallows);
                }
                Code::BareQuote | Code::TextAfterQuote => self.file.add(cell, What::StrayQuote),
                _ => {}
            }
        }
        if record.too_long {
            return;
        }
        let cp932 = record.encoding == "cp932";
        if self.columns_before == 0 {
            let Record { row, bytes, text, ends, between, .. } = *record;
            return self.see(Seen { row, bytes, text, ends, between, cp932 });
        }
        let mut ends = std::mem::take(&mut self.ends);
        ends.clear();
        ends.resize(self.columns_before, 0);
        ends.extend_from_slice(record.ends);
        self.see(Seen {
            row: record.row,
            bytes: record.bytes,
            text: None,
            ends: &ends,
            between: None,
            cp932,
        });
        self.ends = ends;
    }

    fn see(&mut self, seen: Seen<'_>) {
        if seen.is_blank() {
            self.settle();
            self.run = Run::Beginning;
            if self.open.is_some() {
                self.blank_rows.add(seen.row);
            }
            return;
        }
        match self.run {
            Run::Table => self.feed(seen),
            Run::Outside => self.outsiders.add(seen, What::Isolated),
            Run::Beginning => {
                let kept = seen.keep();
                self.head_bytes += kept.size();
                self.head.push(kept);
                if self.head.len() == HEAD_ROWS || self.head_bytes > HEAD_BYTES_MAX {
                    self.settle();
                }
            }
        }
    }

    /// What the reader told of rows that were shown before.
    pub fn hear(&mut self, told: impl IntoIterator<Item = Heard>) {
        for heard in told {
            if self.head.first().is_some_and(|first| first.seen().row <= heard.row) {
                self.heard.push(heard);
            } else {
                self.take_over(heard);
            }
        }
    }

    /// The table that has the row is told; rows outside of the tables are not held against anybody.
    fn take_over(&mut self, heard: Heard) {
        let mut tables = self.open.iter_mut().chain(self.judged.iter_mut().rev());
        if let Some(table) = tables.find(|table| table.top <= heard.row) {
            table.hear(heard);
        }
    }

    /// Settles what the rows of the run are that came so far.
    fn settle(&mut self) {
        self.settle_head();
        std::mem::take(&mut self.heard).into_iter().for_each(|heard| self.take_over(heard));
    }

    fn settle_head(&mut self) {
        let head = std::mem::take(&mut self.head);
        self.head_bytes = 0;
        let rows: Vec<Seen<'_>> = head.iter().map(Kept::seen).collect();
        let Some(first) = rows.first() else { return };
        if self.open.as_ref().is_some_and(|table| layout::goes_on(table, *first)) {
            self.go_on();
            self.run = Run::Table;
            rows.into_iter().for_each(|seen| self.feed(seen));
            return;
        }
        let known_row = self.known.as_ref().map(|(row, _)| *row);
        let known = rows.iter().position(|seen| Some(seen.row) == known_row);
        let Some(beginning) = layout::beginning(&rows, known) else {
            self.run = Run::Outside;
            let what = |seen: &Seen<'_>| match (self.tables_found, outside::kind(*seen, usize::MAX)) {
                (0, _) => What::Title,
                (_, Some(what)) => what,
                (_, None) => What::Isolated,
            };
            let outside: Vec<(Seen<'_>, What)> = rows.iter().map(|seen| (*seen, what(seen))).collect();
            outside.into_iter().for_each(|(seen, what)| self.outsiders.add(seen, what));
            return;
        };
        self.begin(&rows, beginning, known.is_some());
    }

    /// A table begins in `rows`.
    fn begin(&mut self, rows: &[Seen<'_>], beginning: layout::Beginning, is_known: bool) {
        self.close();
        self.tables_found += 1;
        let (titles, table) = rows.split_at(beginning.titles.min(rows.len()));
        titles.iter().for_each(|seen| self.outsiders.add(*seen, What::Title));
        let (header, data) = table.split_at(beginning.header.min(table.len()));
        let blank_rows = std::mem::take(&mut self.blank_rows);
        if self.tables_found > 1 {
            blank_rows.tell(&mut self.file);
        }
        self.run = Run::Table;
        let Some(top) = table.first() else { return };
        let standard = self.known.as_ref().filter(|_| is_known).map(|(_, standard)| standard.clone());
        let listed_max = if self.judged.is_empty() { LISTED_MAX } else { LISTED_OF_OTHERS_MAX };
        self.open = Some(Table::new(
            header,
            top.row,
            beginning.columns,
            standard.unwrap_or_default(),
            self.is_text,
            listed_max,
        ));
        self.width.get_or_insert(top.ends.len());
        header.iter().for_each(|seen| self.count_cells(*seen));
        data.iter().for_each(|seen| self.feed(*seen));
    }

    /// The open table goes on below blank rows.
    fn go_on(&mut self) {
        let blank_rows = std::mem::take(&mut self.blank_rows);
        let Some(table) = &mut self.open else { return };
        if table.rows == 0
            && let (Some(first), Some(last)) = (blank_rows.first.first(), blank_rows.first.last())
        {
            let gap = Area { top: *first, left: 1, bottom: *last, right: 1 };
            table.tally.add(Place::Area(gap), What::Gap);
        }
        table.end(&mut self.outsiders);
        blank_rows.tell(&mut table.tally);
    }

    /// A row of the open table.
    fn feed(&mut self, seen: Seen<'_>) {
        if self.is_text && (self.before.1 != seen.ends.len() || Some(seen.ends.len()) != self.width) {
            self.count_cells(seen);
        } else {
            self.before.0 = seen.row;
        }
        if let Some(table) = &mut self.open {
            table.row(seen);
        }
    }

    /// L1-15, and L1-14 where two records side by side are one that a line break tears.
    fn count_cells(&mut self, seen: Seen<'_>) {
        let (Some(width), cells) = (self.width, seen.ends.len()) else { return };
        let (row, before) = std::mem::replace(&mut self.before, (seen.row, cells));
        let is_remark = cells < width && outside::kind(seen, width).is_some_and(|what| what != What::Total);
        if !self.is_text || cells == width || (is_remark && width > 2) {
            return;
        }
        self.file.add(Place::Record(seen.row), What::CellCount);
        let joined = (before + cells).saturating_sub(1);
        if cells < width && row + 1 == seen.row && joined <= width {
            self.before.1 = joined;
            if joined == width {
                self.file.add(Place::Record(seen.row), What::TornRecord);
            }
        }
    }

    /// Nothing goes on with the open table any more.
    fn close(&mut self) {
        let Some(mut table) = self.open.take() else { return };
        table.end(&mut self.outsiders);
        if self.judged.len() < TABLES_MAX {
            self.judged.push(table);
        }
    }

    /// What was seen and heard in all. `described` is what the catalog knows.
    pub fn finish(mut self, described: Option<&Described>) -> Readability {
        self.settle();
        self.close();
        if self.tables_found > 1 {
            let areas = self.judged.iter().map(|table| Place::Area(table.area()));
            let breaches: Vec<_> = areas.map(|place| Breach { place, what: What::SeveralTables }).collect();
            self.file.add_many(self.tables_found, breaches);
        }
        let mut file = Some(self.file);
        let beside = Beside { described, sheet: self.sheet.as_ref() };
        let outsiders = &self.outsiders;
        let tables: Vec<JudgedTable> = self
            .judged
            .into_iter()
            .map(|mut table| {
                table.tally.add_many(outsiders.count, outsiders.breaches());
                table.close(file.take(), beside)
            })
            .collect();
        let of_tables = tables.iter().filter_map(|table| table.area).map(|area| (area.bottom, area.right));
        let of_cells = self.outsiders.listed.iter().map(|cell| (cell.row, cell.column));
        let extent = of_tables.chain(of_cells).fold((0, 0), |all, one| (all.0.max(one.0), all.1.max(one.1)));
        Readability { tables, tables_found: self.tables_found, outside: self.outsiders.listed, extent }
    }
}

impl BlankRows {
    fn add(&mut self, row: u64) {
        self.count += 1;
        if self.first.len() < LISTED_MAX {
            self.first.push(row);
        }
    }

    fn tell(&self, tally: &mut Tally) {
        let breach = |row: &u64| Breach { place: Place::Rows(*row, *row), what: What::BlankRow };
        tally.add_many(self.count, self.first.iter().map(breach));
    }
}
