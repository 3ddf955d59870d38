//! Somebody looks for data by words: what is found, in which order, and what is never shown.
//!
//! `search/corpus.json` holds made-up datasets, `search/searches.json` what is to be found among them: plain containment on
//! folded text, worked out apart from the program.

use std::collections::BTreeSet;
use std::fs;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::city::{City, Visitor};
use crate::desk::{Desk, repository};

/// How much of what is to be found must be found, and how much of what is found must be right.
const RECALL_MIN: f64 = 0.98;

#[derive(Deserialize)]
struct Kept {
    slug: String,
    title: String,
    keywords: Vec<String>,
    description: String,
    csv: String,
}

#[derive(Deserialize)]
struct Looked {
    q: String,
    datasets: Vec<String>,
    rows: Vec<String>,
}

fn read<T: for<'a> Deserialize<'a>>(name: &str) -> T {
    let text = fs::read_to_string(repository().join("tests/search").join(name)).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// A city that has published the corpus.
async fn city_of_the_corpus() -> City {
    let desk = Desk::of_a_city();
    for kept in read::<Vec<Kept>>("corpus.json") {
        let folder = desk.path().join(&kept.slug);
        fs::create_dir_all(&folder).unwrap();
        let keywords = serde_json::to_string(&kept.keywords).unwrap();
        let about = format!(
            "department = \"mihon\"\ntitle = \"{}\"\ndescription = \"{}\"\nkeywords = {keywords}\nlicence = \"CC-BY-4.0\"\n",
            kept.title, kept.description
        );
        fs::write(folder.join("dataset.toml"), about).unwrap();
        fs::write(folder.join("data.csv"), kept.csv).unwrap();
    }
    City::opening().loading(desk.path()).open().await
}

/// `text` as it stands in an address.
fn escaped(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// Everything of `kind` that `query` finds, over all pages: slugs, and of rows their places.
async fn found(visitor: &Visitor, kind: &str, q: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut next = Some(format!("/api/v1/search?kind={kind}&limit=7&q={}", escaped(q)));
    let mut total = 0;
    while let Some(address) = next {
        let page = visitor.gets(&address).await.is(200).json();
        for item in page["items"].as_array().unwrap() {
            assert_eq!(item["kind"], kind, "{item}");
            let place = item["row"]["number"].as_u64().map_or(String::new(), |number| format!("/{number}"));
            let name = format!("{}{place}", item["dataset"].as_str().unwrap());
            assert!(found.insert(name.clone()), "{q}: {name} twice");
        }
        total = page["total"].as_u64().unwrap();
        next = page["next"].as_str().map(str::to_owned);
    }
    assert_eq!(total, found.len() as u64, "{q}: the total is what the pages hold");
    found
}

#[tokio::test]
async fn japanese_words_find_what_contains_them() {
    let city = city_of_the_corpus().await;
    let visitor = city.visitor();
    let searches: Vec<Looked> = read("searches.json");
    assert!(searches.len() >= 150);
    let (mut wanted, mut right, mut wrong) = (0, 0, Vec::new());
    for looked in searches {
        for (kind, expected) in [("dataset", &looked.datasets), ("row", &looked.rows)] {
            let expected: BTreeSet<String> = expected.iter().cloned().collect();
            let found = found(&visitor, kind, &looked.q).await;
            wanted += expected.len();
            right += expected.intersection(&found).count();
            if found != expected {
                wrong.push(format!("{} {kind}: {found:?}, not {expected:?}", looked.q));
            }
        }
        let listed =
            visitor.gets(&format!("/api/v1/datasets?limit=100&sort=slug&q={}", escaped(&looked.q))).await;
        if listed.slugs() != looked.datasets {
            wrong.push(format!("{} in the list: {:?}, not {:?}", looked.q, listed.slugs(), looked.datasets));
        }
    }
    let recall = f64::from(right as u32) / f64::from(wanted as u32);
    assert!(recall >= RECALL_MIN, "{recall}: {wrong:#?}");
    assert!(wrong.is_empty(), "{wrong:#?}");
    city.close().await;
}

/// The items of the first page.
async fn items(visitor: &Visitor, query: &str) -> Vec<Value> {
    visitor.gets(&format!("/api/v1/search?{query}")).await.is(200).json()["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_word_in_the_title_comes_first_and_rows_come_last() {
    let city = city_of_the_corpus().await;
    let visitor = city.visitor();
    let found = items(&visitor, "q=トイレ&limit=100").await;
    let kinds: Vec<_> = found.iter().map(|item| item["kind"].as_str().unwrap()).collect();
    assert!(kinds.is_sorted_by_key(|kind| *kind == "row"), "{kinds:?}");
    assert_eq!((&found[0]["dataset"], &found[0]["found_in"]), (&json!("toilets"), &json!("title")));
    let row = found.iter().find(|item| item["kind"] == "row").unwrap();
    assert_eq!(row["row"], json!({"revision": 1, "number": 1, "key": "1", "field": "名称"}));
    let itself = visitor.gets(row["urls"]["api"].as_str().unwrap()).await;
    assert!(itself.is(200).text().contains("見本公園トイレ"), "{}", itself.text());

    // The keyword of one counts more than the description of the other.
    let order: Vec<_> = items(&visitor, "q=バリアフリー&kind=dataset").await;
    let order: Vec<_> = order
        .iter()
        .map(|item| (item["dataset"].as_str().unwrap(), item["found_in"].as_str().unwrap()))
        .collect();
    assert_eq!(order, [("toilets", "keywords"), ("facilities", "fields")]);
    // The wording that was asked for counts more than its synonym.
    let order: Vec<_> = items(&visitor, "q=避難場所&kind=dataset").await;
    assert_eq!(order[0]["dataset"], "evacuation-places");
    city.close().await;
}

#[tokio::test]
async fn what_was_found_is_told_apart_in_the_extract() {
    let city = city_of_the_corpus().await;
    let found = items(&city.visitor(), "q=ﾄｲﾚ&kind=dataset").await;
    let parts = found[0]["snippet"].as_array().unwrap();
    let marked: Vec<_> =
        parts.iter().filter(|part| part["found"] == true).map(|part| &part["text"]).collect();
    assert_eq!(marked, ["トイレ"]);
    let whole: String = parts.iter().map(|part| part["text"].as_str().unwrap()).collect();
    assert_eq!(whole, "【見本】公衆トイレ一覧");
    city.close().await;
}

#[tokio::test]
async fn facets_count_the_datasets_that_were_found() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let page = visitor.gets("/api/v1/search?q=見本&kind=dataset&limit=1").await.is(200).json();
    for facet in ["department", "theme", "schema", "format", "license"] {
        let counts = page["facets"][facet].as_array().unwrap();
        assert!(!counts.is_empty(), "{facet}: {page:#}");
        for count in counts {
            let narrowed =
                format!("/api/v1/search?q=見本&kind=dataset&{facet}={}", count["value"].as_str().unwrap());
            let narrowed = visitor.gets(&narrowed).await.is(200).json();
            assert_eq!(narrowed["totals"]["dataset"], count["count"], "{facet} {count}");
        }
    }
    let labels: Vec<_> =
        page["facets"]["department"].as_array().unwrap().iter().map(|it| &it["label"]).collect();
    assert!(labels.contains(&&json!("【見本】課")), "{labels:?}");
}

#[tokio::test]
async fn the_plan_is_found_with_its_address() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let found = items(&visitor, "q=オープンデータ&kind=initiative").await;
    assert!(!found.is_empty());
    for item in found {
        let code = item["initiative"].as_str().unwrap();
        let api = item["urls"]["api"].as_str().unwrap();
        assert_eq!(visitor.gets(api).await.is(200).json()["code"], code);
    }
}

#[tokio::test]
async fn what_is_typed_is_completed_and_what_is_misspelt_is_mended() {
    let city = city_of_the_corpus().await;
    let visitor = city.visitor();
    let suggested = visitor.gets("/api/v1/search/suggestions?q=避").await.is(200).each("text");
    assert!(suggested.contains(&"避難".to_owned()), "{suggested:?}");
    assert_eq!(visitor.gets("/api/v1/search/suggestions").await.is(200).each("text"), [""; 0]);
    let page = visitor.gets("/api/v1/search?q=公衆トレイ").await.is(200).json();
    assert_eq!((&page["total"], &page["did_you_mean"]), (&json!(0), &json!("公衆トイレ")));
    assert_eq!(visitor.gets("/api/v1/search?q=トイレ").await.is(200).json()["did_you_mean"], Value::Null);
    city.close().await;
}

#[tokio::test]
async fn a_publication_is_found_at_once_and_what_is_withdrawn_no_more() {
    let city = City::open().await;
    let office = city.office("mihon").await;
    let visitor = city.visitor();
    let traces = async |word: &str| {
        let found = visitor.gets(&format!("/api/v1/search?q={word}")).await.is(200).json();
        let suggested = visitor.gets(&format!("/api/v1/search/suggestions?q={word}")).await.is(200).json();
        let meant = visitor.gets(&format!("/api/v1/search?q={word}ー")).await.is(200).json();
        let listed = visitor.gets(&format!("/api/v1/datasets?q={word}")).await.is(200).json();
        (
            found["totals"]["dataset"].as_u64().unwrap(),
            found["totals"]["row"].as_u64().unwrap(),
            suggested["items"].as_array().unwrap().len() as u64,
            meant["did_you_mean"].is_string(),
            listed["total"].as_u64().unwrap(),
        )
    };
    let new = json!({"slug": "mukudori", "title": "【見本】椋鳥観察地点", "keywords": ["椋鳥"]});
    office.editor().tells("/api/v1/datasets", &new).await.is(201);
    office.uploads("mukudori", "名称,椋鳥\n椋鳥の丘,3\n").await.is(201);
    office.submits("mukudori", 1).await.is(200);
    assert_eq!(traces("椋鳥").await, (0, 0, 0, false, 0), "a draft leaves no trace");
    assert_eq!(office.editor().gets("/api/v1/datasets?q=椋鳥").await.is(200).json()["total"], 1);

    office.publishes("mukudori", 1).await.is(200);
    assert_eq!(traces("椋鳥").await, (1, 1, 2, true, 1));

    office.uploads("mukudori", "名称,椋鳥\n別の丘,4\n").await.is(201);
    office.submits("mukudori", 2).await.is(200);
    office.publishes("mukudori", 2).await.is(200);
    let (.., listed) = traces("椋鳥の丘").await;
    assert_eq!((traces("椋鳥の丘").await.1, listed), (0, 0), "the rows of an earlier revision are gone");
    assert_eq!(traces("別の丘").await.1, 1);

    office.approver().acts("mukudori", "withdraw", &json!({"reason": "見本"})).await.is(200);
    assert_eq!(traces("椋鳥").await, (0, 0, 0, false, 0), "what was withdrawn leaves no trace");
    city.close().await;
}

#[tokio::test]
async fn whatever_is_asked_is_answered_or_refused_in_good_order() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let long = "あ".repeat(3_000);
    let many = "見本 ".repeat(1_000);
    let quotes = "\"".repeat(999);
    let hostile = [
        "' OR 1=1 --",
        "\"",
        "\"\"\"",
        "a\" OR \"b",
        "*",
        "a*",
        "NEAR(a b)",
        "a AND b OR NOT c",
        "{grams}: a",
        "^a",
        "a + b",
        "(",
        ")",
        ":",
        "-",
        "--",
        "- -",
        "\0",
        "\u{FEFF}",
        "%",
        "_",
        "\\",
        "x'); DROP TABLE search_row; --",
        "a & b | !c",
        "a:*",
        "<->",
        "'::tsquery",
        "$1",
        "?",
        "\u{202E}",
        "ﷺ",
        "\u{10FFFF}",
        "𠮷",
        "\u{300}",
        &long,
        &many,
        &quotes,
    ];
    for text in hostile {
        for path in ["/api/v1/search", "/api/v1/search/suggestions", "/api/v1/datasets"] {
            let answer = visitor.gets(&format!("{path}?q={}", escaped(text))).await;
            assert!([200, 400].contains(&answer.status()), "{path} {text:?}: {}", answer.status());
            let said = answer.text();
            assert!(!said.contains("SELECT") && !said.contains("search_"), "{path} {text:?}: {said}");
        }
        for name in ["kind", "department", "theme", "schema", "format", "license", "limit", "cursor"] {
            let answer = visitor.gets(&format!("/api/v1/search?q=見本&{name}={}", escaped(text))).await;
            assert!([200, 400].contains(&answer.status()), "{name} {text:?}: {}", answer.status());
        }
    }
    let all = visitor.gets("/api/v1/search?q=%20&kind=dataset,row&limit=100").await.is(200).json();
    assert_eq!(all["total"], visitor.gets("/api/v1/datasets").await.is(200).json()["total"]);
    visitor.gets("/api/v1/search?q=a&kind=page").await.problem(400, "bad-parameter");
    let next = visitor.gets("/api/v1/search?q=見本&limit=1").await.is(200).json()["next"]
        .as_str()
        .unwrap()
        .to_owned();
    let cursor = next.split("cursor=").nth(1).unwrap();
    visitor.gets(&format!("/api/v1/search?q=公園&cursor={cursor}")).await.problem(400, "bad-parameter");
}
