//! The plan as the API shows it: the city's words as they stand, our remarks beside them, and links to go on.
//!
//! Every code comes with its Japanese label, every fiscal year with its number and its label, every thing of
//! this catalog with its address. Which parts there are is said here; each part has its file.

mod comparison;
mod indicator;
mod initiative;
mod legal;
mod links;
mod meeting;
mod pillar;
mod predecessor;
mod progress;
mod promotion;
mod state;
#[cfg(test)]
pub(crate) mod tests;
mod year;

use catalog::iri::Iris;
use serde::Serialize;
use utoipa::ToSchema;

use ::plan::{Plan, PlanChange, PlanChangeKind, PlanPeriod, Source};

pub use self::comparison::{ComparisonRowView, ComparisonView};
pub use self::indicator::{BaselineView, EvidenceView, IndicatorView, MeasurementView, TargetView};
pub use self::initiative::{
    BprView, EbpmView, InitiativeUrls, InitiativeView, ItemChangeView, ItemView, OriginView, YearStageView,
};
pub use self::legal::{ComprehensivePlanView, LegalBasisView, PlaceView, PositionView};
pub use self::links::{DatasetLinkView, DepartmentLinkView, InitiativeLinkView};
pub use self::meeting::{MatterView, MeetingView, MilestoneView, ReviewView};
pub use self::pillar::{HeadingView, NoteView, PillarView};
pub use self::predecessor::{CrossingView, OwnInitiativesView, PredecessorView};
pub use self::progress::ProgressReportView;
pub use self::promotion::{HeadquartersView, ImprovementReportView, MeansView, PromotionView};
pub use self::state::{StateView, StatusCountView};
pub use self::year::FiscalYearView;

/// 推進計画: the city's DX plan, which is at the same time its 市町村官民データ活用推進計画.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Plan)]
pub struct PlanView {
    /// Its title.
    #[schema(example = "石巻市ＤＸ推進計画")]
    pub title: String,
    /// 担当部・課, as written.
    #[schema(example = "復興企画部ＤＸ推進課")]
    pub department: String,
    /// 基本方針
    #[schema(
        example = "『仕組やルールの変革にいとわず取り組み、デジタル技術やデータの徹底活用による「最適」なサービスや仕事の実現』"
    )]
    pub policy: String,
    /// 計画期間
    pub period: PlanPeriodView,
    /// 位置付け: what else the plan is by law.
    pub position: PositionView,
    /// 根拠法令
    pub legal_bases: Vec<LegalBasisView>,
    /// 総合計画との整合性
    pub comprehensive_plan: ComprehensivePlanView,
    /// 背景, a paragraph each.
    pub background: Vec<String>,
    /// 目的
    #[schema(
        example = "国が目指すデジタル社会形成の考え方を、本市が抱える多種多様な課題解決の視点を取り入れながら、組織一丸となりＤＸを推進していくために行う具体的な取組について、目標やスケジュール、取組の方向性を示すもの。"
    )]
    pub purpose: String,
    /// 影響・効果, a sentence each.
    pub expected_effects: Vec<String>,
    /// 柱
    pub pillars: Vec<PillarView>,
    /// 注
    pub notes: Vec<NoteView>,
    /// What came before the plan.
    pub predecessor: PredecessorView,
    /// 新旧対照: what goes on under another name.
    pub crosswalk: Vec<CrossingView>,
    /// 推進体制
    pub promotion: PromotionView,
    /// 業務改善報告 on record.
    pub improvement_reports: Vec<ImprovementReportView>,
    /// 推進本部の会議
    pub meetings: Vec<MeetingView>,
    /// 経過と予定, oldest first.
    pub timeline: Vec<MilestoneView>,
    /// 他の自治体との比較
    pub comparison: ComparisonView,
    /// 計画の変更, oldest first.
    pub history: Vec<PlanChangeView>,
    /// The papers that all of this comes from.
    pub sources: Vec<PlanSourceView>,
    /// What these papers do not say, in our words.
    pub not_stated: Vec<String>,
    /// Where else it is shown.
    pub urls: PlanUrls,
}

/// 計画期間: whole fiscal years, both ends included.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PlanPeriod)]
pub struct PlanPeriodView {
    /// The first fiscal year.
    pub first: FiscalYearView,
    /// The last fiscal year.
    pub last: FiscalYearView,
    /// How many.
    #[schema(example = 3)]
    pub years: u16,
    /// As written.
    #[schema(example = "令和７年度から令和９年度まで（３年間）")]
    pub text: String,
    /// How it stands to what came before, in the city's words.
    pub note: String,
}

/// A change of the plan as a whole.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PlanChange)]
pub struct PlanChangeView {
    /// The day of the decision.
    #[schema(example = "2026-03-31")]
    pub on: String,
    /// `extended` or `revised`.
    #[schema(example = "extended")]
    pub kind: &'static str,
    /// 期間延長, 改定
    #[schema(example = "期間延長")]
    pub kind_label: &'static str,
    /// Of an extension: the last fiscal year before.
    pub from: Option<FiscalYearView>,
    /// Of an extension: the last fiscal year since.
    pub to: Option<FiscalYearView>,
    /// Why.
    pub reason: Option<String>,
}

/// A paper that facts come from.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PlanSource)]
pub struct PlanSourceView {
    /// 件名
    #[schema(example = "石巻市ＤＸ推進計画の策定について")]
    pub title: String,
    /// The meeting it was made for, as written.
    #[schema(example = "令和６年度 第５回石巻市ＤＸ推進本部 審議")]
    pub meeting: String,
    /// 担当部・課, as written.
    #[schema(example = "復興企画部ＤＸ推進課")]
    pub department: String,
    /// 提出日
    #[schema(example = "2025-01-28")]
    pub submitted_on: String,
}

/// Where the plan is shown, and what belongs to it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlanUrls {
    /// Its IRI, which is also its page.
    #[schema(example = "http://127.0.0.1:8080/plan")]
    pub html: String,
    /// This JSON.
    #[schema(example = "http://127.0.0.1:8080/api/v1/plan")]
    pub api: String,
    /// Its pillars.
    #[schema(example = "http://127.0.0.1:8080/api/v1/plan/pillars")]
    pub pillars: String,
    /// Its initiatives.
    #[schema(example = "http://127.0.0.1:8080/api/v1/plan/initiatives")]
    pub initiatives: String,
}

impl PlanView {
    /// `plan`, with addresses under `iris`.
    pub fn new(plan: &Plan, iris: &Iris) -> PlanView {
        let facts = &plan.facts;
        let outline = &facts.outline;
        PlanView {
            title: outline.title.clone(),
            department: outline.department.clone(),
            policy: outline.policy.clone(),
            period: PlanPeriodView::from(&outline.period),
            position: PositionView::from(&facts.position),
            legal_bases: facts.legal_bases.iter().map(LegalBasisView::from).collect(),
            comprehensive_plan: ComprehensivePlanView::from(&facts.comprehensive_plan),
            background: outline.background.clone(),
            purpose: outline.purpose.clone(),
            expected_effects: outline.expected_effects.clone(),
            pillars: plan.pillars.iter().map(|pillar| PillarView::new(pillar, iris)).collect(),
            notes: facts.notes.iter().map(NoteView::from).collect(),
            predecessor: PredecessorView::from(&facts.predecessor),
            crosswalk: CrossingView::all(plan, iris),
            promotion: PromotionView::from(&facts.promotion),
            improvement_reports: facts
                .improvement_reports
                .iter()
                .map(|report| ImprovementReportView::new(report, iris))
                .collect(),
            meetings: facts.meetings.iter().map(|meeting| MeetingView::new(meeting, iris)).collect(),
            timeline: facts.timeline.iter().map(MilestoneView::from).collect(),
            comparison: ComparisonView::new(&facts.comparison, iris),
            history: outline.history.iter().map(PlanChangeView::from).collect(),
            sources: outline.sources.iter().map(PlanSourceView::from).collect(),
            not_stated: outline.not_stated.clone(),
            urls: PlanUrls {
                html: iris.plan(),
                api: links::api(iris, ""),
                pillars: links::api(iris, "/pillars"),
                initiatives: links::api(iris, "/initiatives"),
            },
        }
    }
}

impl From<&PlanPeriod> for PlanPeriodView {
    fn from(period: &PlanPeriod) -> PlanPeriodView {
        PlanPeriodView {
            first: period.first.into(),
            last: period.last.into(),
            years: period.years,
            text: period.text.clone(),
            note: period.note.clone(),
        }
    }
}

impl From<&PlanChange> for PlanChangeView {
    fn from(change: &PlanChange) -> PlanChangeView {
        let (kind, kind_label, from, to) = match change.what {
            PlanChangeKind::Extended { from, to } => ("extended", "期間延長", Some(from), Some(to)),
            PlanChangeKind::Revised => ("revised", "改定", None, None),
        };
        PlanChangeView {
            on: change.on.to_string(),
            kind,
            kind_label,
            from: from.map(FiscalYearView::from),
            to: to.map(FiscalYearView::from),
            reason: change.reason.clone(),
        }
    }
}

impl From<&Source> for PlanSourceView {
    fn from(source: &Source) -> PlanSourceView {
        PlanSourceView {
            title: source.title.clone(),
            meeting: source.meeting.clone(),
            department: source.department.clone(),
            submitted_on: source.submitted_on.to_string(),
        }
    }
}
