//! Clean tables: the good table of each schema with more rows, their cells drawn anew by the kind of their field.

use ingestion::{Field, Kind, Schema};

use crate::common::table::Table;
use crate::dice::Dice;

/// Names in katakana, and the same in half width.
pub const KANA: [[&str; 2]; 4] = [
    ["ミホンコウエン", "ﾐﾎﾝｺｳｴﾝ"],
    ["ガッコウ", "ｶﾞｯｺｳ"],
    ["ヒヨリパーク", "ﾋﾖﾘﾊﾟｰｸ"],
    ["ミホン ビョウイン", "ﾐﾎﾝ ﾋﾞｮｳｲﾝ"],
];

/// A table of `rows` rows that its schema accepts without a word.
pub fn variant(schema: &Schema, good: &Table, rows: usize, dice: &mut Dice) -> Table {
    let mut table = Table { header: good.header.clone(), rows: Vec::new() };
    for number in 1..=rows {
        let mut row = dice.one_of(&good.rows).clone();
        for (name, cell) in good.header.iter().zip(&mut row) {
            let field = schema.fields.iter().find(|field| field.name == *name).unwrap();
            if schema.key.contains(name) {
                *cell = key(&field.kind, cell, number);
            } else if let Some(drawn) =
                Some(&*cell).filter(|it| !it.is_empty()).and_then(|_| drawn(field, dice))
            {
                *cell = drawn;
            }
        }
        table.rows.push(row);
    }
    table
}

/// A cell of the key that no other row has; what cannot be made so stays, and another cell of the key tells.
fn key(kind: &Kind, cell: &str, number: usize) -> String {
    match kind {
        Kind::Text | Kind::Ascii | Kind::List => format!("見本第{number}"),
        Kind::Url => format!("https://example.jp/{number}"),
        Kind::Date => format!("2024-{:02}-{:02}", 1 + number / 28, 1 + number % 28),
        Kind::Integer { .. } => number.to_string(),
        Kind::Code { .. } => {
            let name = cell.trim_end_matches(|letter: char| letter.is_ascii_digit());
            format!("{name}{number:0width$}", width = cell.len() - name.len())
        }
        _ => cell.to_owned(),
    }
}

fn drawn(field: &Field, dice: &mut Dice) -> Option<String> {
    Some(match &field.kind {
        Kind::Integer { .. } => (1 + dice.below(50_000)).to_string(),
        Kind::Number if dice.once_in(3) => format!("-{}.{}", 1 + dice.below(9_000), 1 + dice.below(9)),
        Kind::Number => format!("{}.{}", 1 + dice.below(9_000), 1 + dice.below(9)),
        Kind::Date => {
            format!("20{:02}-{:02}-{:02}", 20 + dice.below(7), 1 + dice.below(12), 1 + dice.below(28))
        }
        Kind::Time { end: false } => format!("{:02}:{}", 6 + dice.below(5), dice.one_of(&["00", "30", "05"])),
        Kind::Time { end: true } => format!("{}:{}", 12 + dice.below(11), dice.one_of(&["00", "30", "45"])),
        Kind::Latitude => degrees(38, dice),
        Kind::Longitude => degrees(141, dice),
        Kind::Telephone => format!("0225-{:02}-{:04}", dice.below(100), dice.below(10_000)),
        Kind::PostalCode => format!("{}{:04}", dice.one_of(&["986", "060"]), dice.below(10_000)),
        Kind::Katakana => dice.one_of(&KANA)[0].to_owned(),
        Kind::OneOf(values) => dice.one_of(values).clone(),
        Kind::Text if ["説明", "備考"].contains(&field.name.as_str()) => {
            dice.one_of(&["がけの下", "見本 ビルの2階", "バス停から徒歩5分"]).to_string()
        }
        _ => return None,
    })
}

/// A whole number of seconds, in decimal degrees of six decimals.
fn degrees(whole: u32, dice: &mut Dice) -> String {
    let seconds = 1 + dice.below(3_599) as u32;
    format!("{:.6}", f64::from(whole) + f64::from(seconds) / 3600.0)
}
