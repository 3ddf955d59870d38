//! The defects in which staff's files arrive, each put into a clean table.
//!
//! Those that are mended; what is only told is [`crate::told`]'s business.

use ingestion::{Field, Kind, Schema};
use unicode_normalization::UnicodeNormalization;

use crate::clean::KANA;
use crate::common::table::Table;
use crate::dice::Dice;

/// A table on its way to becoming a file.
pub struct Dirty {
    pub schema: &'static Schema,
    pub table: Table,
    /// Lines above the header and below the data.
    pub above: Vec<&'static str>,
    pub below: Vec<&'static str>,
    pub writing: Writing,
}

/// How the file is written down.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Writing {
    Utf8,
    Utf8WithBom,
    Cp932,
    Utf16,
}

/// A defect: its number in the list, its name, and what puts it into a table.
pub type Defect = (u8, &'static str, fn(&mut Dirty, &mut Dice));

/// Defects of cells, those of what a cell says before those of how it is written.
pub const OF_CELLS: [Defect; 12] = [
    (5, "thousands, units, ▲", numbers),
    (6, "和暦 and other dates", dates),
    (6, "times", times),
    (9, "coordinates", coordinates),
    (10, "lost zeros, check digits", lost_zeros),
    (16, "spellings of choices", choices),
    (16, "telephones, postal codes", telephones),
    (17, "marks for no value", marks),
    (2, "half-width kana", half_width_kana),
    (5, "full-width", full_width),
    (2, "invisible characters, NFD", invisible),
    (11, "blanks around cells", blanks),
];

/// Defects of the table as a whole.
pub const OF_TABLES: [Defect; 5] = [
    (7, "spelling of headers", headers),
    (14, "columns in other places", other_places),
    (11, "empty edges", empty_edges),
    (3, "titles and remarks", titles),
    (1, "encodings", encodings),
];

/// The text of a file in bytes.
pub fn write(dirty: &Dirty) -> Vec<u8> {
    let mut text: String = dirty.above.iter().map(|line| format!("{line}\r\n")).collect();
    text.push_str(&String::from_utf8(dirty.table.write()).unwrap());
    dirty.below.iter().for_each(|line| text.push_str(&format!("{line}\r\n")));
    match dirty.writing {
        Writing::Utf8WithBom => format!("\u{feff}{text}").into_bytes(),
        Writing::Cp932 => match encoding_rs::SHIFT_JIS.encode(&text) {
            (bytes, _, false) => bytes.into_owned(),
            _ => text.into_bytes(),
        },
        Writing::Utf16 => format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Writing::Utf8 => text.into_bytes(),
    }
}

/// Changes about every third cell that `change` has something for.
fn each(dirty: &mut Dirty, dice: &mut Dice, change: fn(&Field, &str, &mut Dice) -> Option<String>) {
    let fields: Vec<Option<&Field>> = dirty
        .table
        .header
        .iter()
        .map(|name| dirty.schema.fields.iter().find(|field| field.name == *name))
        .collect();
    for row in &mut dirty.table.rows {
        for (cell, field) in row.iter_mut().zip(&fields) {
            if let Some(field) = field
                && dice.once_in(3)
                && let Some(changed) = change(field, cell, dice)
            {
                *cell = changed;
            }
        }
    }
}

fn encodings(dirty: &mut Dirty, dice: &mut Dice) {
    dirty.writing = *dice.one_of(&[Writing::Utf8WithBom, Writing::Cp932, Writing::Utf16]);
}

fn invisible(dirty: &mut Dirty, dice: &mut Dice) {
    each(dirty, dice, |_, cell, dice| {
        let apart: String = cell.nfd().collect();
        let at = cell.char_indices().map(|(at, _)| at).nth(1)?;
        let (before, after) = cell.split_at(at);
        let sign = dice.one_of(&["\u{200b}", "\u{feff}", "\u{ad}", "\u{2060}"]);
        let plain = cell.chars().all(|letter| matches!(letter, 'ぁ'..='ヶ' | ' '..='~' | '一'..='鿿'));
        Some(if plain && apart != cell && dice.once_in(2) { apart } else { format!("{before}{sign}{after}") })
    });
    each(dirty, dice, |_, cell, _| cell.contains(' ').then(|| cell.replace(' ', "\u{a0}")));
}

fn half_width_kana(dirty: &mut Dirty, dice: &mut Dice) {
    each(dirty, dice, |field, cell, _| {
        let narrow = KANA.iter().find(|[wide, _]| *wide == cell).map(|[_, narrow]| (*narrow).to_owned());
        narrow.filter(|_| field.kind == Kind::Katakana)
    });
}

fn titles(dirty: &mut Dirty, dice: &mut Dice) {
    dirty.above =
        dice.one_of(&[vec!["【見本】一覧表"], vec!["【見本】一覧表", "", "※見本課調べ"], vec![""]]).clone();
    dirty.below = dice.one_of(&[vec!["※見本課調べ"], vec!["", "出典：見本課"]]).clone();
}

fn numbers(dirty: &mut Dirty, dice: &mut Dice) {
    each(dirty, dice, |field, cell, dice| {
        let is_number = matches!(field.kind, Kind::Integer { .. } | Kind::Number);
        let (sign, digits) = cell.strip_prefix('-').map_or(("", cell), |digits| ("▲", digits));
        if !is_number || digits.is_empty() || !cell.is_ascii() {
            return None;
        }
        let (whole, fraction) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
        let grouped = match whole.len() {
            4.. => format!("{},{}", &whole[..whole.len() - 3], &whole[whole.len() - 3..]),
            _ => whole.to_owned(),
        };
        let unit = field.unit.as_deref().unwrap_or(["人", "円", "㎡"][dice.below(3)]);
        let number = format!("{sign}{grouped}{fraction}");
        Some(if number == *cell || dice.once_in(2) { format!("{number}{unit}") } else { number })
    });
}

/// Whether a field is read by its letters, so that their width is no matter.
fn is_of_half_width(kind: &Kind) -> bool {
    !matches!(kind, Kind::Text | Kind::Ascii | Kind::Katakana | Kind::List | Kind::Weekdays | Kind::OneOf(_))
}

fn wide(cell: &str) -> String {
    let wide = |letter: char| match letter {
        '!'..='~' => char::from_u32(u32::from(letter) + 0xfee0).unwrap(),
        letter => letter,
    };
    cell.chars().map(wide).collect()
}

fn full_width(dirty: &mut Dirty, dice: &mut Dice) {
    each(dirty, dice, |field, cell, _| {
        (is_of_half_width(&field.kind) && !cell.is_empty() && cell.is_ascii()).then(|| wide(cell))
    });
}

fn dates(dirty: &mut Dirty, dice: &mut Dice) {
    each(dirty, dice, |field, cell, dice| {
        if field.kind != Kind::Date || cell.len() != 10 || !cell.is_ascii() {
            return None;
        }
        let number = |range: std::ops::Range<usize>| cell[range].parse::<u32>().unwrap();
        let (year, month, day) = (number(0..4), number(5..7), number(8..10));
        let of_era = year - 2018;
        let name = if of_era == 1 { "元".to_owned() } else { of_era.to_string() };
        Some(match dice.below(6) {
            0 => format!("令和{name}年{month}月{day}日"),
            1 => format!("R{of_era}.{month}.{day}"),
            2 => format!("{year}/{month}/{day}"),
            3 => format!("{year}.{month}.{day}"),
            4 => format!("{year}{month:02}{day:02}"),
            _ => format!("{year}年{month}月{day}日"),
        })
    });
}

fn times(dirty: &mut Dirty, dice: &mut Dice) {
    each(dirty, dice, |field, cell, dice| {
        let (hour, minute) = cell.split_once(':').filter(|_| matches!(field.kind, Kind::Time { .. }))?;
        let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
        Some(match dice.below(3) {
            0 if hour < 10 => format!("{hour}:{minute:02}"),
            1 if minute == 0 => format!("{hour}時"),
            _ => format!("{hour}時{minute}分"),
        })
    });
}

fn headers(dirty: &mut Dirty, dice: &mut Dice) {
    for name in &mut dirty.table.header {
        if dice.once_in(3) {
            *name = if dice.once_in(2) { wide(name) } else { format!(" {name}\u{3000}") };
        }
    }
}

fn coordinates(dirty: &mut Dirty, dice: &mut Dice) {
    let place = |kind: Kind| {
        let names = dirty.schema.fields.iter().filter(|field| field.kind == kind).map(|field| &field.name);
        names.filter_map(|name| dirty.table.header.iter().position(|header| header == name)).next()
    };
    let (Some(north), Some(east)) = (place(Kind::Latitude), place(Kind::Longitude)) else { return };
    for row in dirty.table.rows.iter_mut().filter(|_| dice.once_in(2)).collect::<Vec<_>>() {
        if [north, east].iter().any(|at| row[*at].parse::<f64>().is_err()) {
            continue;
        }
        match dice.below(3) {
            // What lies between two seconds could not come back.
            1 if [north, east].iter().all(|at| is_of_whole_seconds(&row[*at])) => {
                row[north] = sexagesimal(&row[north]);
                row[east] = sexagesimal(&row[east]);
            }
            0 | 1 => row.swap(north, east),
            _ => {
                row[north] = format!("{},{}", row[north], row[east]);
                row[east].clear();
            }
        }
    }
}

fn sexagesimal(degrees: &str) -> String {
    let seconds = (degrees.parse::<f64>().unwrap() * 3600.0).round() as u32;
    format!("{}°{:02}′{:02}″", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

fn is_of_whole_seconds(degrees: &str) -> bool {
    let seconds = (degrees.parse::<f64>().unwrap() * 3600.0).round();
    format!("{:.6}", seconds / 3600.0) == *degrees
}

fn lost_zeros(dirty: &mut Dirty, dice: &mut Dice) {
    each(dirty, dice, |field, cell, dice| match field.kind {
        Kind::MunicipalityCode if cell.len() == 6 && dice.once_in(2) => Some(cell[..5].to_owned()),
        Kind::MunicipalityCode | Kind::PostalCode | Kind::Telephone => {
            cell.strip_prefix('0').map(str::to_owned)
        }
        _ => None,
    });
}

fn blanks(dirty: &mut Dirty, dice: &mut Dice) {
    each(dirty, dice, |_, cell, dice| {
        let blank = dice.one_of(&[" ", "\u{3000}", "\t", "\u{a0}"]);
        let around = if dice.once_in(2) { format!("{cell}{blank}") } else { format!("{blank}{cell}{blank}") };
        (!cell.is_empty()).then_some(around)
    });
}

fn empty_edges(dirty: &mut Dirty, dice: &mut Dice) {
    let columns = 1 + dice.below(3);
    let rows = dirty.table.rows.iter_mut().chain([&mut dirty.table.header]);
    rows.for_each(|row| row.extend(vec![String::new(); columns]));
    let blank = vec![String::new(); dirty.table.header.len()];
    dirty.table.rows.extend(vec![blank; 1 + dice.below(3)]);
}

fn other_places(dirty: &mut Dirty, dice: &mut Dice) {
    let turn = 1 + dice.below(dirty.table.header.len() - 1);
    let memo = dice.below(dirty.table.header.len());
    dirty.table.header.rotate_left(turn);
    dirty.table.header.insert(memo, "見本課の控え".to_owned());
    for row in &mut dirty.table.rows {
        row.rotate_left(turn);
        row.insert(memo, "見本".to_owned());
    }
}

fn choices(dirty: &mut Dirty, dice: &mut Dice) {
    each(dirty, dice, |field, cell, dice| {
        let Kind::OneOf(values) = &field.kind else { return None };
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        let written: &[&str] = match (values.as_slice(), cell) {
            (["有", "無"] | ["無", "有"], "有") => &["○", "〇", "◯", "あり", "有り", "1"],
            (["有", "無"] | ["無", "有"], "無") => &["×", "なし", "無し", "0"],
            (["可", "否"] | ["否", "可"], "可") => &["○", "〇", "可能"],
            (["可", "否"] | ["否", "可"], "否") => &["×", "不可"],
            (["1"], "1") => &["○", "有", "あり", "１"],
            _ => return None,
        };
        Some((*dice.one_of(written)).to_owned())
    });
}

fn telephones(dirty: &mut Dirty, dice: &mut Dice) {
    each(dirty, dice, |field, cell, dice| match field.kind {
        Kind::Telephone if cell.is_ascii() && !cell.is_empty() => Some(match dice.below(3) {
            0 => wide(cell).replace('－', "ー"),
            1 => cell.replace('-', "."),
            _ => cell.replace('-', " "),
        }),
        Kind::PostalCode if cell.len() == 7 => {
            let (area, rest) = cell.split_at(3);
            Some(if dice.once_in(2) { format!("{area}-{rest}") } else { format!("〒{area}-{rest}") })
        }
        _ => None,
    });
}

fn marks(dirty: &mut Dirty, dice: &mut Dice) {
    each(dirty, dice, |field, cell, dice| {
        let is_place = matches!(field.kind, Kind::Latitude | Kind::Longitude);
        (cell.is_empty() && !is_place).then(|| (*dice.one_of(&["-", "***", "－"])).to_owned())
    });
}
