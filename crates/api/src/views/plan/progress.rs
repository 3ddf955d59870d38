//! A progress report as the API shows it.

use catalog::iri::Iris;
use serde::Serialize;
use utoipa::ToSchema;

use ::plan::ProgressReport;

use super::indicator::MeasurementView;
use super::year::FiscalYearView;
use crate::views::service::moment;

/// 進捗報告: what a department says about an item at a day. It is never edited; a correction is a further report.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ProgressReport)]
pub struct ProgressReportView {
    /// Its number within the item, from 1, in the order of arrival.
    #[schema(example = 1)]
    pub number: u32,
    /// The code of the item.
    #[schema(example = "A-5-1")]
    pub initiative: String,
    /// The fiscal year it is about.
    pub fiscal_year: FiscalYearView,
    /// The day it holds for.
    #[schema(example = "2025-09-30")]
    pub as_of: String,
    /// `not_started`, `on_track`, `behind`, `completed`, `cannot_be_judged` or `out_of_scope`.
    #[schema(example = "on_track")]
    pub status: &'static str,
    /// 未着手, 予定どおり, 遅れている, 完了, 判断できない, 対象外
    #[schema(example = "予定どおり")]
    pub status_label: &'static str,
    /// What was done.
    #[schema(example = "【見本】公共施設の一覧を公開した。")]
    pub text: String,
    /// 課題: what stands in the way.
    pub issues: Option<String>,
    /// What comes next.
    pub next: Option<String>,
    /// 実績値
    pub measurements: Vec<MeasurementView>,
    /// Who reported it.
    #[schema(example = "operator")]
    pub by: String,
    /// When it arrived (RFC 3339).
    #[schema(example = "2026-11-25T09:00:00+09:00")]
    pub at: String,
}

impl ProgressReportView {
    /// `report`, with addresses under `iris`.
    pub fn new(report: &ProgressReport, iris: &Iris) -> ProgressReportView {
        let measurements = &report.measurements;
        ProgressReportView {
            number: report.number,
            initiative: report.initiative.to_string(),
            fiscal_year: report.fiscal_year.into(),
            as_of: report.as_of.to_string(),
            status: report.status.as_str(),
            status_label: report.status.label(),
            text: report.text.clone(),
            issues: report.issues.clone(),
            next: report.next.clone(),
            measurements: measurements.iter().map(|measured| MeasurementView::new(measured, iris)).collect(),
            by: report.by.clone(),
            at: moment(report.at),
        }
    }
}
