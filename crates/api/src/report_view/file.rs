//! How the file and the schema it was held against look in JSON.

use ingestion::{FileFacts, SchemaMatch};
use serde::Serialize;
use utoipa::ToSchema;

/// The file as it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FileView {
    /// The name it was handed in under.
    #[schema(example = "042021_public_toilet.csv")]
    pub name: String,
    /// Its length in bytes.
    #[schema(example = 2048)]
    pub bytes: u64,
    /// The SHA-256 of its bytes, in lower-case hexadecimal.
    #[schema(example = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    pub sha256: String,
    /// What it is by its content: `csv`, `png`, `pdf`, `xlsx`, `empty`, `unknown`, …
    #[schema(example = "csv")]
    pub kind: String,
    /// `utf-8`, `utf-8-bom`, `cp932`, …; null where it is no text.
    #[schema(required, example = "cp932")]
    pub encoding: Option<String>,
    /// The character between cells.
    #[schema(required, example = ",")]
    pub delimiter: Option<String>,
    /// `crlf`, `lf`, `cr` or `mixed`.
    #[schema(required, example = "crlf")]
    pub line_ending: Option<String>,
    /// The sheet that was read; null where the file has no sheets.
    #[schema(required)]
    pub sheet: Option<String>,
    /// The row that names the columns, counted from 1 as the spreadsheet shows it.
    #[schema(required, example = 1, minimum = 1)]
    pub header_row: Option<u64>,
}

/// 様式: the schema a file was held against, and how well its header fits.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SchemaMatchView {
    /// `hyojun/…` or `suisho/…`
    #[schema(example = "hyojun/public_toilet")]
    pub id: String,
    /// Its title.
    #[schema(example = "公衆トイレ一覧")]
    pub title: String,
    /// The edition that was transcribed.
    #[schema(example = "データ項目定義書A 第3.09版（2026-08-01）")]
    pub edition: String,
    /// Fields the schema has.
    #[schema(example = 39)]
    pub fields: usize,
    /// Fields found among the columns.
    #[schema(example = 36)]
    pub matched: usize,
    /// How sure it is that this schema is meant, from 0 to 1.
    #[schema(example = 0.92, minimum = 0, maximum = 1)]
    pub confidence: f64,
}

impl From<&FileFacts> for FileView {
    fn from(file: &FileFacts) -> FileView {
        FileView {
            name: file.name.clone(),
            bytes: file.bytes,
            sha256: file.sha256.to_string(),
            kind: file.kind.clone(),
            encoding: file.encoding.clone(),
            delimiter: file.delimiter.map(String::from),
            line_ending: file.line_ending.clone(),
            sheet: file.sheet.clone(),
            header_row: file.header_row,
        }
    }
}

impl From<&SchemaMatch> for SchemaMatchView {
    fn from(schema: &SchemaMatch) -> SchemaMatchView {
        SchemaMatchView {
            id: schema.id.to_string(),
            title: schema.title.clone(),
            edition: schema.edition.clone(),
            fields: schema.fields,
            matched: schema.matched,
            confidence: schema.confidence,
        }
    }
}
