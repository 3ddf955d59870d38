//! The file as it was repaired, as CSV: UTF-8, the columns of the canonical file under the schema's names.
//!
//! Nothing of the table is lost: rows in which something is an error are kept with what could be repaired in them. It
//! is written beside its place, which it takes once it is whole.

use std::fs::File;
use std::io::{self, Seek};
use std::path::Path;

use ingestion::{Canonical, Column, Row, Sink};

use crate::cli::show::out::whole;

/// Takes the rows of one file.
pub(super) struct Repaired(Canonical<Rows>);

struct Rows {
    csv: csv::Writer<File>,
    written: io::Result<()>,
}

impl Repaired {
    /// An empty table.
    ///
    /// # Errors
    /// What the disk cannot do.
    pub fn begin() -> io::Result<Repaired> {
        let table = tempfile::tempfile()?;
        let csv =
            csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).flexible(true).from_writer(table);
        let rows = Rows { csv, written: Ok(()) };
        Ok(Repaired(Canonical::new(rows)))
    }

    /// Puts the table to `place`.
    ///
    /// # Errors
    /// The first failure of the disk; what stood at `place` then stays.
    pub fn end(self, place: &Path) -> io::Result<()> {
        let Rows { csv, written } = self.0.into_inner();
        written?;
        let mut table = csv.into_inner().map_err(csv::IntoInnerError::into_error)?;
        table.rewind()?;
        whole(place, |mut file| io::copy(&mut table, &mut file).map(|_| ()))
    }
}

impl Rows {
    fn write<'a>(&mut self, cells: impl Iterator<Item = &'a str>) {
        if self.written.is_ok() {
            self.written = self.csv.write_record(cells).map_err(io::Error::from);
        }
    }
}

impl Sink for Rows {
    fn header(&mut self, columns: &[Column<'_>]) {
        let names =
            columns.iter().map(|column| column.field.map_or(column.name.as_str(), |field| &field.name));
        self.write(names);
    }

    fn row(&mut self, row: &Row<'_>) {
        self.write(row.cells.iter().map(|cell| cell.raw));
    }

    fn refused_row(&mut self, row: &Row<'_>) {
        self.row(row);
    }

    fn wants_findings(&self) -> bool {
        false
    }
}

impl Sink for Repaired {
    fn table(&mut self, header_row: u64, schema: Option<&ingestion::Schema>) {
        self.0.table(header_row, schema);
    }

    fn header(&mut self, columns: &[Column<'_>]) {
        self.0.header(columns);
    }

    fn row(&mut self, row: &Row<'_>) {
        self.0.row(row);
    }

    fn refused_row(&mut self, row: &Row<'_>) {
        self.0.refused_row(row);
    }

    fn wants_findings(&self) -> bool {
        false
    }
}
