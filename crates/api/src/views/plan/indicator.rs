//! Indicators as the API shows them: what is aimed at, what was measured, and the data that proves it.

use catalog::iri::Iris;
use serde::Serialize;
use utoipa::ToSchema;

use ::plan::{Baseline, Evidence, Indicator, Measurement, Target};

use super::links::DatasetLinkView;
use super::year::FiscalYearView;

/// 成果指標: what is measured of an item.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Indicator)]
pub struct IndicatorView {
    /// Its number within the item, from 1.
    #[schema(example = 1)]
    pub number: u16,
    /// What is measured.
    #[schema(example = "【見本】公開したデータセットの数")]
    pub title: String,
    /// In what unit.
    #[schema(example = "件")]
    pub unit: String,
    /// `outcome` or `activity`.
    #[schema(example = "activity")]
    pub kind: &'static str,
    /// 成果指標, 活動指標
    #[schema(example = "活動指標")]
    pub kind_label: &'static str,
    /// `cumulative` or `per_year`.
    #[schema(example = "cumulative")]
    pub counting: &'static str,
    /// 累計, 単年度
    #[schema(example = "累計")]
    pub counting_label: &'static str,
    /// 基準値
    pub baseline: Option<BaselineView>,
    /// 目標値, by fiscal year.
    pub targets: Vec<TargetView>,
    /// 実績値: of each fiscal year the latest, by fiscal year.
    pub measurements: Vec<MeasurementView>,
}

/// 基準値: where one starts from.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Baseline)]
pub struct BaselineView {
    /// In the indicator's unit.
    #[schema(example = 8.0)]
    pub value: f64,
    /// The day it was measured.
    #[schema(example = "2025-03-31")]
    pub on: String,
}

/// 目標値: what is aimed at by the end of a fiscal year.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Target)]
pub struct TargetView {
    /// The fiscal year.
    pub fiscal_year: FiscalYearView,
    /// In the indicator's unit.
    #[schema(example = 20.0)]
    pub value: f64,
}

/// 実績値: what was measured for a fiscal year, as a progress report says it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Measurement)]
pub struct MeasurementView {
    /// The indicator's number within its item.
    #[schema(example = 1)]
    pub indicator: u16,
    /// The fiscal year it is for.
    pub fiscal_year: FiscalYearView,
    /// In the indicator's unit.
    #[schema(example = 12.0)]
    pub value: f64,
    /// The day it holds for.
    #[schema(example = "2025-09-30")]
    pub as_of: String,
    /// What a reader should know about it.
    pub note: Option<String>,
    /// The data that proves it.
    pub evidence: Option<EvidenceView>,
}

/// The data that proves a number: dataset, revision and query together.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Evidence)]
pub struct EvidenceView {
    /// A dataset of this catalog.
    pub dataset: DatasetLinkView,
    /// Its revision.
    #[schema(example = 1)]
    pub revision: u32,
    /// How the number is got from that revision.
    pub query: String,
    /// Where that revision is.
    #[schema(example = "http://127.0.0.1:8080/api/v1/datasets/open-data-list/revisions/1")]
    pub revision_url: String,
}

impl IndicatorView {
    /// `indicator`, with addresses under `iris`.
    pub fn new(indicator: &Indicator, iris: &Iris) -> IndicatorView {
        let measurements = &indicator.measurements;
        IndicatorView {
            number: indicator.number,
            title: indicator.title.clone(),
            unit: indicator.unit.clone(),
            kind: indicator.kind.as_str(),
            kind_label: indicator.kind.label(),
            counting: indicator.counting.as_str(),
            counting_label: indicator.counting.label(),
            baseline: indicator.baseline.map(BaselineView::from),
            targets: indicator.targets.iter().copied().map(TargetView::from).collect(),
            measurements: measurements.iter().map(|measured| MeasurementView::new(measured, iris)).collect(),
        }
    }
}

impl From<Baseline> for BaselineView {
    fn from(baseline: Baseline) -> BaselineView {
        BaselineView { value: baseline.value, on: baseline.on.to_string() }
    }
}

impl From<Target> for TargetView {
    fn from(target: Target) -> TargetView {
        TargetView { fiscal_year: target.fiscal_year.into(), value: target.value }
    }
}

impl MeasurementView {
    /// `measurement`, with addresses under `iris`.
    pub fn new(measurement: &Measurement, iris: &Iris) -> MeasurementView {
        MeasurementView {
            indicator: measurement.indicator,
            fiscal_year: measurement.fiscal_year.into(),
            value: measurement.value,
            as_of: measurement.as_of.to_string(),
            note: measurement.note.clone(),
            evidence: measurement.evidence.as_ref().map(|evidence| EvidenceView::new(evidence, iris)),
        }
    }
}

impl EvidenceView {
    fn new(evidence: &Evidence, iris: &Iris) -> EvidenceView {
        EvidenceView {
            dataset: DatasetLinkView::new(&evidence.dataset, iris),
            revision: evidence.revision,
            query: evidence.query.clone(),
            revision_url: iris.revision(&evidence.dataset, evidence.revision),
        }
    }
}
