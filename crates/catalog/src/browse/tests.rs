#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::dataset::Metadata;
use crate::testing::{TABLE, Town, metadata, slug};

#[track_caller]
fn names(found: (Vec<String>, u64), expected: &[&str]) {
    assert_eq!(found, (expected.iter().map(|name| (*name).to_owned()).collect(), expected.len() as u64));
}

fn asking(q: &str) -> Query {
    Query { q: Some(q.to_owned()), sort: Sort::Slug, ..Query::default() }
}

async fn town_with(titles: &[(&str, &str)]) -> Town {
    let town = Town::open().await;
    for (name, title) in titles {
        let metadata = Metadata { title: (*title).to_owned(), ..metadata(name) };
        town.publishes_with(name, TABLE, metadata).await.unwrap();
    }
    town
}

#[tokio::test]
async fn drafts_are_nowhere() {
    let town = town_with(&[("toilets", "【見本】トイレ")]).await;
    town.drafts("secret").await;

    let everything = Query { q: Some("見本".to_owned()), ..Query::default() };
    names(town.finds(&everything).await, &["toilets"]);
    let page = page(&town.store, 1, 100).await.unwrap();
    assert_eq!((page.total, page.pages, page.datasets.len()), (1, 1, 1));
    let facets = datasets(&town.store, None, &Query::default()).await.unwrap().facets;
    for counted in [facets.department, facets.theme, facets.licence, facets.keyword, facets.format] {
        assert!(counted.iter().all(|facet| facet.count == 1), "{counted:?}");
        assert!(!counted.is_empty());
    }
    assert!(matches!(dataset(&town.store, None, &slug("secret")).await, Err(CatalogError::NoSuchDataset(_))));
    assert!(matches!(
        revisions(&town.store, None, &slug("secret")).await,
        Err(CatalogError::NoSuchDataset(_))
    ));
    assert!(matches!(
        revision(&town.store, None, &slug("secret"), 1).await,
        Err(CatalogError::NoSuchDataset(_))
    ));
}

#[tokio::test]
async fn a_walk_by_cursor_visits_each_exactly_once_in_every_order() {
    let town = Town::open().await;
    for (number, title) in ["同じ", "同じ", "い", "ろ", "は", "同じ", "に"].iter().enumerate() {
        let name = format!("set-{number}");
        let metadata = Metadata { title: (*title).to_owned(), ..metadata(&name) };
        town.publishes_with(&name, TABLE, metadata).await.unwrap();
    }
    for sort in [Sort::Slug, Sort::Title, Sort::ModifiedDesc, Sort::IssuedDesc] {
        for limit in [1, 2, 3, 7, 8] {
            let mut query = Query { sort, limit, ..Query::default() };
            let mut walked = Vec::new();
            loop {
                let listing = datasets(&town.store, None, &query).await.unwrap();
                assert_eq!(listing.total, 7);
                walked.extend(listing.items.into_iter().map(|dataset| dataset.slug.to_string()));
                let Some(next) = listing.next else { break };
                query.after = Some(next.to_string().parse().unwrap());
            }
            let whole = town.finds(&Query { sort, limit: 100, ..Query::default() }).await.0;
            assert_eq!(walked, whole, "{sort:?}, {limit} at a time");
        }
    }
}

#[tokio::test]
async fn lists_stand_in_the_order_that_was_asked_for() {
    let town = town_with(&[("cc", "い"), ("aa", "ろ"), ("bb", "い")]).await;
    let sorted = async |sort| town.finds(&Query { sort, ..Query::default() }).await;
    names(sorted(Sort::Slug).await, &["aa", "bb", "cc"]);
    names(sorted(Sort::Title).await, &["bb", "cc", "aa"]);
}

#[tokio::test]
async fn what_changed_last_stands_first() {
    let town = town_with(&[("aa", "い"), ("bb", "ろ")]).await;
    let [aa, bb] = ["aa", "bb"].map(slug);
    let modified = async |slug| dataset(&town.store, None, slug).await.unwrap().modified;
    while modified(&aa).await <= modified(&bb).await {
        let title = format!("【見本】{}", modified(&aa).await);
        let words = Metadata { title, ..metadata("aa") };
        town.publishes_with("aa", TABLE, words).await.unwrap();
    }
    names(town.finds(&Query::default()).await, &["aa", "bb"]);
    let since = Some(modified(&aa).await);
    names(town.finds(&Query { modified_since: since, ..Query::default() }).await, &["aa"]);
}

#[tokio::test]
async fn words_are_found_whatever_their_width_and_case() {
    let town = town_with(&[("wifi", "公衆ＷｉＦｉ ｱｸｾｽﾎﾟｲﾝﾄ"), ("toilets", "公衆トイレ")]).await;
    for q in ["wifi", "ＷＩＦＩ", "アクセスポイント", "公衆 アクセス", "アクセス　公衆"]
    {
        names(town.finds(&asking(q)).await, &["wifi"]);
    }
    names(town.finds(&asking("公衆")).await, &["toilets", "wifi"]);
    names(town.finds(&asking("公衆 銭湯")).await, &[]);
    names(town.finds(&asking("【見本】課")).await, &["toilets", "wifi"]); // their department's title
    names(town.finds(&asking(" 　")).await, &["toilets", "wifi"]);
}

#[tokio::test]
async fn signs_of_a_pattern_are_looked_for_as_letters() {
    let town = town_with(&[("percent", "普及率50%"), ("plain", "普及率500"), ("slash", r"a\b_c")]).await;
    names(town.finds(&asking("50%")).await, &["percent"]);
    names(town.finds(&asking("%")).await, &["percent"]);
    names(town.finds(&asking("_")).await, &["slash"]);
    names(town.finds(&asking(r"\")).await, &["slash"]);
    names(town.finds(&asking("'; DROP TABLE catalog_dataset; --")).await, &[]);
    names(town.finds(&asking("普及率\u{0}50%")).await, &["percent"]);
}

#[tokio::test]
async fn each_filter_keeps_what_it_names() {
    let town = Town::open().await;
    let other = Metadata {
        theme: None,
        keywords: vec!["橋".to_owned(), "橋".to_owned(), "道".to_owned()],
        licence: Licence::Cc0,
        frequency: Some("as-needed".to_owned()),
        ..metadata("bridges")
    };
    town.publishes_with("bridges", TABLE, other).await.unwrap();
    town.publishes("toilets", TABLE).await.unwrap();
    let none = Query::default;
    for (query, found) in [
        (Query { department: Some(slug("dx")), ..none() }, vec![]),
        (Query { theme: Some("government".into()), ..none() }, vec!["toilets"]),
        (Query { keyword: Some("橋".into()), ..none() }, vec!["bridges"]),
        (Query { keyword: Some("橋\u{0}".into()), ..none() }, vec![]),
        (Query { licence: Some(Licence::Cc0), ..none() }, vec!["bridges"]),
        (Query { frequency: Some("annual".into()), ..none() }, vec!["toilets"]),
        (Query { format: Some(Format::GeoJson), ..none() }, vec![]),
        (Query { schema: Some("hyojun/aed".parse().unwrap()), ..none() }, vec![]),
        (Query { format: Some(Format::Csv), keyword: Some("道".into()), ..none() }, vec!["bridges"]),
    ] {
        names(town.finds(&query).await, &found);
    }
    let facets = datasets(&town.store, None, &none()).await.unwrap().facets;
    let facet = |value: &str, label: &str, count| Facet { value: value.into(), label: label.into(), count };
    assert_eq!(facets.department, [facet("mihon", "【見本】課", 2)]);
    assert_eq!(facets.theme, [facet("government", "行政・財政", 1)]);
    assert_eq!(facets.format, [facet("csv", "CSV", 2)]);
    assert_eq!(facets.keyword.len(), 3);
    assert_eq!(facets.schema, []);
}

#[tokio::test]
async fn facets_count_what_the_current_revision_has() {
    let town = town_with(&[("toilets", "【見本】トイレ")]).await;
    town.publishes("toilets", "名称\r\n別の行\r\n").await.unwrap();
    let facets = datasets(&town.store, None, &Query::default()).await.unwrap().facets;
    assert_eq!(facets.format.iter().map(|facet| facet.count).collect::<Vec<_>>(), [1]);
}

#[tokio::test]
async fn a_cursor_of_another_order_is_refused() {
    let town = town_with(&[("aa", "い"), ("bb", "ろ")]).await;
    let first = datasets(&town.store, None, &Query { limit: 1, ..Query::default() }).await.unwrap();
    let query = Query { sort: Sort::Title, after: first.next, ..Query::default() };
    assert!(matches!(datasets(&town.store, None, &query).await, Err(CatalogError::BadCursor(_))));
}

#[tokio::test]
async fn pages_together_hold_each_dataset_once_by_slug() {
    let town = town_with(&[("cc", "い"), ("aa", "ろ"), ("bb", "は")]).await;
    let mut walked = Vec::new();
    for number in 1..=2 {
        let page = page(&town.store, number, 2).await.unwrap();
        assert_eq!((page.total, page.pages), (3, 2));
        walked.extend(page.datasets.into_iter().map(|dataset| dataset.slug.to_string()));
    }
    assert_eq!(walked, ["aa", "bb", "cc"]);
    assert_eq!(page(&town.store, 3, 2).await.unwrap().datasets, []);
}

#[tokio::test]
async fn a_walk_that_goes_on_behind_the_last_dataset_is_not_put_out_by_what_is_published_meanwhile() {
    let town = town_with(&[("cc", "い"), ("ee", "ろ"), ("gg", "は")]).await;
    let first = page(&town.store, 1, 2).await.unwrap();
    assert!(first.has_next);
    for name in ["aa", "dd", "ff"] {
        town.publishes_with(name, TABLE, metadata(name)).await.unwrap();
    }
    let mut walked = Vec::new();
    let mut page = first;
    loop {
        walked.extend(page.datasets.iter().map(|dataset| dataset.slug.to_string()));
        let last = page.datasets.last().unwrap().slug.clone();
        if !page.has_next {
            break;
        }
        page = page_after(&town.store, &last, 2).await.unwrap();
    }
    assert_eq!(walked, ["cc", "ee", "ff", "gg"]);
    assert_eq!((page.total, page.pages), (6, 3));
}

#[tokio::test]
async fn an_empty_catalog_is_one_empty_page() {
    let town = Town::open().await;
    let page = page(&town.store, 1, 100).await.unwrap();
    assert_eq!((page.total, page.pages, page.datasets), (0, 1, vec![]));
}

#[tokio::test]
async fn a_revision_that_never_was_is_named() {
    let town = town_with(&[("toilets", "【見本】トイレ")]).await;
    let refusal = revision(&town.store, None, &slug("toilets"), 7).await.unwrap_err();
    assert_eq!(refusal.to_string(), "dataset `toilets` has no revision 7");
}
