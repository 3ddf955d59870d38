//! Whole files of the old standard, converted and held against the new one.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::validate::Expected;
use crate::{Discard, Severity};

static SCHEMAS: LazyLock<Schemas> = LazyLock::new(Schemas::embedded);
static DRIFTS: LazyLock<Drifts> = LazyLock::new(Drifts::embedded);

fn schema(id: &str) -> &'static Schema {
    SCHEMAS.get(&id.parse().unwrap()).unwrap()
}

/// A file of the schema `id` converted: what was told, and the new file.
fn converted(id: &str, file: &str) -> (Conversion, String) {
    let options = Options { expected: Expected::Schema(schema(id)), ..Options::default() };
    let mut out = Vec::new();
    let made = convert(file.as_bytes(), &SCHEMAS, &DRIFTS, &options, &mut out).unwrap();
    (made, String::from_utf8(out).unwrap())
}

/// The cell of `field` in row `row` of a converted file, from 1 below the header.
#[track_caller]
fn cell(file: &str, field: &str, row: usize) -> String {
    let mut reader = csv::Reader::from_reader(file.as_bytes());
    let place = reader.headers().unwrap().iter().position(|name| name == field).unwrap();
    reader.records().nth(row - 1).unwrap().unwrap().get(place).unwrap().to_owned()
}

fn errors(report: &Report) -> u64 {
    report.counts.error
}

fn report_of(file: &str, id: &SchemaId) -> Report {
    let options = Options { expected: Expected::Schema(SCHEMAS.get(id).unwrap()), ..Options::default() };
    validate(file.as_bytes(), &SCHEMAS, &options, &mut Discard)
}

const TOILETS: &str = "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,名称,名称_カナ,住所,方書,多機能トイレ数,設置位置\n\
    042021,1,宮城県,石巻市,見本1,ミホン,宮城県石巻市見本町1-1,2階,3,公園内\n\
    042021,2,宮城県,石巻市,見本2,ミホン,宮城県石巻市見本町2-1,,0,公園内\n";

#[test]
fn fields_are_carried_joined_and_renamed() {
    let (made, file) = converted("suisho/public_toilet", TOILETS);
    assert_eq!(made.rows, 2);
    for (field, first, second) in [
        ("全国地方公共団体コード", "042021", "042021"),
        ("ID", "1", "2"),
        ("地方公共団体名", "宮城県石巻市", "宮城県石巻市"),
        ("名称", "見本1", "見本2"),
        ("所在地_連結表記", "宮城県石巻市見本町1-1 2階", "宮城県石巻市見本町2-1"),
        ("建物名等(方書)", "2階", ""),
        ("バリアフリートイレ数", "", ""),
    ] {
        assert_eq!((cell(&file, field, 1), cell(&file, field, 2)), (first.into(), second.into()), "{field}");
    }
    let address = made.carried.iter().find(|carried| carried.to == "所在地_連結表記").unwrap();
    assert_eq!(address.from, ["住所", "方書"]);
}

#[test]
fn what_cannot_be_carried_is_told_with_the_rows_it_stands_in() {
    let (made, _) = converted("suisho/public_toilet", TOILETS);
    let told: Vec<_> = made.not_carried.iter().map(|left| (left.field.as_str(), left.rows)).collect();
    assert_eq!(told, [("多機能トイレ数", 2)]);
    assert!(made.to_fill.iter().any(|fill| (fill.field.as_str(), fill.rows) == ("所在地_都道府県", 2)));
}

#[test]
fn rows_with_errors_go_along_and_their_errors_with_them() {
    let (made, file) = converted("suisho/public_toilet", &TOILETS.replace("042021,2,", "42029,2,"));
    assert_eq!((made.rows, made.rows_left_count), (2, 0));
    assert_eq!(cell(&file, "全国地方公共団体コード", 2), "42029");
    let errors_of_new = report_of(&file, &made.to).findings;
    let wrong = |found: &&crate::Finding| found.row == Some(3) && found.severity == Severity::Error;
    assert_eq!(errors_of_new.iter().filter(wrong).count(), 1);
}

#[test]
fn a_row_that_does_not_stand_in_its_columns_is_left_out_and_named() {
    let (made, file) = converted("suisho/public_toilet", &TOILETS.replace("見本2,", "見本2,余り,"));
    assert_eq!((made.rows, made.rows_left_count, made.rows_left.as_slice()), (1, 1, &[3][..]));
    assert_eq!(file.lines().count(), 2);
}

#[test]
fn columns_of_the_files_own_go_along_at_the_end() {
    let file = TOILETS.replace("設置位置\n", "設置位置,地区名\n").replace("公園内\n", "公園内,東\n");
    let (_, file) = converted("suisho/public_toilet", &file);
    assert!(file.lines().next().unwrap().ends_with(",地区名"), "{file}");
    assert_eq!(cell(&file, "地区名", 2), "東");
}

#[test]
fn a_column_of_the_files_own_that_the_new_schema_knows_takes_its_place() {
    let file =
        TOILETS.replace("設置位置\n", "設置位置,町字ID\n").replacen("公園内\n", "公園内,0008-001\n", 1);
    let file = file.replace("公園内\n", "公園内,見本町\n");
    let (made, file) = converted("suisho/public_toilet", &file);
    assert_eq!((cell(&file, "町字ID", 1), cell(&file, "町字ID", 2)), ("0008-001".into(), String::new()));
    let unfit = made.not_carried.iter().find(|left| left.field == "町字ID").unwrap();
    assert_eq!(unfit.rows, 1);
}

#[test]
fn a_number_that_two_municipalities_use_names_only_the_first() {
    let file = TOILETS.replace("042021,2,", "131016,1,");
    let (made, file) = converted("suisho/public_toilet", &file);
    assert_eq!((cell(&file, "ID", 1), cell(&file, "ID", 2)), ("1".into(), String::new()));
    assert!(made.not_carried.iter().any(|left| (left.field.as_str(), left.rows) == ("NO", 1)));
    assert_eq!(errors(&report_of(&file, &made.to)), 0);
}

#[test]
fn every_good_table_of_the_old_standard_becomes_a_good_one_of_the_new() {
    for drift in DRIFTS.iter() {
        let folder = format!("{}/tests/schemas/{}", env!("CARGO_MANIFEST_DIR"), drift.from);
        let file = std::fs::read_to_string(format!("{folder}/good.csv")).unwrap();
        let (made, new) = converted(&drift.from.to_string(), &file);
        assert_eq!((&made.to, made.rows), (&drift.to, made.report.rows));
        let report = report_of(&new, &made.to);
        let errors: Vec<_> =
            report.findings.iter().filter(|found| found.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", drift.from);
        assert!(report.accepted());
    }
}

#[test]
fn every_broken_table_of_the_old_standard_becomes_one_that_is_no_worse() {
    for drift in DRIFTS.iter() {
        let folder = format!("{}/tests/schemas/{}", env!("CARGO_MANIFEST_DIR"), drift.from);
        let file = std::fs::read_to_string(format!("{folder}/broken.csv")).unwrap();
        let (made, new) = converted(&drift.from.to_string(), &file);
        let report = report_of(&new, &made.to);
        assert!(errors(&report) <= errors(&made.report), "{}: {:#?}", drift.from, report.findings);
        assert_eq!(report.repairs, [], "{}: what could be mended is mended", drift.from);
    }
}

fn refused(file: &str) -> CannotConvert {
    convert(file.as_bytes(), &SCHEMAS, &DRIFTS, &Options::default(), Vec::new()).unwrap_err()
}

#[test]
fn a_file_that_has_the_new_standard_is_not_converted() {
    let header = crate::describe::template_csv(schema("hyojun/public_toilet"));
    let error = refused(std::str::from_utf8(&header).unwrap());
    assert!(matches!(&error, CannotConvert::IsNew(id) if id.slug() == "public_toilet"), "{error:?}");
}

#[test]
fn a_file_that_fits_no_schema_is_not_converted() {
    assert!(matches!(refused("農園名,区画数\n日和,12\n"), CannotConvert::FitsNone(_)));
    assert!(matches!(refused(""), CannotConvert::FitsNone(_)));
}

#[test]
fn a_full_disk_is_told() {
    struct Full;
    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let options =
        Options { expected: Expected::Schema(schema("suisho/public_toilet")), ..Options::default() };
    let error = convert(TOILETS.as_bytes(), &SCHEMAS, &DRIFTS, &options, Full).unwrap_err();
    assert!(matches!(error, CannotConvert::Write(_)), "{error:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever stands in the rows, the new file has no error that the old one has not.
    #[test]
    fn no_error_comes_of_converting(
        rows in prop::collection::vec(
            prop::collection::vec(
                prop::sample::select(vec!["", "042021", "1", "2", "見本", "宮城県", " x ", "9:00", "38.43", "=1", "a\"b", "有"]),
                10,
            ),
            1..6,
        ),
    ) {
        let mut file = String::from_utf8(crate::writer::record(TOILETS.lines().next().unwrap().split(','))).unwrap();
        for row in rows {
            file.push_str(std::str::from_utf8(&crate::writer::record(row)).unwrap());
        }
        let (made, new) = converted("suisho/public_toilet", &file);
        let report = report_of(&new, &made.to);
        prop_assert!(errors(&report) <= errors(&made.report), "{:#?}", report.findings);
    }
}
