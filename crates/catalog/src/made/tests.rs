#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeMap;

use super::*;
use crate::dataset::Metadata;
use crate::follow;
use crate::testing::{TABLE, Town, metadata, slug};

fn iris() -> Iris {
    Iris::new("https://data.example.jp".parse().unwrap())
}

/// A town that wants オープンデータ一覧 under `list`.
async fn town() -> Town {
    let town = Town::open().await;
    let folder = Folder {
        slug: slug("list"),
        department: slug("dx"),
        made: Some(Made::OpenDataList),
        metadata: Metadata { schema: Some("hyojun/open_data_list".parse().unwrap()), ..metadata("list") },
        data: None,
    };
    declare(&town.store, &town.schemas, &Actor::Operator, folder).await.unwrap();
    town
}

async fn refreshes(town: &Town) -> Outcome {
    refresh(&town.store, &town.schemas, &iris()).await.unwrap()
}

/// The list as readers get it: its rows by column name.
async fn list(town: &Town) -> Vec<BTreeMap<String, String>> {
    let current = browse::dataset(&town.store, None, &slug("list")).await.unwrap().current.unwrap();
    let csv = current.distributions.iter().find(|form| form.format == Format::Csv).unwrap();
    let bytes = town.downloads(&csv.sha256).await.unwrap();
    csv::Reader::from_reader(bytes.as_slice()).deserialize().map(|row| row.unwrap()).collect()
}

fn column(rows: &[BTreeMap<String, String>], name: &str) -> Vec<String> {
    rows.iter().map(|row| row[name].clone()).collect()
}

#[tokio::test]
async fn the_list_names_every_file_itself_included() {
    let town = town().await;
    town.publishes("toilets", TABLE).await.unwrap();
    town.drafts("secret").await;
    assert_eq!(refreshes(&town).await, Outcome::Published);

    let rows = list(&town).await;
    assert_eq!(column(&rows, "データセット_ID"), ["list", "list", "list", "list", "toilets"]);
    assert_eq!(column(&rows, "ファイル形式"), ["CSV", "JSON", "Parquet", "XLSX", "CSV"]);
    assert_eq!(
        column(&rows, "ファイル_ダウンロードURL")[4],
        "https://data.example.jp/api/v1/datasets/toilets/download.csv"
    );
    for row in &rows {
        for filled in ["ファイル_公開日", "データセット_最終更新日", "データセット_URL"]
        {
            assert!(!row[filled].is_empty(), "{filled} of {}", row["データセット_ID"]);
        }
    }
}

#[tokio::test]
async fn the_list_is_clean_and_made_by_the_program() {
    let town = town().await;
    town.publishes("toilets", TABLE).await.unwrap();
    refreshes(&town).await;
    let report = browse::report(&town.store, None, &slug("list"), 1).await.unwrap();
    assert_eq!((report.counts.error, report.counts.warning), (0, 0), "{:#?}", report.findings);
    assert_eq!(report.schema.unwrap().matched, 42);
    let revision = browse::revision(&town.store, None, &slug("list"), 1).await.unwrap();
    assert_eq!(revision.made_by, "hiyori");
    assert_eq!(revision.file_name, "042021_open_data_list.csv");
}

#[tokio::test]
async fn the_first_list_gives_its_own_sizes_and_the_next_those_of_the_one_before() {
    let town = town().await;
    refreshes(&town).await;
    let sizes = async |number: u32| -> Vec<String> {
        let revision = browse::revision(&town.store, None, &slug("list"), number).await.unwrap();
        revision.distributions.iter().map(|form| form.bytes.to_string()).collect()
    };
    let own = async || -> Vec<String> { column(&list(&town).await, "ファイル_サイズ")[..4].to_vec() };
    let csv = sizes(1).await.remove(0);
    assert_eq!(own().await, [csv.as_str(), "", "", ""], "what follows has no size yet");
    follow::catch_up(&town.store, &town.schemas, u64::MAX).await.unwrap();
    assert_eq!(refreshes(&town).await, Outcome::Unchanged, "its own forms are no reason for another");

    town.publishes("toilets", TABLE).await.unwrap();
    refreshes(&town).await;
    assert_eq!(own().await, sizes(1).await);
    assert_ne!(sizes(1).await, sizes(2).await);
}

#[tokio::test]
async fn nothing_is_made_while_nothing_changes() {
    let town = town().await;
    town.publishes("toilets", TABLE).await.unwrap();
    assert_eq!(refreshes(&town).await, Outcome::Published);
    let (change, audit) = (town.store.change().await.unwrap(), town.audit().await);
    for _ in 0..3 {
        assert_eq!(refreshes(&town).await, Outcome::Unchanged);
    }
    assert_eq!(town.store.change().await.unwrap(), change);
    assert_eq!(town.audit().await, audit);
    town.publishes("bridges", TABLE).await.unwrap();
    assert_eq!(refreshes(&town).await, Outcome::Published);
}

#[tokio::test]
async fn another_public_address_makes_another_list() {
    let town = town().await;
    refreshes(&town).await;
    let moved = Iris::new("https://elsewhere.example.jp".parse().unwrap());
    assert_eq!(refresh(&town.store, &town.schemas, &moved).await.unwrap(), Outcome::Published);
    assert!(column(&list(&town).await, "データセット_URL")[0].starts_with("https://elsewhere.example.jp/"));
}

#[tokio::test]
async fn what_is_withdrawn_is_listed_no_more() {
    let town = town().await;
    town.publishes("toilets", TABLE).await.unwrap();
    refreshes(&town).await;
    publish::withdraw(&town.store, &Actor::Operator, &slug("toilets"), "見本").await.unwrap();
    refreshes(&town).await;
    assert_eq!(column(&list(&town).await, "データセット_ID"), ["list"; 4]);
}

#[tokio::test]
async fn a_withdrawn_list_is_left_alone() {
    let town = town().await;
    refreshes(&town).await;
    publish::withdraw(&town.store, &Actor::Operator, &slug("list"), "見本").await.unwrap();
    let audit = town.audit().await;
    assert_eq!(refreshes(&town).await, Outcome::Unchanged);
    assert_eq!(town.audit().await, audit);
}

#[tokio::test]
async fn a_city_that_wants_no_list_has_none() {
    let town = Town::open().await;
    assert_eq!(refreshes(&town).await, Outcome::Unchanged);
}

#[tokio::test]
async fn rows_are_appended_only_to_a_dataset_that_is_there() {
    let town = town().await;
    let append = async |name: &str| {
        append(&town.store, &town.schemas, &slug(name), "rows.csv", TABLE.to_owned()).await
    };
    assert!(matches!(append("nowhere").await, Err(CatalogError::NoSuchDataset(_))));
    town.drafts("items").await;
    assert_eq!(append("items").await.unwrap(), Outcome::Published);
    assert_eq!(append("items").await.unwrap(), Outcome::Unchanged);
    let turned = TABLE.replacen("見本", "見\u{202e}本\0", 1);
    let outcome =
        super::append(&town.store, &town.schemas, &slug("items"), "rows.csv", turned).await.unwrap();
    assert_eq!(outcome, Outcome::Unchanged, "letters for which no file is accepted are left out");
    let items = browse::dataset(&town.store, None, &slug("items")).await.unwrap();
    assert_eq!(items.current.unwrap().made_by, "hiyori");
}
