//! Whole numbers and numbers.
//!
//! Rule: 共通ルール, 数値: 半角数字、桁区切りや単位を付けない. `NaN`, exponents and hexadecimal are no numbers here.

use super::fold::{PROPOSAL_BYTES_MAX, plain};
use super::{Code, Fault, Value};

/// Reads a whole number.
///
/// [`Code::NotAnInteger`] also for what is too long to be counted with; [`Code::OutOfRange`] below `min`.
pub(super) fn integer<'a>(raw: &'a str, min: Option<i64>, unit: Option<&str>) -> Result<Value<'a>, Fault> {
    let fits = |number: i64| min.is_none_or(|min| number >= min);
    match whole(raw) {
        Some(number) if fits(number) => Ok(Value::Integer(number)),
        Some(_) => Err(Fault::error(Code::OutOfRange)),
        None => {
            let mended = tidied(raw, unit).map(without_empty_fraction);
            let mended = mended.filter(|text| whole(text).is_some_and(fits));
            Err(Fault::error(Code::NotAnInteger).proposing(mended))
        }
    }
}

/// Reads a number.
pub(super) fn number<'a>(raw: &'a str, unit: Option<&str>) -> Result<Value<'a>, Fault> {
    match decimal(raw) {
        Some(number) => Ok(Value::Number(number)),
        None => Err(Fault::error(Code::NotANumber).proposing(tidied(raw, unit))),
    }
}

/// `-?[0-9]+(\.[0-9]+)?`, unless it is too large for a double.
pub(super) fn decimal(raw: &str) -> Option<f64> {
    let digits = raw.strip_prefix('-').unwrap_or(raw);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    if !(all_digits(whole) && all_digits(fraction)) {
        return None;
    }
    raw.parse().ok().filter(|number: &f64| number.is_finite())
}

/// One digit or more, and nothing else.
pub(super) fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A number in another dress: full-width, with thousands separators, with its unit, `▲` for minus.
pub(super) fn tidied(raw: &str, unit: Option<&str>) -> Option<String> {
    if raw.len() > PROPOSAL_BYTES_MAX {
        return None;
    }
    let text = plain(raw);
    let text = unit.and_then(|unit| text.strip_suffix(unit)).unwrap_or(&text).trim();
    let (sign, text) = match text.strip_prefix(['-', '▲', '△']) {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let text = without_thousands_separators(text.trim())?;
    let zero = if text.starts_with('.') { "0" } else { "" };
    Some(format!("{sign}{zero}{text}")).filter(|text| decimal(text).is_some())
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

fn without_empty_fraction(text: String) -> String {
    match text.split_once('.') {
        Some((whole, fraction)) if fraction.bytes().all(|byte| byte == b'0') => whole.to_owned(),
        _ => text,
    }
}
