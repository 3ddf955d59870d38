//! `/api/v1/search`: what is open to everybody, found by words: datasets, their rows, the plan.

use actix_web::get;
use actix_web::web::Data;
use catalog::Slug;
use catalog::finding;
use catalog::search::{Kinds, Place, Question, Search, Within};
use ingestion::SchemaId;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::answer::Answer;
use crate::ask::{self, Ask};
use crate::problem::Problem;
use crate::problem::responses::{BadQuery, TooManyRequests};
use crate::state::House;
use crate::views::search::{FindingsView, SuggestionsView};

/// What to look for, among what, and how many at a time.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SearchQuery {
    /// The words; all of them must be there. `"…"` looks for a phrase, `-` before a word leaves out what has it. Letter width, case,
    /// hiragana and katakana, old letters and long-vowel marks do not matter, and a word finds its synonyms too.
    /// The first 20 words count, and of each the first 100 letters. Without a word everything is listed but rows.
    #[param(example = "避難")]
    pub q: Option<String>,
    /// Which of `dataset`, `row`, `initiative` and `report` to look for, with commas between; all of them unless told otherwise.
    #[param(
        pattern = "^((dataset|row|initiative|report)(,(dataset|row|initiative|report)){0,9})?$",
        example = "dataset,row"
    )]
    pub kind: Option<String>,
    /// Only of the 担当課 with this slug; a row goes by its dataset.
    #[param(pattern = "^([a-z0-9][a-z0-9_-]{1,99})?$")]
    pub department: Option<String>,
    /// Only of the 分類 with this code.
    pub theme: Option<String>,
    /// Only of the 様式 with this id.
    #[param(pattern = "^((hyojun|suisho)/[a-z0-9_]+)?$")]
    pub schema: Option<String>,
    /// Only what comes as `csv`, `json`, `geojson`, `parquet` or `xlsx`.
    #[param(pattern = "^(csv|json|geojson|parquet|xlsx)?$")]
    pub format: Option<String>,
    /// Only under `CC-BY-4.0`, `CC0-1.0` or `PDL-1.0`.
    #[param(pattern = "^(CC-BY-4\\.0|CC0-1\\.0|PDL-1\\.0)?$")]
    pub license: Option<String>,
    /// How many on a page, 1 to 100; 20 unless told otherwise.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100, example = 20)]
    pub limit: Option<String>,
    /// Where the page begins; only `next` of another page gives one.
    #[param(pattern = "^([0-9a-f]{2})*$")]
    pub cursor: Option<String>,
}

impl SearchQuery {
    /// What the words of the query string mean.
    ///
    /// # Errors
    /// The parameter that does not read.
    pub fn read(self) -> Result<Search, Problem> {
        let within = Within {
            department: ask::read::<Slug>(
                "department",
                self.department.as_deref(),
                ("担当課の名前（slug）です。", "it is a department's slug"),
            )?,
            theme: self.theme.filter(|text| !text.trim().is_empty()),
            schema: ask::read::<SchemaId>(
                "schema",
                self.schema.as_deref(),
                ("hyojun/… か suisho/… と書きます。", "it is written hyojun/… or suisho/…"),
            )?
            .map(|id| id.to_string()),
            format: ask::format(self.format.as_deref())?,
            licence: ask::licence(self.license.as_deref())?.map(|licence| licence.id().to_owned()),
        };
        Ok(Search {
            question: Question::read(self.q.as_deref().unwrap_or_default()),
            kinds: kinds(self.kind.as_deref())?,
            within,
            after: ask::read::<Place>(
                "cursor",
                self.cursor.as_deref(),
                (
                    "前のページの next にある値をそのまま使います。",
                    "it is taken from the `next` of another page",
                ),
            )?,
            limit: ask::limit(self.limit.as_deref(), 20, 100)?,
        })
    }
}

fn kinds(names: Option<&str>) -> Result<Kinds, Problem> {
    let Some(names) = names.filter(|names| !names.is_empty()) else { return Ok(Kinds::ALL) };
    let mut kinds = Kinds { datasets: false, initiatives: false, reports: false, rows: false };
    for name in names.split(',') {
        match name {
            "dataset" => kinds.datasets = true,
            "initiative" => kinds.initiatives = true,
            "report" => kinds.reports = true,
            "row" => kinds.rows = true,
            _ => {
                return Err(Problem::bad_parameter(
                    "kind",
                    "dataset, row, initiative, report を、コンマで区切って並べます。",
                    "it lists dataset, row, initiative and report, with commas between",
                ));
            }
        }
    }
    Ok(kinds)
}

/// Search everything
///
/// Datasets, initiatives of the plan and reports on them, the best first: a word in a title counts more than one in the keywords, the
/// description, the office or the names of columns. Then rows of datasets that have all the words. The rows of a large table can be searched some time
/// after its publication.
#[utoipa::path(
    tag = "search",
    operation_id = "search",
    params(SearchQuery),
    responses(
        (status = 200, description = "A page of what was found", body = FindingsView),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 400, response = BadQuery),
        (status = 429, response = TooManyRequests),
    ),
)]
#[get("/search")]
pub async fn search(
    house: Data<House>,
    uri: crate::named::Address,
    asked: Ask<SearchQuery>,
) -> Result<Answer, Problem> {
    let found = finding::find(&house.store, &asked.0.read()?).await?;
    let next = found.next.as_ref().map(|place| uri.with(&house.iris, "cursor", &place.to_string()));
    Ok(Answer::json(&FindingsView::new(&found, next.clone(), &house.iris)).next(next.as_deref()))
}

/// What is typed so far, and how many words to suggest.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SuggestionsQuery {
    /// What is typed so far.
    #[param(example = "避")]
    pub q: Option<String>,
    /// How many, 1 to 50; 10 unless told otherwise.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 50, example = 10)]
    pub limit: Option<String>,
}

/// Suggest words as one types
///
/// Titles, keywords and names of columns, and parts of them, that begin with what is typed: the most used first.
#[utoipa::path(
    tag = "search",
    operation_id = "suggest",
    params(SuggestionsQuery),
    responses(
        (status = 200, description = "Words that begin so", body = SuggestionsView),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 400, response = BadQuery),
        (status = 429, response = TooManyRequests),
    ),
)]
#[get("/search/suggestions")]
pub async fn suggest(house: Data<House>, asked: Ask<SuggestionsQuery>) -> Result<Answer, Problem> {
    let SuggestionsQuery { q, limit } = asked.0;
    let limit = ask::limit(limit.as_deref(), 10, 50)?;
    let suggestions = finding::suggest(&house.store, &q.unwrap_or_default(), limit).await?;
    Ok(Answer::json(&SuggestionsView::from(suggestions)))
}
