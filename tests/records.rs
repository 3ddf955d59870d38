//! Every row of every published revision, asked for by what is in it.

use reqwest::Method;
use serde_json::{Value, json};

use crate::answers::Answer;
use crate::city::{City, Visitor};
use crate::office::api;

const TOILETS: &str = "/api/v1/datasets/sample-public-toilets/records";

/// One column of every row of a page, as text.
fn column(answer: &Answer, name: &str) -> Vec<String> {
    let page = answer.is(200).json();
    let items = page["items"].as_array().unwrap();
    items
        .iter()
        .map(|item| item[name].as_str().map_or_else(|| item[name].to_string(), str::to_owned))
        .collect()
}

/// A table without a schema: names, and numbers that are texts.
const TOWNS: &str = "町名,世帯,備考\r\n大街道,10,\r\n中里,9,坂の上\r\n,8,\r\n蛇田,100,駅の前\r\n";

async fn towns(city: &City) -> Visitor {
    city.office("mihon").await.opens("towns", TOWNS).await;
    city.visitor()
}

#[tokio::test]
async fn a_page_of_rows_says_what_it_is_of() {
    let city = City::shared().await;
    let answer = city.visitor().gets(&format!("{TOILETS}?limit=2")).await;
    let page = answer.is(200).json();
    assert_eq!(page["items"].as_array().unwrap().len(), 2);
    assert_eq!(page["items"][0]["ID"], "LL0420210001");
    assert_eq!(page["items"][0]["男性トイレ総数"], 3);
    assert_eq!(page["items"][0]["建物名等(方書)"], Value::Null);
    assert_eq!(page["total"], 12);
    assert_eq!(page["dataset"]["slug"], "sample-public-toilets");
    assert_eq!(page["revision"]["number"], 1);
    assert_eq!(page["license"], "CC-BY-4.0");
    assert!(page["source"]["name"].as_str().unwrap().contains('課'), "{page}");
    answer.says("content-location", "/api/v1/datasets/sample-public-toilets/revisions/1/records?limit=2");
    assert!(!answer.header("last-modified").is_empty());
}

#[tokio::test]
async fn rows_are_chosen_by_the_value_of_a_field() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let found = visitor.gets(&format!("{TOILETS}?名称=見本第二公園トイレ")).await;
    assert_eq!(column(&found, "ID"), ["LL0420210002"]);
    let found = visitor.gets(&format!("{TOILETS}?男性トイレ総数=3&limit=1")).await;
    assert_eq!(column(&found, "ID"), ["LL0420210001"]);
    let found = visitor.gets(&format!("{TOILETS}?ID=LL0420210001&ID=LL0420210003&建物名等(方書)=")).await;
    assert_eq!(column(&found, "ID"), ["LL0420210001", "LL0420210003"]);
}

#[tokio::test]
async fn a_filter_says_the_same_in_both_languages() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let text = "男性トイレ総数 >= 3 and (名称 like '見本%' or \"ID\" in ('x')) and not 緯度 is null";
    let tree = json!({"op": "and", "args": [
        {"op": ">=", "args": [{"property": "男性トイレ総数"}, 3]},
        {"op": "or", "args": [
            {"op": "like", "args": [{"property": "名称"}, "見本%"]},
            {"op": "in", "args": [{"property": "ID"}, ["x"]]},
        ]},
        {"op": "not", "args": [{"op": "isNull", "args": [{"property": "緯度"}]}]},
    ]});
    let one = visitor.asks_with(TOILETS, &[("filter", text)]).await;
    let other =
        visitor.asks_with(TOILETS, &[("filter", &tree.to_string()), ("filter-lang", "cql2-json")]).await;
    let ids = column(&one, "ID");
    assert!(!ids.is_empty() && ids.len() < 12, "{ids:?}");
    assert_eq!(ids, column(&other, "ID"));
    let all = visitor.gets(TOILETS).await.is(200).json();
    let expected: Vec<&str> = all["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|item| item["男性トイレ総数"].as_u64().is_some_and(|count| count >= 3))
        .map(|item| item["ID"].as_str().unwrap())
        .collect();
    assert_eq!(ids, expected);
}

#[tokio::test]
async fn words_are_looked_for_in_every_cell() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let found = visitor.gets(&format!("{TOILETS}?q=ＭＩＨＯＮ　北入口")).await;
    assert_eq!(column(&found, "ID"), ["LL0420210001"]);
    let none = visitor.gets(&format!("{TOILETS}?q=ない言葉")).await.is(200).json();
    assert_eq!((&none["total"], &none["next"]), (&json!(0), &Value::Null));
}

#[tokio::test]
async fn rows_come_in_order_with_blank_cells_last() {
    let city = City::open().await;
    let visitor = towns(&city).await;
    let path = api("towns") + "/records";
    let names = async |sort: &str| column(&visitor.asks_with(&path, &[("sort", sort)]).await, "世帯");
    assert_eq!(names("町名").await, ["9", "10", "100", "8"]);
    assert_eq!(names("-町名").await, ["100", "10", "9", "8"]);
    assert_eq!(names("-備考,世帯").await, ["100", "9", "10", "8"], "texts are compared letter by letter");
    let selected = visitor.gets(&format!("{path}?select=備考,町名&limit=1")).await.is(200).json();
    assert_eq!(selected["items"][0], json!({"備考": null, "町名": "大街道"}));
    assert!(selected["items"][0].to_string().starts_with("{\"備考\""), "in the order asked for");
    city.close().await;
}

#[tokio::test]
async fn a_walk_from_page_to_page_loses_nothing_and_sees_one_revision() {
    let city = City::open().await;
    let office = city.office("mihon").await;
    let rows: String = (0..250).map(|number| format!("見本{number},{}\r\n", number % 7)).collect();
    office.opens("walk", &format!("名称,組\r\n{rows}")).await;
    let visitor = city.visitor();
    let mut next = Some(format!("{}/records?sort=-組&limit=40", api("walk")));
    let (mut seen, mut pages) = (Vec::new(), 0);
    while let Some(address) = next {
        let answer = visitor.gets(&address).await;
        seen.extend(column(&answer, "名称"));
        let page = answer.json();
        assert_eq!((&page["total"], &page["revision"]["number"]), (&json!(250), &json!(1)));
        next = page["next"].as_str().map(str::to_owned);
        pages += 1;
        if pages == 2 {
            // Somebody publishes in between: whoever walks goes on in what they began with.
            office.uploads("walk", "名称,組\r\n新,1\r\n").await.is(201);
            office.submits("walk", 2).await.is(200);
            office.publishes("walk", 2).await.is(200);
        }
    }
    assert_eq!(pages, 7);
    let all = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!((all, seen.len()), (250, 250));
    city.close().await;
}

#[tokio::test]
async fn a_cursor_of_another_list_is_refused() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let page = visitor.gets(&format!("{TOILETS}?limit=2")).await.is(200).json();
    let next = page["next"].as_str().unwrap();
    let cursor = next.split("cursor=").nth(1).unwrap();
    visitor.gets(&format!("{TOILETS}?limit=5&select=ID&count=false&cursor={cursor}")).await.is(200);
    for other in ["sort=ID", "男性トイレ総数=3", "q=見本"] {
        let answer = visitor.gets(&format!("{TOILETS}?{other}&cursor={cursor}")).await;
        answer.problem(400, "bad-parameter");
    }
    let elsewhere = format!("/api/v1/datasets/sample-aed/records?cursor={cursor}");
    visitor.gets(&elsewhere).await.problem(400, "bad-parameter");
}

#[tokio::test]
async fn the_total_can_be_left_out() {
    let city = City::shared().await;
    let page = city.visitor().gets(&format!("{TOILETS}?count=false&limit=1")).await.is(200).json();
    assert_eq!(page["total"], Value::Null);
    assert!(page["next"].is_string());
}

#[tokio::test]
async fn places_are_asked_by_box_by_area_and_by_distance() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let all = visitor.gets(&format!("{TOILETS}?limit=100")).await.is(200).json();
    let first = &all["items"][0];
    let (x, y) = (first["経度"].as_f64().unwrap(), first["緯度"].as_f64().unwrap());
    let around = 0.009;
    let bbox = format!("{},{},{},{}", x - around, y - around, x + around, y + around);
    let found = visitor.gets(&format!("{TOILETS}?bbox={bbox}")).await;
    let expected: Vec<&str> = all["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|item| {
            (item["経度"].as_f64().unwrap() - x).abs() <= around
                && (item["緯度"].as_f64().unwrap() - y).abs() <= around
        })
        .map(|item| item["ID"].as_str().unwrap())
        .collect();
    assert_eq!(column(&found, "ID"), expected);
    let filter = format!("S_INTERSECTS(geometry, BBOX({bbox}))");
    assert_eq!(column(&visitor.asks_with(TOILETS, &[("filter", &filter)]).await, "ID"), expected);

    let near = visitor.gets(&format!("{TOILETS}?near={x},{y}&limit=3")).await.is(200).json();
    let metres: Vec<f64> =
        near["items"].as_array().unwrap().iter().map(|item| item["distance_m"].as_f64().unwrap()).collect();
    assert_eq!((near["items"][0]["ID"].as_str(), metres[0]), (Some("LL0420210001"), 0.0));
    assert!(metres.is_sorted() && metres[2] > 0.0, "{metres:?}");
    let radius = metres[1] + 1.0;
    let within = visitor.gets(&format!("{TOILETS}?near={x},{y}&radius={radius}")).await.is(200).json();
    assert_eq!(within["total"], 2);
    let filter = format!("S_DWITHIN(geometry, POINT({x} {y}), {radius})");
    assert_eq!(visitor.asks_with(TOILETS, &[("filter", &filter)]).await.is(200).json()["total"], 2);
}

#[tokio::test]
async fn rows_are_counted_and_summed_in_groups() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let asked = [
        ("group_by", "所在地_町字"),
        ("aggregate", "count,sum(男性トイレ総数),avg(男性トイレ総数),min(ID),max(ID),count_distinct(名称)"),
        ("sort", "-count,所在地_町字"),
        ("limit", "3"),
    ];
    let groups = visitor.asks_with(TOILETS, &asked).await.is(200).json();
    let items = groups["items"].as_array().unwrap();
    assert_eq!((items.len(), &groups["truncated"]), (3, &json!(true)));
    let counts: Vec<u64> = items.iter().map(|item| item["count"].as_u64().unwrap()).collect();
    assert!(counts.is_sorted_by(|one, other| one >= other), "{counts:?}");

    let all = visitor.gets(TOILETS).await.is(200).json();
    let men: Vec<u64> =
        all["items"].as_array().unwrap().iter().filter_map(|item| item["男性トイレ総数"].as_u64()).collect();
    let whole =
        visitor.asks_with(TOILETS, &[("aggregate", "count,sum(男性トイレ総数)")]).await.is(200).json();
    assert_eq!(whole["items"], json!([{"count": 12, "sum(男性トイレ総数)": men.iter().sum::<u64>()}]));
    let csv = visitor.gets(&format!("{TOILETS}.csv?aggregate=count")).await;
    assert_eq!(csv.is(200).text(), "count\r\n12\r\n");
}

#[tokio::test]
async fn one_row_is_shown_by_its_name() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let answer = visitor.gets(&format!("{TOILETS}/LL0420210002")).await;
    let row = answer.is(200).json();
    assert_eq!((&row["key"], &row["row"]), (&json!("LL0420210002"), &json!(2)));
    assert_eq!(row["record"]["名称"], "見本第二公園トイレ");
    assert_eq!(row["license"], "CC-BY-4.0");
    answer
        .says("content-location", "/api/v1/datasets/sample-public-toilets/revisions/1/records/LL0420210002");
    visitor.gets(&format!("{TOILETS}/LL9999999999")).await.problem(404, "no-such-record");
}

#[tokio::test]
async fn every_row_of_a_page_is_shown_by_its_name_as_well() {
    let city = City::open().await;
    let visitor = city.visitor();
    let page = visitor.gets(TOILETS).await.is(200).json();
    let rows = page["items"].as_array().unwrap();
    // The first is asked of the database, those behind it may be at hand by then; so may all the second time.
    for _ in 0..2 {
        for (place, row) in rows.iter().enumerate() {
            let key = row["ID"].as_str().unwrap();
            let answer = visitor.gets(&format!("{TOILETS}/{key}")).await;
            let one = answer.is(200).json();
            let expected = (&json!(key), &json!(place + 1), row, &page["license"], &page["source"]);
            assert_eq!((&one["key"], &one["row"], &one["record"], &one["license"], &one["source"]), expected);
            let address = format!("/api/v1/datasets/sample-public-toilets/revisions/1/records/{key}");
            answer.says("content-location", &address);
            let again = visitor.gets(&address).await;
            assert_eq!(again.is(200).text(), answer.text());
            again.says("etag", answer.header("etag"));
        }
    }
    city.close().await;
}

#[tokio::test]
async fn a_row_that_was_asked_for_before_is_that_of_the_revision_readers_get_now() {
    let city = City::open().await;
    let office = city.office("mihon").await;
    office.opens("towns", TOWNS).await;
    let (visitor, now) = (city.visitor(), api("towns") + "/records/1");
    let first = visitor.gets(&now).await.is(200).text().to_owned();
    assert_eq!(visitor.gets(&now).await.is(200).text(), first);
    office.uploads("towns", "町名\r\n新町\r\n").await.is(201);
    office.submits("towns", 2).await.is(200);
    assert_eq!(visitor.gets(&now).await.is(200).text(), first, "a draft changes nothing");
    office.publishes("towns", 2).await.is(200);
    let answer = visitor.gets(&now).await;
    assert_eq!(answer.is(200).json()["record"], json!({"町名": "新町"}));
    answer.says("content-location", &format!("{}/revisions/2/records/1", api("towns")));
    let before = visitor.gets(&format!("{}/revisions/1/records/1", api("towns"))).await;
    assert_eq!(
        before.is(200).json()["record"],
        serde_json::from_str::<serde_json::Value>(&first).unwrap()["record"]
    );
    visitor.gets(&format!("{now}?as_of=2000-01-01")).await.is(404);
    office.approver().acts("towns", "withdraw", &json!({"reason": "見本"})).await.is(200);
    visitor.gets(&now).await.problem(410, "withdrawn");
    city.close().await;
}

#[tokio::test]
async fn a_row_without_a_key_is_shown_by_its_number() {
    let city = City::open().await;
    let visitor = towns(&city).await;
    let path = api("towns") + "/records";
    assert_eq!(visitor.gets(&format!("{path}/4")).await.is(200).json()["record"]["町名"], "蛇田");
    for none in ["0", "5", "-1", "大街道", "99999999999999999999", "1%00", "..%2F1"] {
        visitor.gets(&format!("{path}/{none}")).await.problem(404, "no-such-record");
    }
    city.close().await;
}

#[tokio::test]
async fn the_fields_tell_what_there_is_in_them() {
    let city = City::open().await;
    let visitor = towns(&city).await;
    let fields = visitor.gets(&format!("{}/fields", api("towns"))).await.is(200).json();
    let first = &fields["items"][0];
    assert_eq!((&fields["total"], &fields["rows"]), (&json!(3), &json!(4)));
    assert_eq!(
        (&first["name"], &first["type"], &first["distinct"]),
        (&json!("町名"), &json!("text"), &json!(3))
    );
    assert_eq!(
        (&first["blank"], &first["least"], &first["greatest"]),
        (&json!(0.25), &json!("中里"), &json!("蛇田"))
    );
    let fields = visitor.gets("/api/v1/datasets/sample-public-toilets/fields").await.is(200).json();
    let field = |name: &str| {
        fields["items"].as_array().unwrap().iter().find(|field| field["name"] == name).unwrap().clone()
    };
    assert_eq!((&field("ID")["key"], &field("緯度")["type"]), (&json!(true), &json!("number")));
    assert_eq!(field("男性トイレ総数")["type"], "integer");
    assert_eq!(field("利用開始時間")["type"], "time");
    city.close().await;
}

#[tokio::test]
async fn a_field_that_is_called_like_a_parameter_is_asked_for_all_the_same() {
    let city = City::open().await;
    city.office("mihon").await.opens("named", "limit,q,count\r\n5,a,x\r\n6,b,y\r\n").await;
    let visitor = city.visitor();
    let path = api("named") + "/records";
    let found = visitor.gets(&format!("{path}?field.limit=6&field.q=b&limit=1")).await;
    assert_eq!(column(&found, "count"), ["y"]);
    assert_eq!(column(&visitor.asks_with(&path, &[("filter", "\"limit\" = '5'")]).await, "q"), ["a"]);
    let groups = visitor.gets(&format!("{path}?group_by=count")).await.is(200).json();
    assert_eq!(groups["items"], json!([{"count": "x", "_count": 1}, {"count": "y", "_count": 1}]));
    city.close().await;
}

#[tokio::test]
async fn earlier_revisions_answer_too() {
    let city = City::open().await;
    let office = city.office("mihon").await;
    office.opens("towns", TOWNS).await;
    office.uploads("towns", "町名,世帯\r\n新町,1\r\n").await.is(201);
    office.submits("towns", 2).await.is(200);
    office.publishes("towns", 2).await.is(200);
    let visitor = city.visitor();
    let total = async |place: &str| {
        visitor.gets(&format!("{}/{place}", api("towns"))).await.is(200).json()["total"].clone()
    };
    assert_eq!(total("records").await, 1);
    assert_eq!(total("revisions/1/records").await, 4);
    assert_eq!(total("revisions/2/records").await, 1);
    assert_eq!(total("records?as_of=2999-12-31").await, 1);
    assert_eq!(total("revisions/1/fields").await, 3);
    let before = visitor.gets(&format!("{}/records?as_of=2000-01-01", api("towns"))).await;
    before.problem(404, "nothing-published-then");
    visitor.gets(&format!("{}/revisions/3/records", api("towns"))).await.problem(404, "no-such-revision");
    visitor
        .gets(&format!("{}/revisions/1/records?as_of=2000-01-01", api("towns")))
        .await
        .problem(400, "bad-parameter");
    city.close().await;
}

/// Every address that gives something of the rows of a dataset.
const PLACES: [&str; 10] = [
    "records",
    "records.csv",
    "records.parquet",
    "records/1",
    "fields",
    "schema.json",
    "openapi.json",
    "revisions/1/records",
    "revisions/1/records/1",
    "revisions/1/fields",
];

#[tokio::test]
async fn what_is_not_public_has_no_rows() {
    let city = City::open().await;
    let office = city.office("mihon").await;
    office.creates("hidden", "").await.is(201);
    office.uploads("hidden", TOWNS).await.is(201);
    for place in PLACES {
        let path = format!("{}/{place}", api("hidden"));
        city.visitor().gets(&path).await.is(404);
        office.editor().gets(&path).await.is(404);
        city.visitor().knowing("*").gets(&path).await.is(404);
    }
    office.opens("towns", TOWNS).await;
    office.uploads("towns", "町名\r\n秘密\r\n").await.is(201);
    assert_eq!(office.editor().gets(&format!("{}/revisions/2/records", api("towns"))).await.status(), 404);
    office.approver().acts("towns", "withdraw", &json!({"reason": "見本"})).await.is(200);
    for place in PLACES {
        city.visitor().gets(&format!("{}/{place}", api("towns"))).await.problem(410, "withdrawn");
    }
    city.close().await;
}

#[tokio::test]
async fn whoever_has_the_rows_is_told_so() {
    let city = City::open().await;
    let office = city.office("mihon").await;
    office.opens("towns", TOWNS).await;
    let visitor = city.visitor();
    for place in [
        "records?世帯=9",
        "records.csv",
        "records.parquet?limit=2",
        "records?aggregate=count",
        "records/2",
        "fields",
        "schema.json",
        "openapi.json",
    ] {
        let path = format!("{}/{place}", api("towns"));
        let answer = visitor.gets(&path).await;
        let tag = answer.is(200).tag().to_owned();
        let known = visitor.clone().knowing(&tag).gets(&path).await;
        assert!(known.is(304).body().is_empty());
        visitor.clone().knowing("\"other\"").gets(&path).await.is(200);
        let head = visitor.asks(Method::HEAD, &path, None).await;
        assert_eq!((head.is(200).tag(), head.body().len()), (tag.as_str(), 0), "{path}");
    }
    let path = format!("{}/records", api("towns"));
    let (one, other) = (
        visitor.gets(&path).await.tag().to_owned(),
        visitor.gets(&format!("{path}?limit=1")).await.tag().to_owned(),
    );
    assert_ne!(one, other, "another question has another tag");
    let future = visitor.clone().sending(reqwest::header::IF_MODIFIED_SINCE, "Fri, 31 Dec 2100 23:59:59 GMT");
    let answer = future.gets(&path).await;
    assert!(matches!(answer.status(), 200 | 304), "within the second of its publication it may change again");
    let past = visitor.clone().sending(reqwest::header::IF_MODIFIED_SINCE, "Sat, 01 Jan 2000 00:00:00 GMT");
    past.gets(&path).await.is(200);
    office.uploads("towns", "町名\r\n新町\r\n").await.is(201);
    office.submits("towns", 2).await.is(200);
    office.publishes("towns", 2).await.is(200);
    visitor.clone().knowing(&one).gets(&path).await.is(200);
    city.close().await;
}
