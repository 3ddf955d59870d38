//! A 課 has a table of the old national standard: it becomes one of the new, and they are told what is left to do.

use std::fs;

use serde_json::Value;

use crate::city::City;
use crate::desk::{Desk, repository, rows_of};
use crate::terminal::hiyori;

const PATH: &str = "/api/v1/conversions?to=hyojun";

/// The good table of one of the old schemas.
fn good(slug: &str) -> Vec<u8> {
    fs::read(repository().join(format!("crates/ingestion/tests/schemas/suisho/{slug}/good.csv"))).unwrap()
}

/// The good tables of all old schemas.
fn every_good_table() -> Vec<(String, Vec<u8>)> {
    let folder = repository().join("crates/ingestion/tests/schemas/suisho");
    let slugs = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    slugs.map(|slug| (slug.clone(), good(&slug))).collect()
}

#[tokio::test]
async fn every_old_table_becomes_a_new_one_that_is_accepted() {
    let city = City::shared().await;
    let tables = every_good_table();
    assert_eq!(tables.len(), 14);
    for (slug, table) in tables {
        let account = city.visitor().posts(PATH, table.clone()).await.is(200).json();
        assert_eq!(account["schema"]["from"], format!("suisho/{slug}"));
        assert_eq!(account["schema"]["to"], format!("hyojun/{slug}"));
        assert_eq!(account["rows_left"]["count"], 0);
        let new = city.visitor().taking("text/csv").posts(PATH, table).await;
        assert_eq!(new.is(200).media_type(), "text/csv");
        new.says("content-disposition", &format!("attachment; filename=\"{slug}.csv\""));
        let path = format!("/api/v1/validations?schema=hyojun/{slug}");
        let report = city.visitor().posts(&path, new.body().to_vec()).await.is(200).json();
        assert_eq!(report["accepted"], true, "{slug}: {report:#}");
        assert_eq!(report["rows"], account["rows"]);
    }
}

/// `table` with other cells in its first row: field, cell.
fn with(table: &[u8], cells: &[(&str, &str)]) -> Vec<u8> {
    let mut reader = csv::Reader::from_reader(table);
    let header = reader.headers().unwrap().clone();
    let mut rows: Vec<Vec<String>> =
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    for (field, cell) in cells {
        let column = header.iter().position(|name| name == *field).unwrap();
        rows[0][column] = (*cell).to_owned();
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&header).unwrap();
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
    writer.into_inner().unwrap()
}

#[tokio::test]
async fn a_dirty_table_becomes_what_the_clean_one_does() {
    let city = City::shared().await;
    let clean =
        with(&good("public_toilet"), &[("緯度", "38.431"), ("経度", "141.301"), ("利用開始時間", "09:00")]);
    let dirty = with(
        &clean,
        &[
            ("緯度", "１４１．３０１"),
            ("経度", " 38.431"),
            ("利用開始時間", "午前9時"),
            ("名称", "見本1\u{3000}"),
        ],
    );
    let clean = with(&clean, &[("名称", "見本1")]);
    let (cp932, _, unmappable) = encoding_rs::SHIFT_JIS.encode(std::str::from_utf8(&dirty).unwrap());
    assert!(!unmappable);
    let titled = [b"\xef\xbb\xbf", "【見本】公衆トイレ\n\n".as_bytes(), &dirty].concat();
    let wanted = city.visitor().taking("text/csv").posts(PATH, clean).await;
    for file in [dirty.clone(), cp932.into_owned(), titled] {
        let made = city.visitor().taking("text/csv").posts(PATH, file).await;
        assert_eq!(made.is(200).text(), wanted.is(200).text());
    }
}

#[tokio::test]
async fn a_cell_that_nobody_can_read_is_carried_as_it_is() {
    let city = City::shared().await;
    let dirty = with(&good("public_toilet"), &[("利用開始時間", "日の出")]);
    let made = city.visitor().taking("text/csv").posts(PATH, dirty).await;
    let path = "/api/v1/validations?schema=hyojun/public_toilet";
    let answer = city.visitor().posts(path, made.is(200).body().to_vec()).await;
    answer.is(200).finding("not-a-time", 2, "利用開始時間");
}

#[tokio::test]
async fn what_could_not_be_carried_is_told_with_its_reason() {
    let city = City::shared().await;
    let account = city.visitor().posts(PATH, good("public_toilet")).await.is(200).json();
    let left = account["not_carried"].as_array().unwrap();
    let toilets = left.iter().find(|left| left["field"] == "多機能トイレ数").unwrap();
    assert_eq!(toilets["rows"], 2);
    assert!(toilets["reason"].as_str().unwrap().contains("バリアフリートイレ数"), "{toilets}");
    let english = city.visitor().reading_english().posts(PATH, good("public_toilet")).await.json();
    assert_ne!(english["not_carried"][0]["reason"], account["not_carried"][0]["reason"]);
    assert!(account["to_fill"].as_array().unwrap().iter().any(|fill| fill["field"] == "所在地_都道府県"));
}

#[tokio::test]
async fn the_terminal_tells_the_same_and_makes_the_same_file() {
    let city = City::shared().await;
    let desk = Desk::new();
    let old = desk.file("old.csv", good("aed"));
    let new = desk.path().join("new.csv");
    let ran = hiyori(&[
        "convert".as_ref(),
        "--to".as_ref(),
        "hyojun".as_ref(),
        old.as_os_str(),
        "-o".as_ref(),
        new.as_os_str(),
        "--format".as_ref(),
        "json".as_ref(),
    ]);
    ran.exits(0).prints_nothing();
    let told: Value = serde_json::from_str(&ran.stderr).unwrap();
    assert_eq!(told, city.visitor().posts(PATH, good("aed")).await.json());
    let over_http = city.visitor().taking("text/csv").posts(PATH, good("aed")).await;
    assert!(fs::read(&new).unwrap() == over_http.body());
    let piped = hiyori(&["convert".as_ref(), "--to".as_ref(), "hyojun".as_ref(), old.as_os_str()]);
    piped.exits(0).says("suisho/aed → hyojun/aed");
    assert!(piped.stdout == over_http.body());
}

#[tokio::test]
async fn a_table_of_the_new_standard_needs_no_converting() {
    let city = City::shared().await;
    let rows = rows_of("sample-public-toilets");
    city.visitor().posts(PATH, rows.clone()).await.problem(422, "not-convertible");
    let desk = Desk::new();
    let file = desk.file("new.csv", &rows);
    let out = desk.path().join("out.csv");
    let ran = hiyori(&[
        "convert".as_ref(),
        "--to".as_ref(),
        "hyojun".as_ref(),
        file.as_os_str(),
        "-o".as_ref(),
        out.as_os_str(),
    ]);
    ran.exits(1).says("hyojun/public_toilet").prints_nothing();
    assert!(!out.exists());
}

#[tokio::test]
async fn what_is_no_table_of_the_old_standard_is_told_why() {
    let city = City::shared().await;
    let photograph = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    let problem = city.visitor().posts(PATH, photograph).await.problem(422, "not-convertible").json();
    assert_eq!(problem["findings"][0]["code"], "not-a-table");
    city.visitor().posts(PATH, "農園名,区画数\n日和,12\n").await.problem(422, "not-convertible");
    for (query, code) in [("?to=suisho", "bad-parameter"), ("?to=hyojun&schema=x", "bad-parameter")] {
        city.visitor().posts(&format!("/api/v1/conversions{query}"), good("aed")).await.problem(400, code);
    }
    let unknown = "/api/v1/conversions?to=hyojun&schema=suisho/no_such";
    city.visitor().posts(unknown, good("aed")).await.problem(404, "no-such-schema");
    city.visitor().taking("image/png").posts(PATH, good("aed")).await.problem(406, "not-acceptable");
}
