//! The definition of this API alone, in OpenAPI 3.0, as the standards name it; the document of the whole program is OpenAPI 3.1.
//!
//! Rule: OGC 17-069r4, requirements class oas30; 20-004r1, requirements class oas30.

use catalog::{City, Iris};
use serde_json::{Map, Value, json};

use crate::ogc::addresses::Addresses;
use crate::ogc::form::{CATALOG, GEOJSON, HTML, JSON, OPENAPI, SCHEMA};
use crate::ogc::question::{FEATURES_DEFAULT, FEATURES_MAX};
use crate::ogc::records::{RECORDS_DEFAULT, RECORDS_MAX};
use crate::problem::PROBLEM;

/// The definition of the API of `city`.
pub fn document(city: &City, iris: &Iris) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": {
            "title": format!("{} OGC API", city.catalog_title),
            "description": format!(
                "{}\n\nOGC API – Features: 座標のあるデータセットの行。OGC API – Records: データセットの目録。鍵は要りません。\n\n\
                 The rows of every dataset with coordinates as features, and the datasets themselves as records; no key is needed. \
                 A property that is called like a parameter is asked for as `field.NAME`.",
                city.catalog_description
            ),
            "version": env!("CARGO_PKG_VERSION"),
            "license": {"name": city.catalog_licence.title(), "url": city.catalog_licence.iri()},
            "contact": {"name": format!("{}{}", city.prefecture, city.name), "url": iris.home()},
        },
        "servers": [{"url": Addresses(iris).root()}],
        "externalDocs": {"description": "すべての操作 The whole API", "url": iris.openapi()},
        "tags": [
            {"name": "Capabilities", "description": "この API について"},
            {"name": "Data", "description": "行 (OGC API – Features)"},
            {"name": "Records", "description": "目録 (OGC API – Records)"},
        ],
        "paths": paths(),
        "components": {"parameters": parameters(), "schemas": schemas(), "responses": responses()},
    })
}

fn paths() -> Value {
    let collection = || parameter("collectionId");
    let items = [
        "f",
        "limit",
        "cursor",
        "bbox",
        "bbox-crs",
        "datetime",
        "crs",
        "filter",
        "filter-lang",
        "filter-crs",
        "properties",
    ];
    let records = [
        "f",
        "recordsLimit",
        "cursor",
        "q",
        "type",
        "ids",
        "externalIds",
        "bbox",
        "bbox-crs",
        "datetime",
        "crs",
        "filter",
        "filter-lang",
        "filter-crs",
        "properties",
    ];
    let f = || vec![parameter("f")];
    let of_collection = || vec![collection(), parameter("f")];
    let with = |first: Vec<Value>, names: &[&str]| {
        first.into_iter().chain(names.iter().map(|name| parameter(name))).collect()
    };
    json!({
        "/": {"get": operation("getLandingPage", "Capabilities", "入り口 landing page", f(), &[(JSON, "landingPage")], &[])},
        "/conformance": {"get": operation("getConformance", "Capabilities", "適合クラス conformance classes", f(), &[(JSON, "confClasses")], &[])},
        "/api": {"get": operation("getApi", "Capabilities", "この定義 this definition", f(), &[(OPENAPI, "object")], &[])},
        "/collections": {"get": operation(
            "getCollections", "Capabilities", "データの一覧 collections",
            vec![parameter("f"), parameter("collectionsLimit"), parameter("cursor")], &[(JSON, "collections")], &[])},
        "/collections/catalog": {"get": operation("getCatalog", "Records", "目録について the catalog", f(), &[(JSON, "collection"), (CATALOG, "collection")], &[])},
        "/collections/catalog/items": {"get": operation("getRecords", "Records", "データセット records", with(Vec::new(), &records), &[(GEOJSON, "featureCollectionGeoJSON")], &[])},
        "/collections/catalog/items/{recordId}": {"get": operation("getRecord", "Records", "1つのデータセット one record", vec![parameter("recordId"), parameter("f")], &[(GEOJSON, "featureGeoJSON")], &["404", "410"])},
        "/collections/catalog/queryables": {"get": operation("getCatalogQueryables", "Records", "条件に使える項目 queryables", f(), &[(SCHEMA, "object")], &[])},
        "/collections/catalog/schema": {"get": operation("getCatalogSchema", "Records", "項目 schema", f(), &[(SCHEMA, "object")], &[])},
        "/collections/{collectionId}": {"get": operation("describeCollection", "Capabilities", "1つのデータについて one collection", of_collection(), &[(JSON, "collection")], &["404", "410", "503"])},
        "/collections/{collectionId}/items": {"get": operation("getFeatures", "Data", "行 features", with(vec![collection()], &items), &[(GEOJSON, "featureCollectionGeoJSON")], &["404", "410", "503"])},
        "/collections/{collectionId}/items/{featureId}": {"get": operation("getFeature", "Data", "1つの行 one feature", vec![collection(), parameter("featureId"), parameter("f")], &[(GEOJSON, "featureGeoJSON")], &["404", "410", "503"])},
        "/collections/{collectionId}/queryables": {"get": operation("getQueryables", "Data", "条件に使える項目 queryables", of_collection(), &[(SCHEMA, "object")], &["404", "410", "503"])},
        "/collections/{collectionId}/schema": {"get": operation("getSchema", "Data", "項目 schema", of_collection(), &[(SCHEMA, "object")], &["404", "410", "503"])},
    })
}

fn parameter(name: &str) -> Value {
    json!({"$ref": format!("#/components/parameters/{name}")})
}

fn schema(name: &str) -> Value {
    match name {
        "object" => json!({"type": "object"}),
        name => json!({"$ref": format!("#/components/schemas/{name}")}),
    }
}

/// An operation that reads; beside `content` it gives a page, and what may go wrong everywhere and with this (`problems`).
fn operation(
    id: &str,
    tag: &str,
    summary: &str,
    parameters: Vec<Value>,
    content: &[(&str, &str)],
    problems: &[&str],
) -> Value {
    let mut given: Map<String, Value> = content
        .iter()
        .map(|(media_type, name)| ((*media_type).to_owned(), json!({"schema": schema(name)})))
        .collect();
    given.insert(HTML.to_owned(), json!({"schema": {"type": "string"}}));
    let mut answers = Map::new();
    answers.insert("200".to_owned(), json!({"description": summary, "content": given}));
    answers.insert("304".to_owned(), json!({"description": "Unchanged since the ETag in If-None-Match"}));
    for status in ["400", "406", "429", "500", "503"].iter().chain(problems) {
        answers.insert((*status).to_owned(), json!({"$ref": "#/components/responses/problem"}));
    }
    json!({"operationId": id, "tags": [tag], "summary": summary, "parameters": parameters, "responses": answers})
}

fn responses() -> Value {
    json!({"problem": {
        "description": "Why not (RFC 9457)",
        "content": {PROBLEM: {"schema": schema("problem")}, HTML: {"schema": {"type": "string"}}},
    }})
}

fn parameters() -> Value {
    let text = |name: &str, description: &str| json!({"name": name, "in": "query", "required": false, "description": description, "schema": {"type": "string"}});
    let list = |name: &str, description: &str| {
        json!({
            "name": name, "in": "query", "required": false, "description": description, "style": "form", "explode": false,
            "schema": {"type": "array", "items": {"type": "string"}},
        })
    };
    let limit = |default: u32, max: u32| {
        json!({
            "name": "limit", "in": "query", "required": false, "style": "form", "explode": false,
            "description": "1ページの数。上限より多ければ上限になります。 How many on a page; more than the maximum is the maximum.",
            "schema": {"type": "integer", "minimum": 1, "maximum": max, "default": default},
        })
    };
    let in_path = |name: &str, description: &str| json!({"name": name, "in": "path", "required": true, "description": description, "schema": {"type": "string"}});
    let crs = |name: &str| {
        json!({
            "name": name, "in": "query", "required": false, "description": "座標参照系 reference system",
            "schema": {"type": "string", "format": "uri", "default": crate::ogc::classes::CRS84, "enum": [crate::ogc::classes::CRS84]},
        })
    };
    json!({
        "collectionId": in_path("collectionId", "データセットの名前（slug）"),
        "featureId": in_path("featureId", "行の名前（様式のキー、ない場合は行の番号）"),
        "recordId": in_path("recordId", "データセットの名前（slug）"),
        "f": {"name": "f", "in": "query", "required": false, "description": "形式。Accept より優先します。 The form, whatever Accept says.",
              "schema": {"type": "string", "enum": ["json", "html"]}},
        "limit": limit(FEATURES_DEFAULT, FEATURES_MAX),
        "recordsLimit": limit(RECORDS_DEFAULT, RECORDS_MAX),
        "collectionsLimit": limit(1_000, 1_000),
        "cursor": text("cursor", "次のページの始まり。next のリンクだけが示します。 Where the page begins; only a link `next` gives one."),
        "bbox": {
            "name": "bbox", "in": "query", "required": false, "style": "form", "explode": false,
            "description": "西,南,東,北（度、WGS 84）。高さがあれば読み飛ばします。位置のないものも含みます。 West, south, east, north; heights are passed over. What has no place is given, too.",
            "schema": {"type": "array", "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}], "items": {"type": "number"}},
        },
        "datetime": {
            "name": "datetime", "in": "query", "required": false, "style": "form", "explode": false,
            "description": "日時・日付、または期間（2026-04-01/..）。日時のないものも含みます。 A moment, a day or a span; what has no time is given, too.",
            "schema": {"type": "string"},
        },
        "bbox-crs": crs("bbox-crs"),
        "crs": crs("crs"),
        "filter": text("filter", "CQL2 の条件。 A condition in CQL2."),
        "filter-lang": {"name": "filter-lang", "in": "query", "required": false, "description": "filter の書き方 the language of filter",
                        "schema": {"type": "string", "enum": ["cql2-text", "cql2-json"], "default": "cql2-text"}},
        "filter-crs": crs("filter-crs"),
        "properties": {
            "name": "properties", "in": "query", "required": false, "style": "form", "explode": true,
            "description": "項目=値（queryables の項目）。 The name of a queryable, and the value it has to have.",
            "schema": {"type": "object", "additionalProperties": {"type": "string"}},
        },
        "q": list("q", "言葉。コンマはどれか、空白は続けて。 Words: commas are alternatives, blanks keep them together."),
        "type": list("type", "種類。ここにあるのは dataset だけです。 Kinds; everything here is a dataset."),
        "ids": list("ids", "目録での名前。 Names of records."),
        "externalIds": list("externalIds", "ほかでの名前: 値、体系、または 体系:値。 Names given elsewhere: value, scheme, or scheme:value."),
    })
}

fn schemas() -> Value {
    let links = json!({"type": "array", "items": schema("link")});
    json!({
        "link": {
            "type": "object", "required": ["href", "rel"],
            "properties": {"href": {"type": "string"}, "rel": {"type": "string"}, "type": {"type": "string"}, "title": {"type": "string"}},
        },
        "landingPage": {
            "type": "object", "required": ["links"],
            "properties": {"title": {"type": "string"}, "description": {"type": "string"}, "links": links},
        },
        "confClasses": {
            "type": "object", "required": ["conformsTo"],
            "properties": {"conformsTo": {"type": "array", "items": {"type": "string"}}},
        },
        "collections": {
            "type": "object", "required": ["links", "collections"],
            "properties": {
                "links": links, "numberMatched": {"type": "integer"}, "numberReturned": {"type": "integer"},
                "collections": {"type": "array", "items": schema("collection")},
            },
        },
        "collection": {
            "type": "object", "required": ["id", "links"],
            "properties": {
                "id": {"type": "string"}, "type": {"type": "string"}, "title": {"type": "string"}, "description": {"type": "string"},
                "keywords": {"type": "array", "items": {"type": "string"}}, "attribution": {"type": "string"}, "license": {"type": "string"},
                "created": {"type": "string", "format": "date-time"}, "updated": {"type": "string", "format": "date-time"},
                "extent": schema("extent"), "itemType": {"type": "string", "default": "feature"},
                "crs": {"type": "array", "items": {"type": "string"}}, "storageCrs": {"type": "string"}, "links": links,
            },
        },
        "extent": {
            "type": "object",
            "properties": {
                "spatial": {"type": "object", "properties": {
                    "bbox": {"type": "array", "minItems": 1, "items": {"type": "array", "minItems": 4, "maxItems": 4, "items": {"type": "number"}}},
                    "crs": {"type": "string"},
                }},
                "temporal": {"type": "object", "properties": {
                    "interval": {"type": "array", "minItems": 1, "items": {"type": "array", "minItems": 2, "maxItems": 2, "items": {"type": "string", "format": "date-time", "nullable": true}}},
                    "trs": {"type": "string"},
                }},
            },
        },
        "featureCollectionGeoJSON": {
            "type": "object", "required": ["type", "features"],
            "properties": {
                "type": {"type": "string", "enum": ["FeatureCollection"]}, "features": {"type": "array", "items": schema("featureGeoJSON")},
                "links": links, "timeStamp": {"type": "string", "format": "date-time"},
                "numberMatched": {"type": "integer", "minimum": 0}, "numberReturned": {"type": "integer", "minimum": 0},
            },
        },
        "featureGeoJSON": {
            "type": "object", "required": ["type", "geometry", "properties"],
            "properties": {
                "type": {"type": "string", "enum": ["Feature"]}, "id": {"type": "string"},
                "geometry": {"type": "object", "nullable": true, "properties": {"type": {"type": "string"}, "coordinates": {"type": "array", "items": {}}}},
                "properties": {"type": "object", "nullable": true}, "links": links,
            },
        },
        "problem": {
            "type": "object", "required": ["type", "title", "status", "detail", "code"],
            "properties": {
                "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
                "detail": {"type": "string"}, "code": {"type": "string"},
            },
        },
    })
}
