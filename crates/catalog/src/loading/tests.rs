#![allow(clippy::unwrap_used, reason = "a test that cannot go on is a test that failed")]

use jiff::ToSpan;

use super::*;
use crate::asking::Ask;
use crate::records::{Which, find};
use crate::store::now;
use crate::testing::{TABLE, Town, slug};

/// The same catalog, opened by a program that knows nothing yet.
async fn again(town: Town) -> Town {
    Town { store: Store::open(&town.place).await.unwrap(), ..town }
}

async fn asks(town: &Town, which: Which) -> Result<u64, CatalogError> {
    let subject = find(&town.store, &town.schemas, &slug("toilets"), which).await?;
    subject.rows(&town.store).await?.total(&Ask::default()).await
}

#[tokio::test]
async fn after_a_restore_the_tables_are_made_again() {
    let town = Town::open().await;
    town.publishes("toilets", TABLE).await.unwrap();
    town.publishes("benches", TABLE).await.unwrap(); // the same rows: one table serves both
    town.publishes("parks", "名称\r\n見本\r\n").await.unwrap();
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(town.folder.path().join(format!("hiyori.rows.sqlite{ending}")));
    }
    let town = again(town).await;
    assert_eq!(catch_up(&town.store, &town.schemas).await.unwrap(), 3);
    assert_eq!(catch_up(&town.store, &town.schemas).await.unwrap(), 0);
    assert_eq!(asks(&town, Which::Current).await.unwrap(), 2);
}

#[tokio::test]
async fn a_damaged_file_of_rows_is_made_anew() {
    let town = Town::open().await;
    // Nobody has it open yet.
    std::fs::write(town.folder.path().join("hiyori.rows.sqlite"), "no database".repeat(1_000)).unwrap();
    town.publishes("toilets", TABLE).await.unwrap();
    assert_eq!(asks(&town, Which::Current).await.unwrap(), 2);
}

#[tokio::test]
async fn an_older_revision_is_loaded_again_when_somebody_asks() {
    let town = Town::open().await;
    town.publishes("toilets", TABLE).await.unwrap();
    town.publishes("toilets", "名称,数\r\n新,1\r\n").await.unwrap();
    let current = store::distribution::current(town.store.database(), Format::Csv).await.unwrap();
    let later = now() + 25.hours();
    assert_eq!(town.store.rows().sweep(&current, later).await.unwrap(), 1, "that of the older revision");
    assert_eq!(town.store.rows().sweep(&current, later).await.unwrap(), 0);
    let town = again(town).await;
    assert_eq!(asks(&town, Which::Number(1)).await.unwrap(), 2);
    assert_eq!(asks(&town, Which::Current).await.unwrap(), 1);
}

#[tokio::test]
async fn many_who_ask_at_once_get_one_table() {
    let town = Town::open().await;
    town.publishes("toilets", TABLE).await.unwrap();
    town.store.rows().sweep(&Default::default(), now() + 25.hours()).await.unwrap();
    let town = again(town).await;
    let asking = (0..8).map(|_| asks(&town, Which::Current));
    let answers = futures_util::future::join_all(asking).await;
    assert!(answers.iter().all(|answer| matches!(answer, Ok(2))), "{answers:?}");
    let current = store::distribution::current(town.store.database(), Format::Csv).await.unwrap();
    assert_eq!(town.store.rows().sweep(&current, now() + 25.hours()).await.unwrap(), 0, "no second one");
}

#[tokio::test]
async fn a_table_of_more_columns_than_a_database_takes_is_published_all_the_same() {
    let town = Town::open().await;
    let header: Vec<String> = (1..=1_900).map(|column| format!("列{column}")).collect();
    let line: Vec<String> = (1..=1_900).map(|column| format!("値が少し長い文字列{column}")).collect();
    let csv = format!("{}\r\n{}\r\n", header.join(","), line.join(","));
    town.publishes("toilets", &csv).await.unwrap();
    assert_eq!(asks(&town, Which::Current).await.unwrap(), 1);
}

#[tokio::test]
async fn a_cell_that_is_no_number_makes_a_column_of_texts() {
    let town = Town::open().await;
    let csv = town.folder.path().join("x.csv");
    std::fs::write(&csv, "緯度,経度\r\n38.40,141.30\r\n不明,141.31\r\n").unwrap();
    let schema = town.schemas.get(&"hyojun/fire_hydrant".parse().unwrap());
    let shape = survey(&forms::Table::open(File::open(&csv).unwrap(), schema).unwrap()).unwrap();
    use crate::asking::{ColumnKind, Scalar};
    assert_eq!(shape.kinds, [ColumnKind::Text, ColumnKind::Number]);
    assert_eq!(shape.facts.first().unwrap().least, Some(Scalar::Text("38.40".to_owned())));
    assert_eq!(shape.places, None);
}
