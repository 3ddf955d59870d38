//! What the plan stands on, as the API shows it. The position by law is kept apart from the legal bases.

use serde::Serialize;
use utoipa::ToSchema;

use ::plan::{ComprehensivePlan, LegalBasis, Place, Position};

/// 位置付け: what else the plan is by law. The city does not list that law among the 根拠法令.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PlanPosition)]
pub struct PositionView {
    /// What it stands as.
    #[schema(example = "市町村官民データ活用推進計画")]
    pub stands_as: String,
    /// By which law.
    #[schema(example = "官民データ活用推進基本法")]
    pub law: String,
    /// The law's number, as written.
    #[schema(example = "平成２８年法律第１０３号")]
    pub law_number: String,
    /// The article, as written.
    #[schema(example = "第９条第３項")]
    pub article: String,
    /// The sentence, in the city's words.
    pub text: String,
    /// Where the paper says it, in our words.
    pub remark: String,
}

/// 根拠法令: a law or a national plan that the plan is made under.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LegalBasis)]
pub struct LegalBasisView {
    /// Its title.
    #[schema(example = "デジタル社会形成基本法")]
    pub title: String,
    /// The law's number, as written; null for what is no law.
    #[schema(example = "令和３年法律第３５号")]
    pub law_number: Option<String>,
    /// Of a national plan: its edition.
    #[schema(example = "第 3.0 版")]
    pub edition: Option<String>,
    /// Of a national plan: the day of that edition, as written.
    #[schema(example = "令和６年４月２４日")]
    pub dated: Option<String>,
    /// The whole line, in the city's words.
    #[schema(example = "デジタル社会形成基本法（令和３年法律第３５号）")]
    pub text: String,
}

/// 総合計画との整合性: where the plan stands in the city's comprehensive plan.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ComprehensivePlan)]
pub struct ComprehensivePlanView {
    /// 章
    pub chapter: PlaceView,
    /// 節
    pub section: PlaceView,
    /// 項
    pub item: PlaceView,
    /// The box to mark, as printed.
    #[schema(example = "総合計画の位置付け：〔有・無〕")]
    pub box_text: String,
    /// What is marked in it: true 有, false 無, null neither.
    pub marked: Option<bool>,
    /// About the box, in our words.
    pub remark: String,
}

/// A numbered heading of the comprehensive plan.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ComprehensivePlanPlace)]
pub struct PlaceView {
    /// Its number, as written.
    #[schema(example = "第６章")]
    pub number: String,
    /// Its title.
    #[schema(example = "市民の声が共鳴し市民と行政が共に創るまち")]
    pub title: String,
}

impl From<&Position> for PositionView {
    fn from(position: &Position) -> PositionView {
        PositionView {
            stands_as: position.stands_as.clone(),
            law: position.law.clone(),
            law_number: position.law_number.clone(),
            article: position.article.clone(),
            text: position.text.clone(),
            remark: position.remark.clone(),
        }
    }
}

impl From<&LegalBasis> for LegalBasisView {
    fn from(basis: &LegalBasis) -> LegalBasisView {
        LegalBasisView {
            title: basis.title.clone(),
            law_number: basis.law_number.clone(),
            edition: basis.edition.clone(),
            dated: basis.dated.clone(),
            text: basis.text.clone(),
        }
    }
}

impl From<&ComprehensivePlan> for ComprehensivePlanView {
    fn from(plan: &ComprehensivePlan) -> ComprehensivePlanView {
        ComprehensivePlanView {
            chapter: PlaceView::from(&plan.chapter),
            section: PlaceView::from(&plan.section),
            item: PlaceView::from(&plan.item),
            box_text: plan.box_text.clone(),
            marked: plan.marked,
            remark: plan.remark.clone(),
        }
    }
}

impl From<&Place> for PlaceView {
    fn from(place: &Place) -> PlaceView {
        PlaceView { number: place.number.clone(), title: place.title.clone() }
    }
}
