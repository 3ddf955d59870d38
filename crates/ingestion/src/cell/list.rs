//! Cells that choose: one of a list of values, weekdays, several texts.
//!
//! Rules: 共通ルール, 有無・可否 (統制語彙), 曜日 (GIF 441: 月曜から順に区切りなし), 複数の値 (半角セミコロン).

use super::fold::{PROPOSAL_BYTES_MAX, half_width};
use super::spellings;
use super::{Code, Fault, Value};
use crate::repair::{RepairCode, RepairSet};

const WEEK: &str = "月火水木金土日";

/// Reads one of `values`.
pub(super) fn one_of<'a>(raw: &'a str, values: &[String], sure: bool) -> Result<Value<'a>, Fault> {
    if values.iter().any(|value| value == raw) {
        return Ok(Value::Text(raw));
    }
    let mended = (raw.len() <= PROPOSAL_BYTES_MAX).then(|| nearest(raw, values)).flatten();
    let kinds = RepairSet::NONE.with(RepairCode::ValueSpelling);
    Err(Fault::error_if(sure, Code::NotInList).mended(kinds, mended))
}

/// The one value that differs from `raw` in width and blanks only, or that offices mean by it.
fn nearest(raw: &str, values: &[String]) -> Option<String> {
    let key = |text: &str| half_width(text).replace(' ', "");
    let raw = key(raw);
    let mut same = values.iter().filter(|value| key(value) == raw);
    if let (Some(value), None) = (same.next(), same.next()) {
        return Some(value.clone());
    }
    spellings::meant(&raw, values).map(str::to_owned)
}

/// Reads weekdays: letters of the week in its order, each at most once.
///
/// Separators, another order, `月～金` and 毎日 are warnings with the proposal. 祝 among them is a warning without
/// one (it belongs into the remarks, and dropping it would lose it); other words are a breach.
pub(super) fn weekdays(raw: &str, sure: bool) -> Result<Value<'_>, Fault> {
    let mut rest = WEEK.chars();
    if raw.chars().all(|day| rest.any(|next| next == day)) {
        return Ok(Value::Text(raw));
    }
    let text = if raw.len() <= PROPOSAL_BYTES_MAX { half_width(raw) } else { String::new() };
    let mended = in_order(&text);
    let only_spelling = mended.is_some() || in_order(&text.replace("祝日", "").replace('祝', "")).is_some();
    Err(Fault::error_if(sure && !only_spelling, Code::NotWeekdays).proposing(mended))
}

fn in_order(text: &str) -> Option<String> {
    let text = text.replace("曜日", "").replace(['曜', ' '], "");
    if matches!(text.as_str(), "毎日" | "全日") {
        return Some(WEEK.to_owned());
    }
    let place = |day: char| WEEK.chars().position(|next| next == day);
    let between = |from: usize, to: usize| (from <= to).then(|| (from..=to).collect());
    let chosen: Vec<usize> = match text.split_once(['~', '～', '〜', '-', '－']) {
        Some((from, to)) => between(place(only(from)?)?, place(only(to)?)?)?,
        None => text
            .chars()
            .filter(|letter| !matches!(letter, ';' | ',' | '、' | '・' | '･' | '/' | '.'))
            .map(place)
            .collect::<Option<_>>()?,
    };
    let days: String =
        WEEK.chars().enumerate().filter(|(place, _)| chosen.contains(place)).map(|(_, day)| day).collect();
    Some(days).filter(|days| !days.is_empty())
}

/// The letter, where it is the only one.
fn only(text: &str) -> Option<char> {
    let mut letters = text.chars();
    letters.next().filter(|_| letters.next().is_none())
}

/// Separators that hardly stand inside a name; 中点 and blanks may be a part of one.
const OTHER_SEPARATORS: [char; 5] = ['、', '，', ',', '；', '\n'];

/// Reads several texts between half-width semicolons.
///
/// Where two kinds of separators stand in one cell, nobody can tell which of them divides it: no proposal.
pub(super) fn list(raw: &str) -> Result<Value<'_>, Fault> {
    let separated = raw.contains(';') && !raw.contains('；');
    if separated || !raw.contains(OTHER_SEPARATORS) {
        return Ok(Value::Text(raw));
    }
    let kinds = OTHER_SEPARATORS.iter().filter(|separator| raw.contains(**separator)).count();
    let mended = (raw.len() <= PROPOSAL_BYTES_MAX && kinds == 1).then(|| {
        let parts = raw.split(OTHER_SEPARATORS).flat_map(|part| part.split(';')).map(str::trim);
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(";")
    });
    Err(Fault::warning(Code::NotAList).proposing(mended.filter(|text| !text.is_empty())))
}
