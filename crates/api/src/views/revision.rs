//! A revision and its distributions as the API shows them.

use catalog::revision::{Review, Signature};
use catalog::{Dataset, Distribution, Iris, Revision, RevisionState, Slug, Staff, rules};
use serde::Serialize;
use utoipa::ToSchema;

use crate::report_view::CountsView;
use crate::views::service::moment;

/// 版: one state of a dataset's rows. It never changes.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Revision)]
pub struct RevisionView {
    /// From 1; numbers may have gaps.
    #[schema(example = 1)]
    pub number: u32,
    /// How far it has come.
    #[schema(value_type = String, example = "published")]
    pub state: RevisionState,
    /// SHA-256 of the file as it came.
    #[schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    pub sha256: String,
    /// The name of the file as it came.
    #[schema(example = "042021_public_toilet.csv")]
    pub file_name: String,
    /// Length of the file as it came, in bytes.
    #[schema(example = 3456)]
    pub bytes: u64,
    /// Rows of data.
    #[schema(example = 8)]
    pub rows: u64,
    /// Who made it.
    #[schema(example = "operator")]
    pub made_by: String,
    /// When it was made (RFC 3339).
    #[schema(example = "2026-11-25T09:00:00+09:00")]
    pub made_at: String,
    /// When it was opened to everybody (RFC 3339).
    #[schema(example = "2026-11-25T09:00:00+09:00")]
    pub published_at: Option<String>,
    /// What its report counted.
    pub counts: CountsView,
    /// The forms in which it can be fetched.
    pub distributions: Vec<DistributionView>,
    /// Forms of the revision before it that are still being made of this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = json!(["parquet", "xlsx"]))]
    pub awaited: Option<Vec<&'static str>>,
    /// Where its report is.
    #[schema(example = "http://127.0.0.1:8080/api/v1/datasets/public-toilets/revisions/1/report")]
    pub report_url: String,
    /// Where the file as it came is.
    #[schema(example = "http://127.0.0.1:8080/api/v1/datasets/public-toilets/revisions/1/original")]
    pub original_url: String,
    /// Who handed it in for review. This and what follows is shown to its department alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub submitted_by: Option<String>,
    /// When that was (RFC 3339).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub submitted_at: Option<String>,
    /// Who published, scheduled or returned it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<String>,
    /// When that was (RFC 3339).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<String>,
    /// Why it was returned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When it is to be published (RFC 3339).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publish_at: Option<String>,
    /// The answers to what was asked about its file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answers: Option<Vec<AnswerView>>,
}

/// An answer to what was asked about a file.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Answer)]
pub struct AnswerView {
    /// The question's code, and the column's name where it is about one.
    #[schema(example = "missing-value:電話番号")]
    pub question: String,
    /// What was chosen.
    #[schema(example = "値がない（空欄にする）")]
    pub choice: String,
    /// The earlier revision whose answer was given again, where nobody has answered anew.
    #[schema(example = 3)]
    pub carried_from: Option<u32>,
}

/// 配信: one form in which a revision can be fetched.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Distribution)]
pub struct DistributionView {
    /// `csv`, `json`, `geojson`, `parquet` or `xlsx`.
    #[schema(example = "csv")]
    pub format: String,
    /// The IANA media type.
    #[schema(example = "text/csv")]
    pub media_type: &'static str,
    /// Where its bytes are.
    #[schema(example = "http://127.0.0.1:8080/api/v1/datasets/public-toilets/download.csv")]
    pub url: String,
    /// Length in bytes.
    #[schema(example = 3456)]
    pub bytes: u64,
    /// SHA-256 of the bytes.
    #[schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    pub sha256: String,
}

impl DistributionView {
    /// `distribution`, whose bytes are at `url`.
    pub fn new(distribution: &Distribution, url: String) -> DistributionView {
        DistributionView {
            format: distribution.format.to_string(),
            media_type: distribution.format.media_type(),
            url,
            bytes: distribution.bytes,
            sha256: distribution.sha256.to_string(),
        }
    }
}

/// The forms of `revision` that are still being made, if there are any.
pub fn awaited(revision: &Revision) -> Option<Vec<&'static str>> {
    let awaited: Vec<_> = revision.awaited.iter().map(|format| format.extension()).collect();
    (!awaited.is_empty()).then_some(awaited)
}

impl RevisionView {
    /// A revision of the dataset `slug`, with addresses under `iris`.
    pub fn new(slug: &Slug, revision: &Revision, iris: &Iris) -> RevisionView {
        RevisionView {
            number: revision.number,
            state: revision.state,
            sha256: revision.sha256.to_string(),
            file_name: revision.file_name.clone(),
            bytes: revision.bytes,
            rows: revision.rows,
            made_by: revision.made_by.clone(),
            made_at: moment(revision.made_at),
            published_at: revision.published_at.map(moment),
            counts: CountsView::from(revision.counts),
            distributions: revision
                .distributions
                .iter()
                .map(|form| {
                    DistributionView::new(form, iris.revision_download(slug, revision.number, form.format))
                })
                .collect(),
            awaited: awaited(revision),
            report_url: iris.report(slug, revision.number),
            original_url: iris.original(slug, revision.number),
            submitted_by: None,
            submitted_at: None,
            decided_by: None,
            decided_at: None,
            reason: None,
            publish_at: None,
            answers: None,
        }
    }

    /// A revision of `dataset` as `asker` sees it.
    pub fn seen_by(
        asker: Option<&Staff>,
        dataset: &Dataset,
        revision: &Revision,
        iris: &Iris,
    ) -> RevisionView {
        match rules::sees_drafts(asker, dataset) {
            true => RevisionView::inside(&dataset.slug, revision, iris),
            false => RevisionView::new(&dataset.slug, revision, iris),
        }
    }

    /// A revision of the dataset `slug` as its department sees it.
    pub fn inside(slug: &Slug, revision: &Revision, iris: &Iris) -> RevisionView {
        let Review { answers, submitted, decided, reason, publish_at } = revision.review.clone();
        let (submitted_by, submitted_at) = signed(submitted);
        let (decided_by, decided_at) = signed(decided);
        let answers = answers.into_iter().map(|answer| AnswerView {
            question: answer.question,
            choice: answer.choice,
            carried_from: answer.carried_from,
        });
        RevisionView {
            submitted_by,
            submitted_at,
            decided_by,
            decided_at,
            reason,
            publish_at: publish_at.map(moment),
            answers: Some(answers.collect()),
            ..RevisionView::new(slug, revision, iris)
        }
    }
}

fn signed(signature: Option<Signature>) -> (Option<String>, Option<String>) {
    signature.map(|signature| (signature.by, moment(signature.at))).unzip()
}
