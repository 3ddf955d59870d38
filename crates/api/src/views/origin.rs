//! Where a draft was brought in from, as the API shows it.

use std::collections::BTreeMap;

use catalog::origin::Origin;
use serde::Serialize;
use utoipa::ToSchema;

/// Where a draft was brought in from.
#[derive(Debug, Default, Serialize, ToSchema)]
#[schema(as = DraftOrigin)]
pub struct OriginView {
    /// `ckan` or `open-data-list`; null where there is nothing.
    #[schema(example = "open-data-list")]
    pub from: Option<&'static str>,
    /// Columns of オープンデータ一覧 that have no place here, as they came.
    #[schema(example = json!({"データセット_公開日": "2024-04-01"}))]
    pub kept: BTreeMap<String, String>,
    /// Its files, each by the columns of オープンデータ一覧, as they came.
    #[schema(example = json!([{"ファイル_タイトル": "【見本】一覧", "ファイル_ダウンロードURL": "https://example.jp/list.xlsx"}]))]
    pub files: Vec<BTreeMap<String, String>>,
}

impl OriginView {
    /// `origin`, if there is one.
    pub fn of(origin: Option<Origin>) -> OriginView {
        origin.map_or_else(OriginView::default, |origin| OriginView {
            from: Some(origin.from.as_str()),
            kept: origin.kept,
            files: origin.files,
        })
    }
}
