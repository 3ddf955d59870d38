//! Who may do what, over every operation of the document and every kind of person. An operation without a row fails.

use std::collections::BTreeSet;

use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use serde_json::{Value, json};

use crate::city::{City, Visitor};
use crate::openapi::{document, filled, operations};

/// The kinds of people, in the order of the rows. The dataset that is asked about is of the editor's department.
const PEOPLE: [&str; 7] =
    ["anonymous", "editor", "approver", "other editor", "other approver", "admin", "revoked"];

/// What each of [`PEOPLE`] is answered.
type Answers = [u16; 7];

/// Everybody, as nobody looks at a token.
const fn all(status: u16) -> Answers {
    [status; 7]
}

/// Everybody, but a token that is shown has to be good.
const fn readers(done: u16) -> Answers {
    [done, done, done, done, done, done, 401]
}

/// Only those of the department, and admins.
const fn department(done: u16) -> Answers {
    [401, done, done, 404, 404, done, 401]
}

/// Only the approvers of the department, and admins.
const fn approvers(done: u16) -> Answers {
    [401, 403, done, 404, 404, done, 401]
}

/// Only admins; their success is `done`.
const fn admins(done: u16) -> Answers {
    [401, 403, 403, 403, 403, done, 401]
}

/// One operation: what each is answered, and what is sent.
struct Row {
    operation: &'static str,
    answers: Answers,
    /// The address where it is not the one of the document's examples.
    address: Option<&'static str>,
    body: Option<Value>,
}

const fn row(operation: &'static str, answers: Answers) -> Row {
    Row { operation, answers, address: None, body: None }
}

impl Row {
    const fn at(mut self, address: &'static str) -> Row {
        self.address = Some(address);
        self
    }

    fn sending(mut self, body: Value) -> Row {
        self.body = Some(body);
        self
    }
}

fn rows() -> Vec<Row> {
    let open = [
        "api_catalog",
        "asset",
        "catalog_in_form",
        "data_json",
        "ckan_asked",
        "ckan_calls",
        "ckan_asked_unversioned",
        "dataset_in_form",
        "dataset_thing",
        "datasets_page",
        "department_in_form",
        "department_thing",
        "distribution_in_form",
        "download_template_csv",
        "download_template_xlsx",
        "export_records",
        "export_revision_records",
        "feed",
        "healthz",
        "home",
        "initiative_in_form",
        "initiative_thing",
        "list_departments",
        "list_fields",
        "list_initiatives",
        "list_pillars",
        "list_progress",
        "list_records",
        "list_revision_fields",
        "list_revision_records",
        "list_schemas",
        "metrics",
        "ogc_api",
        "ogc_catalog",
        "ogc_catalog_queryables",
        "ogc_catalog_schema",
        "ogc_collection",
        "ogc_collections",
        "ogc_conformance",
        "ogc_item",
        "ogc_items",
        "ogc_landing_page",
        "ogc_queryables",
        "ogc_record",
        "ogc_records",
        "ogc_schema",
        "open_data_list",
        "openapi",
        "plan_in_form",
        "plan_thing",
        "problem",
        "readyz",
        "robots",
        "revision_distribution_in_form",
        "revision_in_form",
        "revision_thing",
        "schema_in_form",
        "schema_thing",
        "search",
        "show_csvw",
        "show_dataset_openapi",
        "show_department",
        "show_initiative",
        "show_pillar",
        "show_plan",
        "show_record",
        "show_revision_record",
        "show_revision_row_schema",
        "show_row_schema",
        "show_schema",
        "show_table_schema",
        "sitemap",
        "sitemap_part",
        "suggest",
        "vocabulary_in_form",
        "vocabulary_thing",
    ];
    let open = open.into_iter().map(|operation| row(operation, all(200)));
    let seen = [
        "download_current",
        "download_diff",
        "download_original",
        "download_report",
        "download_revision",
        "list_datasets",
        "list_revisions",
        "show_dataset",
        "show_diff",
        "show_report",
        "show_revision",
    ];
    let seen = seen.into_iter().map(|operation| row(operation, readers(200)));
    let special = [
        row("api_root", all(303)),
        row("catalog", all(303)),
        row("distribution_thing", all(303)),
        row("revision_distribution_thing", all(303)),
        // CKAN's calls read what is open to everybody, whoever sends them.
        row("ckan_sent", all(200)).sending(json!({})),
        row("ckan_sent_unversioned", all(200)).sending(json!({})),
        // Judged or converted for anybody, and nothing is kept.
        row("validate_file", all(200)).sending(json!("名称")),
        row("convert_file", all(422)).at("/api/v1/conversions?to=hyojun").sending(json!("名称")),
        row("list_audit", admins(200)),
        row("export_audit", admins(200)),
        row("list_tokens", admins(200)),
        row("make_token", admins(201))
            .sending(json!({"name": "新人 三郎", "department": "mihon", "role": "editor"})),
        row("revoke_token", admins(204)).at("/api/v1/tokens/1"),
    ];
    open.chain(seen).chain(special).chain(the_way_of_a_revision()).collect()
}

/// In the order of the way: the dataset is made by the first row, and nothing after the upload names what it has read.
fn the_way_of_a_revision() -> Vec<Row> {
    let new = json!({"slug": "matrix", "title": "【見本】表"});
    vec![
        row("create_dataset", [401, 201, 409, 409, 409, 409, 401]).sending(new),
        row("upload_revision", department(201))
            .at("/api/v1/datasets/matrix/revisions")
            .sending(json!("名称,数\n見本,1\n")),
        row("show_origin", department(200)).at("/api/v1/datasets/matrix/origin"),
        row("show_sheet", department(200)).at("/api/v1/datasets/matrix/revisions/1/sheet"),
        row("sheet_page", department(200)).at("/api/v1/datasets/matrix/revisions/1/sheet.html"),
        row("describe_dataset", department(428)).at("/api/v1/datasets/matrix").sending(json!({})),
        row("answer_questions", department(428))
            .at("/api/v1/datasets/matrix/revisions/1/answers")
            .sending(json!({"answers": {}})),
        row("submit_revision", department(428)).at("/api/v1/datasets/matrix/revisions/1/submit"),
        row("publish_revision", approvers(428)).at("/api/v1/datasets/matrix/revisions/1/publish"),
        row("return_revision", approvers(428))
            .at("/api/v1/datasets/matrix/revisions/1/return")
            .sending(json!({"reason": "見本"})),
        row("withdraw_dataset", approvers(428))
            .at("/api/v1/datasets/matrix/withdraw")
            .sending(json!({"reason": "見本"})),
    ]
}

/// One person of each kind.
async fn people(city: &City) -> Vec<Visitor> {
    city.token("dx", "editor", "revoked by a row").await; // token 1
    let revoked = city.token("mihon", "admin", "revoked").await; // token 2
    city.types(&["token", "revoke", "2"]).await.exits(0);
    vec![
        city.visitor(),
        city.staff("mihon", "editor", "editor").await,
        city.staff("mihon", "approver", "approver").await,
        city.staff("dx", "editor", "other editor").await,
        city.staff("dx", "approver", "other approver").await,
        city.staff("dx", "admin", "admin").await,
        city.visitor().showing(&revoked),
    ]
}

#[test]
fn every_operation_has_a_row() {
    let document = document();
    let operations: BTreeSet<_> = operations(&document)
        .into_iter()
        .map(|(_, _, operation)| operation["operationId"].as_str().unwrap().to_owned())
        .collect();
    let rows: BTreeSet<_> = rows().iter().map(|row| row.operation.to_owned()).collect();
    assert_eq!(operations, rows, "the operations of the document (left), the rows here (right)");
}

#[tokio::test]
async fn everybody_may_do_what_they_may_and_nothing_else() {
    let city = City::opening().setting("HIYORI_GUESSES_PER_MINUTE", "0").open().await;
    let people = people(&city).await;
    let document = document();
    let mut deviations = Vec::new();
    for row in rows() {
        let (method, path, operation) = operations(&document)
            .into_iter()
            .find(|(_, _, operation)| operation["operationId"] == row.operation)
            .unwrap();
        let address = row.address.map_or_else(|| filled(&document, path, operation), str::to_owned);
        for ((person, visitor), expected) in PEOPLE.iter().zip(&people).zip(row.answers) {
            let answer = asks(visitor, &method, &address, row.body.as_ref()).await;
            if answer != expected {
                deviations.push(format!("{}: {person} is answered {answer}, not {expected}", row.operation));
            }
        }
    }
    assert!(deviations.is_empty(), "{deviations:#?}");
    city.close().await;
}

/// What a person is answered; a text is sent as a file, anything else as JSON.
async fn asks(visitor: &Visitor, method: &Method, address: &str, body: Option<&Value>) -> u16 {
    let (kind, body) = match body {
        None => return visitor.asks(method.clone(), address, None).await.status(),
        Some(Value::String(file)) => ("text/csv", file.clone()),
        Some(json) => ("application/json", json.to_string()),
    };
    let visitor = visitor.clone().sending(CONTENT_TYPE, kind);
    visitor.asks(method.clone(), address, Some(body.into())).await.status()
}
