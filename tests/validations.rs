//! Somebody has a file judged: the verdict says where, what, why and how to mend, and is the same everywhere.

use serde_json::{Value, json};

use crate::city::City;
use crate::desk::{Desk, datasets, rows_of};
use crate::terminal::hiyori;

/// The public toilets with some cells of the first row replaced: field, cell.
pub fn toilets_with(cells: &[(&str, &str)]) -> Vec<u8> {
    let mut reader = csv::Reader::from_reader(std::io::Cursor::new(rows_of("sample-public-toilets")));
    let header = reader.headers().unwrap().clone();
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(&header).unwrap();
    for (at, record) in reader.records().enumerate() {
        let record = record.unwrap();
        let row = header.iter().zip(&record).map(|(field, cell)| {
            cells.iter().find(|(of, _)| at == 0 && *of == field).map_or(cell, |(_, other)| other)
        });
        writer.write_record(row).unwrap();
    }
    writer.into_inner().unwrap()
}

/// Both ways of judging `bytes` give the same report but for `file.name`; gives it.
async fn judged(city: &City, bytes: &[u8], query: &str, flags: &[&str]) -> Value {
    let desk = Desk::new();
    let file = desk.file("file.csv", bytes);
    let mut args = vec!["validate", "--format", "json", file.to_str().unwrap()];
    args.extend(flags);
    let typed = hiyori(&args);
    let mut in_terminal = typed.json();
    typed.exits(if in_terminal["accepted"] == true { 0 } else { 1 });
    assert!(in_terminal["file"]["name"].as_str().unwrap().ends_with("file.csv"), "{in_terminal:#}");
    in_terminal["file"]["name"] = Value::Null;
    let visitor = if flags.contains(&"en") { city.visitor().reading_english() } else { city.visitor() };
    let path = format!("/api/v1/validations{query}");
    for answer in
        [visitor.posts(&path, bytes.to_vec()).await, visitor.hands_in(&path, "file.csv", bytes).await]
    {
        let mut over_http = answer.is(200).json();
        over_http["file"]["name"] = Value::Null;
        assert_eq!(over_http, in_terminal);
    }
    in_terminal
}

#[tokio::test]
async fn the_same_file_gets_the_same_report_over_http_and_in_a_terminal() {
    let city = City::shared().await;
    let broken = toilets_with(&[
        ("名称", ""),
        ("緯度", "141.3"),
        ("利用開始時間", "9:00"),
        ("オストメイト設置トイレ有無", "○"),
    ]);
    let (cp932, _, _) = encoding_rs::SHIFT_JIS.encode(std::str::from_utf8(&broken).unwrap());
    let utf_16: Vec<u8> =
        std::str::from_utf8(&broken).unwrap().encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [
        rows_of("sample-public-toilets").as_slice(),
        &utf_16,
        rows_of("sample-aed").as_slice(),
        &broken,
        &cp932,
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"a,b\n1,\"2",
        b"a,b,b\n1,2,3,4\n\n5\n",
    ] {
        judged(&city, bytes, "", &[]).await;
        judged(&city, bytes, "?schema=hyojun/public_toilet", &["--schema", "hyojun/public_toilet"]).await;
    }
}

#[tokio::test]
async fn the_report_has_the_shape_of_the_contract() {
    let city = City::shared().await;
    let report = judged(&city, &toilets_with(&[("名称", "")]), "", &[]).await;
    let members =
        |value: &Value| value.as_object().unwrap().keys().map(String::as_str).collect::<Vec<_>>().join(" ");
    assert_eq!(
        members(&report),
        "file schema rows accepted counts findings repairs questions truncated machine_readability"
    );
    assert_eq!(
        members(&report["file"]),
        "name bytes sha256 kind encoding delimiter line_ending sheet header_row"
    );
    assert_eq!(members(&report["schema"]), "id title edition fields matched confidence");
    assert_eq!(members(&report["counts"]), "error warning note repair question");
    assert_eq!(
        members(&report["findings"][0]),
        "code severity row column column_letter field value message hint proposal"
    );
    assert_eq!(report["repairs"], json!([]));
    assert_eq!(report["questions"], json!([]));
    assert_eq!(report["truncated"], false);
    assert_eq!(report["file"]["kind"], "csv");
    assert_eq!(report["file"]["encoding"], "utf-8");
    assert_eq!(report["file"]["delimiter"], ",");
    assert_eq!(report["file"]["line_ending"], "crlf");
    assert_eq!(report["file"]["header_row"], 1);
}

#[tokio::test]
async fn a_clean_file_is_accepted_with_no_error_and_no_warning() {
    let city = City::shared().await;
    let report = judged(&city, &rows_of("sample-evacuation-spaces"), "", &[]).await;
    assert_eq!(report["accepted"], true);
    assert_eq!(report["schema"]["id"], "hyojun/evacuation_space");
    assert_eq!(report["rows"], 10);
    assert_eq!(
        (&report["counts"]["error"], &report["counts"]["warning"]),
        (&json!(0), &json!(0)),
        "{report:#}"
    );
}

#[tokio::test]
async fn an_empty_name_is_found_in_its_cell_with_how_to_mend_it() {
    let city = City::shared().await;
    let report = judged(&city, &toilets_with(&[("名称", "")]), "", &[]).await;
    assert_eq!(report["accepted"], false);
    let finding =
        report["findings"].as_array().unwrap().iter().find(|it| it["code"] == "required-missing").unwrap();
    assert_eq!(finding["severity"], "error");
    assert_eq!(
        (&finding["row"], &finding["column"], &finding["column_letter"]),
        (&json!(2), &json!(4), &json!("D"))
    );
    assert_eq!(finding["field"], "名称");
    let message = finding["message"].as_str().unwrap();
    assert!(message.contains("D2") && message.contains("名称"), "{message}");
    assert!(!finding["hint"].as_str().unwrap().is_empty());
}

/// The first toilet with `cell` in `field` gets `code` there.
async fn gets(field: &str, cell: &str, code: &str) {
    let city = City::shared().await;
    let answer = city.visitor().posts("/api/v1/validations", toilets_with(&[(field, cell)])).await;
    answer.is(200).finding(code, 2, field);
}

#[tokio::test]
async fn each_kind_of_cell_is_held_against_what_it_must_be() {
    for (field, cell, code) in [
        ("全国地方公共団体コード", "042022", "wrong-check-digit"),
        ("緯度", "141.3027", "out-of-range"),
        ("経度", "東経141度", "not-a-number"),
        ("男性トイレ総数", "2.5", "not-an-integer"),
        ("男性トイレ総数", "二つ", "not-an-integer"),
        ("利用終了時間", "日没まで", "not-a-time"),
        ("車椅子使用者用トイレ有無", "あるかも", "not-in-list"),
        ("画像", "www.example.jp/toilet.jpg", "not-a-url"),
        ("名称_英語", "Ｍｉｈｏｎ", "not-ascii"),
        ("所在地_連結表記", "見本町一丁目1-4", "incomplete-address"),
    ] {
        gets(field, cell, code).await;
    }
}

#[tokio::test]
async fn what_has_one_reading_is_repaired_unless_its_kind_is_switched_off() {
    let city = City::shared().await;
    for (field, cell, repair, finding) in [
        ("所在地_全国地方公共団体コード", "42021", "lost-zero", "wrong-length"),
        ("利用開始時間", "9:00", "time-form", "not-a-time"),
        ("車椅子使用者用トイレ有無", "○", "value-spelling", "not-in-list"),
        ("名称", " 見本第一公園トイレ", "surrounding-blank", "surrounding-blank"),
    ] {
        let file = toilets_with(&[(field, cell)]);
        let visitor = city.visitor();
        visitor.posts("/api/v1/validations", file.clone()).await.is(200).repair(repair, 2, field);
        for off in [repair, "all"] {
            let path = format!("/api/v1/validations?no_repair={off}");
            let answer = visitor.posts(&path, file.clone()).await;
            answer.is(200).finding(finding, 2, field);
            assert_eq!(answer.json()["counts"]["repair"], 0, "{off}");
        }
        judged(&city, &file, &format!("?no_repair={repair}"), &["--no-repair", repair]).await;
    }
    let answer = city.visitor().posts("/api/v1/validations?no_repair=%E5%85%A8%E8%A7%92", "a\n1\n").await;
    answer.problem(400, "bad-parameter");
}

#[test]
fn the_repaired_table_is_written_under_the_schemas_names_and_needs_no_repair_again() {
    let desk = Desk::new();
    let text =
        String::from_utf8(toilets_with(&[("利用開始時間", "9:00"), ("男性トイレ総数", "二つ")])).unwrap();
    let mut lines = text.lines();
    let header = lines.next().unwrap();
    let rows: String = lines.map(|line| format!("控え,{line}\n")).collect();
    let rows = format!("見本課の控え,{header}\n{rows}");
    let (cp932, _, _) = encoding_rs::SHIFT_JIS.encode(&rows);
    let file = desk.file("toilets.csv", &cp932);
    let place = desk.path().join("repaired.csv");
    hiyori(&["validate".as_ref(), "--repaired".as_ref(), place.as_os_str(), file.as_os_str()]).exits(1);
    let repaired = String::from_utf8(std::fs::read(&place).unwrap()).unwrap();
    assert_eq!(repaired.lines().next().unwrap(), format!("{header},見本課の控え"));
    assert!(repaired.contains(",09:00,") && repaired.contains(",二つ,"), "{repaired}");
    assert_eq!(repaired.lines().count(), text.lines().count());
    let again = hiyori(&["validate", "--format", "json", place.to_str().unwrap()]).json();
    assert_eq!((&again["counts"]["repair"], &again["counts"]["error"]), (&json!(0), &json!(1)));
    let two =
        ["validate".as_ref(), "--repaired".as_ref(), place.as_os_str(), file.as_os_str(), file.as_os_str()];
    hiyori(&two).exits(2).says("--repaired").prints_nothing();
}

#[test]
fn a_question_is_answered_as_the_terminal_says() {
    let desk = Desk::new();
    let file = desk.file("toilets.csv", toilets_with(&[("備考", "夜間は090-1234-5678へ")]));
    let file = file.to_str().unwrap();
    hiyori(&["validate", file]).exits(0).says("q1").says("--answer \"personal-data:備考=番号\"");
    let answered = hiyori(&["validate", "--answer", "personal-data:備考=1", file]);
    answered.exits(0).says("答え: 個人の情報ではない").says("公開できます。");
    let withheld = hiyori(&["validate", "--format", "json", "--answer", "personal-data:備考=3", file]);
    assert_eq!(withheld.exits(1).json()["findings"][0]["code"], "withheld");
}

#[tokio::test]
async fn a_question_is_answered_over_http_as_in_a_terminal() {
    let city = City::shared().await;
    let file = toilets_with(&[("備考", "夜間は090-1234-5678へ"), ("利用可能時間特記事項", "-")]);
    let asked = judged(&city, &file, "", &[]).await;
    let keys: Vec<String> = asked["questions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| format!("{}:{}", it["code"].as_str().unwrap(), it["field"].as_str().unwrap()))
        .collect();
    assert_eq!(keys.len(), 2, "{keys:?}");
    let answers: Vec<String> = keys.iter().map(|key| format!("{key}=1")).collect();
    let flags: Vec<&str> = answers.iter().flat_map(|answer| ["--answer", answer]).collect();
    let answered = judged(&city, &file, &format!("?answer={}", answers.join(",")), &flags).await;
    for question in answered["questions"].as_array().unwrap() {
        assert!(question["answer"].is_string(), "{question:#}");
    }
    let withheld =
        city.visitor().posts("/api/v1/validations?answer=personal-data:備考=3", file.clone()).await;
    let withheld = withheld.is(200).json();
    assert_eq!(withheld["findings"][0]["code"], "withheld", "{:#}", withheld["findings"]);
    assert_eq!(withheld["accepted"], false);
    let nonsense = city.visitor().posts("/api/v1/validations?answer=personal-data", file).await;
    nonsense.problem(400, "bad-parameter");
}

#[test]
fn a_place_far_from_the_city_is_told_where_the_city_says_where_it_lies() {
    let desk = Desk::new();
    let file = desk.file("toilets.csv", toilets_with(&[("緯度", "35.681"), ("経度", "139.767")]));
    let file = file.to_str().unwrap();
    let known = std::fs::read_to_string(datasets().join("city.toml")).unwrap();
    let boxed = format!("{known}bbox = {{ south = 38.2, west = 141.0, north = 38.7, east = 141.7 }}\n");
    desk.file("city.toml", boxed);
    let report = |folder: &std::path::Path| {
        hiyori(&["validate", "--format", "json", "--city", folder.to_str().unwrap(), file]).exits(0).json()
    };
    let far = report(desk.path());
    let found = far["findings"].as_array().unwrap().iter().any(|it| it["code"] == "outside-city");
    assert!(found, "{:#}", far["findings"]);
    assert_eq!(report(&datasets())["counts"]["warning"], 0);
    hiyori(&["validate", "--city", "no/such/folder", file]).exits(2).says("city.toml");
}

#[tokio::test]
async fn a_doubled_id_stands_at_the_later_row_and_names_the_earlier() {
    let city = City::shared().await;
    let answer = city.visitor().posts("/api/v1/validations", toilets_with(&[("ID", "LL0420210003")])).await;
    answer.is(200).finding("duplicate-key", 4, "ID");
    let report = answer.json();
    let finding =
        report["findings"].as_array().unwrap().iter().find(|it| it["code"] == "duplicate-key").unwrap();
    assert!(finding["message"].as_str().unwrap().contains('2'), "{finding:#}");
}

#[tokio::test]
async fn english_is_spoken_to_who_asks_for_it() {
    let city = City::shared().await;
    let report = judged(&city, &toilets_with(&[("名称", "")]), "", &["--lang", "en"]).await;
    let finding =
        report["findings"].as_array().unwrap().iter().find(|it| it["code"] == "required-missing").unwrap();
    let message = finding["message"].as_str().unwrap();
    assert!(message.contains("D2") && message.contains("empty"), "{message}");
}

#[tokio::test]
async fn a_table_that_fits_no_schema_is_accepted_with_a_note() {
    let city = City::shared().await;
    let report = judged(&city, "番号,くだもの\r\n1,りんご\r\n".as_bytes(), "", &[]).await;
    assert_eq!(report["schema"], Value::Null);
    assert_eq!(report["accepted"], true);
    assert_eq!(report["findings"][0]["code"], "no-schema");
    assert_eq!(report["findings"][0]["row"], Value::Null);
}

#[tokio::test]
async fn cp932_is_read_as_well_as_utf8() {
    let city = City::shared().await;
    let text = String::from_utf8(rows_of("sample-aed")).unwrap();
    let (cp932, _, lossy) = encoding_rs::SHIFT_JIS.encode(&text);
    assert!(!lossy);
    let report = judged(&city, &cp932, "", &[]).await;
    assert_eq!(report["file"]["encoding"], "cp932");
    assert_eq!(report["schema"]["id"], "hyojun/aed");
    assert_eq!(
        (&report["counts"]["error"], &report["counts"]["warning"]),
        (&json!(0), &json!(0)),
        "{report:#}"
    );
}

#[tokio::test]
async fn a_bom_is_dropped_without_a_word() {
    let city = City::shared().await;
    let mut bytes = b"\xEF\xBB\xBF".to_vec();
    bytes.extend(rows_of("sample-aed"));
    let report = judged(&city, &bytes, "", &[]).await;
    assert_eq!(report["file"]["encoding"], "utf-8-bom");
    assert_eq!(
        (&report["counts"]["error"], &report["counts"]["warning"]),
        (&json!(0), &json!(0)),
        "{report:#}"
    );
}

#[tokio::test]
async fn a_schema_that_there_is_not_is_refused() {
    let city = City::shared().await;
    let visitor = city.visitor();
    visitor.posts("/api/v1/validations?schema=toilets", "a\n1\n").await.problem(400, "bad-parameter");
    let unknown = visitor.posts("/api/v1/validations?schema=hyojun/no_such", "a\n1\n").await;
    assert!((400..500).contains(&unknown.status()), "{}", unknown.status());
    assert_eq!(unknown.media_type(), "application/problem+json");
}

#[tokio::test]
async fn nothing_of_a_validated_file_is_kept() {
    let city = City::open().await;
    let files = |folder: &std::path::Path| -> usize {
        let mut found = 0;
        let mut folders = vec![folder.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { folders.push(path) } else { found += 1 }
            }
        }
        found
    };
    let before = files(city.data());
    city.visitor().posts("/api/v1/validations", toilets_with(&[("名称", "")])).await.is(200);
    city.visitor().posts("/api/v1/validations", rows_of("sample-aed")).await.is(200);
    assert_eq!(files(city.data()), before);
    city.close().await;
}
