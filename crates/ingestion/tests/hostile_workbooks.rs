//! Workbooks that are locked, damaged or made to do harm: each gets a report, and none takes more than the limit.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use std::io::{Cursor, Write};

use common::books::{label, ods, with_part, with_parts, workbook, write, xls, zipped};
use common::{SCHEMAS, places, report, report_of_any_table};
use ingestion::{Code, Discard, Limits, Options, Severity, validate};
use proptest::prelude::*;

#[track_caller]
fn is_refused(file: &[u8], kind: &str, code: Code) {
    let report = report(file);
    assert_eq!(report.file.kind, kind);
    assert_eq!(places(&report), [(code, Severity::Error, None, None)]);
    assert_eq!((report.file.bytes, report.rows, report.file.sheet), (file.len() as u64, 0, None));
}

#[test]
fn an_empty_workbook_has_nothing_to_read() {
    is_refused(&workbook(|_| ()), "xlsx", Code::EmptyFile);
}

#[test]
fn what_is_locked_is_refused() {
    let manifest = b"<manifest:manifest xmlns:manifest=\"m\"><manifest:encryption-data/></manifest:manifest>";
    let locked = zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", b"\x12\x34"),
        ("META-INF/manifest.xml", manifest),
    ]);
    is_refused(&locked, "ods", Code::LockedWorkbook);
    let mut container = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    container.create_stream("/EncryptedPackage").unwrap().write_all(b"secret").unwrap();
    is_refused(&container.into_inner().into_inner(), "xls", Code::LockedWorkbook);
}

#[test]
fn a_binary_workbook_is_no_table() {
    let file = workbook(|sheet| write(sheet, 0, 0, &["a", "b"]));
    let binary = |xml: String| xml.replace("xl/workbook.xml", "xl/workbook.bin");
    is_refused(&with_part(&file, "_rels/.rels", binary), "xlsx", Code::NotATable);
}

#[test]
fn what_unpacks_to_more_than_the_limit_is_refused() {
    let limits = Limits { workbook_bytes_max: 1 << 20, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let refused = |file: &[u8]| places(&validate(file, &SCHEMAS, &options, &mut Discard));
    let too_large = [(Code::WorkbookTooLarge, Severity::Error, None, None)];

    let table = workbook(|sheet| write(sheet, 0, 0, &["a", "b"]));
    assert_eq!(
        refused(&table),
        [(Code::NoData, Severity::Error, None, None), (Code::NoSchema, Severity::Note, None, None)]
    );
    let blanks = |xml: String| xml.replace("<sheetData>", &format!("{}<sheetData>", " ".repeat(2 << 20)));
    assert_eq!(refused(&with_part(&table, "xl/worksheets/sheet1.xml", blanks)), too_large);
    let fonts = |xml: String| xml.replace("</cellXfs>", &format!("{}</cellXfs>", "<xf/>".repeat(20_000)));
    assert_eq!(refused(&with_part(&table, "xl/styles.xml", fonts)), too_large);
    let repeated = "<table:table table:name=\"a\"><table:table-row table:number-rows-repeated=\"1000000\">\
        <table:table-cell table:number-columns-repeated=\"16000\" office:value-type=\"string\"><text:p>x</text:p>\
        </table:table-cell></table:table-row></table:table>";
    assert_eq!(refused(&ods(repeated)), too_large);
    let blanks = "<table:table table:name=\"a\"><table:table-row><table:table-cell office:value-type=\"string\">\
        <text:p><text:s text:c=\"4000000000\"/></text:p></table:table-cell></table:table-row></table:table>";
    assert_eq!(refused(&ods(blanks)), too_large);
}

#[test]
fn two_cells_at_the_corners_of_a_sheet_take_little_memory() {
    let file = workbook(|sheet| {
        write(sheet, 0, 0, &["a"]);
        sheet.write_string(1_048_575, 16_383, "b").unwrap();
    });
    let report = report_of_any_table(&file[..]);
    assert_eq!(report.findings.iter().find(|found| found.code == Code::TooManyColumns).unwrap().row, Some(1));
    assert_eq!(report.rows, 1);
}

#[test]
fn a_number_of_texts_that_is_not_there_is_damage() {
    let file = workbook(|sheet| write(sheet, 0, 0, &["a", "b"]));
    let lie = |xml: String| xml.replace("uniqueCount=\"2\"", "uniqueCount=\"99999999999999\"");
    is_refused(&with_part(&file, "xl/sharedStrings.xml", lie), "xlsx", Code::DamagedWorkbook);
}

#[test]
fn a_number_of_texts_is_not_hidden_by_a_smaller_one() {
    let file = workbook(|sheet| write(sheet, 0, 0, &["a", "b"]));
    let lie = |xml: String| {
        xml.replace("uniqueCount=\"2\">", "uniqueCount=\"99999999999999\"><sst uniqueCount=\"2\"></sst>")
    };
    is_refused(&with_part(&file, "xl/sharedStrings.xml", lie), "xlsx", Code::DamagedWorkbook);
}

#[test]
fn two_parts_of_one_name_are_damage() {
    let file = workbook(|sheet| write(sheet, 0, 0, &["a", "b"]));
    let twice = with_parts(&file, &[("xl/SharedStrings.xml", b"<sst/>")]);
    is_refused(&twice, "xlsx", Code::DamagedWorkbook);
}

#[test]
fn merged_cells_without_end_take_little_memory() {
    let file = workbook(|sheet| {
        write(sheet, 0, 0, &["a", "b"]);
        write(sheet, 1, 0, &["1", "2"]);
    });
    let merged = "<mergeCell ref=\"A1:ZZZZZZ1\"/>".repeat(1_000) + "<mergeCell ref=\"C9:A1\"/>";
    let endless =
        |xml: String| xml.replace("</sheetData>", &format!("</sheetData><mergeCells>{merged}</mergeCells>"));
    let report = report_of_any_table(&with_part(&file, "xl/worksheets/sheet1.xml", endless)[..]);
    assert!(report.findings.iter().all(|found| found.code == Code::MergedCells));
    assert_eq!((report.rows, report.counts.warning), (1, 1_001));
}

#[test]
fn names_of_sheets_may_hold_any_letter() {
    for name in ["R&D <一覧>", "'", "𠮷野家 🍚", " 空白 ", "a\u{202e}b"] {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        write(sheet, 0, 0, &["a", "b"]);
        write(sheet, 1, 0, &["1", "2"]);
        let escaped = name.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let file = with_part(&book.save_to_buffer().unwrap(), "xl/workbook.xml", |xml| {
            xml.replace("name=\"Sheet1\"", &format!("name=\"{escaped}\""))
        });
        let report = report_of_any_table(&file[..]);
        assert_eq!((report.file.sheet.as_deref(), report.rows), (Some(name), 1));
        assert_eq!(places(&report), []);
    }
}

#[test]
fn a_sheet_of_16_384_columns_is_an_error_and_no_crash() {
    let file = workbook(|sheet| {
        for column in 0..16_384 {
            sheet.write_string(0, column, format!("c{column}")).unwrap();
            sheet.write_number(1, column, 1).unwrap();
        }
    });
    let report = report_of_any_table(&file[..]);
    assert_eq!(places(&report), [(Code::TooManyColumns, Severity::Error, Some(1), Some(2001))]);
}

#[test]
fn a_sheet_out_of_order_is_damage() {
    let file = workbook(|sheet| {
        write(sheet, 0, 0, &["a", "b"]);
        write(sheet, 1, 0, &["1", "2"]);
    });
    let swapped = |xml: String| xml.replace("r=\"A1\"", "r=\"A9\"");
    is_refused(&with_part(&file, "xl/worksheets/sheet1.xml", swapped), "xlsx", Code::DamagedWorkbook);
}

#[test]
fn an_old_workbook_that_announces_more_than_the_limit_is_refused() {
    let announced = [0_u32, u32::MAX].map(u32::to_le_bytes).concat();
    let announced = [announced, vec![0, 0, 0xff, 0xff, 0, 0]].concat();
    is_refused(&xls(&[(0x0200, announced)]), "xls", Code::WorkbookTooLarge);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_workbook_with_damage_anywhere_gets_a_report(
        place in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>(),
        part in prop::sample::select(vec![
            "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml",
            "_rels/.rels", "xl/_rels/workbook.xml.rels", "content.xml",
        ]),
    ) {
        let xlsx = workbook(|sheet| {
            write(sheet, 0, 0, &["a", "b"]);
            write(sheet, 1, 0, &["1", "2"]);
        });
        let ods = ods(
            "<table:table table:name=\"a\"><table:table-row table:number-rows-repeated=\"2\"><table:table-cell \
             office:value-type=\"string\"><office:annotation><text:p>n</text:p></office:annotation>\
             <text:p>x<text:s text:c=\"2\"/></text:p></table:table-cell></table:table-row></table:table>",
        );
        let xls = xls(&[(0x0200, vec![0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 2, 0, 0, 0]), label(0, 0, "区"), label(0, 1, "数")]);
        for file in [&xlsx, &ods, &xls] {
            let mut touched = file.clone();
            touched[place.index(file.len())] = byte;
            prop_assert_eq!(report(&touched[..]).file.bytes, touched.len() as u64);
            touched.truncate(cut.index(file.len()) + 1);
            prop_assert_eq!(report(&touched[..]).file.bytes, touched.len() as u64);
        }
        // Damage within a part, of which the package is none the wiser.
        for file in [&xlsx, &ods] {
            let inner = with_part(file, part, |xml| {
                let at = place.index(xml.len());
                let mut bytes = xml.into_bytes();
                bytes[at] = byte & 0x7f;
                String::from_utf8_lossy(&bytes).into_owned()
            });
            prop_assert_eq!(report(&inner[..]).file.bytes, inner.len() as u64);
            let shorter = with_part(file, part, |xml| xml.chars().take(cut.index(xml.len())).collect());
            prop_assert_eq!(report(&shorter[..]).file.bytes, shorter.len() as u64);
        }
    }
}
