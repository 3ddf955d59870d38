//! Opens a workbook (xlsx, xls, ods) and chooses the sheet that is its table.
//!
//! calamine reads the cells. Before it sees a file, its parts are looked through for what would take more memory
//! than the limit and for what calamine does not tell: hidden rows and columns, merged cells ([`package`],
//! [`xlsx`], [`xls`], [`ods`]). The rows of a sheet ([`sheet`]) are judged like those of any table.

mod cells;
mod drawn;
mod looks;
mod ods;
mod package;
mod sheet;
mod tell;
mod value;
mod xls;
mod xlsx;

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Reader, SheetType, SheetVisible};

use self::cells::Cells;
use self::looks::Run;
use self::sheet::Extent;
pub(crate) use self::sheet::SheetRows;
use crate::readability::SheetFacts;
use crate::validate::Limits;

/// The bytes of a workbook.
type Bytes = Cursor<Vec<u8>>;

/// An open workbook.
pub(crate) struct Workbook {
    book: Book,
    sheets: Vec<Sheet>,
}

enum Book {
    Xlsx(Box<calamine::Xlsx<Bytes>>),
    Xls(Box<calamine::Xls<Bytes>>),
    Ods(Box<calamine::Ods<Bytes>>),
}

/// Why a workbook is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Unpacked it is larger than the limit.
    TooLarge,
    /// It needs a password.
    Locked,
    /// It is not what it begins like, or broken off.
    Damaged,
    /// The container holds something else.
    NoWorkbook,
}

/// One sheet of a workbook.
#[derive(Debug)]
struct Sheet {
    name: String,
    hidden: bool,
    traits: Traits,
    extent: Extent,
}

/// What a sheet has beside its cells. Rows and columns count from 0, ends included.
#[derive(Debug, Default)]
struct Traits {
    hidden_rows: Vec<(u32, u32)>,
    hidden_columns: Vec<(u32, u32)>,
    merged: Vec<Area>,
    /// Cells with a formula: row, column, and whether its value is an error.
    formulas: Vec<(u32, u32, bool)>,
    /// Cells at which something is drawn; `None` where nobody looked.
    objects: Option<Vec<(u32, u32)>>,
    /// How the cells of each column look; `None` likewise.
    looks: Option<Vec<Run>>,
}

/// A rectangle of cells, from 0, ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Area {
    rows: (u32, u32),
    columns: (u32, u32),
}

impl Workbook {
    /// Opens `bytes`, which begin like a `kind`.
    pub fn open(kind: &'static str, bytes: Vec<u8>, limits: Limits) -> Result<Workbook, Refusal> {
        let limit = limits.workbook_bytes_max;
        let traits = guarded(|| match kind {
            "ods" => ods::scan(&bytes, limit),
            "xls" => xls::scan(&bytes, limit),
            _ => xlsx::scan(&bytes, limit),
        })??;
        let (book, listed) = guarded(|| open_book(kind, Cursor::new(bytes)))??;
        // calamine lists the sheets in the order of the file, as the scan does.
        if listed.len() != traits.len() {
            return Err(Refusal::Damaged);
        }
        let tables = listed.into_iter().zip(traits).filter(|(sheet, _)| sheet.typ == SheetType::WorkSheet);
        let sheets = tables.map(|(sheet, traits)| Sheet {
            name: sheet.name,
            hidden: sheet.visible != SheetVisible::Visible,
            traits,
            extent: Extent::default(),
        });
        let mut workbook = Workbook { sheets: sheets.collect(), book };
        for index in 0..workbook.sheets.len() {
            workbook.measure(index)?;
        }
        Ok(workbook)
    }

    /// The sheet that is the table: of those that are shown, the one with the best `fit`, or else the first
    /// that holds more than one row, or anything. `None` where all that are shown are empty.
    pub fn choose(
        &mut self,
        limits: Limits,
        fit: impl Fn(SheetRows<'_>) -> f64,
    ) -> Result<Option<usize>, Refusal> {
        let mut best: Option<(f64, bool, usize)> = None;
        for index in 0..self.sheets.len() {
            let Some(sheet) = self.sheets.get(index).filter(|sheet| !sheet.hidden) else { continue };
            if sheet.extent.is_empty() {
                continue;
            }
            let several_rows = sheet.extent.has_several_rows();
            let fit = fit(self.rows(index, limits)?);
            let better =
                best.is_none_or(|(least, rows, _)| fit > least || (fit == least && several_rows && !rows));
            if better {
                best = Some((fit, several_rows, index));
            }
        }
        Ok(best.map(|(_, _, index)| index))
    }

    /// The rows of the sheet at `index`.
    pub fn rows(&mut self, index: usize, limits: Limits) -> Result<SheetRows<'_>, Refusal> {
        let extent = self.sheets.get(index).map(|sheet| sheet.extent.clone()).unwrap_or_default();
        Ok(SheetRows::new(self.cells(index)?, &extent, limits))
    }

    /// How many columns of the sheet at `index` stand before the first that holds something; they are not read.
    pub fn columns_before(&self, index: usize) -> u32 {
        self.sheets.get(index).map_or(0, |sheet| sheet.extent.columns_before())
    }

    /// What is known of the sheet at `index` beside its cells; all of it as the sheet shows it.
    pub fn facts(&self, index: usize) -> SheetFacts {
        self.sheets.get(index).map(tell::facts).unwrap_or_default()
    }

    /// The name of the sheet at `index`.
    pub fn name(&self, index: usize) -> Option<String> {
        self.sheets.get(index).map(|sheet| sheet.name.clone())
    }

    fn measure(&mut self, index: usize) -> Result<(), Refusal> {
        let traits =
            self.sheets.get_mut(index).map(|sheet| std::mem::take(&mut sheet.traits)).unwrap_or_default();
        let mut extent = Extent::default();
        let mut text = String::new();
        let mut cells = self.cells(index)?;
        while let Some(place) = cells.next(&mut text)? {
            extent.add(place, &traits)?;
        }
        drop(cells);
        if let Some(sheet) = self.sheets.get_mut(index) {
            (sheet.traits, sheet.extent) = (traits, extent);
        }
        Ok(())
    }

    fn cells(&mut self, index: usize) -> Result<Cells<'_>, Refusal> {
        let name = self.sheets.get(index).map(|sheet| sheet.name.as_str()).unwrap_or_default();
        guarded(|| match &mut self.book {
            Book::Xlsx(book) => book.worksheet_cells_reader(name).map(Cells::streamed).map_err(drop),
            Book::Xls(book) => book.worksheet_range(name).map(Cells::held).map_err(drop),
            Book::Ods(book) => book.worksheet_range(name).map(Cells::held).map_err(drop),
        })?
        .map_err(|()| Refusal::Damaged)
    }
}

fn open_book(kind: &str, bytes: Bytes) -> Result<(Book, Vec<calamine::Sheet>), Refusal> {
    match kind {
        "ods" => {
            let book = calamine::Ods::new(bytes).map_err(|error| match error {
                calamine::OdsError::Password => Refusal::Locked,
                _ => Refusal::Damaged,
            })?;
            let sheets = book.sheets_metadata().to_vec();
            Ok((Book::Ods(Box::new(book)), sheets))
        }
        "xls" => {
            let book = calamine::Xls::new(bytes).map_err(|error| match error {
                calamine::XlsError::Password => Refusal::Locked,
                _ => Refusal::Damaged,
            })?;
            let sheets = book.sheets_metadata().to_vec();
            Ok((Book::Xls(Box::new(book)), sheets))
        }
        _ => {
            let book = calamine::Xlsx::new(bytes).map_err(|_| Refusal::Damaged)?;
            let sheets = book.sheets_metadata().to_vec();
            Ok((Book::Xlsx(Box::new(book)), sheets))
        }
    }
}

/// What `read` gives. Others wrote the readers of these formats; should one of them stumble over a hostile file,
/// the file is damaged and the program goes on.
fn guarded<T>(read: impl FnOnce() -> T) -> Result<T, Refusal> {
    catch_unwind(AssertUnwindSafe(read)).map_err(|_| Refusal::Damaged)
}
