//! A table in memory: read from a good file, changed cell by cell, written as CSV.

use std::fs;
use std::path::Path;

use ingestion::{Expected, Options, Report, Row, Schema, Sink, validate};

use super::SCHEMAS;

/// A table whose first row names its columns.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    pub header: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// 見本 of `tests/schemas`: the tables that their schemas accept without a word, each with its schema.
pub fn good_tables() -> Vec<(&'static Schema, Table)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas");
    let file = |schema: &Schema| root.join(schema.id.to_string()).join("good.csv");
    let with = |schema: &'static Schema| Some((schema, Table::read(&fs::read(file(schema)).ok()?)));
    SCHEMAS.iter().filter_map(with).collect()
}

/// The good table of the schema named `id`.
pub fn good_table(id: &str) -> Table {
    good_tables().into_iter().find(|(schema, _)| schema.id.to_string() == id).unwrap().1
}

impl Table {
    pub fn read(bytes: &[u8]) -> Table {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
        let mut rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect());
        Table { header: rows.next().unwrap(), rows: rows.collect() }
    }

    /// The place of the column named `name`, from 0.
    #[track_caller]
    pub fn column(&self, name: &str) -> usize {
        self.header.iter().position(|header| header == name).unwrap_or_else(|| panic!("no column {name}"))
    }

    /// The cell of the column `name` in the row of data `row`, from 0.
    #[track_caller]
    pub fn cell(&mut self, row: usize, name: &str) -> &mut String {
        let column = self.column(name);
        &mut self.rows[row][column]
    }

    pub fn write(&self) -> Vec<u8> {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        writer.write_record(&self.header).unwrap();
        self.rows.iter().for_each(|row| writer.write_record(row).unwrap());
        writer.into_inner().unwrap()
    }
}

/// The report of `file` under `options`, and the table as it was repaired, refused rows and all.
pub fn repaired(file: &[u8], schema: &Schema, options: &Options<'_>) -> (Report, Table) {
    let mut kept = Kept::default();
    let options = Options { expected: Expected::Schema(schema), ..options.clone() };
    let report = validate(file, &SCHEMAS, &options, &mut kept);
    (report, kept.0)
}

/// A sink that keeps everything.
#[derive(Default)]
pub struct Kept(pub Table);

impl Sink for Kept {
    fn header(&mut self, columns: &[ingestion::Column<'_>]) {
        let name =
            |column: &ingestion::Column<'_>| column.field.map_or(column.name.clone(), |it| it.name.clone());
        self.0.header = columns.iter().map(name).collect();
    }

    fn row(&mut self, row: &Row<'_>) {
        self.0.rows.push(row.cells.iter().map(|cell| cell.raw.to_owned()).collect());
    }

    fn refused_row(&mut self, row: &Row<'_>) {
        self.row(row);
    }
}
