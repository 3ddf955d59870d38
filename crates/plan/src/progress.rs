//! 進捗報告: what a department says about an item, on a small fixed scale.
//!
//! Reports are appended, never edited: a correction is a further report. How one is handed in and checked is
//! [`crate::new_report`]'s business, what follows from all of them [`crate::state`]'s.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::code::InitiativeCode;
use crate::fiscal_year::FiscalYear;
use crate::indicator::Measurement;

/// 進捗状況. The scale is ours, kept small; 判断できない and 対象外 are no kind of 遅れている.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProgressStatus {
    /// 未着手: not begun, and by its schedule it need not be.
    NotStarted,
    /// 予定どおり: as its schedule says, or ahead of it.
    OnTrack,
    /// 遅れている: behind its schedule.
    Behind,
    /// 完了: done.
    Completed,
    /// 判断できない: begun, but there is nothing yet to judge it by (figures not out, schedule under review).
    CannotBeJudged,
    /// 対象外: nothing is planned for it in this fiscal year.
    OutOfScope,
}

/// 進捗報告: what a department says about an item at a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProgressReport {
    /// Its number within the item, from 1, in the order of arrival.
    pub number: u32,
    /// The item.
    pub initiative: InitiativeCode,
    /// The fiscal year it is about.
    pub fiscal_year: FiscalYear,
    /// The day it holds for; it lies in that fiscal year.
    pub as_of: Date,
    /// How it stands.
    pub status: ProgressStatus,
    /// What was done.
    pub text: String,
    /// 課題: what stands in the way.
    pub issues: Option<String>,
    /// What comes next.
    pub next: Option<String>,
    /// 実績値
    pub measurements: Vec<Measurement>,
    /// Who reported it.
    pub by: String,
    /// When it arrived.
    pub at: Timestamp,
}

impl ProgressReport {
    /// Where it stands among the reports of its item: by the day it holds for, then by arrival.
    pub(crate) fn standing(&self) -> (Date, u32) {
        (self.as_of, self.number)
    }
}

impl ProgressStatus {
    /// The whole scale in its order.
    pub const ALL: [ProgressStatus; 6] = [
        ProgressStatus::NotStarted,
        ProgressStatus::OnTrack,
        ProgressStatus::Behind,
        ProgressStatus::Completed,
        ProgressStatus::CannotBeJudged,
        ProgressStatus::OutOfScope,
    ];

    /// The name in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            ProgressStatus::NotStarted => "not_started",
            ProgressStatus::OnTrack => "on_track",
            ProgressStatus::Behind => "behind",
            ProgressStatus::Completed => "completed",
            ProgressStatus::CannotBeJudged => "cannot_be_judged",
            ProgressStatus::OutOfScope => "out_of_scope",
        }
    }

    /// The status named `name` in the API.
    pub fn from_name(name: &str) -> Option<ProgressStatus> {
        ProgressStatus::ALL.into_iter().find(|status| status.as_str() == name)
    }

    /// 未着手, 予定どおり, 遅れている, 完了, 判断できない, 対象外
    pub fn label(self) -> &'static str {
        match self {
            ProgressStatus::NotStarted => "未着手",
            ProgressStatus::OnTrack => "予定どおり",
            ProgressStatus::Behind => "遅れている",
            ProgressStatus::Completed => "完了",
            ProgressStatus::CannotBeJudged => "判断できない",
            ProgressStatus::OutOfScope => "対象外",
        }
    }
}
