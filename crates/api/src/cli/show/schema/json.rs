//! The national schemas as JSON on the command line.

use std::io::{self, Write};

use ingestion::{Kind, Language, Need, Schema, Schemas};
use serde::Serialize;

use super::kind;

/// One schema in a list.
#[derive(Serialize)]
struct Entry<'a> {
    id: String,
    title: &'a str,
    edition: &'a str,
    fields: usize,
}

/// One schema with its fields.
#[derive(Serialize)]
struct Whole<'a> {
    id: String,
    title: &'a str,
    number: &'a str,
    edition: &'a str,
    page: Option<&'a str>,
    file_name: &'a str,
    key: &'a [String],
    fields: Vec<Item<'a>>,
}

/// One field.
#[derive(Serialize)]
struct Item<'a> {
    name: &'a str,
    name_en: Option<&'a str>,
    need: Need,
    kind: &'static str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    values: &'a [String],
    rule: Option<&'a str>,
    example: Option<&'a str>,
}

/// Writes all schemas as one JSON array of `id`, `title`, `edition` and the number of `fields`.
///
/// # Errors
/// What `out` cannot do.
pub fn write_list(out: &mut impl Write, schemas: &Schemas) -> io::Result<()> {
    let entries: Vec<Entry<'_>> = schemas
        .iter()
        .map(|schema| Entry {
            id: schema.id.to_string(),
            title: &schema.title,
            edition: &schema.edition,
            fields: schema.fields.len(),
        })
        .collect();
    write_json(out, &entries)
}

/// Writes one schema with its fields as a JSON object.
///
/// # Errors
/// What `out` cannot do.
pub fn write_one(out: &mut impl Write, schema: &Schema) -> io::Result<()> {
    let fields = schema
        .fields
        .iter()
        .map(|field| Item {
            name: &field.name,
            name_en: field.name_en.as_deref(),
            need: field.need,
            kind: kind(&field.kind, Language::En),
            values: values(&field.kind),
            rule: field.rule.as_deref(),
            example: field.example.as_deref(),
        })
        .collect();
    let whole = Whole {
        id: schema.id.to_string(),
        title: &schema.title,
        number: &schema.number,
        edition: &schema.edition,
        page: schema.page.as_deref(),
        file_name: &schema.file_name,
        key: &schema.key,
        fields,
    };
    write_json(out, &whole)
}

fn write_json(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)
}

/// The values a cell may have, where there is a list.
fn values(kind: &Kind) -> &[String] {
    match kind {
        Kind::OneOf(values) => values,
        _ => &[],
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::cli::schemas::named;

    fn written(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> Value {
        let mut out = Vec::new();
        write(&mut out).unwrap();
        serde_json::from_slice(&out).unwrap()
    }

    #[test]
    fn the_list_as_json_is_an_array_of_schemas() {
        let schemas = Schemas::embedded();
        let list: Value = written(|out| write_list(out, &schemas));
        let first = list.get(0).unwrap().as_object().unwrap();
        assert_eq!(first.keys().collect::<Vec<_>>(), ["id", "title", "edition", "fields"]);
        assert_eq!(list.as_array().unwrap().len(), schemas.iter().count());
    }

    #[test]
    fn one_schema_as_json_has_its_fields_in_the_order_of_the_standard() {
        let schemas = Schemas::embedded();
        let toilet = named(&schemas, "hyojun/public_toilet").unwrap();
        let shown: Value = written(|out| write_one(out, toilet));
        let names = shown.get("fields").unwrap().as_array().unwrap().iter();
        let names: Vec<&str> = names.map(|field| field.get("name").unwrap().as_str().unwrap()).collect();
        assert_eq!(names, toilet.fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>());
        assert_eq!(shown.pointer("/fields/0/need").unwrap(), "recommended");
        assert_eq!(shown.pointer("/fields/0/kind").unwrap(), "municipality_code");
    }
}
