//! Codes: of municipalities, corporations and postal districts, and those of a shape the schema gives.
//!
//! Rules: 共通ルール, 全国地方公共団体コード and 法人番号 (check digits); GIF 443 郵便番号 (7 digits without a hyphen).

use super::fold::{PROPOSAL_BYTES_MAX, plain, width};
use super::number::all_digits;
use super::{Code, Fault, Value};
use crate::repair::{RepairCode, RepairSet};
use crate::schema::Shape;

/// Reads a 全国地方公共団体コード: 6 digits, the last a check digit.
///
/// Five digits are [`Code::WrongLength`]: either a leading 0 was lost or the check digit was never there. The
/// one reading that names a municipality is proposed; where both do, none is.
pub(super) fn municipality(raw: &str) -> Result<Value<'_>, Fault> {
    if is_municipality(raw) {
        return Ok(Value::Text(raw));
    }
    let digits = bare(raw);
    Err(match digits.len() {
        _ if has_lost_digits(raw) => Fault::error(Code::LostDigits),
        _ if !all_digits(&digits) => Fault::error(Code::NotACode),
        5 => match of_five_digits(&digits) {
            Some((code, kind)) => {
                let kinds = only_wide(raw, &digits).map(|kinds| kinds.with(kind));
                Fault::error(Code::WrongLength).mended(kinds.unwrap_or(RepairSet::NONE), code)
            }
            None => Fault::error(Code::WrongLength),
        },
        6 if is_municipality(&digits) => {
            Fault::error(Code::NotACode).mended(only_wide(raw, &digits).unwrap_or(RepairSet::NONE), digits)
        }
        6 => Fault::error(Code::WrongCheckDigit),
        _ => Fault::error(Code::WrongLength),
    })
}

/// Reads a 法人番号: 13 digits, the first a check digit.
pub(super) fn corporate(raw: &str) -> Result<Value<'_>, Fault> {
    if is_corporate(raw) {
        return Ok(Value::Text(raw));
    }
    let digits = bare(raw);
    Err(match digits.len() {
        _ if has_lost_digits(raw) => Fault::error(Code::LostDigits),
        _ if !all_digits(&digits) => Fault::error(Code::NotACode),
        13 if is_corporate(&digits) => {
            Fault::error(Code::NotACode).mended(only_wide(raw, &digits).unwrap_or(RepairSet::NONE), digits)
        }
        13 => Fault::error(Code::WrongCheckDigit),
        _ => Fault::error(Code::WrongLength),
    })
}

/// Reads a 郵便番号: 7 digits.
///
/// Six digits have lost their leading 0: no postal code is shorter.
pub(super) fn postal(raw: &str) -> Result<Value<'_>, Fault> {
    let is_postal = |text: &str| text.len() == 7 && all_digits(text);
    if is_postal(raw) {
        return Ok(Value::Text(raw));
    }
    if has_lost_digits(raw) {
        return Err(Fault::error(Code::LostDigits));
    }
    let digits = bare(raw.strip_prefix('〒').unwrap_or(raw));
    let form = RepairSet::NONE.with(RepairCode::PostalCodeForm);
    let kinds = only_wide(raw, &digits).unwrap_or(form);
    let (mended, kinds) = match digits.len() {
        6 => (format!("0{digits}"), kinds.with(RepairCode::LostZero)),
        _ => (digits, kinds),
    };
    Err(Fault::error(Code::NotAPostalCode).mended(kinds, Some(mended).filter(|text| is_postal(text))))
}

/// Reads a code of the shape that its field gives.
///
/// Half-width letters are a repair; up to three lost leading zeros are proposed where the shape then fits.
pub(super) fn shaped<'a>(raw: &'a str, shape: &Shape, sure: bool) -> Result<Value<'a>, Fault> {
    if shape.fits(raw) {
        return Ok(Value::Text(raw));
    }
    if has_lost_digits(raw) {
        return Err(Fault::error(Code::LostDigits));
    }
    let plain = short(raw).map(plain).unwrap_or_default();
    let mended = ["", "0", "00", "000"]
        .into_iter()
        .filter(|zeros| zeros.is_empty() || all_digits(&plain))
        .map(|zeros| format!("{zeros}{plain}"))
        .find(|text| shape.fits(text));
    // How many zeros a code has lost only its office knows.
    let kinds = mended.as_ref().filter(|text| **text == plain).map_or(RepairSet::NONE, |_| width(raw));
    Err(Fault::error_if(sure, Code::NotACode).mended(kinds, mended))
}

/// `4.20E+04`: what a spreadsheet leaves of a long code.
pub(super) fn has_lost_digits(raw: &str) -> bool {
    let Some((mantissa, exponent)) = raw.split_once(['E', 'e']) else { return false };
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    super::number::decimal(mantissa).is_some() && all_digits(exponent)
}

/// The repair that makes `digits` of `raw`, where they differ in width and blanks alone.
fn only_wide(raw: &str, digits: &str) -> Option<RepairSet> {
    (plain(raw).replace(' ', "") == digits).then(|| width(raw))
}

/// The half-width digits of a code, without blanks and hyphens; other letters stay.
fn bare(raw: &str) -> String {
    short(raw).map(plain).unwrap_or_default().replace([' ', '-'], "")
}

fn short(raw: &str) -> Option<&str> {
    Some(raw).filter(|raw| raw.len() <= PROPOSAL_BYTES_MAX)
}

/// The digits as numbers, or `None` where something else stands among them.
fn numbers(text: &str) -> Option<impl DoubleEndedIterator<Item = u32>> {
    all_digits(text).then(|| text.bytes().map(|byte| u32::from(byte - b'0')))
}

/// 検査数字: 11 less the weighted sum modulo 11, its last digit.
fn municipality_check_digit(five: &str) -> Option<u32> {
    let sum: u32 = numbers(five)?.zip([6, 5, 4, 3, 2]).map(|(digit, weight)| digit * weight).sum();
    Some((11 - sum % 11) % 10)
}

fn is_municipality(text: &str) -> bool {
    text.len() == 6
        && text.split_at_checked(5).is_some_and(|(five, last)| {
            municipality_check_digit(five).is_some_and(|check| last.parse() == Ok(check))
        })
}

/// 検査数字: 9 less the sum modulo 9, where every second digit from the right but one counts twice.
fn is_corporate(text: &str) -> bool {
    if text.len() != 13 {
        return false;
    }
    let Some((first, rest)) = text.split_at_checked(1) else { return false };
    let Some(rest) = numbers(rest) else { return false };
    let sum: u32 = rest.rev().zip([1, 2].into_iter().cycle()).map(|(digit, weight)| digit * weight).sum();
    first.parse() == Ok(9 - sum % 9)
}

/// The six digits that five can only have been, and which of them was lost.
fn of_five_digits(five: &str) -> Option<(String, RepairCode)> {
    let lost_zero = Some(format!("0{five}")).filter(|code| names_a_municipality(code));
    let lost_check_digit = municipality_check_digit(five)
        .map(|check| format!("{five}{check}"))
        .filter(|code| names_a_municipality(code));
    match (lost_zero, lost_check_digit) {
        (Some(code), None) => Some((code, RepairCode::LostZero)),
        (None, Some(code)) => Some((code, RepairCode::LostCheckDigit)),
        _ => None,
    }
}

/// Prefectures are 01 to 47; 000 is the prefecture itself, cities and towns are 100 to 799.
fn names_a_municipality(code: &str) -> bool {
    let part = |range| code.get(range).and_then(|text: &str| text.parse::<u32>().ok());
    is_municipality(code)
        && part(0..2).is_some_and(|prefecture| (1..=47).contains(&prefecture))
        && part(2..5).is_some_and(|city| city == 0 || (100..=799).contains(&city))
}
