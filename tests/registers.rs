//! Somebody looks up the schemas and the offices.

use crate::city::City;

#[tokio::test]
async fn the_offices_of_a_fresh_start_are_listed_and_shown() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let list = visitor.gets("/api/v1/departments").await;
    assert_eq!(list.slugs(), ["dx", "mihon"]);
    assert_eq!(list.each("title"), ["復興企画部ＤＸ推進課", "【見本】課"]);
    for (item, slug) in list.json()["items"].as_array().unwrap().iter().zip(list.slugs()) {
        let one = visitor.gets(&format!("/api/v1/departments/{slug}")).await.is(200).json();
        assert_eq!(one["title"], item["title"]);
    }
}

#[tokio::test]
async fn the_schemas_of_the_two_standards_are_listed_with_how_many_fields_they_have() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let list = visitor.gets("/api/v1/schemas").await.is(200).json();
    let known = [
        ("hyojun/aed", "AED設置箇所一覧"),
        ("hyojun/evacuation_space", "指定緊急避難場所一覧"),
        ("hyojun/open_data_list", "オープンデータ一覧"),
        ("hyojun/public_facility", "公共施設一覧"),
        ("hyojun/public_toilet", "公衆トイレ一覧"),
        ("suisho/aed", "AED設置箇所一覧"),
        ("suisho/evacuation_space", "指定緊急避難場所一覧"),
        ("suisho/public_toilet", "公衆トイレ一覧"),
    ];
    for (id, title) in known {
        let listed = list["items"].as_array().unwrap().iter().find(|item| item["id"] == id);
        let listed = listed.unwrap_or_else(|| panic!("no {id} in {list:#}"));
        assert_eq!(listed["title"], title, "{id}");
        let one = visitor.gets(&format!("/api/v1/schemas/{id}")).await.is(200).json();
        assert_eq!(one["fields"].as_array().unwrap().len(), listed["fields"], "{id}");
    }
}

#[tokio::test]
async fn a_schema_shows_its_fields_in_the_order_of_the_standard() {
    let city = City::shared().await;
    let schema = city.visitor().gets("/api/v1/schemas/hyojun/public_toilet").await.is(200).json();
    assert_eq!(schema["number"], "A-13");
    assert_eq!(schema["key"], serde_json::json!(["ID"]));
    let fields = schema["fields"].as_array().unwrap();
    assert_eq!(fields.len(), 39);
    assert_eq!(fields[0]["name"], "全国地方公共団体コード");
    assert_eq!(fields[3]["name"], "名称");
    assert_eq!(fields[3]["need"], "required");
    let lift = fields.iter().find(|field| field["name"] == "車椅子使用者用トイレ有無").unwrap();
    assert_eq!(lift["values"], serde_json::json!(["有", "無"]));
}

#[tokio::test]
async fn a_schema_says_how_sure_its_marks_are() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let sure = visitor.gets("/api/v1/schemas/hyojun/public_toilet").await.is(200).json();
    assert_eq!(sure["fields"][3]["required_basis"], "definition");
    let unsure = visitor.gets("/api/v1/schemas/hyojun/public_facility").await.is(200).json();
    assert_eq!(unsure["fields"][3]["required_basis"], "siblings");
}
