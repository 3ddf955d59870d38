//! Rows as the API shows them. Rows themselves are written as they are kept; what stands around them is here.

use catalog::asking::{Column, Scalar};
use catalog::export::scalar;
use catalog::records::FieldFacts;
use ingestion::Language;
use serde::Serialize;
use serde_json::Value;
use utoipa::{ToResponse, ToSchema};

use crate::rows::head::HeadView;

/// A page of rows.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Records)]
pub struct RecordsView {
    /// The rows: objects under the fields' names, a blank cell null.
    #[schema(value_type = Vec<Object>, example = json!([{"ID": "LL0420210001", "名称": "見本トイレ"}]))]
    pub items: Vec<Value>,
    /// How many there are on all pages; null with `count=false`.
    #[schema(example = 9)]
    pub total: Option<u64>,
    /// The address of the next page, of the same revision; null on the last.
    pub next: Option<String>,
    /// What they are of.
    #[serde(flatten)]
    pub of: HeadView,
}

/// Rows, or groups of them (then `truncated` tells whether there are more). `Link` leads to the licence, to the schema of
/// a row and to the next page; `Content-Location` tells which revision they are of.
#[derive(ToResponse)]
#[allow(dead_code, reason = "read by the derive")]
pub enum RowsGiven {
    /// An object around an array of row objects.
    Json(#[content("application/json")] RecordsView),
    /// Row objects, each on a line.
    #[response(example = json!("{\"ID\":\"LL0420210001\",\"名称\":\"見本トイレ\"}\n"))]
    NdJson(#[content("application/x-ndjson")] String),
    /// Comma-separated values.
    #[response(example = json!("ID,名称\r\nLL0420210001,見本トイレ\r\n"))]
    Csv(#[content("text/csv")] String),
    /// A feature collection.
    #[response(example = json!({"type": "FeatureCollection", "features": []}))]
    GeoJson(#[content("application/geo+json")] Value),
    /// Typed columns.
    #[response(example = json!("PAR1…PAR1"))]
    Parquet(#[content("application/vnd.apache.parquet")] String),
    /// A workbook.
    #[response(example = json!("PK…"))]
    Xlsx(#[content("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")] String),
}

/// One row.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Record)]
pub struct RecordView {
    /// Its name: the cells of the schema's key, or its number.
    #[schema(example = "LL0420210001")]
    pub key: String,
    /// Its number, from 1.
    #[schema(example = 1)]
    pub row: u64,
    /// The row: an object under the fields' names, a blank cell null.
    #[schema(value_type = Object, example = json!({"ID": "LL0420210001", "名称": "見本トイレ"}))]
    pub record: Value,
    /// What it is of.
    #[serde(flatten)]
    pub of: HeadView,
}

/// The fields of a revision.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Fields)]
pub struct FieldsView<'a> {
    /// The fields, in the order of the file.
    pub items: Vec<FieldView>,
    /// How many there are.
    #[schema(example = 39)]
    pub total: u64,
    /// Always null: they come on one page.
    pub next: Option<String>,
    /// Rows of data.
    #[schema(example = 8)]
    pub rows: u64,
    /// What they are of.
    #[serde(flatten)]
    pub of: &'a HeadView,
}

/// A field, and what there is in it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RecordField)]
pub struct FieldView {
    /// Its name, as filters write it.
    #[schema(example = "名称")]
    pub name: String,
    /// `text`, `integer`, `number`, `date` or `time`: how its values are compared.
    #[schema(example = "text")]
    pub r#type: &'static str,
    /// How its cells are written, where a schema says so; in the reader's language, unless only the standard's words are known.
    #[schema(example = "文字で書きます。")]
    pub meaning: Option<String>,
    /// What its numbers count.
    #[schema(example = "m")]
    pub unit: Option<String>,
    /// Whether it is part of what names a row.
    #[schema(example = false)]
    pub key: bool,
    /// The share of rows in which it is blank, from 0 to 1.
    #[schema(example = 0.25)]
    pub blank: f64,
    /// How many different values it has; null where it is not counted.
    #[schema(example = 6)]
    pub distinct: Option<u64>,
    /// Its least value; null where it has none.
    #[schema(example = "あさひ公園")]
    pub least: Value,
    /// Its greatest value; null where it has none.
    #[schema(example = "日和山公園")]
    pub greatest: Value,
}

/// Longer values are cut after so many letters.
const LETTERS_MAX: usize = 200;

impl FieldView {
    /// A column of `rows` rows, in which there is what `facts` say.
    pub fn new(
        column: &Column,
        facts: &FieldFacts,
        rows: u64,
        is_key: bool,
        language: Language,
    ) -> FieldView {
        FieldView {
            name: column.name.clone(),
            r#type: column.kind.as_str(),
            meaning: column.meaning().map(|meaning| meaning.in_language(language).to_owned()),
            unit: column.field.as_ref().and_then(|field| field.unit.clone()),
            key: is_key,
            blank: facts.blank as f64 / rows.max(1) as f64,
            distinct: facts.distinct,
            least: shown(facts.least.as_ref()),
            greatest: shown(facts.greatest.as_ref()),
        }
    }
}

fn shown(value: Option<&Scalar>) -> Value {
    match scalar(value) {
        Value::String(text) => text.chars().take(LETTERS_MAX).collect::<String>().into(),
        other => other,
    }
}
