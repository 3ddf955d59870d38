//! OGC API – Records: the datasets themselves, as records of one searchable catalog.

use serde_json::{Value, json};

use crate::city::{City, Visitor};
use crate::desk::{Desk, slugs};

const ITEMS: &str = "/ogc/collections/catalog/items";

/// The ids of the records that `query` finds.
async fn finds(visitor: &Visitor, query: &[(&str, &str)]) -> Vec<String> {
    let document = visitor.asks_with(ITEMS, query).await.is(200).json();
    let features = document["features"].as_array().unwrap();
    assert_eq!(document["numberReturned"].as_u64(), Some(features.len() as u64));
    features.iter().map(|record| record["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_catalog_is_a_collection_of_records() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let catalog = visitor.gets("/ogc/collections/catalog").await.is(200).json();
    for (member, value) in [("id", "catalog"), ("type", "Catalog"), ("itemType", "record")] {
        assert_eq!(catalog[member], value, "{member}");
    }
    assert!(catalog["title"].is_string() && catalog["links"].is_array());
    let own = visitor.clone().taking("application/ogc-catalog+json").gets("/ogc/collections/catalog").await;
    assert_eq!(own.is(200).media_type(), "application/ogc-catalog+json");
    for path in [
        "/ogc/collections/catalog",
        ITEMS,
        "/ogc/collections/catalog/items/sample-aed",
        "/ogc/collections/catalog/queryables",
        "/ogc/collections/catalog/schema",
    ] {
        let page = visitor.gets(&format!("{path}?f=html")).await;
        assert_eq!(page.is(200).media_type(), "text/html", "{path}");
    }
}

#[tokio::test]
async fn every_published_dataset_is_a_record() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let answer = visitor.gets(ITEMS).await;
    assert_eq!(answer.is(200).media_type(), "application/geo+json");
    let document = answer.json();
    assert_eq!(
        (&document["type"], &document["numberMatched"]),
        (&json!("FeatureCollection"), &json!(slugs().len()))
    );
    let records = document["features"].as_array().unwrap();
    assert_eq!(records.iter().map(|record| record["id"].as_str().unwrap()).collect::<Vec<_>>(), slugs());
    for record in records {
        let id = record["id"].as_str().unwrap();
        let dataset = visitor.gets(&format!("/api/v1/datasets/{id}")).await.json();
        assert_eq!((&record["type"], &record["properties"]["type"]), (&json!("Feature"), &json!("dataset")));
        for member in ["title", "description", "keywords", "license"] {
            assert_eq!(record["properties"][member], dataset[member], "{id} {member}");
        }
        assert!(
            record.as_object().unwrap().contains_key("time")
                && record.as_object().unwrap().contains_key("geometry")
        );
        assert_eq!(record["properties"]["contacts"][0]["organization"], dataset["contact"]["name"]);
        assert_eq!(
            record["properties"]["formats"].as_array().unwrap().len(),
            dataset["distributions"].as_array().unwrap().len()
        );
        let links = record["links"].as_array().unwrap();
        assert_eq!(links.iter().filter(|link| link["rel"] == "collection").count(), 1);
        let downloads: Vec<&Value> =
            links.iter().filter(|link| link["rel"] == "enclosure").map(|link| &link["href"]).collect();
        let expected: Vec<&Value> =
            dataset["distributions"].as_array().unwrap().iter().map(|form| &form["url"]).collect();
        assert_eq!(downloads, expected);
        let has_places =
            dataset["distributions"].as_array().unwrap().iter().any(|form| form["format"] == "geojson");
        assert_eq!(
            (record["geometry"]["type"] == "Polygon", links.iter().any(|link| link["rel"] == "items")),
            (has_places, has_places),
            "{id}"
        );
        let alone = visitor.gets(&format!("{ITEMS}/{id}")).await.is(200).json();
        assert_eq!((&alone["properties"], &alone["geometry"]), (&record["properties"], &record["geometry"]));
    }
    visitor.gets(&format!("{ITEMS}/nothing-here")).await.problem(404, "no-such-dataset");
}

#[tokio::test]
async fn words_are_alternatives_or_stand_together() {
    let city = City::shared().await;
    let visitor = city.visitor();
    assert_eq!(finds(&visitor, &[("q", "ＡＥＤ")]).await, ["sample-aed"]);
    assert_eq!(finds(&visitor, &[("q", "バリアフリー")]).await, finds(&visitor, &[("q", "ﾊﾞﾘｱﾌﾘｰ")]).await);
    let (one, other) = (finds(&visitor, &[("q", "トイレ")]).await, finds(&visitor, &[("q", "AED")]).await);
    let both = finds(&visitor, &[("q", "トイレ,AED")]).await;
    assert!(one.iter().chain(&other).all(|id| both.contains(id)) && both.len() <= one.len() + other.len());
    assert!(
        finds(&visitor, &[("q", "sample: public toilets")])
            .await
            .contains(&"sample-public-toilets".to_owned())
    );
    assert!(finds(&visitor, &[("q", "toilets public sample:")]).await.is_empty(), "in that order");
    assert!(finds(&visitor, &[("q", "無い言葉")]).await.is_empty());
}

#[tokio::test]
async fn an_empty_parameter_counts_as_none() {
    let city = City::shared().await;
    let visitor = city.visitor();
    for name in ["q", "type", "ids", "externalIds", "bbox", "datetime", "limit", "filter"] {
        assert_eq!(finds(&visitor, &[(name, "")]).await, slugs(), "{name}");
    }
}

#[tokio::test]
async fn records_are_asked_for_by_name_and_kind() {
    let city = City::shared().await;
    let visitor = city.visitor();
    assert_eq!(
        finds(&visitor, &[("ids", "sample-aed,open-data-list,no-such")]).await,
        ["open-data-list", "sample-aed"]
    );
    assert_eq!(finds(&visitor, &[("type", "dataset,service")]).await, slugs());
    assert!(finds(&visitor, &[("type", "service")]).await.is_empty());
    let record = visitor.gets(&format!("{ITEMS}/sample-aed")).await.json();
    let id = &record["properties"]["externalIds"][0];
    let (scheme, value) = (id["scheme"].as_str().unwrap(), id["value"].as_str().unwrap());
    assert_eq!(finds(&visitor, &[("externalIds", value)]).await, ["sample-aed"]);
    assert_eq!(finds(&visitor, &[("externalIds", &format!("{scheme}:{value}"))]).await, ["sample-aed"]);
    assert_eq!(finds(&visitor, &[("externalIds", scheme)]).await, slugs());
    assert!(finds(&visitor, &[("externalIds", &format!("other:{value}"))]).await.is_empty());
    assert!(finds(&visitor, &[("ids", "sample-aed"), ("externalIds", "open-data-list")]).await.is_empty());
}

#[tokio::test]
async fn records_are_asked_for_by_place_and_time() {
    let desk = Desk::of_a_city();
    let place = |x: f64, y: f64| {
        let row = |id: u8, x: f64, y: f64| {
            format!("042021,LL000000000{id},見本{id},宮城県石巻市見本町{id},公園,{y:.3},{x:.3}\n")
        };
        format!(
            "全国地方公共団体コード,ID,名称,所在地_連結表記,設置位置,緯度,経度\n{}{}",
            row(1, x, y),
            row(2, x + 0.01, y + 0.01)
        )
    };
    desk.dataset("north", "hyojun/public_toilet", place(141.3, 38.6));
    let south = desk.dataset("south", "hyojun/public_toilet", place(141.3, 38.4));
    desk.dataset("table", "", "名称,数\n見本,1\n");
    let about = std::fs::read_to_string(south.join("dataset.toml")).unwrap();
    std::fs::write(
        south.join("dataset.toml"),
        format!("{about}\n[temporal]\nstart = \"2025-04-01\"\nend = \"2026-03-31\"\n"),
    )
    .unwrap();
    let city = City::opening().loading(desk.path()).open().await;
    let visitor = city.visitor();
    assert_eq!(
        finds(&visitor, &[("bbox", "141,38.5,142,39")]).await,
        ["north", "table"],
        "what has no place is in every box"
    );
    assert_eq!(finds(&visitor, &[("bbox", "141,38,0,142,38.5,100")]).await, ["south", "table"]);
    assert_eq!(finds(&visitor, &[("bbox", "170,-90,-170,90")]).await, ["table"]);
    assert_eq!(finds(&visitor, &[("datetime", "2026-03-31/..")]).await, ["north", "south", "table"]);
    assert_eq!(finds(&visitor, &[("datetime", "2026-04-01T00:00:00+09:00")]).await, ["north", "table"]);
    visitor.asks_with(ITEMS, &[("bbox", "1,2")]).await.problem(400, "bad-parameter");
    visitor.asks_with(ITEMS, &[("datetime", "x")]).await.problem(400, "bad-parameter");
    let record = visitor.gets(&format!("{ITEMS}/south")).await.json();
    assert_eq!(record["time"], json!({"interval": ["2025-04-01", "2026-03-31"]}));
    let ring = record["geometry"]["coordinates"][0].as_array().unwrap();
    assert_eq!((ring.len(), &ring[0]), (5, &json!([141.3, 38.4])));
    city.close().await;
}

#[tokio::test]
async fn records_are_filtered_by_what_is_said_of_them() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let samples: Vec<String> = slugs().into_iter().filter(|slug| slug.starts_with("sample-")).collect();
    assert_eq!(finds(&visitor, &[("filter", "id like 'sample-%'")]).await, samples);
    let tree = json!({"op": "in", "args": [{"property": "schema"}, ["hyojun/public_toilet", "hyojun/aed"]]})
        .to_string();
    assert_eq!(
        finds(&visitor, &[("filter", &tree), ("filter-lang", "cql2-json")]).await,
        ["sample-aed", "sample-public-toilets"]
    );
    assert_eq!(finds(&visitor, &[("schema", "hyojun/public_toilet")]).await, ["sample-public-toilets"]);
    assert_eq!(
        finds(&visitor, &[("filter", "created >= DATE('2000-01-01') and updated < DATE('2999-01-01')")])
            .await,
        slugs()
    );
    assert!(finds(&visitor, &[("filter", "updated < DATE('2000-01-01')")]).await.is_empty());
    visitor.asks_with(ITEMS, &[("filter", "rows > 1")]).await.problem(400, "unknown-field");
    visitor.asks_with(ITEMS, &[("unknown", "1")]).await.problem(400, "unknown-field");
}

#[tokio::test]
async fn pages_of_records_follow_each_other() {
    let city = City::shared().await;
    let visitor = city.visitor();
    for f in ["json", "html"] {
        let mut next = Some(format!("{ITEMS}?limit=2&q=%E8%A6%8B%E6%9C%AC&f={f}"));
        let mut pages = 0;
        let mut seen = Vec::new();
        while let Some(address) = next {
            let answer = visitor.gets(&address).await;
            let header = answer
                .is(200)
                .all("link")
                .into_iter()
                .find(|link| link.contains("rel=\"next\""))
                .map(str::to_owned);
            next = header.map(|link| link.split(['<', '>']).nth(1).unwrap().to_owned());
            if f == "json" {
                seen.extend(
                    answer.json()["features"]
                        .as_array()
                        .unwrap()
                        .iter()
                        .map(|it| it["id"].as_str().unwrap().to_owned()),
                );
            }
            pages += 1;
            assert!(pages < 100);
        }
        let all = finds(&visitor, &[("q", "見本")]).await;
        assert_eq!(pages, all.len().div_ceil(2), "{f}");
        assert!(f == "html" || seen == all);
    }
    visitor.asks_with(ITEMS, &[("cursor", "!")]).await.problem(400, "bad-parameter");
}
