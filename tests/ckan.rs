//! A CKAN portal, or a client that speaks with one, comes by: CKAN's calls, its envelope, its shapes, and its ways of asking.

use std::collections::BTreeSet;

use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use serde_json::{Value, json};

use crate::answers::Answer;
use crate::city::{City, Visitor};
use crate::desk::slugs;
use crate::harvest::{objects, statements};
use crate::terminal::hiyori;

/// The calls that are answered.
const CALLS: [&str; 18] = [
    "package_list",
    "package_show",
    "package_search",
    "current_package_list_with_resources",
    "organization_list",
    "organization_show",
    "group_list",
    "group_show",
    "tag_list",
    "tag_show",
    "license_list",
    "resource_show",
    "resource_search",
    "status_show",
    "site_read",
    "help_show",
    "datastore_search",
    "datastore_info",
];

/// The address of a call with what it takes.
fn address(call: &str, params: &[(&str, &str)]) -> String {
    let escape = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let pairs = params.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value)));
    format!("/api/3/action/{call}?{}", pairs.collect::<Vec<_>>().join("&"))
}

pub async fn asks(visitor: &Visitor, call: &str, params: &[(&str, &str)]) -> Answer {
    visitor.gets(&address(call, params)).await
}

/// What the call gives.
pub async fn result(visitor: &Visitor, call: &str, params: &[(&str, &str)]) -> Value {
    let answer = asks(visitor, call, params).await;
    let envelope = answer.is(200).json();
    assert_eq!(envelope["success"], true, "{envelope}");
    envelope["result"].clone()
}

/// The names of the packages that a search finds.
pub async fn found(visitor: &Visitor, params: &[(&str, &str)]) -> Vec<String> {
    let result =
        result(visitor, "package_search", &[&[("rows", "1000"), ("sort", "name asc")], params].concat())
            .await;
    let names: Vec<String> = texts(&result["results"], "name");
    assert_eq!(result["count"], names.len(), "{params:?}");
    names
}

pub fn texts(list: &Value, member: &str) -> Vec<String> {
    let list = list.as_array().unwrap_or_else(|| panic!("no list: {list}"));
    list.iter().map(|one| one[member].as_str().unwrap().to_owned()).collect()
}

/// It is CKAN's error of this kind with this status.
#[track_caller]
pub fn fails(answer: &Answer, status: u16, kind: &str) -> Value {
    let envelope = answer.is(status).json();
    assert_eq!(answer.media_type(), "application/json");
    assert_eq!(
        (&envelope["success"], &envelope["error"]["__type"]),
        (&false.into(), &kind.into()),
        "{envelope}"
    );
    assert!(envelope["error"]["message"].as_str().is_some_and(|words| !words.is_empty()), "{envelope}");
    envelope["error"].clone()
}

/// The id of the CSV of a dataset.
pub async fn csv_of(visitor: &Visitor, name: &str) -> String {
    let package = result(visitor, "package_show", &[("id", name)]).await;
    let resources = package["resources"].as_array().unwrap();
    let csv = resources.iter().find(|resource| resource["format"] == "CSV").unwrap();
    assert_eq!(csv["datastore_active"], true);
    csv["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn every_call_tells_what_it_does_at_the_address_that_its_answers_name() {
    let city = City::shared().await;
    let visitor = city.visitor();
    for call in CALLS {
        let answer = asks(&visitor, call, &[]).await;
        let help = answer.json()["help"].as_str().unwrap().to_owned();
        let told = visitor.gets(&help).await.is(200).json();
        assert!(told["result"].as_str().unwrap().contains(":rtype:"), "{call}: {told}");
    }
    fails(&asks(&visitor, "help_show", &[("name", "nowhere")]).await, 404, "Not Found Error");
}

#[tokio::test]
async fn a_call_means_the_same_however_it_is_sent() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let package = result(&visitor, "package_show", &[("id", "sample-aed")]).await;
    let id = package["id"].as_str().unwrap();
    assert_eq!(result(&visitor, "package_show", &[("id", id)]).await, package);
    assert_eq!(result(&visitor, "package_show", &[("name_or_id", "sample-aed")]).await, package);
    for path in ["/api/3/action/package_show", "/api/action/package_show"] {
        let unversioned = visitor.gets(&format!("{path}?id=sample-aed")).await;
        assert_eq!(unversioned.is(200).json()["result"], package);
        let told = visitor.tells(path, &json!({"id": "sample-aed"})).await;
        assert_eq!(told.is(200).json()["result"], package);
        let form = visitor.clone().sending(CONTENT_TYPE, "application/x-www-form-urlencoded");
        assert_eq!(form.posts(path, "id=sample-aed").await.is(200).json()["result"], package);
        // As curl sends JSON unless it is told otherwise.
        assert_eq!(form.posts(path, r#"{"id": "sample-aed"}"#).await.is(200).json()["result"], package);
    }
    let tag = asks(&visitor, "package_show", &[("id", id)]).await.tag().to_owned();
    visitor.clone().knowing(&tag).gets(&address("package_show", &[("id", id)])).await.is(304);
}

#[tokio::test]
async fn a_call_may_come_without_a_body_and_the_document_says_so() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let document = hiyori(&["openapi"]).json();
    for path in ["/api/3/action", "/api/action"] {
        let body = &document["paths"][format!("{path}/{{name}}")]["post"]["requestBody"];
        assert!(body["content"].is_object() && body.get("required").is_none(), "{body}");
        let asked = visitor.asks(Method::POST, &format!("{path}/package_show?id=sample-aed"), None).await;
        assert_eq!(asked.is(200).json()["result"]["name"], "sample-aed");
        let nothing = visitor.clone().sending(CONTENT_TYPE, "application/json");
        assert_eq!(nothing.posts(&format!("{path}/site_read"), "").await.is(200).json()["result"], true);
        nothing.posts(&format!("{path}/site_read"), "null").await.is(400);
    }
}

#[tokio::test]
async fn a_package_says_everything_that_a_harvester_takes() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let package = result(&visitor, "package_show", &[("id", "sample-public-toilets")]).await;
    let dataset = visitor.gets("/api/v1/datasets/sample-public-toilets").await.is(200).json();
    for (member, expected) in [
        ("name", &dataset["slug"]),
        ("title", &dataset["title"]),
        ("notes", &dataset["description"]),
        ("url", &dataset["urls"]["html"]),
        ("license_id", &json!("cc-by")),
        ("license_url", &dataset["license_url"]),
        ("isopen", &json!(true)),
        ("private", &json!(false)),
        ("state", &json!("active")),
        ("type", &json!("dataset")),
        ("author", &dataset["contact"]["name"]),
    ] {
        assert_eq!(&package[member], expected, "{member}");
    }
    let modified = package["metadata_modified"].as_str().unwrap();
    let as_utc: jiff::Timestamp = format!("{modified}Z").parse().unwrap();
    let told: jiff::Timestamp = dataset["modified"].as_str().unwrap().parse().unwrap();
    assert_eq!(as_utc.as_second(), told.as_second());
    assert_eq!(modified.split('.').nth(1).map(str::len), Some(6), "{modified}");

    assert_eq!(package["organization"]["name"], "mihon");
    assert_eq!(package["owner_org"], package["organization"]["id"]);
    assert_eq!(package["groups"][0]["name"], dataset["theme"]);
    let extras = package["extras"].as_array().unwrap();
    let extra = |key: &str| extras.iter().find(|extra| extra["key"] == key).map(|extra| &extra["value"]);
    for extra in extras {
        // CKAN refuses a package with an extra that is called like a field of it.
        assert!(package.get(extra["key"].as_str().unwrap()).is_none(), "{extra}");
    }
    assert_eq!(extra("identifier"), Some(&dataset["urls"]["html"]));
    assert_eq!(extra("contact_name"), Some(&dataset["contact"]["name"]));
    assert!(extra("frequency").unwrap().as_str().unwrap().ends_with("/frequency/IRREG"));
    assert!(extra("theme").unwrap().as_str().unwrap().contains("/data-theme/"));

    let forms = dataset["distributions"].as_array().unwrap();
    assert_eq!(package["num_resources"], forms.len());
    for (resource, form) in package["resources"].as_array().unwrap().iter().zip(forms) {
        assert_eq!((&resource["url"], &resource["size"]), (&form["url"], &form["bytes"]));
        assert_eq!((&resource["hash"], &resource["mimetype"]), (&form["sha256"], &form["media_type"]));
        assert_eq!(resource["package_id"], package["id"]);
        let shown = result(&visitor, "resource_show", &[("id", resource["id"].as_str().unwrap())]).await;
        assert_eq!(&shown, resource);
    }
}

#[tokio::test]
async fn names_are_ascii_ids_are_uuids_and_tags_are_such_as_ckan_takes() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let names = result(&visitor, "package_list", &[]).await;
    assert_eq!(names, json!(slugs()));
    let all = result(&visitor, "package_search", &[("rows", "1000")]).await;
    let mut ids = BTreeSet::new();
    for package in all["results"].as_array().unwrap() {
        let resources = package["resources"].as_array().unwrap().iter();
        for id in resources.map(|resource| &resource["id"]).chain([&package["id"]]) {
            let id = id.as_str().unwrap().to_owned();
            // Version 5, of the variant of RFC 9562.
            assert!(id.len() == 36 && id.as_bytes()[14] == b'5' && "89ab".contains(&id[19..20]), "{id}");
            assert!(ids.insert(id), "an id stands twice");
        }
        for tag in texts(&package["tags"], "name") {
            let taken = |letter: char| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_' | '.');
            assert!((2..=100).contains(&tag.chars().count()) && tag.chars().all(taken), "{tag}");
        }
    }
}

#[tokio::test]
async fn keywords_of_linked_data_and_tags_are_the_same_and_such_as_ckan_takes() {
    let city = City::open().await;
    let office = city.office("mihon").await;
    let keywords = ["Ⓐ地区", "ก\u{e39}ก", "海", "子育て・教育", "公園,トイレ", "①番"];
    let new = json!({"slug": "odd", "title": "【見本】odd", "keywords": keywords});
    office.editor().tells("/api/v1/datasets", &new).await.is(201);
    office.uploads("odd", "番号\r\n1\r\n").await.is(201);
    office.submits("odd", 1).await.is(200);
    office.publishes("odd", 1).await.is(200);
    let taken = BTreeSet::from(["子育て", "教育", "公園", "トイレ", "①番"].map(str::to_owned));
    let package = result(&city.visitor(), "package_show", &[("id", "odd")]).await;
    assert_eq!(texts(&package["tags"], "name").into_iter().collect::<BTreeSet<_>>(), taken);
    let iri = format!("<{}/datasets/odd>", city.address());
    let told = statements(&city.visitor().gets("/datasets/odd.ttl").await);
    let own: Vec<_> = told.into_iter().filter(|triple| triple.subject.to_string() == iri).collect();
    let keywords: BTreeSet<_> =
        objects(&own, "http://www.w3.org/ns/dcat#keyword").map(str::to_owned).collect();
    assert_eq!(keywords, taken);
    city.close().await;
}

#[tokio::test]
async fn datasets_in_a_national_schema_carry_the_tags_by_which_bodik_knows_them() {
    let city = City::shared().await;
    let visitor = city.visitor();
    assert_eq!(
        found(&visitor, &[("fq", "tags:\"自治体標準ODS\" AND tags:AED設置箇所")]).await,
        ["sample-aed"]
    );
    assert_eq!(
        found(&visitor, &[("fq", "tags:自治体標準ODS tags:公衆トイレ")]).await,
        ["sample-public-toilets"]
    );
}

#[tokio::test]
async fn organizations_groups_tags_and_licences_are_listed_and_shown() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let names = result(&visitor, "organization_list", &[("sort", "name asc")]).await;
    assert_eq!(names, json!(["dx", "mihon"]));
    let all = result(&visitor, "organization_list", &[("all_fields", "true")]).await;
    let mihon = all.as_array().unwrap().iter().find(|one| one["name"] == "mihon").unwrap();
    assert_eq!((&mihon["package_count"], &mihon["is_organization"]), (&json!(4), &json!(true)));
    for id in ["mihon", mihon["id"].as_str().unwrap()] {
        let shown = result(&visitor, "organization_show", &[("id", id), ("include_datasets", "true")]).await;
        assert_eq!((&shown["title"], &shown["type"]), (&json!("【見本】課"), &json!("organization")));
        assert_eq!(shown["packages"].as_array().unwrap().len(), 4);
    }
    let groups = result(&visitor, "group_list", &[]).await;
    assert!(groups.as_array().unwrap().contains(&json!("health")), "{groups}");
    let health = result(&visitor, "group_show", &[("id", "health")]).await;
    assert_eq!((&health["package_count"], &health["type"]), (&json!(1), &json!("group")));
    let tags = result(&visitor, "tag_list", &[("query", "トイレ")]).await;
    assert!(tags.as_array().unwrap().contains(&json!("公衆トイレ")), "{tags}");
    let tag = result(&visitor, "tag_show", &[("id", "AED"), ("include_datasets", "true")]).await;
    assert_eq!(texts(&tag["packages"], "name"), ["sample-aed"]);
    let licences = result(&visitor, "license_list", &[]).await;
    assert_eq!(texts(&licences, "id"), ["cc-by", "cc-zero", "other-at"]);
    for call in ["organization_show", "group_show", "tag_show"] {
        fails(&asks(&visitor, call, &[("id", "nowhere")]).await, 404, "Not Found Error");
    }
    let status = result(&visitor, "status_show", &[]).await;
    assert_eq!((&status["site_url"], &status["locale_default"]), (&json!(city.address()), &json!("ja")));
    assert_eq!(result(&visitor, "site_read", &[]).await, true);
}

#[tokio::test]
async fn resources_are_searched_by_what_they_are() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let toilets = result(&visitor, "resource_search", &[("query", "name:トイレ")]).await;
    assert_eq!((&toilets["count"], toilets["results"].as_array().unwrap().len()), (&json!(5), 5));
    let both = r#"["format:geojson", "url:sample-aed"]"#;
    let one = result(&visitor, "resource_search", &[("query", both)]).await;
    assert_eq!(one["count"], 1);
    let hash = one["results"][0]["hash"].as_str().unwrap();
    let same = result(&visitor, "resource_search", &[("query", &format!("hash:{hash}"))]).await;
    assert_eq!(same["results"], one["results"]);
    let csv =
        result(&visitor, "resource_search", &[("query", "format:csv"), ("limit", "2"), ("order_by", "size")])
            .await;
    assert_eq!((&csv["count"], csv["results"].as_array().unwrap().len()), (&json!(slugs().len()), 2));
}

#[tokio::test]
async fn what_does_not_read_is_told_as_ckan_tells_it() {
    let city = City::shared().await;
    let visitor = city.visitor();
    fails(&asks(&visitor, "no_such_call", &[]).await, 400, "Bad Request");
    fails(&asks(&visitor, "package_create", &[]).await, 403, "Authorization Error");
    fails(&visitor.tells("/api/action/datastore_upsert", &json!({})).await, 403, "Authorization Error");
    fails(&asks(&visitor, "package_show", &[("id", "no-such-thing")]).await, 404, "Not Found Error");
    let missing = fails(&asks(&visitor, "package_show", &[]).await, 409, "Validation Error");
    assert!(missing["id"][0].is_string(), "{missing}");
    for params in [
        [("rows", "-1")],
        [("rows", "ten")],
        [("sort", "views_recent desc")],
        [("fq", "organization:\"mihon")],
        [("fq", "no_such_field:x")],
        [("fq", "metadata_modified:[yesterday TO *]")],
        [("facet.field", "[\"no_such_field\"]")],
        [("rws", "1")],
    ] {
        let error = fails(&asks(&visitor, "package_search", &params).await, 409, "Validation Error");
        assert!(error[params[0].0][0].is_string(), "{params:?}: {error}");
    }
    let path = "/api/3/action/package_search";
    for body in ["{", "[]", "3", "{\"q\": \"\\ud800\"}"] {
        let json = visitor.clone().sending(CONTENT_TYPE, "application/json");
        fails(&json.posts(path, body).await, 400, "Bad Request");
    }
    let english = visitor.clone().reading_english();
    let error =
        fails(&asks(&english, "package_show", &[("id", "no-such-thing")]).await, 404, "Not Found Error");
    assert!(error["message"].as_str().unwrap().starts_with("Not found"), "{error}");
    visitor.clone().sending(CONTENT_TYPE, "text/csv").posts(path, "a,b").await.is(415);
    visitor.asks(reqwest::Method::DELETE, path, None).await.is(405);
}

#[tokio::test]
async fn drafts_and_what_was_withdrawn_are_nowhere() {
    let city = City::open().await;
    let (visitor, office) = (city.visitor(), city.office("mihon").await);
    office.opens("gone", "名称,数\n秘密,1\n").await;
    let package = result(&visitor, "package_show", &[("id", "gone")]).await;
    let (id, csv) = (package["id"].as_str().unwrap().to_owned(), csv_of(&visitor, "gone").await);
    assert_eq!(result(&visitor, "datastore_search", &[("resource_id", &csv)]).await["total"], 1);
    office.approver().acts("gone", "withdraw", &json!({"reason": "見本"})).await.is(200);
    office.creates("secret", "").await.is(201);
    office.uploads("secret", "名称,数\n秘密,1\n").await.is(201);

    for name in ["gone", "secret", &id] {
        fails(&asks(&visitor, "package_show", &[("id", name)]).await, 404, "Not Found Error");
    }
    for call in ["resource_show", "datastore_info"] {
        fails(&asks(&visitor, call, &[("id", &csv)]).await, 404, "Not Found Error");
    }
    fails(&asks(&visitor, "datastore_search", &[("resource_id", &csv)]).await, 404, "Not Found Error");
    assert_eq!(result(&visitor, "package_list", &[]).await, json!(slugs()));
    assert!(found(&visitor, &[("q", "secret")]).await.is_empty());
    assert!(found(&visitor, &[("fq", "name:secret OR name:gone")]).await.is_empty());
    let mihon = result(&visitor, "organization_show", &[("id", "mihon")]).await;
    assert_eq!(mihon["package_count"], 4);
    let resources = result(&visitor, "resource_search", &[("query", "name:【見本】secret")]).await;
    assert_eq!(resources["count"], 0);
    // A token opens nothing here.
    fails(&asks(office.editor(), "package_show", &[("id", "secret")]).await, 404, "Not Found Error");
    city.close().await;
}

#[tokio::test]
async fn ids_stay_as_long_as_the_public_address_does() {
    let public = "https://data.example.jp/opendata";
    let opening = || City::opening().setting("HIYORI_PUBLIC_URL", public);
    let city = opening().open().await;
    let first = result(&city.visitor(), "package_show", &[("id", "sample-aed")]).await;
    let again = opening().on(city.close().await).open().await;
    let second = result(&again.visitor(), "package_show", &[("id", "sample-aed")]).await;
    assert_eq!(first, second);
    assert!(first["resources"][0]["url"].as_str().unwrap().starts_with(public));
    let csv = csv_of(&again.visitor(), "sample-aed").await;
    let rows = result(&again.visitor(), "datastore_search", &[("resource_id", &csv), ("limit", "1")]).await;
    assert!(rows["_links"]["next"].as_str().unwrap().starts_with("/opendata/api/3/action/datastore_search?"));
    again.close().await;
}

#[tokio::test]
async fn whatever_is_sent_nothing_breaks_and_nothing_leaks() {
    let city = City::open().await;
    let (visitor, office) = (city.visitor(), city.office("mihon").await);
    office.creates("secret", "").await.is(201);
    let csv = csv_of(&visitor, "sample-aed").await;
    let odd = [
        "' OR '1'='1",
        "\"; DROP TABLE catalog_dataset; --",
        "') UNION SELECT slug FROM catalog_dataset --",
        "%' ESCAPE '",
        "\\",
        "\0",
        "{\"a\": {\"$gt\": 1}}",
        "[[[[",
        "*:* OR state:draft OR name:*",
        "a:b:c:(((",
        "\u{202e}\u{feff}",
        "１２３",
        "99999999999999999999",
        "-1",
        "name asc, (select 1)",
        "{\"名称\": [null, true, 1.5e300, \"\\u0000\"]}",
    ];
    let names: [(&str, &[&str]); 10] = [
        (
            "package_search",
            &["q", "fq", "fq_list", "sort", "rows", "start", "facet.field", "facet.limit", "fl"],
        ),
        ("package_show", &["id"]),
        ("package_list", &["limit", "offset"]),
        ("organization_list", &["sort", "organizations", "limit", "all_fields"]),
        ("group_show", &["id"]),
        ("tag_list", &["query", "limit", "offset"]),
        ("tag_show", &["id"]),
        ("resource_search", &["query", "order_by", "limit", "offset"]),
        ("datastore_search", &["filters", "q", "fields", "sort", "limit", "offset", "records_format"]),
        ("datastore_info", &["id"]),
    ];
    for (call, params) in names {
        for param in params {
            for value in odd {
                let sent = [("resource_id", csv.as_str()), (*param, value)];
                let sent = if call == "datastore_search" { &sent[..] } else { &sent[1..] };
                let answer = asks(&visitor, call, sent).await;
                assert!(answer.status() < 500, "{call} {param}={value}: {}", answer.status());
                assert!(!answer.text().contains("【見本】secret"), "{call} {param}={value}");
                let told = visitor.tells(&format!("/api/action/{call}"), &json!({*param: value})).await;
                assert!(told.status() < 500, "{call} {param}={value}: {}", told.status());
            }
        }
    }
    city.close().await;
}
