#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeMap;

use super::*;
use crate::iri::Iris;
use crate::listed;
use crate::publish;
use crate::testing::{TABLE, Town, metadata, offer, slug};

fn listed(columns: &[(&str, &str)]) -> Listed {
    let own = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
    let file =
        [("ファイル_ダウンロードURL", "https://x.example.jp/a.pdf"), ("ファイル_ライセンス", "CC BY 4.0")];
    Listed {
        place: Text::new("2行目", "row 2"),
        from: Source::OpenDataList,
        columns: columns.iter().map(own).collect(),
        files: vec![file.iter().map(own).collect()],
        wrong: Vec::new(),
        remarks: Vec::new(),
    }
}

/// One dataset of the department 【見本】課, with `columns` beside.
fn one(columns: &[(&str, &str)]) -> Vec<Listed> {
    let known = [
        ("データセット_ID", "bridges"),
        ("データセット_タイトル", "橋の一覧"),
        ("データセット_概要", "市の橋です。"),
        ("データセット_連絡先名称", "【見本】課"),
    ];
    vec![listed(&[&known[..], columns].concat())]
}

async fn brings_in(town: &Town, all: Vec<Listed>, wishes: &Wishes) -> Vec<Brought> {
    bring_in(&town.store, &town.schemas, &Actor::Operator, all, wishes).await.unwrap()
}

fn said(brought: &Brought) -> String {
    brought.remarks.iter().map(|text| text.ja.as_str()).collect::<Vec<_>>().join("\n")
}

async fn dataset(town: &Town, name: &str) -> Option<Dataset> {
    store::dataset::find(town.store.database(), &slug(name)).await.unwrap()
}

#[tokio::test]
async fn what_is_told_becomes_a_draft_that_nobody_outside_sees() {
    let town = Town::open().await;
    let change = town.store.change().await.unwrap();
    let columns = [
        ("データセット_キーワード", "橋;道"),
        ("データセット_分類", "行政・財政"),
        ("データセット_更新頻度", "年1回"),
        ("データセット_対象期間", "2025-04-01/.."),
        ("データセット_準拠する標準", "自治体標準オープンデータセット　公衆トイレ一覧"),
    ];
    let [brought] = brings_in(&town, one(&columns), &Wishes::default()).await.try_into().unwrap();
    assert_eq!((brought.outcome.clone(), said(&brought)), (Outcome::Made, String::new()));

    let bridges = dataset(&town, "bridges").await.unwrap();
    assert_eq!((bridges.state.as_str(), bridges.department.slug.as_str()), ("draft", "mihon"));
    assert_eq!(bridges.metadata.keywords, ["橋", "道"]);
    assert_eq!(bridges.metadata.theme.as_deref(), Some("government"));
    assert_eq!(bridges.metadata.schema.unwrap().to_string(), "hyojun/public_toilet");
    assert_eq!(town.finds(&crate::browse::Query::default()).await.1, 0);
    assert_eq!(town.store.change().await.unwrap(), change, "no reader sees any change");
    assert_eq!(town.audit().await[0], ("import".to_owned(), "bridges".to_owned(), "done".to_owned()));
}

#[tokio::test]
async fn the_same_file_makes_nothing_twice() {
    let town = Town::open().await;
    brings_in(&town, one(&[]), &Wishes::default()).await;
    let before = (dataset(&town, "bridges").await, town.audit().await);
    let [again] = brings_in(&town, one(&[("データセット_概要", "変わりました。")]), &Wishes::default())
        .await
        .try_into()
        .unwrap();
    assert_eq!(again.outcome, Outcome::There);
    assert_eq!((dataset(&town, "bridges").await, town.audit().await), before);
}

#[tokio::test]
async fn a_dry_run_makes_nothing() {
    let town = Town::open().await;
    let wishes = Wishes { dry_run: true, ..Wishes::default() };
    let [brought] = brings_in(&town, one(&[]), &wishes).await.try_into().unwrap();
    assert_eq!(brought.outcome, Outcome::Made);
    assert_eq!(dataset(&town, "bridges").await, None);
}

#[tokio::test]
async fn what_has_no_word_here_is_told_and_kept() {
    let town = Town::open().await;
    let columns = [
        ("データセット_分類", "くらし"),
        ("データセット_対象地域", "中央一丁目"),
        ("データセット_対象期間", "令和7年度"),
        ("データセット_準拠する標準", "独自の様式"),
        ("データセット_サブタイトル", "副題"),
        ("データセット_公開日", "2020-01-01"),
    ];
    let [brought] = brings_in(&town, one(&columns), &Wishes::default()).await.try_into().unwrap();
    for column in
        ["データセット_分類", "データセット_対象地域", "データセット_対象期間", "データセット_準拠する標準"]
    {
        assert!(said(&brought).contains(column), "{column}: {}", said(&brought));
    }
    let origin = still_waiting(&town.store, &slug("bridges")).await.unwrap().unwrap();
    for (column, text) in columns {
        assert_eq!(origin.kept[column], text, "{column}");
    }
    assert_eq!(origin.files[0]["ファイル_ダウンロードURL"], "https://x.example.jp/a.pdf");
}

#[tokio::test]
async fn a_department_that_is_none_is_no_reason_to_guess() {
    let town = Town::open().await;
    let contact = [("データセット_連絡先名称", "どこかの課")];
    let [brought] = brings_in(&town, one(&contact), &Wishes::default()).await.try_into().unwrap();
    assert!(matches!(brought.outcome, Outcome::NotMade(_)), "{brought:?}");
    let wishes = Wishes { department: Some(slug("dx")), ..Wishes::default() };
    let [brought] = brings_in(&town, one(&contact), &wishes).await.try_into().unwrap();
    assert_eq!(brought.outcome, Outcome::Made);
    assert!(said(&brought).contains("どこかの課"));
    let nowhere = Wishes { department: Some(slug("nowhere")), ..Wishes::default() };
    let refused = bring_in(&town.store, &town.schemas, &Actor::Operator, one(&[]), &nowhere).await;
    assert!(matches!(refused, Err(CatalogError::NoSuchDepartment(_))));
}

#[tokio::test]
async fn an_id_that_is_no_name_gets_one_that_stays() {
    let town = Town::open().await;
    let id = [("データセット_ID", "公衆トイレ")];
    let [first] = brings_in(&town, one(&id), &Wishes::default()).await.try_into().unwrap();
    let [again] = brings_in(&town, one(&id), &Wishes::default()).await.try_into().unwrap();
    assert!(first.slug.as_ref().unwrap().as_str().starts_with("dataset-"));
    assert_eq!((&again.slug, again.outcome), (&first.slug, Outcome::There));
    let named = dataset(&town, first.slug.unwrap().as_str()).await.unwrap();
    assert_eq!(named.former_id.as_deref(), Some("公衆トイレ"));
}

#[tokio::test]
async fn two_ids_that_become_one_name_are_told() {
    let town = Town::open().await;
    let both = [one(&[("データセット_ID", "A1")]), one(&[("データセット_ID", "a1")])].concat();
    let [first, second] = brings_in(&town, both, &Wishes::default()).await.try_into().unwrap();
    assert_eq!(first.outcome, Outcome::Made);
    assert!(matches!(second.outcome, Outcome::NotMade(_)), "{second:?}");
}

#[tokio::test]
async fn what_is_wrong_in_the_file_is_not_made() {
    let town = Town::open().await;
    let wrong = vec![Text::new("2行目: 日付ではありません", "row 2: no date")];
    let all = one(&[]).into_iter().map(|listed| Listed { wrong: wrong.clone(), ..listed }).collect();
    let [brought] = brings_in(&town, all, &Wishes::default()).await.try_into().unwrap();
    assert_eq!(brought.outcome, Outcome::NotMade(wrong));
    let [empty] = brings_in(&town, one(&[("データセット_タイトル", " ")]), &Wishes::default())
        .await
        .try_into()
        .unwrap();
    assert!(matches!(empty.outcome, Outcome::NotMade(_)));
}

#[tokio::test]
async fn the_source_links_stand_until_a_file_is_handed_in() {
    let town = Town::open().await;
    brings_in(&town, one(&[]), &Wishes::default()).await;
    let list = async || {
        let iris = Iris::new("https://data.example.jp".parse().unwrap());
        let csv = listed::csv(&town.store, &town.schemas, &iris, true).await.unwrap();
        let rows: Vec<BTreeMap<String, String>> =
            csv::Reader::from_reader(csv.as_slice()).deserialize().map(|row| row.unwrap()).collect();
        rows.into_iter().map(|row| row["ファイル_ダウンロードURL"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(list().await, ["https://x.example.jp/a.pdf"]);
    let said = dataset(&town, "bridges").await.unwrap().metadata;
    publish::publish(&town.store, &town.schemas, &Actor::Operator, offer("bridges", TABLE, said))
        .await
        .unwrap();
    assert_eq!(still_waiting(&town.store, &slug("bridges")).await.unwrap(), None);
    assert_eq!(list().await, ["https://data.example.jp/api/v1/datasets/bridges/download.csv"]);
}

#[tokio::test]
async fn a_list_without_drafts_has_none() {
    let town = Town::open().await;
    brings_in(&town, one(&[]), &Wishes::default()).await;
    town.publishes_with("toilets", TABLE, metadata("toilets")).await.unwrap();
    let iris = Iris::new("https://data.example.jp".parse().unwrap());
    let csv = listed::csv(&town.store, &town.schemas, &iris, false).await.unwrap();
    let text = String::from_utf8(csv).unwrap();
    assert!(text.contains("toilets") && !text.contains("bridges"));
}
