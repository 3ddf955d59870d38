//! How one finding, one repair and one question look in JSON, in one language.
//!
//! The report around them is [`super::ReportView`]'s business.

use ingestion::finding::{Finding, Severity};
use ingestion::place::column_letter;
use ingestion::report::{Question, Repair};
use ingestion::{Code, Language, QuestionCode, RepairCode};
use serde::Serialize;
use utoipa::ToSchema;

/// 指摘: one thing that was found, where it stands, and how to mend it.
///
/// `row` and `column` count from 1 as a spreadsheet shows them; both are null for what concerns the whole
/// file. A finding on the header stands in the header's row.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FindingView {
    /// What kind of thing it is; stable, for programs.
    #[schema(value_type = String, example = "required-missing")]
    pub code: Code,
    /// How much it weighs: only an `error` stands in the way of publication.
    pub severity: SeverityView,
    /// Row as the spreadsheet shows it.
    #[schema(required, example = 3, minimum = 1)]
    pub row: Option<u64>,
    /// Column as the spreadsheet shows it.
    #[schema(required, example = 4, minimum = 1)]
    pub column: Option<u32>,
    /// The column's letter.
    #[schema(required, example = "D")]
    pub column_letter: Option<String>,
    /// The schema's name of the field; null where the column is none of its fields.
    #[schema(required, example = "名称")]
    pub field: Option<String>,
    /// The cell as it stands, cut at 200 characters.
    #[schema(example = "")]
    pub value: String,
    /// Where it is, what is wrong and why that matters.
    #[schema(example = "D3「名称」が空です。必須の項目なので、このままでは公開できません。")]
    pub message: String,
    /// How to mend it.
    #[schema(example = "施設の名前を入れてください。例: ○○公園トイレ")]
    pub hint: String,
    /// What the cell would be once mended; null where there is more than one reading.
    #[schema(required)]
    pub proposal: Option<String>,
}

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum SeverityView {
    /// Stands in the way of publication.
    Error,
    /// Should be mended, does not stand in the way.
    Warning,
    /// Good to know.
    Note,
}

/// 直し: one cell that was mended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RepairView {
    /// The kind of repair; stable, for programs.
    #[schema(value_type = String, example = "full-width")]
    pub code: RepairCode,
    /// Row as the spreadsheet shows it.
    #[schema(example = 3, minimum = 1)]
    pub row: u64,
    /// Column as the spreadsheet shows it.
    #[schema(example = 20, minimum = 1)]
    pub column: u32,
    /// The column's letter.
    #[schema(example = "T")]
    pub column_letter: String,
    /// The schema's name of the field; null where the column is none of its fields.
    #[schema(required, example = "男性トイレ総数")]
    pub field: Option<String>,
    /// The cell as it came.
    #[schema(example = "２")]
    pub before: String,
    /// The cell as it is kept.
    #[schema(example = "2")]
    pub after: String,
    /// Why it was changed, and why nothing is lost by it.
    pub reason: String,
}

/// A question that only a person can answer. Publication needs every one answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct QuestionView {
    /// Its name within the report.
    #[schema(example = "q1")]
    pub id: String,
    /// What it is about; stable, for programs.
    #[schema(value_type = String, example = "personal-data")]
    pub code: QuestionCode,
    /// The column it is about: the schema's name of the field, or the file's own name where it is none; null
    /// for what concerns the whole file.
    #[schema(required, example = "備考")]
    pub field: Option<String>,
    /// The rows it is about, as the spreadsheet shows them; at most 100 of them.
    #[schema(example = json!([4]))]
    pub rows: Vec<u64>,
    /// The question.
    pub ask: String,
    /// What may be answered.
    pub choices: Vec<String>,
    /// What was answered; null while the question is open.
    #[schema(required)]
    pub answer: Option<String>,
}

impl FindingView {
    /// `finding` in `language`.
    pub fn new(finding: &Finding, language: Language) -> FindingView {
        FindingView {
            code: finding.code,
            severity: SeverityView::from(finding.severity),
            row: finding.row,
            column: finding.column,
            column_letter: finding.column_letter(),
            field: finding.field.clone(),
            value: finding.value.clone(),
            message: finding.message.in_language(language).to_owned(),
            hint: finding.hint.in_language(language).to_owned(),
            proposal: finding.proposal.clone(),
        }
    }
}

impl QuestionView {
    /// `question` in `language`.
    pub fn new(question: &Question, language: Language) -> QuestionView {
        QuestionView {
            id: question.id.clone(),
            code: question.code,
            field: question.field.clone(),
            rows: question.rows.clone(),
            ask: question.ask.in_language(language).to_owned(),
            choices: question.choices.iter().map(|choice| choice.in_language(language).to_owned()).collect(),
            answer: question.answer.clone(),
        }
    }
}

impl From<Severity> for SeverityView {
    fn from(severity: Severity) -> SeverityView {
        match severity {
            Severity::Error => SeverityView::Error,
            Severity::Warning => SeverityView::Warning,
            Severity::Note => SeverityView::Note,
        }
    }
}

impl RepairView {
    /// `repair` in `language`.
    pub fn new(repair: &Repair, language: Language) -> RepairView {
        RepairView {
            code: repair.code,
            row: repair.row,
            column: repair.column,
            column_letter: column_letter(repair.column),
            field: repair.field.clone(),
            before: repair.before.clone(),
            after: repair.after.clone(),
            reason: repair.reason.in_language(language).to_owned(),
        }
    }
}
