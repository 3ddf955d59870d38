#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::Path;

use super::*;
use crate::testing::{TABLE, Town, slug};

fn place(folder: &tempfile::TempDir) -> Place {
    Place::in_folder(folder.path())
}

#[tokio::test]
async fn where_there_is_nothing_nothing_is_opened_and_nothing_made() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(Store::open(&place(&folder)).await, Err(CatalogError::NoCatalog(_))));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn a_catalog_whose_making_was_cut_short_is_none_and_may_be_begun_again() {
    let folder = tempfile::tempdir().unwrap();
    let unfinished = Store::create(&place(&folder)).await.unwrap();
    city::put(&unfinished.database, &crate::testing::city()).await.unwrap();
    assert!(!Store::exists(&place(&folder)).await.unwrap());
    assert!(matches!(Store::open(&place(&folder)).await, Err(CatalogError::NoCatalog(_))));

    let again = Store::create(&place(&folder)).await.unwrap();
    assert_eq!(city::find(&again.database).await.unwrap(), None);
    again.finish_init().await.unwrap();
    assert!(Store::exists(&place(&folder)).await.unwrap());
    Store::open(&place(&folder)).await.unwrap();
}

#[tokio::test]
async fn half_made_tables_are_no_catalog() {
    let folder = tempfile::tempdir().unwrap();
    connection::connect(&place(&folder), true).await.unwrap();
    assert!(!Store::exists(&place(&folder)).await.unwrap());
    Store::create(&place(&folder)).await.unwrap();
}

#[tokio::test]
async fn a_full_catalog_whose_making_is_begun_again_is_emptied() {
    let town = Town::open().await;
    town.publishes("toilets", TABLE).await.unwrap();
    change::begin(&town.store.database).await.unwrap(); // as if `finish_init` had never been reached
    let again = Store::create(&town.place).await.unwrap();
    assert_eq!(dataset::find(&again.database, &slug("toilets")).await.unwrap(), None);
    assert_eq!(audit::latest(&again.database, 10).await.unwrap(), []);
}

#[tokio::test]
async fn a_complete_catalog_is_never_made_anew() {
    let town = Town::open().await;
    town.publishes("toilets", TABLE).await.unwrap();
    let refusal = Store::create(&town.place).await.unwrap_err();
    assert!(matches!(refusal, CatalogError::CatalogExists(_)), "{refusal}");
    let reopened = Store::open(&town.place).await.unwrap();
    assert!(dataset::find(&reopened.database, &slug("toilets")).await.unwrap().is_some());
}

#[tokio::test]
async fn a_file_that_is_no_database_is_neither_opened_nor_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hiyori.sqlite");
    fs::write(&file, "a letter to the mayor, and not a short one at all").unwrap();
    assert!(matches!(Store::create(&place(&folder)).await, Err(CatalogError::Database(_))));
    assert_eq!(fs::read_to_string(&file).unwrap(), "a letter to the mayor, and not a short one at all");
}

#[tokio::test]
async fn folders_with_signs_of_addresses_in_their_names_are_only_folders() {
    let folder = tempfile::tempdir().unwrap();
    let odd = Place::in_folder(&folder.path().join("100%25 日和?a=b#c"));
    Store::create(&odd).await.unwrap().finish_init().await.unwrap();
    assert!(Store::exists(&odd).await.unwrap());
    assert!(folder.path().join("100%25 日和?a=b#c").join("hiyori.sqlite").is_file());
}

#[tokio::test]
async fn every_connection_is_durable_and_keeps_its_references() {
    let town = Town::open().await;
    let mut held = Vec::new();
    for _ in 0..4 {
        let read = town.store.reading().await.unwrap();
        for (pragma, wanted) in [("synchronous", 2), ("foreign_keys", 1)] {
            let statement = sea_orm::Statement::from_string(DbBackend::Sqlite, format!("PRAGMA {pragma}"));
            let row = sea_orm::ConnectionTrait::query_one_raw(&read, statement).await.unwrap().unwrap();
            assert_eq!(row.try_get_by_index::<i32>(0).unwrap(), wanted, "{pragma}");
        }
        held.push(read); // so that the next one is another connection
    }
}

#[tokio::test]
async fn a_catalog_that_takes_writes_is_ready_and_unchanged_by_the_question() {
    let town = Town::open().await;
    let before = town.store.change().await.unwrap();
    town.store.ready().await.unwrap();
    assert_eq!(town.store.change().await.unwrap(), before);
}

#[tokio::test]
async fn a_catalog_whose_files_have_no_place_is_not_ready() {
    let town = Town::open().await;
    fs::remove_dir_all(&town.place.work).unwrap();
    assert!(matches!(town.store.ready().await, Err(CatalogError::Disk(_))));
}

#[tokio::test]
async fn kept_bytes_come_back_whole_whatever_their_length() {
    let town = Town::open().await;
    for length in [0, 1, 1 << 20, (1 << 20) + 1, (9 << 20) + 7] {
        let bytes: Vec<u8> = (0..length).map(|place: usize| (place % 251) as u8).collect();
        let mut staging = files::Staging::begin(town.store.files.work()).unwrap();
        std::io::Write::write_all(&mut staging, &bytes).unwrap();
        let staged = staging.end().unwrap();
        let name = staged.sha256;
        assert_eq!(name, ingestion::Sha256::of(&bytes));
        town.store.files.keep(staged).await.unwrap();
        assert!(town.downloads(&name).await.unwrap() == bytes, "{length} bytes");
    }
    assert_eq!(fs::read_dir(&town.place.work).unwrap().count(), 0);
}

/// Only this floor, and the error that wraps it, speak to the database.
#[test]
fn only_the_store_speaks_to_the_database() {
    fn walk(folder: &Path, offenders: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("src/store") {
                walk(&path, offenders);
            } else if path.extension().is_some_and(|extension| extension == "rs")
                && !path.ends_with("src/error.rs")
                && fs::read_to_string(&path).unwrap().contains("sea_orm")
            {
                offenders.push(path.display().to_string());
            }
        }
    }
    let mut offenders = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut offenders);
    assert_eq!(offenders, Vec::<String>::new());
}
