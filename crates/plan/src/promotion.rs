//! 推進体制: how the plan is carried out, and the reports of improvements that drive it.

use catalog::Slug;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::code::InitiativeCode;

/// 推進体制: who keeps the plan going, and by what means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Promotion {
    /// 推進本部
    pub headquarters: Headquarters,
    /// 人材育成
    pub people: Means,
    /// 業務改善報告制度
    pub improvement: Means,
    /// ＢＰＲ, ＥＢＰＭ
    pub viewpoints: Means,
}

/// 推進本部: deliberates on the initiatives, receives reports and keeps the progress of all of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Headquarters {
    /// 石巻市ＤＸ推進本部
    pub title: String,
    /// What it does, in the city's words.
    pub text: String,
}

/// One means of carrying the plan out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Means {
    /// The paper, system or viewpoints by name.
    pub names: Vec<String>,
    /// The sentence, in the city's words.
    pub text: String,
}

/// 業務改善報告: a success told so that others can do the same (成功事例の横展開).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImprovementReport {
    /// What was improved.
    pub title: String,
    /// The day it was reported.
    pub on: Date,
    /// The department that improved it.
    pub department: Slug,
    /// The work before.
    pub before: String,
    /// The work after.
    pub after: String,
    /// What it brought.
    pub effect: Option<String>,
    /// The departments that took it over.
    #[serde(default)]
    pub spread_to: Vec<Slug>,
    /// The initiative it serves.
    pub initiative: Option<InitiativeCode>,
}
