//! Cells that are good at first sight: those of the plainest writing of their kind, told by their bytes alone.
//!
//! What is plain is good; what is not may be good all the same, and [`crate::judging::watch`] reads it. Only cells without a
//! [sign](crate::signs) come here.

mod eight;

use self::eight::{all, any_is, are_digits, is_printable};
use crate::judging::blanks;
use crate::reading::cells::may_have_blanks;
use crate::schema::{Field, Kind};

/// A cell with so many digits may hold a マイナンバー.
const DIGITS_OF_PERSONS: usize = 12;

/// The plainest writing of a kind.
#[derive(Debug, Clone)]
pub(crate) enum Plain {
    /// There is none.
    No,
    /// Text that is no formula and no mark for no value, of few digits where many may be a マイナンバー.
    Text {
        /// Whether they may.
        few_digits: bool,
    },
    /// The same, in printable ASCII.
    Ascii,
    /// Letters of full-width katakana alone.
    Katakana,
    /// So many digits.
    Digits(usize),
    /// Digits, not too many.
    Whole,
    /// Digits, perhaps with a point between them.
    Decimal,
    /// Degrees with a fraction; the whole ones are so many digits, from and to these.
    Degrees(usize, [u16; 2]),
    /// `0225-95-1111`
    Telephone,
    /// `09:00`
    Time,
    /// A web address with a host of ASCII letters and no port; this is what the last began with, up to its path.
    Url(Vec<u8>),
    /// One of these.
    OneOf(Vec<String>),
}

impl Plain {
    /// The plainest writing of `field`. `good` tells which values of a list are good; `few_digits`, whether many may be a マイナンバー.
    pub fn of(field: Option<&Field>, few_digits: bool, good: impl Fn(&str) -> bool) -> Plain {
        let Some(field) = field else { return Plain::Text { few_digits } };
        match &field.kind {
            Kind::Text => Plain::Text { few_digits },
            Kind::Ascii => Plain::Ascii,
            Kind::Katakana => Plain::Katakana,
            Kind::PostalCode => Plain::Digits(7),
            Kind::Integer { min } if min.is_none_or(|min| min <= 0) => Plain::Whole,
            Kind::Number => Plain::Decimal,
            Kind::Latitude => Plain::Degrees(2, [20, 45]),
            Kind::Longitude => Plain::Degrees(3, [122, 153]),
            Kind::Telephone => Plain::Telephone,
            Kind::Time { .. } => Plain::Time,
            Kind::Url => Plain::Url(Vec::new()),
            Kind::OneOf(values) => Plain::OneOf(values.iter().filter(|value| good(value)).cloned().collect()),
            _ => Plain::No,
        }
    }

    /// Whether `cell`, which is not empty, is written so.
    #[inline]
    pub fn has(&mut self, cell: &str) -> bool {
        let bytes = cell.as_bytes();
        match self {
            Plain::No => false,
            Plain::Text { few_digits } => is_text(cell) && !(*few_digits && has_many_digits(bytes)),
            Plain::Ascii => all(bytes, is_printable) && is_text(cell),
            Plain::Katakana => is_katakana(bytes),
            Plain::Digits(digits) => bytes.len() == *digits && all(bytes, are_digits),
            Plain::Whole => bytes.len() < DIGITS_OF_PERSONS && all(bytes, are_digits),
            Plain::Decimal => bytes.len() < DIGITS_OF_PERSONS && is_decimal(bytes),
            Plain::Degrees(digits, range) => is_degrees(bytes, *digits, *range),
            Plain::Telephone => is_telephone(bytes),
            Plain::Time => is_time(bytes),
            Plain::Url(site) => is_url(bytes, site),
            Plain::OneOf(values) => values.iter().any(|value| value == cell),
        }
    }
}

#[inline]
fn is_digit(byte: u8) -> bool {
    byte.wrapping_sub(b'0') < 10
}

#[inline]
fn is_text(cell: &str) -> bool {
    let bytes = cell.as_bytes();
    !may_have_blanks(bytes)
        && !matches!(bytes, [b'=' | b'@' | b'+' | b'-' | b'#', ..])
        && !blanks::stands_for_none_in_kind(cell)
        && !blanks::stands_for_another(cell)
}

/// Written without short cuts: the compiler then looks at several bytes at a time.
fn has_many_digits(bytes: &[u8]) -> bool {
    const PIECE: usize = 128;
    let of_piece = |piece: &[u8]| usize::from(piece.iter().map(|byte| u8::from(is_digit(*byte))).sum::<u8>());
    bytes.len() >= DIGITS_OF_PERSONS && bytes.chunks(PIECE).map(of_piece).sum::<usize>() >= DIGITS_OF_PERSONS
}

/// From ァ to ヿ, not beginning with ー.
fn is_katakana(cell: &[u8]) -> bool {
    let (letters, rest) = cell.as_chunks();
    rest.is_empty()
        && !cell.starts_with("ー".as_bytes())
        && letters.iter().all(|letter| matches!(letter, [0xe3, 0x82, 0xa1..=0xbf] | [0xe3, 0x83, _]))
}

fn is_decimal(cell: &[u8]) -> bool {
    match cell.iter().position(|byte| *byte == b'.') {
        None => all(cell, are_digits),
        Some(point) => {
            let (whole, fraction) = cell.split_at(point);
            let fraction = fraction.get(1..).unwrap_or_default();
            !whole.is_empty() && !fraction.is_empty() && all(whole, are_digits) && all(fraction, are_digits)
        }
    }
}

#[inline]
fn is_degrees(cell: &[u8], digits: usize, [from, to]: [u16; 2]) -> bool {
    const BYTES_MAX: usize = 15;
    let Some((whole, [b'.', fraction @ ..])) = cell.split_at_checked(digits) else { return false };
    let degrees = whole
        .iter()
        .fold(0_u16, |all, byte| all.wrapping_mul(10).wrapping_add(u16::from(byte.wrapping_sub(b'0'))));
    cell.len() <= BYTES_MAX
        && !fraction.is_empty()
        && all(whole, are_digits)
        && all(fraction, are_digits)
        && (from..=to).contains(&degrees)
}

fn is_telephone(cell: &[u8]) -> bool {
    let mut parts = [0_usize; 3];
    let mut part = 0;
    for byte in cell {
        match byte {
            b'0'..=b'9' => parts.get_mut(part).into_iter().for_each(|digits| *digits += 1),
            b'-' => part += 1,
            _ => return false,
        }
    }
    let [area, exchange, line] = parts;
    part == 2 && cell.starts_with(b"0") && (2..=5).contains(&area) && (1..=4).contains(&exchange) && line == 4
}

fn is_time(cell: &[u8]) -> bool {
    let [a, b, b':', c, d] = cell else { return false };
    let is_hour = matches!((a, b), (b'0' | b'1', b'0'..=b'9') | (b'2', b'0'..=b'3'));
    is_hour && matches!(c, b'0'..=b'5') && is_digit(*d)
}

fn is_url(cell: &[u8], site: &mut Vec<u8>) -> bool {
    let divides = |bytes: u64| any_is(bytes, b' ') | any_is(bytes, b';') | any_is(bytes, b',');
    let is_written_well = |text: &[u8]| all(text, |bytes| is_printable(bytes) & !divides(bytes));
    if let Some(path) = cell.strip_prefix(site.as_slice()).filter(|_| !site.is_empty()) {
        return is_written_well(path);
    }
    let Some(found) = site_of(cell).filter(|_| is_written_well(cell)) else { return false };
    site.clear();
    site.extend_from_slice(found);
    true
}

/// What `url` begins with: `https://`, a host, and the `/` behind it.
fn site_of(url: &[u8]) -> Option<&[u8]> {
    let rest = url.strip_prefix(b"https://").or_else(|| url.strip_prefix(b"http://"))?;
    let end = rest.iter().position(|byte| *byte == b'/')?;
    let is_label = |label: &[u8]| {
        !label.is_empty() && label.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
    };
    let site = url.get(..=url.len() - rest.len() + end)?;
    rest.get(..end)?.split(|byte| *byte == b'.').all(is_label).then_some(site)
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;
    use crate::cell;
    use crate::schemas::Schemas;

    /// Every field of every schema, with its plainest writing.
    static FIELDS: LazyLock<Vec<(Field, Plain)>> = LazyLock::new(|| {
        let schemas = Schemas::embedded();
        let fields = schemas.iter().flat_map(|schema| &schema.fields);
        let good = |field: &Field, value: &str| cell::read(field, value).1.is_none();
        fields
            .map(|field| (field.clone(), Plain::of(Some(field), true, |value| good(field, value))))
            .collect()
    });

    fn is_plain(plain: &Plain, cell: &str) -> bool {
        !cell.is_empty() && plain.clone().has(cell)
    }

    #[track_caller]
    fn has(plain: &Plain, yes: &[&str], no: &[&str]) {
        for cell in yes {
            assert!(is_plain(plain, cell), "{plain:?} should have {cell:?}");
        }
        for cell in no {
            assert!(!is_plain(plain, cell), "{plain:?} should not have {cell:?}");
        }
    }

    #[test]
    fn usual_cells_are_plain() {
        has(
            &Plain::Text { few_digits: true },
            &["見本図書館1", "なぎさ", "3階"],
            &["-", "なし", "不明", " a", "a\u{3000}", "=1", "123456789012"],
        );
        has(&Plain::Katakana, &["ミホントショカン", "ヴァー"], &["ー", "みほん", "ﾐﾎﾝ", "a"]);
        has(
            &Plain::Telephone,
            &["0225-95-1111", "03-1234-5678"],
            &["0225-951-111", "225-95-1111", "0225-95-11111"],
        );
        has(&Plain::Time, &["09:00", "23:59"], &["24:00", "9:00", "09:60", "09:00:00"]);
        has(
            &Plain::Url(Vec::new()),
            &["https://www.example.jp/a?b", "http://localhost/"],
            &["https:///a", "https://a..b/", "https://a./", "https://a b/", "ftp://a/"],
        );
        has(&Plain::Degrees(2, [20, 45]), &["38.434", "45.9"], &["46.1", "38", "38.", "3.84", "38.4.1"]);
    }

    proptest! {
        /// What is plain is read without a fault by its field.
        #[test]
        fn what_is_plain_is_good(cell in "[0-9]{1,16}|[0-9:.-]{1,14}|0[0-9]{1,5}-[0-9]{1,4}-[0-9]{3,5}|https?://[a-z0-9.:/-]{0,12}|[ァ-ヿぁ-ん a-z]{1,6}|(有|無|可|否|あり|なし|一部)|[1-4][0-9]{1,2}\\.[0-9]{0,13}") {
            for (field, plain) in FIELDS.iter() {
                prop_assert!(!is_plain(plain, &cell) || cell::read(field, &cell).1.is_none(), "{}: {cell:?}", field.name);
            }
        }
    }
}
