//! Reads any text as a cell of every kind. What was repaired needs no repair again.
//!
//! The first two bytes choose the field, the rest is its cell; in the last choice a `|` parts latitude and longitude.

#![no_main]

use std::sync::LazyLock;

use fuzz::{Rows, SCHEMAS, holds};
use ingestion::{Expected, Field, Kind, Options, Report, Schema, validate};
use libfuzzer_sys::fuzz_target;

/// A schema of one field for each kind of cell, and one of latitude and longitude.
static CASES: LazyLock<Vec<Schema>> = LazyLock::new(|| {
    let first = SCHEMAS.iter().next().expect("there are schemas");
    let of = |fields: Vec<Field>| Schema {
        fields,
        key: Vec::new(),
        relations: Vec::new(),
        optional_extra_columns: Vec::new(),
        ..first.clone()
    };
    let mut kinds: Vec<&Field> = Vec::new();
    for field in SCHEMAS.iter().flat_map(|schema| &schema.fields) {
        if kinds.iter().all(|known| (&known.kind, known.need) != (&field.kind, field.need)) {
            kinds.push(field);
        }
    }
    let of_kind = |kind: Kind| kinds.iter().find(|it| it.kind == kind).map(|it| (*it).clone());
    let places = of_kind(Kind::Latitude).into_iter().chain(of_kind(Kind::Longitude)).collect();
    kinds.iter().map(|field| of(vec![(*field).clone()])).chain([of(places)]).collect()
});

fn judged(schema: &Schema, cells: &[String]) -> (Report, Rows) {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let names = schema.fields.iter().map(|field| field.name.as_str()).chain(["その他"]);
    writer.write_record(names).expect("memory takes it");
    writer.write_record(cells).expect("memory takes it");
    let file = writer.into_inner().expect("memory takes it");
    let options = Options { expected: Expected::Schema(schema), ..Options::default() };
    let mut rows = Rows::default();
    let report = validate(&file[..], &SCHEMAS, &options, &mut rows);
    holds(&file, &report, &rows);
    (report, rows)
}

fuzz_target!(|data: &[u8]| {
    let [low, high, cell @ ..] = data else { return };
    let Ok(text) = std::str::from_utf8(cell) else { return };
    let choice = usize::from(u16::from_le_bytes([*low, *high])) % CASES.len();
    let schema = &CASES[choice];
    let mut cells = match schema.fields.len() {
        1 => vec![text.to_owned()],
        wanted => {
            let mut parts: Vec<String> = text.splitn(wanted, '|').map(str::to_owned).collect();
            parts.resize(wanted, String::new());
            parts
        }
    };
    cells.push("見本".to_owned());
    let (report, rows) = judged(schema, &cells);
    if let ([(_, repaired)], true) = (rows.0.as_slice(), report.accepted()) {
        let (again, rows_again) = judged(schema, repaired);
        assert_eq!((again.counts.error, again.counts.repair), (0, 0), "{:?}: {repaired:?}", again.repairs);
        assert_eq!(rows_again.0, rows.0);
    }
});
