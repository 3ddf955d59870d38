//! A CKAN portal, or a client that speaks with one, comes by: CKAN's calls, its envelope, its shapes, and its ways of asking.

use std::collections::BTreeSet;

use reqwest::header::CONTENT_TYPE;
use serde_json::{Value, json};

use crate::answers::Answer;
use crate::city::{City, Visitor};
use crate::desk::slugs;

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

async fn asks(visitor: &Visitor, call: &str, params: &[(&str, &str)]) -> Answer {
    visitor.gets(&address(call, params)).await
}

/// What the call gives.
async fn result(visitor: &Visitor, call: &str, params: &[(&str, &str)]) -> Value {
    let answer = asks(visitor, call, params).await;
    let envelope = answer.is(200).json();
    assert_eq!(envelope["success"], true, "{envelope}");
    envelope["result"].clone()
}

/// The names of the packages that a search finds.
async fn found(visitor: &Visitor, params: &[(&str, &str)]) -> Vec<String> {
    let result =
        result(visitor, "package_search", &[&[("rows", "1000"), ("sort", "name asc")], params].concat())
            .await;
    let names: Vec<String> = texts(&result["results"], "name");
    assert_eq!(result["count"], names.len(), "{params:?}");
    names
}

fn texts(list: &Value, member: &str) -> Vec<String> {
    let list = list.as_array().unwrap_or_else(|| panic!("no list: {list}"));
    list.iter().map(|one| one[member].as_str().unwrap().to_owned()).collect()
}

/// It is CKAN's error of this kind with this status.
#[track_caller]
fn fails(answer: &Answer, status: u16, kind: &str) -> Value {
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
async fn csv_of(visitor: &Visitor, name: &str) -> String {
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

/// The pages of a harvester's walk.
async fn walk(visitor: &Visitor, rows: usize, more: &[(&str, &str)]) -> Vec<String> {
    let mut names = Vec::new();
    loop {
        let (rows, start) = (rows.to_string(), names.len().to_string());
        let own = [("rows", rows.as_str()), ("start", start.as_str()), ("sort", "id asc")];
        let page = result(visitor, "package_search", &[&own[..], more].concat()).await;
        let some = texts(&page["results"], "name");
        if some.is_empty() {
            assert_eq!(page["count"], names.len());
            return names;
        }
        names.extend(some);
    }
}

#[tokio::test]
async fn a_harvesters_walk_meets_every_package_once() {
    let city = City::shared().await;
    for rows in [1, 2, 100] {
        let mut names = walk(&city.visitor(), rows, &[]).await;
        names.sort();
        assert_eq!(names, slugs(), "{rows}");
    }
}

#[tokio::test]
async fn what_is_published_during_a_walk_is_met_once_and_pushes_nothing_aside() {
    let city = City::open().await;
    let (visitor, office) = (city.visitor(), city.office("mihon").await);
    let page = async |start: &str| {
        let params = [("rows", "3"), ("start", start), ("sort", "id asc")];
        texts(&result(&visitor, "package_search", &params).await["results"], "name")
    };
    let mut met = page("0").await;
    office.opens("aaa-first-by-name", "名称,数\n見本,1\n").await;
    let mut start = 3;
    loop {
        let some = page(&start.to_string()).await;
        if some.is_empty() {
            break;
        }
        met.extend(some);
        start += 3;
    }
    assert_eq!(met.last().map(String::as_str), Some("aaa-first-by-name"));
    met.sort();
    let mut all = slugs();
    all.insert(0, "aaa-first-by-name".to_owned());
    assert_eq!(met, all);
    city.close().await;
}

#[tokio::test]
async fn an_incremental_harvest_finds_what_has_changed_since() {
    let city = City::open().await;
    let (visitor, office) = (city.visitor(), city.office("mihon").await);
    office.opens("table", "名称,数\n見本,1\n").await;
    let modified = result(&visitor, "package_show", &[("id", "table")]).await["metadata_modified"].clone();
    let modified = modified.as_str().unwrap();
    for since in [format!("{modified}Z"), modified.to_owned()] {
        assert_eq!(found(&visitor, &[("fq", &format!("metadata_modified:[{since} TO *]"))]).await, ["table"]);
        assert!(found(&visitor, &[("fq", &format!("metadata_modified:{{{since} TO *]"))]).await.is_empty());
    }
    // As the harvester joins its conditions.
    let joined = format!("organization:mihon OR organization:dx metadata_modified:[{modified}Z TO *]");
    assert_eq!(found(&visitor, &[("fq", &joined)]).await, ["table"]);
    assert_eq!(
        found(&visitor, &[("fq", "metadata_modified:[2020-01-01T00:00:00Z TO *]")]).await.len(),
        slugs().len() + 1
    );
    assert!(found(&visitor, &[("fq", "metadata_modified:[2999-01-01T00:00:00Z TO *]")]).await.is_empty());
    city.close().await;
}

#[tokio::test]
async fn conditions_are_taken_as_clients_write_them() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let samples =
        ["sample-aed", "sample-evacuation-spaces", "sample-public-facilities", "sample-public-toilets"];
    for (params, expected) in [
        (vec![("q", "避難")], vec!["sample-evacuation-spaces"]),
        (vec![("q", "*:*"), ("fq", "groups:health")], vec!["sample-aed"]),
        (vec![("q", "title:トイレ")], vec!["sample-public-toilets"]),
        (vec![("q", "\"公衆トイレ\"")], vec!["sample-public-toilets"]),
        (vec![("fq", "organization:mihon")], samples.to_vec()),
        (
            vec![("fq", "+organization:mihon -groups:health -name:*toilets")],
            vec!["sample-evacuation-spaces", "sample-public-facilities"],
        ),
        (
            vec![("fq", "organization:mihon"), ("fq", "res_format:GeoJSON"), ("fq", "tags:AED")],
            vec!["sample-aed"],
        ),
        (vec![("fq_list", "[\"organization:mihon\", \"tags:AED\"]")], vec!["sample-aed"]),
        (vec![("fq", "res_format:PDF")], vec![]),
        (vec![("fq", "organization:(mihon OR dx) AND NOT organization:dx")], samples.to_vec()),
        (vec![("fq", "license_id:cc-zero")], vec![]),
        (
            vec![("fq", "state:active AND private:false AND type:dataset AND groups:health")],
            vec!["sample-aed"],
        ),
        (vec![("q", "（閉じていない \"見本")], vec![]),
    ] {
        assert_eq!(found(&visitor, &params).await, expected, "{params:?}");
    }
}

#[tokio::test]
async fn facets_count_what_their_conditions_find() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let fields = "[\"organization\", \"groups\", \"tags\", \"res_format\", \"license_id\"]";
    let params = [("facet.field", fields), ("facet.limit", "-1"), ("rows", "0")];
    let counted = result(&visitor, "package_search", &params).await;
    assert_eq!(counted["results"], json!([]));
    for (field, counts) in counted["facets"].as_object().unwrap() {
        assert!(!counts.as_object().unwrap().is_empty(), "{field}");
        for (value, count) in counts.as_object().unwrap() {
            let names = found(&visitor, &[("fq", &format!("{field}:\"{value}\""))]).await;
            assert_eq!(json!(names.len()), *count, "{field}:{value}");
        }
        let items = counted["search_facets"][field]["items"].as_array().unwrap();
        assert_eq!(items.len(), counts.as_object().unwrap().len());
    }
    let items = &counted["search_facets"]["organization"]["items"];
    assert!(texts(items, "display_name").contains(&"【見本】課".to_owned()), "{items}");
    let few = result(&visitor, "package_search", &[("facet.field", "tags"), ("facet.limit", "1")]).await;
    assert_eq!(few["facets"]["tags"].as_object().unwrap().len(), 1);
}

#[tokio::test]
async fn orders_rows_and_members_are_as_they_are_asked_for() {
    let city = City::shared().await;
    let visitor = city.visitor();
    for (sort, member, backwards) in [
        ("name desc", "name", true),
        ("title_string asc", "title", false),
        ("metadata_modified desc", "metadata_modified", true),
    ] {
        let all = result(&visitor, "package_search", &[("sort", sort), ("rows", "1000")]).await;
        let mut sorted = texts(&all["results"], member);
        sorted.sort();
        if backwards {
            sorted.reverse();
        }
        assert_eq!(texts(&all["results"], member), sorted, "{sort}");
    }
    let few = result(&visitor, "package_search", &[("rows", "2"), ("start", "1"), ("fl", "name,id")]).await;
    let few = few["results"].as_array().unwrap();
    assert_eq!(few.len(), 2);
    assert_eq!(few[0].as_object().unwrap().len(), 2);
    let current = result(&visitor, "current_package_list_with_resources", &[("limit", "2")]).await;
    assert_eq!(current.as_array().unwrap().len(), 2);
    assert!(current[0]["resources"].is_array());
    let some = result(&visitor, "package_list", &[("limit", "2"), ("offset", "1")]).await;
    assert_eq!(some, json!(slugs()[1..3]));
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
async fn rows_come_as_ckans_datastore_gives_them() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let csv = csv_of(&visitor, "sample-public-toilets").await;
    let rows = visitor.gets("/api/v1/datasets/sample-public-toilets/download.json").await.is(200).json();
    let rows = rows.as_array().unwrap();

    let all = result(&visitor, "datastore_search", &[("resource_id", &csv)]).await;
    assert_eq!(all["total"], rows.len());
    assert_eq!(all["fields"][0], json!({"id": "_id", "type": "int"}));
    for (number, (record, row)) in all["records"].as_array().unwrap().iter().zip(rows).enumerate() {
        let mut record = record.as_object().unwrap().clone();
        assert_eq!(record.shift_remove("_id"), Some(json!(number + 1)));
        assert_eq!(Value::Object(record), *row);
    }
    let info = result(&visitor, "datastore_info", &[("id", &csv)]).await;
    assert_eq!(info["meta"]["count"], rows.len());
    assert_eq!(texts(&info["fields"], "id"), texts(&all["fields"], "id"));
    fails(
        &asks(&visitor, "datastore_search", &[("resource_id", "sample-aed")]).await,
        404,
        "Not Found Error",
    );
}

#[tokio::test]
async fn rows_are_filtered_sorted_paged_and_selected() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let csv = csv_of(&visitor, "sample-public-toilets").await;
    let id = ("resource_id", csv.as_str());
    let rows = visitor.gets("/api/v1/datasets/sample-public-toilets/download.json").await.is(200).json();
    let names: Vec<&str> = rows.as_array().unwrap().iter().map(|row| row["名称"].as_str().unwrap()).collect();
    let asked = async |params: &[(&str, &str)]| {
        result(&visitor, "datastore_search", &[&[id][..], params].concat()).await
    };
    let page = asked(&[("limit", "5"), ("offset", "3"), ("fields", "名称")]).await;
    assert_eq!(texts(&page["records"], "名称"), names[3..8]);
    assert_eq!(page["records"][0].as_object().unwrap().len(), 1);

    let filter = json!({"名称": names[2]}).to_string();
    let one = asked(&[("filters", &filter)]).await;
    assert_eq!((&one["total"], texts(&one["records"], "名称")), (&json!(1), vec![names[2].to_owned()]));
    let either = json!({"名称": [names[0], names[1]]}).to_string();
    assert_eq!(asked(&[("filters", &either)]).await["total"], 2);

    let mut sorted = names.clone();
    sorted.sort_unstable();
    sorted.reverse();
    let backwards = asked(&[("sort", "名称 desc"), ("fields", "名称,_id")]).await;
    assert_eq!(texts(&backwards["records"], "名称"), sorted);
    let behind =
        asked(&[("sort", "\"名称\" desc"), ("offset", "4"), ("limit", "2"), ("fields", "名称")]).await;
    assert_eq!(texts(&behind["records"], "名称"), sorted[4..6]);
    let beyond = asked(&[("offset", "1000000")]).await;
    assert_eq!((&beyond["records"], &beyond["total"]), (&json!([]), &json!(names.len())));

    let words = asked(&[("q", names[0])]).await;
    assert!(texts(&words["records"], "名称").contains(&names[0].to_owned()));
    let within = json!({"名称": names[0]}).to_string();
    assert!(asked(&[("q", &within)]).await["total"].as_u64().unwrap() >= 1);

    let next = page["_links"]["next"].as_str().unwrap();
    let next = visitor.gets(next).await.is(200).json();
    assert_eq!(texts(&next["result"]["records"], "名称"), names[8..12]);
    let untold = asked(&[("include_total", "false"), ("limit", "0")]).await;
    assert_eq!((&untold["records"], untold.get("total")), (&json!([]), None));
}

#[tokio::test]
async fn rows_come_as_lists_and_as_tables_too() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let csv = csv_of(&visitor, "sample-public-toilets").await;
    let asked = async |form: &str| {
        let params = [
            ("resource_id", csv.as_str()),
            ("records_format", form),
            ("fields", "_id,名称,緯度"),
            ("limit", "2"),
        ];
        result(&visitor, "datastore_search", &params).await["records"].clone()
    };
    let objects = asked("objects").await;
    let lists = asked("lists").await;
    for (object, list) in objects.as_array().unwrap().iter().zip(lists.as_array().unwrap()) {
        assert_eq!(*list, json!([object["_id"], object["名称"], object["緯度"]]));
        assert!(object["緯度"].is_number(), "{object}");
    }
    for (form, delimiter) in [("csv", ","), ("tsv", "\t")] {
        let text = asked(form).await;
        let first = text.as_str().unwrap().lines().next().unwrap().to_owned();
        let name = objects[0]["名称"].as_str().unwrap();
        assert!(first.starts_with(&format!("1{delimiter}{name}{delimiter}")), "{first}");
        assert_eq!(text.as_str().unwrap().lines().count(), 2);
    }
    let ids = [("resource_id", csv.as_str()), ("fields", "_id"), ("limit", "2")];
    assert_eq!(result(&visitor, "datastore_search", &ids).await["records"], json!([{"_id": 1}, {"_id": 2}]));
}

#[tokio::test]
async fn a_question_about_rows_that_does_not_read_names_what_is_wrong() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let csv = csv_of(&visitor, "sample-public-toilets").await;
    for (name, value) in [
        ("filters", "{\"no such field\": 1}"),
        ("filters", "not json"),
        ("filters", "{\"緯度\": \"north\"}"),
        ("fields", "no such field"),
        ("sort", "no such field desc"),
        ("sort", "_id desc"),
        ("records_format", "xml"),
        ("limit", "many"),
        ("distinct", "true"),
        ("sql", "SELECT 1"),
    ] {
        let answer = asks(&visitor, "datastore_search", &[("resource_id", &csv), (name, value)]).await;
        let error = fails(&answer, 409, "Validation Error");
        assert!(error[name][0].is_string(), "{name}={value}: {error}");
    }
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
