//! Packages as CKAN's clients look for them: walks, increments, conditions, facets, orders.

use serde_json::json;

use crate::city::{City, Visitor};
use crate::ckan::{found, result, texts};
use crate::desk::slugs;

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
