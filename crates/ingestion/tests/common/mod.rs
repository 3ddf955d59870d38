//! What every test of a file needs: hold it against a schema, look at what was found.

#![allow(dead_code, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

pub mod books;
pub mod table;

use std::io::Read;

use std::sync::LazyLock;

use ingestion::{
    Code, Discard, Expected, Options, RepairCode, Report, Row, Schemas, Severity, Sink, validate,
};

/// 公衆トイレ一覧, with the columns a small test needs.
pub const TOILETS: &str = "suisho/public_toilet";

/// The national schemas, read once.
pub static SCHEMAS: LazyLock<Schemas> = LazyLock::new(Schemas::embedded);

/// The report of `input`, held against the schema it fits best.
pub fn report(input: impl Read + Send) -> Report {
    let options = Options { file_name: "test.csv".into(), ..Options::default() };
    validate(input, &SCHEMAS, &options, &mut Discard)
}

/// The report of `input` as a table of any kind.
pub fn report_of_any_table(input: impl Read + Send) -> Report {
    let options =
        Options { file_name: "test.csv".into(), expected: Expected::AnyTable, ..Options::default() };
    validate(input, &SCHEMAS, &options, &mut Discard)
}

/// The report of `input`, held against the schema named `id`, and the rows that were good.
pub fn report_against(id: &str, input: impl Read + Send) -> (Report, Vec<(u64, Vec<String>)>) {
    let schema = SCHEMAS.get(&id.parse().unwrap()).unwrap();
    let options =
        Options { file_name: "test.csv".into(), expected: Expected::Schema(schema), ..Options::default() };
    let mut rows = Rows::default();
    let report = validate(input, &SCHEMAS, &options, &mut rows);
    (report, rows.0)
}

/// A sink that keeps the rows.
#[derive(Default)]
struct Rows(Vec<(u64, Vec<String>)>);

impl Sink for Rows {
    fn row(&mut self, row: &Row<'_>) {
        self.0.push((row.number, row.cells.iter().map(|cell| cell.raw.to_owned()).collect()));
    }
}

/// A finding without its words: code, severity, row, column.
pub type Place = (Code, Severity, Option<u64>, Option<u32>);

/// All findings of a report without their words.
pub fn places(report: &Report) -> Vec<Place> {
    report.findings.iter().map(|found| (found.code, found.severity, found.row, found.column)).collect()
}

/// A repair without its words: code, row, column, before, after.
pub type Change<'a> = (RepairCode, u64, u32, &'a str, &'a str);

/// All repairs of a report without their words.
pub fn changes(report: &Report) -> Vec<Change<'_>> {
    report.repairs.iter().map(|it| (it.code, it.row, it.column, &*it.before, &*it.after)).collect()
}

/// Gives the bytes a few at a time.
pub struct Portions<'a> {
    bytes: &'a [u8],
    sizes: std::iter::Cycle<std::vec::IntoIter<usize>>,
}

/// `bytes`, given in portions of `sizes`, over and over.
pub fn in_portions(bytes: &[u8], sizes: Vec<usize>) -> Portions<'_> {
    Portions { bytes, sizes: sizes.into_iter().cycle() }
}

impl Read for Portions<'_> {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        let size = self.sizes.next().unwrap_or(1).max(1).min(to.len());
        self.bytes.read(&mut to[..size])
    }
}
