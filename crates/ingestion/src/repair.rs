//! 直し: what is mended in a cell without a person, and what kinds of that there are.
//!
//! A repair is made only where one reading exists and nothing is lost; it is always a record
//! ([`crate::report::Repair`]) and never made to a good cell. What can be mended and is not (a matter of taste, or of
//! two readings) stays a finding with its proposal. Each kind can be switched off ([`RepairSet`]): the finding then
//! comes as if there were no repair.
//!
//! Rule: the policy table of the ingestion engine, line by line.

pub(crate) mod coordinates;
pub(crate) mod letters;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::finding::listed;
use crate::sentence;
use crate::text::Text;

listed! {
    /// The kind of a repair. Where one change is of several kinds (`１，２３４円`), the last of them names it. The spelling in reports (kebab-case) is part of the contract.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    #[non_exhaustive]
    pub enum RepairCode {
        // Letters of any cell.
        /// Blanks and line breaks around a cell are taken off.
        SurroundingBlank,
        /// Zero-width characters and a byte order mark inside a cell are taken out, a no-break space becomes a space.
        InvisibleCharacter,
        /// A letter and its mark, written apart (NFD), become one letter.
        Decomposed,

        // Width.
        /// Full-width letters, digits and signs become half-width.
        FullWidth,
        /// Half-width katakana become full-width.
        HalfWidthKana,

        // Numbers.
        /// Commas between thousands are taken out.
        ThousandsSeparator,
        /// The unit behind a number is taken off; it is noted as well.
        Unit,
        /// `▲` and `△` become a minus sign.
        MinusSign,

        // Dates and times.
        /// A date in a Japanese era becomes `YYYY-MM-DD`.
        JapaneseEra,
        /// A date in another writing becomes `YYYY-MM-DD`.
        DateForm,
        /// A time in another writing becomes `HH:MM`.
        TimeForm,

        // Codes.
        /// The hyphen of a postal code is taken out.
        PostalCodeForm,
        /// A telephone number gets its hyphens.
        TelephoneForm,
        /// A leading 0 that a spreadsheet dropped is put back.
        LostZero,
        /// The check digit of a municipality code is put back.
        LostCheckDigit,

        // Values of a list.
        /// What an office writes for a value of the list becomes that value.
        ValueSpelling,
        /// What stands for an empty cell becomes empty, because somebody answered so.
        MissingValue,

        // Places.
        /// Latitude and longitude change places.
        SwappedCoordinates,
        /// Degrees, minutes and seconds become decimal degrees.
        DegreesMinutesSeconds,
        /// Latitude and longitude in one cell go into a column each.
        CoordinatesInOneCell,

        // The table.
        /// A column at the right end without a name and without a value is left out.
        TrailingEmptyColumn,
    }
}

impl RepairCode {
    /// What it is in a few words: 全角→半角, "Full-width to half-width".
    pub fn title(self) -> Text {
        sentence::repair_title(self)
    }
}

impl fmt::Display for RepairCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

impl FromStr for RepairCode {
    type Err = UnknownRepair;

    fn from_str(text: &str) -> Result<RepairCode, UnknownRepair> {
        let known = RepairCode::all().iter().find(|code| code.to_string() == text);
        known.copied().ok_or_else(|| UnknownRepair(text.to_owned()))
    }
}

/// There is no kind of repair of that name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownRepair(pub String);

impl fmt::Display for UnknownRepair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known: Vec<String> = RepairCode::all().iter().map(RepairCode::to_string).collect();
        write!(f, "there is no kind of repair `{}`; there are: all, {}", self.0, known.join(", "))
    }
}

impl std::error::Error for UnknownRepair {}

/// The kinds of repair that are made; all of them unless somebody says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RepairSet(u64);

impl RepairSet {
    /// Every kind.
    pub const ALL: RepairSet = RepairSet(u64::MAX);
    /// No kind: a file is only looked at.
    pub const NONE: RepairSet = RepairSet(0);

    /// The same, with `code`.
    #[must_use]
    pub fn with(self, code: RepairCode) -> RepairSet {
        RepairSet(self.0 | bit(code))
    }

    /// The same, without `code`.
    #[must_use]
    pub fn without(self, code: RepairCode) -> RepairSet {
        RepairSet(self.0 & !bit(code))
    }

    /// The same, without any of `others`.
    #[must_use]
    pub fn except(self, others: RepairSet) -> RepairSet {
        RepairSet(self.0 & !others.0)
    }

    /// Whether `code` is made.
    pub fn has(self, code: RepairCode) -> bool {
        self.0 & bit(code) != 0
    }

    /// Whether all of `others` are made.
    pub(crate) fn has_all(self, others: RepairSet) -> bool {
        self.0 & others.0 == others.0
    }

    /// The kind that names a change of all these kinds.
    pub(crate) fn main(self) -> Option<RepairCode> {
        RepairCode::all().iter().rev().find(|code| self.has(**code)).copied()
    }
}

/// `full-width,unit`: the kinds that are named; `all` is every kind.
impl FromStr for RepairSet {
    type Err = UnknownRepair;

    fn from_str(text: &str) -> Result<RepairSet, UnknownRepair> {
        let names = text.split(',').map(str::trim);
        names.into_iter().try_fold(RepairSet::NONE, |set, name| match name {
            "all" => Ok(RepairSet::ALL),
            name => name.parse().map(|code| set.with(code)),
        })
    }
}

impl Default for RepairSet {
    fn default() -> RepairSet {
        RepairSet::ALL
    }
}

fn bit(code: RepairCode) -> u64 {
    1 << code as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_switched_alone() {
        for code in RepairCode::all() {
            assert!(RepairSet::default().has(*code) && !RepairSet::NONE.has(*code));
            for other in RepairCode::all() {
                assert_eq!(RepairSet::ALL.without(*code).has(*other), code != other);
                assert_eq!(RepairSet::NONE.with(*code).has(*other), code == other);
            }
        }
    }

    #[test]
    fn a_kind_is_spelt_in_kebab_case() {
        assert_eq!(RepairCode::FullWidth.to_string(), "full-width");
    }

    #[test]
    fn kinds_are_named_one_by_one_or_all_at_once() {
        for code in RepairCode::all() {
            assert_eq!(code.to_string().parse(), Ok(RepairSet::NONE.with(*code)));
        }
        let two = RepairSet::NONE.with(RepairCode::Unit).with(RepairCode::FullWidth);
        assert_eq!("full-width, unit".parse(), Ok(two));
        assert_eq!("all".parse(), Ok(RepairSet::ALL));
        assert_eq!(RepairSet::ALL.except(RepairSet::ALL), RepairSet::NONE);
        assert!(!RepairSet::ALL.except(two).has(RepairCode::Unit));
        for text in ["", "full_width", "unit,", "全角"] {
            assert!(text.parse::<RepairSet>().is_err(), "{text}");
        }
    }
}
