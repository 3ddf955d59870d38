//! The document that describes the API: committed as it is printed, complete, and true of every address.

use std::fs;

use reqwest::Method;
use serde_json::{Map, Value};

use crate::city::City;
use crate::desk::repository;
use crate::terminal::hiyori;

/// The document, as it is committed.
pub fn document() -> Value {
    let text = fs::read(repository().join("openapi/openapi.json")).unwrap();
    serde_json::from_slice(&text).unwrap()
}

/// Every operation of the document: method, path, operation.
pub fn operations(document: &Value) -> Vec<(Method, &str, &Map<String, Value>)> {
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if let Some(operation) = operation.as_object().filter(|it| it.contains_key("responses")) {
                operations.push((method.to_uppercase().parse().unwrap(), path.as_str(), operation));
            }
        }
    }
    operations
}

/// What `reference` points at in `document`, or the value itself.
fn resolved<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    match value["$ref"].as_str() {
        Some(reference) => document.pointer(reference.trim_start_matches('#')).unwrap(),
        None => value,
    }
}

/// Whether a value or anything that it is made of gives an example.
fn has_example(document: &Value, value: &Value, depth: usize) -> bool {
    let value = resolved(document, value);
    match value {
        Value::Object(members) => {
            ["example", "examples", "const", "enum"].iter().any(|member| members.contains_key(*member))
                || (depth > 0 && members.values().any(|member| has_example(document, member, depth - 1)))
        }
        Value::Array(items) => items.iter().any(|item| has_example(document, item, depth)),
        _ => false,
    }
}

#[test]
fn the_committed_document_is_the_one_that_the_program_prints() {
    let printed = hiyori(&["openapi"]);
    printed.exits(0);
    let committed = fs::read(repository().join("openapi/openapi.json")).unwrap();
    assert!(
        printed.stdout == committed,
        "openapi/openapi.json is behind: `cargo run -- openapi > openapi/openapi.json`, and look at the difference"
    );
}

#[tokio::test]
async fn the_committed_document_is_the_one_that_the_program_serves() {
    let city = City::shared().await;
    let served = city.visitor().gets("/openapi.json").await;
    assert_eq!(served.is(200).media_type(), "application/json");
    assert!(served.body() == fs::read(repository().join("openapi/openapi.json")).unwrap());
}

#[test]
fn it_is_openapi_3_1() {
    let version = document()["openapi"].as_str().unwrap().to_owned();
    assert!(version.starts_with("3.1"), "{version}");
}

#[test]
fn every_operation_has_a_name_of_its_own_a_summary_and_a_tag() {
    let document = document();
    let operations = operations(&document);
    assert!(operations.len() > 25, "{}", operations.len());
    let mut names: Vec<_> =
        operations.iter().map(|(_, _, operation)| operation["operationId"].as_str().unwrap()).collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all, "two operations of one name among {names:?}");
    for (method, path, operation) in operations {
        let summary = operation.get("summary").and_then(Value::as_str).unwrap_or_default();
        assert!(!summary.is_empty() && summary.len() < 100, "{method} {path}: {summary:?}");
        assert!(operation["tags"].as_array().is_some_and(|tags| tags.len() == 1), "{method} {path}");
    }
}

#[test]
fn every_operation_shows_an_example_of_what_it_answers() {
    let document = document();
    for (method, path, operation) in operations(&document) {
        for (status, response) in operation["responses"].as_object().unwrap() {
            let response = resolved(&document, response);
            assert!(
                response["description"].as_str().is_some_and(|text| !text.is_empty()),
                "{method} {path} {status}"
            );
            for (media_type, content) in response["content"].as_object().into_iter().flatten() {
                assert!(
                    has_example(&document, content, 6),
                    "{method} {path} {status} {media_type} has no example"
                );
            }
        }
    }
}

#[test]
fn every_parameter_is_described_and_every_one_in_the_path_has_an_example() {
    let document = document();
    for (method, path, operation) in operations(&document) {
        for parameter in operation.get("parameters").and_then(Value::as_array).into_iter().flatten() {
            let parameter = resolved(&document, parameter);
            assert!(parameter["description"].is_string(), "{method} {path}: {parameter}");
            if parameter["in"] == "path" {
                assert!(has_example(&document, parameter, 2), "{method} {path}: {parameter}");
            }
        }
    }
}

#[test]
fn every_operation_for_staff_says_so_and_what_it_answers_others() {
    let document = document();
    let scheme = &document["components"]["securitySchemes"]["token"];
    assert_eq!((&scheme["type"], &scheme["scheme"]), (&"http".into(), &"bearer".into()));
    for (method, path, operation) in operations(&document) {
        let responses = operation["responses"].as_object().unwrap();
        let is_for_staff = operation.contains_key("security");
        assert_eq!(responses.contains_key("401"), is_for_staff, "{method} {path}");
        assert!(responses.contains_key("429") || !is_for_staff, "{method} {path}");
    }
}

#[test]
fn every_operation_that_can_refuse_lists_its_problems() {
    let document = document();
    for (method, path, operation) in operations(&document) {
        let parameters = operation.get("parameters").and_then(Value::as_array).cloned().unwrap_or_default();
        let responses = operation["responses"].as_object().unwrap();
        let has = |place: &str| parameters.iter().any(|parameter| parameter["in"] == place);
        if has("path") {
            assert!(responses.contains_key("404"), "{method} {path} has no 404");
        }
        if has("query") {
            assert!(responses.contains_key("400"), "{method} {path} has no 400");
        }
        for (status, response) in responses.iter().filter(|(status, _)| status.starts_with(['4', '5'])) {
            let response = resolved(&document, response);
            if status == "431" {
                assert!(
                    response["content"].is_null(),
                    "{method} {path}: the HTTP library says it without a word"
                );
                continue;
            }
            // What CKAN's clients read is told as CKAN tells it.
            let told_in =
                if path.contains("/action/") { "application/json" } else { "application/problem+json" };
            let is_problem = response["content"].as_object().is_some_and(|it| it.contains_key(told_in));
            assert!(is_problem, "{method} {path} {status} is no problem");
        }
    }
}

/// The path with every parameter replaced by its example.
pub fn filled(document: &Value, path: &str, operation: &Map<String, Value>) -> String {
    let mut filled = path.to_owned();
    for parameter in operation.get("parameters").and_then(Value::as_array).into_iter().flatten() {
        let parameter = resolved(document, parameter);
        let example = match &parameter["example"] {
            Value::Null => &parameter["schema"]["example"],
            given => given,
        };
        let text = example.as_str().map_or_else(|| example.to_string(), str::to_owned);
        filled = filled.replace(&format!("{{{}}}", parameter["name"].as_str().unwrap()), &text);
    }
    filled
}

#[tokio::test]
async fn every_address_answers_its_own_examples() {
    let city = City::shared().await;
    let (visitor, admin) = (city.visitor(), city.staff("dx", "admin", "例を試す人").await);
    let document = document();
    for (method, path, operation) in
        operations(&document).into_iter().filter(|(method, ..)| *method == Method::GET)
    {
        let address = filled(&document, path, operation);
        let asker = if operation.contains_key("security") { &admin } else { &visitor };
        let answer = asker.gets(&address).await;
        let listed = operation["responses"].as_object().unwrap();
        assert!(
            matches!(answer.status(), 200 | 303),
            "{method} {address}: {} {}",
            answer.status(),
            answer.text()
        );
        assert!(
            listed.contains_key(&answer.status().to_string()),
            "{method} {address} answers {}",
            answer.status()
        );
    }
}

#[tokio::test]
async fn what_is_answered_has_the_members_that_the_document_requires() {
    let city = City::shared().await;
    let (visitor, admin) = (city.visitor(), city.staff("dx", "admin", "形を比べる人").await);
    let document = document();
    for (_, path, operation) in
        operations(&document).into_iter().filter(|(method, ..)| *method == Method::GET)
    {
        let schema = &operation["responses"]["200"]["content"]["application/json"]["schema"];
        if schema.is_null() {
            continue;
        }
        let asker = if operation.contains_key("security") { &admin } else { &visitor };
        let answer = asker.clone().taking("application/json").gets(&filled(&document, path, operation)).await;
        // The format of a download is told by its path, and may be another.
        if answer.status() == 200 && answer.media_type() == "application/json" {
            fits(&document, schema, &answer.json(), path);
        }
    }
}

/// `value` has the members that `schema` requires, and none that it does not know, all the way down.
#[track_caller]
fn fits(document: &Value, schema: &Value, value: &Value, at: &str) {
    let schema = resolved(document, schema);
    if let (Some(members), Some(properties)) = (value.as_object(), schema["properties"].as_object()) {
        for required in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            assert!(members.contains_key(required), "{at}: no `{required}`");
        }
        for (name, member) in members {
            let known =
                properties.get(name).unwrap_or_else(|| panic!("{at}: `{name}` is not in the document"));
            fits(document, known, member, &format!("{at}.{name}"));
        }
    }
    for (place, item) in value.as_array().into_iter().flatten().enumerate() {
        fits(document, &schema["items"], item, &format!("{at}[{place}]"));
    }
}

#[tokio::test]
async fn the_document_is_shown_to_people_without_the_network() {
    let city = City::shared().await;
    let page = city.visitor().gets("/docs/").await;
    assert_eq!(page.is(200).media_type(), "text/html");
    for asset in page.text().split(['"', '\'']).filter(|text| text.ends_with(".js") || text.ends_with(".css"))
    {
        let asset = format!("/docs/{}", asset.trim_start_matches("./").trim_start_matches("/docs/"));
        city.visitor().gets(&asset).await.is(200);
    }
}
