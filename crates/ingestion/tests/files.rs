//! Files as a whole: what they are, how they are written down, what is too much. Whatever comes in, a report
//! comes out.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use std::io::{self, Read};

use common::{in_portions, places, report, report_of_any_table};
use ingestion::{Code, Report, Severity, Sha256};
use proptest::prelude::*;

const NUMBERS: &str = "a,b\r\n1,2\r\n3,4\r\n";

/// The file is refused for one reason, whatever it is called.
#[track_caller]
fn is_refused(bytes: &[u8], kind: &str, code: Code) {
    let report = report(bytes);
    assert_eq!(report.file.kind, kind);
    assert_eq!(places(&report), [(code, Severity::Error, None, None)]);
    assert!(!report.accepted());
    assert_eq!((report.file.bytes, report.file.sha256), (bytes.len() as u64, Sha256::of(bytes)));
    assert_eq!((report.rows, report.schema, report.file.header_row), (0, None, None));
}

/// The table is read, and this is how it was written down.
#[track_caller]
fn is_written(bytes: &[u8], encoding: &str, line_ending: Option<&str>) -> Report {
    let report = report_of_any_table(bytes);
    assert_eq!(report.file.kind, "csv");
    assert_eq!(report.file.encoding.as_deref(), Some(encoding));
    assert_eq!(report.file.line_ending.as_deref(), line_ending);
    assert_eq!((report.file.delimiter, report.file.header_row), (Some(','), Some(1)));
    assert_eq!((report.file.bytes, report.file.sha256), (bytes.len() as u64, Sha256::of(bytes)));
    report
}

fn cp932(text: &str) -> Vec<u8> {
    encoding_rs::SHIFT_JIS.encode(text).0.into_owned()
}

fn utf_16(text: &str, bytes: impl Fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn an_empty_file_is_refused() {
    is_refused(b"", "empty", Code::EmptyFile);
}

#[test]
fn a_file_of_blanks_is_as_good_as_empty() {
    for blanks in ["\n\n", "  \r\n\t", "\u{feff}", ",,\n,,\n"] {
        let report = report(blanks.as_bytes());
        assert_eq!(places(&report), [(Code::EmptyFile, Severity::Error, None, None)], "{blanks:?}");
    }
}

#[test]
fn a_photograph_a_pdf_and_an_archive_are_no_tables() {
    is_refused(
        &[b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &[7; 200_000]].concat(),
        "png",
        Code::NotATable,
    );
    is_refused(b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01", "jpg", Code::NotATable);
    is_refused(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "pdf", Code::NotATable);
    is_refused(b"PK\x03\x04\x14\0\0\0\0\0 a folder", "zip", Code::NotATable);
    is_refused(b"<!DOCTYPE html><html><body>\n", "html", Code::NotATable);
}

#[test]
fn what_begins_like_a_workbook_and_is_none_is_damaged() {
    let mut xlsx = b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0".to_vec();
    xlsx.resize(30, 0);
    xlsx.extend_from_slice(b"xl/workbook.xml and so on");
    is_refused(&xlsx, "xlsx", Code::DamagedWorkbook);
    is_refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on", "xls", Code::DamagedWorkbook);
    let mut ods = b"PK\x03\x04\x14\0\0\0\0\0".to_vec();
    ods.resize(30, 0);
    ods.extend_from_slice(b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet");
    is_refused(&ods, "ods", Code::DamagedWorkbook);
}

#[test]
fn a_clean_file_gets_neither_warning_nor_error_however_it_is_written() {
    let table = "名称,表示\r\n\"見本, その1\",\"二\r\n行\"\r\nソ\"\",纊昱ｶﾅ～－\r\n".replace("\"\",", ",");
    let unix = table.replace("\r\n", "\n");
    let mac = table.replace("\r\n", "\r");
    let with_bom = format!("\u{feff}{table}");
    for report in [
        is_written(table.as_bytes(), "utf-8", Some("crlf")),
        is_written(unix.as_bytes(), "utf-8", Some("lf")),
        is_written(mac.as_bytes(), "utf-8", Some("cr")),
        is_written(with_bom.as_bytes(), "utf-8-bom", Some("crlf")),
        is_written(&cp932(&table), "cp932", Some("crlf")),
        is_written(&encoding_rs::EUC_JP.encode(&table).0, "euc-jp", Some("crlf")),
        is_written(&encoding_rs::ISO_2022_JP.encode(&table.replace("ｶﾅ", "")).0, "iso-2022-jp", Some("crlf")),
        is_written(&utf_16(&with_bom, u16::to_le_bytes), "utf-16le", Some("crlf")),
        is_written(&utf_16(&with_bom, u16::to_be_bytes), "utf-16be", Some("crlf")),
        is_written(&utf_16(&table, u16::to_le_bytes), "utf-16le", Some("crlf")),
        is_written(table.trim_end().as_bytes(), "utf-8", Some("crlf")),
    ] {
        assert_eq!((places(&report), report.rows), (vec![], 2));
    }
    assert_eq!(places(&is_written(b"a,b\r1,2", "utf-8", Some("cr"))), []);
}

#[test]
fn line_ends_of_two_kinds_are_a_warning() {
    let report = is_written(b"a,b\r\n1,2\n3,4\r\n", "utf-8", Some("mixed"));
    assert_eq!(places(&report), [(Code::MixedLineEndings, Severity::Warning, None, None)]);
}

#[test]
fn a_header_alone_has_no_data() {
    let report = report_of_any_table(&b"a,b\n"[..]);
    assert_eq!(places(&report), [(Code::NoData, Severity::Error, None, None)]);
}

#[test]
fn a_table_that_fits_no_schema_is_accepted_with_a_note() {
    let report = report(NUMBERS.as_bytes());
    assert_eq!(places(&report), [(Code::NoSchema, Severity::Note, None, None)]);
    assert!(report.accepted());
    assert!(report_of_any_table(NUMBERS.as_bytes()).findings.is_empty());
}

#[test]
fn a_file_that_breaks_off_is_an_error_and_what_came_is_judged() {
    struct Fails;
    impl Read for Fails {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }
    let report = report_of_any_table(NUMBERS.as_bytes().chain(Fails));
    assert_eq!(places(&report), [(Code::Unreadable, Severity::Error, None, None)]);
    assert_eq!((report.rows, report.file.bytes), (2, NUMBERS.len() as u64));
}

#[test]
fn a_header_of_100_000_columns_is_an_error_and_no_crash() {
    let header: Vec<String> = (0..100_000).map(|number| format!("c{number}")).collect();
    let report = report_of_any_table((header.join(",") + "\n1,2\n").as_bytes());
    let found = places(&report);
    assert_eq!(found[0], (Code::TooManyColumns, Severity::Error, Some(1), Some(2001)));
    assert_eq!(found[1], (Code::TooFewCells, Severity::Error, Some(2), Some(3)));
    assert_eq!(found.len(), 2);
}

#[test]
fn a_line_of_50_megabytes_is_an_error_and_no_crash() {
    let line = io::repeat(b'x').take(50 << 20);
    let report = report_of_any_table(NUMBERS.as_bytes().chain(line).chain(&b"\r\n5,6\r\n"[..]));
    assert_eq!(
        places(&report),
        [
            (Code::RowTooLong, Severity::Error, Some(4), None),
            (Code::CellTooLong, Severity::Error, Some(4), Some(1))
        ]
    );
    assert_eq!((report.rows, report.file.bytes), (4, NUMBERS.len() as u64 + (50 << 20) + 7));
}

#[test]
fn a_long_line_of_quotes_is_an_error_and_no_crash() {
    let quotes = io::repeat(b'"').take((4 << 20) + 1);
    let report = report_of_any_table(NUMBERS.as_bytes().chain(quotes));
    assert_eq!(
        places(&report),
        [
            (Code::UnterminatedQuote, Severity::Error, Some(4), Some(1)),
            (Code::CellTooLong, Severity::Error, Some(4), Some(1))
        ]
    );
}

#[test]
fn a_report_of_many_findings_is_short_and_counts_them_all() {
    let file = format!("a,b\n{}", "\0,\"x\"y\n".repeat(5_000));
    let report = report_of_any_table(file.as_bytes());
    assert_eq!((report.counts.error, report.findings.len(), report.truncated), (10_000, 200, true));
    assert!(serde_json::to_vec(&report).unwrap().len() < 1_000_000);
}

/// Pieces of which a table may be made, and what may go wrong in one.
fn file() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just(b",".to_vec()),
        Just(b"\n".to_vec()),
        Just(b"\r\n".to_vec()),
        Just(b"\r".to_vec()),
        Just(b"\"".to_vec()),
        Just(b"\"\"".to_vec()),
        Just(b"\0".to_vec()),
        Just("名称".as_bytes().to_vec()),
        Just("\u{3000}".as_bytes().to_vec()),
        Just("\u{fffd}".as_bytes().to_vec()),
        Just(b"\x95\x5c\x8e\xa6".to_vec()),
        Just(b"\x83\x5c".to_vec()),
        Just(b"\x83".to_vec()),
        Just(b"\xb1".to_vec()),
        Just(b"\xff".to_vec()),
        Just(b"\xef\xbb\xbf".to_vec()),
        "[a-z0-9=+@ -]{0,6}".prop_map(String::into_bytes),
    ];
    // Much ASCII in front moves the rest across the edges of the blocks.
    let ascii = prop_oneof![Just(0), 65_500_usize..65_600];
    (ascii, prop::collection::vec(piece, 0..60))
        .prop_map(|(ascii, pieces)| [vec![b'x'; ascii], pieces.concat()].concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn how_the_bytes_are_portioned_changes_nothing(
        file in file(),
        sizes in prop::collection::vec(1_usize..5_000, 1..6),
    ) {
        prop_assert_eq!(report(in_portions(&file, sizes)), report(&file[..]));
    }

    #[test]
    fn whatever_comes_in_a_report_comes_out(
        begins in prop::sample::select(vec![
            &b""[..], b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x89PNG\r\n\x1a\n", b"%PDF-", b"\xff\xfe",
            b"\xef\xbb\xbf", b"<html>", b"\x1f\x8b", b"a,b\n", b"\x95\x5c,\n", b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0\0\0\0\0\0\0\0\0\0\0\0\0\x13\0\0\0[Content_Types].xml",
        ]),
        rest in prop::collection::vec(any::<u8>(), 0..3_000),
    ) {
        let bytes = [begins, &rest].concat();
        let report = report(&bytes[..]);
        let listed = |severity| report.findings.iter().filter(|found| found.severity == severity).count() as u64;
        prop_assert!(report.counts.error >= listed(Severity::Error));
        prop_assert!(report.counts.warning >= listed(Severity::Warning));
        prop_assert!(report.counts.note >= listed(Severity::Note));
        prop_assert_eq!(report.file.bytes, bytes.len() as u64);
        prop_assert_eq!(report.file.sha256, Sha256::of(&bytes));
        prop_assert!(report.findings.is_sorted_by_key(|found| (found.row, found.column)));
    }
}
