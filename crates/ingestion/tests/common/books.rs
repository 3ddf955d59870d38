//! Workbooks for tests: written by a library, or byte by byte where no library writes such.

use std::io::{Cursor, Read, Write};

use rust_xlsxwriter::{Workbook, Worksheet};
use zip::write::SimpleFileOptions;

/// A workbook of one sheet.
pub fn workbook(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet().set_name("一覧").unwrap());
    book.save_to_buffer().unwrap()
}

/// Writes `cells` as texts, from a cell on to the right.
pub fn write(sheet: &mut Worksheet, row: u32, column: u16, cells: &[&str]) {
    for (column, cell) in (column..).zip(cells) {
        sheet.write_string(row, column, *cell).unwrap();
    }
}

/// A zip of these parts.
pub fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        // LibreOffice stores the type of an ods as it is, so that its first bytes tell it.
        let method = if *name == "mimetype" {
            zip::CompressionMethod::Stored
        } else {
            zip::CompressionMethod::Deflated
        };
        zip.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// `file` with the part `name` as `change` makes it.
pub fn with_part(file: &[u8], name: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut parts = parts(file);
    for (part, bytes) in &mut parts {
        if part == name {
            *bytes = change(String::from_utf8(std::mem::take(bytes)).unwrap()).into_bytes();
        }
    }
    zipped(&parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect::<Vec<_>>())
}

/// `file` with some more parts.
pub fn with_parts(file: &[u8], more: &[(&str, &[u8])]) -> Vec<u8> {
    let parts = parts(file);
    let known = parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
    zipped(&known.chain(more.iter().copied()).collect::<Vec<_>>())
}

/// The parts of a workbook, in their order.
pub fn parts(file: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        parts.push((part.name().unwrap().into_owned(), bytes));
    }
    parts
}

/// An ods whose one or more sheets are `content`.
pub fn ods(content: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content \
         xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet>\
         {content}</office:spreadsheet></office:body></office:document-content>"
    );
    let manifest =
        "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
        ("META-INF/manifest.xml", manifest.as_bytes()),
    ])
}

/// An xls of one sheet with the records `sheet`.
pub fn xls(sheet: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let record =
        |kind: u16, data: &[u8]| [&kind.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), data].concat();
    let begin = |what: u8| record(0x0809, &[0, 6, what, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let name: Vec<u8> = "一覧".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let listed =
        |position: u32| record(0x0085, &[&position.to_le_bytes()[..], &[0, 0, 2, 1], &name].concat());
    let globals = |position: u32| [begin(5), listed(position), record(0x000a, &[])].concat();
    let records: Vec<u8> = sheet.iter().flat_map(|(kind, data)| record(*kind, data)).collect();
    let stream = [globals(globals(0).len() as u32), begin(0x10), records, record(0x000a, &[])].concat();
    let mut container = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    container.create_stream("/Workbook").unwrap().write_all(&stream).unwrap();
    container.into_inner().into_inner()
}

/// A text of an xls, in a cell.
pub fn label(row: u16, column: u16, text: &str) -> (u16, Vec<u8>) {
    let letters: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let place = [row, column, 0, text.encode_utf16().count() as u16].map(u16::to_le_bytes).concat();
    (0x0204, [place, vec![1], letters].concat())
}
