//! What a dataset says of its own rows is true of them: JSON Schema, OpenAPI, fields.

use serde_json::Value;

use crate::city::City;
use crate::desk::slugs;
use crate::office::api;

/// Why `row` does not fit `schema`: the part of JSON Schema 2020-12 that our schemas use.
fn misfits(schema: &Value, row: &Value) -> Vec<String> {
    let (properties, row) = (schema["properties"].as_object().unwrap(), row.as_object().unwrap());
    let mut misfits = Vec::new();
    for name in schema["required"].as_array().unwrap() {
        if !row.contains_key(name.as_str().unwrap()) {
            misfits.push(format!("{name} is missing"));
        }
    }
    assert_eq!(schema["additionalProperties"], false);
    for (name, value) in row {
        let Some(property) = properties.get(name) else {
            misfits.push(format!("{name} is none of its properties"));
            continue;
        };
        let is = |kind: &Value| match kind.as_str().unwrap() {
            "null" => value.is_null(),
            "string" => value.is_string(),
            "number" => value.is_number(),
            "integer" => value.is_i64() || value.is_u64(),
            other => panic!("{other}"),
        };
        if !property["type"].as_array().unwrap().iter().any(is) {
            misfits.push(format!("{name}: {value} is no {}", property["type"]));
        }
        let is_day = |text: &str| text.len() == 10 && text.split('-').count() == 3;
        if property["format"] == "date" && value.as_str().is_some_and(|text| !is_day(text)) {
            misfits.push(format!("{name}: {value} is no date"));
        }
    }
    misfits
}

#[tokio::test]
async fn every_row_fits_the_schema_of_its_dataset() {
    let city = City::shared().await;
    let visitor = city.visitor();
    for slug in slugs() {
        let schema = visitor.gets(&format!("{}/schema.json", api(&slug))).await;
        assert_eq!(schema.is(200).media_type(), "application/schema+json");
        let schema = schema.json();
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        let all = visitor.gets(&format!("{}/records.json", api(&slug))).await.is(200).json();
        let rows = all["items"].as_array().unwrap();
        assert!(!rows.is_empty(), "{slug}");
        for row in rows {
            assert_eq!(misfits(&schema, row), Vec::<String>::new(), "{slug}: {row}");
        }
    }
}

#[tokio::test]
async fn every_field_of_the_document_finds_the_row_that_it_was_read_from() {
    let city = City::shared().await;
    let visitor = city.visitor();
    for slug in slugs() {
        let document = visitor.gets(&format!("{}/openapi.json", api(&slug))).await.is(200).json();
        assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
        let base = document["servers"][0]["url"].as_str().unwrap();
        let first = visitor.gets(&format!("{base}/records?limit=1")).await.is(200).json()["items"][0].clone();
        let parameters = document["paths"]["/records"]["get"]["parameters"].as_array().unwrap();
        let fields = document["components"]["schemas"]["Row"]["properties"].as_object().unwrap();
        assert_eq!(fields.len(), first.as_object().unwrap().len(), "{slug}");
        for field in fields.keys() {
            let named = |parameter: &&Value| {
                let name = parameter["name"].as_str().unwrap();
                name == field || name.strip_prefix("field.") == Some(field)
            };
            let parameter = parameters.iter().find(named).unwrap()["name"].as_str().unwrap();
            let value = match &first[field] {
                Value::Null => String::new(),
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            let found = visitor.asks_with(&format!("{base}/records"), &[(parameter, &value)]).await;
            let items = found.is(200).json()["items"].clone();
            assert!(items.as_array().unwrap().contains(&first), "{slug}: {parameter}={value}");
        }
    }
}

#[tokio::test]
async fn every_path_of_the_document_answers() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let document = visitor.gets(&format!("{}/openapi.json", api("sample-aed"))).await.is(200).json();
    let base = document["servers"][0]["url"].as_str().unwrap();
    let key = visitor.gets(&format!("{base}/records.csv?select=ID&limit=1")).await;
    let key = key.is(200).text().lines().nth(1).unwrap().to_owned();
    for path in document["paths"].as_object().unwrap().keys() {
        let filled = path.replace("{format}", "ndjson").replace("{key}", &key);
        visitor.gets(&format!("{base}{filled}")).await.is(200);
    }
}
