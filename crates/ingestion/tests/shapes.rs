//! Tables as staff hand them in: titles above, remarks below, headers of two rows, names spelt otherwise.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use common::{SCHEMAS, places, report, report_against, report_of_any_table};
use ingestion::{Code, Discard, Expected, Options, RepairCode, RepairSet, Severity, validate};

const NOTE: Severity = Severity::Note;
const WARNING: Severity = Severity::Warning;

/// The header of a schema.
fn header(id: &str) -> String {
    let schema = SCHEMAS.get(&id.parse().unwrap()).unwrap();
    schema.fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>().join(",")
}

/// A table of any kind in which this is found, and which has so many rows of data.
#[track_caller]
fn finds(file: &str, rows: u64, expected: &[(Code, Severity, u64, Option<u32>)]) {
    let report = report_of_any_table(file.as_bytes());
    let expected: Vec<_> = expected
        .iter()
        .map(|(code, severity, row, column)| (*code, *severity, Some(*row), *column))
        .collect();
    assert_eq!((places(&report), report.rows), (expected, rows), "{file:?}");
}

#[test]
fn titles_and_remarks_above_the_header_are_told_and_are_no_data() {
    let header = header("hyojun/fire_hydrant");
    let file = format!("消防水利施設一覧\n\n令和6年4月1日現在,,見本課\n{header}\n042021,1\n");
    let report = report(file.as_bytes());
    assert_eq!((report.file.header_row, report.rows), (Some(4), 1));
    assert_eq!(report.schema.as_ref().map(|schema| schema.confidence), Some(1.0));
    assert_eq!(
        places(&report).iter().take(3).copied().collect::<Vec<_>>(),
        [
            (Code::RowsAboveHeader, NOTE, Some(1), None),
            (Code::BlankRow, WARNING, Some(2), None),
            (Code::RowsAboveHeader, NOTE, Some(3), None),
        ]
    );
    let told = report.findings.iter().find(|found| found.row == Some(3)).unwrap();
    assert_eq!(told.value, "令和6年4月1日現在 見本課");
}

#[test]
fn a_slip_above_the_header_is_told_at_its_cell() {
    finds(
        "一覧\u{202e}\n区,数,備考\nあ,1,x\nい,2,y\n",
        2,
        &[(Code::RowsAboveHeader, NOTE, 1, None), (Code::BidiControl, Severity::Error, 1, Some(1))],
    );
}

#[test]
fn a_header_of_two_rows_is_read_as_one() {
    let file = "地区,2024年度,,2025年度,\n,男,女,男,女\n中央,1,2,3,4\n渡波,5,6,7,8\n";
    finds(file, 2, &[(Code::TwoRowHeader, NOTE, 2, None)]);
    assert_eq!(report_of_any_table(file.as_bytes()).file.header_row, Some(2));
}

#[test]
fn remarks_and_totals_below_the_data_are_told_and_are_no_data() {
    finds(
        "区,数,備考\nあ,1,x\nい,2,y\n合計,3,\n\n※ 見本です\n",
        2,
        &[
            (Code::RemarkRow, WARNING, 4, None),
            (Code::BlankRow, WARNING, 5, None),
            (Code::RemarkRow, WARNING, 6, None),
        ],
    );
}

#[test]
fn what_looks_like_a_remark_among_the_data_is_data() {
    finds("区,数,備考\n計,1,\n※,,\nあ,2,y\n", 3, &[]);
}

#[test]
fn names_spelt_otherwise_are_taken_for_their_fields_and_told() {
    let header = header("hyojun/evacuation_space")
        .replace("建物名等(方書)", "建物名等（方書）")
        .replace("所在地_連結表記", "住所")
        .replace("災害種別_大規模な火事", "災害種別_大規模火事");
    let report = report(format!("{header}\n042021,1\n").as_bytes());
    let schema = report.schema.as_ref().unwrap();
    assert_eq!((schema.id.to_string().as_str(), schema.matched), ("hyojun/evacuation_space", schema.fields));
    assert!(schema.confidence < 1.0);
    let assumed: Vec<_> = report.findings.iter().filter(|found| found.code == Code::HeaderAssumed).collect();
    let told: Vec<_> = assumed
        .iter()
        .map(|found| (found.severity, found.row, found.value.as_str(), found.field.as_deref().unwrap()))
        .collect();
    assert_eq!(
        told,
        [
            (NOTE, Some(1), "住所", "所在地_連結表記"),
            (NOTE, Some(1), "建物名等（方書）", "建物名等(方書)"),
            (WARNING, Some(1), "災害種別_大規模火事", "災害種別_大規模な火事"),
        ]
    );
    assert!(report.findings.iter().all(|found| found.code != Code::UnknownColumn));
}

#[test]
fn a_doubled_name_is_one_field_and_one_error() {
    let (report, _) = report_against("hyojun/public_toilet", "ID,名称,名称\n1,a,b\n".as_bytes());
    let doubled: Vec<_> =
        report.findings.iter().filter(|found| found.row == Some(1) && found.column == Some(3)).collect();
    assert_eq!(doubled.iter().map(|found| found.code).collect::<Vec<_>>(), [Code::DuplicateHeader]);
}

#[test]
fn blank_columns_at_the_right_end_are_left_out_and_told() {
    let report = report_of_any_table("a,b,,\n1,2,,\n3,4\n5,6,,,\n".as_bytes());
    let left_out: Vec<_> = report.repairs.iter().map(|it| (it.code, it.row, it.column)).collect();
    let code = RepairCode::TrailingEmptyColumn;
    assert_eq!(left_out, [(code, 1, 3), (code, 1, 4)]);
    // A row may end before them; one that goes on behind them has a comma too many.
    assert_eq!(places(&report), [(Code::TooManyCells, WARNING, Some(4), Some(3))]);
}

#[test]
fn a_column_without_a_name_that_holds_something_is_kept() {
    finds("a,b,\n1,2,3\n", 1, &[(Code::UnnamedColumn, WARNING, 1, Some(3))]);
}

#[test]
fn what_comes_late_in_a_column_that_was_left_out_is_an_error_at_its_cell() {
    let file = format!("a,b,\n{}1,2,3\n", "1,2,\n".repeat(100));
    finds(&file, 101, &[(Code::TooManyCells, Severity::Error, 102, Some(3))]);
}

#[test]
fn nothing_is_left_out_where_that_is_switched_off() {
    let options = Options {
        expected: Expected::AnyTable,
        repairs: RepairSet::ALL.without(RepairCode::TrailingEmptyColumn),
        ..Options::default()
    };
    let report = validate(&b"a,b,\n1,2,\n"[..], &SCHEMAS, &options, &mut Discard);
    assert_eq!(places(&report), [(Code::UnnamedColumn, WARNING, Some(1), Some(3))]);
    assert!(report.repairs.is_empty());
}

#[test]
fn a_tab_or_a_semicolon_is_told() {
    for (file, delimiter) in [("a\tb\n1\t2\n", '\t'), ("a;b\n1;2\n", ';'), ("a,b\n1,2\n", ',')] {
        let report = report_of_any_table(file.as_bytes());
        assert_eq!((report.file.delimiter, places(&report)), (Some(delimiter), vec![]), "{file:?}");
    }
}
