//! A schema as CSVW metadata (CSV on the Web).
//!
//! Spec: <https://www.w3.org/TR/tabular-metadata/>. The table it describes is the template beside it; for a file
//! of one's own, `url` is the only member to change. Properties are those of schema.org, where a kind of
//! cell has one.

use serde::{Serialize, Serializer};

use super::{how, is_required, label, paragraph, rule, title};
use crate::schema::{Field, Kind, Schema};

/// The metadata of one table; its JSON is the document.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Csvw<'a> {
    #[serde(rename = "@context")]
    context: Context,
    url: &'static str,
    #[serde(rename = "dc:title")]
    title: String,
    #[serde(rename = "dc:hasVersion")]
    edition: &'a str,
    #[serde(rename = "dc:source")]
    source: &'a [String],
    dialect: Dialect,
    table_schema: Columns,
}

/// `["http://www.w3.org/ns/csvw", {"@language": "ja"}]`
#[derive(Debug, Clone, PartialEq)]
struct Context;

impl Serialize for Context {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct InJapanese {
            #[serde(rename = "@language")]
            language: &'static str,
        }
        ("http://www.w3.org/ns/csvw", InJapanese { language: "ja" }).serialize(serializer)
    }
}

/// How the files are written that we publish.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Dialect {
    encoding: &'static str,
    delimiter: &'static str,
    quote_char: &'static str,
    double_quote: bool,
    header: bool,
    header_row_count: u32,
    line_terminators: [&'static str; 2],
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Columns {
    columns: Vec<Column>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    primary_key: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Column {
    titles: String,
    name: String,
    datatype: Datatype,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    required: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    separator: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    property_url: Option<&'static str>,
    #[serde(rename = "dc:description")]
    description: String,
    #[serde(rename = "rdfs:comment")]
    comment: English,
    #[serde(rename = "rdfs:label")]
    label: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct English {
    #[serde(rename = "@value")]
    value: String,
    #[serde(rename = "@language")]
    language: &'static str,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Datatype {
    base: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    maximum: Option<f64>,
}

impl<'a> Csvw<'a> {
    /// The metadata of `schema`'s template, `template.csv` beside the document.
    pub fn of(schema: &'a Schema) -> Csvw<'a> {
        Csvw {
            context: Context,
            url: "template.csv",
            title: title(schema),
            edition: &schema.edition,
            source: &schema.source,
            dialect: Dialect {
                encoding: "utf-8",
                delimiter: ",",
                quote_char: "\"",
                double_quote: true,
                header: true,
                header_row_count: 1,
                line_terminators: ["\r\n", "\n"],
            },
            table_schema: Columns {
                columns: schema.fields.iter().map(Column::of).collect(),
                primary_key: schema.key.iter().map(|name| variable(name)).collect(),
            },
        }
    }
}

impl Column {
    fn of(field: &Field) -> Column {
        let rule = rule(field);
        let base = match field.kind {
            Kind::Integer { .. } => "integer",
            Kind::Number | Kind::Latitude | Kind::Longitude => "decimal",
            Kind::Date => "date",
            Kind::Url => "anyURI",
            _ => "string",
        };
        let format = match rule.values {
            _ if base == "date" => Some("yyyy-MM-dd".to_owned()),
            Some(values) => {
                let values: Vec<String> = values.iter().map(|value| regex::escape(value)).collect();
                Some(format!("^({})$", values.join("|")))
            }
            None => rule.pattern,
        };
        let property_url = match field.kind {
            Kind::Latitude => Some("https://schema.org/latitude"),
            Kind::Longitude => Some("https://schema.org/longitude"),
            Kind::Telephone => Some("https://schema.org/telephone"),
            Kind::Email => Some("https://schema.org/email"),
            Kind::PostalCode => Some("https://schema.org/postalCode"),
            _ => None,
        };
        Column {
            titles: field.name.clone(),
            name: variable(&field.name),
            datatype: Datatype { base, format, minimum: rule.range.0, maximum: rule.range.1 },
            required: is_required(field),
            separator: matches!(field.kind, Kind::List).then_some(";"),
            property_url,
            description: paragraph(field).ja,
            comment: English { value: how(field).en, language: "en" },
            label: label(field),
        }
    }
}

/// `name` as the name of a variable in a URI template (RFC 6570 §2.3): what is not an ASCII letter, a digit or
/// `_` is percent-encoded. It is also what CSVW takes for the name of a column that gives none.
fn variable(name: &str) -> String {
    let mut variable = String::with_capacity(name.len() * 3);
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'_' {
            variable.push(char::from(byte));
        } else {
            variable.push_str(&format!("%{byte:02X}"));
        }
    }
    variable
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use serde_json::{Value, json};

    use super::*;
    use crate::schemas::Schemas;

    fn json(schema: &Schema) -> Value {
        serde_json::to_value(Csvw::of(schema)).unwrap()
    }

    fn of(id: &str) -> Value {
        json(Schemas::embedded().get(&id.parse().unwrap()).unwrap())
    }

    #[test]
    fn the_context_and_the_dialect_are_those_of_csvw() {
        let toilets = of("hyojun/public_toilet");
        assert_eq!(toilets["@context"], json!(["http://www.w3.org/ns/csvw", {"@language": "ja"}]));
        assert_eq!(toilets["dialect"]["headerRowCount"], 1);
        assert_eq!(toilets["url"], "template.csv");
    }

    #[test]
    fn a_column_carries_its_title_its_type_and_its_property() {
        let toilets = of("hyojun/public_toilet");
        let columns = toilets["tableSchema"]["columns"].as_array().unwrap();
        let column = |title: &str| columns.iter().find(|column| column["titles"] == title).unwrap();
        assert_eq!(column("ID")["name"], "ID");
        assert_eq!(column("名称")["name"], "%E5%90%8D%E7%A7%B0");
        assert_eq!(column("名称")["required"], true);
        assert_eq!(column("緯度")["propertyUrl"], "https://schema.org/latitude");
        assert_eq!(column("緯度")["datatype"], json!({"base": "decimal", "minimum": 20.0, "maximum": 46.0}));
        assert_eq!(column("車椅子使用者用トイレ有無")["datatype"]["format"], "^(有|無)$");
    }

    #[test]
    fn the_primary_key_names_columns() {
        for schema in Schemas::embedded().iter() {
            let metadata = json(schema);
            let names: Vec<_> = metadata["tableSchema"]["columns"]
                .as_array()
                .unwrap()
                .iter()
                .map(|column| column["name"].clone())
                .collect();
            for key in metadata["tableSchema"]["primaryKey"].as_array().into_iter().flatten() {
                assert!(names.contains(key), "{}: {key}", schema.id);
            }
        }
    }
}
