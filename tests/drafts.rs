//! Drafts are invisible to everybody but their department and DX推進課: looked for in every public answer.

use reqwest::Method;
use serde_json::json;

use crate::city::{City, Visitor};
use crate::desk::slugs;
use crate::office::api;
use crate::openapi::{document, filled, operations};

/// What stands in drafts alone, one word for each place of it.
const MARKERS: [&str; 5] =
    ["mukudori-slug", "ムクドリの題", "ムクドリの説明", "ムクドリの鍵", "ムクドリの行"];
const CSV: &str = "名称,ムクドリの行\r\nムクドリの行,1\r\n";

/// Every answer that somebody without a token gets: each GET of the document by its examples, and whatever lists,
/// pages and searches could give a draft away.
async fn public_answers(visitor: &Visitor) -> Vec<(String, String)> {
    let document = document();
    let gets = operations(&document).into_iter().filter(|(method, ..)| *method == Method::GET);
    let mut paths: Vec<String> =
        gets.map(|(_, path, operation)| filled(&document, path, operation)).collect();
    paths.extend(
        [
            "/api/v1/datasets?q=ムクドリ",
            "/api/v1/search?q=ムクドリ",
            "/api/v1/search?q=ムクドリの",
            "/api/v1/search/suggestions?q=ムクドリ",
            "/api/v1/datasets?state=draft",
            "/datasets?q=mukudori",
            "/catalog?page=2",
        ]
        .map(str::to_owned),
    );
    paths.extend(
        ["title", "slug", "issued", "modified"].map(|sort| format!("/api/v1/datasets?limit=100&sort={sort}")),
    );
    paths.extend(
        ["", ".ttl", ".rdf", ".jsonld", ".html", ".json"]
            .map(|form| format!("/datasets/mukudori-slug{form}")),
    );
    paths.extend(
        [
            "",
            "/revisions",
            "/revisions/1",
            "/revisions/1/report",
            "/revisions/1/report.csv",
            "/revisions/1/original",
            "/revisions/1/download.csv",
            "/download.csv",
            "/revisions/1/sheet",
            "/records",
            "/records.csv?q=ムクドリ",
            "/records/1",
            "/records?ムクドリの行=1",
            "/fields",
            "/schema.json",
            "/openapi.json",
            "/revisions/1/records",
            "/revisions/1/fields",
        ]
        .map(|place| format!("{}{place}", api("mukudori-slug"))),
    );
    for slug in slugs() {
        paths.extend(
            ["", "/revisions", "/download.csv", "/records?q=ムクドリ", "/fields"]
                .map(|place| format!("{}{place}", api(&slug))),
        );
    }
    let mut answers = Vec::new();
    for path in paths {
        for accept in ["*/*", "text/turtle, application/json;q=0.5"] {
            let answer = visitor.clone().taking(accept).gets(&path).await;
            answers.push((path.clone(), String::from_utf8_lossy(answer.body()).into_owned()));
        }
    }
    answers
}

#[tokio::test]
async fn no_public_answer_knows_of_a_draft() {
    let city = City::open().await;
    let office = city.office("mihon").await;
    let listed = "/api/v1/datasets?limit=100";
    let before = city.visitor().gets(listed).await;
    let catalog = city.visitor().gets("/catalog.ttl").await.tag().to_owned();
    let new =
        json!({"slug": MARKERS[0], "title": MARKERS[1], "description": MARKERS[2], "keywords": [MARKERS[3]]});
    office.editor().tells("/api/v1/datasets", &new).await.is(201);
    office.uploads(MARKERS[0], CSV).await.is(201);
    office.submits(MARKERS[0], 1).await.is(200);
    // A draft of what is public, too.
    office.opens("open-one", "名称,数\r\n見本,1\r\n").await;
    let tag = city.visitor().gets(&api("open-one")).await.tag().to_owned();
    office.uploads("open-one", CSV).await.is(201);
    office.submits("open-one", 2).await.is(200);
    assert_eq!(city.visitor().gets(&api("open-one")).await.tag(), tag, "a draft shows in the public tag");
    city.visitor().gets(&format!("{}/revisions/2", api("open-one"))).await.problem(404, "no-such-revision");

    for (path, body) in public_answers(&city.visitor()).await {
        // The name that was asked for is told back.
        let told = body.replace(MARKERS[0], if path.contains(MARKERS[0]) { "" } else { MARKERS[0] });
        for marker in MARKERS.iter().filter(|marker| !path.contains(**marker)) {
            assert!(!told.contains(marker), "{path} gives `{marker}` away");
        }
        assert!(!told.contains("ムクドリの行"), "{path} shows a row of a draft");
    }
    let other = city.staff("dx", "approver", "よその人").await;
    let random = other.gets(&api("no-such-thing")).await;
    let theirs = other.gets(&api(MARKERS[0])).await;
    assert_eq!(theirs.is(404).text().replace(MARKERS[0], "no-such-thing"), random.text());
    assert_ne!(city.visitor().gets("/catalog.ttl").await.tag(), catalog, "open-one is public");
    assert_eq!(
        city.visitor().gets(listed).await.json()["total"],
        before.json()["total"].as_u64().unwrap() + 1
    );
    city.close().await;
}

#[tokio::test]
async fn a_department_and_the_admins_see_its_drafts() {
    let city = City::open().await;
    let office = city.office("mihon").await;
    office.creates("draft-one", "").await.is(201);
    office.uploads("draft-one", CSV).await.is(201);
    let admin = city.staff("dx", "admin", "管理 花子").await;
    for who in [office.editor(), office.approver(), &admin] {
        let drafts = who.gets("/api/v1/datasets?state=draft").await;
        assert!(drafts.slugs().contains(&"draft-one".to_owned()));
        drafts.says("cache-control", "private, no-store");
        let revisions = who.gets(&format!("{}/revisions", api("draft-one"))).await;
        assert_eq!(revisions.is(200).each("state"), ["draft"]);
        for place in
            ["/revisions/1", "/revisions/1/report", "/revisions/1/report.csv", "/revisions/1/download.csv"]
        {
            who.gets(&format!("{}{place}", api("draft-one"))).await.is(200);
        }
        let original = who.gets(&format!("{}/revisions/1/original", api("draft-one"))).await;
        assert_eq!(original.is(200).body(), CSV.as_bytes());
    }
    assert!(city.visitor().gets("/api/v1/datasets?state=draft").await.slugs().is_empty());
    city.close().await;
}
