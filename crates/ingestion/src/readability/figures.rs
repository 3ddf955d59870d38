//! Numbers and dates as tables write them, and what stands in cells that should be numbers (L2-01) or dates
//! (L3-05).
//!
//! Whether a cell is what its schema wants is [`crate::cell`]'s business.

use super::breach::What;

/// One digit or more, and nothing else.
pub(super) fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A number: a sign, digits or groups of three with commas, decimals.
pub(super) fn is_number(cell: &[u8]) -> bool {
    let cell = cell.strip_prefix(b"-").or(cell.strip_prefix(b"+")).unwrap_or(cell);
    let mut parts = cell.splitn(2, |byte| *byte == b'.');
    let whole = parts.next().unwrap_or_default();
    let decimals_are_good = parts.next().is_none_or(is_digits);
    decimals_are_good && (is_digits(whole) || is_grouped(whole))
}

fn is_digits(bytes: &[u8]) -> bool {
    !bytes.is_empty() && bytes.iter().all(u8::is_ascii_digit)
}

fn is_grouped(whole: &[u8]) -> bool {
    let mut groups = whole.split(|byte| *byte == b',');
    groups.next().is_some_and(|first| is_digits(first) && first.len() <= 3)
        && groups.all(|group| is_digits(group) && group.len() == 3)
}

/// A date by its look: Y-M-D, Y/M/D or D-M-Y.
pub(super) fn is_date(cell: &[u8]) -> bool {
    let separator = if cell.contains(&b'/') { b'/' } else { b'-' };
    let mut parts = cell.split(|byte| *byte == separator);
    let (Some(one), Some(two), Some(three), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let short = |part: &[u8]| part.len() <= 2 && is_digits(part);
    let year = |part: &[u8]| part.len() == 4 && is_digits(part);
    short(two) && ((year(one) && short(three)) || (separator == b'-' && short(one) && year(three)))
}

/// The marks that stand for a value which is missing.
pub(super) fn is_missing_mark(cell: &[u8]) -> bool {
    const LONGEST_BYTES: usize = 3;
    cell.len() <= LONGEST_BYTES && MISSING_MARKS.iter().any(|mark| mark.as_bytes() == cell)
}

const MISSING_MARKS: [&str; 13] = ["-", "－", "–", "―", "…", "‥", "*", "×", "x", "X", "N/A", "n/a", "NA"];

const UNITS: [&str; 42] = [
    "百万円",
    "億円",
    "千円",
    "箇所",
    "か所",
    "世帯",
    "時間",
    "丁目",
    "人",
    "件",
    "円",
    "万",
    "千",
    "kg",
    "km",
    "m",
    "g",
    "t",
    "ha",
    "㎡",
    "個",
    "台",
    "回",
    "本",
    "枚",
    "戸",
    "社",
    "校",
    "棟",
    "隻",
    "機",
    "両",
    "組",
    "点",
    "冊",
    "食",
    "泊",
    "日",
    "月",
    "年",
    "分",
    "秒",
];
const UNITS_OF_DEGREE: [&str; 4] = ["歳", "才", "度", "号"];

/// What stands in a cell with a digit that should be a number; `None` where it is one.
///
/// All but [`What::NotANumber`] look like a number. Thousands separators are told too: the rule names them, the
/// checker of the agency passes them.
pub(super) fn beside_number(cell: &str) -> Option<What> {
    let text = cell.trim();
    let unsigned = text.strip_prefix(['-', 'ー', '−']).unwrap_or(text).trim_start();
    if let Some(rest) = unsigned.strip_prefix(['▲', '△', '▼']) {
        let number = is_number(rest.trim_start().as_bytes());
        return Some(if number { What::Triangle } else { What::NotANumber });
    }
    if is_number(unsigned.as_bytes()) {
        return unsigned.contains(',').then_some(What::Separators);
    }
    let figures = unsigned.trim_start_matches(|it: char| it.is_ascii_digit() || it == ',' || it == '.');
    let number = unsigned.get(..unsigned.len() - figures.len()).unwrap_or_default();
    if !is_number(number.as_bytes()) {
        return Some(What::NotANumber);
    }
    let rest = figures.trim_start();
    Some(match rest {
        "%" | "％" => What::Percent,
        unit if UNITS.contains(&unit) || UNITS_OF_DEGREE.contains(&unit) => What::Unit,
        remark if remark.starts_with(['(', '（', '※', '*', '注']) => What::Remark,
        _ => What::NotANumber,
    })
}

/// How a time is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TimeForm {
    /// `R6.04.01` (JIS X 0301)
    JisEra,
    /// `2024-04-01`
    Iso,
    /// `2024-04-01T09:00`
    IsoTime,
    /// `令和6年4月1日`, without a Western year.
    Era,
    /// `24/4/1`, `令和6`
    Odd,
    /// `2024年度`
    FiscalYear,
    /// `2024年4月1日`
    Kanji,
    /// `2024/4/1`
    Slash,
    /// `2024-4`
    Hyphen,
    /// Another text that begins with a Western year.
    Western,
}

impl TimeForm {
    /// The form of `cell`; `None` where it is no time at all, or a number alone.
    pub fn of(cell: &str) -> Option<TimeForm> {
        let text = cell.trim();
        let bytes = text.as_bytes();
        if is_iso_date(bytes) {
            return Some(TimeForm::Iso);
        }
        if bytes.get(..10).is_some_and(is_iso_date) && bytes.get(10) == Some(&b'T') {
            return Some(TimeForm::IsoTime);
        }
        if is_jis_era(text) {
            return Some(TimeForm::JisEra);
        }
        let western = begins_with_western_year(text);
        if has_era_date(text) {
            // The rule allows an era beside the Western year.
            return Some(if has_western_year(text) { TimeForm::Western } else { TimeForm::Era });
        }
        if is_two_digit_year(bytes) || is_bare_era(text) {
            return Some(TimeForm::Odd);
        }
        let rest = text.get(4..).filter(|_| western)?;
        Some(match rest.chars().next()? {
            '年' if rest == "年度" => TimeForm::FiscalYear,
            '年' => TimeForm::Kanji,
            '/' => TimeForm::Slash,
            '-' => TimeForm::Hyphen,
            '.' => TimeForm::Western,
            _ => return None,
        })
    }
}

/// `2024-04-01`, whether a calendar has it or not.
pub(super) fn is_iso_date(bytes: &[u8]) -> bool {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = bytes else { return false };
    [y1, y2, y3, y4, m1, m2, d1, d2].iter().all(|byte| byte.is_ascii_digit())
}

fn begins_with_western_year(text: &str) -> bool {
    text.get(..4).is_some_and(|year| all_digits(year) && (year.starts_with("19") || year.starts_with("20")))
}

fn has_western_year(text: &str) -> bool {
    text.char_indices().any(|(at, _)| text.get(at..).is_some_and(begins_with_western_year))
}

/// `R6.04.01`, with or without a time behind it.
fn is_jis_era(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(['M', 'T', 'S', 'H', 'R']) else { return false };
    let date = rest.split_once('T').map_or(rest, |(date, _)| date);
    let parts: Vec<&str> = date.split('.').collect();
    parts.len() == 3 && parts.iter().all(|part| part.len() <= 2 && all_digits(part))
}

/// What follows the name of an era at the start of `text`.
fn after_era(text: &str) -> Option<&str> {
    ["明治", "大正", "昭和", "平成", "令和", "M", "T", "S", "H", "R"]
        .iter()
        .find_map(|era| text.strip_prefix(era))
}

/// What follows one or two digits (or 元) at the start of `text`.
fn after_era_year(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(|it: char| it.is_ascii_digit());
    match text.len() - rest.len() {
        0 => text.strip_prefix('元'),
        1 | 2 => Some(rest),
        _ => None,
    }
}

/// Whether `text` begins with an era date: its era, its year, and 年, `.`, `-` or `/`.
pub(super) fn begins_with_era_date(text: &str) -> bool {
    after_era(text).and_then(after_era_year).is_some_and(|rest| rest.starts_with(['年', '.', '-', '/']))
}

fn has_era_date(text: &str) -> bool {
    // A letter such as H within a word is no era.
    text.char_indices().any(|(at, letter)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let starts_word = !letter.is_ascii() || before.is_none_or(|before| !before.is_ascii_alphanumeric());
        starts_word && text.get(at..).is_some_and(begins_with_era_date)
    })
}

fn is_bare_era(text: &str) -> bool {
    let long = after_era(text).filter(|rest| text.len() - rest.len() > 1);
    long.and_then(after_era_year).is_some_and(str::is_empty)
}

/// `24/4/1`
fn is_two_digit_year(bytes: &[u8]) -> bool {
    let parts: Vec<&[u8]> = bytes.split(|byte| *byte == b'/').collect();
    matches!(parts.as_slice(), [year, month, day]
        if year.len() == 2 && month.len() <= 2 && day.len() <= 2 && parts.iter().all(|part| is_digits(part)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_a_sign_digits_groups_and_decimals() {
        for cell in ["0", "-1", "+5", "1,234,567", "38.43", "007"] {
            assert!(is_number(cell.as_bytes()), "{cell}");
        }
        for cell in ["", "-", "1,23", "1.", ".5", "1e5", "１", "1,2345", "1-2"] {
            assert!(!is_number(cell.as_bytes()), "{cell}");
        }
    }

    #[test]
    fn dates_have_three_parts_and_a_year_of_four_digits() {
        for cell in ["2024-04-01", "2024/4/1", "1-4-2024"] {
            assert!(is_date(cell.as_bytes()), "{cell}");
        }
        for cell in ["0225-95-1111", "2024-04", "24/4/1", "1/4/2024", "2024-4-1-1", "a-b-c"] {
            assert!(!is_date(cell.as_bytes()), "{cell}");
        }
    }

    #[track_caller]
    fn stands(cell: &str, expected: Option<What>) {
        assert_eq!(beside_number(cell), expected, "{cell:?}");
    }

    #[test]
    fn what_stands_beside_a_number_is_told_by_its_kind() {
        stands("50000", None);
        stands("-5.5", None);
        stands("▲50,000", Some(What::Triangle));
        stands("350000円", Some(What::Unit));
        stands("3 人", Some(What::Unit));
        stands("12%", Some(What::Percent));
        stands("0(a", Some(What::Remark));
        stands("12※1", Some(What::Remark));
        stands("1,234", Some(What::Separators));
        stands("¥350", Some(What::NotANumber));
        stands("第3回", Some(What::NotANumber));
        stands("(50000)", Some(What::NotANumber));
    }

    #[track_caller]
    fn is_written(cell: &str, expected: Option<TimeForm>) {
        assert_eq!(TimeForm::of(cell), expected, "{cell:?}");
    }

    #[test]
    fn times_are_told_by_their_form() {
        is_written("2024-04-01", Some(TimeForm::Iso));
        is_written("2024-04-01T09:00", Some(TimeForm::IsoTime));
        is_written("R6.4.1", Some(TimeForm::JisEra));
        is_written("2024年度", Some(TimeForm::FiscalYear));
        is_written("2024年4月1日", Some(TimeForm::Kanji));
        is_written("2024/4/1", Some(TimeForm::Slash));
        is_written("2024-4", Some(TimeForm::Hyphen));
        is_written("24/4/1", Some(TimeForm::Odd));
        is_written("令和6", Some(TimeForm::Odd));
    }

    #[test]
    fn an_era_alone_is_told_and_beside_a_western_year_it_is_good() {
        for cell in ["令和6年4月1日", "令和元年", "平成31/4/30", "H31/4/30", "（令和6年）"] {
            is_written(cell, Some(TimeForm::Era));
        }
        is_written("令和6年（2024年）", Some(TimeForm::Western));
        is_written("2024年（令和6年）", Some(TimeForm::Western));
    }

    #[test]
    fn what_is_no_time_has_no_form() {
        for cell in ["2024", "月火水", "なし", "20240401", "XH3/4", "1234年"] {
            is_written(cell, None);
        }
    }
}
