//! A national schema as the API shows it.

use catalog::Iris;
use ingestion::schema::{Basis, Evidence};
use ingestion::{Field, Kind, Need, Schema};
use serde::Serialize;
use utoipa::ToSchema;

/// 様式 in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct SchemaSummary {
    /// Its id.
    #[schema(example = "hyojun/public_toilet")]
    pub id: String,
    /// Its title.
    #[schema(example = "公衆トイレ一覧")]
    pub title: String,
    /// The standard it belongs to.
    #[schema(example = "自治体標準オープンデータセット")]
    pub standard: &'static str,
    /// The number in the national definition book.
    #[schema(example = "A-13")]
    pub number: String,
    /// The edition that was transcribed.
    #[schema(example = "データ項目定義書A 第3.09版（2026-08-01）")]
    pub edition: String,
    /// How many fields it has.
    #[schema(example = 39)]
    pub fields: usize,
    /// Where all of it is.
    #[schema(example = "http://127.0.0.1:8080/api/v1/schemas/hyojun/public_toilet")]
    pub url: String,
}

/// 様式: the columns a national standard wants of one kind of dataset.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Schema)]
pub struct SchemaView {
    /// Its id.
    #[schema(example = "hyojun/public_toilet")]
    pub id: String,
    /// Its title.
    #[schema(example = "公衆トイレ一覧")]
    pub title: String,
    /// The standard it belongs to.
    #[schema(example = "自治体標準オープンデータセット")]
    pub standard: &'static str,
    /// The number in the national definition book.
    #[schema(example = "A-13")]
    pub number: String,
    /// The edition that was transcribed.
    #[schema(example = "データ項目定義書A 第3.09版（2026-08-01）")]
    pub edition: String,
    /// The agency's page of the standard, where there is one.
    pub page: Option<String>,
    /// Where the transcription comes from, best first.
    pub sources: Vec<String>,
    /// The name a published file has.
    #[schema(example = "{code}_public_toilet.csv")]
    pub file_name: String,
    /// The fields that together name a row; empty where nothing does.
    #[schema(example = json!(["ID"]))]
    pub key: Vec<String>,
    /// Whether every column of the standard is known.
    pub columns_complete: bool,
    /// The fields in the standard's order.
    pub fields: Vec<FieldView>,
    /// The same for other programs, and templates to fill in.
    pub forms: SchemaFormsView,
    /// Its IRI, which is also its page.
    #[schema(example = "http://127.0.0.1:8080/schemas/hyojun/public_toilet")]
    pub url: String,
}

/// Where a schema is in other forms.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SchemaForms)]
pub struct SchemaFormsView {
    /// A Frictionless Table Schema.
    #[schema(example = "http://127.0.0.1:8080/api/v1/schemas/hyojun/public_toilet/table-schema.json")]
    pub table_schema: String,
    /// CSVW metadata.
    #[schema(example = "http://127.0.0.1:8080/api/v1/schemas/hyojun/public_toilet/csvw.json")]
    pub csvw: String,
    /// A template to fill in, as CSV.
    #[schema(example = "http://127.0.0.1:8080/api/v1/schemas/hyojun/public_toilet/template.csv")]
    pub template_csv: String,
    /// A template to fill in, as a workbook.
    #[schema(example = "http://127.0.0.1:8080/api/v1/schemas/hyojun/public_toilet/template.xlsx")]
    pub template_xlsx: String,
}

/// 項目: one column of a schema.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Field)]
pub struct FieldView {
    /// The column's exact name.
    #[schema(example = "名称")]
    pub name: String,
    /// The standard's own English name, where a source gives one.
    #[schema(example = "name")]
    pub name_en: Option<String>,
    /// `required` 必須, `recommended` 推奨, `optional` 任意, `unknown`.
    #[schema(value_type = String, example = "required")]
    pub need: Need,
    /// How the mark is known: `definition`, `model`, `siblings`, `carried`, `unknown`.
    #[schema(value_type = String, example = "definition")]
    pub required_basis: Basis,
    /// How the column is known: `definition`, `model`, `header`, `alias`, `inferred`.
    #[schema(value_type = String, example = "definition")]
    pub evidence: Evidence,
    /// What its cells hold: `text`, `integer`, `date`, `latitude`, …
    #[schema(example = "text")]
    pub kind: &'static str,
    /// The values a cell may have, where there is a list.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = json!(["有", "無"]))]
    pub values: Option<Vec<String>>,
    /// The regular expression a whole cell matches, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// What an empty cell says, where the standard says so.
    pub blank: Option<String>,
    /// How a cell is written.
    pub rule: Option<String>,
    /// A good cell.
    pub example: Option<String>,
}

impl SchemaSummary {
    /// `schema`, with addresses under `iris`.
    pub fn new(schema: &Schema, iris: &Iris) -> SchemaSummary {
        SchemaSummary {
            id: schema.id.to_string(),
            title: schema.title.clone(),
            standard: schema.id.standard().title(),
            number: schema.number.clone(),
            edition: schema.edition.clone(),
            fields: schema.fields.len(),
            url: iris.schema_json(&schema.id),
        }
    }
}

impl SchemaView {
    /// `schema`, with addresses under `iris`.
    pub fn new(schema: &Schema, iris: &Iris) -> SchemaView {
        SchemaView {
            id: schema.id.to_string(),
            title: schema.title.clone(),
            standard: schema.id.standard().title(),
            number: schema.number.clone(),
            edition: schema.edition.clone(),
            page: schema.page.clone(),
            sources: schema.source.clone(),
            file_name: schema.file_name.clone(),
            key: schema.key.clone(),
            columns_complete: schema.columns_complete,
            fields: schema.fields.iter().map(FieldView::from).collect(),
            forms: SchemaFormsView::new(&iris.schema_json(&schema.id)),
            url: iris.schema(&schema.id),
        }
    }
}

impl SchemaFormsView {
    fn new(json: &str) -> SchemaFormsView {
        SchemaFormsView {
            table_schema: format!("{json}/table-schema.json"),
            csvw: format!("{json}/csvw.json"),
            template_csv: format!("{json}/template.csv"),
            template_xlsx: format!("{json}/template.xlsx"),
        }
    }
}

impl From<&Field> for FieldView {
    fn from(field: &Field) -> FieldView {
        FieldView {
            name: field.name.clone(),
            name_en: field.name_en.clone(),
            need: field.need,
            required_basis: field.required_basis,
            evidence: field.evidence,
            kind: field.kind.name(),
            values: match &field.kind {
                Kind::OneOf(values) => Some(values.clone()),
                _ => None,
            },
            pattern: match &field.kind {
                Kind::Code { shape } => Some(shape.as_str().to_owned()),
                _ => None,
            },
            blank: field.blank.clone(),
            rule: field.rule.clone(),
            example: field.example.clone(),
        }
    }
}
