//! JSON Schema of the rows of one revision, as they are given as JSON.
//!
//! Rule: JSON Schema 2020-12.

use catalog::Iris;
use catalog::asking::{Column, ColumnKind, Columns};
use catalog::records::Subject;
use serde_json::{Map, Value, json};

use crate::rows::head::of_revision;

/// The schema of a row of `subject`.
pub fn document(subject: &Subject, columns: &Columns, iris: &Iris) -> Value {
    let path = of_revision(&subject.dataset.slug, subject.revision.number);
    let mut document = Map::new();
    document.insert("$schema".to_owned(), "https://json-schema.org/draft/2020-12/schema".into());
    document.insert("$id".to_owned(), format!("{}{path}/schema.json", iris.base()).into());
    document.insert("title".to_owned(), subject.dataset.metadata.title.as_str().into());
    document.insert("description".to_owned(), subject.dataset.metadata.description.as_str().into());
    document.extend(row(columns));
    Value::Object(document)
}

/// A row object: every column is there, a blank cell is null.
fn row(columns: &Columns) -> Map<String, Value> {
    let required: Vec<&str> = columns.all().iter().map(|column| column.name.as_str()).collect();
    let mut row = part(columns);
    row.insert("required".to_owned(), required.into());
    row.insert("additionalProperties".to_owned(), false.into());
    row
}

/// A row object, of which some columns may have been selected.
pub fn part(columns: &Columns) -> Map<String, Value> {
    let properties = columns.all().iter().map(|column| (column.name.clone(), property(column)));
    let mut row = Map::new();
    row.insert("type".to_owned(), "object".into());
    row.insert("properties".to_owned(), Value::Object(properties.collect()));
    row
}

/// What a column holds.
fn property(column: &Column) -> Value {
    let mut property = Map::new();
    property.insert("type".to_owned(), types(column).into());
    if column.kind == ColumnKind::Date {
        property.insert("format".to_owned(), "date".into());
    }
    if let Some(meaning) = column.meaning() {
        property.insert("description".to_owned(), meaning.ja.into());
    }
    if let Some(field) = &column.field {
        if let Some(unit) = &field.unit {
            property.insert("x-unit".to_owned(), unit.as_str().into());
        }
        if let Some(example) = &field.example {
            let shown = match column.kind {
                ColumnKind::Integer | ColumnKind::Number => {
                    example.parse::<serde_json::Number>().ok().map(Value::Number)
                }
                ColumnKind::Text | ColumnKind::Date | ColumnKind::Time => Some(example.as_str().into()),
            };
            property.extend(shown.map(|shown| ("examples".to_owned(), json!([shown]))));
        }
    }
    Value::Object(property)
}

/// The types of a column's values. In a column of texts that a schema wants to be numbers, cells that are some are given so.
fn types(column: &Column) -> Vec<&'static str> {
    let wanted = ColumnKind::of(column.field.as_ref().map(|field| &field.kind));
    match (column.kind, wanted) {
        (ColumnKind::Integer, _) => vec!["integer", "null"],
        (ColumnKind::Number, _) => vec!["number", "null"],
        (ColumnKind::Text, ColumnKind::Integer | ColumnKind::Number) => vec!["string", "number", "null"],
        _ => vec!["string", "null"],
    }
}
