//! An Excel workbook of one sheet. Text stays text, so that codes keep their zeros; numbers are numbers.

use std::io::{self, Write};
use std::path::Path;

use ingestion::{Cell, Value};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::Table;

/// Rows of data that a sheet takes below its header.
///
/// Rule: Excel's specifications and limits: 1,048,576 rows.
pub(crate) const ROWS_MAX: u64 = 1_048_575;

/// The greatest whole number up to which a spreadsheet, which counts in doubles, loses none.
const WHOLE_MAX: i64 = 1 << 53;

/// Writes `table` into `out`, as a workbook that says `notes` of itself; what has to wait does so in the folder `work`.
/// False when there are more rows or a longer cell than a sheet takes: then there is no workbook, and what was written is to
/// be thrown away.
pub(crate) fn write(
    table: &Table<'_>,
    work: &Path,
    out: impl Write + Send,
    notes: &[(String, String)],
) -> io::Result<bool> {
    match written(table, work, out, notes) {
        Ok(()) => Ok(true),
        Err(XlsxError::MaxStringLengthExceeded | XlsxError::RowColumnLimitError) => Ok(false),
        Err(XlsxError::IoError(error)) => Err(error),
        Err(error) => Err(io::Error::other(error)),
    }
}

fn written(
    table: &Table<'_>,
    work: &Path,
    out: impl Write + Send,
    notes: &[(String, String)],
) -> Result<(), XlsxError> {
    let mut workbook = Workbook::new();
    // The same table gives the same bytes: the date of the workbook says nothing.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let about = DocProperties::new().set_author("hiyori").set_creation_datetime(&made);
    workbook.set_properties(
        &notes.iter().fold(about, |about, (name, value)| about.set_custom_property(name, value)),
    );
    workbook.set_tempdir(work)?;
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    sheet.set_name("データ")?.set_freeze_panes(1, 0)?;
    let text = Format::new().set_num_format("@");
    let head = text.clone().set_bold();
    for (column, name) in (0_u16..).zip(table.names()) {
        sheet.write_string_with_format(0, column, name, &head)?;
    }
    let mut row = 0;
    let mut refused = None;
    table
        .each_row(|cells| {
            row += 1;
            let line =
                (0_u16..).zip(cells).try_for_each(|(column, cell)| put(sheet, row, column, cell, &text));
            line.map_err(|error| {
                refused = Some(error);
                io::Error::other("the sheet does not take the row")
            })
        })
        .map_err(|error| refused.take().unwrap_or(XlsxError::IoError(error)))?;
    workbook.save_to_writer(out)
}

fn put(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell<'_>,
    text: &Format,
) -> Result<(), XlsxError> {
    match cell.value {
        Value::Blank => return Ok(()),
        Value::Integer(value) if value.abs() <= WHOLE_MAX => sheet.write_number(row, column, value as f64)?,
        Value::Number(value) => sheet.write_number(row, column, value)?,
        Value::Integer(_) | Value::Text(_) => sheet.write_string_with_format(row, column, cell.raw, text)?,
    };
    Ok(())
}
