//! The whole way of any file, with and without repairs, under each expectation.

#![no_main]

use fuzz::{Rows, SCHEMAS, holds};
use ingestion::{Expected, Options, RepairSet, validate};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let [choice, file @ ..] = data else { return };
    let schema = SCHEMAS.iter().nth(usize::from(choice >> 3) % 36);
    let expected = match (choice & 3, schema) {
        (0, _) => Expected::AnyTable,
        (1, Some(schema)) => Expected::Schema(schema),
        _ => Expected::Guess,
    };
    let repairs = if choice & 4 == 0 { RepairSet::default() } else { RepairSet::NONE };
    let options = Options { expected, repairs, ..Options::default() };
    let mut rows = Rows::default();
    let report = validate(file, &SCHEMAS, &options, &mut rows);
    holds(file, &report, &rows);
    if choice & 4 != 0 {
        assert_eq!(report.counts.repair, 0);
    }
});
