//! The headquarters' meetings and the plan's dates as the API shows them, contradictions told.

use catalog::iri::Iris;
use serde::Serialize;
use utoipa::ToSchema;

use ::plan::{Certainty, Handling, Matter, Meeting, Milestone, Review, Verdict};

use super::links::InitiativeLinkView;
use super::year::FiscalYearView;

/// 会議: one meeting of the headquarters.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Meeting)]
pub struct MeetingView {
    /// Its title.
    #[schema(example = "令和６年度第１回ＤＸ推進本部")]
    pub title: String,
    /// The fiscal year in which meetings are counted.
    pub fiscal_year: FiscalYearView,
    /// 第…回
    #[schema(example = 1)]
    pub number: u16,
    /// The month under which the paper lists it. It may contradict `held_on`; both are kept.
    #[schema(example = "2024-04")]
    pub listed_under: Option<String>,
    /// That month, as written.
    #[schema(example = "令和６年４月")]
    pub listed_under_text: Option<String>,
    /// The day it was held; null where no paper states it.
    #[schema(example = "2024-06-04")]
    pub held_on: Option<String>,
    /// That day, as written.
    #[schema(example = "６月４日開催")]
    pub held_on_text: Option<String>,
    /// 提出日: the day its paper was submitted.
    #[schema(example = "2025-01-28")]
    pub submitted_on: Option<String>,
    /// That day, as written.
    #[schema(example = "令和７年１月２８日")]
    pub submitted_on_text: Option<String>,
    /// What came before it.
    pub matters: Vec<MatterView>,
    /// 判断: what it decided, where that is known.
    pub reviews: Vec<ReviewView>,
    /// What is contradictory or not stated, in our words.
    pub remark: Option<String>,
}

/// One matter before a meeting.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Matter)]
pub struct MatterView {
    /// `deliberated` or `reported`.
    #[schema(example = "reported")]
    pub handling: &'static str,
    /// 審議, 報告
    #[schema(example = "報告")]
    pub handling_label: &'static str,
    /// The matter, in the city's words.
    #[schema(example = "「ＤＸ推進計画」の策定予定")]
    pub text: String,
}

/// 判断: what the headquarters decided about the plan or one initiative.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Review)]
pub struct ReviewView {
    /// The initiative it is about; null for the whole plan.
    pub initiative: Option<InitiativeLinkView>,
    /// `approved`, `continued`, `amended`, `stopped` or `deferred`.
    #[schema(example = "continued")]
    pub verdict: &'static str,
    /// 承認, 継続, 見直し, 中止, 保留
    #[schema(example = "継続")]
    pub verdict_label: &'static str,
    /// What was said.
    pub text: String,
}

/// A date in the plan's life.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Milestone)]
pub struct MilestoneView {
    /// The month.
    #[schema(example = "2025-02")]
    pub month: String,
    /// That month, as written.
    #[schema(example = "令和７年２月")]
    pub month_text: String,
    /// What happens.
    #[schema(example = "石巻市ＤＸ推進計画策定")]
    pub text: String,
    /// `done`, or `scheduled` when the paper was written.
    #[schema(example = "scheduled")]
    pub certainty: &'static str,
    /// 済, 予定
    #[schema(example = "予定")]
    pub certainty_label: &'static str,
    /// In our words.
    pub remark: Option<String>,
}

impl MeetingView {
    /// `meeting`, with addresses under `iris`.
    pub fn new(meeting: &Meeting, iris: &Iris) -> MeetingView {
        MeetingView {
            title: meeting.title.clone(),
            fiscal_year: meeting.fiscal_year.into(),
            number: meeting.number,
            listed_under: meeting.listed_under.map(|month| month.to_string()),
            listed_under_text: meeting.listed_under_text.clone(),
            held_on: meeting.held_on.map(|day| day.to_string()),
            held_on_text: meeting.held_on_text.clone(),
            submitted_on: meeting.submitted_on.map(|day| day.to_string()),
            submitted_on_text: meeting.submitted_on_text.clone(),
            matters: meeting.matters.iter().map(MatterView::from).collect(),
            reviews: meeting.reviews.iter().map(|review| ReviewView::new(review, iris)).collect(),
            remark: meeting.remark.clone(),
        }
    }
}

impl From<&Matter> for MatterView {
    fn from(matter: &Matter) -> MatterView {
        let (handling, handling_label) = match matter.handling {
            Handling::Deliberated => ("deliberated", "審議"),
            Handling::Reported => ("reported", "報告"),
        };
        MatterView { handling, handling_label, text: matter.text.clone() }
    }
}

impl ReviewView {
    fn new(review: &Review, iris: &Iris) -> ReviewView {
        let (verdict, verdict_label) = match review.verdict {
            Verdict::Approved => ("approved", "承認"),
            Verdict::Continued => ("continued", "継続"),
            Verdict::Amended => ("amended", "見直し"),
            Verdict::Stopped => ("stopped", "中止"),
            Verdict::Deferred => ("deferred", "保留"),
        };
        let initiative = review.initiative.map(|code| InitiativeLinkView::new(code, iris));
        ReviewView { initiative, verdict, verdict_label, text: review.text.clone() }
    }
}

impl From<&Milestone> for MilestoneView {
    fn from(milestone: &Milestone) -> MilestoneView {
        let (certainty, certainty_label) = match milestone.certainty {
            Certainty::Done => ("done", "済"),
            Certainty::Scheduled => ("scheduled", "予定"),
        };
        MilestoneView {
            month: milestone.month.to_string(),
            month_text: milestone.month_text.clone(),
            text: milestone.text.clone(),
            certainty,
            certainty_label,
            remark: milestone.remark.clone(),
        }
    }
}
