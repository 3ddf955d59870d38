//! Every defect is told at its place, as a spreadsheet shows it, and a clean row is handed on as it is.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use common::{SCHEMAS, changes, places, report, report_against, report_of_any_table};
use ingestion::{Code, Discard, Expected, Limits, Options, RepairCode, Report, Severity, validate};
use proptest::prelude::*;

/// A table of three columns of which `row` is the second row of data, third of the sheet.
#[track_caller]
fn in_row_3(row: &str, expected: &[(Code, Severity, u32)]) {
    let file = format!("a,b,c\n1,2,3\n{row}\n7,8,9\n");
    let report = report_of_any_table(file.as_bytes());
    let found: Vec<_> = places(&report);
    let expected: Vec<_> =
        expected.iter().map(|(code, severity, column)| (*code, *severity, Some(3), Some(*column))).collect();
    assert_eq!(found, expected, "{row:?}");
}

#[test]
fn what_is_wrong_with_quotes_stands_at_its_cell() {
    in_row_3("4,\"five\",6", &[]);
    in_row_3("4,\"5\"x,6", &[(Code::TextAfterQuote, Severity::Error, 2)]);
    in_row_3("4,5\",6", &[(Code::BareQuote, Severity::Warning, 2)]);
}

#[test]
fn a_quote_left_open_stands_where_it_was_opened() {
    let report = report_of_any_table("a,b\n1,2\n3,\"4\n5,6\n7,8\n".as_bytes());
    assert_eq!(places(&report), [(Code::UnterminatedQuote, Severity::Error, Some(3), Some(2))]);
}

#[test]
fn wrong_letters_stand_at_their_cell() {
    in_row_3("4,5,\0", &[(Code::ControlCharacter, Severity::Error, 3)]);
    in_row_3("4,\u{202e}5,6", &[(Code::BidiControl, Severity::Error, 2)]);
    in_row_3("\u{fffd},5,6", &[(Code::ReplacementCharacter, Severity::Error, 1)]);
    in_row_3("4,5,\u{e123}", &[(Code::PrivateUseCharacter, Severity::Error, 3)]);
}

#[test]
fn bytes_that_no_encoding_reads_stand_at_their_cell_once() {
    let report = report_of_any_table(&b"\xe5\x90\x8d,\xe7\xa7\xb0\n1,2\n3,\xe5\x90\n\xe5\x90\x8d,4\n"[..]);
    assert_eq!(places(&report), [(Code::Undecodable, Severity::Error, Some(3), Some(2))]);
    assert_eq!(report.findings.first().unwrap().value, "\u{fffd}");
    // In CP932: 名称,表 and then a lead byte without its second.
    let report = report_of_any_table(&b"\x96\xbc\x8f\xcc,\x95\x5c\n1,\x83\n"[..]);
    assert_eq!(report.file.encoding.as_deref(), Some("cp932"));
    assert_eq!(places(&report), [(Code::Undecodable, Severity::Error, Some(2), Some(2))]);
}

#[test]
fn cells_too_many_or_too_few_stand_where_the_count_goes_wrong() {
    in_row_3("4,5", &[(Code::TooFewCells, Severity::Error, 3)]);
    in_row_3("4,5,6,7", &[(Code::TooManyCells, Severity::Error, 4)]);
    in_row_3("4,5,6,,", &[(Code::TooManyCells, Severity::Warning, 4)]);
}

#[test]
fn blanks_around_a_cell_are_taken_off_and_formulas_are_warnings() {
    in_row_3("4,\u{3000}5,6 ", &[]);
    let report = report_of_any_table("a,b,c\n4,\u{3000}5,6 \n".as_bytes());
    assert_eq!(
        changes(&report),
        [
            (RepairCode::SurroundingBlank, 2, 2, "\u{3000}5", "5"),
            (RepairCode::SurroundingBlank, 2, 3, "6 ", "6")
        ]
    );
    in_row_3("=1+1,-5,-", &[(Code::FormulaStart, Severity::Warning, 1)]);
}

#[test]
fn rows_are_counted_as_a_spreadsheet_shows_them() {
    let file = "a,b\n\"two\nlines\",2\n\n,\n3,4\"\n\n";
    let report = report_of_any_table(file.as_bytes());
    let blank = |row| (Code::BlankRow, Severity::Warning, Some(row), None);
    assert_eq!(
        places(&report),
        [blank(3), blank(4), (Code::BareQuote, Severity::Warning, Some(5), Some(2)), blank(6)]
    );
    assert_eq!(report.rows, 2);
}

#[test]
fn the_header_is_the_first_row_that_is_not_blank() {
    let report = report_of_any_table("\n\na,a\n1,2\n".as_bytes());
    assert_eq!(report.file.header_row, Some(3));
    assert!(places(&report).contains(&(Code::DuplicateHeader, Severity::Error, Some(3), Some(2))));
}

#[test]
fn names_of_columns_that_are_doubled_or_missing_stand_in_the_header() {
    let report = report_of_any_table("a,,b,a \n1,2,3,4\n".as_bytes());
    assert_eq!(
        places(&report),
        [
            (Code::UnnamedColumn, Severity::Warning, Some(1), Some(2)),
            (Code::DuplicateHeader, Severity::Error, Some(1), Some(4)),
        ]
    );
    assert_eq!(changes(&report), [(RepairCode::SurroundingBlank, 1, 4, "a ", "a")]);
}

/// 公衆トイレ一覧 of the old standard with all its columns, in which every row has `cells` set.
fn toilets(rows: &[&[(&str, &str)]]) -> String {
    let schema = SCHEMAS.get(&common::TOILETS.parse().unwrap()).unwrap();
    let names: Vec<_> = schema.fields.iter().map(|field| field.name.as_str()).collect();
    let mut file = names.join(",") + "\n";
    for (number, cells) in rows.iter().enumerate() {
        let cell = |name: &&str| match (cells.iter().find(|(field, _)| field == name), *name) {
            (Some((_, value)), _) => (*value).to_owned(),
            (None, "都道府県コード又は市区町村コード") => "042021".to_owned(),
            (None, "NO") => format!("{:04}", number + 1),
            (None, "都道府県名") => "宮城県".to_owned(),
            (None, "市区町村名") => "石巻市".to_owned(),
            (None, "名称" | "設置位置") => "見本".to_owned(),
            (None, "名称_カナ") => "ミホン".to_owned(),
            (None, "住所") => "宮城県石巻市見本町1-1".to_owned(),
            (None, "緯度") => "38.4344".to_owned(),
            (None, "経度") => "141.3028".to_owned(),
            (None, name) if name.contains("数") => "1".to_owned(),
            (None, name) if name.contains("有無") => "有".to_owned(),
            (None, _) => String::new(),
        };
        file += &(names.iter().map(cell).collect::<Vec<_>>().join(",") + "\n");
    }
    file
}

#[track_caller]
fn finds(report: &Report, code: Code, severity: Severity, row: u64, field: &str) {
    let found = report.findings.iter().any(|found| {
        (found.code, found.severity, found.row) == (code, severity, Some(row))
            && found.field.as_deref() == Some(field)
    });
    assert!(found, "no {code} in row {row}, {field}: {:#?}", places(report));
}

#[test]
fn a_clean_file_of_a_schema_is_recognised_and_accepted_without_a_word() {
    let report = report(toilets(&[&[], &[]]).as_bytes());
    let schema = report.schema.clone().unwrap();
    assert_eq!(
        (schema.id.to_string().as_str(), schema.fields, schema.confidence),
        (common::TOILETS, schema.matched, 1.0)
    );
    assert_eq!((report.counts.error, report.counts.warning), (0, 0), "{:#?}", places(&report));
    assert!(report.accept().is_ok());
}

#[test]
fn the_rows_in_which_nothing_is_an_error_are_handed_on() {
    let file = toilets(&[&[], &[("名称", "")], &[("名称", "x ")], &[("緯度", "北")]]);
    let (report, rows) = report_against(common::TOILETS, file.as_bytes());
    finds(&report, Code::RequiredMissing, Severity::Error, 3, "名称");
    assert_eq!(changes(&report), [(RepairCode::SurroundingBlank, 4, 5, "x ", "x")]);
    finds(&report, Code::NotANumber, Severity::Error, 5, "緯度");
    assert_eq!(rows.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [2, 4]);
    assert!(rows.iter().all(|(_, cells)| cells.len() == report.schema.as_ref().unwrap().fields));
}

#[test]
fn a_doubled_key_stands_at_the_later_row() {
    let file = toilets(&[&[("NO", "7")], &[("NO", "8")], &[("NO", "7")], &[("NO", " 7")]]);
    let (report, rows) = report_against(common::TOILETS, file.as_bytes());
    finds(&report, Code::DuplicateKey, Severity::Error, 4, "NO");
    finds(&report, Code::DuplicateKey, Severity::Error, 5, "NO");
    assert_eq!(report.counts.error, 2);
    assert_eq!(rows.len(), 2);
}

#[test]
fn a_key_that_is_not_complete_doubles_nothing() {
    let (report, _) = report_against("hyojun/public_toilet", "ID,名称\n,a\n,b\n1,c\n".as_bytes());
    finds(&report, Code::KeyMissing, Severity::Warning, 2, "ID");
    finds(&report, Code::KeyMissing, Severity::Warning, 3, "ID");
    assert!(report.findings.iter().all(|found| found.code != Code::DuplicateKey));
}

#[test]
fn an_id_is_proposed_that_is_the_same_wherever_the_row_stands() {
    let proposed = |rows: &str| -> Vec<Option<String>> {
        let file = format!("ID,名称,所在地_連結表記\n{rows}");
        let (report, _) = report_against("hyojun/public_toilet", file.as_bytes());
        let missing = report.findings.into_iter().filter(|found| found.code == Code::KeyMissing);
        missing.map(|found| found.proposal).collect()
    };
    let (one, other) = (proposed(",a,x\n,b,x\n"), proposed(",b,x\n,a,x\n"));
    assert!(one[0].as_ref().is_some_and(|id| id.starts_with("ID") && id.len() == 16), "{one:?}");
    assert_eq!((&one[0], &one[1]), (&other[1], &other[0]));
    assert_ne!(one[0], one[1]);
    assert_eq!(proposed(",,x\n"), [None], "nobody knows what it is of");
}

#[test]
fn columns_that_are_missing_or_unknown_stand_in_the_header() {
    let file = toilets(&[&[]]).replacen("名称,", "施設名,", 1);
    let (report, _) = report_against(common::TOILETS, file.as_bytes());
    let missing = report.findings.iter().find(|found| found.code == Code::MissingColumn).unwrap();
    assert_eq!((missing.severity, missing.row, missing.column), (Severity::Error, Some(1), None));
    assert_eq!(missing.field.as_deref(), Some("名称"));
    let unknown = report.findings.iter().find(|found| found.code == Code::UnknownColumn).unwrap();
    assert_eq!(
        (unknown.severity, unknown.row, unknown.value.as_str()),
        (Severity::Warning, Some(1), "施設名")
    );
}

#[test]
fn a_recommended_column_that_is_empty_throughout_is_a_note_in_the_header() {
    let (report, _) = report_against("hyojun/public_toilet", "ID,名称,名称_カナ\n1,a,\n2,b,\n".as_bytes());
    finds(&report, Code::EmptyColumn, Severity::Note, 1, "名称_カナ");
}

#[test]
fn every_finding_has_words_in_both_languages() {
    let file = toilets(&[&[("名称", ""), ("緯度", "北")], &[("NO", "0001"), ("URL", "ftp://x")]]) + "\n1,2\n";
    let (report, _) = report_against(common::TOILETS, file.as_bytes());
    assert!(report.findings.len() > 4);
    for found in &report.findings {
        for text in [&found.message, &found.hint] {
            assert!(!text.ja.is_empty() && !text.en.is_empty(), "{}", found.code);
        }
    }
}

#[test]
fn limits_are_the_callers() {
    let limits = Limits { cell_bytes_max: 3, row_bytes_max: 100, columns_max: 2, ..Limits::default() };
    let options = Options { expected: Expected::AnyTable, limits, ..Options::default() };
    let report = validate(&b"a,b,c\n1,2,3\n1,long,3\n"[..], &SCHEMAS, &options, &mut Discard);
    assert_eq!(
        places(&report),
        [
            (Code::TooManyColumns, Severity::Error, Some(1), Some(3)),
            (Code::CellTooLong, Severity::Error, Some(3), Some(2))
        ]
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// What the csv crate writes is read as it was meant, cell by cell.
    #[test]
    fn a_table_that_is_written_well_is_read_as_it_was_meant(
        table in prop::collection::vec(prop::collection::vec("([a-zあ-ん,\";][a-zあ-ん,\"\r\n;]{0,4})?[a-z]", 3), 1..8),
    ) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["a", "b", "c"]).unwrap();
        table.iter().for_each(|row| writer.write_record(row).unwrap());
        let file = writer.into_inner().unwrap();
        let (report, rows) = report_against("hyojun/public_toilet", &file[..]);
        prop_assert_eq!(report.rows, table.len() as u64);
        prop_assert_eq!(rows, (2..).zip(table).collect::<Vec<_>>());
    }
}
