#![allow(clippy::unwrap_used, clippy::panic)]

use tempfile::TempDir;

use super::*;
use crate::audit;
use crate::browse;
use crate::store::Place;
use crate::testing::{TABLE, slug};

const CITY: &str = r#"code = "042021"
name = "石巻市"
name_en = "Ishinomaki City"
prefecture = "宮城県"
corporate_number = "1000020042021"
catalog_title = "【見本】カタログ"
catalog_title_en = "Sample catalog"
catalog_description = "試すためのカタログです。"
catalog_licence = "CC-BY-4.0"
department = "mihon"
"#;
const TERMS: &str = "code,label,label_en,eu\r\ngovernment,行政・財政,Government,GOVE\r\n";
const DATASET: &str = r#"department = "mihon"
title = "【見本】トイレ"
description = "見本です。"
keywords = ["見本"]
theme = "government"
licence = "CC-BY-4.0"
temporal = { start = "2025-04-01" }
"#;

/// A whole folder, in which one file may be replaced.
fn folder(path: &str, text: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        ("city.toml", CITY),
        ("departments.toml", "[[department]]\nslug = \"mihon\"\ntitle = \"【見本】課\"\n"),
        ("themes.csv", TERMS),
        ("frequencies.csv", "code,label,label_en,eu\nannual,年1回,annual,ANNUAL\n"),
        ("toilets/dataset.toml", DATASET),
        ("toilets/data.csv", TABLE),
        ("list/dataset.toml", &format!("made = \"open-data-list\"\n{DATASET}")),
        ("plan/plan.toml", "not = 'ours'"),
    ];
    for (name, text) in files.into_iter().chain([(path, text)]) {
        let file = folder.path().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    folder
}

async fn loads(folder: &TempDir) -> (Store, TempDir, Result<Vec<Slug>, CatalogError>) {
    let data = tempfile::tempdir().unwrap();
    let store = Store::create(&Place::in_folder(data.path())).await.unwrap();
    let loaded = load(&store, &Schemas::embedded(), folder.path()).await;
    (store, data, loaded)
}

#[tokio::test]
async fn a_folder_becomes_a_catalog() {
    let (store, _data, loaded) = loads(&folder("README.md", "")).await;
    assert_eq!(loaded.unwrap(), [slug("list"), slug("toilets")]);
    assert_eq!(browse::city(&store).await.unwrap().name, "石巻市");
    assert_eq!(browse::departments(&store).await.unwrap().len(), 1);
    assert_eq!(browse::terms(&store, TermKind::Theme).await.unwrap().len(), 1);
    let toilets = browse::dataset(&store, None, &slug("toilets")).await.unwrap();
    assert_eq!(toilets.metadata.temporal.unwrap().start, Some("2025-04-01".parse().unwrap()));
    assert_eq!(toilets.current.unwrap().file_name, "data.csv");
    assert!(matches!(
        browse::dataset(&store, None, &slug("list")).await,
        Err(CatalogError::NoSuchDataset(_))
    ));
    assert_eq!(made::dataset_of(&store, Made::OpenDataList).await.unwrap(), Some(slug("list")));
    assert_eq!(made::dataset_of(&store, Made::Initiatives).await.unwrap(), None);
}

#[tokio::test]
async fn loading_the_same_folder_again_changes_nothing() {
    let folder = folder("README.md", "");
    let (store, _data, _) = loads(&folder).await;
    let (change, entries) = (store.change().await.unwrap(), audit::latest(&store, 100).await.unwrap());
    load(&store, &Schemas::embedded(), folder.path()).await.unwrap();
    assert_eq!(store.change().await.unwrap(), change);
    assert_eq!(audit::latest(&store, 100).await.unwrap(), entries);
}

#[tokio::test]
async fn one_folder_is_published_by_itself() {
    let folder = folder("README.md", "");
    let (store, _data, _) = loads(&folder).await;
    fs::write(folder.path().join("toilets/data.csv"), "名称\r\n別の行\r\n").unwrap();
    let toilets = read_dataset(&folder.path().join("toilets")).unwrap();
    let published = publish(&store, &Schemas::embedded(), &Actor::Operator, toilets).await.unwrap();
    assert_eq!(published.revision.number, 2);
    let list = read_dataset(&folder.path().join("list")).unwrap();
    let refusal = publish(&store, &Schemas::embedded(), &Actor::Operator, list).await.unwrap_err();
    assert!(matches!(refusal, CatalogError::BadFolder { .. }), "{refusal}");
}

/// With `text` in the file `path`, nothing is loaded, and the message names that file and holds `words`.
async fn refuses(path: &str, text: &str, words: &[&str]) {
    let folder = folder(path, text);
    let (store, _data, loaded) = loads(&folder).await;
    let message = loaded.unwrap_err().to_string();
    let file = folder.path().join(path).display().to_string();
    for word in [file.as_str()].iter().chain(words) {
        assert!(message.contains(word), "`{word}` is not in: {message}");
    }
    assert_eq!(browse::departments(&store).await.unwrap(), []);
}

#[tokio::test]
async fn a_slip_is_named_with_its_file_line_and_column() {
    refuses("city.toml", &CITY.replace("042021", "042022"), &["line 1, column 8", "check digit"]).await;
    refuses("city.toml", &format!("{CITY}mayor = \"\"\n"), &["line 11, column 1", "unknown field `mayor`"])
        .await;
    refuses("city.toml", &CITY.replace("mihon", "elsewhere"), &["`elsewhere` is not in departments.toml"])
        .await;
    refuses("departments.toml", "[[department]]\nslug = \"Mihon\"\n", &["line 2, column 8", "`M`"]).await;
    refuses("themes.csv", "code,label,label_en,eu\na,b,c,d\na,b\n", &["line: 3"]).await;
    refuses("themes.csv", "code,label\na,b\n", &["label_en"]).await;
    refuses("themes.csv", &format!("{TERMS}government,a,b,c\n"), &["`government` stands twice"]).await;
    refuses(
        "toilets/dataset.toml",
        &DATASET.replace("CC-BY-4.0", "CC-BY"),
        &["line 6, column 11", "CC-BY-4.0"],
    )
    .await;
    refuses("toilets/dataset.toml", &DATASET.replace("theme", "thema"), &["line 5, column 1", "`thema`"])
        .await;
    refuses("toilets/dataset.toml", &DATASET.replace("2025-04-01", "2025-02-30"), &["line 7"]).await;
    refuses("toilets/dataset.toml", "title = ", &["line 1, column 9"]).await;
}

#[tokio::test]
async fn rows_are_there_unless_the_program_makes_them() {
    refuses("list/data.csv", TABLE, &["the program makes the rows"]).await;
    let folder = folder("README.md", "");
    fs::remove_file(folder.path().join("toilets/data.csv")).unwrap();
    let message = read_dataset(&folder.path().join("toilets")).unwrap_err().to_string();
    assert!(message.ends_with("data.csv: the rows of the dataset are missing"), "{message}");
}

#[tokio::test]
async fn a_folder_whose_name_is_no_slug_is_refused() {
    let folder = folder("公衆トイレ/dataset.toml", DATASET);
    let message = loads(&folder).await.2.unwrap_err().to_string();
    assert!(message.contains("not with `公`"), "{message}");
}

#[test]
fn a_missing_file_is_named() {
    let empty = tempfile::tempdir().unwrap();
    let message = read_city(empty.path()).unwrap_err().to_string();
    assert!(message.ends_with("city.toml: the file is missing"), "{message}");
    assert!(dataset_folders(&empty.path().join("nowhere")).is_err());
}
