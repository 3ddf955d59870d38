//! What the plan stands on: the laws it is made under, what it is at the same time, its place in the city's
//! comprehensive plan.

use serde::{Deserialize, Serialize};

/// 根拠法令: a law or a national plan that the plan is made under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LegalBasis {
    /// デジタル社会形成基本法
    pub title: String,
    /// 令和３年法律第３５号; `None` for what is no law.
    pub law_number: Option<String>,
    /// 第 3.0 版, of a national plan.
    pub edition: Option<String>,
    /// 令和６年４月２４日: the day of that edition, as written.
    pub dated: Option<String>,
    /// The whole line, in the city's words.
    pub text: String,
}

/// 位置付け: what else the plan is by law. Kept apart from the [`LegalBasis`]es, among which the city does not list it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// 市町村官民データ活用推進計画
    pub stands_as: String,
    /// 官民データ活用推進基本法
    pub law: String,
    /// 平成２８年法律第１０３号
    pub law_number: String,
    /// 第９条第３項
    pub article: String,
    /// The sentence, in the city's words.
    pub text: String,
    /// Where the paper says it, in our words.
    pub remark: String,
}

/// 総合計画との整合性: where the plan stands in the city's comprehensive plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComprehensivePlan {
    /// 第６章 …
    pub chapter: Place,
    /// 第１節 …
    pub section: Place,
    /// ４ …
    pub item: Place,
    /// The box to mark, as printed: 総合計画の位置付け：〔有・無〕.
    pub box_text: String,
    /// What is marked in it: `true` 有, `false` 無, `None` neither.
    pub marked: Option<bool>,
    /// About the box, in our words.
    pub remark: String,
}

/// A numbered heading of the comprehensive plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// 第６章
    pub number: String,
    /// 市民の声が共鳴し市民と行政が共に創るまち
    pub title: String,
}
