//! What a search has found, as the API shows it.

use catalog::finding::{Findings, Item, Totals};
use catalog::search::{DocumentKind, Part, Suggestion};
use catalog::{Iris, Slug};
use serde::Serialize;
use utoipa::ToSchema;

use crate::named::escape;
use crate::views::dataset::CountView;

/// A page of what was found.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Findings)]
pub struct FindingsView {
    /// What was found, the best first; rows come last.
    pub items: Vec<FoundView>,
    /// How much there is on all pages, as far as rows were counted.
    #[schema(example = 9)]
    pub total: u64,
    /// How much there is of each kind.
    pub totals: TotalsView,
    /// How the datasets that were found spread.
    pub facets: FoundFacetsView,
    /// What may have been meant, when nothing was found.
    #[schema(example = "避難所")]
    pub did_you_mean: Option<String>,
    /// The address of the next page; null on the last.
    pub next: Option<String>,
}

/// How much there is of each kind.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FoundTotals)]
pub struct TotalsView {
    /// Datasets.
    #[schema(example = 2)]
    pub dataset: u64,
    /// Initiatives of the plan.
    #[schema(example = 1)]
    pub initiative: u64,
    /// Reports on initiatives.
    #[schema(example = 0)]
    pub report: u64,
    /// Rows, at most 1,000 of them.
    #[schema(example = 6)]
    pub row: u64,
    /// Whether there are more rows than were counted.
    #[schema(example = false)]
    pub more_rows: bool,
}

/// How many of the datasets that were found there are of each kind.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FoundFacets)]
pub struct FoundFacetsView {
    /// By 担当課.
    pub department: Vec<CountView>,
    /// By 分類.
    pub theme: Vec<CountView>,
    /// By 様式.
    pub schema: Vec<CountView>,
    /// By form of download.
    pub format: Vec<CountView>,
    /// By licence.
    pub license: Vec<CountView>,
}

/// One thing that was found.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Found)]
pub struct FoundView {
    /// `dataset`, `row`, `initiative` or `report`.
    #[schema(example = "dataset")]
    pub kind: &'static str,
    /// The title of the dataset or of the initiative; of a row that of its dataset, of a report that of its initiative.
    #[schema(example = "公衆トイレ一覧")]
    pub title: String,
    /// The slug of the dataset.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "public-toilets")]
    pub dataset: Option<String>,
    /// The code of the initiative.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "A-1")]
    pub initiative: Option<String>,
    /// The number of the report on the initiative.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report: Option<u32>,
    /// The row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<FoundRowView>,
    /// The slug of the office that answers for it.
    #[schema(example = "dx")]
    pub department: Option<String>,
    /// Where the first of the words stands: `title`, `keywords`, `description`, `about` (the office, the schema, the name in addresses)
    /// or `fields` (the names of the columns); null of a row, and where nothing but unwanted words was asked.
    #[schema(example = "title")]
    pub found_in: Option<&'static str>,
    /// An extract around it.
    pub snippet: Vec<PartView>,
    /// Where it is shown.
    pub urls: FoundUrls,
}

/// A row that was found.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FoundRow)]
pub struct FoundRowView {
    /// The revision it stands in.
    #[schema(example = 1)]
    pub revision: u32,
    /// Its place among the rows of data, from 1.
    #[schema(example = 3)]
    pub number: u64,
    /// What it is called in addresses.
    #[schema(example = "0420210003")]
    pub key: String,
    /// The column in which the first of the words stands.
    #[schema(example = "名称")]
    pub field: Option<String>,
}

/// A part of an extract, as it stands there; whoever shows it marks what was found.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SnippetPart)]
pub struct PartView {
    /// The text.
    #[schema(example = "公衆トイレ")]
    pub text: String,
    /// Whether it is what was looked for.
    #[schema(example = true)]
    pub found: bool,
}

/// Where something that was found is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct FoundUrls {
    /// The page of the dataset or of the initiative.
    #[schema(example = "http://127.0.0.1:8080/datasets/public-toilets")]
    pub html: String,
    /// Its JSON: the dataset, the row, the initiative, the reports on it.
    #[schema(example = "http://127.0.0.1:8080/api/v1/datasets/public-toilets")]
    pub api: String,
}

impl FindingsView {
    /// What was found, with addresses under `iris`.
    pub fn new(found: &Findings, next: Option<String>, iris: &Iris) -> FindingsView {
        let facets = &found.facets;
        let views = |facets: &[catalog::query::Facet]| facets.iter().cloned().map(CountView::from).collect();
        FindingsView {
            total: found.totals.all(),
            totals: found.totals.into(),
            facets: FoundFacetsView {
                department: views(&facets.department),
                theme: views(&facets.theme),
                schema: views(&facets.schema),
                format: views(&facets.format),
                license: views(&facets.licence),
            },
            items: found.items.iter().filter_map(|item| FoundView::new(item, iris)).collect(),
            did_you_mean: found.did_you_mean.clone(),
            next,
        }
    }
}

impl FoundView {
    /// `None` of what has no address, which is nothing that was put into the index.
    fn new(item: &Item, iris: &Iris) -> Option<FoundView> {
        let name = || Some(item.name.clone());
        let plan = |rest: &str| format!("{}/plan/initiatives/{rest}", iris.api_root());
        let (kind, dataset, initiative, report, html, api) = match (item.kind, &item.row) {
            (DocumentKind::Dataset, row) => {
                let slug = Slug::parse(&item.name).ok()?;
                let (html, api) = (iris.dataset(&slug), iris.dataset_json(&slug));
                match row {
                    None => ("dataset", name(), None, None, html, api),
                    Some(row) => {
                        let api = format!("{api}/records/{}", escape(&row.key));
                        ("row", name(), None, None, html, api)
                    }
                }
            }
            (DocumentKind::Initiative, _) => {
                let (html, api) = (iris.initiative(&item.name), plan(&item.name));
                ("initiative", None, name(), None, html, api)
            }
            (DocumentKind::Report, _) => {
                let (code, number) = item.name.split_once('/')?;
                let (html, api) = (iris.initiative(code), plan(&format!("{code}/progress")));
                ("report", None, Some(code.to_owned()), number.parse().ok(), html, api)
            }
        };
        Some(FoundView {
            kind,
            title: item.title.clone(),
            dataset,
            initiative,
            report,
            row: item.row.as_ref().map(|row| FoundRowView {
                revision: row.revision,
                number: row.number,
                key: row.key.clone(),
                field: row.field.clone(),
            }),
            department: item.department.clone(),
            found_in: item.found_in.map(|tier| tier.as_str()),
            snippet: item.snippet.iter().map(PartView::from).collect(),
            urls: FoundUrls { html, api },
        })
    }
}

impl From<Totals> for TotalsView {
    fn from(totals: Totals) -> TotalsView {
        TotalsView {
            dataset: totals.datasets,
            initiative: totals.initiatives,
            report: totals.reports,
            row: totals.rows,
            more_rows: totals.more_rows,
        }
    }
}

impl From<&Part> for PartView {
    fn from(part: &Part) -> PartView {
        PartView { text: part.text.clone(), found: part.is_found }
    }
}

/// Words that begin with what is typed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Suggestions)]
pub struct SuggestionsView {
    /// The words, the most used first.
    pub items: Vec<SuggestionView>,
}

/// A word that is suggested.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Suggestion)]
pub struct SuggestionView {
    /// The word.
    #[schema(example = "避難所")]
    pub text: String,
    /// How many titles, keywords and names of columns have it.
    #[schema(example = 3)]
    pub uses: u32,
}

impl From<Vec<Suggestion>> for SuggestionsView {
    fn from(suggestions: Vec<Suggestion>) -> SuggestionsView {
        let view = |suggestion: Suggestion| SuggestionView { text: suggestion.text, uses: suggestion.uses };
        SuggestionsView { items: suggestions.into_iter().map(view).collect() }
    }
}
