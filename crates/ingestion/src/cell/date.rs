//! Dates: `YYYY-MM-DD`, and the other ways offices write them.
//!
//! Rule: GIF 441 日付及び時刻 (2026-03-17版): 西暦4桁、0埋め、半角ハイフン.

use jiff::civil::{Date, Weekday};

use super::fold::{PROPOSAL_BYTES_MAX, plain, width};
use super::number::all_digits;
use super::{Code, Fault, Value};
use crate::repair::RepairCode;

/// An era: its names, and its first and last day.
struct Era {
    names: &'static [&'static str],
    first: Date,
    last: Date,
}

/// Long names before short ones, so that 令和 is not taken for 令.
const ERAS: [Era; 5] = [
    era(&["令和", "令", "R", "r"], (2019, 5, 1), (9999, 12, 31)),
    era(&["平成", "平", "H", "h"], (1989, 1, 8), (2019, 4, 30)),
    era(&["昭和", "昭", "S", "s"], (1926, 12, 25), (1989, 1, 7)),
    era(&["大正", "大", "T", "t"], (1912, 7, 30), (1926, 12, 24)),
    era(&["明治", "明", "M", "m"], (1868, 1, 25), (1912, 7, 29)),
];

const fn era(names: &'static [&'static str], first: (i16, i8, i8), last: (i16, i8, i8)) -> Era {
    Era {
        names,
        first: jiff::civil::date(first.0, first.1, first.2),
        last: jiff::civil::date(last.0, last.1, last.2),
    }
}

/// Reads a date.
///
/// [`Code::NotADate`] for another writing, with the date where it says one (a weekday that is not that day's makes it
/// say none) and for the number that a spreadsheet makes of a day, with the day; [`Code::NoSuchDate`] for `2023-02-30`
/// and 昭和100年, however they are written, with the day where only the era is not yet or no longer that day's.
pub(super) fn date(raw: &str) -> Result<Value<'_>, Fault> {
    if let Some([year, month, day]) = strict(raw) {
        return match on(year, month, day) {
            Some(_) => Ok(Value::Text(raw)),
            None => Err(Fault::error(Code::NoSuchDate)),
        };
    }
    Err(match loose(raw) {
        Some(Loose::Day(date, form)) => {
            let date = date.to_string();
            // `２０２４－０４－０１` is only wide.
            let kinds = if plain(raw) == date { width(raw) } else { width(raw).with(form) };
            Fault::error(Code::NotADate).mended(kinds, date)
        }
        Some(Loose::OfAnotherEra(date)) => Fault::error(Code::NoSuchDate).proposing(date.to_string()),
        Some(Loose::NoSuchDay) => Fault::error(Code::NoSuchDate),
        None => Fault::error(Code::NotADate).proposing(serial(raw).map(|date| date.to_string())),
    })
}

/// What another writing of a date says.
enum Loose {
    /// The day, and the kind of repair that writes it our way.
    Day(Date, RepairCode),
    /// The day, in a year that another era shares: 平成31年5月1日.
    OfAnotherEra(Date),
    NoSuchDay,
}

/// Year, month and day of `YYYY-MM-DD`.
fn strict(raw: &str) -> Option<[i16; 3]> {
    let mut parts = raw.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let fits = year.len() == 4 && month.len() == 2 && day.len() == 2 && parts.next().is_none();
    if !(fits && [year, month, day].into_iter().all(all_digits)) {
        return None;
    }
    Some([year.parse().ok()?, month.parse().ok()?, day.parse().ok()?])
}

/// `2023/9/6`, `2023年9月6日`, `20230906`, `令和5年9月6日`, `R5.9.6`, with a weekday in brackets or midnight behind.
fn loose(raw: &str) -> Option<Loose> {
    if raw.len() > PROPOSAL_BYTES_MAX {
        return None;
    }
    let text = plain(raw);
    let (text, weekday) = without_weekday(&text);
    let text = without_midnight(text.trim_end());
    let text: String = text.chars().filter(|letter| *letter != ' ').collect();
    let era = ERAS
        .iter()
        .find_map(|era| era.names.iter().find_map(|name| text.strip_prefix(name)).map(|rest| (era, rest)));
    let numbers = era.map_or(text.as_str(), |(_, rest)| rest);
    let [year, month, day] = numbers_of(numbers)?;
    match era {
        None => {
            let written_out = year.len() == 4;
            let (year, month, day) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
            let date = on(year, month, day).filter(|_| written_out);
            let date = date.map_or(Loose::NoSuchDay, |date| Loose::Day(date, RepairCode::DateForm));
            written_out.then_some(date).filter(|date| date.falls_on(weekday))
        }
        Some((era, _)) => {
            let year: i16 = if year == "元" { 1 } else { year.parse().ok().filter(|_| year.len() <= 3)? };
            let date = on(era.first.year() + year - 1, month.parse().ok()?, day.parse().ok()?);
            let date = match date.filter(|_| year > 0) {
                Some(date) if (era.first..=era.last).contains(&date) => {
                    Loose::Day(date, RepairCode::JapaneseEra)
                }
                Some(date) if (era.first.year()..=era.last.year()).contains(&date.year()) => {
                    Loose::OfAnotherEra(date)
                }
                _ => Loose::NoSuchDay,
            };
            Some(date).filter(|date| date.falls_on(weekday))
        }
    }
}

/// Year, month and day as they are written, between any of the usual separators or as eight digits.
fn numbers_of(text: &str) -> Option<[&str; 3]> {
    let parts = if text.len() == 8 && all_digits(text) {
        [text.get(..4)?, text.get(4..6)?, text.get(6..)?]
    } else {
        let text = text.strip_suffix('日').unwrap_or(text);
        let mut parts = text.split(['/', '.', '-', '年', '月']);
        let three = [parts.next()?, parts.next()?, parts.next()?];
        if parts.next().is_some() {
            return None;
        }
        three
    };
    let [year, month, day] = parts;
    let short = |part: &str| all_digits(part) && part.len() <= 2;
    ((all_digits(year) || year == "元") && short(month) && short(day)).then_some(parts)
}

impl Loose {
    /// Whether the day is that of the week, where one was named: else one of the two is wrong.
    fn falls_on(&self, weekday: Option<Weekday>) -> bool {
        match self {
            Loose::Day(date, _) | Loose::OfAnotherEra(date) => {
                weekday.is_none_or(|weekday| date.weekday() == weekday)
            }
            Loose::NoSuchDay => true,
        }
    }
}

/// The text before a weekday in brackets, and the weekday.
fn without_weekday(text: &str) -> (&str, Option<Weekday>) {
    let Some((rest, name)) = text.strip_suffix(')').and_then(|text| text.rsplit_once('(')) else {
        return (text, None);
    };
    let name = name.strip_suffix("曜日").or(name.strip_suffix('曜')).unwrap_or(name);
    let mut week =
        ["月", "火", "水", "木", "金", "土", "日"].into_iter().zip(Weekday::Monday.cycle_forward());
    match week.find(|(letter, _)| *letter == name) {
        Some((_, weekday)) => (rest, Some(weekday)),
        None => (text, None),
    }
}

/// The day that a spreadsheet keeps as `45383`: 2024-04-01, counted in days. Only of the years around ours: smaller
/// numbers are many things.
fn serial(raw: &str) -> Option<Date> {
    const DAY_0: Date = jiff::civil::date(1899, 12, 30);
    let days: i64 = Some(raw).filter(|raw| raw.len() == 5 && all_digits(raw))?.parse().ok()?;
    let date = DAY_0.checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
    (1950..2070).contains(&date.year()).then_some(date)
}

/// A database that keeps only moments writes a day as its midnight.
fn without_midnight(text: &str) -> &str {
    match text.rsplit_once(' ') {
        Some((date, "0:00" | "0:00:00" | "00:00" | "00:00:00")) => date,
        _ => text,
    }
}

/// The day, unless no calendar has it; there is no year 0.
fn on(year: i16, month: i16, day: i16) -> Option<Date> {
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    Date::new(year, month, day).ok().filter(|_| year > 0)
}
