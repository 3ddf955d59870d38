//! Every folder of `tests/schemas` holds a table that its schema accepts without a word and one in which each row
//! has one defect, with what is to be said of it. The rows are made up (見本).
//!
//! A new schema brings a folder: `good.csv`, `broken.csv` and `broken.findings`, one line a finding or a repair:
//! cell, severity or `repair`, code, field.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{SCHEMAS, report};
use ingestion::place::column_letter;
use ingestion::{Cell, Column, Finding, Options, Repair, Report, Row, Sink, Value, validate};

/// The folders, each with the id of its schema.
fn folders() -> Vec<(String, PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas");
    SCHEMAS
        .iter()
        .map(|schema| (schema.id.to_string(), root.join(schema.id.to_string())))
        .filter(|(_, folder)| folder.is_dir())
        .collect()
}

fn report_of(id: &str, file: &Path) -> Report {
    let report = report(fs::File::open(file).unwrap());
    let schema = report.schema.as_ref().unwrap_or_else(|| panic!("{} is not recognised", file.display()));
    assert_eq!(schema.id.to_string(), id, "{}", file.display());
    report
}

/// The findings and the repairs, one a line, by row and column.
fn told(report: &Report) -> String {
    let place = |row: Option<u64>, column: Option<u32>, said: String| ((row, column), said);
    let findings = report.findings.iter().map(|found| place(found.row, found.column, finding(found)));
    let repairs = report.repairs.iter().map(|one| place(Some(one.row), Some(one.column), repair(one)));
    let mut lines: Vec<_> = findings.chain(repairs).collect();
    lines.sort_by_key(|(place, _)| *place);
    lines.into_iter().map(|(_, line)| line).collect()
}

fn finding(found: &Finding) -> String {
    let letter = found.column_letter().unwrap_or_default();
    let row = found.row.map(|row| row.to_string()).unwrap_or_default();
    format!("{letter}{row} {} {} {}\n", found.severity, found.code, found.field.as_deref().unwrap_or("-"))
}

fn repair(one: &Repair) -> String {
    let field = one.field.as_deref().unwrap_or("-");
    format!("{}{} repair {} {field}\n", column_letter(one.column), one.row, one.code)
}

#[test]
fn every_schema_has_its_tables() {
    let with: Vec<String> = folders().into_iter().map(|(id, _)| id).collect();
    for schema in SCHEMAS.iter() {
        assert!(with.contains(&schema.id.to_string()), "{}", schema.id);
    }
}

#[test]
fn a_good_table_is_accepted_without_a_word() {
    for (id, folder) in folders() {
        let report = report_of(&id, &folder.join("good.csv"));
        assert_eq!((told(&report), report.accepted()), (String::new(), true), "{id}");
        assert!(report.rows > 1, "{id}");
        assert_eq!((report.counts.repair, report.counts.question), (0, 0), "{id}");
    }
}

#[test]
fn every_defect_of_a_broken_table_is_told_at_its_cell() {
    for (id, folder) in folders() {
        let report = report_of(&id, &folder.join("broken.csv"));
        let expected = fs::read_to_string(folder.join("broken.findings")).unwrap();
        assert_eq!(told(&report), expected, "{id}");
    }
}

/// Holds every cell of a row, good or not, to what its text says by itself.
#[derive(Default)]
struct SaidAgain {
    columns: Vec<Option<&'static ingestion::Field>>,
    rows: u64,
}

impl SaidAgain {
    fn hold(&mut self, row: &Row<'_>) {
        self.rows += 1;
        for (field, cell) in self.columns.iter().zip(row.cells) {
            let Cell { raw, value } = *cell;
            assert_eq!(Value::of(*field, raw), value, "{raw:?} of {:?}", field.map(|field| &field.name));
        }
    }
}

impl Sink for SaidAgain {
    fn header(&mut self, columns: &[Column<'_>]) {
        let all = || SCHEMAS.iter().flat_map(|schema| &schema.fields);
        let known = |column: &Column<'_>| all().find(|field| Some(*field) == column.field);
        self.columns = columns.iter().map(known).collect();
    }

    fn row(&mut self, row: &Row<'_>) {
        self.hold(row);
    }
}

#[test]
fn a_cell_of_the_canonical_file_says_again_what_it_said_when_it_was_judged() {
    for (id, folder) in folders() {
        for file in ["good.csv", "broken.csv"] {
            let file = fs::File::open(folder.join(file)).unwrap();
            let mut said = SaidAgain::default();
            validate(file, &SCHEMAS, &Options::default(), &mut said);
            assert!(said.rows > 0 || !said.columns.is_empty(), "{id}");
        }
    }
}
