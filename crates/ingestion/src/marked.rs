//! A copy of a file as a workbook in which every cell with a finding is coloured and carries a comment.
//!
//! For staff who mend in their spreadsheet: the first sheet holds the data, each cell in its own row and column; the
//! second lists what was found, mended and asked; the third says what the file is and what of it is not shown. Rows
//! and findings come as to any [`Sink`] while the file is judged and are written at once; only comments are held, and
//! no more of them than [`NOTES_MAX`].
//!
//! Cells are text, as they stand in the file or, in green, as they were repaired: a formula does not run, a zero at
//! the start stays. What concerns a row as a whole stands at its first cell.

mod list;
mod look;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use crate::describe::{cut, properties, width};
use crate::finding::{Finding, Severity};
use crate::personal;
use crate::report::{Repair, Report};
use crate::schema::Schema;
use crate::sink::{Column, Row, Sink};
use crate::text::Language;
use list::List;
use look::{Look, Mark};

/// Cells that carry a comment; those beyond are coloured all the same. A spreadsheet opens many more only slowly.
pub const NOTES_MAX: usize = 5_000;
/// Rows of a sheet.
pub const ROWS_MAX: u64 = 1_048_576;
/// Columns of a sheet.
const COLUMNS_MAX: u16 = 16_384;
/// What one cell of a workbook holds, in letters as Excel counts them.
const CELL_MAX: usize = 32_767;
/// What a comment holds.
const NOTE_MAX: usize = 1_000;

/// A sink that writes the marked copy of one file.
pub struct Marked {
    book: Workbook,
    made: Result<Sheets, XlsxError>,
}

/// The sheets while they are written.
struct Sheets {
    language: Language,
    look: Look,
    data: Worksheet,
    list: List,
    /// Columns before the first that is read.
    behind: u16,
    /// What a question calls each column.
    names: Vec<String>,
    /// Whether each column holds numbers of things, among which none is a マイナンバー.
    of_things: Vec<bool>,
    header_row: u64,
    /// The last row that was written, as the spreadsheet shows it.
    written: u64,
    /// What was found in the row that comes next.
    next: (u64, Marks),
    /// The comments, by the place of their cell from 0.
    notes: BTreeMap<(u32, u16), Comment>,
    left_out: LeftOut,
}

/// What was found in the cells of one row, by the sheet's column from 0.
type Marks = BTreeMap<u16, Mark>;

/// What is said of a cell.
struct Comment {
    mark: Mark,
    /// Whether more was found after the cell was written: its colour is to be laid over it.
    is_late: bool,
}

/// What the copy does not show.
#[derive(Debug, Clone, Copy, Default)]
struct LeftOut {
    /// Rows beyond the last of a sheet.
    rows: u64,
    /// Cells that were cut.
    cells_cut: u64,
    /// Cells that are coloured and have no comment.
    notes: u64,
}

impl Marked {
    /// Begins a copy whose comments are in `language`. What is written waits in the system's folder for temporary
    /// files.
    pub fn begin(language: Language) -> Marked {
        let mut book = Workbook::new();
        let made = Sheets::begin(&mut book, language);
        Marked { book, made }
    }

    /// Ends it with what `report` tells and writes the workbook to `out`.
    ///
    /// # Errors
    /// What the disk, or `out`, cannot do.
    pub fn end(self, report: &Report, out: impl Write + Send) -> io::Result<()> {
        let Marked { mut book, made } = self;
        let end = || -> Result<(), XlsxError> {
            let mut made = made?;
            made.ask(report)?;
            made.comment()?;
            let Sheets { language, data, list, left_out, .. } = made;
            let about = list::about(report, language, left_out, list.left_out())?;
            book.set_properties(&properties(&report.file.name)?);
            book.push_worksheet(data);
            book.push_worksheet(list.end());
            book.push_worksheet(about);
            book.save_to_writer(out)
        };
        guarded(end).map_err(io::Error::other)
    }

    fn write(&mut self, write: impl FnOnce(&mut Sheets) -> Result<(), XlsxError>) {
        if let Ok(sheets) = &mut self.made
            && let Err(error) = guarded(|| write(sheets))
        {
            self.made = Err(error);
        }
    }
}

/// What `write` gives. The writer of workbooks stumbles where the disk has no room for its temporary files; here that
/// is a failure like any other.
fn guarded<T>(write: impl FnOnce() -> Result<T, XlsxError>) -> Result<T, XlsxError> {
    catch_unwind(AssertUnwindSafe(write)).unwrap_or_else(|_| {
        let cause = "the folder for temporary files has no room for the workbook";
        Err(XlsxError::IoError(io::Error::new(io::ErrorKind::StorageFull, cause)))
    })
}

impl Sheets {
    fn begin(book: &mut Workbook, language: Language) -> Result<Sheets, XlsxError> {
        let mut data = book.new_worksheet_with_constant_memory()?;
        data.set_name(language.say("データ", "Data"))?;
        Ok(Sheets {
            language,
            look: Look::new(),
            data,
            list: List::begin(book.new_worksheet_with_constant_memory()?, language)?,
            behind: 0,
            names: Vec::new(),
            of_things: Vec::new(),
            header_row: 0,
            written: 0,
            next: (0, Marks::new()),
            notes: BTreeMap::new(),
            left_out: LeftOut::default(),
        })
    }

    /// Marks the cell at `row` and `column`, which the sheet shows. Findings come row by row, before their row is
    /// written; what a column or the whole sheet shows comes at the end.
    fn mark(&mut self, row: u64, column: u32, mark: Mark) {
        let Some(column) = column.checked_sub(1).and_then(|column| u16::try_from(column).ok()) else {
            return;
        };
        if row <= self.written {
            return self.note(row, column, mark, true);
        }
        if row != self.next.0 {
            // Of a row without cells, nothing was written.
            let (row, marks) = std::mem::replace(&mut self.next, (row, Marks::new()));
            marks.into_iter().for_each(|(column, mark)| self.note(row, column, mark, true));
        }
        match self.next.1.get_mut(&column) {
            Some(known) => known.add(mark),
            None => {
                self.next.1.insert(column, mark);
            }
        }
    }

    /// Writes one row of `cells`, with the marks that have come for it.
    fn row<'a>(&mut self, row: u64, cells: impl Iterator<Item = &'a str>) -> Result<(), XlsxError> {
        let (of, marks) = std::mem::take(&mut self.next);
        self.written = row;
        let Some(place) = place_of(row) else {
            self.left_out.rows += 1;
            return Ok(());
        };
        let is_header = row == self.header_row;
        for (column, cell) in (self.behind..COLUMNS_MAX).zip(cells) {
            let mark = marks.get(&column).filter(|_| of == row);
            let format = self.look.of(mark.map(Mark::weight), is_header);
            if !cell.is_empty() || mark.is_some() {
                let of_things = self.of_things.get(usize::from(column - self.behind)) == Some(&true);
                let cell = if of_things { Cow::Borrowed(cell) } else { personal::masked(cell) };
                let text = cut(&cell, CELL_MAX);
                self.left_out.cells_cut += u64::from(text.len() < cell.len());
                self.data.write_string_with_format(place, column, text, format)?;
            }
        }
        marks.into_iter().for_each(|(column, mark)| self.note(of, column, mark, of != row));
        Ok(())
    }

    /// Keeps the comment of a cell; `is_late` where the cell was written without it.
    fn note(&mut self, row: u64, column: u16, mark: Mark, is_late: bool) {
        let Some(row) = place_of(row).filter(|_| column < COLUMNS_MAX) else { return };
        let is_full = self.notes.len() == NOTES_MAX;
        match self.notes.get_mut(&(row, column)) {
            Some(known) => {
                known.mark.add(mark);
                known.is_late |= is_late;
            }
            None if is_full => self.left_out.notes += 1,
            None => {
                self.notes.insert((row, column), Comment { mark, is_late });
            }
        }
    }

    /// What `report` asks stands on the list and, where it asks about cells, at them.
    fn ask(&mut self, report: &Report) -> Result<(), XlsxError> {
        let (row, marks) = std::mem::take(&mut self.next);
        marks.into_iter().for_each(|(column, mark)| self.note(row, column, mark, true));
        for question in &report.questions {
            let name = question.field.as_ref();
            let of_table = name.and_then(|name| self.names.iter().position(|known| known == name));
            let column =
                of_table.and_then(|at| u16::try_from(at).ok()).map(|at| at.saturating_add(self.behind));
            self.list.question(question, column)?;
            let rows = question.rows.iter().copied();
            if let Some(column) = column {
                rows.for_each(|row| self.note(row, column, Mark::of_question(question, self.language), true));
            }
        }
        Ok(())
    }

    /// Writes the comments, and the colour of the cells that were written before it was known.
    fn comment(&mut self) -> Result<(), XlsxError> {
        for ((row, column), Comment { mark, is_late }) in std::mem::take(&mut self.notes) {
            self.data.insert_note(row, column, &look::note(&cut(mark.text(), NOTE_MAX)))?;
            if is_late {
                let colour = look::laid_over(mark.weight());
                self.data.add_conditional_format(row, column, row, column, &colour)?;
            }
        }
        Ok(())
    }
}

/// The place of `row` in a sheet, from 0; `None` where it lies beyond the last.
fn place_of(row: u64) -> Option<u32> {
    row.checked_sub(1).filter(|place| *place < ROWS_MAX).and_then(|place| u32::try_from(place).ok())
}

impl Sink for Marked {
    fn stands_behind(&mut self, columns: u32) {
        self.write(|sheets| {
            sheets.behind = u16::try_from(columns).unwrap_or(COLUMNS_MAX);
            Ok(())
        });
    }

    fn beside(&mut self, row: &Row<'_>) {
        self.row(row);
    }

    fn table(&mut self, header_row: u64, _schema: Option<&Schema>) {
        self.write(|sheets| {
            sheets.header_row = header_row;
            Ok(())
        });
    }

    fn header(&mut self, columns: &[Column<'_>]) {
        self.write(|sheets| {
            for (place, column) in (sheets.behind..COLUMNS_MAX).zip(columns) {
                sheets.data.set_column_width(place, width(&column.name))?;
            }
            if let Some(place) = place_of(sheets.header_row) {
                sheets.data.set_freeze_panes(place.saturating_add(1), 0)?;
            }
            let asked =
                |column: &Column<'_>| column.field.map_or(column.name.as_str(), |it| &it.name).to_owned();
            sheets.names = columns.iter().map(asked).collect();
            let of_things = |column: &Column<'_>| personal::is_of_things(column.field, &column.name);
            sheets.of_things = columns.iter().map(of_things).collect();
            sheets.row(sheets.header_row, columns.iter().map(|column| column.name.as_str()))
        });
    }

    fn row(&mut self, row: &Row<'_>) {
        self.write(|sheets| sheets.row(row.number, row.cells.iter().map(|cell| cell.raw)));
    }

    fn refused_row(&mut self, row: &Row<'_>) {
        self.row(row);
    }

    fn finding(&mut self, finding: &Finding) {
        self.write(|sheets| {
            sheets.list.finding(finding)?;
            let first = u32::from(sheets.behind) + 1;
            // Good to know of a row as a whole: the list is enough.
            let column = finding.column.or((finding.severity > Severity::Note).then_some(first));
            if let (Some(row), Some(column)) = (finding.row, column) {
                sheets.mark(row, column, Mark::of(finding, sheets.language));
            }
            Ok(())
        });
    }

    fn repair(&mut self, repair: &Repair) {
        self.write(|sheets| {
            sheets.list.repair(repair)?;
            sheets.mark(repair.row, repair.column, Mark::of_repair(repair, sheets.language));
            Ok(())
        });
    }
}

#[cfg(test)]
mod tests;
