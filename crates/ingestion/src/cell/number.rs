//! Whole numbers and numbers.
//!
//! Rule: 共通ルール, 数値: 半角数字、桁区切りや単位を付けない. `NaN`, exponents and hexadecimal are no numbers here.

use super::fold::{PROPOSAL_BYTES_MAX, plain, width};
use super::{Code, Fault, Value};
use crate::repair::{RepairCode, RepairSet};

/// What is taken off a number in a column that names no unit.
const UNITS: [&str; 6] = ["円", "人", "㎡", "m2", "m²", "平方メートル"];

/// Reads a whole number.
///
/// [`Code::NotAnInteger`] also for what is too long to be counted with; [`Code::OutOfRange`] below `min`.
pub(super) fn integer<'a>(raw: &'a str, min: Option<i64>, unit: Option<&str>) -> Result<Value<'a>, Fault> {
    let fits = |number: i64| min.is_none_or(|min| number >= min);
    match whole(raw) {
        Some(number) if fits(number) => Ok(Value::Integer(number)),
        Some(_) => Err(Fault::error(Code::OutOfRange)),
        None => {
            let tidied = tidied(raw, unit).map(Tidied::without_empty_fraction);
            let tidied = tidied.filter(|tidied| whole(&tidied.text).is_some_and(fits));
            Err(Fault::error(Code::NotAnInteger).tidied(tidied))
        }
    }
}

/// Reads a number.
pub(super) fn number<'a>(raw: &'a str, unit: Option<&str>) -> Result<Value<'a>, Fault> {
    match decimal(raw) {
        Some(number) => Ok(Value::Number(number)),
        None => Err(Fault::error(Code::NotANumber).tidied(tidied(raw, unit))),
    }
}

/// `-?[0-9]+(\.[0-9]+)?`, unless it is too large for a double.
pub(crate) fn decimal(raw: &str) -> Option<f64> {
    let digits = raw.strip_prefix('-').unwrap_or(raw);
    if digits.len() <= POWERS.len() {
        return short_decimal(digits).map(|number| if digits.len() < raw.len() { -number } else { number });
    }
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    if !(all_digits(whole) && all_digits(fraction)) {
        return None;
    }
    raw.parse().ok().filter(|number: &f64| number.is_finite())
}

const POWERS: [f64; 15] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14];

/// [`decimal`] of at most 15 digits: a double holds them and the power of ten, so that their ratio is the nearest one.
fn short_decimal(digits: &str) -> Option<f64> {
    let (mut number, mut behind) = (0_u64, None);
    for byte in digits.bytes() {
        match (byte, &mut behind) {
            (b'0'..=b'9', behind) => {
                number = number * 10 + u64::from(byte - b'0');
                behind.iter_mut().for_each(|behind| *behind += 1);
            }
            (b'.', None) => behind = Some(0),
            _ => return None,
        }
    }
    let stands_between = !digits.starts_with('.') && !digits.ends_with('.') && !digits.is_empty();
    let power = POWERS.get(behind.unwrap_or(0)).filter(|_| stands_between)?;
    Some(number as f64 / power)
}

/// One digit or more, and nothing else.
pub(super) fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A number that was written in another dress.
pub(super) struct Tidied {
    /// The plain number.
    pub text: String,
    /// What was changed; none where something else was changed as well (`+3`, `.5`, `3.0`).
    repair: RepairSet,
}

impl Tidied {
    fn without_empty_fraction(self) -> Tidied {
        match self.text.split_once('.') {
            Some((whole, fraction)) if fraction.bytes().all(|byte| byte == b'0') => {
                Tidied { text: whole.to_owned(), repair: RepairSet::NONE }
            }
            _ => self,
        }
    }
}

impl Fault {
    /// The same, with the plain number, where there is one.
    pub(super) fn tidied(self, tidied: Option<Tidied>) -> Fault {
        match tidied {
            Some(Tidied { text, repair }) => self.mended(repair, text),
            None => self,
        }
    }
}

/// A number in another dress: full-width, with thousands separators, with its unit, `▲` for minus.
///
/// In a column that names no unit, those of [`UNITS`] are taken off.
pub(super) fn tidied(raw: &str, unit: Option<&str>) -> Option<Tidied> {
    if raw.len() > PROPOSAL_BYTES_MAX {
        return None;
    }
    let mut repair = width(raw);
    let plain = plain(raw);
    let bare = match unit {
        Some(unit) => plain.strip_suffix(unit),
        None => UNITS.iter().find_map(|unit| plain.strip_suffix(unit)),
    };
    if bare.is_some() {
        repair = repair.with(RepairCode::Unit);
    }
    let text = bare.unwrap_or(&plain).trim();
    let (sign, text) = match text.strip_prefix(['▲', '△']) {
        Some(rest) => {
            repair = repair.with(RepairCode::MinusSign);
            ("-", rest)
        }
        None => text.strip_prefix('-').map_or(("", text), |rest| ("-", rest)),
    };
    let positive = text.strip_prefix('+').filter(|_| sign.is_empty());
    let text = positive.unwrap_or(text).trim();
    if text.contains(',') {
        repair = repair.with(RepairCode::ThousandsSeparator);
    }
    let digits = without_thousands_separators(text)?;
    let zero = if digits.starts_with('.') { "0" } else { "" };
    let of_another_kind = positive.is_some() || !zero.is_empty();
    let repair = if of_another_kind { RepairSet::NONE } else { repair };
    Some(Tidied { text: format!("{sign}{zero}{digits}"), repair })
        .filter(|tidied| decimal(&tidied.text).is_some())
}

/// `1,234,567` is one number; `1,23` may be two.
fn without_thousands_separators(text: &str) -> Option<String> {
    let whole = text.split('.').next().unwrap_or(text);
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or("");
    let grouped = groups.clone().count() == 0
        || ((1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3 && all_digits(group)));
    grouped.then(|| text.replace(',', "")).filter(|_| text.matches(',').count() == whole.matches(',').count())
}

fn whole(raw: &str) -> Option<i64> {
    all_digits(raw.strip_prefix('-').unwrap_or(raw)).then(|| raw.parse().ok()).flatten()
}
