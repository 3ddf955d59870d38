//! A schema as a Frictionless Table Schema.
//!
//! Spec: <https://datapackage.org/standard/table-schema/>. The document holds under version 1 and version 2: it
//! names no profile, since that of 2.0 wants `fieldsMatch` as an array and the standard as a string.
//! `rdfType` names a class and our columns are properties; those stand in the CSVW metadata.

use serde::Serialize;

use super::{how, is_required, label, need, paragraph, rule, title};
use crate::schema::{Field, Kind, Schema};

/// A Table Schema; its JSON is the document.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TableSchema<'a> {
    name: &'a str,
    title: String,
    version: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    homepage: Option<&'a str>,
    fields: Vec<TableField<'a>>,
    /// Columns may stand in any order, be missing (unless a cell is required) or be the city's own.
    fields_match: &'static str,
    missing_values: [&'static str; 1],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    primary_key: &'a [String],
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct TableField<'a> {
    name: &'a str,
    title: String,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<&'static str>,
    description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    example: Option<&'a str>,
    #[serde(skip_serializing_if = "Constraints::are_none")]
    constraints: Constraints,
    #[serde(flatten)]
    own: Own<'a>,
}

/// What the specification has no word for.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Own<'a> {
    /// The standard's English name.
    #[serde(rename = "nameEn", skip_serializing_if = "Option::is_none")]
    name_en: Option<&'a str>,
    /// 必須, 推奨, 任意.
    #[serde(skip_serializing_if = "String::is_empty")]
    need: String,
    #[serde(rename = "descriptionEn")]
    description_en: String,
    /// The list of values where it is not sure enough for an `enum`.
    #[serde(rename = "usualValues", skip_serializing_if = "Option::is_none")]
    usual_values: Option<&'a [String]>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Constraints {
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    required: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    unique: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    maximum: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pattern: Option<String>,
    #[serde(rename = "enum", skip_serializing_if = "Option::is_none")]
    values: Option<Vec<String>>,
}

impl Constraints {
    fn are_none(&self) -> bool {
        *self
            == Constraints {
                required: false,
                unique: false,
                minimum: None,
                maximum: None,
                pattern: None,
                values: None,
            }
    }
}

impl<'a> TableSchema<'a> {
    /// The Table Schema of `schema`.
    ///
    /// A list in one cell and a time of day are strings: readers of version 1 know no lists, and `24:00` is no
    /// time to most.
    pub fn of(schema: &'a Schema) -> TableSchema<'a> {
        let only_key = match schema.key.as_slice() {
            [name] => Some(name.as_str()),
            _ => None,
        };
        TableSchema {
            name: schema.id.slug(),
            title: title(schema),
            version: &schema.edition,
            homepage: schema.page.as_deref(),
            fields: schema.fields.iter().map(|field| TableField::of(field, only_key)).collect(),
            fields_match: "partial",
            missing_values: [""],
            primary_key: &schema.key,
        }
    }
}

impl<'a> TableField<'a> {
    fn of(field: &'a Field, only_key: Option<&str>) -> TableField<'a> {
        let rule = rule(field);
        let (kind, format) = match field.kind {
            Kind::Integer { .. } => ("integer", None),
            Kind::Number | Kind::Latitude | Kind::Longitude => ("number", None),
            Kind::Date => ("date", Some("%Y-%m-%d")),
            Kind::Email => ("string", Some("email")),
            _ => ("string", None),
        };
        TableField {
            name: &field.name,
            title: label(field),
            kind,
            format,
            description: paragraph(field).ja,
            example: field.example.as_deref(),
            constraints: Constraints {
                required: is_required(field),
                unique: only_key == Some(&field.name),
                minimum: rule.range.0,
                maximum: rule.range.1,
                pattern: rule.pattern,
                values: rule.values,
            },
            own: Own {
                name_en: field.name_en.as_deref(),
                need: need(field).ja,
                description_en: how(field).en,
                usual_values: match &field.kind {
                    Kind::OneOf(values) if !field.list_is_sure() => Some(values),
                    _ => None,
                },
            },
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use serde_json::{Value, json};

    use super::*;
    use crate::schemas::Schemas;

    fn json(schema: &Schema) -> Value {
        serde_json::to_value(TableSchema::of(schema)).unwrap()
    }

    fn of(id: &str) -> Value {
        json(Schemas::embedded().get(&id.parse().unwrap()).unwrap())
    }

    fn field<'a>(schema: &'a Value, name: &str) -> &'a Value {
        schema["fields"].as_array().unwrap().iter().find(|field| field["name"] == name).unwrap()
    }

    #[test]
    fn a_field_says_what_a_good_cell_is() {
        let toilets = of("hyojun/public_toilet");
        assert_eq!(field(&toilets, "名称")["constraints"], json!({"required": true}));
        let latitude = field(&toilets, "緯度");
        assert_eq!(latitude["type"], "number");
        assert_eq!(latitude["constraints"], json!({"minimum": 20.0, "maximum": 46.0}));
        assert_eq!(field(&toilets, "車椅子使用者用トイレ有無")["constraints"], json!({"enum": ["有", "無"]}));
        assert_eq!(field(&toilets, "ID")["constraints"]["unique"], true);
        assert_eq!(toilets["primaryKey"], json!(["ID"]));
        assert_eq!(toilets["missingValues"], json!([""]));
    }

    #[test]
    fn every_schema_has_one_with_its_fields_in_order() {
        for schema in Schemas::embedded().iter() {
            let table = json(schema);
            let names: Vec<_> = table["fields"].as_array().unwrap().iter().map(|it| &it["name"]).collect();
            let expected: Vec<_> = schema.fields.iter().map(|field| field.name.as_str()).collect();
            assert_eq!(names, expected);
            assert_eq!(table.get("primaryKey").is_some(), !schema.key.is_empty());
        }
    }
}
