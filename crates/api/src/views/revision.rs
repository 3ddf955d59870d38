//! A revision and its distributions as the API shows them.

use catalog::{Distribution, Iris, Revision, RevisionState, Slug};
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
    /// Where its report is.
    #[schema(example = "http://127.0.0.1:8080/api/v1/datasets/public-toilets/revisions/1/report")]
    pub report_url: String,
    /// Where the file as it came is.
    #[schema(example = "http://127.0.0.1:8080/api/v1/datasets/public-toilets/revisions/1/original")]
    pub original_url: String,
}

/// 配信: one form in which a revision can be fetched.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Distribution)]
pub struct DistributionView {
    /// `csv`, `json` or `geojson`.
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
            report_url: format!("{}/report", iris.revision(slug, revision.number)),
            original_url: iris.original(slug, revision.number),
        }
    }
}
