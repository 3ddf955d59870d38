//! Somebody downloads: the bytes are the ones promised, in every form and in every encoding.

use sha2::{Digest, Sha256};

use crate::city::City;
use crate::desk::{Desk, rows_of};
use crate::terminal::hiyori;

const TOILETS: &str = "/api/v1/datasets/sample-public-toilets";

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A header in the layout of the public toilets, and one row named `name`.
fn one_toilet(name: &str) -> String {
    let header = String::from_utf8(rows_of("sample-public-toilets")).unwrap();
    let header = header.lines().next().unwrap();
    let row = header.split(',').map(|field| match field {
        "ID" => "LL0420219001",
        "名称" => name,
        "所在地_連結表記" => "宮城県石巻市見本町一丁目1-1",
        "所在地_都道府県" => "宮城県",
        "所在地_市区町村" => "石巻市",
        "設置位置" => "入口",
        _ => "",
    });
    format!("{header}\r\n{}\r\n", row.collect::<Vec<_>>().join(","))
}

#[tokio::test]
async fn every_file_has_the_length_and_the_digest_that_its_dataset_tells() {
    let city = City::shared().await;
    let visitor = city.visitor();
    for dataset in
        visitor.gets("/api/v1/datasets?limit=100").await.is(200).json()["items"].as_array().unwrap()
    {
        for form in dataset["distributions"].as_array().unwrap() {
            let answer = visitor.gets(form["url"].as_str().unwrap()).await;
            assert_eq!(answer.is(200).body().len(), form["bytes"], "{form}");
            assert_eq!(sha256(answer.body()), form["sha256"], "{form}");
            assert_eq!(answer.media_type(), form["media_type"], "{form}");
            answer.says("content-length", &answer.body().len().to_string()).tag();
        }
    }
}

#[tokio::test]
async fn the_csv_of_a_clean_file_is_the_file() {
    let city = City::shared().await;
    let answer = city.visitor().gets(&format!("{TOILETS}/download.csv")).await;
    answer.is(200).says("content-type", "text/csv; charset=utf-8");
    assert_eq!(answer.text(), String::from_utf8(rows_of("sample-public-toilets")).unwrap());
}

#[tokio::test]
async fn every_download_says_which_revision_it_is_and_what_to_call_the_file() {
    let city = City::shared().await;
    let visitor = city.visitor();
    for form in ["csv", "json", "geojson"] {
        let answer = visitor.gets(&format!("{TOILETS}/download.{form}")).await;
        let revision = format!("{TOILETS}/revisions/1/download.{form}");
        answer.is(200).says("content-location", &revision);
        answer.says("content-disposition", &format!("attachment; filename=\"sample-public-toilets.{form}\""));
        let same = visitor.gets(&revision).await;
        assert_eq!(same.is(200).body(), answer.body(), "{form}");
        assert_eq!(same.tag(), answer.tag(), "{form}");
    }
}

#[tokio::test]
async fn the_original_is_what_was_handed_in_byte_for_byte() {
    let city = City::shared().await;
    let answer = city.visitor().gets(&format!("{TOILETS}/revisions/1/original")).await;
    assert!(answer.is(200).body() == rows_of("sample-public-toilets"));
}

#[tokio::test]
async fn json_is_an_array_of_rows_under_the_names_of_the_schema() {
    let city = City::shared().await;
    let rows = city.visitor().gets(&format!("{TOILETS}/download.json")).await.is(200).json();
    let rows = rows.as_array().unwrap();
    assert_eq!(rows.len(), 12);
    let first = rows[0].as_object().unwrap();
    let header = String::from_utf8(rows_of("sample-public-toilets")).unwrap();
    assert!(first.keys().eq(header.lines().next().unwrap().split(',')), "{first:?}");
    assert_eq!(first["名称"], "見本第一公園トイレ");
    assert_eq!(first["全国地方公共団体コード"], "042021");
    assert_eq!(first["男性トイレ総数"], 3);
    assert_eq!(first["町字ID"], serde_json::Value::Null);
    assert_eq!(first["利用開始時間"], "00:00");
}

#[tokio::test]
async fn geojson_has_a_point_for_every_row_longitude_first() {
    let city = City::shared().await;
    let map = city.visitor().gets(&format!("{TOILETS}/download.geojson")).await.is(200).json();
    assert_eq!(map["type"], "FeatureCollection");
    let features = map["features"].as_array().unwrap();
    assert_eq!(features.len(), 12);
    for feature in features {
        assert_eq!(feature["type"], "Feature");
        assert_eq!(feature["geometry"]["type"], "Point");
        let (longitude, latitude) =
            (&feature["geometry"]["coordinates"][0], &feature["geometry"]["coordinates"][1]);
        assert!((141.0..142.0).contains(&longitude.as_f64().unwrap()), "{feature}");
        assert!((38.0..39.0).contains(&latitude.as_f64().unwrap()), "{feature}");
        assert_eq!(feature["properties"]["所在地_都道府県"], "宮城県");
    }
}

#[tokio::test]
async fn for_a_spreadsheet_the_csv_comes_with_a_bom() {
    let city = City::shared().await;
    let answer = city.visitor().gets(&format!("{TOILETS}/download.csv?encoding=utf-8-bom")).await;
    let (bom, rest) = answer.is(200).body().split_at(3);
    assert_eq!(bom, [0xEF, 0xBB, 0xBF]);
    assert!(rest == rows_of("sample-public-toilets"));
    answer.says("content-type", "text/csv; charset=utf-8");
}

#[tokio::test]
async fn for_an_old_office_pc_the_csv_comes_in_cp932() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let answer = visitor.gets(&format!("{TOILETS}/download.csv?encoding=cp932")).await;
    let (text, _, misfit) = encoding_rs::SHIFT_JIS.decode(answer.is(200).body());
    assert!(!misfit);
    assert_eq!(text.as_bytes(), rows_of("sample-public-toilets"));
    answer.says("content-type", "text/csv; charset=Shift_JIS");
    let plain = visitor.gets(&format!("{TOILETS}/download.csv")).await;
    assert_ne!(answer.tag(), plain.tag(), "other bytes have another tag");
}

#[tokio::test]
async fn a_letter_that_cp932_lacks_is_told_with_its_cell() {
    let desk = Desk::of_a_city();
    desk.dataset("rare-letter", "hyojun/public_toilet", one_toilet("𠮷野トイレ"));
    let city = City::opening().loading(desk.path()).open().await;
    let visitor = city.visitor();
    visitor.gets("/api/v1/datasets/rare-letter/download.csv").await.is(200);
    let answer = visitor.gets("/api/v1/datasets/rare-letter/download.csv?encoding=cp932").await;
    let problem = answer.problem(406, "not-encodable").json();
    let cell = &problem["cells"][0];
    assert_eq!(
        (&cell["row"], &cell["column_letter"], &cell["character"]),
        (&2.into(), &"D".into(), &"𠮷".into()),
        "{problem:#}"
    );
    city.close().await;
}

#[tokio::test]
async fn an_earlier_revision_stays_as_it_was() {
    let desk = Desk::of_a_city();
    let folder = desk.dataset("toilets", "hyojun/public_toilet", one_toilet("古いトイレ"));
    let city = City::opening().loading(desk.path()).open().await;
    let visitor = city.visitor();
    let path = "/api/v1/datasets/toilets";
    let before = visitor.gets(&format!("{path}/download.csv")).await;
    before.is(200).says("content-location", &format!("{path}/revisions/1/download.csv"));

    desk.dataset("toilets", "hyojun/public_toilet", one_toilet("新しいトイレ"));
    hiyori(&["publish".as_ref(), folder.as_os_str(), "--data".as_ref(), city.data().as_os_str()]).exits(0);

    let after = visitor.gets(&format!("{path}/download.csv")).await;
    after.is(200).says("content-location", &format!("{path}/revisions/2/download.csv"));
    assert!(after.text().contains("新しいトイレ"));
    let kept = visitor.gets(&format!("{path}/revisions/1/download.csv")).await;
    assert_eq!(kept.is(200).text(), before.text());
    let kept = visitor.gets(&format!("{path}/revisions/1/original")).await;
    assert_eq!(kept.is(200).text(), one_toilet("古いトイレ"));
    city.close().await;
}
