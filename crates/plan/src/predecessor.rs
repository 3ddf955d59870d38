//! What came before the plan, and which of its items go on under another name.

use serde::{Deserialize, Serialize};

use crate::code::InitiativeCode;
use crate::fiscal_year::FiscalYear;
use crate::month::Month;

/// The policy that the plan takes up into itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Predecessor {
    /// 石巻市デジタル・トランスフォーメーション（ＤＸ）推進方針
    pub title: String,
    /// ＤＸ推進方針, as the city calls it for short.
    pub short_title: String,
    /// The month it was made.
    pub made: Month,
    /// That month, as written.
    pub made_text: String,
    /// The last fiscal year of its period.
    pub period_last: FiscalYear,
    /// How the plan takes it up, in the city's words.
    pub absorbed_text: String,
    /// By how many fiscal years the plan goes further.
    pub extended_years: u16,
    /// What the city decided in addition.
    pub own_initiatives: OwnInitiatives,
}

/// 本市独自の取組事項: decided in addition to the predecessor (さらに).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnInitiatives {
    /// 分野
    pub fields: u16,
    /// 項目
    pub items: u16,
    /// Whether they are part of the predecessor itself.
    pub part_of_predecessor: bool,
    /// In the city's words.
    pub text: String,
    /// How they stand to the predecessor, in our words.
    pub remark: String,
}

/// 新旧対照: a 項目 of the plan and what it was called in the predecessor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Crossing {
    /// The 項目 of the plan.
    pub initiative: InitiativeCode,
    /// Its number in the predecessor: ②.
    pub predecessor_mark: String,
    /// Its title in the predecessor.
    pub predecessor_title: String,
    /// The note that says so: ※１.
    pub note: String,
}
