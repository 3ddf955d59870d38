//! How the plan is carried out, as the API shows it, and the improvements on record.

use catalog::iri::Iris;
use serde::Serialize;
use utoipa::ToSchema;

use ::plan::{ImprovementReport, Means, Promotion};

use super::links::{DepartmentLinkView, InitiativeLinkView};

/// 推進体制: who keeps the plan going, and by what means.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Promotion)]
pub struct PromotionView {
    /// 推進本部
    pub headquarters: HeadquartersView,
    /// 人材育成
    pub people: MeansView,
    /// 業務改善報告制度
    pub improvement: MeansView,
    /// ＢＰＲ, ＥＢＰＭ
    pub viewpoints: MeansView,
}

/// 推進本部: deliberates on the initiatives, receives reports and keeps the progress of all of them.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Headquarters)]
pub struct HeadquartersView {
    /// Its name.
    #[schema(example = "石巻市ＤＸ推進本部")]
    pub title: String,
    /// What it does, in the city's words.
    #[schema(
        example = "取組事項は、石巻市ＤＸ推進本部で審議、報告等を行い、検討段階にあるものを含め全体的な進捗管理を行う。"
    )]
    pub text: String,
}

/// One means of carrying the plan out.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Means)]
pub struct MeansView {
    /// The paper, system or viewpoints by name.
    #[schema(example = json!(["業務改善報告制度"]))]
    pub names: Vec<String>,
    /// The sentence, in the city's words.
    #[schema(
        example = "業務改善報告制度を活用し、成功事例の横展開を通じた組織全体の意識改革を進め、取組を加速させていく。"
    )]
    pub text: String,
}

/// 業務改善報告: a success told so that others can do the same.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImprovementReport)]
pub struct ImprovementReportView {
    /// What was improved.
    #[schema(example = "【見本】窓口の待ち時間の短縮")]
    pub title: String,
    /// The day it was reported.
    #[schema(example = "2025-09-30")]
    pub on: String,
    /// The department that improved it.
    pub department: DepartmentLinkView,
    /// The work before.
    pub before: String,
    /// The work after.
    pub after: String,
    /// What it brought.
    pub effect: Option<String>,
    /// The departments that took it over.
    pub spread_to: Vec<DepartmentLinkView>,
    /// The initiative it serves.
    pub initiative: Option<InitiativeLinkView>,
}

impl From<&Promotion> for PromotionView {
    fn from(promotion: &Promotion) -> PromotionView {
        PromotionView {
            headquarters: HeadquartersView {
                title: promotion.headquarters.title.clone(),
                text: promotion.headquarters.text.clone(),
            },
            people: MeansView::from(&promotion.people),
            improvement: MeansView::from(&promotion.improvement),
            viewpoints: MeansView::from(&promotion.viewpoints),
        }
    }
}

impl From<&Means> for MeansView {
    fn from(means: &Means) -> MeansView {
        MeansView { names: means.names.clone(), text: means.text.clone() }
    }
}

impl ImprovementReportView {
    /// `report`, with addresses under `iris`.
    pub fn new(report: &ImprovementReport, iris: &Iris) -> ImprovementReportView {
        ImprovementReportView {
            title: report.title.clone(),
            on: report.on.to_string(),
            department: DepartmentLinkView::new(&report.department, iris),
            before: report.before.clone(),
            after: report.after.clone(),
            effect: report.effect.clone(),
            spread_to: report.spread_to.iter().map(|slug| DepartmentLinkView::new(slug, iris)).collect(),
            initiative: report.initiative.map(|code| InitiativeLinkView::new(code, iris)),
        }
    }
}
