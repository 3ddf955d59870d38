//! How a report looks in JSON, in one language: the shape that the command line, the validator and every
//! upload share.
//!
//! A [`Report`] comes in, a [`ReportView`] goes out; its field order is the contract's. What was found is
//! `ingestion`'s business, where the JSON goes is the caller's.

mod file;
mod finding;
mod readability;
#[cfg(test)]
pub(crate) mod sample;

use ingestion::{Counts, Language, Report};
use serde::Serialize;
use utoipa::ToSchema;

pub use file::{FileView, SchemaMatchView};
pub use finding::{FindingView, QuestionView, RepairView, SeverityView};
pub use readability::{HintView, MachineReadabilityView, PlaceView, ViolationView};

/// 検証結果: everything that was found in one file.
///
/// All findings, repairs and questions are counted. Of each at most 100 of one code and 1,000 in all are
/// listed, values are cut at 200 characters, and `truncated` says when there are more.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ReportView {
    /// The file as it came.
    pub file: FileView,
    /// The schema it was held against; null when it fits none.
    #[schema(required)]
    pub schema: Option<SchemaMatchView>,
    /// Rows of data: neither the header nor wholly empty rows count.
    #[schema(example = 8)]
    pub rows: u64,
    /// Whether no finding is an error.
    #[schema(example = false)]
    pub accepted: bool,
    /// How many of each there are, listed or not.
    pub counts: CountsView,
    /// What was found, by row and column.
    pub findings: Vec<FindingView>,
    /// What was mended.
    pub repairs: Vec<RepairView>,
    /// What only a person knows.
    pub questions: Vec<QuestionView>,
    /// Whether more was found than is listed.
    #[schema(example = false)]
    pub truncated: bool,
    /// How well a machine can read the file.
    pub machine_readability: MachineReadabilityView,
}

/// How many of each there are, listed or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct CountsView {
    /// Findings that stand in the way of publication.
    #[schema(example = 2)]
    pub error: u64,
    /// Findings that should be mended.
    #[schema(example = 1)]
    pub warning: u64,
    /// Findings that are good to know.
    #[schema(example = 0)]
    pub note: u64,
    /// Cells that were mended.
    #[schema(example = 0)]
    pub repair: u64,
    /// Questions, answered or not.
    #[schema(example = 0)]
    pub question: u64,
}

impl ReportView {
    /// `report` in `language`.
    pub fn new(report: &Report, language: Language) -> ReportView {
        ReportView {
            file: FileView::from(&report.file),
            schema: report.schema.as_ref().map(SchemaMatchView::from),
            rows: report.rows,
            accepted: report.accepted(),
            counts: CountsView::from(report.counts),
            findings: report.findings.iter().map(|finding| FindingView::new(finding, language)).collect(),
            repairs: report.repairs.iter().map(|repair| RepairView::new(repair, language)).collect(),
            questions: report.questions.iter().map(|ask| QuestionView::new(ask, language)).collect(),
            truncated: report.truncated,
            machine_readability: MachineReadabilityView::new(&report.readability, language),
        }
    }
}

impl From<Counts> for CountsView {
    fn from(counts: Counts) -> CountsView {
        let Counts { error, warning, note, repair, question } = counts;
        CountsView { error, warning, note, repair, question }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn shown(language: Language) -> Value {
        serde_json::to_value(ReportView::new(&sample::report(), language)).unwrap()
    }

    #[track_caller]
    fn has_the_keys(value: &Value, expected: &[&str]) {
        let keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, expected);
    }

    #[test]
    fn a_report_has_the_keys_of_the_contract_in_their_order() {
        let report = shown(Language::Ja);
        has_the_keys(
            &report,
            &[
                "file",
                "schema",
                "rows",
                "accepted",
                "counts",
                "findings",
                "repairs",
                "questions",
                "truncated",
                "machine_readability",
            ],
        );
        has_the_keys(
            report.get("file").unwrap(),
            &[
                "name",
                "bytes",
                "sha256",
                "kind",
                "encoding",
                "delimiter",
                "line_ending",
                "sheet",
                "header_row",
            ],
        );
        has_the_keys(
            report.get("schema").unwrap(),
            &["id", "title", "edition", "fields", "matched", "confidence"],
        );
        has_the_keys(report.get("counts").unwrap(), &["error", "warning", "note", "repair", "question"]);
    }

    #[test]
    fn a_finding_a_repair_and_a_question_have_the_keys_of_the_contract_in_their_order() {
        let report = shown(Language::Ja);
        has_the_keys(
            report.pointer("/findings/0").unwrap(),
            &[
                "code",
                "severity",
                "row",
                "column",
                "column_letter",
                "field",
                "value",
                "message",
                "hint",
                "proposal",
            ],
        );
        has_the_keys(
            report.pointer("/repairs/0").unwrap(),
            &["code", "row", "column", "column_letter", "field", "before", "after", "reason"],
        );
        has_the_keys(
            report.pointer("/questions/0").unwrap(),
            &["id", "code", "field", "rows", "ask", "choices", "answer"],
        );
    }

    #[test]
    fn machine_readability_has_the_keys_of_the_contract_first() {
        has_the_keys(
            shown(Language::Ja).get("machine_readability").unwrap(),
            &["l1", "l2", "l3", "failed", "not_judged", "violations", "best_hint"],
        );
    }

    #[test]
    fn columns_carry_their_letter_and_codes_their_kebab_case() {
        let report = shown(Language::Ja);
        assert_eq!(report.pointer("/findings/0/code").unwrap(), "required-missing");
        assert_eq!(report.pointer("/findings/0/severity").unwrap(), "error");
        assert_eq!(report.pointer("/findings/0/column_letter").unwrap(), "D");
        assert_eq!(report.pointer("/repairs/0/column_letter").unwrap(), "T");
        assert_eq!(report.pointer("/file/delimiter").unwrap(), ",");
    }

    #[test]
    fn a_report_speaks_the_language_that_was_asked_for() {
        let spoken = |language| shown(language).pointer("/findings/0/hint").unwrap().clone();
        assert_eq!(spoken(Language::Ja), "施設の名前を入れてください。例: ○○公園トイレ");
        assert_eq!(spoken(Language::En), "Write the name of the facility.");
    }

    #[test]
    fn what_is_not_known_is_null_and_never_left_out() {
        let report = shown(Language::Ja);
        for place in ["/file/sheet", "/findings/2/row", "/findings/2/column_letter", "/questions/0/answer"] {
            assert_eq!(report.pointer(place), Some(&Value::Null), "{place}");
        }
        let empty = serde_json::to_value(ReportView::new(&sample::empty(), Language::Ja)).unwrap();
        for place in ["/machine_readability/l1", "/machine_readability/best_hint"] {
            assert_eq!(empty.pointer(place), Some(&Value::Null), "{place}");
        }
    }

    #[test]
    fn the_document_says_that_every_key_is_always_there() {
        let schema = serde_json::to_value(<ReportView as utoipa::PartialSchema>::schema()).unwrap();
        let required = schema.get("required").unwrap().as_array().unwrap().len();
        assert_eq!(required, schema.get("properties").unwrap().as_object().unwrap().len());
    }
}
