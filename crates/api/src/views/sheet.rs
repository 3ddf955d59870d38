//! 審査票: the review sheet of a revision as the API shows it.

use catalog::difference::Counts;
use catalog::sheet::Sheet;
use catalog::{Iris, Revision};
use ingestion::{Language, Schemas};
use serde::Serialize;
use utoipa::ToSchema;

use crate::report_view::{FindingView, MachineReadabilityView, QuestionView, ReportView};
use crate::views::revision::RevisionView;

/// Findings that stand on the sheet, errors and warnings first; the report has them all.
const FINDINGS_MAX: usize = 8;

/// 審査票: what somebody who decides about a revision should see.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Sheet)]
pub struct SheetView {
    /// The dataset's name for ever.
    #[schema(example = "public-toilets")]
    pub slug: String,
    /// Its title.
    #[schema(example = "公衆トイレ一覧")]
    pub title: String,
    /// The title of the office that answers for it.
    #[schema(example = "【見本】課")]
    pub department: String,
    /// The national schema it follows; null where it follows none.
    #[schema(required, example = "hyojun/public_toilet")]
    pub schema: Option<String>,
    /// That schema's title.
    #[schema(required, example = "公衆トイレ一覧")]
    pub schema_title: Option<String>,
    /// Under what terms it may be used.
    #[schema(example = "CC-BY-4.0")]
    pub license: &'static str,
    /// The revision: its file, who made, submitted and decided it, and when.
    pub revision: RevisionView,
    /// How it differs from the published revision before it; null for the first.
    #[schema(required)]
    pub difference: Option<DifferenceView>,
    /// The first findings, errors and warnings first; `revision.counts` counts all of them.
    pub findings: Vec<FindingView>,
    /// What was asked about the file, and what was answered.
    pub questions: Vec<QuestionView>,
    /// How well a machine can read the file.
    pub machine_readability: MachineReadabilityView,
    /// Where the whole report is.
    #[schema(example = "http://127.0.0.1:8080/api/v1/datasets/public-toilets/revisions/1/report")]
    pub report_url: String,
}

/// How a revision differs from an earlier one.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SheetDifference)]
pub struct DifferenceView {
    /// The number of the earlier one.
    #[schema(example = 2)]
    pub from: u32,
    /// Its rows of data.
    #[schema(example = 8)]
    pub rows_before: u64,
    /// The rows of data of this one.
    #[schema(example = 9)]
    pub rows_after: u64,
    /// Rows that are new.
    #[schema(example = 1)]
    pub added: u64,
    /// Rows that are gone.
    #[schema(example = 0)]
    pub removed: u64,
    /// Rows of which at least one cell is another.
    #[schema(example = 2)]
    pub changed: u64,
}

impl DifferenceView {
    fn new(before: &Revision, after: &Revision, counts: Counts) -> DifferenceView {
        DifferenceView {
            from: before.number,
            rows_before: before.rows,
            rows_after: after.rows,
            added: counts.added,
            removed: counts.removed,
            changed: counts.changed,
        }
    }
}

impl SheetView {
    /// `sheet` in `language`, with addresses under `iris`.
    pub fn new(sheet: &Sheet, schemas: &Schemas, iris: &Iris, language: Language) -> SheetView {
        let (dataset, revision) = (&sheet.dataset, &sheet.revision);
        let mut report = ReportView::new(&sheet.report, language);
        report.findings.sort_by_key(|finding| finding.severity as u8);
        report.findings.truncate(FINDINGS_MAX);
        let schema = dataset.metadata.schema.as_ref();
        let view = RevisionView::inside(&dataset.slug, revision, iris);
        SheetView {
            slug: dataset.slug.to_string(),
            title: dataset.metadata.title.clone(),
            department: dataset.department.title.clone(),
            schema: schema.map(ToString::to_string),
            schema_title: schema.and_then(|id| schemas.get(id)).map(|schema| schema.title.clone()),
            license: dataset.metadata.licence.id(),
            report_url: view.report_url.clone(),
            revision: view,
            difference: sheet
                .before
                .as_ref()
                .map(|(before, counts)| DifferenceView::new(before, revision, *counts)),
            findings: report.findings,
            questions: report.questions,
            machine_readability: report.machine_readability,
        }
    }
}
