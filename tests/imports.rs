//! A city moves in: what another portal or its old list tells of becomes drafts, and nothing is fetched.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::city::City;
use crate::desk::{Desk, datasets};
use crate::terminal::{Ran, hiyori};

const PUBLIC: &str = "https://data.example.jp";

/// A city without datasets of its own, loaded once and closed again; its data remain.
async fn empty() -> TempDir {
    let desk = Desk::of_a_city();
    City::opening().loading(desk.path()).open().await.close().await
}

/// Types `hiyori import KIND FILE ARGS… --data …`.
fn imports(data: &Path, kind: &str, file: &Path, args: &[&str]) -> Ran {
    let mut line =
        vec!["import".as_ref(), kind.as_ref(), file.as_os_str(), "--data".as_ref(), data.as_os_str()];
    line.extend(args.iter().map(|arg| std::ffi::OsStr::new(*arg)));
    hiyori(&line)
}

/// オープンデータ一覧 of what is kept in `data`, with the drafts: its rows by column name.
fn listed(data: &Path) -> Vec<BTreeMap<String, String>> {
    let ran = hiyori(&[
        "export".as_ref(),
        "open-data-list".as_ref(),
        "--drafts".as_ref(),
        "--public-url".as_ref(),
        PUBLIC.as_ref(),
        "--data".as_ref(),
        data.as_os_str(),
    ]);
    rows(ran.exits(0).out())
}

fn rows(csv: &str) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(csv.as_bytes()).deserialize().map(|row| row.unwrap()).collect()
}

/// The columns of the dataset alone, each dataset once.
fn of_datasets(rows: &[BTreeMap<String, String>]) -> Vec<BTreeMap<String, String>> {
    let own = |row: &BTreeMap<String, String>| {
        row.iter()
            .filter(|(name, _)| name.starts_with("データセット_"))
            .map(|(name, text)| (name.clone(), text.clone()))
            .collect::<BTreeMap<_, _>>()
    };
    let mut datasets: Vec<_> = rows.iter().map(own).collect();
    datasets.dedup();
    datasets
}

#[tokio::test]
async fn a_list_that_goes_out_and_comes_in_again_says_the_same_of_every_dataset() {
    let city = City::opening().setting("HIYORI_PUBLIC_URL", PUBLIC).open().await;
    let list =
        city.visitor().gets("/api/v1/datasets/open-data-list/download.csv").await.is(200).text().to_owned();
    city.close().await;
    let desk = Desk::new();
    let file = desk.file("042021_open_data_list.csv", &list);

    let data = empty().await;
    imports(data.path(), "open-data-list", &file, &[])
        .exits(0)
        .says("もうあったもの 0件、下書きにできないもの 0件");
    let (before, after) = (rows(&list), listed(data.path()));
    assert_eq!(of_datasets(&before), of_datasets(&after));
    // The files are told of as they were: nothing was fetched.
    assert_eq!(before, after);
}

#[tokio::test]
async fn drafts_are_for_their_department_until_they_are_published() {
    let city = City::opening().setting("HIYORI_PUBLIC_URL", PUBLIC).open().await;
    let list =
        city.visitor().gets("/api/v1/datasets/open-data-list/download.csv").await.is(200).text().to_owned();
    city.close().await;
    let desk = Desk::new();
    let file = desk.file("list.csv", &list);
    let data = empty().await;
    imports(data.path(), "open-data-list", &file, &[]).exits(0);

    let desk = Desk::of_a_city();
    let city = City::opening().loading(desk.path()).on(data).open().await;
    let (visitor, office) = (city.visitor(), city.office("mihon").await);
    assert!(visitor.gets("/api/v1/datasets").await.slugs().is_empty());
    visitor.gets("/api/v1/datasets/sample-aed").await.is(404);
    visitor.gets("/api/v1/datasets/sample-aed/origin").await.is(401);
    let other = city.staff("dx", "editor", "別の課の人").await;
    other.gets("/api/v1/datasets/sample-aed/origin").await.is(404);

    let draft = office.editor().gets("/api/v1/datasets/sample-aed").await.is(200).json();
    assert_eq!(
        (&draft["state"], &draft["theme"], &draft["schema"]),
        (&json!("draft"), &json!("health"), &json!("hyojun/aed"))
    );
    let origin = office.editor().gets("/api/v1/datasets/sample-aed/origin").await.is(200).json();
    assert_eq!(origin["from"], "open-data-list");
    let links: Vec<_> =
        origin["files"].as_array().unwrap().iter().map(|file| &file["ファイル_ダウンロードURL"]).collect();
    assert!(
        links.contains(&&json!(format!("{PUBLIC}/api/v1/datasets/sample-aed/download.csv"))),
        "{links:?}"
    );

    let csv = String::from_utf8(crate::desk::rows_of("sample-aed")).unwrap();
    office.uploads("sample-aed", &csv).await.is(201);
    let origin = office.editor().gets("/api/v1/datasets/sample-aed/origin").await.is(200).json();
    assert_eq!((&origin["from"], &origin["files"]), (&Value::Null, &json!([])), "it has files of its own");
    office.submits("sample-aed", 1).await.is(200);
    office.publishes("sample-aed", 1).await.is(200);
    assert_eq!(visitor.gets("/api/v1/datasets").await.slugs(), ["sample-aed"]);
    city.close().await;
}

#[tokio::test]
async fn what_a_ckan_portal_answered_becomes_drafts_once() {
    let city = City::opening().setting("HIYORI_PUBLIC_URL", PUBLIC).open().await;
    let saved = city.visitor().gets("/api/3/action/package_search?rows=1000").await.is(200).text().to_owned();
    city.close().await;
    let desk = Desk::new();
    let file = desk.file("package_search.json", &saved);
    let data = empty().await;
    let count = crate::desk::slugs().len();

    imports(data.path(), "ckan", &file, &["--dry-run"])
        .exits(0)
        .says(&format!("下書きにできるもの {count}件"));
    assert!(listed(data.path()).is_empty());
    imports(data.path(), "ckan", &file, &[]).exits(0).says(&format!("作った下書き {count}件"));
    let drafts = listed(data.path());
    imports(data.path(), "ckan", &file, &[])
        .exits(0)
        .says(&format!("作った下書き 0件、もうあったもの {count}件"));
    assert_eq!(listed(data.path()), drafts);

    let aed = drafts.iter().find(|row| row["データセット_ID"] == "sample-aed").unwrap();
    for (column, expected) in [
        ("データセット_分類", "健康・医療"),
        ("データセット_連絡先名称", "【見本】課"),
        ("データセット_準拠する標準", "自治体標準オープンデータセット　AED設置箇所一覧"),
        ("データセット_URL", "https://data.example.jp/datasets/sample-aed"),
        ("ファイル_ダウンロードURL", "https://data.example.jp/api/v1/datasets/sample-aed/download.csv"),
    ] {
        assert_eq!(aed[column], expected, "{column}");
    }
}

#[tokio::test]
async fn what_cannot_be_carried_is_told_line_by_line() {
    let data = empty().await;
    let header = "データセット_ID,データセット_タイトル,データセット_概要,データセット_分類,データセット_公開日,データセット_更新頻度,データセット_対象期間,\
                  データセット_連絡先名称,ファイル_タイトル,ファイル_ダウンロードURL,ファイル_ライセンス";
    let list = format!(
        "{header}\n\
         bridges,【見本】橋,説明,くらし,2024/4/1,年に一度,令和7年度,【見本】課,橋,https://example.jp/a.csv,CC BY-SA 4.0\n\
         公園,【見本】公園,説明,,,,,どこかの課,公園,https://example.jp/b.csv,CC BY 4.0\n\
         roads,【見本】道,説明,,きのう,,,【見本】課,道,https://example.jp/c.csv,CC BY 4.0\n"
    );
    let desk = Desk::new();
    let file = desk.file("list.csv", &list);
    let ran = imports(data.path(), "open-data-list", &file, &[]);
    ran.exits(1);
    for words in [
        "2行目「【見本】橋」: 下書き bridges を作りました。",
        "データセット_分類「くらし」",
        "データセット_更新頻度「年に一度」",
        "データセット_対象期間「令和7年度」",
        "ライセンス「CC BY-SA 4.0」",
        "3行目「【見本】公園」: 下書きにできません。",
        "連絡先名称「どこかの課」",
        "4行目「【見本】道」: 下書きにできません。",
        "作った下書き 1件、もうあったもの 0件、下書きにできないもの 2件",
    ] {
        ran.says(words);
    }
    let again = imports(data.path(), "open-data-list", &file, &["--department", "dx"]);
    again.exits(1).says("bridges はもうあります").says("データセット_ID「公園」").says("作った下書き 1件");
    let english = imports(data.path(), "open-data-list", &file, &["--lang", "en"]);
    english.exits(1).says("row 4").says("there is bridges already");
}

#[tokio::test]
async fn lists_come_in_any_encoding_and_of_the_old_layout_too() {
    let data = empty().await;
    let desk = Desk::new();
    let old = "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,データ名称,データ概要,データ形式,分類,更新頻度,URL,API対応有無,ライセンス,登録日,最終更新日,備考\r\n\
               042021,1,宮城県,石巻市,【見本】一覧,説明,CSV,その他,,https://example.jp/1,無,CC BY 4.0,2022-05-17,2022-07-14,\r\n";
    let (cp932, ..) = encoding_rs::SHIFT_JIS.encode(old);
    let file = desk.file("old.csv", &cp932);
    imports(data.path(), "open-data-list", &file, &["--department", "mihon"])
        .exits(0)
        .says("作った下書き 1件");
    let [row] = listed(data.path()).try_into().unwrap();
    assert_eq!(
        (row["データセット_公開日"].as_str(), row["データセット_最終更新日"].as_str()),
        ("2022-05-17", "2022-07-14")
    );
    assert_eq!(
        (row["データセット_URL"].as_str(), row["ファイル形式"].as_str()),
        ("https://example.jp/1", "CSV")
    );
}

#[tokio::test]
async fn what_is_no_list_and_no_answer_is_refused_in_clear_words() {
    let data = empty().await;
    let desk = Desk::new();
    let table = desk.file("table.csv", "名称,数\n見本,1\n");
    imports(data.path(), "open-data-list", &table, &[]).exits(1).says("オープンデータ一覧として読めません");
    imports(data.path(), "ckan", &table, &[]).exits(1).says("JSON として読めません");
    let empty = desk.file("empty.json", "{\"success\": true, \"result\": {\"results\": []}}");
    imports(data.path(), "ckan", &empty, &[]).exits(1).says("CKAN のデータセットがありません");
    imports(data.path(), "ckan", &desk.path().join("nowhere.json"), &[]).exits(2);
    let list = datasets().join("city.toml");
    imports(data.path(), "open-data-list", &list, &["--department", "nowhere"]).exits(1);
}

/// Lists as cities have published them.
#[tokio::test]
async fn published_lists_come_in() {
    let Some(samples) = std::env::var_os("HIYORI_SAMPLES") else {
        eprintln!("HIYORI_SAMPLES names no folder: left out");
        return;
    };
    let data = empty().await;
    for (name, least) in [("170003_open_data_list.csv", 80), ("300004_open_data_list.csv", 80)] {
        let file = Path::new(&samples).join(name);
        let ran = imports(data.path(), "open-data-list", &file, &["--department", "dx"]);
        let made = ran
            .out()
            .lines()
            .filter(|line| line.contains("下書き") && line.ends_with("を作りました。"))
            .count();
        assert!(made >= least, "{name}: {made}\n{}", ran.out());
    }
}
