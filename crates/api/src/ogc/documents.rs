//! The schemas of a collection: what can be asked about (queryables), and what its features are made of (schema).
//!
//! Rule: OGC 19-079r2, /req/queryables/get-queryables-response; 23-058, requirements classes schemas and core-roles-features;
//! JSON Schema 2020-12.

use catalog::asking::bounds::COLUMNS_MAX;
use catalog::asking::{Column, ColumnKind, Columns, GEOMETRY, Times};
use serde_json::{Map, Value, json};

/// The name of the dialect.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// What the document is of.
pub struct About<'a> {
    /// Its own address.
    pub address: String,
    /// The collection's title.
    pub title: &'a str,
    /// What the collection is.
    pub description: &'a str,
}

/// What can be asked about: the properties that filters may name.
pub fn queryables(about: &About<'_>, columns: &Columns) -> Value {
    let asked = columns.all().iter().take(COLUMNS_MAX).map(|column| (column.name.clone(), property(column)));
    let mut properties: Map<String, Value> = asked.collect();
    if columns.places().is_some() && columns.find(GEOMETRY).is_none() {
        properties.insert(GEOMETRY.to_owned(), geometry());
    }
    document(about, properties)
}

/// What features are made of: their properties in their order, with what each is to a feature.
pub fn schema(about: &About<'_>, columns: &Columns) -> Value {
    let times = Times::of(columns);
    let mut properties = Map::new();
    for (place, column) in columns.all().iter().enumerate() {
        let mut property = property(column);
        let role = match times {
            _ if columns.key() == [place] => Some("id"),
            Some(Times { start, end: None }) if start == place => Some("primary-instant"),
            Some(Times { start, .. }) if start == place => Some("primary-interval-start"),
            Some(Times { end: Some(end), .. }) if end == place => Some("primary-interval-end"),
            _ => None,
        };
        if let Some(members) = property.as_object_mut() {
            members.insert("x-ogc-propertySeq".to_owned(), (place + 1).into());
            members.extend(role.map(|role| ("x-ogc-role".to_owned(), role.into())));
        }
        properties.insert(column.name.clone(), property);
    }
    if columns.places().is_some() && columns.find(GEOMETRY).is_none() {
        properties.insert(GEOMETRY.to_owned(), geometry());
    }
    document(about, properties)
}

fn document(about: &About<'_>, properties: Map<String, Value>) -> Value {
    json!({
        "$schema": DIALECT,
        "$id": about.address,
        "type": "object",
        "title": about.title,
        "description": about.description,
        "properties": properties,
        "additionalProperties": false,
    })
}

fn geometry() -> Value {
    json!({"title": "位置", "description": "行の緯度と経度（WGS 84）", "format": "geometry-point", "x-ogc-role": "primary-geometry"})
}

/// What a property holds where it is not blank.
fn property(column: &Column) -> Value {
    let mut property = Map::new();
    property.insert("title".to_owned(), column.name.as_str().into());
    let kind = match column.kind {
        ColumnKind::Integer => "integer",
        ColumnKind::Number => "number",
        ColumnKind::Text | ColumnKind::Date | ColumnKind::Time => "string",
    };
    property.insert("type".to_owned(), kind.into());
    let format = match column.kind {
        ColumnKind::Date => Some("date"),
        ColumnKind::Time => Some("time"),
        ColumnKind::Text | ColumnKind::Integer | ColumnKind::Number => None,
    };
    property.extend(format.map(|format| ("format".to_owned(), format.into())));
    if column.kind == ColumnKind::Time {
        // Times of RFC 3339 have a zone and end with the day; these do neither.
        property.insert("pattern".to_owned(), "^[0-4][0-9]:[0-5][0-9](:[0-5][0-9])?$".into());
    }
    // Units are told in words: `x-ogc-unit` takes only those of UCUM.
    let unit = column.field.as_ref().and_then(|field| field.unit.as_ref());
    let unit = unit.map(|unit| format!("単位: {unit}"));
    let description: Vec<String> =
        column.meaning().map(|meaning| meaning.ja).into_iter().chain(unit).collect();
    if !description.is_empty() {
        property.insert("description".to_owned(), description.join("　").into());
    }
    Value::Object(property)
}
