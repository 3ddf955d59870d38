//! Makes the later table out of the earlier one and what changed: the proof that a difference is complete.

use std::collections::HashMap;
use std::io;

use super::{CellChange, Change};

/// The later table, as a canonical CSV: `before`, with `changes` made in it. `names` are the later table's columns; an earlier row's cells are
/// found under their names. Everything is held in memory.
///
/// # Errors
/// When a change speaks of a row that `before` has not.
pub fn apply(before: &[u8], names: &[String], changes: &[Change]) -> io::Result<Vec<u8>> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(before);
    let earlier: Vec<String> = reader.headers()?.iter().map(str::to_owned).collect();
    let rows = reader.into_records().collect::<Result<Vec<_>, _>>()?;
    let row = |number: u64| -> io::Result<HashMap<&str, &str>> {
        let place = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
        let row = place.and_then(|place| rows.get(place)).ok_or(io::ErrorKind::InvalidInput)?;
        Ok(earlier.iter().map(String::as_str).zip(row).collect())
    };
    let mut out = crate::forms::writer(Vec::new());
    out.write_record(names)?;
    for change in changes {
        match change {
            Change::Kept { from, .. } => put(&mut out, names, &row(*from)?)?,
            Change::Changed { from, cells, .. } => put(&mut out, names, &with(row(*from)?, cells))?,
            Change::Added { cells, .. } => out.write_record(cells)?,
            Change::Removed { .. } => {}
        }
    }
    out.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

fn with<'a>(mut row: HashMap<&'a str, &'a str>, cells: &'a [CellChange]) -> HashMap<&'a str, &'a str> {
    row.extend(cells.iter().map(|cell| (cell.field.as_str(), cell.after.as_deref().unwrap_or_default())));
    row
}

fn put(out: &mut csv::Writer<Vec<u8>>, names: &[String], row: &HashMap<&str, &str>) -> io::Result<()> {
    Ok(out.write_record(names.iter().map(|name| row.get(name.as_str()).copied().unwrap_or_default()))?)
}
