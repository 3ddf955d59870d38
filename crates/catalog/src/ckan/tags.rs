//! Tags that every CKAN takes: the words of the keywords, and those by which datasets in a national schema are known.
//!
//! BODIK gathers the CKAN portals of municipalities and knows such a dataset by two tags: `自治体標準ODS` (or
//! `推奨データセット`) and what it is a list of. Rule: https://www.bodik.jp/project/bodik-api/bodik-api-info/

use std::collections::HashMap;
use std::sync::LazyLock;

use ingestion::{SchemaId, Schemas};

use crate::dataset::Metadata;
use crate::dcat::keyword::{self, is_taken};

/// What the national schemas are lists of, by their ids.
static KINDS: LazyLock<HashMap<SchemaId, String>> = LazyLock::new(|| {
    Schemas::embedded().iter().map(|schema| (schema.id.clone(), kind(&schema.title))).collect()
});

/// The tags of a dataset about which `metadata` is said, each once, the words of its keywords first.
pub fn of(metadata: &Metadata) -> Vec<String> {
    let mut tags: Vec<String> = keyword::words(&metadata.keywords).into_iter().map(str::to_owned).collect();
    for tag in metadata.schema.iter().flat_map(of_schema) {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

/// The tags of datasets in the schema `id`.
fn of_schema(id: &SchemaId) -> Vec<String> {
    let standard = match id.standard() {
        ingestion::schema::Standard::Hyojun => "自治体標準ODS",
        ingestion::schema::Standard::Suisho => "推奨データセット",
    };
    let kind = KINDS.get(id).filter(|kind| kind.chars().count() >= 2);
    std::iter::once(standard.to_owned()).chain(kind.cloned()).collect()
}

/// `AED設置箇所一覧` is a list of `AED設置箇所`. Signs that no tag has are left out.
fn kind(title: &str) -> String {
    let title = title.strip_suffix("一覧").unwrap_or(title);
    title.chars().filter(|letter| letter.is_alphanumeric() && is_taken(*letter)).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::testing::metadata;

    #[track_caller]
    fn has(schema: Option<&str>, keywords: &[&str], expected: &[&str]) {
        let keywords = keywords.iter().map(|&keyword| keyword.to_owned()).collect();
        let schema = schema.map(|id| id.parse().unwrap());
        assert_eq!(of(&Metadata { keywords, schema, ..metadata("tags") }), expected);
    }

    #[test]
    fn keywords_are_parted_at_signs_that_ckan_refuses() {
        has(
            None,
            &["子育て・教育", "AED（自動体外式除細動器）", "橋"],
            &["子育て", "教育", "AED", "自動体外式除細動器"],
        );
    }

    #[test]
    fn a_national_schema_is_told_as_bodik_looks_for_it() {
        has(Some("hyojun/aed"), &["AED"], &["AED", "自治体標準ODS", "AED設置箇所"]);
        has(Some("suisho/public_toilet"), &[], &["推奨データセット", "公衆トイレ"]);
        has(Some("hyojun/population"), &[], &["自治体標準ODS", "地域年齢別人口"]);
    }

    #[test]
    fn a_tag_stands_once() {
        has(Some("hyojun/aed"), &["AED設置箇所", "AED設置箇所"], &["AED設置箇所", "自治体標準ODS"]);
    }

    #[test]
    fn letters_that_python_does_not_know_are_in_no_tag() {
        has(None, &["Ⓐ地区", "か\u{3099}き", "①番"], &["①番"]);
    }

    #[test]
    fn every_national_schema_has_a_kind_that_ckan_takes() {
        for schema in Schemas::embedded().iter() {
            let [_, kind] = of_schema(&schema.id).try_into().unwrap();
            let taken = |letter: char| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_' | '.');
            assert!(kind.chars().count() >= 2 && kind.chars().all(taken), "{}: {kind}", schema.id);
        }
    }
}
