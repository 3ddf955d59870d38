//! Cuts any text into rows, however it is portioned and whatever the limits; and what a library wrote as it was meant.

#![no_main]

use std::io::Read;

use fuzz::{Rows, SCHEMAS, holds};
use ingestion::{Expected, Limits, Options, RepairSet, validate};
use libfuzzer_sys::fuzz_target;

/// Gives a few bytes at a time.
struct Portions<'a>(&'a [u8], usize);

impl Read for Portions<'_> {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        let size = self.1.min(to.len());
        self.0.read(&mut to[..size])
    }
}

/// What cells are made of.
const LETTERS: [char; 16] =
    [',', '"', '\n', '\r', ';', 'a', 'b', 'z', 'あ', 'ん', '表', 'ソ', '能', '𠮷', '漢', '名'];

/// A table of three columns that `data` strings together; each byte is a letter, or ends a cell.
fn table(data: &[u8]) -> Vec<Vec<String>> {
    let cell = |bytes: &[u8]| -> String {
        let letters = bytes.iter().map(|byte| LETTERS[usize::from(byte % 16)]);
        letters.chain(['x']).collect()
    };
    let cells: Vec<String> = data.split(|byte| *byte >= 0xe0).map(cell).collect();
    cells.chunks_exact(3).map(<[String]>::to_vec).collect()
}

/// What the csv crate writes is read as it was meant, cell by cell.
fn reads_what_is_written(data: &[u8]) {
    let table = table(data);
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["a", "b", "c"]).expect("memory takes it");
    table.iter().for_each(|row| writer.write_record(row).expect("memory takes it"));
    let file = writer.into_inner().expect("memory takes it");
    let options = Options { expected: Expected::AnyTable, repairs: RepairSet::NONE, ..Options::default() };
    let mut rows = Rows::default();
    let report = validate(&file[..], &SCHEMAS, &options, &mut rows);
    assert_eq!(report.rows, table.len() as u64);
    assert_eq!(rows.0, (2..).zip(table).collect::<Vec<_>>());
}

fuzz_target!(|data: &[u8]| {
    let [choice, file @ ..] = data else { return };
    if *choice >= 0xc0 {
        return reads_what_is_written(file);
    }
    let limits = match choice & 1 {
        0 => Limits::default(),
        _ => Limits { cell_bytes_max: 8, row_bytes_max: 24, columns_max: 3, ..Limits::default() },
    };
    let options = Options { expected: Expected::AnyTable, limits, ..Options::default() };
    let (mut whole, mut portioned) = (Rows::default(), Rows::default());
    let report = validate(file, &SCHEMAS, &options, &mut whole);
    holds(file, &report, &whole);
    let again = validate(Portions(file, usize::from(choice >> 1) + 1), &SCHEMAS, &options, &mut portioned);
    assert_eq!((report, whole), (again, portioned));
});
