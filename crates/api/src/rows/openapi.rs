//! The OpenAPI document of one dataset: its rows with their own fields, for tools that make clients from it.
//!
//! The document of the whole API cannot know the fields; this one names each with its type and meaning.

use catalog::Iris;
use catalog::asking::bounds::COLUMNS_MAX;
use catalog::asking::{Column, ColumnKind, Columns};
use catalog::records::Subject;
use serde_json::{Map, Value, json};

use crate::rows::form::RowsForm;
use crate::rows::query::RecordsQuery;
use crate::rows::schema;

/// The document of the dataset of `subject`, of which that is the current revision.
pub fn document(subject: &Subject, columns: &Columns, iris: &Iris) -> Value {
    let dataset = &subject.dataset;
    let licence = dataset.metadata.licence;
    let problem = json!({"description": "Why not (RFC 9457)", "content": {"application/problem+json": {"schema": {"type": "object"}}}});
    let answers = |content: Value| {
        json!({
            "200": {"description": "Rows", "content": content},
            "304": {"description": "Unchanged since the ETag in If-None-Match"},
            "400": problem, "404": problem, "410": problem, "503": problem,
        })
    };
    let forms: Map<String, Value> =
        RowsForm::ALL.into_iter().map(|form| (form.media_type().to_owned(), content(form))).collect();
    let endings = RowsForm::ALL.map(RowsForm::extension);
    let parameters: Vec<Value> = common().chain(columns.all().iter().take(COLUMNS_MAX).map(field)).collect();
    let in_path =
        |name: &str, schema: Value| json!({"name": name, "in": "path", "required": true, "schema": schema});
    let mut exporting = vec![in_path("format", json!({"type": "string", "enum": endings}))];
    exporting.extend(parameters.iter().cloned());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": dataset.metadata.title,
            "description": dataset.metadata.description,
            "version": subject.revision.number.to_string(),
            "license": {"name": licence.title(), "url": licence.iri()},
            "contact": {"name": dataset.department.title, "url": iris.department(&dataset.department.slug)},
        },
        "externalDocs": {"description": "すべての操作 The whole API", "url": iris.openapi()},
        "servers": [{"url": iris.dataset_json(&dataset.slug)}],
        "paths": {
            "/records": {"get": {
                "operationId": "list_records",
                "summary": "A page of rows",
                "parameters": parameters,
                "responses": answers(Value::Object(forms.clone())),
            }},
            "/records.{format}": {"get": {
                "operationId": "export_records",
                "summary": "Everything that is asked for, in one form",
                "parameters": exporting,
                "responses": answers(Value::Object(forms)),
            }},
            "/records/{key}": {"get": {
                "operationId": "show_record",
                "summary": "One row",
                "parameters": [in_path("key", json!({"type": "string"}))],
                "responses": answers(json!({"application/json": {"schema": {
                    "type": "object",
                    "properties": {"key": {"type": "string"}, "row": {"type": "integer"}, "record": reference()},
                    "required": ["key", "row", "record"],
                }}})),
            }},
            "/fields": {"get": {
                "operationId": "list_fields",
                "summary": "The fields, and what there is in each",
                "responses": answers(json!({"application/json": {"schema": {"type": "object"}}})),
            }},
        },
        "components": {"schemas": {"Row": schema::part(columns)}},
    })
}

fn reference() -> Value {
    json!({"$ref": "#/components/schemas/Row"})
}

/// What an answer in `form` holds.
fn content(form: RowsForm) -> Value {
    match form {
        RowsForm::Json => json!({"schema": {
            "type": "object",
            "properties": {
                "items": {"type": "array", "items": reference()},
                "total": {"type": ["integer", "null"]},
                "next": {"type": ["string", "null"], "format": "uri"},
            },
            "required": ["items"],
        }}),
        RowsForm::GeoJson => json!({"schema": {
            "type": "object",
            "properties": {"features": {"type": "array", "items": {
                "type": "object",
                "properties": {"id": {"type": "string"}, "properties": reference()},
            }}},
            "required": ["type", "features"],
        }}),
        RowsForm::NdJson | RowsForm::Csv => json!({"schema": {"type": "string"}}),
        RowsForm::Parquet | RowsForm::Xlsx => json!({"schema": {"type": "string", "format": "binary"}}),
    }
}

/// The parameters that every dataset has, as the document of the whole API describes them.
fn common() -> impl Iterator<Item = Value> {
    use utoipa::IntoParams;
    let parameters = RecordsQuery::into_params(|| Some(utoipa::openapi::path::ParameterIn::Query));
    let known = |parameter: &utoipa::openapi::path::Parameter| {
        RecordsQuery::PARAMETERS.contains(&parameter.name.as_str())
    };
    parameters.into_iter().filter(known).map(|parameter| json!(parameter))
}

/// A field as a parameter: the value it has to have.
fn field(column: &Column) -> Value {
    let schema = match column.kind {
        ColumnKind::Integer => json!({"type": "integer"}),
        ColumnKind::Number => json!({"type": "number"}),
        ColumnKind::Date => json!({"type": "string", "format": "date"}),
        ColumnKind::Time | ColumnKind::Text => json!({"type": "string"}),
    };
    let is_taken = RecordsQuery::PARAMETERS.contains(&column.name.as_str());
    let name = if is_taken { format!("field.{}", column.name) } else { column.name.clone() };
    let mut parameter = json!({"name": name, "in": "query", "schema": schema});
    if let (Some(meaning), Some(members)) = (column.meaning(), parameter.as_object_mut()) {
        members.insert("description".to_owned(), meaning.ja.into());
    }
    parameter
}
