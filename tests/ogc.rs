//! OGC API – Features: the rows of every dataset with coordinates, as GDAL, QGIS and the standard's abstract tests ask for them.
//!
//! What each abstract test is shown by stands in `docs/ogc-conformance.md`.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};

use crate::answers::Answer;
use crate::city::{City, Visitor};
use crate::desk::Desk;

/// A collection.
pub const TOILETS: &str = "/ogc/collections/sample-public-toilets";
const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

/// Every resource of features, by the media types that its JSON has.
const RESOURCES: [(&str, &str); 9] = [
    ("/ogc", "application/json"),
    ("/ogc/conformance", "application/json"),
    ("/ogc/api", "application/vnd.oai.openapi+json"),
    ("/ogc/collections", "application/json"),
    (TOILETS, "application/json"),
    ("/ogc/collections/sample-public-toilets/items", "application/geo+json"),
    ("/ogc/collections/sample-public-toilets/items/LL0420210001", "application/geo+json"),
    ("/ogc/collections/sample-public-toilets/queryables", "application/schema+json"),
    ("/ogc/collections/sample-public-toilets/schema", "application/schema+json"),
];

/// The `href` of the first link of relation `rel`.
#[track_caller]
pub fn link(document: &Value, rel: &str) -> String {
    let found = document["links"].as_array().unwrap().iter().find(|link| link["rel"] == rel);
    found.unwrap_or_else(|| panic!("no link {rel}: {document:#}"))["href"].as_str().unwrap().to_owned()
}

/// The ids of the features of an answer.
#[track_caller]
pub fn ids(answer: &Answer) -> Vec<String> {
    let document = answer.is(200).json();
    let features = document["features"].as_array().unwrap();
    features.iter().map(|feature| feature["id"].as_str().unwrap().to_owned()).collect()
}

/// A city with one dataset that follows `schema`.
pub async fn city_with(slug: &str, schema: &str, csv: &str) -> City {
    let desk = Desk::of_a_city();
    desk.dataset(slug, schema, csv);
    City::opening().loading(desk.path()).open().await
}

#[tokio::test]
async fn the_landing_page_leads_to_everything() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let landing = visitor.gets("/ogc").await.is(200).json();
    for (rel, media_type) in [
        ("service-desc", "application/vnd.oai.openapi+json"),
        ("service-doc", "text/html"),
        ("conformance", "application/json"),
        ("data", "application/json"),
        ("http://www.opengis.net/def/rel/ogc/1.0/ogc-catalog", "application/geo+json"),
    ] {
        let answer = visitor.gets(&link(&landing, rel)).await;
        assert_eq!(answer.is(200).media_type(), media_type, "{rel}");
    }
    link(&landing, "license");
    let slash = visitor.gets("/ogc/").await;
    assert_eq!(slash.is(308).header("location"), format!("{}/ogc", city.address()));
}

#[tokio::test]
async fn every_resource_comes_as_json_and_as_a_page_and_says_where_else_it_is() {
    let city = City::shared().await;
    let visitor = city.visitor();
    for (path, media_type) in RESOURCES {
        assert_eq!(visitor.gets(path).await.is(200).media_type(), media_type, "{path}");
        let browser = visitor.clone().taking("text/html,application/xhtml+xml,*/*;q=0.8");
        let page = browser.gets(path).await;
        assert_eq!(page.is(200).media_type(), "text/html", "{path}");
        assert!(page.text().starts_with("<!doctype html>") && page.text().contains("lang=\"ja\""), "{path}");
        assert_eq!(browser.gets(&format!("{path}?f=json")).await.is(200).media_type(), media_type, "{path}");
        assert_eq!(visitor.gets(&format!("{path}?f=html")).await.is(200).media_type(), "text/html", "{path}");
        visitor.gets(&format!("{path}?f=xml")).await.problem(400, "bad-parameter");
        visitor.clone().taking("image/png").gets(path).await.problem(406, "not-acceptable");
        let document = visitor.gets(path).await.json();
        if document.get("links").is_none() {
            continue;
        }
        for (rel, expected) in [("self", media_type), ("alternate", "text/html")] {
            let found =
                document["links"].as_array().unwrap().iter().find(|link| link["rel"] == rel).unwrap().clone();
            assert_eq!(found["type"], expected, "{path} {rel}");
            let answer = visitor.gets(found["href"].as_str().unwrap()).await;
            assert_eq!(answer.is(200).media_type(), expected, "{path} {rel}");
        }
    }
}

#[tokio::test]
async fn what_it_conforms_to_is_listed_once_each() {
    let city = City::shared().await;
    let classes = city.visitor().gets("/ogc/conformance").await.is(200).json()["conformsTo"].clone();
    let classes: Vec<&str> =
        classes.as_array().unwrap().iter().map(|class| class.as_str().unwrap()).collect();
    for class in [
        "ogcapi-features-1/1.0/conf/core",
        "ogcapi-features-1/1.0/conf/geojson",
        "ogcapi-features-3/1.0/conf/filter",
        "cql2/1.0/conf/basic-cql2",
    ] {
        assert!(classes.contains(&format!("http://www.opengis.net/spec/{class}").as_str()), "{class}");
    }
    assert_eq!(classes.iter().collect::<BTreeSet<_>>().len(), classes.len());
    let text = std::fs::read_to_string(crate::desk::repository().join("docs/ogc-conformance.md")).unwrap();
    for class in classes {
        assert!(text.contains(class), "docs/ogc-conformance.md does not go through {class}");
    }
}

#[tokio::test]
async fn the_definition_is_openapi_3_0_and_knows_every_parameter() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let answer = visitor.gets("/ogc/api").await;
    answer.is(200).says("content-type", "application/vnd.oai.openapi+json;version=3.0");
    let document = answer.json();
    assert_eq!(document["openapi"], "3.0.3");
    let items = &document["paths"]["/collections/{collectionId}/items"]["get"];
    let names: BTreeSet<&str> = items["parameters"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["$ref"].as_str().unwrap().rsplit('/').next().unwrap())
        .collect();
    assert!(
        ["limit", "bbox", "datetime", "filter", "filter-lang", "filter-crs", "crs"]
            .iter()
            .all(|name| names.contains(name)),
        "{names:?}"
    );
    let limit = &document["components"]["parameters"]["limit"]["schema"];
    assert_eq!(
        (&limit["minimum"], &limit["maximum"], &limit["default"]),
        (&json!(1), &json!(10_000), &json!(100))
    );
    // Every reference leads somewhere, and every path without a parameter answers.
    fn references(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(members) => {
                found.extend(members.get("$ref").and_then(Value::as_str).map(str::to_owned));
                members.values().for_each(|member| references(member, found));
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    references(&document, &mut found);
    for reference in found {
        assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "{reference}");
    }
    let server = document["servers"][0]["url"].as_str().unwrap();
    for path in document["paths"].as_object().unwrap().keys() {
        let path = path
            .replace("{collectionId}", "sample-aed")
            .replace("{featureId}", "FF0420210001")
            .replace("{recordId}", "sample-aed");
        visitor.gets(&format!("{server}{}", path.trim_end_matches('/'))).await.is(200);
    }
}

#[tokio::test]
async fn every_dataset_with_coordinates_is_a_collection_and_no_other() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let collections = visitor.gets("/ogc/collections").await.is(200).json();
    let all = collections["collections"].as_array().unwrap();
    let names: Vec<&str> = all.iter().map(|collection| collection["id"].as_str().unwrap()).collect();
    let expected = [
        "catalog",
        "sample-aed",
        "sample-evacuation-spaces",
        "sample-public-facilities",
        "sample-public-toilets",
    ];
    assert_eq!(names, expected);
    assert_eq!((&collections["numberMatched"], &collections["numberReturned"]), (&json!(5), &json!(5)));
    for collection in all {
        let id = collection["id"].as_str().unwrap();
        let alone = visitor.gets(&link(collection, "self")).await.is(200).json();
        for member in ["id", "title", "description", "extent", "itemType", "crs", "storageCrs"] {
            assert_eq!(alone[member], collection[member], "{id} {member}");
        }
        for rel in [
            "items",
            "http://www.opengis.net/def/rel/ogc/1.0/queryables",
            "http://www.opengis.net/def/rel/ogc/1.0/schema",
        ] {
            visitor.gets(&link(collection, rel)).await.is(200);
        }
        link(collection, "license");
        link(collection, "describedby");
        assert_eq!(collection["crs"], json!([CRS84]), "{id}");
        assert_eq!(collection["itemType"], if id == "catalog" { "record" } else { "feature" });
    }
    visitor.gets("/ogc/collections/open-data-list").await.problem(404, "no-such-collection");
    visitor.gets("/ogc/collections/open-data-list/items").await.problem(404, "no-such-collection");
    visitor.gets("/ogc/collections/nothing-here").await.problem(404, "no-such-dataset");
    visitor.gets("/ogc/collections/Not%20a%20name/items").await.problem(404, "no-such-dataset");
}

#[tokio::test]
async fn collections_come_in_pages_too() {
    let city = City::shared().await;
    let visitor = city.visitor();
    for limit in 1..=5 {
        let mut next = Some(format!("/ogc/collections?limit={limit}"));
        let mut names = Vec::new();
        while let Some(address) = next {
            let page = visitor.gets(&address).await.is(200).json();
            let collections = page["collections"].as_array().unwrap();
            assert!(collections.len() <= limit && !collections.is_empty());
            names.extend(collections.iter().map(|collection| collection["id"].as_str().unwrap().to_owned()));
            next = page["links"]
                .as_array()
                .unwrap()
                .iter()
                .find(|link| link["rel"] == "next")
                .map(|link| link["href"].as_str().unwrap().to_owned());
        }
        assert_eq!(names.len(), 5, "{limit}: {names:?}");
    }
    visitor.gets("/ogc/collections?cursor=!").await.problem(400, "bad-parameter");
}

/// So many rows of public toilets, every fifth without coordinates.
pub fn toilets(count: usize) -> String {
    let mut csv = "全国地方公共団体コード,ID,名称,所在地_連結表記,設置位置,緯度,経度\n".to_owned();
    for number in 1..=count {
        let place = match number % 5 {
            0 => ",".to_owned(),
            _ => format!("{:.4},{:.4}", 38.4 + number as f64 / 10_000.0, 141.2 + number as f64 / 10_000.0),
        };
        csv.push_str(&format!(
            "042021,LL{number:010},見本{number},宮城県石巻市見本町{number},公園,{place}\n"
        ));
    }
    csv
}

#[tokio::test]
async fn whoever_has_an_answer_is_told_so() {
    let city = city_with("toilets", "hyojun/public_toilet", &toilets(3)).await;
    let office = city.office("mihon").await;
    let visitor = city.visitor();
    let paths = [
        "/ogc",
        "/ogc/conformance",
        "/ogc/api",
        "/ogc/collections",
        "/ogc/collections/toilets",
        "/ogc/collections/toilets/items",
        "/ogc/collections/toilets/items/LL0000000001",
        "/ogc/collections/toilets/queryables",
        "/ogc/collections/toilets/schema",
    ];
    for path in paths {
        let answer = visitor.gets(path).await;
        let tag = answer.is(200).header("etag").to_owned();
        assert!(visitor.clone().knowing(&tag).gets(path).await.is(304).body().is_empty(), "{path}");
        visitor.clone().knowing("\"other\"").gets(path).await.is(200);
        let head = visitor.asks(Method::HEAD, path, None).await;
        assert_eq!((head.is(200).header("etag"), head.body().len()), (tag.as_str(), 0), "{path}");
        let page = visitor.gets(&format!("{path}?f=html")).await;
        assert_ne!(page.header("etag"), tag, "{path}: a page has another tag");
    }
    let before = visitor.gets("/ogc/collections/toilets/items").await.header("etag").to_owned();
    office.uploads("toilets", &toilets(4)).await.is(201);
    office.submits("toilets", 2).await.is(200);
    office.publishes("toilets", 2).await.is(200);
    let after = visitor.clone().knowing(&before).gets("/ogc/collections/toilets/items").await;
    assert_eq!(ids(&after).len(), 4);
    city.close().await;
}

/// Every address that says something of the dataset `slug`.
fn places(slug: &str) -> [String; 6] {
    let path = format!("/ogc/collections/{slug}");
    [
        path.clone(),
        format!("{path}/items"),
        format!("{path}/items/LL0000000001"),
        format!("{path}/queryables"),
        format!("{path}/schema"),
        format!("/ogc/collections/catalog/items/{slug}"),
    ]
}

/// The names of all collections.
async fn listed(visitor: &Visitor) -> Vec<String> {
    let collections = visitor.gets("/ogc/collections").await.is(200).json()["collections"].clone();
    collections
        .as_array()
        .unwrap()
        .iter()
        .map(|collection| collection["id"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn drafts_are_nowhere_and_withdrawn_datasets_say_why() {
    let city = City::open().await;
    let office = city.office("mihon").await;
    office.creates("hidden", "hyojun/public_toilet").await.is(201);
    office.uploads("hidden", &toilets(3)).await.is(201);
    let visitor = city.visitor();
    for asker in [&visitor, office.editor()] {
        for path in places("hidden") {
            asker.gets(&path).await.problem(404, "no-such-dataset");
            asker.clone().knowing("*").gets(&path).await.is(404);
        }
        assert!(!listed(asker).await.contains(&"hidden".to_owned()));
        assert!(!visitor.gets("/ogc/collections/catalog/items").await.text().contains("hidden"));
    }
    office.submits("hidden", 1).await.is(200);
    office.publishes("hidden", 1).await.is(200);
    assert!(listed(&visitor).await.contains(&"hidden".to_owned()), "as soon as it is published");
    for path in places("hidden") {
        visitor.gets(&path).await.is(200);
    }
    office.approver().acts("hidden", "withdraw", &json!({"reason": "見本"})).await.is(200);
    for path in places("hidden") {
        visitor.gets(&path).await.problem(410, "withdrawn");
    }
    assert!(!listed(&visitor).await.contains(&"hidden".to_owned()));
    assert!(!visitor.gets("/ogc/collections/catalog/items").await.text().contains("hidden"));
    city.close().await;
}

#[tokio::test]
async fn whatever_is_sent_nothing_breaks_and_nothing_leaks() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let tries = [
        "'",
        "\"",
        "' or 1=1 --",
        "1; drop table rows_1",
        "%00",
        "\0",
        "../../etc/passwd",
        "{{7*7}}",
        "<script>alert(1)</script>",
        "𠮷\u{202e}",
        "9999999999999999999999",
        "-1e999",
        "NaN",
        "${jndi:x}",
        "true",
        "null",
        "[]",
        "{}",
    ];
    let long = "a".repeat(20_001);
    for name in [
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
        "q",
        "type",
        "ids",
        "externalIds",
        "名称",
        "title",
        "x",
    ] {
        for value in tries.into_iter().chain([long.as_str()]) {
            for path in
                ["/ogc", "/ogc/collections", &format!("{TOILETS}/items"), "/ogc/collections/catalog/items"]
            {
                let answer = visitor.asks_with(path, &[(name, value)]).await;
                assert!(answer.status() < 500, "{path} {name}={value}: {}", answer.text());
                let text = answer.text().to_lowercase();
                for leak in ["select ", "rows_1", "sqlite", "postgres", "panicked", "<script>alert"] {
                    assert!(value.contains(leak) || !text.contains(leak), "{path} {name}={value}: {text}");
                }
            }
        }
    }
    for value in tries {
        let escaped: String = value.bytes().map(|byte| format!("%{byte:02X}")).collect();
        for path in [
            format!("/ogc/collections/{escaped}"),
            format!("{TOILETS}/items/{escaped}"),
            format!("/ogc/collections/catalog/items/{escaped}"),
        ] {
            let status = visitor.gets(&path).await.status();
            assert!((400..500).contains(&status), "{path}: {status}");
        }
    }
}

#[tokio::test]
async fn schemas_say_what_each_property_is_to_a_feature() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let schema = visitor.gets(&format!("{TOILETS}/schema")).await.is(200).json();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(schema["$id"], format!("{}{TOILETS}/schema", city.address()));
    let properties = schema["properties"].as_object().unwrap();
    let feature = visitor.gets(&format!("{TOILETS}/items/LL0420210001")).await.json();
    let expected: Vec<&String> = feature["properties"].as_object().unwrap().keys().collect();
    let own: Vec<&String> = properties.keys().filter(|name| *name != "geometry").collect();
    assert_eq!(own, expected);
    let with_role = |role: &str| {
        properties
            .iter()
            .filter(|(_, it)| it["x-ogc-role"] == role)
            .map(|(name, _)| name.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!((with_role("id"), with_role("primary-geometry")), (vec!["ID"], vec!["geometry"]));
    let order: Vec<u64> = properties.values().filter_map(|it| it["x-ogc-propertySeq"].as_u64()).collect();
    assert_eq!(order, (1..=own.len() as u64).collect::<Vec<_>>());
    assert_eq!(
        (&properties["緯度"]["type"], &properties["男性トイレ総数"]["type"]),
        (&json!("number"), &json!("integer"))
    );
    assert!(properties["geometry"].get("type").is_none());
}
