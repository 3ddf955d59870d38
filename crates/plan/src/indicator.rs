//! 成果指標: what is measured of an initiative, what is aimed at, and what was measured.

use catalog::Slug;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::fiscal_year::FiscalYear;
use crate::misfit::{self, Fault, Misfit};
use crate::plan::PlanPeriod;
use crate::progress::ProgressReport;

/// 成果指標: one of an item's indicators.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Indicator {
    /// Its number within the item, from 1.
    pub number: u16,
    /// What is measured.
    pub title: String,
    /// In what unit: 件, ％, 人.
    pub unit: String,
    /// 成果 or 活動
    pub kind: IndicatorKind,
    /// 累計 or 単年度
    pub counting: Counting,
    /// 基準値
    pub baseline: Option<Baseline>,
    /// 目標値, by fiscal year.
    pub targets: Vec<Target>,
    /// 実績値: of each fiscal year the latest, by fiscal year.
    pub measurements: Vec<Measurement>,
}

/// Whether an indicator measures what was reached or what was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IndicatorKind {
    /// 成果指標
    Outcome,
    /// 活動指標
    Activity,
}

/// Whether a value counts from the beginning or for its fiscal year alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counting {
    /// 累計
    Cumulative,
    /// 単年度
    PerYear,
}

/// 基準値: where one starts from.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// In the indicator's unit.
    pub value: f64,
    /// The day it was measured.
    pub on: Date,
}

/// 目標値: what is aimed at by the end of a fiscal year.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// The fiscal year.
    pub fiscal_year: FiscalYear,
    /// In the indicator's unit.
    pub value: f64,
}

/// 実績値: what was measured for a fiscal year, as a progress report says it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measurement {
    /// The indicator's number within its item.
    pub indicator: u16,
    /// The fiscal year it is for.
    pub fiscal_year: FiscalYear,
    /// In the indicator's unit.
    pub value: f64,
    /// The day it holds for.
    pub as_of: Date,
    /// What a reader should know about it.
    pub note: Option<String>,
    /// The data that proves it.
    pub evidence: Option<Evidence>,
}

/// The data that proves a number: dataset, revision and query are told together or not at all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// A dataset of this catalog.
    pub dataset: Slug,
    /// Its revision.
    pub revision: u32,
    /// How the number is got from that revision.
    pub query: String,
}

/// An indicator as it is handed in with a new item; its number is its place in the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewIndicator {
    /// What is measured.
    pub title: String,
    /// In what unit.
    pub unit: String,
    /// Outcome or activity.
    pub kind: IndicatorKind,
    /// Cumulative or per year.
    pub counting: Counting,
    /// Where one starts from.
    pub baseline: Option<Baseline>,
    /// What is aimed at.
    #[serde(default, alias = "target")]
    pub targets: Vec<Target>,
}

impl NewIndicator {
    /// Whether it fits a plan of `period`; `field` is its place in what was handed in.
    ///
    /// # Errors
    /// The first [`Misfit`].
    pub(crate) fn check(&self, field: &str, period: &PlanPeriod) -> Result<(), Misfit> {
        misfit::text(format!("{field}.title"), &self.title, 200)?;
        misfit::text(format!("{field}.unit"), &self.unit, 20)?;
        if self.baseline.is_some_and(|baseline| !baseline.value.is_finite()) {
            return Err(Misfit::at(format!("{field}.baseline.value"), Fault::NotANumber));
        }
        let targets = format!("{field}.targets");
        period.check_years(&targets, self.targets.iter().map(|target| target.fiscal_year))?;
        match self.targets.iter().position(|target| !target.value.is_finite()) {
            Some(place) => Err(Misfit::at(format!("{targets}[{place}].value"), Fault::NotANumber)),
            None => Ok(()),
        }
    }

    /// The indicator numbered `number`, before anything is measured.
    pub(crate) fn numbered(mut self, number: u16) -> Indicator {
        self.targets.sort_by_key(|target| target.fiscal_year);
        Indicator {
            number,
            title: self.title,
            unit: self.unit,
            kind: self.kind,
            counting: self.counting,
            baseline: self.baseline,
            targets: self.targets,
            measurements: Vec::new(),
        }
    }
}

impl Indicator {
    /// The indicator with what `reports` measured of it: for each fiscal year what the latest report says.
    pub fn measured(mut self, reports: &[ProgressReport]) -> Indicator {
        let mut in_order: Vec<&ProgressReport> = reports.iter().collect();
        in_order.sort_by_key(|report| report.standing());
        self.measurements.clear();
        for measurement in in_order.into_iter().flat_map(|report| &report.measurements) {
            if measurement.indicator == self.number {
                self.measurements.retain(|earlier| earlier.fiscal_year != measurement.fiscal_year);
                self.measurements.push(measurement.clone());
            }
        }
        self.measurements.sort_by_key(|measurement| measurement.fiscal_year);
        self
    }

    /// The target for `year`, where one is set.
    pub fn target(&self, year: FiscalYear) -> Option<f64> {
        self.targets.iter().find(|target| target.fiscal_year == year).map(|target| target.value)
    }
}

impl IndicatorKind {
    /// The name in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            IndicatorKind::Outcome => "outcome",
            IndicatorKind::Activity => "activity",
        }
    }

    /// 成果指標, 活動指標
    pub fn label(self) -> &'static str {
        match self {
            IndicatorKind::Outcome => "成果指標",
            IndicatorKind::Activity => "活動指標",
        }
    }
}

impl Counting {
    /// The name in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Counting::Cumulative => "cumulative",
            Counting::PerYear => "per_year",
        }
    }

    /// 累計, 単年度
    pub fn label(self) -> &'static str {
        match self {
            Counting::Cumulative => "累計",
            Counting::PerYear => "単年度",
        }
    }
}
