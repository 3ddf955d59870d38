//! Which columns say when a row is, and which rows are within a time.
//!
//! Days are those of Japan, as they stand in the cells. Reading what somebody wrote is the callers' business.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{self, TimeZone};

use super::bounds::COLUMNS_MAX;
use super::columns::{ColumnKind, Columns, Scalar};
use super::filter::{Comparison, Filter};

/// The columns that say when a row is, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// The day, or the first of them.
    pub start: usize,
    /// The last day, where another column says so. A blank one is an open end, as is a blank first one.
    pub end: Option<usize>,
}

/// Days, both ends included; an open end goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The first one.
    pub from: Option<Date>,
    /// The last one.
    pub to: Option<Date>,
}

/// What the national schemas call the beginning and the end of a span, in names that are the same otherwise.
const BEGIN: &str = "開始";
const END: &str = "終了";

/// The day that it is in Japan at `moment`.
pub fn day_in_japan(moment: Timestamp) -> Date {
    moment.to_zoned(TimeZone::fixed(tz::offset(9))).date()
}

impl Times {
    /// Those of `columns`: the first two whose names are of one span (開始日, 終了日), else the first column of days.
    ///
    /// Rule: 自治体標準オープンデータセット names spans so (イベント一覧); OGC API – Features leaves the choice to the server.
    pub fn of(columns: &Columns) -> Option<Times> {
        Times::among(columns.all().iter().map(|column| (column.name.as_str(), column.kind)))
    }

    /// Those of columns with these names and kinds.
    pub(crate) fn among<'a>(columns: impl IntoIterator<Item = (&'a str, ColumnKind)>) -> Option<Times> {
        let days: Vec<(usize, &str)> = columns
            .into_iter()
            .take(COLUMNS_MAX)
            .enumerate()
            .filter(|(_, (_, kind))| *kind == ColumnKind::Date)
            .map(|(place, (name, _))| (place, name))
            .collect();
        let span = days.iter().filter(|(_, name)| name.contains(BEGIN)).find_map(|(start, name)| {
            let last = name.replace(BEGIN, END);
            let (end, _) = days.iter().find(|(_, other)| *other == last)?;
            Some(Times { start: *start, end: Some(*end) })
        });
        span.or_else(|| days.first().map(|(start, _)| Times { start: *start, end: None }))
    }

    /// What is true of rows that are within `days`, for a day at least; and of those of which nobody says when they are.
    ///
    /// Rule: OGC 17-069r4, /req/core/fc-time-response.
    pub fn within(self, days: Days) -> Filter {
        let end = self.end.unwrap_or(self.start);
        let bound = |column: usize, with: Comparison, day: Option<Date>| {
            let value = Scalar::Text(day?.to_string());
            let compared = Filter::Compare { column, with, value };
            Some(Filter::Any(vec![compared, Filter::IsNull { column }]))
        };
        let not_before = bound(end, Comparison::AtLeast, days.from);
        let not_after = bound(self.start, Comparison::AtMost, days.to);
        Filter::All(not_before.into_iter().chain(not_after).collect())
    }
}

impl Days {
    /// Whether some day is one of both.
    pub fn meet(self, other: Days) -> bool {
        let is_before = |end: Option<Date>, start: Option<Date>| matches!((end, start), (Some(end), Some(start)) if end < start);
        !is_before(self.to, other.from) && !is_before(other.to, self.from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn finds(columns: &[(&str, ColumnKind)], expected: Option<(usize, Option<usize>)>) {
        let found = Times::among(columns.iter().copied());
        assert_eq!(found.map(|times| (times.start, times.end)), expected, "{columns:?}");
    }

    const DAY: ColumnKind = ColumnKind::Date;

    #[test]
    fn two_columns_of_one_span_say_when() {
        finds(&[("名称", ColumnKind::Text), ("開始日", DAY), ("終了日", DAY)], Some((1, Some(2))));
        finds(&[("公開日", DAY), ("受付終了日", DAY), ("受付開始日", DAY)], Some((2, Some(1))));
    }

    #[test]
    fn otherwise_the_first_day_says_when() {
        finds(&[("名称", ColumnKind::Text), ("指定日", DAY), ("更新日", DAY)], Some((1, None)));
        finds(&[("開始日", DAY), ("参加申込終了日", DAY)], Some((0, None)));
        finds(&[("開始日", ColumnKind::Text), ("終了日", DAY)], Some((1, None)));
    }

    #[test]
    fn without_days_nothing_says_when() {
        finds(&[("名称", ColumnKind::Text), ("開始時間", ColumnKind::Time)], None);
    }

    #[test]
    fn spans_meet_where_they_share_a_day() {
        let day = |text: &str| text.parse::<Date>().ok();
        let days = |from: &str, to: &str| Days { from: day(from), to: day(to) };
        let april = days("2026-04-01", "2026-04-30");
        assert!(april.meet(days("2026-04-30", "2026-05-31")) && april.meet(days("", "2026-04-01")));
        assert!(april.meet(days("", "")) && days("", "").meet(days("", "")));
        assert!(!april.meet(days("2026-05-01", "")) && !days("", "2026-03-31").meet(april));
    }
}
