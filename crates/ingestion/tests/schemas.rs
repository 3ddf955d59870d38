//! Every folder of `tests/schemas` holds a table that its schema accepts without a word and one in which each row
//! has one defect, with what is to be said of it. The rows are made up (見本).
//!
//! A new schema brings a folder: `good.csv`, `broken.csv` and `broken.findings`, one line a finding:
//! cell, severity, code, field.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{SCHEMAS, report};
use ingestion::Report;

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

/// The findings, one a line.
fn told(report: &Report) -> String {
    let line = |found: &ingestion::Finding| {
        let letter = found.column_letter().unwrap_or_default();
        let row = found.row.map(|row| row.to_string()).unwrap_or_default();
        format!("{letter}{row} {} {} {}\n", found.severity, found.code, found.field.as_deref().unwrap_or("-"))
    };
    report.findings.iter().map(line).collect()
}

#[test]
fn the_schemas_of_the_first_release_have_their_tables() {
    for id in [
        "hyojun/public_toilet",
        "hyojun/public_facility",
        "hyojun/evacuation_space",
        "hyojun/aed",
        "hyojun/open_data_list",
        "suisho/aed",
        "suisho/public_toilet",
        "suisho/evacuation_space",
    ] {
        assert!(folders().iter().any(|(with, _)| with == id), "{id}");
    }
}

#[test]
fn a_good_table_is_accepted_without_a_word() {
    for (id, folder) in folders() {
        let report = report_of(&id, &folder.join("good.csv"));
        assert_eq!((told(&report), report.accepted()), (String::new(), true), "{id}");
        assert!(report.rows > 1, "{id}");
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
