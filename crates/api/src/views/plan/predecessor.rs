//! What came before the plan, as the API shows it, and old names beside new ones.

use catalog::iri::Iris;
use serde::Serialize;
use utoipa::ToSchema;

use ::plan::{OwnInitiatives, Plan, Predecessor};

use super::year::FiscalYearView;

/// The policy that the plan takes up into itself.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Predecessor)]
pub struct PredecessorView {
    /// Its title.
    #[schema(example = "石巻市デジタル・トランスフォーメーション（ＤＸ）推進方針")]
    pub title: String,
    /// What the city calls it for short.
    #[schema(example = "ＤＸ推進方針")]
    pub short_title: String,
    /// The month it was made.
    #[schema(example = "2021-12")]
    pub made: String,
    /// That month, as written.
    #[schema(example = "令和３年１２月")]
    pub made_text: String,
    /// The last fiscal year of its period.
    pub period_last: FiscalYearView,
    /// How the plan takes it up, in the city's words.
    pub absorbed_text: String,
    /// By how many fiscal years the plan goes further.
    #[schema(example = 2)]
    pub extended_years: u16,
    /// What the city decided in addition.
    pub own_initiatives: OwnInitiativesView,
}

/// 本市独自の取組事項: decided in addition to the predecessor.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OwnInitiatives)]
pub struct OwnInitiativesView {
    /// How many 分野.
    #[schema(example = 3)]
    pub fields: u16,
    /// How many 項目.
    #[schema(example = 20)]
    pub items: u16,
    /// Whether they are part of the predecessor itself.
    #[schema(example = false)]
    pub part_of_predecessor: bool,
    /// In the city's words.
    pub text: String,
    /// How they stand to the predecessor, in our words.
    pub remark: String,
}

/// 新旧対照: a 項目 of the plan and what it was called in the predecessor.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Crossing)]
pub struct CrossingView {
    /// The code of the 項目.
    #[schema(example = "A-2")]
    pub initiative: String,
    /// Its number as the plan prints it.
    #[schema(example = "②")]
    pub mark: String,
    /// Its title in the plan.
    #[schema(example = "自治体フロントヤード改革の推進")]
    pub title: String,
    /// Its number in the predecessor.
    #[schema(example = "②")]
    pub predecessor_mark: String,
    /// Its title in the predecessor.
    #[schema(example = "行政手続のオンライン化")]
    pub predecessor_title: String,
    /// The mark of the note that says so.
    #[schema(example = "※１")]
    pub note: String,
    /// The IRI of the 項目, which is also its page.
    #[schema(example = "http://127.0.0.1:8080/plan/initiatives/A-2")]
    pub url: String,
}

impl CrossingView {
    /// The crosswalk of `plan`, with the titles of its 項目 and addresses under `iris`.
    pub fn all(plan: &Plan, iris: &Iris) -> Vec<CrossingView> {
        let headings = || plan.pillars.iter().flat_map(|pillar| &pillar.initiatives);
        let view = |crossing: &::plan::Crossing| {
            let heading = headings().find(|heading| heading.code == crossing.initiative);
            let code = crossing.initiative.to_string();
            CrossingView {
                mark: crossing.initiative.mark(),
                title: heading.map(|heading| heading.title.clone()).unwrap_or_default(),
                predecessor_mark: crossing.predecessor_mark.clone(),
                predecessor_title: crossing.predecessor_title.clone(),
                note: crossing.note.clone(),
                url: iris.initiative(&code),
                initiative: code,
            }
        };
        plan.facts.crosswalk.iter().map(view).collect()
    }
}

impl From<&Predecessor> for PredecessorView {
    fn from(predecessor: &Predecessor) -> PredecessorView {
        PredecessorView {
            title: predecessor.title.clone(),
            short_title: predecessor.short_title.clone(),
            made: predecessor.made.to_string(),
            made_text: predecessor.made_text.clone(),
            period_last: predecessor.period_last.into(),
            absorbed_text: predecessor.absorbed_text.clone(),
            extended_years: predecessor.extended_years,
            own_initiatives: OwnInitiativesView::from(&predecessor.own_initiatives),
        }
    }
}

impl From<&OwnInitiatives> for OwnInitiativesView {
    fn from(own: &OwnInitiatives) -> OwnInitiativesView {
        OwnInitiativesView {
            fields: own.fields,
            items: own.items,
            part_of_predecessor: own.part_of_predecessor,
            text: own.text.clone(),
            remark: own.remark.clone(),
        }
    }
}
