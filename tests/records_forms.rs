//! Rows in each form: the same rows everywhere, each with what it is of, everything without a wall.

use serde_json::{Value, json};

use crate::city::City;
use crate::desk::{Desk, rows_of};
use crate::office::api;

const TOILETS: &str = "/api/v1/datasets/sample-public-toilets/records";

/// The forms, with the media type of each.
const FORMS: [(&str, &str); 6] = [
    ("json", "application/json"),
    ("ndjson", "application/x-ndjson"),
    ("csv", "text/csv"),
    ("geojson", "application/geo+json"),
    ("parquet", "application/vnd.apache.parquet"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
];

#[tokio::test]
async fn a_form_is_asked_for_by_ending_or_by_accept() {
    let city = City::shared().await;
    let visitor = city.visitor();
    for (ending, media_type) in FORMS {
        let named = visitor.gets(&format!("{TOILETS}.{ending}?limit=3")).await;
        assert_eq!(named.is(200).media_type(), media_type);
        let liked = visitor.clone().taking(media_type).gets(&format!("{TOILETS}?limit=3")).await;
        assert_eq!(liked.is(200).media_type(), media_type);
        assert!(liked.header("vary").contains("accept"), "{}", liked.header("vary"));
        for answer in [&named, &liked] {
            let links = answer.all("link");
            let says =
                |relation: &str| links.iter().any(|link| link.contains(&format!("rel=\"{relation}\"")));
            assert!(["license", "describedby", "collection", "next"].into_iter().all(says), "{links:?}");
            assert!(
                links.iter().any(|link| link.contains("creativecommons.org/licenses/by/4.0")),
                "{links:?}"
            );
            assert!(answer.header("content-location").contains("/revisions/1/records"));
        }
    }
    visitor.gets(&format!("{TOILETS}.pdf")).await.problem(404, "no-such-format");
    visitor.clone().taking("image/png").gets(TOILETS).await.problem(406, "not-acceptable");
    let browser = visitor.taking("text/html,application/xhtml+xml,*/*;q=0.8");
    assert_eq!(browser.gets(TOILETS).await.is(200).media_type(), "application/json");
}

#[tokio::test]
async fn every_form_holds_the_same_rows() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let question = "filter=男性トイレ総数>2&sort=-男性トイレ総数,ID&select=ID,緯度,男性トイレ総数";
    let ask = async |ending: &str| visitor.gets(&format!("{TOILETS}.{ending}?{question}")).await;
    let json = ask("json").await.is(200).json();
    let items = json["items"].as_array().unwrap();
    assert_eq!((items.len(), &json["total"], &json["next"]), (9, &json!(9), &Value::Null));

    let lines = ask("ndjson").await;
    let lines: Vec<Value> =
        lines.is(200).text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(&lines, items);

    let csv = ask("csv").await;
    let mut reader = csv::Reader::from_reader(csv.is(200).body());
    let cells: Vec<Vec<String>> =
        reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
    let expected: Vec<Vec<String>> = items
        .iter()
        .map(|item| {
            vec![
                item["ID"].as_str().unwrap().to_owned(),
                item["緯度"].to_string(),
                item["男性トイレ総数"].to_string(),
            ]
        })
        .collect();
    assert_eq!(cells, expected);
    assert_eq!(reader.headers().unwrap(), vec!["ID", "緯度", "男性トイレ総数"]);

    let map = ask("geojson").await.is(200).json();
    assert_eq!((&map["type"], &map["numberReturned"]), (&json!("FeatureCollection"), &json!(9)));
    let features = map["features"].as_array().unwrap();
    let properties: Vec<&Value> = features.iter().map(|feature| &feature["properties"]).collect();
    assert_eq!(properties, items.iter().collect::<Vec<_>>());
    assert_eq!(features[0]["id"], items[0]["ID"]);
    assert_eq!(features[0]["geometry"]["coordinates"][1], items[0]["緯度"]);
}

#[tokio::test]
async fn all_rows_as_they_are_are_the_download() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let download = visitor.gets("/api/v1/datasets/sample-public-toilets/download.csv").await;
    let rows = visitor.gets(&format!("{TOILETS}.csv")).await;
    assert!(rows.is(200).body() == download.is(200).body());
    // The same by the way of a question that lets all pass.
    let asked = visitor.gets(&format!("{TOILETS}.csv?filter=TRUE and ID is not null")).await;
    assert!(asked.is(200).body() == download.body());
    let json = visitor.gets("/api/v1/datasets/sample-public-toilets/download.json").await.is(200).json();
    assert_eq!(visitor.gets(&format!("{TOILETS}.json")).await.is(200).json()["items"], json);
}

#[tokio::test]
async fn digits_stay_as_the_cell_has_them() {
    let desk = Desk::of_a_city();
    let csv = String::from_utf8(rows_of("sample-public-toilets")).unwrap();
    desk.dataset("digits", "hyojun/public_toilet", csv.replace("38.4286,141.2965", "38.40,141.2900"));
    let city = City::opening().loading(desk.path()).open().await;
    let visitor = city.visitor();
    let path = api("digits") + "/records";
    for place in ["", ".json", ".ndjson", ".geojson", "/LL0420210001", "?select=緯度,経度", "?near=141,38"]
    {
        let text = visitor.gets(&format!("{path}{place}")).await;
        assert!(
            text.is(200).text().contains("38.40") && text.text().contains("141.2900"),
            "{place}: {}",
            text.text()
        );
    }
    city.close().await;
}

#[tokio::test]
async fn parquet_and_excel_hold_what_was_asked_for_and_what_it_is_of() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let parquet = visitor.gets(&format!("{TOILETS}.parquet?select=ID,男性トイレ総数&near=141.3,38.4")).await;
    let body = parquet.is(200).body();
    assert!(body.starts_with(b"PAR1") && body.ends_with(b"PAR1"));
    for said in ["distance_m", "CC-BY-4.0", "sample-public-toilets"] {
        assert!(body.windows(said.len()).any(|part| part == said.as_bytes()), "{said}");
    }
    let excel = visitor.gets(&format!("{TOILETS}.xlsx?filter=男性トイレ総数>3")).await;
    excel.says("content-disposition", "attachment; filename=\"sample-public-toilets.xlsx\"");
    let path = "/api/v1/validations?schema=hyojun/public_toilet";
    let report = visitor.hands_in(path, "toilets.xlsx", excel.is(200).body()).await.is(200).json();
    assert_eq!((&report["rows"], &report["accepted"]), (&json!(4), &json!(true)), "{report:#}");
}

#[tokio::test]
async fn rows_without_coordinates_are_on_no_map() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let path = "/api/v1/datasets/municipality-dx-policies/records";
    visitor.gets(&format!("{path}.geojson")).await.problem(404, "no-such-format");
    visitor.clone().taking("application/geo+json").gets(path).await.problem(406, "not-acceptable");
    for asked in ["bbox=141,38,142,39", "near=141.3,38.4", "filter=S_INTERSECTS(geometry,POINT(141 38))"] {
        visitor.gets(&format!("{path}?{asked}")).await.problem(400, "bad-filter");
    }
}

#[tokio::test]
async fn everything_that_was_asked_for_comes_without_a_wall() {
    let desk = Desk::of_a_city();
    let rows: String = (0..5_000).map(|number| format!("見本{number},{}\r\n", number % 10)).collect();
    desk.dataset("long", "", format!("名称,組\r\n{rows}"));
    let city = City::opening().loading(desk.path()).open().await;
    let visitor = city.visitor();
    let path = api("long") + "/records";
    let lines = visitor.gets(&format!("{path}.csv?組=3&組=4")).await;
    assert_eq!(lines.is(200).text().lines().count(), 1 + 1_000);
    let sorted = visitor.gets(&format!("{path}.ndjson?sort=-名称&select=名称")).await;
    let names: Vec<&str> = sorted.is(200).text().lines().collect();
    assert_eq!(names.len(), 5_000);
    assert!(names.is_sorted_by(|one, other| one >= other));
    let like = visitor.asks_with(&format!("{path}.json"), &[("filter", "名称 like '%99'")]).await;
    let json = like.is(200).json();
    assert_eq!((json["items"].as_array().unwrap().len(), &json["total"]), (50, &json!(50)));
    let page = visitor.gets(&format!("{path}?limit=4000")).await.is(200).json();
    assert_eq!((page["items"].as_array().unwrap().len(), &page["total"]), (4_000, &json!(5_000)));
    city.close().await;
}
