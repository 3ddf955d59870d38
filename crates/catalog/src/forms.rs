//! The forms in which a revision is fetched.
//!
//! The canonical CSV is written while the file is read: rows come from [`ingestion::validate()`], out comes a staged
//! file. Every other form follows from that CSV and the schema alone ([`Table`]), one file each, in bounded memory.
//! Cells are written verbatim, so that a value is the same in every form. When the others are made, and which file
//! becomes a distribution of what, is [`crate::follow`]'s business.

pub(crate) mod geojson;
pub(crate) mod json;
pub(crate) mod packed;
pub(crate) mod parquet;
mod table;
pub(crate) mod xlsx;

use std::io;
use std::path::Path;

use ingestion::{Column, Row, Sink};

pub(crate) use self::table::Table;
use crate::distribution::Format;
use crate::gently;
use crate::store::files::{Staged, Staging};

/// Writes the canonical CSV of one file. What goes wrong on the disk is told by [`Forms::end`].
pub(crate) struct Forms {
    csv: Result<csv::Writer<Staging>, io::Error>,
}

impl Forms {
    /// Begins the CSV of one file; it is staged in the folder `work`.
    pub(crate) fn begin(work: &Path) -> io::Result<Forms> {
        Ok(Forms { csv: Ok(writer(Staging::begin(work)?)) })
    }

    /// Ends it.
    pub(crate) fn end(self) -> io::Result<Vec<(Format, Staged)>> {
        let csv = self.csv?.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
        Ok(vec![(Format::Csv, csv.end()?)])
    }

    fn write<'c>(&mut self, cells: impl Iterator<Item = &'c str>) {
        if let Ok(csv) = &mut self.csv
            && let Err(error) = csv.write_record(cells)
        {
            self.csv = Err(error.into());
        }
    }
}

impl Sink for Forms {
    fn header(&mut self, columns: &[Column<'_>]) {
        self.write(names(columns).iter().map(String::as_str));
    }

    fn row(&mut self, row: &Row<'_>) {
        self.write(row.cells.iter().map(|cell| cell.raw));
        gently::let_others_pass();
    }
}

/// What writes a canonical CSV into `to`: UTF-8, CRLF, quotes where they are needed.
pub(crate) fn writer<W: io::Write>(to: W) -> csv::Writer<W> {
    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).flexible(true).from_writer(to)
}

/// The columns' names: the schema's where the column is one of its fields, the file's own otherwise; a column
/// without a name is called after its place (`column_7`). Every name stands once.
fn names(columns: &[Column<'_>]) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(columns.len());
    for (place, column) in columns.iter().enumerate() {
        let wanted = match column.field {
            Some(field) => field.name.clone(),
            None if column.name.trim().is_empty() => format!("column_{}", place + 1),
            None => column.name.clone(),
        };
        let mut name = wanted.clone();
        let mut again = 2;
        while names.contains(&name) {
            name = format!("{wanted}_{again}");
            again += 1;
        }
        names.push(name);
    }
    names
}

#[cfg(test)]
mod tests;
