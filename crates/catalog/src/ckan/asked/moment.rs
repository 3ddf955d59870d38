//! Moments as Solr writes them: RFC 3339 in UTC, `NOW`, and sums with both (`NOW/DAY-7DAYS`).

use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

/// The moment that `text` writes at the time `now`; one without a zone is in UTC, a day is its beginning there.
///
/// Rule: Solr's date math.
pub fn moment(text: &str, now: Timestamp) -> Option<Timestamp> {
    let (base, sums) = match text.strip_prefix("NOW") {
        Some(sums) => (now, sums),
        None => match text.split_inclusive('Z').next().filter(|base| base.ends_with('Z')) {
            Some(base) => (base.parse().ok()?, text.get(base.len()..)?),
            None => return plain(text),
        },
    };
    summed(base, sums)
}

fn plain(text: &str) -> Option<Timestamp> {
    text.parse::<Timestamp>().ok().or_else(|| in_utc(text.parse::<DateTime>().ok()?))
}

fn in_utc(time: DateTime) -> Option<Timestamp> {
    Some(time.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

/// `base` after each of `+1DAY`, `-2MONTHS` and `/HOUR` in turn.
fn summed(base: Timestamp, sums: &str) -> Option<Timestamp> {
    let mut time = base.to_zoned(TimeZone::UTC).datetime();
    let mut rest = sums;
    while let Some(sign) = rest.chars().next() {
        rest = rest.get(sign.len_utf8()..)?;
        let end = rest.find(['+', '-', '/']).unwrap_or(rest.len());
        let (one, others) = (rest.get(..end)?, rest.get(end..)?);
        rest = others;
        time = match sign {
            '/' => begun(time, unit(one)?)?,
            '+' | '-' => {
                let digits = one.find(|letter: char| !letter.is_ascii_digit())?;
                let count: i64 = one.get(..digits)?.parse().ok()?;
                let count = if sign == '-' { -count } else { count };
                time.checked_add(span(count, unit(one.get(digits..)?)?)?).ok()?
            }
            _ => return None,
        };
    }
    in_utc(time)
}

#[derive(Clone, Copy)]
enum Unit {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
}

fn unit(name: &str) -> Option<Unit> {
    Some(match name.strip_suffix('S').unwrap_or(name) {
        "YEAR" => Unit::Year,
        "MONTH" => Unit::Month,
        "DAY" | "DATE" => Unit::Day,
        "HOUR" => Unit::Hour,
        "MINUTE" => Unit::Minute,
        "SECOND" => Unit::Second,
        _ => return None,
    })
}

fn span(count: i64, unit: Unit) -> Option<Span> {
    let span = Span::new();
    match unit {
        Unit::Year => span.try_years(count),
        Unit::Month => span.try_months(count),
        Unit::Day => span.try_days(count),
        Unit::Hour => span.try_hours(count),
        Unit::Minute => span.try_minutes(count),
        Unit::Second => span.try_seconds(count),
    }
    .ok()
}

/// The beginning of the unit in which `time` lies.
fn begun(time: DateTime, unit: Unit) -> Option<DateTime> {
    let (date, clock) = (time.date(), time.time());
    let date = match unit {
        Unit::Year => date.first_of_year(),
        Unit::Month => date.first_of_month(),
        _ => date,
    };
    let clock = match unit {
        Unit::Year | Unit::Month | Unit::Day => Time::midnight(),
        Unit::Hour => Time::new(clock.hour(), 0, 0, 0).ok()?,
        Unit::Minute => Time::new(clock.hour(), clock.minute(), 0, 0).ok()?,
        Unit::Second => Time::new(clock.hour(), clock.minute(), clock.second(), 0).ok()?,
    };
    Some(date.to_datetime(clock))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(text: &str, expected: Option<&str>) {
        let now = "2026-11-26T10:20:30.5Z".parse().unwrap();
        let expected = expected.map(|time| time.parse::<Timestamp>().unwrap());
        assert_eq!(moment(text, now), expected, "{text:?}");
    }

    #[test]
    fn moments_come_with_and_without_a_fraction_and_a_zone() {
        reads("2026-01-01T00:00:00Z", Some("2026-01-01T00:00:00Z"));
        reads("2026-01-01T00:00:00.123456Z", Some("2026-01-01T00:00:00.123456Z"));
        reads("2026-01-01T00:00:00.123456", Some("2026-01-01T00:00:00.123456Z"));
        reads("2026-01-01T09:00:00+09:00", Some("2026-01-01T00:00:00Z"));
        reads("2026-01-01", Some("2026-01-01T00:00:00Z"));
    }

    #[test]
    fn sums_begin_with_now_or_a_moment() {
        reads("NOW", Some("2026-11-26T10:20:30.5Z"));
        reads("NOW-7DAYS", Some("2026-11-19T10:20:30.5Z"));
        reads("NOW/DAY-1MONTH+2HOURS", Some("2026-10-26T02:00:00Z"));
        reads("NOW/YEAR", Some("2026-01-01T00:00:00Z"));
        reads("2024-02-29T12:00:00Z+1YEAR/SECOND", Some("2025-02-28T12:00:00Z"));
    }

    #[test]
    fn other_texts_are_no_moments() {
        for text in [
            "",
            "yesterday",
            "NOWADAYS",
            "NOW-",
            "NOW-DAYS",
            "NOW-7WEEKS",
            "NOW+99999999999999DAYS",
            "2026-02-30",
            "NOW/",
            "2026",
        ] {
            reads(text, None);
        }
    }
}
