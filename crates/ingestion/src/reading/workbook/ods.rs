//! Looks through an ods: what its cells take in memory, and what its sheets hide and merge.
//!
//! A cell or a row may be repeated a million times in a few letters; calamine writes all of them out.
//!
//! Rule: OASIS OpenDocument 1.3 part 3, 9.1 (`table:table-row`, `table:table-column`, `table:table-cell`).

use quick_xml::events::BytesStart;

use super::package::{Package, Seen, attribute, number};
use super::xlsx::extend;
use super::{Area, Refusal, Traits};

/// What a cell takes in memory, with its formula.
const CELL_BYTES: u64 = 64;
/// A sheet ends there, whatever is repeated.
const ROWS_MAX: u32 = 1 << 20;
const COLUMNS_MAX: u32 = 1 << 14;

/// What the sheets have beside their cells, in the order of the workbook.
pub(super) fn scan(bytes: &[u8], limit: u64) -> Result<Vec<Traits>, Refusal> {
    let mut package = Package::open(bytes, limit)?;
    let mut locked = false;
    package.read("META-INF/manifest.xml", 0, |seen| {
        locked |= matches!(seen, Seen::Start(element) if element.local_name().as_ref() == "encryption-data");
        Ok(())
    })?;
    if locked {
        return Err(Refusal::Locked);
    }
    let mut scan = Scan { limit, ..Scan::default() };
    let found = package.read("content.xml", 0, |seen| scan.see(&seen))?;
    if found { Ok(scan.sheets) } else { Err(Refusal::Damaged) }
}

#[derive(Default)]
struct Scan {
    limit: u64,
    sheets: Vec<Traits>,
    /// Where in the sheet the next row and the next cell stand.
    row: u32,
    column: u32,
    column_of_columns: u32,
    row_repeats: u32,
    cell_repeats: u32,
    in_cell: bool,
    cell_holds: bool,
    /// Of the row, the column behind its last cell that holds something, and how many letters it holds.
    row_width: u32,
    row_letters: u64,
    cell_letters: u64,
    /// Of the sheet, its first and last row that hold something, and its widest.
    filled_rows: Option<(u32, u32)>,
    width: u32,
    /// What all sheets take so far.
    weight: u64,
}

impl Scan {
    fn see(&mut self, seen: &Seen<'_>) -> Result<(), Refusal> {
        match seen {
            Seen::Start(element) => self.start(element),
            Seen::End(name) => self.end(name),
            Seen::Text(text) => {
                self.cell_letters += text.len() as u64;
                Ok(())
            }
        }
    }

    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), Refusal> {
        match element.local_name().as_ref() {
            "table" => {
                let (limit, weight) = (self.limit, self.weight);
                let mut sheets = std::mem::take(&mut self.sheets);
                sheets.push(Traits::default());
                *self = Scan { limit, weight, sheets, ..Scan::default() };
            }
            "table-column" => {
                let repeats = repeats(element, "number-columns-repeated", COLUMNS_MAX);
                let first = self.column_of_columns;
                self.column_of_columns = first.saturating_add(repeats);
                if is_hidden(element)
                    && let Some(sheet) = self.sheets.last_mut()
                {
                    extend(&mut sheet.hidden_columns, (first, self.column_of_columns - 1));
                }
            }
            "table-row" => {
                self.row_repeats = repeats(element, "number-rows-repeated", ROWS_MAX);
                (self.column, self.row_width, self.row_letters) = (0, 0, 0);
                if is_hidden(element)
                    && let Some(sheet) = self.sheets.last_mut()
                {
                    extend(&mut sheet.hidden_rows, (self.row, self.row.saturating_add(self.row_repeats - 1)));
                }
            }
            "table-cell" | "covered-table-cell" if !self.in_cell => {
                self.in_cell = true;
                self.cell_repeats = repeats(element, "number-columns-repeated", COLUMNS_MAX);
                self.cell_letters = 0;
                self.merge(element);
                let (mut formula, mut error) = (false, false);
                self.cell_holds = false;
                for attribute in element.attributes().flatten() {
                    let name = attribute.key.local_name();
                    self.cell_holds |=
                        matches!(name.as_ref(), "value-type" | "formula" | "value" | "string-value");
                    formula |= name.as_ref() == "formula";
                    error |= name.as_ref() == "value-type" && attribute.value == "error";
                    self.cell_letters += attribute.value.len() as u64;
                }
                if let Some(sheet) = self.sheets.last_mut().filter(|_| formula) {
                    sheet.formulas.push((self.row, self.column, error));
                }
                let behind = self.column.saturating_add(self.cell_repeats).min(COLUMNS_MAX);
                if self.cell_holds {
                    self.row_width = behind;
                }
                self.column = behind;
            }
            // Blanks, of which a number says how many.
            "s" => self.cell_letters += u64::from(number(element, "c").unwrap_or(1)),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), Refusal> {
        match name {
            "table-cell" | "covered-table-cell" => {
                self.in_cell = false;
                let letters = self.cell_letters.saturating_mul(u64::from(self.cell_repeats));
                let letters = if self.cell_holds { letters } else { 0 };
                self.row_letters = self.row_letters.saturating_add(letters);
                self.weigh(letters)
            }
            "table-row" => {
                let last = self.row.saturating_add(self.row_repeats - 1).min(ROWS_MAX - 1);
                if self.row_width > 0 {
                    let first = self.filled_rows.map_or(self.row, |(first, _)| first);
                    self.filled_rows = Some((first, last));
                    self.width = self.width.max(self.row_width);
                }
                self.row = last.saturating_add(1);
                self.weigh(u64::from(self.row_width).saturating_mul(CELL_BYTES))?;
                self.weigh(self.row_letters.saturating_mul(u64::from(self.row_repeats)))?;
                self.weigh_sheet().map(drop)
            }
            "table" => {
                self.weight = self.weigh_sheet()?;
                self.filled_rows = None;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn weigh(&mut self, bytes: u64) -> Result<(), Refusal> {
        self.weight = self.weight.saturating_add(bytes);
        if self.weight > self.limit { Err(Refusal::TooLarge) } else { Ok(()) }
    }

    /// The weight with the sheet written out to a rectangle.
    fn weigh_sheet(&self) -> Result<u64, Refusal> {
        let rows = self.filled_rows.map_or(0, |(first, last)| u64::from(last - first) + 1);
        let rectangle = rows.saturating_mul(u64::from(self.width)).saturating_mul(CELL_BYTES);
        let weight = self.weight.saturating_add(rectangle);
        if weight > self.limit { Err(Refusal::TooLarge) } else { Ok(weight) }
    }

    fn merge(&mut self, element: &BytesStart<'_>) {
        let rows = repeats(element, "number-rows-spanned", ROWS_MAX);
        let columns = repeats(element, "number-columns-spanned", COLUMNS_MAX);
        if (rows > 1 || columns > 1)
            && let Some(sheet) = self.sheets.last_mut()
        {
            let end = |start: u32, count: u32| start.saturating_add(count - 1);
            sheet.merged.push(Area {
                rows: (self.row, end(self.row, rows)),
                columns: (self.column, end(self.column, columns)),
            });
        }
    }
}

/// A number of times, at least once and at most `max` times.
fn repeats(element: &BytesStart<'_>, name: &str, max: u32) -> u32 {
    number(element, name).unwrap_or(1).clamp(1, max)
}

fn is_hidden(element: &BytesStart<'_>) -> bool {
    attribute(element, "visibility").is_some_and(|visibility| visibility != "visible")
}
