//! An initiative as the API shows it: a 項目, or an individual item with schedule, departments and indicators.

use catalog::iri::Iris;
use serde::Serialize;
use utoipa::ToSchema;

use ::plan::{Bpr, Change, ChangeKind, Ebpm, Initiative, InitiativeKind, Item, Origin, YearStage};

use super::indicator::IndicatorView;
use super::links::{self, DatasetLinkView, DepartmentLinkView};
use super::pillar::NoteView;
use super::state::StateView;
use super::year::FiscalYearView;
use crate::views::service::moment;

/// 取組事項: a 項目 of the plan, or an individual item under it, with the state that follows from the reports.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Initiative)]
pub struct InitiativeView {
    /// `A-1` (a 項目) or `A-1-1` (an individual item).
    #[schema(example = "A-5")]
    pub code: String,
    /// `heading` or `item`.
    #[schema(example = "heading")]
    pub kind: &'static str,
    /// 項目, 個別
    #[schema(example = "項目")]
    pub kind_label: &'static str,
    /// The code of the 項目 above an item; null for a 項目.
    pub parent: Option<String>,
    /// The letter of its pillar.
    #[schema(example = "A")]
    pub pillar: String,
    /// The pillar's title.
    #[schema(example = "「市民サービスの利便性向上」実現のための取組事項")]
    pub pillar_title: String,
    /// Its number as the plan prints it: `⑤`, `A-⑤-1`.
    #[schema(example = "⑤")]
    pub mark: String,
    /// Its title.
    #[schema(example = "オープンデータの推進")]
    pub title: String,
    /// The plan's notes on it.
    pub notes: Vec<NoteView>,
    /// Of an item: schedule, departments and the rest; null for a 項目.
    pub item: Option<ItemView>,
    /// What follows from the reports.
    pub state: StateView,
    /// Where its progress reports are.
    #[schema(example = "http://127.0.0.1:8080/api/v1/plan/initiatives/A-5/progress")]
    pub progress_url: String,
    /// Where else it is shown.
    pub urls: InitiativeUrls,
}

/// Where an initiative is shown, and what belongs to it.
#[derive(Debug, Serialize, ToSchema)]
pub struct InitiativeUrls {
    /// Its IRI, which is also its page.
    #[schema(example = "http://127.0.0.1:8080/plan/initiatives/A-5")]
    pub html: String,
    /// This JSON.
    #[schema(example = "http://127.0.0.1:8080/api/v1/plan/initiatives/A-5")]
    pub api: String,
    /// Its pillar.
    #[schema(example = "http://127.0.0.1:8080/api/v1/plan/pillars/A")]
    pub pillar: String,
    /// Of an item: the 項目 above it.
    pub parent: Option<String>,
    /// Of a 項目: the individual items under it.
    #[schema(example = "http://127.0.0.1:8080/api/v1/plan/initiatives?parent=A-5")]
    pub items: Option<String>,
}

/// What an individual item has and a 項目 has not.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = InitiativeItem)]
pub struct ItemView {
    /// How it came into the plan.
    pub origin: OriginView,
    /// Whether it has not been dropped.
    #[schema(example = true)]
    pub in_force: bool,
    /// 概要
    pub overview: Option<String>,
    /// 現状・課題
    pub current_issues: Option<String>,
    /// 主担当課
    pub lead: DepartmentLinkView,
    /// 関係課
    pub others: Vec<DepartmentLinkView>,
    /// 年度別の段階, by fiscal year.
    pub stages: Vec<YearStageView>,
    /// 成果指標
    pub indicators: Vec<IndicatorView>,
    /// ＢＰＲ: the work before and after its redesign.
    pub bpr: Option<BprView>,
    /// ＥＢＰＭ: the evidence that it goes by.
    pub ebpm: Option<EbpmView>,
    /// 変更の経過, oldest first.
    pub history: Vec<ItemChangeView>,
    /// Who put it on record.
    #[schema(example = "operator")]
    pub recorded_by: String,
    /// When (RFC 3339).
    #[schema(example = "2026-11-25T09:00:00+09:00")]
    pub recorded_at: String,
}

/// How an item came into the plan.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Origin)]
pub struct OriginView {
    /// `plan` or `added`.
    #[schema(example = "plan")]
    pub kind: &'static str,
    /// 策定時, 追加
    #[schema(example = "策定時")]
    pub kind_label: &'static str,
    /// The day it was added; null when it was there from the first.
    pub on: Option<String>,
}

/// 段階: how far an item should be in a fiscal year.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = YearStage)]
pub struct YearStageView {
    /// The fiscal year.
    pub fiscal_year: FiscalYearView,
    /// `study`, `preparation`, `implementation`, `continuation` or `completion`.
    #[schema(example = "study")]
    pub stage: &'static str,
    /// 検討, 準備, 実施, 継続, 完了
    #[schema(example = "検討")]
    pub stage_label: &'static str,
    /// What is to be done in it.
    pub note: Option<String>,
}

/// ＢＰＲ: the work before and after its redesign.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Bpr)]
pub struct BprView {
    /// The work before.
    pub before: String,
    /// The work after.
    pub after: String,
}

/// ＥＢＰＭ: the evidence that an item goes by.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Ebpm)]
pub struct EbpmView {
    /// A dataset of this catalog.
    pub dataset: DatasetLinkView,
    /// What it shows.
    pub note: Option<String>,
}

/// One change of an item since it was put into the plan.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = InitiativeChange)]
pub struct ItemChangeView {
    /// The day of the decision.
    #[schema(example = "2026-03-31")]
    pub on: String,
    /// `retitled`, `renumbered`, `dropped` or `resumed`.
    #[schema(example = "retitled")]
    pub kind: &'static str,
    /// 題名変更, 番号変更, 廃止, 再開
    #[schema(example = "題名変更")]
    pub kind_label: &'static str,
    /// The title or the code before.
    pub from: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

impl InitiativeView {
    /// `initiative`, with addresses under `iris`.
    pub fn new(initiative: &Initiative, iris: &Iris) -> InitiativeView {
        let code = initiative.code.to_string();
        let api = links::api_initiative(iris, initiative.code);
        let items = match initiative.kind {
            InitiativeKind::Heading => Some(links::api(iris, &format!("/initiatives?parent={code}"))),
            InitiativeKind::Item => None,
        };
        InitiativeView {
            kind: match initiative.kind {
                InitiativeKind::Heading => "heading",
                InitiativeKind::Item => "item",
            },
            kind_label: initiative.kind.label(),
            parent: initiative.parent.map(|parent| parent.to_string()),
            pillar: initiative.pillar.to_string(),
            pillar_title: initiative.pillar_title.clone(),
            mark: initiative.mark.clone(),
            title: initiative.title.clone(),
            notes: initiative.notes.iter().map(NoteView::from).collect(),
            item: initiative.item.as_ref().map(|item| ItemView::new(item, iris)),
            state: StateView::new(&initiative.state, initiative.kind, iris),
            progress_url: format!("{api}/progress"),
            urls: InitiativeUrls {
                html: iris.initiative(&code),
                api,
                pillar: links::api(iris, &format!("/pillars/{}", initiative.pillar)),
                parent: initiative.parent.map(|parent| links::api_initiative(iris, parent)),
                items,
            },
            code,
        }
    }
}

impl ItemView {
    fn new(item: &Item, iris: &Iris) -> ItemView {
        ItemView {
            origin: OriginView::from(item.origin),
            in_force: item.in_force,
            overview: item.overview.clone(),
            current_issues: item.current_issues.clone(),
            lead: DepartmentLinkView::new(&item.lead, iris),
            others: item.others.iter().map(|slug| DepartmentLinkView::new(slug, iris)).collect(),
            stages: item.stages.iter().map(YearStageView::from).collect(),
            indicators: item.indicators.iter().map(|indicator| IndicatorView::new(indicator, iris)).collect(),
            bpr: item.bpr.as_ref().map(BprView::from),
            ebpm: item.ebpm.as_ref().map(|ebpm| EbpmView::new(ebpm, iris)),
            history: item.history.iter().map(ItemChangeView::from).collect(),
            recorded_by: item.recorded_by.clone(),
            recorded_at: moment(item.recorded_at),
        }
    }
}

impl From<Origin> for OriginView {
    fn from(origin: Origin) -> OriginView {
        match origin {
            Origin::Plan => OriginView { kind: "plan", kind_label: "策定時", on: None },
            Origin::Added { on } => {
                OriginView { kind: "added", kind_label: "追加", on: Some(on.to_string()) }
            }
        }
    }
}

impl From<&YearStage> for YearStageView {
    fn from(stage: &YearStage) -> YearStageView {
        YearStageView {
            fiscal_year: stage.fiscal_year.into(),
            stage: stage.stage.as_str(),
            stage_label: stage.stage.label(),
            note: stage.note.clone(),
        }
    }
}

impl From<&Bpr> for BprView {
    fn from(bpr: &Bpr) -> BprView {
        BprView { before: bpr.before.clone(), after: bpr.after.clone() }
    }
}

impl EbpmView {
    fn new(ebpm: &Ebpm, iris: &Iris) -> EbpmView {
        EbpmView { dataset: DatasetLinkView::new(&ebpm.dataset, iris), note: ebpm.note.clone() }
    }
}

impl From<&Change> for ItemChangeView {
    fn from(change: &Change) -> ItemChangeView {
        let (kind, kind_label, from) = match &change.what {
            ChangeKind::Retitled { from } => ("retitled", "題名変更", Some(from.clone())),
            ChangeKind::Renumbered { from } => ("renumbered", "番号変更", Some(from.to_string())),
            ChangeKind::Dropped => ("dropped", "廃止", None),
            ChangeKind::Resumed => ("resumed", "再開", None),
        };
        ItemChangeView { on: change.on.to_string(), kind, kind_label, from, reason: change.reason.clone() }
    }
}
