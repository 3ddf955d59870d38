//! JSON: an array of row objects under the columns' names, a row in a line.
//!
//! A number keeps the cell's own digits; a blank cell is null, everything else a text.

use std::io::{self, Write};

use ingestion::{Cell, Value};

use super::Table;

/// Writes `table` into `out`.
pub(crate) fn write(table: &Table<'_>, out: &mut impl Write) -> io::Result<()> {
    let objects = Objects::of(table)?;
    let mut line = Vec::new();
    let mut first = true;
    table.each_row(|cells| {
        line.clear();
        line.extend_from_slice(if first { b"[\n" } else { b",\n" });
        first = false;
        objects.write(cells, &mut line)?;
        out.write_all(&line)
    })?;
    out.write_all(if first { b"[]\n" } else { b"\n]\n" })
}

/// Writes rows as objects.
#[derive(Debug)]
pub(crate) struct Objects {
    /// The columns' names, written as JSON.
    names: Vec<String>,
}

impl Objects {
    pub(crate) fn of(table: &Table<'_>) -> io::Result<Objects> {
        Objects::named(table.names().iter().map(String::as_str))
    }

    /// Rows whose columns have these names.
    pub(crate) fn named<'n>(names: impl IntoIterator<Item = &'n str>) -> io::Result<Objects> {
        let names = names.into_iter().map(serde_json::to_string).collect::<Result<_, _>>()?;
        Ok(Objects { names })
    }

    /// Adds the row to `line` as a JSON object, in the columns' order.
    pub(crate) fn write(&self, cells: &[Cell<'_>], line: &mut Vec<u8>) -> io::Result<()> {
        line.push(b'{');
        for (place, (name, cell)) in self.names.iter().zip(cells).enumerate() {
            if place > 0 {
                line.push(b',');
            }
            line.extend_from_slice(name.as_bytes());
            line.push(b':');
            match cell.value {
                Value::Blank => line.extend_from_slice(b"null"),
                Value::Text(_) => serde_json::to_writer(&mut *line, cell.raw)?,
                Value::Integer(_) | Value::Number(_) => match number(cell) {
                    Some(number) => line.extend_from_slice(number.as_bytes()),
                    None => serde_json::to_writer(&mut *line, cell.raw)?,
                },
            }
        }
        line.push(b'}');
        Ok(())
    }
}

/// A number as JSON: with the cell's own digits (`36.40` stays `36.40`) where they are valid JSON; `None` where the
/// cell is no number.
pub(crate) fn number(cell: &Cell<'_>) -> Option<String> {
    match cell.value {
        Value::Integer(_) | Value::Number(_) if is_json_number(cell.raw) => Some(cell.raw.to_owned()),
        Value::Integer(value) => Some(value.to_string()),
        Value::Number(value) if value.is_finite() => serde_json::to_string(&value).ok(),
        _ => None,
    }
}

/// Rule: RFC 8259, section 6.
pub(super) fn is_json_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(digits)
}
