//! Looks through an xls: what its cells take in memory, and what its sheets hide and merge.
//!
//! Rule: [MS-XLS] 2.4 (`BoundSheet8`, `Dimensions`, `Row`, `ColInfo`, `MergeCells`, `FilePass`).

use std::io::{Cursor, Read};

use super::xlsx::extend;
use super::{Area, Refusal, Traits};

/// What a cell takes in memory, with its formula.
const CELL_BYTES: u64 = 64;

/// The kinds of record that matter.
mod record {
    pub const END: u16 = 0x000a;
    pub const BEGIN: u16 = 0x0809;
    pub const FILE_PASS: u16 = 0x002f;
    pub const SHEET: u16 = 0x0085;
    pub const DIMENSIONS: u16 = 0x0200;
    pub const ROW: u16 = 0x0208;
    pub const COLUMNS: u16 = 0x007d;
    pub const MERGED: u16 = 0x00e5;
    pub const FORMULA: u16 = 0x0006;
    /// Formula, MulRk, RString, LabelSst, Number, Label, BoolErr, Rk.
    pub const CELLS: [u16; 8] = [0x0006, 0x00bd, 0x00d6, 0x00fd, 0x0203, 0x0204, 0x0205, 0x027e];
}

/// What the sheets have beside their cells, in the order of the workbook.
pub(super) fn scan(bytes: &[u8], limit: u64) -> Result<Vec<Traits>, Refusal> {
    let mut container = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
    if container.is_stream("/EncryptedPackage") {
        return Err(Refusal::Locked);
    }
    let name = ["/Workbook", "/Book"].into_iter().find(|name| container.is_stream(name));
    let stream = container.open_stream(name.ok_or(Refusal::NoWorkbook)?).map_err(|_| Refusal::Damaged)?;
    let mut book = Vec::new();
    stream.take(limit.saturating_add(1)).read_to_end(&mut book).map_err(|_| Refusal::Damaged)?;
    if book.len() as u64 > limit {
        return Err(Refusal::TooLarge);
    }
    let mut positions = Vec::new();
    for (kind, data) in Records(&book) {
        match kind {
            record::FILE_PASS => return Err(Refusal::Locked),
            record::SHEET => positions.push(u32_at(data, 0).unwrap_or(u32::MAX) as usize),
            record::END => break,
            _ => {}
        }
    }
    let mut weight = 0_u64;
    let sheets = positions.into_iter().map(|position| {
        let (traits, cells) = sheet(book.get(position..).ok_or(Refusal::Damaged)?);
        weight = weight.saturating_add(cells.saturating_mul(CELL_BYTES));
        if weight > limit { Err(Refusal::TooLarge) } else { Ok(traits) }
    });
    sheets.collect()
}

/// What the sheet that begins with `bytes` has beside its cells, and how many cells it takes written out to a
/// rectangle.
fn sheet(bytes: &[u8]) -> (Traits, u64) {
    let mut traits = Traits::default();
    let (mut depth, mut announced) = (0_usize, 0_u64);
    let mut bounds: Option<Area> = None;
    for (kind, data) in Records(bytes) {
        match kind {
            record::BEGIN => depth += 1,
            record::END if depth <= 1 => break,
            record::END => depth -= 1,
            // A chart within the sheet has cells of its own.
            _ if depth > 1 => {}
            record::DIMENSIONS => announced = announced.saturating_add(announced_cells(data)),
            record::ROW => {
                if let (Some(row), Some(options)) = (u16_at(data, 0), u16_at(data, 12))
                    && options & 0x20 != 0
                {
                    extend(&mut traits.hidden_rows, (row.into(), row.into()));
                }
            }
            record::COLUMNS => {
                if let (Some(first), Some(last), Some(options)) =
                    (u16_at(data, 0), u16_at(data, 2), u16_at(data, 8))
                    && options & 1 != 0
                {
                    extend(&mut traits.hidden_columns, (first.into(), last.into()));
                }
            }
            record::MERGED => {
                let areas = data.get(2..).unwrap_or_default().chunks_exact(8);
                traits.merged.extend(areas.filter_map(area));
            }
            kind if record::CELLS.contains(&kind) => {
                if let (Some(row), Some(column)) = (u16_at(data, 0), u16_at(data, 2)) {
                    let last = if kind == 0x00bd { last_column(data) } else { column };
                    if kind == record::FORMULA {
                        // The value is an error: 2, and at its end what no number ends with.
                        let broken = data.get(6) == Some(&2) && u16_at(data, 12) == Some(0xffff);
                        traits.formulas.push((row.into(), column.into(), broken));
                    }
                    let (row, column, last) = (row.into(), column.into(), last.max(column).into());
                    let to = bounds.get_or_insert(Area { rows: (row, row), columns: (column, last) });
                    to.rows = (to.rows.0.min(row), to.rows.1.max(row));
                    to.columns = (to.columns.0.min(column), to.columns.1.max(last));
                }
            }
            _ => {}
        }
    }
    let span = |(first, last): (u32, u32)| u64::from(last - first) + 1;
    let rectangle = bounds.map_or(0, |bounds| span(bounds.rows) * span(bounds.columns));
    (traits, rectangle.max(announced))
}

/// How many cells a sheet announces; room is made for them.
fn announced_cells(data: &[u8]) -> u64 {
    let corner =
        |at: usize, wide: bool| if wide { u32_at(data, at) } else { u16_at(data, at).map(u32::from) };
    let wide = data.len() >= 14;
    let columns_at = if wide { 8 } else { 4 };
    let span = |first: Option<u32>, behind: Option<u32>| match (first, behind) {
        // What ends before it begins would be taken for very many.
        (Some(first), Some(behind)) if behind > 0 && behind <= first => u64::from(u32::MAX),
        (Some(first), Some(behind)) => u64::from(behind.saturating_sub(first)),
        _ => 0,
    };
    let rows = span(corner(0, wide), corner(if wide { 4 } else { 2 }, wide));
    // A first column beyond the sheet counts as the first of all.
    rows.saturating_mul(u16_at(data, columns_at + 2).map_or(0, u64::from))
}

/// The last column of a record of several numbers.
fn last_column(data: &[u8]) -> u16 {
    data.len().checked_sub(2).and_then(|at| u16_at(data, at)).unwrap_or(0)
}

fn area(bytes: &[u8]) -> Option<Area> {
    let at = |at: usize| u16_at(bytes, at).map(u32::from);
    Some(Area { rows: (at(0)?, at(2)?), columns: (at(4)?, at(6)?) })
}

fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    data.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

/// The records of a stream: a kind and its data each.
struct Records<'a>(&'a [u8]);

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<(u16, &'a [u8])> {
        let (kind, length) = (u16_at(self.0, 0)?, u16_at(self.0, 2)?);
        let data = self.0.get(4..4 + usize::from(length))?;
        self.0 = self.0.get(4 + usize::from(length)..)?;
        Some((kind, data))
    }
}
