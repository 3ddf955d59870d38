//! Telephone numbers, URLs and mail addresses.
//!
//! Rule: GIF 445 電話番号; 共通ルール, 電話番号 (both `(0225)95-1111` and `0225-95-1111` are good).

use super::code::has_lost_digits;
use super::fold::{PROPOSAL_BYTES_MAX, half_width, plain, width};
use super::number::all_digits;
use super::{Code, Fault, Value};
use crate::repair::RepairCode;

/// Between several numbers in one cell.
const BETWEEN: &str = " / ";

/// Reads telephone numbers.
///
/// A number that is only written another way (no hyphens, full-width) is a warning; text is an error.
pub(super) fn telephone(raw: &str) -> Result<Value<'_>, Fault> {
    if is_telephone(raw) || raw.split(BETWEEN).all(is_telephone) {
        return Ok(Value::Text(raw));
    }
    if has_lost_digits(raw) {
        return Err(Fault::error(Code::LostDigits));
    }
    let text = if raw.len() <= PROPOSAL_BYTES_MAX { plain(raw) } else { String::new() };
    let numbers: Vec<Dialled> = text
        .split(['/', ',', '、', ';', '\n'])
        .map(str::trim)
        .filter(|number| !number.is_empty())
        .map(dialled)
        .collect();
    let written: Option<Vec<&str>> = numbers.iter().map(Dialled::written).collect();
    let proposal = written.filter(|numbers| !numbers.is_empty()).map(|numbers| numbers.join(BETWEEN));
    let only_spelling = !numbers.is_empty() && numbers.iter().all(Dialled::is_a_number);
    let mut kinds = width(raw);
    if proposal.as_deref() != Some(text.as_str()) {
        let lost_zero = numbers.iter().any(|number| matches!(number, Dialled::LostZero(_)));
        kinds = kinds.with(if lost_zero { RepairCode::LostZero } else { RepairCode::TelephoneForm });
    }
    Err(Fault::error_if(!only_spelling, Code::NotATelephone).mended(kinds, proposal))
}

/// `(0225)95-1111`, `0225-95-1111`, `090-1234-5678`, `0120-999999`, `0120-123-456`.
fn is_telephone(text: &str) -> bool {
    let digits =
        |part: &str, least: usize, most: usize| all_digits(part) && (least..=most).contains(&part.len());
    let area = |part: &str, most: usize| part.starts_with('0') && digits(part, 2, most);
    let bracketed = || {
        let (code, rest) = text.strip_prefix('(')?.split_once(')')?;
        let (exchange, line) = rest.split_once('-')?;
        Some(area(code, 5) && digits(exchange, 1, 4) && digits(line, 4, 4))
    };
    let free = || {
        let rest = ["0120", "0570", "0800", "0990"].iter().find_map(|prefix| text.strip_prefix(prefix))?;
        let rest = rest.strip_prefix('-').unwrap_or(rest);
        let (first, last) = rest.split_at_checked(3)?;
        Some(digits(first, 3, 3) && digits(last.strip_prefix('-').unwrap_or(last), 3, 3))
    };
    let mut parts = text.split('-');
    let hyphenated = match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(code), Some(line), None, None) => area(code, 6) && digits(line, 4, 6),
        (Some(code), Some(exchange), Some(line), None) => {
            area(code, 5) && digits(exchange, 1, 4) && digits(line, 4, 4)
        }
        _ => false,
    };
    hyphenated || bracketed().unwrap_or(false) || free().unwrap_or(false)
}

/// What a number that is written another way says.
enum Dialled {
    /// The number as it should be written.
    Number(String),
    /// A number in which nobody can tell where the area code ends.
    NoHyphens,
    /// A number without its leading 0, completed.
    LostZero(String),
    /// Something else.
    Text,
}

impl Dialled {
    fn written(&self) -> Option<&str> {
        match self {
            Dialled::Number(number) | Dialled::LostZero(number) => Some(number),
            Dialled::NoHyphens | Dialled::Text => None,
        }
    }

    fn is_a_number(&self) -> bool {
        matches!(self, Dialled::Number(_) | Dialled::NoHyphens)
    }
}

fn dialled(text: &str) -> Dialled {
    let text = text.replace(['.', ' '], "-").replace("-(", "(").replace(")-", ")");
    if is_telephone(&text) {
        return Dialled::Number(text);
    }
    let bracketed = text.strip_prefix('(').and_then(|text| text.split_once(')'));
    let in_the_middle = text.split_once('(').filter(|(area, _)| !area.is_empty());
    let mended = if let Some((area, rest)) = bracketed {
        hyphen_before_last_four(rest).map(|rest| format!("({area}){rest}"))
    } else if let Some((area, rest)) = in_the_middle {
        rest.split_once(')').map(|(exchange, line)| format!("{area}-{exchange}-{line}"))
    } else {
        hyphens_where_they_are_known(&text)
    };
    if let Some(number) = mended.filter(|number| is_telephone(number)) {
        return Dialled::Number(number);
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if all_digits(&text) && text.starts_with('0') && (10..=11).contains(&digits) {
        return Dialled::NoHyphens;
    }
    with_its_zero(&text).map_or(Dialled::Text, Dialled::LostZero)
}

/// A number without its leading 0, completed, where its length proves that it was lost: nine digits of a line or ten
/// of a mobile. Where nobody can tell its area code, it still has no hyphens.
fn with_its_zero(text: &str) -> Option<String> {
    let (bracket, bare) = text.strip_prefix('(').map_or(("", text), |bare| ("(", bare));
    let digits: String = bare.chars().filter(char::is_ascii_digit).take(12).collect();
    let is_mobile = ["50", "70", "80", "90"].iter().any(|prefix| digits.starts_with(prefix));
    // No area code has 0 as its second digit.
    let is_of_a_line = !digits.starts_with('0') && digits.get(1..2) != Some("0");
    let proven = match digits.len() {
        9 => is_of_a_line,
        10 => is_mobile,
        _ => false,
    };
    let completed = format!("{bracket}0{bare}");
    if !proven {
        return None;
    }
    if is_telephone(&completed) {
        return Some(completed);
    }
    all_digits(text).then(|| hyphens_where_they_are_known(&completed).unwrap_or(completed))
}

fn hyphen_before_last_four(digits: &str) -> Option<String> {
    let (exchange, line) = digits.split_at_checked(digits.len().checked_sub(4)?)?;
    Some(format!("{exchange}-{line}"))
}

/// 03 and 06 have two digits, mobile and IP numbers three; other area codes are of many lengths.
fn hyphens_where_they_are_known(digits: &str) -> Option<String> {
    let area = match digits.len() {
        10 if ["03", "06"].iter().any(|area| digits.starts_with(area)) => 2,
        11 if ["050", "070", "080", "090"].iter().any(|area| digits.starts_with(area)) => 3,
        _ => return None,
    };
    let (area, rest) = digits.split_at_checked(area)?;
    hyphen_before_last_four(rest).map(|rest| format!("{area}-{rest}"))
}

/// Reads one URL: http or https, a host, no blanks.
///
/// Several URLs in a cell are [`Code::NotAUrl`].
pub(super) fn url(raw: &str) -> Result<Value<'_>, Fault> {
    if is_url(raw) {
        return Ok(Value::Text(raw));
    }
    let text = (raw.len() <= PROPOSAL_BYTES_MAX).then(|| half_width(raw));
    if let Some(text) = text.as_ref().filter(|text| is_url(text)) {
        return Err(Fault::error(Code::NotAUrl).mended(width(raw), text.clone()));
    }
    let mended = text.map(|text| {
        match text
            .strip_prefix("http//")
            .or(text.strip_prefix("http:/").filter(|rest| !rest.starts_with('/')))
        {
            Some(rest) => format!("http://{rest}"),
            None => match text.strip_prefix("https//") {
                Some(rest) => format!("https://{rest}"),
                None => text,
            },
        }
    });
    Err(Fault::error(Code::NotAUrl).proposing(mended.filter(|text| is_url(text))))
}

fn is_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    is_web && is_one(text, rest) && has_host(rest)
}

/// Whether `text`, which goes on with `rest` behind `://`, has no blanks and no other URL in it.
fn is_one(text: &str, rest: &str) -> bool {
    // Most URLs are of letters that can be neither.
    let may_divide = |byte: u8| (byte.wrapping_sub(b'!') > b'~' - b'!') | (byte == b';') | (byte == b',');
    !text.bytes().fold(false, |any, byte| any | may_divide(byte))
        || (!text.chars().any(|letter| letter.is_whitespace() || letter.is_control())
            && ![";http", ",http", "、http"].iter().any(|another| rest.contains(another)))
}

/// Whether what follows `://` begins with a host and perhaps a port.
fn has_host(rest: &str) -> bool {
    let end = rest.bytes().position(|byte| matches!(byte, b'/' | b'?' | b'#'));
    let authority = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    if let Some(address) = host.strip_prefix('[') {
        return address
            .split_once(']')
            .is_some_and(|(address, _)| address.parse::<std::net::Ipv6Addr>().is_ok());
    }
    let (name, port) = host.split_once(':').unwrap_or((host, "80"));
    let is_label = |label: &str| {
        !label.is_empty()
            && label.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_'))
    };
    let is_local = name.is_ascii();
    name.split('.').all(is_label) && (is_local || name.contains('.')) && port.parse::<u16>().is_ok()
}

/// Reads one mail address.
pub(super) fn email(raw: &str) -> Result<Value<'_>, Fault> {
    if is_email(raw) {
        return Ok(Value::Text(raw));
    }
    let mended = (raw.len() <= PROPOSAL_BYTES_MAX).then(|| half_width(raw)).filter(|text| is_email(text));
    Err(Fault::error(Code::NotAnEmail).mended(width(raw), mended))
}

fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let is_label = |label: &str| {
        !(label.is_empty() || label.starts_with('-') || label.ends_with('-'))
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let is_local = !local.is_empty()
        && local.bytes().all(|byte| byte.is_ascii_graphic() && !b"()<>[],;:\\\"@".contains(&byte));
    is_local && domain.contains('.') && domain.split('.').all(is_label)
}
