//! Opens workbooks of which one part is the input: a zip that is damaged is seldom opened far enough to matter.
//!
//! The first byte chooses the part; 0 is the whole file.

#![no_main]

use std::io::{Cursor, Write};

use fuzz::{Rows, SCHEMAS, holds};
use ingestion::{Expected, Limits, Options, validate};
use libfuzzer_sys::fuzz_target;
use zip::CompressionMethod::Stored;
use zip::write::SimpleFileOptions;

const XLSX: [(&str, &str); 7] = [
    (
        "[Content_Types].xml",
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>",
    ),
    (
        "_rels/.rels",
        "<Relationships><Relationship Id=\"a\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/\
         relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
    ),
    (
        "xl/workbook.xml",
        "<workbook xmlns:r=\"r\"><sheets><sheet name=\"s\" sheetId=\"1\" r:id=\"b\"/></sheets></workbook>",
    ),
    (
        "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id=\"b\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/\
         relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
    ),
    (
        "xl/worksheets/sheet1.xml",
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>\
         <row r=\"2\"><c r=\"A2\" s=\"1\"><v>45383</v></c><c r=\"B2\"><v>2</v></c></row></sheetData></worksheet>",
    ),
    ("xl/sharedStrings.xml", "<sst uniqueCount=\"2\"><si><t>a</t></si><si><t>b</t></si></sst>"),
    (
        "xl/styles.xml",
        "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>",
    ),
];

const ODS: [(&str, &str); 3] = [
    ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
    ("META-INF/manifest.xml", "<manifest/>"),
    ("content.xml", ""),
];

/// The parts in a zip, the one at `at` replaced.
fn zipped(parts: &[(&str, &str)], at: usize, part: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (index, (name, text)) in parts.iter().enumerate() {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(Stored))
            .expect("memory takes it");
        zip.write_all(if index == at { part } else { text.as_bytes() }).expect("memory takes it");
    }
    zip.finish().expect("memory takes it").into_inner()
}

/// An xls whose stream is `stream`.
fn xls(stream: &[u8]) -> Vec<u8> {
    let mut container = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("memory takes it");
    let mut part = container.create_stream("/Workbook").expect("memory takes it");
    part.write_all(stream).expect("memory takes it");
    drop(part);
    container.into_inner().into_inner()
}

/// A panic of a library that reads workbooks is caught and is a finding; one of ours is none.
fn tell_our_panics() {
    std::panic::set_hook(Box::new(|panic| {
        if panic.location().is_none_or(|location| !location.file().contains("/registry/")) {
            eprintln!("{panic}");
        }
    }));
}

fuzz_target!(init: tell_our_panics(), |data: &[u8]| {
    let [choice, part @ ..] = data else { return };
    let file = match choice % 8 {
        0 => part.to_vec(),
        at @ 1..6 => zipped(&XLSX, usize::from(at) + 1, part),
        6 => zipped(&ODS, 2, part),
        _ => xls(part),
    };
    let limits = Limits { workbook_bytes_max: 8 << 20, ..Limits::default() };
    let options = Options { expected: Expected::AnyTable, limits, ..Options::default() };
    let mut rows = Rows::default();
    let report = validate(&file[..], &SCHEMAS, &options, &mut rows);
    holds(&file, &report, &rows);
});
