//! A canonical CSV, read again as the rows it was written from.
//!
//! Columns under a name of the schema are its fields, as they were when the file was judged; so every cell says
//! what it said then. One row is in memory at a time.

use std::fs::File;
use std::io::{self, Seek};

use ingestion::schema::Kind;
use ingestion::{Cell, Field, Schema, Value};

use crate::gently;

/// A canonical CSV, held against the schema that it was judged by.
pub(crate) struct Table<'s> {
    file: File,
    names: Vec<String>,
    schema: Option<&'s Schema>,
    fields: Vec<Option<&'s Field>>,
}

impl<'s> Table<'s> {
    /// The table in `file`; `schema` is the one of its report.
    pub(crate) fn open(file: File, schema: Option<&'s Schema>) -> io::Result<Table<'s>> {
        let mut table = Table { file, names: Vec::new(), schema, fields: Vec::new() };
        table.names = table.reader()?.headers()?.iter().map(str::to_owned).collect();
        table.fields = table.names.iter().map(|name| schema.and_then(|schema| schema.field(name))).collect();
        Ok(table)
    }

    /// The table in `file`, whose columns are `fields`, one by one.
    pub(crate) fn of(file: File, fields: Vec<Option<&'s Field>>) -> io::Result<Table<'s>> {
        let mut table = Table { file, names: Vec::new(), schema: None, fields };
        table.names = table.reader()?.headers()?.iter().map(str::to_owned).collect();
        Ok(table)
    }

    /// The names of its columns.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// The schema that it was judged by.
    pub(crate) fn schema(&self) -> Option<&'s Schema> {
        self.schema
    }

    /// Where the coordinates of a row stand, latitude and longitude, where it has both.
    pub(crate) fn places(&self) -> Option<(usize, usize)> {
        self.place_of(&Kind::Latitude).zip(self.place_of(&Kind::Longitude))
    }

    /// The kinds of its columns; `None` where the schema does not know one.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = Option<&'s Kind>> {
        self.fields.iter().map(|field| field.map(|field| &field.kind))
    }

    /// Where the first column of `kind` stands.
    fn place_of(&self, kind: &Kind) -> Option<usize> {
        self.kinds().position(|of_column| of_column == Some(kind))
    }

    /// Hands every row to `take`, from the first on.
    pub(crate) fn each_row(&self, mut take: impl FnMut(&[Cell<'_>]) -> io::Result<()>) -> io::Result<()> {
        let mut reader = self.reader()?;
        let mut record = csv::StringRecord::new();
        while reader.read_record(&mut record)? {
            let cells: Vec<Cell<'_>> = record
                .iter()
                .zip(&self.fields)
                .map(|(raw, field)| Cell { raw, value: Value::of(*field, raw) })
                .collect();
            take(&cells)?;
            gently::let_others_pass();
        }
        Ok(())
    }

    fn reader(&self) -> io::Result<csv::Reader<&File>> {
        let mut file = &self.file;
        file.rewind()?;
        Ok(csv::ReaderBuilder::new().flexible(true).from_reader(file))
    }
}
