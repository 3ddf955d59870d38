//! Rows as CKAN's datastore gives them.

use serde_json::{Value, json};

use crate::city::City;
use crate::ckan::{asks, csv_of, fails, result, texts};

#[tokio::test]
async fn rows_come_as_ckans_datastore_gives_them() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let csv = csv_of(&visitor, "sample-public-toilets").await;
    let rows = visitor.gets("/api/v1/datasets/sample-public-toilets/download.json").await.is(200).json();
    let rows = rows.as_array().unwrap();

    let all = result(&visitor, "datastore_search", &[("resource_id", &csv)]).await;
    assert_eq!(all["total"], rows.len());
    assert_eq!(all["fields"][0], json!({"id": "_id", "type": "int"}));
    for (number, (record, row)) in all["records"].as_array().unwrap().iter().zip(rows).enumerate() {
        let mut record = record.as_object().unwrap().clone();
        assert_eq!(record.shift_remove("_id"), Some(json!(number + 1)));
        assert_eq!(Value::Object(record), *row);
    }
    let info = result(&visitor, "datastore_info", &[("id", &csv)]).await;
    assert_eq!(info["meta"]["count"], rows.len());
    assert_eq!(texts(&info["fields"], "id"), texts(&all["fields"], "id"));
    fails(
        &asks(&visitor, "datastore_search", &[("resource_id", "sample-aed")]).await,
        404,
        "Not Found Error",
    );
}

#[tokio::test]
async fn rows_are_filtered_sorted_paged_and_selected() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let csv = csv_of(&visitor, "sample-public-toilets").await;
    let id = ("resource_id", csv.as_str());
    let rows = visitor.gets("/api/v1/datasets/sample-public-toilets/download.json").await.is(200).json();
    let names: Vec<&str> = rows.as_array().unwrap().iter().map(|row| row["名称"].as_str().unwrap()).collect();
    let asked = async |params: &[(&str, &str)]| {
        result(&visitor, "datastore_search", &[&[id][..], params].concat()).await
    };
    let page = asked(&[("limit", "5"), ("offset", "3"), ("fields", "名称")]).await;
    assert_eq!(texts(&page["records"], "名称"), names[3..8]);
    assert_eq!(page["records"][0].as_object().unwrap().len(), 1);

    let filter = json!({"名称": names[2]}).to_string();
    let one = asked(&[("filters", &filter)]).await;
    assert_eq!((&one["total"], texts(&one["records"], "名称")), (&json!(1), vec![names[2].to_owned()]));
    let either = json!({"名称": [names[0], names[1]]}).to_string();
    assert_eq!(asked(&[("filters", &either)]).await["total"], 2);

    let mut sorted = names.clone();
    sorted.sort_unstable();
    sorted.reverse();
    let backwards = asked(&[("sort", "名称 desc"), ("fields", "名称,_id")]).await;
    assert_eq!(texts(&backwards["records"], "名称"), sorted);
    let behind =
        asked(&[("sort", "\"名称\" desc"), ("offset", "4"), ("limit", "2"), ("fields", "名称")]).await;
    assert_eq!(texts(&behind["records"], "名称"), sorted[4..6]);
    let beyond = asked(&[("offset", "1000000")]).await;
    assert_eq!((&beyond["records"], &beyond["total"]), (&json!([]), &json!(names.len())));

    let words = asked(&[("q", names[0])]).await;
    assert!(texts(&words["records"], "名称").contains(&names[0].to_owned()));
    let within = json!({"名称": names[0]}).to_string();
    assert!(asked(&[("q", &within)]).await["total"].as_u64().unwrap() >= 1);

    let next = page["_links"]["next"].as_str().unwrap();
    let next = visitor.gets(next).await.is(200).json();
    assert_eq!(texts(&next["result"]["records"], "名称"), names[8..12]);
    let untold = asked(&[("include_total", "false"), ("limit", "0")]).await;
    assert_eq!((&untold["records"], untold.get("total")), (&json!([]), None));
}

#[tokio::test]
async fn rows_come_as_lists_and_as_tables_too() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let csv = csv_of(&visitor, "sample-public-toilets").await;
    let asked = async |form: &str| {
        let params = [
            ("resource_id", csv.as_str()),
            ("records_format", form),
            ("fields", "_id,名称,緯度"),
            ("limit", "2"),
        ];
        result(&visitor, "datastore_search", &params).await["records"].clone()
    };
    let objects = asked("objects").await;
    let lists = asked("lists").await;
    for (object, list) in objects.as_array().unwrap().iter().zip(lists.as_array().unwrap()) {
        assert_eq!(*list, json!([object["_id"], object["名称"], object["緯度"]]));
        assert!(object["緯度"].is_number(), "{object}");
    }
    for (form, delimiter) in [("csv", ","), ("tsv", "\t")] {
        let text = asked(form).await;
        let first = text.as_str().unwrap().lines().next().unwrap().to_owned();
        let name = objects[0]["名称"].as_str().unwrap();
        assert!(first.starts_with(&format!("1{delimiter}{name}{delimiter}")), "{first}");
        assert_eq!(text.as_str().unwrap().lines().count(), 2);
    }
    let ids = [("resource_id", csv.as_str()), ("fields", "_id"), ("limit", "2")];
    assert_eq!(result(&visitor, "datastore_search", &ids).await["records"], json!([{"_id": 1}, {"_id": 2}]));
}

#[tokio::test]
async fn a_question_about_rows_that_does_not_read_names_what_is_wrong() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let csv = csv_of(&visitor, "sample-public-toilets").await;
    for (name, value) in [
        ("filters", "{\"no such field\": 1}"),
        ("filters", "not json"),
        ("filters", "{\"緯度\": \"north\"}"),
        ("fields", "no such field"),
        ("sort", "no such field desc"),
        ("sort", "_id desc"),
        ("records_format", "xml"),
        ("limit", "many"),
        ("distinct", "true"),
        ("sql", "SELECT 1"),
    ] {
        let answer = asks(&visitor, "datastore_search", &[("resource_id", &csv), (name, value)]).await;
        let error = fails(&answer, 409, "Validation Error");
        assert!(error[name][0].is_string(), "{name}={value}: {error}");
    }
}
