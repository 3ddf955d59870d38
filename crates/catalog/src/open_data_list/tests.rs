#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::*;
use crate::dataset::{DatasetState, Metadata};
use crate::department::Department;
use crate::testing::{city, metadata, slug};

fn dataset(metadata: Metadata) -> Dataset {
    Dataset {
        slug: slug("toilets"),
        metadata,
        department: Department { slug: slug("mihon"), title: "【見本】課".to_owned(), title_en: None },
        state: DatasetState::Published,
        version: 1,
        current: None,
        issued: Some("2026-03-31T14:59:59Z".parse().unwrap()),
        modified: "2026-03-31T15:00:00Z".parse().unwrap(),
        former_id: None,
    }
}

/// The cell of one column.
fn cell(metadata: Metadata, column: &str) -> String {
    let scope = Scope {
        iris: &Iris::new("https://data.example.jp".parse().unwrap()),
        city: &city(),
        themes: &[],
        frequencies: &[],
        schemas: &Schemas::embedded(),
    };
    let dataset = dataset(metadata);
    let form = Form { format: Format::Csv, bytes: Some(1234), published: None };
    let line = Line { dataset: &dataset, form: Some(form), origin: None };
    let csv = csv(&scope, &[line]);
    let mut reader = csv::Reader::from_reader(csv.as_slice());
    let place = reader.headers().unwrap().iter().position(|name| name == column).unwrap();
    reader.records().next().unwrap().unwrap()[place].to_owned()
}

#[test]
fn the_columns_are_those_of_the_standard_in_its_order() {
    let schemas = Schemas::embedded();
    let schema = schemas.get(&"hyojun/open_data_list".parse().unwrap()).unwrap();
    let wanted: Vec<_> = schema.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(COLUMNS.map(|(name, _)| name).as_slice(), wanted);
}

#[test]
fn a_day_is_the_day_in_japan() {
    assert_eq!(cell(metadata("toilets"), "データセット_公開日"), "2026-03-31");
    assert_eq!(cell(metadata("toilets"), "データセット_最終更新日"), "2026-04-01");
}

#[test]
fn texts_stand_on_one_line_and_words_stay_whole() {
    let metadata = Metadata {
        description: "一行目。\r\n\r\n  二行目。\n".to_owned(),
        keywords: vec!["橋;道".to_owned(), "川".to_owned()],
        ..metadata("toilets")
    };
    assert_eq!(cell(metadata.clone(), "データセット_概要"), "一行目。 二行目。");
    assert_eq!(cell(metadata, "データセット_キーワード"), "橋；道;川");
}

#[test]
fn letters_for_which_the_list_would_be_refused_are_left_out() {
    let title = "見本\u{202e}一覧\u{fffd}\0\u{e000}".to_owned();
    let metadata = Metadata { keywords: vec![title.clone()], title, ..metadata("toilets") };
    assert_eq!(cell(metadata.clone(), "データセット_タイトル"), "見本一覧");
    assert_eq!(cell(metadata, "データセット_キーワード"), "見本一覧");
}

#[test]
fn a_span_of_time_is_an_interval_and_an_open_end_goes_on() {
    let over = |start: Option<&str>, end: Option<&str>| {
        let date = |text: Option<&str>| text.map(|text| text.parse().unwrap());
        let temporal = Some(Period { start: date(start), end: date(end) });
        cell(Metadata { temporal, ..metadata("toilets") }, "データセット_対象期間")
    };
    assert_eq!(over(Some("2025-04-01"), Some("2028-03-31")), "2025-04-01/2028-03-31");
    assert_eq!(over(Some("2025-04-01"), None), "2025-04-01/..");
    assert_eq!(over(None, Some("2028-03-31")), "../2028-03-31");
}

#[test]
fn what_is_known_of_a_file_is_said() {
    let toilets = Metadata { schema: Some("hyojun/public_toilet".parse().unwrap()), ..metadata("toilets") };
    for (column, wanted) in [
        ("地方公共団体名", "宮城県石巻市"),
        ("データセット_URL", "https://data.example.jp/datasets/toilets"),
        ("データセット_準拠する標準", "自治体標準オープンデータセット　公衆トイレ一覧"),
        ("ファイル_ダウンロードURL", "https://data.example.jp/api/v1/datasets/toilets/download.csv"),
        ("ファイル_サイズ", "1234"),
        ("ファイル_ライセンス", "CC BY 4.0"),
        ("ファイル_公開日", ""),
    ] {
        assert_eq!(cell(toilets.clone(), column), wanted, "{column}");
    }
}
