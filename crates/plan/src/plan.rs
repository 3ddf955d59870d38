//! 推進計画: the plan as a whole. Where a text is the city's own it is kept word for word; what we add is a `remark`.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::comparison::Comparison;
use crate::fiscal_year::FiscalYear;
use crate::legal::{ComprehensivePlan, LegalBasis, Position};
use crate::meeting::{Meeting, Milestone};
use crate::misfit::{Fault, Misfit};
use crate::pillar::{Note, Pillar};
use crate::predecessor::{Crossing, Predecessor};
use crate::promotion::{ImprovementReport, Promotion};

/// 推進計画: everything that is on record about it, and its pillars beside the items on record.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Plan {
    /// What the plan says.
    #[serde(flatten)]
    pub facts: Facts,
    /// 柱
    pub pillars: Vec<Pillar>,
}

/// What the plan says, as `datasets/plan` holds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// Title, policy, period, background, purpose, effect.
    #[serde(flatten)]
    pub outline: Outline,
    /// 市町村官民データ活用推進計画の位置付け
    pub position: Position,
    /// 根拠法令
    pub legal_bases: Vec<LegalBasis>,
    /// 総合計画との整合性
    pub comprehensive_plan: ComprehensivePlan,
    /// ＤＸ推進方針
    pub predecessor: Predecessor,
    /// 新旧対照
    pub crosswalk: Vec<Crossing>,
    /// 注
    pub notes: Vec<Note>,
    /// 推進体制
    pub promotion: Promotion,
    /// 業務改善報告 on record.
    pub improvement_reports: Vec<ImprovementReport>,
    /// 推進本部の会議
    pub meetings: Vec<Meeting>,
    /// 経過と予定, oldest first.
    pub timeline: Vec<Milestone>,
    /// 他の自治体との比較
    pub comparison: Comparison,
}

/// The plan in outline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outline {
    /// 石巻市ＤＸ推進計画
    pub title: String,
    /// 担当部・課, as written.
    pub department: String,
    /// 基本方針
    pub policy: String,
    /// 計画期間
    pub period: PlanPeriod,
    /// 背景, a paragraph each.
    pub background: Vec<String>,
    /// 目的
    pub purpose: String,
    /// 影響・効果, a sentence each.
    pub expected_effects: Vec<String>,
    /// 計画の変更, oldest first: such as its period being extended.
    #[serde(default, alias = "change")]
    pub history: Vec<PlanChange>,
    /// The papers that all of this comes from.
    #[serde(alias = "source")]
    pub sources: Vec<Source>,
    /// What these papers do not say, in our words.
    pub not_stated: Vec<String>,
}

/// 計画期間: whole fiscal years, both ends included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanPeriod {
    /// The first fiscal year.
    pub first: FiscalYear,
    /// The last fiscal year.
    pub last: FiscalYear,
    /// How many.
    pub years: u16,
    /// As written.
    pub text: String,
    /// How it stands to what came before, in the city's words.
    pub note: String,
}

/// A change of the plan as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanChange {
    /// The day of the decision.
    pub on: Date,
    /// What changed.
    pub what: PlanChangeKind,
    /// Why.
    pub reason: Option<String>,
}

/// What can happen to a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum PlanChangeKind {
    /// 期間延長
    Extended {
        /// The last fiscal year before.
        from: FiscalYear,
        /// The last fiscal year since.
        to: FiscalYear,
    },
    /// 改定
    Revised,
}

/// A paper that facts come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// 件名
    pub title: String,
    /// The meeting it was made for, as written.
    pub meeting: String,
    /// 担当部・課, as written.
    pub department: String,
    /// 提出日
    pub submitted_on: Date,
}

impl Outline {
    /// The last fiscal year of the plan as it was made, before anything extended it.
    pub fn first_made_to(&self) -> FiscalYear {
        self.extensions().next().map_or(self.period.last, |(from, _)| from)
    }

    /// Its extensions, oldest first: the last fiscal year before and since.
    pub(crate) fn extensions(&self) -> impl Iterator<Item = (FiscalYear, FiscalYear)> {
        self.history.iter().filter_map(|change| match change.what {
            PlanChangeKind::Extended { from, to } => Some((from, to)),
            PlanChangeKind::Revised => None,
        })
    }
}

impl PlanPeriod {
    /// Whether `year` lies in the plan's period.
    pub fn contains(&self, year: FiscalYear) -> bool {
        (self.first..=self.last).contains(&year)
    }

    /// All its fiscal years in order.
    pub fn fiscal_years(&self) -> impl Iterator<Item = FiscalYear> {
        (self.first.year()..=self.last.year()).filter_map(|year| FiscalYear::new(year).ok())
    }

    /// Whether the `years` at `field` lie in the period, each once.
    ///
    /// # Errors
    /// The first [`Misfit`].
    pub(crate) fn check_years(
        &self,
        field: &str,
        years: impl IntoIterator<Item = FiscalYear>,
    ) -> Result<(), Misfit> {
        let mut seen = Vec::new();
        for year in years {
            if !self.contains(year) {
                let fault = Fault::OutsidePlan { year, first: self.first, last: self.last };
                return Err(Misfit::at(field, fault));
            }
            if seen.contains(&year) {
                return Err(Misfit::at(field, Fault::Doubled(year.label())));
            }
            seen.push(year);
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
impl PlanPeriod {
    /// 2025 to 2027, for tests.
    pub(crate) fn sample() -> PlanPeriod {
        let year = |year| FiscalYear::new(year).unwrap();
        PlanPeriod { first: year(2025), last: year(2027), years: 3, text: String::new(), note: String::new() }
    }
}
