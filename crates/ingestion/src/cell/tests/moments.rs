//! What dates and times of day promise.

use super::*;

mod dates {
    use super::*;

    #[test]
    fn of_the_calendar_are_good() {
        good(Kind::Date, &["2025-04-01", "2024-02-29", "1868-01-25", "0001-01-01", "9999-12-31"]);
    }

    #[test]
    fn that_no_calendar_has_are_found_however_they_are_written() {
        for raw in [
            "2023-02-30",
            "2023-13-01",
            "2023-00-10",
            "0000-01-01",
            "2023/2/29",
            "昭和100年1月1日",
            "平成32年5月1日",
            "R0.5.1",
        ] {
            error(Kind::Date, raw, Code::NoSuchDate, None);
        }
    }

    #[test]
    fn in_another_writing_are_errors_with_the_date() {
        for (raw, date) in [
            ("2023/9/6", "2023-09-06"),
            ("2023-9-6", "2023-09-06"),
            ("2023.09.06", "2023-09-06"),
            ("20230906", "2023-09-06"),
            ("２０２３年９月６日（水）", "2023-09-06"),
            ("2023/9/6 0:00", "2023-09-06"),
            ("令和5年9月6日", "2023-09-06"),
            ("令4. 9. 1", "2022-09-01"),
            ("R5.9.6", "2023-09-06"),
            ("H31/4/30", "2019-04-30"),
            ("令和元年5月1日", "2019-05-01"),
            ("S64.1.7", "1989-01-07"),
            ("大正15年12月24日", "1926-12-24"),
        ] {
            error(Kind::Date, raw, Code::NotADate, Some(date));
        }
    }

    #[test]
    fn of_an_era_that_ended_in_that_year_are_errors_with_the_date() {
        error(Kind::Date, "平成31年5月1日", Code::NoSuchDate, Some("2019-05-01"));
        error(Kind::Date, "令和元年4月30日", Code::NoSuchDate, Some("2019-04-30"));
        error(Kind::Date, "S64.1.8", Code::NoSuchDate, Some("1989-01-08"));
    }

    #[test]
    fn as_a_spreadsheet_counts_them_are_errors_with_the_date() {
        error(Kind::Date, "45383", Code::NotADate, Some("2024-04-01"));
        error(Kind::Date, "43586", Code::NotADate, Some("2019-05-01"));
    }

    #[test]
    fn without_a_day_or_with_two_readings_get_no_proposal() {
        for raw in [
            "2023",
            "2023-09",
            "2023年9月",
            "4月頃",
            "9/6/2023",
            "23/9/6",
            "4538",
            "99999",
            "未定",
            "2023-09-06T10:00",
            "元年1月1日",
            "202a-01-01",
        ] {
            error(Kind::Date, raw, Code::NotADate, None);
        }
    }
}

mod times {
    use super::*;

    const START: Kind = Kind::Time { end: false };
    const END: Kind = Kind::Time { end: true };

    #[test]
    fn of_two_digits_each_are_good() {
        for kind in [START, END] {
            good(kind, &["00:00", "09:00", "23:59", "12:34:56"]);
        }
    }

    #[test]
    fn in_another_writing_are_errors_with_the_time() {
        for (raw, time) in [
            ("9:00", "09:00"),
            ("９：３０", "09:30"),
            ("9時", "09:00"),
            ("9時30分", "09:30"),
            ("9時半", "09:30"),
            ("午後5時15分", "17:15"),
            ("8:00 PM", "20:00"),
            ("9:00:05", "09:00:05"),
        ] {
            error(START, raw, Code::NotATime, Some(time));
            error(END, raw, Code::NotATime, Some(time));
        }
        error(END, "24時", Code::NotATime, Some("24:00"));
    }

    #[test]
    fn that_are_no_times_get_no_proposal() {
        for raw in [
            "日没まで",
            "9:60",
            "09:00～17:00",
            "99:00",
            "900",
            "午後12時",
            ":",
            "9:0:0:0",
            "4／1～10/31\u{3000}17:00",
        ] {
            error(START, raw, Code::NotATime, None);
            error(END, raw, Code::NotATime, None);
        }
    }

    #[test]
    fn of_midnight_end_a_day_and_begin_none() {
        found(&field(END), "24:00", Severity::Note, Code::EndsAtMidnight, None);
        error(START, "24:00", Code::BeyondMidnight, None);
    }

    #[test]
    fn beyond_midnight_are_a_warning_where_something_ends() {
        warning(END, "24:01", Code::BeyondMidnight, None);
        warning(END, "25:30", Code::BeyondMidnight, None);
        error(START, "25:30", Code::BeyondMidnight, None);
    }
}
