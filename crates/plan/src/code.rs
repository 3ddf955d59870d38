//! The codes by which people call a pillar (A) and an initiative (A-①, A-①-1), as they stand in addresses.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The letter of a 柱: `A` to `Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct PillarCode(char);

/// The code of a 取組事項: `A-1` is the 項目 A-①, `A-1-1` the individual item A-①-1 under it.
///
/// Codes sort as people count: `A-1`, `A-1-1`, `A-1-2`, `A-2`, `A-10`, `B-1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct InitiativeCode {
    pillar: PillarCode,
    number: u16,
    item: Option<u16>,
}

/// Why a text is no code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadCode {
    /// Not one letter from A to Z.
    #[error("`{0}` is no pillar: write one letter from A to Z")]
    Pillar(String),
    /// Neither `A-1` nor `A-1-1`.
    #[error("`{0}` is no initiative: write A-1 for a 項目 or A-1-1 for an item under it")]
    Initiative(String),
}

impl PillarCode {
    /// Reads one letter from `A` to `Z`.
    ///
    /// # Errors
    /// [`BadCode::Pillar`]
    pub fn parse(text: &str) -> Result<PillarCode, BadCode> {
        match text.parse::<char>() {
            Ok(letter @ 'A'..='Z') => Ok(PillarCode(letter)),
            _ => Err(BadCode::Pillar(text.chars().take(20).collect())),
        }
    }
}

impl InitiativeCode {
    /// A 項目's number goes to 50 (there are circled numbers up to ㊿), an item's to 999.
    const NUMBER_MAX: u16 = 50;
    const ITEM_MAX: u16 = 999;

    /// Reads `A-1` or `A-1-1`: plain digits without a leading zero, so that each has one address.
    ///
    /// # Errors
    /// [`BadCode::Initiative`]
    pub fn parse(text: &str) -> Result<InitiativeCode, BadCode> {
        let bad = || BadCode::Initiative(text.chars().take(20).collect());
        let number = |digits: &str, max: u16| {
            let read = digits.parse::<u16>().ok().filter(|number| (1..=max).contains(number));
            read.filter(|number| number.to_string() == digits).ok_or_else(bad)
        };
        let mut parts = text.split('-');
        let pillar = parts.next().and_then(|letter| PillarCode::parse(letter).ok()).ok_or_else(bad)?;
        let heading = number(parts.next().ok_or_else(bad)?, InitiativeCode::NUMBER_MAX)?;
        let item = parts.next().map(|digits| number(digits, InitiativeCode::ITEM_MAX)).transpose()?;
        match parts.next() {
            Some(_) => Err(bad()),
            None => Ok(InitiativeCode { pillar, number: heading, item }),
        }
    }

    /// The pillar it stands in.
    pub fn pillar(self) -> PillarCode {
        self.pillar
    }

    /// Its number under its parent: 1 for A-①, 2 for A-①-2.
    pub fn number(self) -> u16 {
        self.item.unwrap_or(self.number)
    }

    /// Whether it is an individual item, not a 項目.
    pub fn is_item(self) -> bool {
        self.item.is_some()
    }

    /// The 項目 of an individual item; `None` for a 項目.
    pub fn parent(self) -> Option<InitiativeCode> {
        self.item.map(|_| InitiativeCode { item: None, ..self })
    }

    /// The item numbered `number` under the same 項目.
    pub fn item_numbered(self, number: u16) -> InitiativeCode {
        InitiativeCode { item: Some(number), ..self }
    }

    /// As the plan prints it: `①` for a 項目, `A-①-1` for an item.
    pub fn mark(self) -> String {
        match self.item {
            None => circled(self.number).to_string(),
            Some(item) => format!("{}-{}-{item}", self.pillar, circled(self.number)),
        }
    }
}

/// ① to ㊿.
fn circled(number: u16) -> char {
    let number = u32::from(number);
    let letter = match number {
        ..=20 => 0x2460 + number - 1,
        21..=35 => 0x3251 + number - 21,
        _ => 0x32B1 + number - 36,
    };
    char::from_u32(letter).expect("a parsed number is 1 to 50, and each has its circled letter")
}

impl fmt::Display for PillarCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl fmt::Display for InitiativeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.item {
            None => write!(f, "{}-{}", self.pillar, self.number),
            Some(item) => write!(f, "{}-{}-{item}", self.pillar, self.number),
        }
    }
}

impl FromStr for PillarCode {
    type Err = BadCode;

    fn from_str(text: &str) -> Result<PillarCode, BadCode> {
        PillarCode::parse(text)
    }
}

impl FromStr for InitiativeCode {
    type Err = BadCode;

    fn from_str(text: &str) -> Result<InitiativeCode, BadCode> {
        InitiativeCode::parse(text)
    }
}

impl TryFrom<String> for PillarCode {
    type Error = BadCode;

    fn try_from(text: String) -> Result<PillarCode, BadCode> {
        PillarCode::parse(&text)
    }
}

impl TryFrom<String> for InitiativeCode {
    type Error = BadCode;

    fn try_from(text: String) -> Result<InitiativeCode, BadCode> {
        InitiativeCode::parse(&text)
    }
}

impl From<PillarCode> for String {
    fn from(code: PillarCode) -> String {
        code.to_string()
    }
}

impl From<InitiativeCode> for String {
    fn from(code: InitiativeCode) -> String {
        code.to_string()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn prints(text: &str, mark: &str) {
        assert_eq!(InitiativeCode::parse(text).map(InitiativeCode::mark).as_deref(), Ok(mark), "{text:?}");
    }

    #[test]
    fn a_code_is_printed_as_the_plan_prints_it() {
        prints("A-1", "①");
        prints("B-20", "⑳");
        prints("B-21", "㉑");
        prints("B-36", "㊱");
        prints("Z-50", "㊿");
        prints("A-1-12", "A-①-12");
    }

    #[test]
    fn one_initiative_has_one_way_of_writing() {
        for text in ["", "A", "A-0", "A-01", "A-51", "a-1", "Ａ-1", "A-1-", "A-1-0", "A-1-1-1", "A-①", "A-+1"]
        {
            assert!(InitiativeCode::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn codes_sort_as_people_count() {
        let mut codes: Vec<_> = ["B-1", "A-10", "A-2", "A-1-2", "A-1"].map(|t| t.parse().unwrap()).into();
        codes.sort_unstable();
        let sorted: Vec<String> = codes.into_iter().map(InitiativeCode::into).collect();
        assert_eq!(sorted, ["A-1", "A-1-2", "A-2", "A-10", "B-1"]);
    }

    #[test]
    fn an_item_knows_its_heading_and_a_heading_has_none() {
        let item: InitiativeCode = "B-4-3".parse().unwrap();
        assert_eq!(item.parent(), Some("B-4".parse().unwrap()));
        assert_eq!(item.parent().and_then(InitiativeCode::parent), None);
    }

    proptest! {
        #[test]
        fn what_reads_as_a_code_is_written_back_the_same(text in "[A-C]-[0-9]{1,3}(-[0-9]{1,4})?") {
            if let Ok(code) = InitiativeCode::parse(&text) {
                prop_assert_eq!(code.to_string(), text);
            }
        }
    }
}
