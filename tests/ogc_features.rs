//! OGC API – Features: items, one item, and what they are asked by.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::city::City;
use crate::desk::rows_of;
use crate::ogc::{TOILETS, city_with, ids, link, toilets};

const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

/// The rows of a sample by their ID: every cell by its field.
fn cells(slug: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let bytes = rows_of(slug);
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let names = reader.headers().unwrap().clone();
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        let row: BTreeMap<String, String> =
            names.iter().zip(row.iter()).map(|(name, cell)| (name.to_owned(), cell.to_owned())).collect();
        (row["ID"].clone(), row)
    });
    rows.collect()
}

/// Whether a property of a feature says what the cell says.
fn says(value: &Value, cell: &str) -> bool {
    match value {
        Value::Null => cell.is_empty(),
        Value::String(text) => text == cell,
        other => other.as_f64() == cell.parse().ok(),
    }
}

const EVENTS: &str = "全国地方公共団体コード,ID,イベント名,開始日,終了日,緯度,経度\n\
    042021,EV0000000001,花見,2026-04-10,2026-04-20,38.43,141.30\n\
    042021,EV0000000002,夏祭り,2026-08-01,2026-08-02,38.44,141.31\n\
    042021,EV0000000003,常設展,2026-01-01,,38.45,141.32\n\
    042021,EV0000000004,未定,,,,\n";

#[tokio::test]
async fn features_are_the_rows_of_the_csv() {
    let city = City::shared().await;
    let visitor = city.visitor();
    for slug in
        ["sample-aed", "sample-evacuation-spaces", "sample-public-facilities", "sample-public-toilets"]
    {
        let answer = visitor.gets(&format!("/ogc/collections/{slug}/items?limit=10000")).await;
        answer.says("content-crs", &format!("<{CRS84}>"));
        let document = answer.is(200).json();
        let (features, rows) = (document["features"].as_array().unwrap(), cells(slug));
        assert_eq!(document["type"], "FeatureCollection");
        assert_eq!(
            (features.len(), document["numberMatched"].as_u64()),
            (rows.len(), Some(rows.len() as u64))
        );
        assert_eq!(document["numberReturned"].as_u64(), Some(rows.len() as u64));
        assert!(document["timeStamp"].as_str().unwrap().ends_with('Z'), "{document}");
        let collection = visitor.gets(&format!("/ogc/collections/{slug}")).await.json();
        let edges: Vec<f64> = collection["extent"]["spatial"]["bbox"][0]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it.as_f64().unwrap())
            .collect();
        for feature in features {
            let row = &rows[feature["id"].as_str().unwrap()];
            for (name, cell) in row {
                assert!(
                    says(&feature["properties"][name], cell),
                    "{slug} {name}: {cell:?} {}",
                    feature["properties"][name]
                );
            }
            let point = &feature["geometry"];
            let (x, y) =
                (point["coordinates"][0].as_f64().unwrap(), point["coordinates"][1].as_f64().unwrap());
            assert_eq!(
                (&point["type"], x, y),
                (&json!("Point"), row["経度"].parse().unwrap(), row["緯度"].parse().unwrap())
            );
            assert!(edges[0] <= x && x <= edges[2] && edges[1] <= y && y <= edges[3], "{slug}: {edges:?}");
        }
    }
}

#[tokio::test]
async fn one_feature_is_shown_with_its_links() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let answer = visitor.gets(&format!("{TOILETS}/items/LL0420210002")).await;
    let feature = answer.is(200).json();
    assert_eq!((&feature["type"], &feature["id"]), (&json!("Feature"), &json!("LL0420210002")));
    assert_eq!(feature["properties"]["名称"], "見本第二公園トイレ");
    assert_eq!(link(&feature, "collection"), format!("{}{TOILETS}", city.address()));
    let all = visitor.gets(&format!("{TOILETS}/items")).await.json();
    let same = all["features"]
        .as_array()
        .unwrap()
        .iter()
        .find(|other| other["id"] == "LL0420210002")
        .unwrap()
        .clone();
    assert_eq!((&same["properties"], &same["geometry"]), (&feature["properties"], &feature["geometry"]));
    visitor.gets(&format!("{TOILETS}/items/LL9999999999")).await.problem(404, "no-such-record");
}

#[tokio::test]
async fn pages_follow_each_other_within_one_revision() {
    let city = city_with("walk", "hyojun/public_toilet", &toilets(250)).await;
    let office = city.office("mihon").await;
    let visitor = city.visitor();
    let mut next = Some("/ogc/collections/walk/items?limit=60".to_owned());
    let (mut seen, mut pages) = (Vec::new(), 0);
    while let Some(address) = next {
        let answer = visitor.gets(&address).await;
        seen.extend(ids(&answer));
        let page = answer.json();
        assert_eq!(page["numberMatched"], 250);
        next = page["links"]
            .as_array()
            .unwrap()
            .iter()
            .find(|link| link["rel"] == "next")
            .map(|link| link["href"].as_str().unwrap().to_owned());
        let header = answer.all("link").into_iter().any(|link| link.contains("rel=\"next\""));
        assert_eq!(header, next.is_some());
        pages += 1;
        if pages == 1 {
            // Somebody publishes in between: whoever walks goes on in what they began with.
            office.uploads("walk", &toilets(3)).await.is(201);
            office.submits("walk", 2).await.is(200);
            office.publishes("walk", 2).await.is(200);
        }
    }
    let distinct: BTreeSet<&String> = seen.iter().collect();
    assert_eq!((pages, seen.len(), distinct.len()), (5, 250, 250));
    assert_eq!(visitor.gets("/ogc/collections/walk/items").await.json()["numberMatched"], 3);
    for cursor in
        ["x", "1-x", "9-00000000000000000000000000000001", "1-00000000000000000000000000000001", "0-0", "-"]
    {
        visitor
            .gets(&format!("/ogc/collections/walk/items?cursor={cursor}"))
            .await
            .problem(400, "bad-parameter");
    }
    city.close().await;
}

#[tokio::test]
async fn a_limit_beyond_the_most_is_the_most() {
    let city = City::shared().await;
    let visitor = city.visitor();
    for limit in ["1", "3"] {
        assert_eq!(
            ids(&visitor.gets(&format!("{TOILETS}/items?limit={limit}")).await).len().to_string(),
            limit
        );
    }
    for limit in ["10001", "99999999999999999999999999"] {
        visitor.gets(&format!("{TOILETS}/items?limit={limit}")).await.is(200);
        visitor.gets(&format!("/ogc/collections?limit={limit}")).await.is(200);
    }
    for limit in ["0", "-1", "x", "1.5"] {
        visitor.gets(&format!("{TOILETS}/items?limit={limit}")).await.problem(400, "bad-parameter");
        visitor.gets(&format!("/ogc/collections?limit={limit}")).await.problem(400, "bad-parameter");
    }
}

#[tokio::test]
async fn a_box_gives_what_is_in_it_and_what_is_nowhere() {
    let city = city_with("boxes", "hyojun/public_toilet", &toilets(20)).await;
    let visitor = city.visitor();
    let within = async |bbox: &str| {
        ids(&visitor.gets(&format!("/ogc/collections/boxes/items?bbox={bbox}")).await).len()
    };
    assert_eq!(within("141,38,142,39").await, 20);
    assert_eq!(within("141.2,38.4,141.2002,38.4002").await, 2 + 4, "the four without coordinates, too");
    assert_eq!(within("0,0,1,1").await, 4);
    assert_eq!(within("141,38,-1000,142,39,9000").await, 20, "heights are passed over");
    assert_eq!(within("170,-90,-170,90").await, 4, "across the 180th meridian");
    assert_eq!(within("141,-90,-170,90").await, 20, "across the 180th meridian");
    let asked = [("bbox", "141,38,142,39"), ("bbox-crs", CRS84)];
    assert_eq!(ids(&visitor.asks_with("/ogc/collections/boxes/items", &asked).await).len(), 20);
    for bad in [
        "1,2,3",
        "1,2,3,4,5",
        "a,b,c,d",
        "141,39,142,38",
        "141,38,1000,39",
        "1000000,1000000,2000000,2000000",
        "NaN,1,2,3",
    ] {
        visitor.gets(&format!("/ogc/collections/boxes/items?bbox={bad}")).await.is(400);
    }
    city.close().await;
}

#[tokio::test]
async fn a_number_that_may_have_a_fraction_has_its_point() {
    let spaces = String::from_utf8(rows_of("sample-evacuation-spaces")).unwrap();
    let whole = spaces.replace(",12.0,", ",12,");
    assert_ne!(whole, spaces);
    let city = city_with("spaces", "hyojun/evacuation_space", &whole).await;
    let visitor = city.visitor();
    for path in ["/ogc/collections/spaces/items", "/api/v1/datasets/spaces/records.geojson?select=標高"] {
        let answer = visitor.gets(path).await;
        let features = answer.is(200).text();
        assert!(features.contains("\"標高\":12.0"), "readers guess a kind from the first values: {features}");
        assert!(!features.contains("\"標高\":12,"), "{features}");
    }
    let answer = visitor.gets("/api/v1/datasets/spaces/records.json").await;
    let rows = answer.is(200).text();
    assert!(rows.contains("\"標高\":12,"), "elsewhere a number has the digits of its cell: {rows}");
    city.close().await;
}

#[tokio::test]
async fn a_time_gives_what_is_then_and_what_says_no_time() {
    let city = city_with("events", "hyojun/event", EVENTS).await;
    let visitor = city.visitor();
    let path = "/ogc/collections/events/items";
    let then = async |datetime: &str| ids(&visitor.asks_with(path, &[("datetime", datetime)]).await);
    let names =
        |numbers: &[u8]| numbers.iter().map(|number| format!("EV000000000{number}")).collect::<Vec<_>>();
    assert_eq!(then("2026-04-15").await, names(&[1, 3, 4]));
    assert_eq!(then("2026-04-20T14:59:59Z").await, names(&[1, 3, 4]));
    assert_eq!(then("2026-04-20T15:00:00Z").await, names(&[3, 4]), "it is the 21st in Japan");
    assert_eq!(then("2026-04-20/2026-08-01").await, names(&[1, 2, 3, 4]));
    assert_eq!(then("2026-04-21/2026-07-31").await, names(&[3, 4]));
    assert_eq!(then("2026-08-03/..").await, names(&[3, 4]));
    assert_eq!(then("2026-08-03T00:00:00Z/9999-12-31T00:00:00Z").await, names(&[3, 4]), "QGIS' open end");
    assert_eq!(then("../2025-12-31").await, names(&[4]));
    assert_eq!(then("/2026-04-10").await, names(&[1, 3, 4]));
    for bad in ["yesterday", "2026-13-01", "2026-08-01/2026-04-01", "../..", "/"] {
        visitor.asks_with(path, &[("datetime", bad)]).await.problem(400, "bad-parameter");
    }
    let temporal = visitor.gets("/ogc/collections/events").await.json()["extent"]["temporal"].clone();
    assert_eq!(temporal["interval"], json!([[null, null]]), "one event says no end, one says no time");
    let listed =
        visitor.gets("/ogc/collections").await.json()["collections"][1]["extent"]["temporal"].clone();
    assert_eq!(listed, temporal);
    let schema = visitor.gets("/ogc/collections/events/schema").await.json();
    assert_eq!(schema["properties"]["開始日"]["x-ogc-role"], "primary-interval-start");
    assert_eq!(schema["properties"]["終了日"]["x-ogc-role"], "primary-interval-end");
    let shared = City::shared().await;
    let all = shared.visitor().gets(&format!("{TOILETS}/items?datetime=2026-04-15")).await;
    assert_eq!(all.json()["numberMatched"], 12, "rows without a time are of any");
    city.close().await;
}

#[tokio::test]
async fn one_reference_system_is_known() {
    let city = City::shared().await;
    let visitor = city.visitor();
    for name in ["crs", "bbox-crs", "filter-crs"] {
        visitor.asks_with(&format!("{TOILETS}/items"), &[(name, CRS84)]).await.is(200);
        let other = [(name, "http://www.opengis.net/def/crs/EPSG/0/4326")];
        visitor.asks_with(&format!("{TOILETS}/items"), &other).await.problem(400, "bad-parameter");
    }
}

#[tokio::test]
async fn a_property_is_asked_for_by_its_name() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let rows = cells("sample-public-toilets");
    let path = format!("{TOILETS}/items");
    for (name, value) in [
        ("名称", "見本第二公園トイレ"),
        ("男性トイレ総数", "3"),
        ("利用開始時間", "09:00"),
        ("field.ID", "LL0420210003"),
    ] {
        let field = name.trim_start_matches("field.");
        let expected: Vec<&String> =
            rows.iter().filter(|(_, row)| row[field] == value).map(|(id, _)| id).collect();
        assert_eq!(
            ids(&visitor.asks_with(&path, &[(name, value)]).await).iter().collect::<Vec<_>>(),
            expected,
            "{name}"
        );
    }
    visitor.gets(&format!("{path}?unknown=1")).await.problem(400, "unknown-field");
    visitor.gets(&format!("{path}?limit=1&limit=2")).await.problem(400, "bad-parameter");
    visitor.asks_with(&path, &[("男性トイレ総数", "三")]).await.problem(400, "bad-filter");
    for other in ["/ogc", "/ogc/conformance", "/ogc/api", "/ogc/collections", TOILETS] {
        visitor.gets(&format!("{other}?unknown=1")).await.problem(400, "unknown-parameter");
    }
    visitor.gets(&format!("{path}/LL0420210001?unknown=1")).await.problem(400, "unknown-parameter");
}

#[tokio::test]
async fn queryables_are_a_schema_whose_every_property_can_be_asked_about() {
    let city = City::shared().await;
    let visitor = city.visitor();
    for collection in [
        "sample-aed",
        "sample-evacuation-spaces",
        "sample-public-facilities",
        "sample-public-toilets",
        "catalog",
    ] {
        let path = format!("/ogc/collections/{collection}");
        let queryables = visitor.gets(&format!("{path}/queryables")).await.is(200).json();
        assert_eq!(queryables["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert_eq!(queryables["$id"], format!("{}{path}/queryables", city.address()));
        assert_eq!(
            (&queryables["type"], &queryables["additionalProperties"]),
            (&json!("object"), &json!(false))
        );
        let names = queryables["properties"].as_object().unwrap().keys();
        let all = names.map(|name| format!("\"{name}\" is null")).collect::<Vec<_>>().join(" or ");
        visitor.asks_with(&format!("{path}/items"), &[("filter", &all)]).await.is(200);
        if !["sample-public-toilets", "catalog"].contains(&collection) {
            continue;
        }
        for (name, property) in queryables["properties"].as_object().unwrap() {
            let is_place = property["format"] == "geometry-point";
            assert!(is_place || property["type"].is_string(), "{name}: {property}");
            let asks = async |filter: String| {
                ids(&visitor.asks_with(&format!("{path}/items"), &[("filter", &filter)]).await)
            };
            let (blank, given) =
                (asks(format!("\"{name}\" IS NULL")).await, asks(format!("\"{name}\" is not null")).await);
            assert!(blank.iter().all(|id| !given.contains(id)), "{collection} {name}");
            let value = match (property["type"].as_str(), property["format"].as_str()) {
                (Some("integer"), _) => "1",
                (Some("number"), _) => "3.14",
                (Some("string"), Some("date")) => "DATE('2022-04-14')",
                (Some("string"), Some("time")) => "'09:00'",
                (Some("string"), _) => "'foo'",
                _ => continue,
            };
            for (one, other) in [("=", "<>"), (">", "<="), ("<", ">=")] {
                let (one, other) = (
                    asks(format!("\"{name}\" {one} {value}")).await,
                    asks(format!("\"{name}\" {other} {value}")).await,
                );
                assert!(one.iter().all(|id| !other.contains(id)), "{collection} {name}");
            }
            match (value, property["format"].as_str()) {
                ("'foo'", _) => {
                    let like = async |pattern: &str| asks(format!("\"{name}\" like '{pattern}'")).await;
                    assert_eq!(like("%").await, like("%%").await, "{collection} {name}");
                    let empty = like("").await;
                    assert!(like("_%").await.iter().all(|id| !empty.contains(id)), "{collection} {name}");
                    like(r"\%\_").await;
                    asks(format!("\"{name}\" in ('foo', 'bar')")).await;
                }
                (_, Some("date")) => drop(asks(format!("\"{name}\" in ('2022-04-14', '2022-04-15')")).await),
                (_, Some(_)) => {}
                _ => {
                    asks(format!("\"{name}\" BETWEEN 0 AND 100")).await;
                    asks(format!("\"{name}\" between 100.0 and 1.0")).await;
                    asks(format!("\"{name}\" IN (1, 2, 3)")).await;
                }
            }
        }
        assert!(ids(&visitor.gets(&format!("{path}/items?filter=false")).await).is_empty());
        assert!(!ids(&visitor.gets(&format!("{path}/items?filter=true")).await).is_empty());
        let unknown = visitor
            .asks_with(&format!("{path}/items"), &[("filter", "this_is_not_a_queryable IS NULL")])
            .await;
        unknown.problem(400, "unknown-field");
        visitor.asks_with(&format!("{path}/items"), &[("filter", "THIS IS NOT A FILTER")]).await.is(400);
        visitor
            .asks_with(&format!("{path}/items"), &[("filter", "true"), ("filter-lang", "ecql")])
            .await
            .problem(400, "bad-parameter");
    }
}

#[tokio::test]
async fn a_filter_is_cql2_in_either_language_and_goes_with_the_other_parameters() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let path = format!("{TOILETS}/items");
    let rows = cells("sample-public-toilets");
    let many =
        |row: &BTreeMap<String, String>| row["男性トイレ総数"].parse::<u32>().is_ok_and(|count| count > 2);
    let expected: Vec<&String> = rows.iter().filter(|(_, row)| many(row)).map(|(id, _)| id).collect();
    let text = visitor.asks_with(&path, &[("filter", "男性トイレ総数 > 2")]).await;
    let tree = json!({"op": ">", "args": [{"property": "男性トイレ総数"}, 2]}).to_string();
    let json = visitor.asks_with(&path, &[("filter", &tree), ("filter-lang", "cql2-json")]).await;
    assert_eq!((ids(&text).iter().collect::<Vec<_>>(), ids(&json)), (expected, ids(&text)));

    let all = ids(&visitor.gets(&path).await);
    let bbox = visitor.gets(TOILETS).await.json()["extent"]["spatial"]["bbox"][0].clone();
    let edges = bbox.as_array().unwrap().iter().map(Value::to_string).collect::<Vec<_>>().join(",");
    let around = format!("S_INTERSECTS(geometry,BBOX({edges}))");
    assert_eq!(ids(&visitor.asks_with(&path, &[("filter", &around)]).await), all);
    assert_eq!(ids(&visitor.asks_with(&path, &[("filter", &around), ("bbox", &edges)]).await), all);
    assert!(ids(&visitor.asks_with(&path, &[("filter", &around), ("bbox", "0,0,1,1")]).await).is_empty());
    assert!(ids(&visitor.asks_with(&path, &[("filter", "geometry is null")]).await).is_empty());
    let world = visitor.asks_with(&path, &[("filter", "S_INTERSECTS(geometry,BBOX(-180,-90,180,90))")]).await;
    assert_eq!(ids(&world), all);
    visitor.asks_with(&path, &[("filter", "S_INTERSECTS(geometry,POINT(7.02 49.92))")]).await.is(200);
    for bad in [
        "S_INTERSECTS(geometry,POINT(90 180))",
        "S_INTERSECTS(geometry,BBOX(1000000,1000000,2000000,2000000))",
    ] {
        visitor.asks_with(&path, &[("filter", bad)]).await.problem(400, "bad-filter");
    }
}
