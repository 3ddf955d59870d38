//! Where a draft was brought in from: another portal's answer, or an オープンデータ一覧.
//!
//! What the catalog has a place for is in the draft's metadata; the rest is kept as it came, in the words of the
//! national layout: the columns データセット_… that have no place here, and of each file the columns ファイル_…, among them where
//! it lies. Nothing is fetched from there. It stands until files of the draft's own are handed in.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Where a draft was brought in from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// What told of it.
    pub from: Source,
    /// Columns データセット_… that have no place in the catalog, as they came.
    pub kept: BTreeMap<String, String>,
    /// The columns ファイル_… of each of its files, as they came.
    pub files: Vec<BTreeMap<String, String>>,
}

/// What told of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// A saved answer of a CKAN portal.
    Ckan,
    /// An オープンデータ一覧.
    OpenDataList,
}

impl Source {
    /// The name in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Source::Ckan => "ckan",
            Source::OpenDataList => "open-data-list",
        }
    }
}

/// Columns that the catalog fills for every dataset of its own: of one that was brought in they are what it was told
/// to be.
pub(crate) const AS_THEY_CAME: [&str; 4] =
    ["データセット_公開日", "データセット_最終更新日", "データセット_言語", "データセット_URL"];

/// Columns that the catalog fills for every dataset of its own, unless something else was told.
const UNLESS_TOLD: [&str; 5] = [
    "データセット_ID",
    "全国地方公共団体コード",
    "地方公共団体名",
    "データセット_対象地域",
    "データセット_連絡先名称",
];

impl Origin {
    /// What the dataset was called there, if it could not keep that as its name here.
    pub(crate) fn former_id(&self) -> Option<&str> {
        self.kept.get("データセット_ID").map(String::as_str).filter(|id| !id.is_empty())
    }

    /// What stands in the column `column` of a list, where `own` is what the catalog itself would write.
    pub(crate) fn cell(&self, column: &str, own: String) -> String {
        let came_first = AS_THEY_CAME.contains(&column) || UNLESS_TOLD.contains(&column);
        match self.kept.get(column) {
            Some(kept) if came_first || own.is_empty() => kept.clone(),
            _ => own,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_stands_where_the_catalog_has_nothing_better() {
        let kept = [
            ("データセット_分類", "くらし"),
            ("データセット_URL", ""),
            ("データセット_対象地域", "中央一丁目"),
        ];
        let kept = kept.map(|(column, text)| (column.to_owned(), text.to_owned())).into();
        let origin = Origin { from: Source::OpenDataList, kept, files: Vec::new() };
        let cell = |column: &str, own: &str| origin.cell(column, own.to_owned());
        assert_eq!(cell("データセット_分類", ""), "くらし");
        assert_eq!(cell("データセット_分類", "行政・財政"), "行政・財政");
        assert_eq!(cell("データセット_URL", "https://data.example.jp/datasets/toilets"), "");
        assert_eq!(cell("データセット_対象地域", "宮城県石巻市"), "中央一丁目");
        assert_eq!(cell("データセット_タイトル", "公衆トイレ一覧"), "公衆トイレ一覧");
    }
}
