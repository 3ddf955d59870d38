//! What became of a file that was converted, as the API and the command line show it.

use ingestion::convert::Conversion;
use ingestion::{Language, SchemaId};
use serde::Serialize;
use utoipa::ToSchema;

use crate::report_view::CountsView;

/// What became of a file that was converted to the new standard.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Conversion)]
pub struct ConversionView {
    /// The schemas of the file before and after.
    pub schema: ConvertedView,
    /// Rows that were written.
    #[schema(example = 8)]
    pub rows: u64,
    /// Rows that were left out, because their cells do not stand in their columns.
    pub rows_left: RowsLeftView,
    /// What was found in the file as it came; its errors went along.
    pub counts: CountsView,
    /// Fields that were filled.
    pub carried: Vec<CarriedView>,
    /// What could not be carried.
    pub not_carried: Vec<NotCarriedView>,
    /// Fields that the new schema requires or recommends and that are empty in some rows.
    pub to_fill: Vec<ToFillView>,
}

/// The schemas of a file before and after it was converted.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Converted)]
pub struct ConvertedView {
    /// The schema it had.
    #[schema(value_type = String, example = "suisho/public_toilet")]
    pub from: SchemaId,
    /// The schema it has now.
    #[schema(value_type = String, example = "hyojun/public_toilet")]
    pub to: SchemaId,
    /// The edition of the map between them.
    #[schema(example = "2026-11")]
    pub edition: String,
}

/// Rows that were left out.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RowsLeft)]
pub struct RowsLeftView {
    /// How many.
    #[schema(example = 1)]
    pub count: u64,
    /// The first 100 of them, as the spreadsheet shows them.
    #[schema(example = json!([7]))]
    pub rows: Vec<u64>,
}

/// A field that was filled.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Carried)]
pub struct CarriedView {
    /// The field of the new schema.
    #[schema(example = "所在地_連結表記")]
    pub to: String,
    /// The columns it was filled from.
    #[schema(example = json!(["住所", "方書"]))]
    pub from: Vec<String>,
}

/// What could not be carried.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NotCarried)]
pub struct NotCarriedView {
    /// The column.
    #[schema(example = "多機能トイレ数")]
    pub field: String,
    /// Why, in the reader's language.
    #[schema(
        example = "新しい様式の「バリアフリートイレ数」と数える範囲が同じか、確かめられていません。同じであれば写してください。"
    )]
    pub reason: String,
    /// In how many rows something stood there.
    #[schema(example = 8)]
    pub rows: u64,
}

/// A field of the new schema for somebody to fill.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ToFill)]
pub struct ToFillView {
    /// The field.
    #[schema(example = "所在地_都道府県")]
    pub field: String,
    /// `required` or `recommended`.
    #[schema(example = "recommended")]
    pub need: &'static str,
    /// In how many rows it is empty.
    #[schema(example = 8)]
    pub rows: u64,
}

impl ConversionView {
    /// `made`, in `language`.
    pub fn new(made: &Conversion, language: Language) -> ConversionView {
        ConversionView {
            schema: ConvertedView {
                from: made.from.clone(),
                to: made.to.clone(),
                edition: made.edition.clone(),
            },
            rows: made.rows,
            rows_left: RowsLeftView { count: made.rows_left_count, rows: made.rows_left.clone() },
            counts: CountsView::from(made.report.counts),
            carried: made
                .carried
                .iter()
                .map(|carried| CarriedView { to: carried.to.clone(), from: carried.from.clone() })
                .collect(),
            not_carried: made
                .not_carried
                .iter()
                .map(|left| NotCarriedView {
                    field: left.field.clone(),
                    reason: left.reason.in_language(language).to_owned(),
                    rows: left.rows,
                })
                .collect(),
            to_fill: made
                .to_fill
                .iter()
                .map(|fill| ToFillView {
                    field: fill.field.clone(),
                    need: if fill.required { "required" } else { "recommended" },
                    rows: fill.rows,
                })
                .collect(),
        }
    }
}
