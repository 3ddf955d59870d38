//! 年度: the year of a Japanese administration, from 1 April to 31 March, as people write it and as we keep it.
//!
//! Months are [`crate::month`]'s business.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, date};
use serde::{Deserialize, Deserializer, Serialize, de};

/// 令和元年 is 2019, 平成元年 is 1989: an era's year 1.
const REIWA: i16 = 2019;
const HEISEI: i16 = 1989;

/// 年度: named by the calendar year in which it begins. 令和7年度 is 2025: 2025-04-01 to 2026-03-31.
///
/// In JSON it is that number. From 1989 (平成元年度) to 2199.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct FiscalYear(i16);

/// Why a text or a number is no fiscal year.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadFiscalYear {
    /// Written in no way we know.
    #[error("`{0}` is no fiscal year: write 令和7年度 or 2025")]
    Unreadable(String),
    /// 平成32年度 never was.
    #[error("the era 平成 ended with its year 31: there is no 平成{0}年度")]
    AfterHeisei(i16),
    /// Before 1989 or after 2199.
    #[error("fiscal years go from 1989 to 2199, not {0}")]
    OutOfRange(i64),
}

impl FiscalYear {
    /// The first one: 平成元年度.
    pub const FIRST: FiscalYear = FiscalYear(1989);
    /// The last one.
    pub const LAST: FiscalYear = FiscalYear(2199);

    /// The fiscal year that begins in the calendar year `year`.
    ///
    /// # Errors
    /// [`BadFiscalYear::OutOfRange`] outside 1989 to 2199.
    pub fn new(year: i16) -> Result<FiscalYear, BadFiscalYear> {
        let year = FiscalYear(year);
        match (FiscalYear::FIRST..=FiscalYear::LAST).contains(&year) {
            true => Ok(year),
            false => Err(BadFiscalYear::OutOfRange(year.0.into())),
        }
    }

    /// Reads 令和7年度, 令和７年度, 令和元年度, R7, 平成31年度, 2025年度 and 2025.
    ///
    /// # Errors
    /// [`BadFiscalYear`] says which way of writing is meant, or which year never was.
    pub fn parse(text: &str) -> Result<FiscalYear, BadFiscalYear> {
        let narrow: String = text.trim().chars().map(narrow).collect();
        let unreadable = || BadFiscalYear::Unreadable(text.chars().take(40).collect());
        let number = |digits: &str, most: usize| match digits {
            "元" => Ok(1),
            _ if (1..=most).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) => {
                digits.parse::<i16>().map_err(|_| unreadable())
            }
            _ => Err(unreadable()),
        };

        let bare = narrow.strip_suffix("年度").unwrap_or(&narrow);
        let of_era = |names: [&str; 2]| names.into_iter().find_map(|name| bare.strip_prefix(name));
        if let Some(digits) = of_era(["令和", "R"]) {
            return match number(digits, 3)? {
                0 => Err(unreadable()),
                year => FiscalYear::new(REIWA - 1 + year),
            };
        }
        if let Some(digits) = of_era(["平成", "H"]) {
            return match number(digits, 3)? {
                0 => Err(unreadable()),
                year @ 1..=31 => FiscalYear::new(HEISEI - 1 + year),
                year => Err(BadFiscalYear::AfterHeisei(year)),
            };
        }
        match bare.len() {
            4 => FiscalYear::new(number(bare, 4)?),
            _ => Err(unreadable()),
        }
    }

    /// The fiscal year that `day` lies in.
    ///
    /// # Errors
    /// [`BadFiscalYear::OutOfRange`] outside 1989 to 2199.
    pub fn of(day: Date) -> Result<FiscalYear, BadFiscalYear> {
        FiscalYear::new(if day.month() < 4 { day.year() - 1 } else { day.year() })
    }

    /// The calendar year in which it begins.
    pub fn year(self) -> i16 {
        self.0
    }

    /// 令和7年度
    pub fn label(self) -> String {
        let (era, year) =
            if self.0 >= REIWA { ("令和", self.0 - REIWA + 1) } else { ("平成", self.0 - HEISEI + 1) };
        match year {
            1 => format!("{era}元年度"),
            _ => format!("{era}{year}年度"),
        }
    }

    /// 1 April.
    pub fn first_day(self) -> Date {
        date(self.0, 4, 1)
    }

    /// 31 March of the next calendar year.
    pub fn last_day(self) -> Date {
        date(self.0 + 1, 3, 31)
    }

    /// Whether `day` lies in it.
    pub fn contains(self, day: Date) -> bool {
        (self.first_day()..=self.last_day()).contains(&day)
    }
}

/// ７ → 7, Ｒ → R: letters of full width, as they stand in official papers.
fn narrow(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

impl fmt::Display for FiscalYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl FromStr for FiscalYear {
    type Err = BadFiscalYear;

    fn from_str(text: &str) -> Result<FiscalYear, BadFiscalYear> {
        FiscalYear::parse(text)
    }
}

impl<'de> Deserialize<'de> for FiscalYear {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<FiscalYear, D::Error> {
        struct Year;
        impl de::Visitor<'_> for Year {
            type Value = FiscalYear;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a fiscal year such as 2025 or 令和7年度")
            }

            fn visit_i64<E: de::Error>(self, year: i64) -> Result<FiscalYear, E> {
                i16::try_from(year)
                    .map_err(|_| BadFiscalYear::OutOfRange(year))
                    .and_then(FiscalYear::new)
                    .map_err(E::custom)
            }

            fn visit_u64<E: de::Error>(self, year: u64) -> Result<FiscalYear, E> {
                self.visit_i64(i64::try_from(year).unwrap_or(i64::MAX))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<FiscalYear, E> {
                FiscalYear::parse(text).map_err(E::custom)
            }
        }
        deserializer.deserialize_any(Year)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn reads(text: &str, expected: Result<i16, BadFiscalYear>) {
        assert_eq!(FiscalYear::parse(text).map(FiscalYear::year), expected, "{text:?}");
    }

    #[test]
    fn a_year_is_read_as_people_write_it() {
        reads("令和7年度", Ok(2025));
        reads("令和７年度", Ok(2025));
        reads("Ｒ７", Ok(2025));
        reads("令和元年度", Ok(2019));
        reads("平成31年度", Ok(2019));
        reads("平成元年度", Ok(1989));
        reads(" 2025年度 ", Ok(2025));
        reads("2025", Ok(2025));
    }

    #[test]
    fn what_is_no_year_is_refused_with_its_reason() {
        reads("平成32年度", Err(BadFiscalYear::AfterHeisei(32)));
        reads("1988", Err(BadFiscalYear::OutOfRange(1988)));
        for text in ["", "令和", "令和0年度", "令和-1年度", "昭和63年度", "7", "20250", "+202", "今年度"]
        {
            reads(text, Err(BadFiscalYear::Unreadable(text.to_owned())));
        }
    }

    #[test]
    fn the_year_turns_between_march_and_april() {
        let year = FiscalYear(2025);
        assert_eq!(FiscalYear::of(date(2025, 3, 31)), Ok(FiscalYear(2024)));
        assert_eq!(FiscalYear::of(date(2025, 4, 1)), Ok(year));
        assert_eq!(year.last_day(), date(2026, 3, 31));
        assert!(year.contains(date(2026, 3, 31)) && !year.contains(date(2026, 4, 1)));
    }

    #[test]
    fn data_may_give_a_number_or_words() {
        assert_eq!(serde_json::from_str::<FiscalYear>("2025").unwrap().label(), "令和7年度");
        assert_eq!(serde_json::from_str::<FiscalYear>("\"令和9年度\"").unwrap().year(), 2027);
        let error = serde_json::from_str::<FiscalYear>("99999").unwrap_err().to_string();
        assert!(error.contains("not 99999"), "{error}");
    }

    proptest! {
        #[test]
        fn every_year_reads_back_from_its_label_and_its_number(year in 1989_i16..=2199) {
            let year = FiscalYear(year);
            prop_assert_eq!(FiscalYear::parse(&year.label()), Ok(year));
            prop_assert_eq!(FiscalYear::parse(&year.to_string()), Ok(year));
            prop_assert_eq!(FiscalYear::of(year.first_day()), Ok(year));
            prop_assert_eq!(FiscalYear::of(year.last_day()), Ok(year));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,12}") {
            if let Ok(year) = FiscalYear::parse(&text) {
                prop_assert!((1989..=2199).contains(&year.year()));
            }
        }
    }
}
