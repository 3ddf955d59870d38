//! Tells what is wrong with how a row is written, whatever it says: its quotes, its letters, its length.

use crate::finding::Code;
use crate::gather::Gather;
use crate::reading::cells::Cells;
use crate::reading::letters;
use crate::reading::records::Record;
use crate::sentence::{About, Detail};
use crate::sink::{Cell, Column, Row, Sink, Value};

/// Tells what is wrong with how `record` is written. `columns` are those of the header, where it is known.
pub(crate) fn tell<S: Sink>(
    record: &Record<'_>,
    cells: &Cells<'_>,
    columns: &[Column<'_>],
    gather: &mut Gather<'_, S>,
) {
    if record.too_long {
        let detail = Detail::Limit(record.limits.row_bytes_max as u64);
        gather.error(Code::RowTooLong, &About { row: Some(record.row), detail, ..About::default() });
    }
    let at = |column: u32, value| about(record.row, column, columns, value);
    for slip in record.slips {
        let kept = if record.too_long { None } else { cells.get(slip.column.saturating_sub(1) as usize) };
        let about = at(slip.column, kept.unwrap_or_default());
        match slip.code {
            Code::BareQuote => gather.warning(slip.code, &about),
            Code::CellTooLong => {
                let detail = Detail::Limit(record.limits.cell_bytes_max as u64);
                gather.error(slip.code, &About { detail, ..about });
            }
            code => gather.error(code, &about),
        }
    }
    if record.too_long || (cells.misread().is_empty() && !letters::may_be_wrong(cells.text().as_bytes())) {
        return;
    }
    for (index, (column, cell)) in (1..).zip(cells.iter()).enumerate() {
        let misread = cells.misread().binary_search(&index).is_ok();
        if misread {
            gather.error(
                Code::Undecodable,
                &About { detail: Detail::Encoding(record.encoding), ..at(column, cell) },
            );
        }
        if !letters::may_be_wrong(cell.as_bytes()) {
            continue;
        }
        // The letter that stands for bytes that were not read is ours.
        for code in letters::wrong(cell).filter(|code| !(misread && *code == Code::ReplacementCharacter)) {
            gather.error(code, &at(column, cell));
        }
    }
}

/// What a finding on one cell is about.
pub(crate) fn about<'a>(row: u64, column: u32, columns: &'a [Column<'_>], value: &'a str) -> About<'a> {
    let of_header = columns.get(column.saturating_sub(1) as usize);
    About {
        row: Some(row),
        column: Some(column),
        name: of_header.map(|column| column.name.as_str()),
        field: of_header.and_then(|column| column.field),
        value,
        ..About::default()
    }
}

/// Passes on a row that is not the table's, as it came.
pub(crate) fn pass_beside<S: Sink>(record: &Record<'_>, gather: &mut Gather<'_, S>) {
    let cells = Cells::of(record);
    let cells: Vec<Cell<'_>> = cells.iter().map(|raw| Cell { raw, value: Value::Text(raw) }).collect();
    gather.sink().beside(&Row { number: record.row, cells: &cells });
}
