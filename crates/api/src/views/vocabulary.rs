//! A word of our own vocabulary as the API shows it.

use catalog::Iris;
use catalog::dcat::words::Word;
use serde::Serialize;
use utoipa::ToSchema;

/// A word of our own in linked data.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Word)]
pub struct WordView {
    /// Its IRI.
    #[schema(example = "http://127.0.0.1:8080/vocabulary#rows")]
    pub iri: String,
    /// Its name.
    #[schema(example = "rows")]
    pub name: &'static str,
    /// `class`, `property`, `metric`, `role` or `concept`.
    #[schema(example = "metric")]
    pub kind: &'static str,
    /// クラス, プロパティ, 測定項目, 役割, 区分
    #[schema(example = "測定項目")]
    pub kind_label: &'static str,
    /// Its Japanese label.
    #[schema(example = "行数")]
    pub label: &'static str,
    /// Its English label.
    #[schema(example = "rows")]
    pub label_en: &'static str,
    /// What it means.
    #[schema(example = "見出しを除いたデータの行の数です。空の行は数えません。")]
    pub definition: &'static str,
}

impl WordView {
    /// `word`, with its address under `iris`.
    pub fn new(word: &Word, iris: &Iris) -> WordView {
        let (kind_label, kind) = word.kind_label();
        WordView {
            iri: iris.term(word.name),
            name: word.name,
            kind,
            kind_label,
            label: word.label,
            label_en: word.label_en,
            definition: word.definition,
        }
    }
}
