//! Somebody looks up a national schema: in their program, or to fill in its template.

use serde_json::{Value, json};

use crate::city::City;
use crate::desk::Desk;
use crate::terminal::hiyori;

const TOILETS: &str = "/api/v1/schemas/hyojun/public_toilet";

/// The address of every schema that the city lists.
async fn every_schema(city: &City) -> Vec<String> {
    let urls = city.visitor().gets("/api/v1/schemas").await.each("id");
    assert_eq!(urls.len(), 36);
    urls.into_iter().map(|id| format!("/api/v1/schemas/{id}")).collect()
}

fn names(list: &Value, member: &str) -> Vec<String> {
    list.as_array().unwrap().iter().map(|it| it[member].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn every_schema_is_there_for_programs_with_the_same_fields() {
    let city = City::shared().await;
    for schema in every_schema(&city).await {
        let ours = city.visitor().gets(&schema).await.is(200).json();
        let table = city.visitor().gets(&format!("{schema}/table-schema.json")).await;
        assert_eq!(table.is(200).media_type(), "application/json");
        let metadata = city.visitor().gets(&format!("{schema}/csvw.json")).await;
        assert_eq!(metadata.is(200).media_type(), "application/csvm+json");
        let fields = names(&ours["fields"], "name");
        assert_eq!(names(&table.json()["fields"], "name"), fields, "{schema}");
        assert_eq!(names(&metadata.json()["tableSchema"]["columns"], "titles"), fields, "{schema}");
    }
}

#[tokio::test]
async fn a_schema_says_where_its_other_forms_are() {
    let city = City::shared().await;
    let forms = city.visitor().gets(TOILETS).await.json()["forms"].clone();
    for (_, address) in forms.as_object().unwrap() {
        let path = address.as_str().unwrap().strip_prefix("http://").unwrap();
        let path = path.split_at(path.find('/').unwrap()).1;
        let answer = city.visitor().gets(path).await;
        answer.is(200).tag();
    }
}

#[tokio::test]
async fn a_table_schema_says_what_must_be_there_and_what_tells_rows_apart() {
    let city = City::shared().await;
    let table = city.visitor().gets(&format!("{TOILETS}/table-schema.json")).await.json();
    assert_eq!(table["primaryKey"], json!(["ID"]));
    let name = table["fields"].as_array().unwrap().iter().find(|field| field["name"] == "名称").unwrap();
    assert_eq!(name["constraints"]["required"], true);
}

#[tokio::test]
async fn a_filled_in_template_is_recognised_as_its_schema() {
    let city = City::shared().await;
    let desk = Desk::new();
    for schema in every_schema(&city).await {
        let answer = city.visitor().gets(&format!("{schema}/template.csv")).await;
        assert_eq!(answer.is(200).media_type(), "text/csv");
        assert!(answer.body().starts_with(b"\xEF\xBB\xBF"), "{schema}");
        assert!(answer.header("content-disposition").contains("attachment"), "{schema}");
        let file = desk.file("template.csv", answer.body());
        let report = hiyori(&["validate", "--format", "json", file.to_str().unwrap()]).exits(1).json();
        assert_eq!(report["schema"]["id"], schema.trim_start_matches("/api/v1/schemas/"));
        assert_eq!(report["counts"]["error"], 1, "{report:#}");
        assert_eq!(report["findings"][0]["code"], "no-data");
    }
}

#[tokio::test]
async fn a_template_is_there_as_a_workbook() {
    let city = City::shared().await;
    let answer = city.visitor().gets(&format!("{TOILETS}/template.xlsx")).await;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    assert_eq!(answer.is(200).media_type(), kind);
    assert!(answer.body().starts_with(b"PK"));
    answer.says("content-disposition", "attachment; filename=\"public_toilet.xlsx\"");
    let again = city.visitor().gets(&format!("{TOILETS}/template.xlsx")).await;
    assert_eq!(answer.tag(), again.tag());
}

#[tokio::test]
async fn a_schema_that_is_not_there_has_no_other_form_either() {
    let city = City::shared().await;
    for form in ["table-schema.json", "csvw.json", "template.csv", "template.xlsx"] {
        city.visitor()
            .gets(&format!("/api/v1/schemas/hyojun/no_such/{form}"))
            .await
            .problem(404, "no-such-schema");
    }
    city.visitor().gets(&format!("{TOILETS}/template.ods")).await.problem(404, "no-such-page");
}
