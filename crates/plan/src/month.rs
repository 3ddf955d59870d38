//! A month of the calendar, where a paper names no day.

use std::fmt;

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

/// A month of the calendar: `2021-12`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Month {
    year: i16,
    month: i8,
}

/// Why a text is no month.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no month: write 2021-12")]
pub struct BadMonth(String);

impl Month {
    /// Reads `2021-12`.
    ///
    /// # Errors
    /// [`BadMonth`] when it is written in another way, or the calendar has no such month.
    pub fn parse(text: &str) -> Result<Month, BadMonth> {
        let bad = || BadMonth(text.chars().take(40).collect());
        let first: Date = format!("{text}-01").parse().map_err(|_| bad())?;
        let month = Month { year: first.year(), month: first.month() };
        if month.to_string() == text { Ok(month) } else { Err(bad()) }
    }

    /// Its first day.
    pub fn first_day(self) -> Date {
        date(self.year, self.month, 1)
    }

    /// Its last day.
    pub fn last_day(self) -> Date {
        self.first_day().last_of_month()
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl TryFrom<String> for Month {
    type Error = BadMonth;

    fn try_from(text: String) -> Result<Month, BadMonth> {
        Month::parse(&text)
    }
}

impl From<Month> for String {
    fn from(month: Month) -> String {
        month.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(text: &str, days: Option<(Date, Date)>) {
        let month = Month::parse(text).ok();
        assert_eq!(month.map(|m| (m.first_day(), m.last_day())), days, "{text:?}");
    }

    #[test]
    fn a_month_knows_its_first_and_last_day() {
        reads("2021-12", Some((date(2021, 12, 1), date(2021, 12, 31))));
        reads("2024-02", Some((date(2024, 2, 1), date(2024, 2, 29))));
    }

    #[test]
    fn other_ways_of_writing_are_refused() {
        for text in ["", "2021", "2021-13", "2021-00", "2021-1", "令和3年12月", "2021-12-01", "+002021-12"]
        {
            reads(text, None);
        }
    }
}
