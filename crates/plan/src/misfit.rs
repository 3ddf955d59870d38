//! What can be wrong with an item or a report that somebody hands in: where, what, and how to mend it.

use std::fmt;

use jiff::civil::Date;

use crate::fiscal_year::FiscalYear;

/// A place in what was handed in, and what is wrong there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// Where: `title`, `indicators[0].unit`. Places count from 0, as in JSON.
    pub field: String,
    /// What.
    pub fault: Fault,
}

/// What is wrong at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A text that must say something says nothing.
    Blank,
    /// A text has more characters than fit.
    TooLong {
        /// How many fit.
        characters_max: usize,
    },
    /// A list has more entries than fit.
    TooMany {
        /// How many fit.
        entries_max: usize,
    },
    /// A fiscal year lies outside the plan's period.
    OutsidePlan {
        /// The year given.
        year: FiscalYear,
        /// The plan's first year.
        first: FiscalYear,
        /// The plan's last year.
        last: FiscalYear,
    },
    /// A day lies outside the fiscal year that it is about.
    OutsideYear {
        /// The day given.
        day: Date,
        /// The fiscal year.
        year: FiscalYear,
    },
    /// A day has not come yet.
    InFuture(Date),
    /// The same thing stands there twice.
    Doubled(String),
    /// The item has no indicator of that number.
    NoSuchIndicator(u16),
    /// Not a number that can be counted with.
    NotANumber,
}

impl Misfit {
    /// The fault at `field`.
    pub fn at(field: impl Into<String>, fault: Fault) -> Misfit {
        Misfit { field: field.into(), fault }
    }

    /// The same in a Japanese sentence.
    pub fn ja(&self) -> String {
        let field = &self.field;
        match &self.fault {
            Fault::Blank => format!("`{field}` が空です。内容を入れてください。"),
            Fault::TooLong { characters_max } => {
                format!("`{field}` が長すぎます。{characters_max}文字までにしてください。")
            }
            Fault::TooMany { entries_max } => {
                format!("`{field}` が多すぎます。{entries_max}件までにしてください。")
            }
            Fault::OutsidePlan { year, first, last } => format!(
                "`{field}` の{}は計画期間（{}から{}まで）の外です。期間内の年度にしてください。",
                year.label(),
                first.label(),
                last.label()
            ),
            Fault::OutsideYear { day, year } => format!(
                "`{field}` の {day} は{}の外です。{} から {} までの日にしてください。",
                year.label(),
                year.first_day(),
                year.last_day()
            ),
            Fault::InFuture(day) => {
                format!("`{field}` の {day} はまだ来ていません。今日までの日にしてください。")
            }
            Fault::Doubled(what) => format!("`{field}` に {what} が二度あります。一つにしてください。"),
            Fault::NoSuchIndicator(number) => {
                format!("`{field}`: この取組事項に{number}番の成果指標はありません。番号を確かめてください。")
            }
            Fault::NotANumber => format!("`{field}` が数値として扱えません。有限の数値にしてください。"),
        }
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` ", self.field)?;
        match &self.fault {
            Fault::Blank => write!(f, "is blank: say something"),
            Fault::TooLong { characters_max } => write!(f, "is too long: {characters_max} characters fit"),
            Fault::TooMany { entries_max } => write!(f, "has too many entries: {entries_max} fit"),
            Fault::OutsidePlan { year, first, last } => {
                write!(f, "names fiscal year {year}, but the plan goes from {first} to {last}")
            }
            Fault::OutsideYear { day, year } => write!(
                f,
                "is {day}, outside fiscal year {year}: choose a day from {} to {}",
                year.first_day(),
                year.last_day()
            ),
            Fault::InFuture(day) => write!(f, "is {day}, which has not come yet: choose today or earlier"),
            Fault::Doubled(what) => write!(f, "has {what} twice: once is enough"),
            Fault::NoSuchIndicator(number) => {
                write!(f, "names indicator {number}, which the item does not have")
            }
            Fault::NotANumber => write!(f, "is not a finite number"),
        }
    }
}

/// A text says something and has at most `characters_max` characters.
pub(crate) fn text(field: impl Into<String>, text: &str, characters_max: usize) -> Result<(), Misfit> {
    if text.trim().is_empty() {
        return Err(Misfit::at(field, Fault::Blank));
    }
    match text.chars().nth(characters_max) {
        Some(_) => Err(Misfit::at(field, Fault::TooLong { characters_max })),
        None => Ok(()),
    }
}

/// A list has at most `entries_max` entries.
pub(crate) fn entries<T>(field: &str, list: &[T], entries_max: usize) -> Result<(), Misfit> {
    match list.len() > entries_max {
        true => Err(Misfit::at(field, Fault::TooMany { entries_max })),
        false => Ok(()),
    }
}
