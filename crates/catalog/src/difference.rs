//! 差分: what changed from one table to another. Pure: two canonical CSVs come in, changes go out.
//!
//! Rows are told from each other by their key: two rows of one key are the same row, of a doubled key the first is the first, the second the second,
//! and so on. Without a key the number of a row is its key. A cell of a column that the other table lacks counts as blank there. What is
//! told is complete: [`apply`] makes the later table out of the earlier one, byte for byte, order included.
//!
//! Memory: 56 bytes for each row of the earlier table (three times that for a moment while the index grows), and one row of each.
//! Cells are read again where they stand.

mod apply;
mod file;
mod index;

use std::io;

pub use self::apply::apply;
pub use self::file::CsvFile;
use self::index::{Digest, Index};

/// How many rows there are of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows that the later table has and the earlier has not.
    pub added: u64,
    /// Rows that the earlier table has and the later has not.
    pub removed: u64,
    /// Rows of which a cell is another.
    pub changed: u64,
    /// Rows that stayed as they were, wherever they stand.
    pub unchanged: u64,
}

/// One row of the difference. Rows count from 1, without the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A row that stayed as it was.
    Kept {
        /// Where it stood.
        from: u64,
        /// Where it stands.
        to: u64,
    },
    /// A row of which a cell is another.
    Changed {
        /// Where it stood.
        from: u64,
        /// Where it stands.
        to: u64,
        /// Its key.
        key: Vec<String>,
        /// The cells that are others.
        cells: Vec<CellChange>,
    },
    /// A row that is new.
    Added {
        /// Where it stands.
        to: u64,
        /// Its key.
        key: Vec<String>,
        /// All of its cells, in the order of the later table.
        cells: Vec<String>,
    },
    /// A row that is gone.
    Removed {
        /// Where it stood.
        from: u64,
        /// Its key.
        key: Vec<String>,
        /// All of its cells, in the order of the earlier table.
        cells: Vec<String>,
    },
}

/// One cell that is another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellChange {
    /// The column's name.
    pub field: String,
    /// What stood there; `None` where the earlier table has no such column.
    pub before: Option<String>,
    /// What stands there; `None` where the later table has no such column.
    pub after: Option<String>,
}

/// Which of `candidates` is the key of both tables: the first whose columns both have, and of which no row of either leaves all
/// cells blank. Empty where none is: then rows are told by their numbers.
///
/// # Errors
/// What reading them says.
pub fn choose_key<R: io::Read + io::Seek>(
    before: &mut CsvFile<R>,
    after: &mut CsvFile<R>,
    candidates: &[Vec<String>],
) -> io::Result<Vec<String>> {
    let mut found = vec![true; candidates.len()];
    for file in [before, after] {
        let places: Vec<Option<Vec<usize>>> = candidates.iter().map(|key| file.places_of(key)).collect();
        file.each_row(|row| {
            for (found, places) in found.iter_mut().zip(&places) {
                *found &= places.as_ref().is_some_and(|places| {
                    places.iter().any(|place| row.get(*place).is_some_and(|cell| !cell.trim().is_empty()))
                });
            }
            Ok(())
        })?;
        for (found, places) in found.iter_mut().zip(&places) {
            *found &= places.is_some(); // also of a table without rows
        }
    }
    let chosen = candidates.iter().zip(found).find(|(key, found)| *found && !key.is_empty());
    Ok(chosen.map(|(key, _)| key.clone()).unwrap_or_default())
}

/// Compares two tables by the columns `key`, and hands every row of the difference to `take`: those of the later table in its order, then
/// those that are gone in theirs.
///
/// # Errors
/// What reading the tables or `take` says.
pub fn compare<R: io::Read + io::Seek>(
    before: &mut CsvFile<R>,
    after: &mut CsvFile<R>,
    key: &[String],
    mut take: impl FnMut(Change) -> io::Result<()>,
) -> io::Result<Counts> {
    let pairing = Pairing::of(before.names(), after.names());
    let (key_before, key_after) = (before.places_of(key), after.places_of(key));
    let (Some(key_before), Some(key_after)) = (key_before, key_after) else {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "the key is not in both tables"));
    };
    let mut index = Index::default();
    before.each_row(|row| {
        let cells = pairing.before.iter().map(|place| place.and_then(|place| row.get(place)));
        index.add(Digest::of_cells(row.pick(&key_before)), Digest::of_maybe(cells), row.offset());
        Ok(())
    })?;
    index.sort();

    let mut counts = Counts::default();
    let mut was = csv::StringRecord::new();
    after.each_row(|row| {
        let to = row.number();
        let key = || row.pick(&key_after).map(str::to_owned).collect();
        let Some(found) = index.take(Digest::of_cells(row.pick(&key_after))) else {
            counts.added += 1;
            return take(Change::Added { to, key: key(), cells: row.iter().map(str::to_owned).collect() });
        };
        let from = found.number;
        let cells = pairing.after.iter().map(|place| place.and_then(|place| row.get(place)));
        if found.cells == Digest::of_maybe(cells) {
            counts.unchanged += 1;
            return take(Change::Kept { from, to });
        }
        counts.changed += 1;
        before.read_at(found.offset, &mut was)?;
        take(Change::Changed { from, to, key: key(), cells: pairing.changes(&was, row.record()) })
    })?;
    for gone in index.rest() {
        counts.removed += 1;
        before.read_at(gone.offset, &mut was)?;
        let cells: Vec<String> = was.iter().map(str::to_owned).collect();
        let key = key_before.iter().filter_map(|place| cells.get(*place).cloned()).collect();
        take(Change::Removed { from: gone.number, key, cells })?;
    }
    Ok(counts)
}

/// The columns of both tables: those of the later in its order, then those that it lacks.
struct Pairing {
    names: Vec<String>,
    /// Where each stands in the earlier and in the later table.
    before: Vec<Option<usize>>,
    after: Vec<Option<usize>>,
}

impl Pairing {
    fn of(before: &[String], after: &[String]) -> Pairing {
        let names: Vec<String> =
            after.iter().chain(before.iter().filter(|name| !after.contains(name))).cloned().collect();
        let place = |among: &[String]| {
            names.iter().map(|name| among.iter().position(|other| other == name)).collect::<Vec<_>>()
        };
        Pairing { before: place(before), after: place(after), names }
    }

    fn changes(&self, was: &csv::StringRecord, is: &csv::StringRecord) -> Vec<CellChange> {
        let columns = self.names.iter().zip(self.before.iter().zip(&self.after));
        let cell = |row: &csv::StringRecord, place: &Option<usize>| {
            place.map(|place| row.get(place).unwrap_or_default().to_owned())
        };
        columns
            .map(|(name, (from, to))| CellChange {
                field: name.clone(),
                before: cell(was, from),
                after: cell(is, to),
            })
            .filter(|it| it.before.as_deref().unwrap_or_default() != it.after.as_deref().unwrap_or_default())
            .collect()
    }
}

#[cfg(test)]
mod tests;
