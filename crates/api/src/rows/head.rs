//! What every answer says of the rows in it: which dataset, which revision, under which licence, from whom.

use actix_web::HttpResponse;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use catalog::records::Subject;
use catalog::{Iris, Slug};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::views::service::moment;

/// 出典: what rows are of.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = RowsOf)]
pub struct HeadView {
    /// The dataset.
    pub dataset: DatasetNameView,
    /// The revision.
    pub revision: RevisionNameView,
    /// The licence: `CC-BY-4.0`, `CC0-1.0` or `PDL-1.0`.
    #[schema(example = "CC-BY-4.0")]
    pub license: &'static str,
    /// The licence's IRI.
    #[schema(example = "https://creativecommons.org/licenses/by/4.0/")]
    pub license_url: &'static str,
    /// Who answers for the rows.
    pub source: SourceView,
}

/// A dataset by its name.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = DatasetName)]
pub struct DatasetNameView {
    /// Its name for ever.
    #[schema(example = "public-toilets")]
    pub slug: String,
    /// Its title.
    #[schema(example = "公衆トイレ一覧")]
    pub title: String,
    /// Its IRI.
    #[schema(example = "http://127.0.0.1:8080/datasets/public-toilets")]
    pub url: String,
}

/// A revision by its number.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = RevisionName)]
pub struct RevisionNameView {
    /// Its number.
    #[schema(example = 3)]
    pub number: u32,
    /// When it was published (RFC 3339).
    #[schema(example = "2026-11-25T09:00:00+09:00")]
    pub published_at: Option<String>,
    /// Its address.
    #[schema(example = "http://127.0.0.1:8080/api/v1/datasets/public-toilets/revisions/3")]
    pub url: String,
}

/// Who answers for rows.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Source)]
pub struct SourceView {
    /// The office's name.
    #[schema(example = "復興企画部ＤＸ推進課")]
    pub name: String,
    /// The office's page here.
    #[schema(example = "http://127.0.0.1:8080/departments/dx")]
    pub url: String,
}

impl HeadView {
    /// What the rows of `subject` are of.
    pub fn of(subject: &Subject, iris: &Iris) -> HeadView {
        let Subject { dataset, revision, .. } = subject;
        let licence = dataset.metadata.licence;
        HeadView {
            dataset: DatasetNameView {
                slug: dataset.slug.to_string(),
                title: dataset.metadata.title.clone(),
                url: iris.dataset(&dataset.slug),
            },
            revision: RevisionNameView {
                number: revision.number,
                published_at: revision.published_at.map(moment),
                url: iris.revision(&dataset.slug, revision.number),
            },
            license: licence.id(),
            license_url: licence.iri(),
            source: SourceView {
                name: dataset.department.title.clone(),
                url: iris.department(&dataset.department.slug),
            },
        }
    }

    /// The same, for a file that has room for notes.
    pub fn notes(&self) -> Vec<(String, String)> {
        let HeadView { dataset, revision, license, license_url, source } = self;
        [
            ("title", dataset.title.clone()),
            ("dataset", dataset.url.clone()),
            ("revision", format!("{} {}", revision.number, revision.url)),
            ("license", format!("{license} {license_url}")),
            ("source", format!("{} {}", source.name, source.url)),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .to_vec()
    }
}

/// `/api/v1/datasets/{slug}/revisions/{number}`: what the addresses of a revision's rows begin with.
pub fn of_revision(slug: &Slug, number: u32) -> String {
    format!("/api/v1/datasets/{slug}/revisions/{number}")
}

/// Adds to an answer, or to the word that nothing changed, where it can be had for ever, since when it is so, and the links that
/// go with rows; `next` is the address of the next page.
pub fn add(
    answer: &mut HttpResponse,
    subject: &Subject,
    head: &HeadView,
    location: &str,
    iris: &Iris,
    next: Option<&str>,
) {
    let mut put = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            answer.headers_mut().append(name, value);
        }
    };
    put(header::CONTENT_LOCATION, &outside(location, iris));
    for link in links(subject, head, iris) {
        put(header::LINK, &link);
    }
    if let Some(next) = next {
        put(header::LINK, &format!("<{next}>; rel=\"next\""));
    }
    let modified = std::time::SystemTime::from(modified(subject));
    put(header::LAST_MODIFIED, &header::HttpDate::from(modified).to_string());
}

/// As [`add`], of an answer that many may get; but for where it can be had.
pub fn told(answer: Answer, subject: &Subject, head: &HeadView, iris: &Iris) -> Answer {
    let answer = answer.modified(modified(subject));
    links(subject, head, iris).iter().fold(answer, |answer, link| answer.header(header::LINK, link))
}

/// The path `location` as the world sees it.
pub fn outside(location: &str, iris: &Iris) -> String {
    format!("{}{location}", iris.base().path())
}

fn links(subject: &Subject, head: &HeadView, iris: &Iris) -> [String; 3] {
    let schema = of_revision(&subject.dataset.slug, subject.revision.number);
    [
        format!("<{}>; rel=\"license\"", head.license_url),
        format!(
            "<{}{schema}/schema.json>; rel=\"describedby\"; type=\"application/schema+json\"",
            iris.base()
        ),
        format!("<{}>; rel=\"collection\"", head.dataset.url),
    ]
}

/// When rows, or what is said of them, last changed for readers.
pub fn modified(subject: &Subject) -> Timestamp {
    let dataset = subject.dataset.modified;
    subject.revision.published_at.map_or(dataset, |published| published.max(dataset))
}
