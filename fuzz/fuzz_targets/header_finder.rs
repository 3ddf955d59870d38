//! Finds the header among rows of titles, names of fields and numbers, as the input strings them together.

#![no_main]

use std::sync::LazyLock;

use fuzz::{Rows, SCHEMAS, holds};
use ingestion::{Expected, Options, validate};
use libfuzzer_sys::fuzz_target;

/// What stands between cells and in cells that are no names.
const PIECES: [&str; 16] = [
    ",",
    "\n",
    "\r\n",
    "\t",
    ";",
    "\"",
    "",
    "　",
    "一覧",
    "2024年度",
    "男",
    "_",
    "※注",
    "合計",
    "1",
    "2024-04-01",
];

/// The pieces and the names of three schemas, 256 in all.
static WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let names =
        ["hyojun/public_toilet", "suisho/public_toilet", "hyojun/population"].into_iter().flat_map(|id| {
            let schema = SCHEMAS.get(&id.parse().expect("an id")).expect("it is embedded");
            schema.fields.iter().map(|field| field.name.as_str())
        });
    PIECES.into_iter().chain(names).take(256).collect()
});

fuzz_target!(|data: &[u8]| {
    let [choice, places @ ..] = data else { return };
    let text: String = places.iter().map(|at| WORDS[usize::from(*at) % WORDS.len()]).collect();
    let schema = SCHEMAS.iter().nth(usize::from(choice >> 1) % 36);
    let expected = match (choice & 1, schema) {
        (1, Some(schema)) => Expected::Schema(schema),
        _ => Expected::Guess,
    };
    let options = Options { expected, ..Options::default() };
    let mut rows = Rows::default();
    let report = validate(text.as_bytes(), &SCHEMAS, &options, &mut rows);
    holds(text.as_bytes(), &report, &rows);
});
