//! What the value of a spreadsheet's cell is as text: as it would be written in a CSV by the national rules.
//!
//! A date is `YYYY-MM-DD` however the cell shows it, a time `HH:MM`, a number the shortest that reads the same.
//!
//! Rule: 共通ルール, 日付・時刻 (GIF 441).

use std::fmt::Write;

use calamine::ExcelDateTime;

const WRITES: &str = "a text takes whatever is written to it";

/// A number, without an exponent and without zeros at its end.
pub(super) fn number(number: f64, text: &mut String) {
    // -0 is 0.
    write!(text, "{}", if number == 0.0 { 0.0 } else { number }).expect(WRITES);
}

/// TRUE or FALSE, as a spreadsheet shows it.
pub(super) fn truth(truth: bool, text: &mut String) {
    text.push_str(if truth { "TRUE" } else { "FALSE" });
}

/// A cell that is shown as a date, a time, both, or hours that may be more than a day's.
pub(super) fn moment(moment: &ExcelDateTime, text: &mut String) {
    let days = moment.as_f64();
    if moment.is_duration() {
        return duration((days * 86_400.0).round() as i64, text);
    }
    let (year, month, day, hour, minute, second, millisecond) = moment.to_ymd_hms_milli();
    let seconds = i64::from(hour) * 3_600 + i64::from(minute) * 60 + i64::from(second);
    // A minute is not a whole number of days: 08:59:59.999 is nine o'clock.
    let seconds = (seconds + i64::from(millisecond >= 500)).min(86_399);
    if days < 1.0 {
        return duration(seconds, text);
    }
    write!(text, "{year:04}-{month:02}-{day:02}").expect(WRITES);
    if seconds > 0 {
        text.push('T');
        duration(seconds, text);
    }
}

/// A date, or a date and a time, in ISO 8601: a time of 0:00 is left out.
pub(super) fn iso_moment(moment: &str, text: &mut String) {
    let (date, time) = moment.split_once('T').unwrap_or((moment, ""));
    text.push_str(date);
    let time = time.strip_suffix(":00").filter(|time| time.contains(':')).unwrap_or(time);
    if !time.trim_start_matches(['0', ':', '.', 'Z']).is_empty() {
        text.push('T');
        text.push_str(time);
    }
}

/// A duration in ISO 8601, `PT09H30M00S`, as `09:30`; as it is where it is written otherwise.
pub(super) fn iso_duration(written: &str, text: &mut String) {
    match seconds_of(written) {
        Some(seconds) => duration(seconds, text),
        None => text.push_str(written),
    }
}

fn seconds_of(written: &str) -> Option<i64> {
    let mut rest = written.strip_prefix("PT")?;
    let mut seconds = 0_f64;
    for (unit, worth) in [('H', 3_600.0), ('M', 60.0), ('S', 1.0)] {
        if let Some((count, more)) = rest.split_once(unit) {
            seconds += count.parse::<f64>().ok().filter(|count| (0.0..1e9).contains(count))? * worth;
            rest = more;
        }
    }
    rest.is_empty().then_some(seconds.round() as i64)
}

/// `HH:MM`, with seconds where there are any.
fn duration(seconds: i64, text: &mut String) {
    if seconds < 0 {
        text.push('-');
    }
    let seconds = seconds.unsigned_abs();
    write!(text, "{:02}:{:02}", seconds / 3_600, seconds / 60 % 60).expect(WRITES);
    if !seconds.is_multiple_of(60) {
        write!(text, ":{:02}", seconds % 60).expect(WRITES);
    }
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    #[track_caller]
    fn says(write: impl FnOnce(&mut String), expected: &str) {
        let mut text = String::new();
        write(&mut text);
        assert_eq!(text, expected);
    }

    #[test]
    fn a_number_is_the_shortest_that_reads_the_same() {
        for (value, text) in [
            (36.40, "36.4"),
            (141.3028, "141.3028"),
            (42021.0, "42021"),
            (-0.0, "0"),
            (1e15, "1000000000000000"),
            (1e-7, "0.0000001"),
        ] {
            says(|to| number(value, to), text);
        }
    }

    #[test]
    fn what_a_cell_shows_as_a_date_or_a_time_is_written_by_the_national_rule() {
        for (value, kind, text) in [
            (45_383.0, ExcelDateTimeType::DateTime, "2024-04-01"),
            (45_383.375, ExcelDateTimeType::DateTime, "2024-04-01T09:00"),
            (0.375, ExcelDateTimeType::DateTime, "09:00"),
            (1.0 / 3.0, ExcelDateTimeType::DateTime, "08:00"),
            (17.0 / 24.0 - 1e-9, ExcelDateTimeType::DateTime, "17:00"),
            (1.0, ExcelDateTimeType::TimeDelta, "24:00"),
            (1.5 + 1.0 / 86_400.0, ExcelDateTimeType::TimeDelta, "36:00:01"),
        ] {
            says(|to| moment(&ExcelDateTime::new(value, kind, false), to), text);
        }
        says(|to| moment(&ExcelDateTime::new(43_921.0, ExcelDateTimeType::DateTime, true), to), "2024-04-01");
    }

    #[test]
    fn what_opendocument_writes_in_iso_8601_is_written_alike() {
        says(|to| iso_moment("2024-04-01", to), "2024-04-01");
        says(|to| iso_moment("2024-04-01T00:00:00", to), "2024-04-01");
        says(|to| iso_moment("2024-04-01T09:30:00", to), "2024-04-01T09:30");
        says(|to| iso_duration("PT09H30M00S", to), "09:30");
        says(|to| iso_duration("PT24H00M00S", to), "24:00");
        says(|to| iso_duration("P1D", to), "P1D");
    }
}
