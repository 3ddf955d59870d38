#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use jiff::Timestamp;

use super::*;
use crate::actor::Actor;
use crate::ckan::query::{self, ResourceTerm};
use crate::dataset::Metadata;
use crate::publish;
use crate::testing::{TABLE, Town, metadata, slug};

fn iris() -> Iris {
    Iris::new("https://data.example.jp".parse().unwrap())
}

/// A town with some datasets, a draft and one that was withdrawn.
async fn town() -> Town {
    let town = Town::open().await;
    let toilets = Metadata {
        title: "【見本】公衆トイレ一覧".to_owned(),
        keywords: vec!["トイレ".to_owned(), "子育て・教育".to_owned()],
        ..metadata("toilets")
    };
    town.publishes_with("toilets", TABLE, toilets).await.unwrap();
    let bridges = Metadata { licence: Licence::Cc0, theme: None, ..metadata("bridges") };
    town.publishes_with("bridges", TABLE, bridges).await.unwrap();
    town.publishes("gone", TABLE).await.unwrap();
    publish::withdraw(&town.store, &Actor::Operator, &slug("gone"), "見本").await.unwrap();
    town.drafts("secret").await;
    town
}

/// The names of what `condition` finds, in the order `sort`.
async fn finds(town: &Town, condition: &str, sort: &str) -> Vec<String> {
    let (iris, directory) = (iris(), Directory::default());
    let portal = Portal { store: &town.store, iris: &iris, directory: &directory };
    let query = PackageQuery {
        asked: Asked::read(condition, Timestamp::now()).unwrap(),
        sort: query::orders(sort).unwrap(),
        ..PackageQuery::default()
    };
    let found = portal.search(&query).await.unwrap();
    assert_eq!(found.count, found.datasets.len() as u64, "{condition}");
    found.datasets.iter().map(|dataset| dataset.slug.to_string()).collect()
}

#[tokio::test]
async fn conditions_find_what_they_say_and_nothing_that_is_not_open() {
    let town = town().await;
    let toilets = Id::of_dataset(&iris(), &slug("toilets"));
    let secret = Id::of_dataset(&iris(), &slug("secret"));
    let department = Department { slug: slug("mihon"), title: String::new(), title_en: None };
    let owner = Id::of_organization(&iris(), &department);
    for (condition, expected) in [
        ("*:*", vec!["bridges", "toilets"]),
        ("organization:mihon", vec!["bridges", "toilets"]),
        ("-organization:mihon", vec![]),
        ("groups:government", vec!["toilets"]),
        ("-groups:government", vec!["bridges"]),
        ("groups:*", vec!["toilets"]),
        ("tags:教育", vec!["toilets"]),
        ("tags:\"子育て\" OR tags:見本", vec!["bridges", "toilets"]),
        ("tags:育", vec![]),
        ("tags:*育*", vec!["toilets"]),
        ("name:secret OR name:gone", vec![]),
        ("name:toi*", vec!["toilets"]),
        ("title:トイレ", vec!["toilets"]),
        ("title:(トイレ 橋)", vec![]),
        ("トイレ", vec!["toilets"]),
        ("【見本】課 -トイレ", vec!["bridges"]),
        ("res_format:CSV", vec!["bridges", "toilets"]),
        ("res_format:PDF", vec![]),
        ("license_id:cc-zero", vec!["bridges"]),
        ("NOT license_id:cc-zero", vec!["toilets"]),
        ("metadata_modified:[2020-01-01T00:00:00Z TO *]", vec!["bridges", "toilets"]),
        ("metadata_modified:[* TO 2020-01-01T00:00:00Z]", vec![]),
        ("metadata_created:[NOW-1DAY TO NOW+1DAY]", vec!["bridges", "toilets"]),
        ("state:active private:false", vec!["bridges", "toilets"]),
        ("state:draft", vec![]),
        (&format!("id:{toilets}"), vec!["toilets"]),
        (&format!("id:{secret}"), vec![]),
        (&format!("id:{toilets} OR id:{secret}"), vec!["toilets"]),
        (&format!("owner_org:{owner}"), vec!["bridges", "toilets"]),
        (&format!("owner_org:{toilets}"), vec![]),
    ] {
        assert_eq!(finds(&town, condition, "name asc").await, expected, "{condition}");
    }
}

#[tokio::test]
async fn what_is_published_later_comes_later_by_id() {
    let town = town().await;
    assert_eq!(finds(&town, "", "id asc").await, ["toilets", "bridges"]);
    town.publishes("aed", TABLE).await.unwrap();
    assert_eq!(finds(&town, "", "id asc").await, ["toilets", "bridges", "aed"]);
    assert_eq!(finds(&town, "", "name desc").await, ["toilets", "bridges", "aed"]);
    assert_eq!(finds(&town, "", "").await[0], "aed");
}

#[tokio::test]
async fn every_facet_counts_what_its_condition_finds() {
    let town = town().await;
    let (iris, directory) = (iris(), Directory::default());
    let portal = Portal { store: &town.store, iris: &iris, directory: &directory };
    let query = PackageQuery { facets: By::ALL.to_vec(), facet_limit: None, ..PackageQuery::default() };
    let found = portal.search(&query).await.unwrap();
    assert_eq!(found.facets.len(), By::ALL.len());
    for (by, facets) in found.facets {
        assert!(!facets.is_empty(), "{by:?}");
        for facet in facets {
            let condition = format!("{}:\"{}\"", by.as_str(), facet.value);
            assert_eq!(finds(&town, &condition, "").await.len() as u64, facet.count, "{condition}");
        }
    }
}

#[tokio::test]
async fn things_are_found_by_name_and_by_id_as_long_as_they_are_open() {
    let town = town().await;
    let (iris, directory) = (iris(), Directory::default());
    let portal = Portal { store: &town.store, iris: &iris, directory: &directory };
    for name in ["toilets", &Id::of_dataset(&iris, &slug("toilets")).to_string()] {
        assert_eq!(portal.package(name).await.unwrap().unwrap().slug, slug("toilets"), "{name}");
    }
    let csv = Id::of_resource(&iris, &slug("toilets"), Format::Csv).to_string();
    assert_eq!(portal.resource(&csv).await.unwrap().unwrap().format, Format::Csv);
    for hidden in ["secret", "gone", "nowhere", "", "公衆トイレ"] {
        assert_eq!(portal.package(hidden).await.unwrap(), None, "{hidden}");
    }
    for hidden in ["secret", "gone"] {
        let (dataset, csv) =
            (Id::of_dataset(&iris, &slug(hidden)), Id::of_resource(&iris, &slug(hidden), Format::Csv));
        assert_eq!(portal.package(&dataset.to_string()).await.unwrap(), None);
        assert_eq!(portal.resource(&csv.to_string()).await.unwrap(), None);
    }
    publish::withdraw(&town.store, &Actor::Operator, &slug("toilets"), "見本").await.unwrap();
    assert_eq!(portal.resource(&csv).await.unwrap(), None, "the directory knows of the change");
}

#[tokio::test]
async fn resources_are_found_by_what_they_are() {
    let town = town().await;
    let (iris, directory) = (iris(), Directory::default());
    let portal = Portal { store: &town.store, iris: &iris, directory: &directory };
    let csv = Id::of_resource(&iris, &slug("toilets"), Format::Csv).to_string();
    let current = portal.resource(&csv).await.unwrap().unwrap().dataset.current.unwrap();
    let hash = current.distributions[0].sha256.to_string();
    let pattern = |text: &str| crate::asking::Pattern::of(text);
    for (term, expected) in [
        (ResourceTerm::Format(vec![Format::Csv]), vec!["bridges", "toilets"]),
        (ResourceTerm::Format(vec![]), vec![]),
        (ResourceTerm::Name(pattern("%トイレ%")), vec!["toilets"]),
        (ResourceTerm::Url(pattern("%datasets/bridges/download.csv%")), vec!["bridges"]),
    ] {
        let query = ResourceQuery { terms: vec![term.clone()], limit: 10, ..ResourceQuery::default() };
        let (found, count) = portal.resources(&query).await.unwrap();
        let names: Vec<_> = found.iter().map(|resource| resource.dataset.slug.as_str()).collect();
        assert_eq!((names, count), (expected.clone(), expected.len() as u64), "{term:?}");
    }
    let query =
        ResourceQuery { terms: vec![ResourceTerm::Hash(hash)], limit: 10, ..ResourceQuery::default() };
    assert!(portal.resources(&query).await.unwrap().1 >= 1);
}

#[tokio::test]
async fn tags_are_those_of_what_is_open() {
    let town = town().await;
    let (iris, directory) = (iris(), Directory::default());
    let portal = Portal { store: &town.store, iris: &iris, directory: &directory };
    assert_eq!(portal.tags(None, 0, None).await.unwrap(), ["トイレ", "子育て", "教育", "見本"]);
    assert_eq!(portal.tags(Some("育"), 0, None).await.unwrap(), ["子育て", "教育"]);
    assert_eq!(portal.tags(None, 1, Some(1)).await.unwrap(), ["子育て"]);
    assert_eq!(portal.counts(By::Organization).await.unwrap()["mihon"], 2);
}
