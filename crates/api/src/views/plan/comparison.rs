//! The comparison with other municipalities as the API shows it.

use catalog::iri::Iris;
use serde::Serialize;
use utoipa::ToSchema;

use ::plan::{Comparison, ComparisonRow};

use super::links::DatasetLinkView;

/// 比較: the municipalities of the prefecture by whether they have an overall DX policy.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Comparison)]
pub struct ComparisonView {
    /// What is compared.
    #[schema(example = "ＤＸを推進するための全体方針の策定状況")]
    pub title: String,
    /// Among whom.
    #[schema(example = "県内３５市町村の内訳")]
    pub scope: String,
    /// All municipalities counted.
    #[schema(example = 35)]
    pub municipalities: u32,
    /// Where the counts come from, in the city's words.
    #[schema(example = "地方公共団体における行政情報化の推進状況調査（令和５年１２月）結果より")]
    pub source: String,
    /// The month of that survey.
    #[schema(example = "2023-12")]
    pub surveyed: String,
    /// The dataset of this catalog that holds the same counts.
    pub dataset: DatasetLinkView,
    /// One row per state; together all municipalities.
    pub rows: Vec<ComparisonRowView>,
}

/// The municipalities in one state.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ComparisonRow)]
pub struct ComparisonRowView {
    /// The state.
    #[schema(example = "策定済み")]
    pub status: String,
    /// The counts, as written.
    #[schema(example = "１２市９町１村")]
    pub text: String,
    /// 市
    #[schema(example = 12)]
    pub cities: u32,
    /// 町
    #[schema(example = 9)]
    pub towns: u32,
    /// 村
    #[schema(example = 1)]
    pub villages: u32,
    /// All three together.
    #[schema(example = 22)]
    pub total: u32,
}

impl ComparisonView {
    /// `comparison`, with addresses under `iris`.
    pub fn new(comparison: &Comparison, iris: &Iris) -> ComparisonView {
        ComparisonView {
            title: comparison.title.clone(),
            scope: comparison.scope.clone(),
            municipalities: comparison.municipalities,
            source: comparison.source.clone(),
            surveyed: comparison.surveyed.to_string(),
            dataset: DatasetLinkView::new(&comparison.dataset, iris),
            rows: comparison.rows.iter().map(ComparisonRowView::from).collect(),
        }
    }
}

impl From<&ComparisonRow> for ComparisonRowView {
    fn from(row: &ComparisonRow) -> ComparisonRowView {
        ComparisonRowView {
            status: row.status.clone(),
            text: row.text.clone(),
            cities: row.cities,
            towns: row.towns,
            villages: row.villages,
            total: row.total(),
        }
    }
}
