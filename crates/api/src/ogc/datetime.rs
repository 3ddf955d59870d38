//! Reads `datetime`: a moment, a day, or a span of them with an open end.
//!
//! Cells know days, so a moment is the day that it is in Japan. That a day may stand for a moment is our addition.
//!
//! Rule: OGC 17-069r4, /req/core/fc-time-response.

use catalog::asking::Days;
use catalog::asking::times::day_in_japan;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::fmt::temporal::Pieces;
use jiff::tz::TimeZone;

use crate::problem::Problem;

/// The days that `text` asks for.
///
/// # Errors
/// [`crate::problem::Kind::BadParameter`] where it does not read, or ends before it begins.
pub fn read(text: &str) -> Result<Days, Problem> {
    let wanted = || {
        Problem::bad_parameter(
            "datetime",
            "日時（2026-04-01T00:00:00Z）か日付（2026-04-01）、または / で区切った期間（2026-04-01/2027-03-31、2026-04-01/..）です。",
            "it is a moment (2026-04-01T00:00:00Z), a day (2026-04-01), or a span of either (2026-04-01/2027-03-31, 2026-04-01/..)",
        )
    };
    let days = match text.split_once('/') {
        None => day(text).map(|day| Days { from: Some(day), to: Some(day) }),
        Some((from, to)) => end(from).zip(end(to)).map(|(from, to)| Days { from, to }),
    };
    let days = days.ok_or_else(wanted)?;
    match (days.from, days.to) {
        (None, None) => Err(wanted()),
        (Some(from), Some(to)) if to < from => Err(wanted()),
        _ => Ok(days),
    }
}

fn day(text: &str) -> Option<Date> {
    if text.len() == "2026-04-01".len() {
        return text.parse().ok();
    }
    // A `+` that was not escaped arrives as a blank.
    let text = text.replace(' ', "+");
    text.parse::<Timestamp>().ok().map(day_in_japan).or_else(|| beyond(&text))
}

/// The day of a moment that is later than every [`Timestamp`]: QGIS writes `9999-12-31T00:00:00Z` for an end that is open.
fn beyond(text: &str) -> Option<Date> {
    let pieces = Pieces::parse(text).ok()?;
    let is_moment = pieces.time().is_some() && pieces.offset().is_some();
    (is_moment && pieces.date() > Timestamp::MAX.to_zoned(TimeZone::UTC).date()).then(|| pieces.date())
}

/// One end of a span: `Some(None)` where it is open.
fn end(text: &str) -> Option<Option<Date>> {
    match text {
        "" | ".." => Some(None),
        text => day(text).map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(text: &str, expected: Option<(&str, &str)>) {
        let day = |text: &str| text.parse::<Date>().ok();
        let expected = expected.map(|(from, to)| Days { from: day(from), to: day(to) });
        assert_eq!(read(text).ok(), expected, "{text:?}");
    }

    #[test]
    fn a_moment_is_the_day_that_it_is_in_japan() {
        reads("2026-03-31T14:59:59Z", Some(("2026-03-31", "2026-03-31")));
        reads("2026-03-31T15:00:00Z", Some(("2026-04-01", "2026-04-01")));
        reads("2026-04-01T23:00:00+09:00", Some(("2026-04-01", "2026-04-01")));
        reads("2026-04-01T23:00:00 09:00", Some(("2026-04-01", "2026-04-01")));
        reads("2026-04-01", Some(("2026-04-01", "2026-04-01")));
    }

    #[test]
    fn a_span_may_be_open_at_one_end() {
        reads("2026-04-01/2027-03-31", Some(("2026-04-01", "2027-03-31")));
        reads("2026-04-01T00:00:00Z/..", Some(("2026-04-01", "")));
        reads("2026-04-01/", Some(("2026-04-01", "")));
        reads("../2026-04-01", Some(("", "2026-04-01")));
        reads("/2026-04-01", Some(("", "2026-04-01")));
    }

    #[test]
    fn an_end_may_lie_at_the_end_of_all_times() {
        reads("2026-04-01/9999-12-31T00:00:00Z", Some(("2026-04-01", "9999-12-31")));
        reads("2026-04-01T00:00:00.000Z/9999-12-31T23:59:59Z", Some(("2026-04-01", "9999-12-31")));
        reads("0000-01-01T00:00:00Z/2026-04-01", Some(("0000-01-01", "2026-04-01")));
        reads("9999-12-31T00:00:00", None);
        reads("10000-01-01T00:00:00Z", None);
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "/",
            "../..",
            "2026-04-31",
            "2026-04-02/2026-04-01",
            "2026",
            "a/b",
            "2026-04-01/x",
            "2026-04-01/../..",
        ] {
            reads(text, None);
        }
    }
}
