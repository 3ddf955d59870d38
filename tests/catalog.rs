//! Somebody looks for data: the list, the search, the filters, the pages, one dataset and its revisions.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::city::{City, Visitor};
use crate::desk::{rows_of, slugs};

/// The samples, by slug.
const SAMPLES: [&str; 4] =
    ["sample-aed", "sample-evacuation-spaces", "sample-public-facilities", "sample-public-toilets"];

/// `query` finds exactly `expected`.
async fn finds(visitor: &Visitor, query: &str, expected: &[&str]) {
    let answer = visitor.gets(&format!("/api/v1/datasets?sort=slug&limit=100&{query}")).await;
    assert_eq!(answer.slugs(), expected, "{query}");
    assert_eq!(answer.json()["total"], expected.len(), "{query}");
}

/// All pages from `path` on, one after the other by `next`.
async fn pages(visitor: &Visitor, path: &str) -> Vec<Value> {
    let mut pages = Vec::new();
    let mut next = Some(path.to_owned());
    while let Some(address) = next {
        let answer = visitor.gets(&address).await;
        let page = answer.is(200).json();
        next = page["next"].as_str().map(str::to_owned);
        let named = answer.all("link").into_iter().find(|link| link.ends_with("; rel=\"next\""));
        let link = next.as_ref().map(|next| format!("<{next}>; rel=\"next\""));
        assert_eq!(named, link.as_deref(), "{address}");
        pages.push(page);
        assert!(pages.len() < 1_000, "{path} has no end");
    }
    pages
}

#[tokio::test]
async fn a_fresh_start_publishes_every_dataset_of_its_folder() {
    let city = City::shared().await;
    let list = city.visitor().gets("/api/v1/datasets?limit=100&sort=slug").await;
    assert_eq!(list.slugs(), slugs());
    assert_eq!(list.json()["total"], slugs().len());
    assert_eq!(list.json()["next"], Value::Null);
}

#[tokio::test]
async fn made_up_data_says_so_in_its_title_and_its_description() {
    let city = City::shared().await;
    for slug in SAMPLES {
        let dataset = city.visitor().gets(&format!("/api/v1/datasets/{slug}")).await.is(200).json();
        assert!(dataset["title"].as_str().unwrap().starts_with("【見本】"), "{dataset}");
        assert!(dataset["description"].as_str().unwrap().contains("実在の施設ではありません"), "{dataset}");
    }
}

#[tokio::test]
async fn a_dataset_says_everything_the_contract_lists() {
    let city = City::shared().await;
    let dataset = city.visitor().gets("/api/v1/datasets/sample-public-toilets").await.is(200).json();
    for member in
        "slug title description keywords theme department license frequency schema state revision rows \
                   issued modified contact spatial temporal distributions"
            .split_whitespace()
    {
        assert!(dataset.get(member).is_some(), "no `{member}` in {dataset:#}");
    }
    let known = [
        ("slug", "sample-public-toilets"),
        ("department", "mihon"),
        ("theme", "public-facilities"),
        ("license", "CC-BY-4.0"),
        ("frequency", "irregular"),
        ("schema", "hyojun/public_toilet"),
        ("state", "published"),
    ];
    for (member, value) in known {
        assert_eq!(dataset[member], value, "{member}");
    }
    assert_eq!(dataset["revision"], 1);
    assert_eq!(dataset["rows"], 12);
    assert_eq!(dataset["keywords"][0], "トイレ");
    assert_eq!(dataset["spatial"]["code"], "042021");
    assert_eq!(dataset["spatial"]["uri"], "http://data.e-stat.go.jp/lod/sac/C04202");
    for moment in ["issued", "modified"] {
        let moment = dataset[moment].as_str().unwrap();
        assert!(moment.ends_with("+09:00") && moment.parse::<jiff::Timestamp>().is_ok(), "{moment}");
    }
    let forms: Vec<_> =
        dataset["distributions"].as_array().unwrap().iter().map(|form| &form["format"]).collect();
    assert_eq!(forms, ["csv", "json", "geojson", "parquet", "xlsx"]);
}

#[tokio::test]
async fn whom_to_ask_is_an_office_whose_page_answers() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let dataset = visitor.gets("/api/v1/datasets/open-data-list").await.is(200).json();
    assert_eq!(dataset["contact"]["name"], "復興企画部ＤＸ推進課");
    let page = visitor.clone().taking("text/html").gets(dataset["contact"]["url"].as_str().unwrap()).await;
    assert!(page.is(200).text().contains("復興企画部ＤＸ推進課"));
}

#[tokio::test]
async fn two_letter_words_are_found() {
    let city = City::shared().await;
    let visitor = city.visitor();
    finds(&visitor, "q=避難", &["sample-evacuation-spaces"]).await;
    finds(&visitor, "q=公衆トイレ", &["sample-public-toilets"]).await;
    // The other has it in the name of a column.
    finds(&visitor, "q=トイレ", &["sample-public-facilities", "sample-public-toilets"]).await;
    finds(&visitor, "q=AED", &["sample-aed"]).await;
}

#[tokio::test]
async fn the_name_of_the_office_is_looked_at_too() {
    let city = City::shared().await;
    finds(&city.visitor(), "q=【見本】課", &SAMPLES).await;
}

#[tokio::test]
async fn of_several_words_all_must_be_there() {
    let city = City::shared().await;
    let visitor = city.visitor();
    finds(&visitor, "q=避難 見本", &["sample-evacuation-spaces"]).await;
    finds(&visitor, "q=避難　見本", &["sample-evacuation-spaces"]).await;
    finds(&visitor, "q=避難 オープンデータ一覧", &[]).await;
}

#[tokio::test]
async fn signs_that_a_database_reads_otherwise_are_looked_for_as_they_are() {
    let city = City::shared().await;
    for sign in ["%25", "_", "'", "\"", "%5C", "*"] {
        finds(&city.visitor(), &format!("q={sign}{sign}"), &[]).await;
    }
}

#[tokio::test]
async fn every_filter_narrows_the_list_down() {
    let city = City::shared().await;
    let visitor = city.visitor();
    finds(&visitor, "department=mihon", &SAMPLES).await;
    finds(&visitor, "theme=health", &["sample-aed"]).await;
    finds(&visitor, "schema=hyojun/public_toilet", &["sample-public-toilets"]).await;
    finds(&visitor, "schema=hyojun/open_data_list", &["open-data-list"]).await;
    finds(&visitor, "keyword=防災", &["sample-evacuation-spaces"]).await;
    finds(&visitor, "keyword=防", &[]).await;
    finds(&visitor, "format=geojson", &SAMPLES).await;
    finds(&visitor, "license=CC0-1.0", &[]).await;
    finds(&visitor, "frequency=as-needed&theme=government", &["initiatives", "open-data-list"]).await;
    finds(&visitor, "department=mihon&theme=health&format=geojson&q=AED", &["sample-aed"]).await;
    finds(&visitor, "modified_since=2999-01-01T00:00:00%2B09:00", &[]).await;
    let all = slugs();
    let all: Vec<_> = all.iter().map(String::as_str).collect();
    finds(&visitor, "modified_since=2020-01-01T00:00:00Z", &all).await;
    finds(&visitor, "license=CC-BY-4.0&format=csv", &all).await;
}

#[tokio::test]
async fn every_facet_counts_what_its_filter_finds() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let facets = visitor.gets("/api/v1/datasets").await.is(200).json()["facets"].clone();
    for facet in ["department", "theme", "schema", "format", "license", "keyword"] {
        let counts = facets[facet].as_array().unwrap_or_else(|| panic!("no facet {facet}: {facets:#}"));
        assert!(!counts.is_empty(), "{facet}");
        for count in counts {
            let value = count["value"].as_str().unwrap();
            let found = visitor.gets(&format!("/api/v1/datasets?{facet}={value}")).await.is(200).json();
            assert_eq!(found["total"], count["count"], "{facet}={value}");
        }
    }
}

#[tokio::test]
async fn pages_hold_every_dataset_once_in_every_order() {
    let city = City::shared().await;
    for sort in ["slug", "title", "modified", "issued"] {
        for limit in [1, 2, 3, 100] {
            let path = format!("/api/v1/datasets?sort={sort}&limit={limit}");
            let pages = pages(&city.visitor(), &path).await;
            let mut seen = Vec::new();
            for page in &pages {
                let items = page["items"].as_array().unwrap();
                assert!(!items.is_empty() && items.len() <= limit, "{path}");
                assert_eq!(page["total"], slugs().len(), "{path}");
                seen.extend(items.iter().map(|item| item["slug"].as_str().unwrap().to_owned()));
            }
            seen.sort();
            assert_eq!(seen, slugs(), "{path}");
        }
    }
}

#[tokio::test]
async fn a_filter_stays_in_force_on_the_pages_that_follow() {
    let city = City::shared().await;
    let pages = pages(&city.visitor(), "/api/v1/datasets?department=mihon&q=見本&sort=slug&limit=3").await;
    let seen: Vec<_> =
        pages.iter().flat_map(|page| page["items"].as_array().unwrap()).map(|item| &item["slug"]).collect();
    assert_eq!(seen, SAMPLES);
}

#[tokio::test]
async fn each_order_is_the_one_it_says() {
    let city = City::shared().await;
    let visitor = city.visitor();
    for (sort, member, newest_first) in [
        ("slug", "slug", false),
        ("title", "title", false),
        ("modified", "modified", true),
        ("issued", "issued", true),
    ] {
        let seen =
            visitor.gets(&format!("/api/v1/datasets?limit=100&sort={sort}")).await.is(200).each(member);
        let mut sorted = seen.clone();
        sorted.sort();
        if newest_first {
            sorted.reverse();
        }
        assert_eq!(seen, sorted, "{sort}");
    }
}

#[tokio::test]
async fn a_dataset_shows_its_revisions_and_the_report_each_was_accepted_by() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let revisions = visitor.gets("/api/v1/datasets/sample-aed/revisions").await.is(200).json();
    assert_eq!(revisions["total"], 1);
    let listed = &revisions["items"][0];
    for member in "number state sha256 rows made_by made_at published_at counts".split_whitespace() {
        assert!(listed.get(member).is_some(), "no `{member}` in {listed:#}");
    }
    assert_eq!(listed["made_by"], "operator");
    assert_eq!(listed["state"], "published");

    let one = visitor.gets("/api/v1/datasets/sample-aed/revisions/1").await.is(200).json();
    assert_eq!(one, *listed);

    let report = visitor.gets("/api/v1/datasets/sample-aed/revisions/1/report").await.is(200).json();
    assert_eq!(report["accepted"], true);
    assert_eq!(report["schema"]["id"], "hyojun/aed");
    assert_eq!(report["rows"], one["rows"]);
    assert_eq!(report["counts"], one["counts"]);
    assert_eq!(report["file"]["sha256"], one["sha256"]);
    assert_eq!(report["file"]["bytes"], rows_of("sample-aed").len());
}

#[tokio::test]
async fn the_samples_are_clean() {
    let city = City::shared().await;
    for slug in SAMPLES {
        let report =
            city.visitor().gets(&format!("/api/v1/datasets/{slug}/revisions/1/report")).await.is(200).json();
        assert_eq!(
            (&report["counts"]["error"], &report["counts"]["warning"]),
            (&0.into(), &0.into()),
            "{report:#}"
        );
        assert_eq!(report["schema"]["matched"], report["schema"]["fields"], "{slug}");
    }
}

#[tokio::test]
async fn the_open_data_list_has_a_row_for_every_file_of_every_dataset_itself_included() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let datasets = visitor.gets("/api/v1/datasets?limit=100").await.is(200).json();
    let offered: BTreeSet<String> = datasets["items"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|dataset| dataset["distributions"].as_array().unwrap())
        .map(|form| form["url"].as_str().unwrap().to_owned())
        .collect();
    let list = visitor.gets("/api/v1/datasets/open-data-list/download.json").await.is(200).json();
    let rows = list.as_array().unwrap();
    let listed: BTreeSet<String> =
        rows.iter().map(|row| row["ファイル_ダウンロードURL"].as_str().unwrap().to_owned()).collect();
    assert_eq!(listed, offered);
    assert_eq!(rows.len(), offered.len());
    for row in rows {
        assert_eq!(row["全国地方公共団体コード"], "042021");
        assert_eq!(row.as_object().unwrap().len(), 42, "{row:#}");
        if row["データセット_ID"] != "open-data-list" {
            assert!(!row["ファイル_サイズ"].is_null(), "{row:#}");
        }
    }
}
