//! 会議: what came before the headquarters and what it decided, and the plan's dates on one line.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::code::InitiativeCode;
use crate::fiscal_year::FiscalYear;
use crate::month::Month;

/// 会議: one meeting of the headquarters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meeting {
    /// 令和６年度第１回ＤＸ推進本部
    pub title: String,
    /// The fiscal year in which meetings are counted.
    pub fiscal_year: FiscalYear,
    /// 第…回
    pub number: u16,
    /// The month under which the paper lists it, where it does. It may contradict [`Meeting::held_on`]; both are kept.
    pub listed_under: Option<Month>,
    /// That month, as written.
    pub listed_under_text: Option<String>,
    /// The day it was held; `None` where no paper states it.
    pub held_on: Option<Date>,
    /// That day, as written.
    pub held_on_text: Option<String>,
    /// 提出日: the day its paper was submitted.
    pub submitted_on: Option<Date>,
    /// That day, as written.
    pub submitted_on_text: Option<String>,
    /// What came before it.
    #[serde(alias = "matter")]
    pub matters: Vec<Matter>,
    /// 判断: what it decided, where that is known.
    #[serde(default, alias = "review")]
    pub reviews: Vec<Review>,
    /// What is contradictory or not stated, in our words.
    pub remark: Option<String>,
}

/// One matter before a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Matter {
    /// Deliberated or reported.
    pub handling: Handling,
    /// The matter, in the city's words.
    pub text: String,
}

/// How a matter came before a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Handling {
    /// 審議
    Deliberated,
    /// 報告
    Reported,
}

/// 判断: what the headquarters decided about the plan or one initiative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// The initiative it is about; `None` for the whole plan.
    pub initiative: Option<InitiativeCode>,
    /// The decision.
    pub verdict: Verdict,
    /// What was said.
    pub text: String,
}

/// What a [`Review`] comes to. The scale is ours: what such headquarters decide elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// 承認
    Approved,
    /// 継続
    Continued,
    /// 見直し
    Amended,
    /// 中止
    Stopped,
    /// 保留
    Deferred,
}

/// A date in the plan's life, with the words of the paper that gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Milestone {
    /// The month.
    pub month: Month,
    /// That month, as written.
    pub month_text: String,
    /// What happens.
    pub text: String,
    /// Whether it happened or was scheduled when the paper was written.
    pub certainty: Certainty,
    /// In our words.
    pub remark: Option<String>,
}

/// Whether something happened, as far as the paper can know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// 済
    Done,
    /// 予定
    Scheduled,
}
