//! 比較: how many municipalities of the prefecture have an overall DX policy.

use catalog::Slug;
use serde::{Deserialize, Serialize};

use crate::month::Month;

/// ＤＸを推進するための全体方針の策定状況: the municipalities of the prefecture by state and kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comparison {
    /// ＤＸを推進するための全体方針の策定状況
    pub title: String,
    /// 県内３５市町村の内訳
    pub scope: String,
    /// All municipalities counted.
    pub municipalities: u32,
    /// Where the counts come from, in the city's words.
    pub source: String,
    /// The month of that survey.
    pub surveyed: Month,
    /// The dataset of this catalog that holds the same counts.
    pub dataset: Slug,
    /// One row per state; together all municipalities.
    #[serde(alias = "row")]
    pub rows: Vec<ComparisonRow>,
}

/// The municipalities in one state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComparisonRow {
    /// 策定済み, 令和６年度以降に策定予定, 未定
    pub status: String,
    /// The counts, as written: １２市９町１村.
    pub text: String,
    /// 市
    pub cities: u32,
    /// 町
    pub towns: u32,
    /// 村
    pub villages: u32,
}

impl ComparisonRow {
    /// 市, 町 and 村 together.
    pub fn total(&self) -> u32 {
        self.cities.saturating_add(self.towns).saturating_add(self.villages)
    }
}

impl Comparison {
    /// The sum of all rows; a sound comparison has it equal to [`Comparison::municipalities`].
    pub fn total(&self) -> u32 {
        self.rows.iter().fold(0, |sum, row| sum.saturating_add(row.total()))
    }
}
