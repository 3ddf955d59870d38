#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::browse;
use crate::restore::{self, Backup};
use crate::store::{Place, pointers, tables};
use crate::testing::{TABLE, Town, slug};
use crate::verify::verify;

/// Puts the copy in `from` back into a fresh folder.
async fn put_back(from: &Path) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let backup = Backup::open(from).unwrap();
    restore::finish(&restore::begin(&Place::in_folder(folder.path()), &backup).await.unwrap(), &backup)
        .await
        .unwrap();
    let store = Store::open(&Place::in_folder(folder.path())).await.unwrap();
    (folder, store)
}

/// Every row of every table, sorted.
async fn rows(store: &Store) -> BTreeMap<String, Vec<String>> {
    let read = store.reading().await.unwrap();
    let mut all = BTreeMap::new();
    for table in tables::all(&read).await.unwrap() {
        let mut lines = Vec::new();
        tables::read(&read, &table, |row| {
            lines.push(serde_json::to_string(&row).unwrap());
            Ok(())
        })
        .await
        .unwrap();
        lines.sort();
        all.insert(table.name, lines);
    }
    all
}

#[tokio::test]
async fn what_was_copied_comes_back_row_by_row_and_byte_by_byte() {
    let town = Town::open().await;
    let published = town.publishes("toilets", TABLE).await.unwrap();
    town.publishes("toilets", "名称\r\n見本三号\r\n").await.unwrap();
    town.drafts("secret").await;
    town.publishes("broken", "名称\r\n\u{0}\r\n").await.unwrap_err();
    let to = tempfile::tempdir().unwrap();
    let manifest = backup(&town.store, &to.path().join("copy")).await.unwrap();
    assert_eq!(manifest.files.len(), town.kept_files(), "{manifest:?}");

    let (_folder, again) = put_back(&to.path().join("copy")).await;
    assert_eq!(rows(&again).await, rows(&town.store).await);
    assert_eq!(verify(&again).await.unwrap().faults, []);
    let dataset = browse::dataset(&again, None, &slug("toilets")).await.unwrap();
    assert_eq!(dataset.current.unwrap().number, 2);
    assert_eq!(dataset.issued, published.dataset.issued);
}

#[tokio::test]
async fn a_catalog_that_was_put_back_goes_on() {
    let town = Town::open().await;
    town.publishes("toilets", TABLE).await.unwrap();
    let to = tempfile::tempdir().unwrap();
    backup(&town.store, &to.path().join("copy")).await.unwrap();
    let (folder, store) = put_back(&to.path().join("copy")).await;
    let again = Town { store, place: Place::in_folder(folder.path()), folder, ..Town::open().await };
    let next = again.publishes("toilets", "名称\r\n見本三号\r\n").await.unwrap();
    assert_eq!(next.revision.number, 2);
    assert_eq!(again.audit().await.len(), town.audit().await.len() + 1);
}

#[tokio::test]
async fn a_copy_is_never_written_over_something_nor_put_back_over_a_catalog() {
    let town = Town::open().await;
    let to = tempfile::tempdir().unwrap();
    fs::write(to.path().join("letter"), "to the mayor").unwrap();
    let refusal = backup(&town.store, to.path()).await.unwrap_err();
    assert!(matches!(refusal, CatalogError::BadBackup { .. }), "{refusal}");
    assert_eq!(fs::read_dir(to.path()).unwrap().count(), 1);

    backup(&town.store, &to.path().join("copy")).await.unwrap();
    let copy = Backup::open(&to.path().join("copy")).unwrap();
    let refusal = restore::begin(&town.place, &copy).await.unwrap_err();
    assert!(matches!(refusal, CatalogError::CatalogExists(_)), "{refusal}");
    assert_eq!(fs::read_dir(to.path()).unwrap().count(), 2, "nothing unfinished is left");
}

#[tokio::test]
async fn a_copy_that_was_changed_is_refused_and_leaves_no_catalog() {
    let town = Town::open().await;
    let published = town.publishes("toilets", TABLE).await.unwrap();
    let to = tempfile::tempdir().unwrap();
    let copy = to.path().join("copy");
    backup(&town.store, &copy).await.unwrap();

    let table = copy.join("tables/catalog_dataset.ndjson");
    let rows = fs::read_to_string(&table).unwrap();
    fs::write(&table, rows.replace("toilets", "tablets")).unwrap();
    let refusal = Backup::open(&copy).unwrap_err();
    assert!(refusal.to_string().contains("catalog_dataset.ndjson"), "{refusal}");
    fs::write(&table, rows).unwrap();

    fs::write(place_of(&copy.join("files"), &published.revision.sha256), TABLE.replace("20", "21")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let place = Place::in_folder(folder.path());
    let backup = Backup::open(&copy).unwrap();
    let store = restore::begin(&place, &backup).await.unwrap();
    let refusal = restore::finish(&store, &backup).await.unwrap_err();
    assert!(matches!(refusal, CatalogError::BadBackup { .. }), "{refusal}");
    assert!(!Store::exists(&place).await.unwrap());
}

#[tokio::test]
async fn what_is_damaged_is_not_copied() {
    let town = Town::open().await;
    let published = town.publishes("toilets", TABLE).await.unwrap();
    fs::write(town.file_of(&published.revision.sha256), "名称\r\n").unwrap();
    let to = tempfile::tempdir().unwrap();
    let refusal = backup(&town.store, &to.path().join("copy")).await.unwrap_err();
    assert!(matches!(refusal, CatalogError::Damaged(_)), "{refusal}");
    assert_eq!(fs::read_dir(to.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn every_column_that_names_files_is_known() {
    let town = Town::open().await;
    let read = town.store.reading().await.unwrap();
    let tables = tables::all(&read).await.unwrap();
    for table in &tables {
        for column in table.columns().filter(|column| column.contains("sha256")) {
            let known = pointers::NAMING.contains(&(table.name.as_str(), column));
            assert!(known, "{}.{column} names kept files: say so in store/pointers.rs", table.name);
        }
    }
    for (table, column) in pointers::NAMING {
        assert!(tables.iter().any(|there| there.name == table && there.has(column)), "no {table}.{column}");
    }
}
