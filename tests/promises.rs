//! What holds for every answer: tags, HEAD, headers that protect, and a service that says how it is.

use reqwest::Method;
use reqwest::header::{ACCEPT_ENCODING, CONTENT_ENCODING, HeaderName, ORIGIN};

use crate::city::City;

/// One address of each kind that is read.
const READS: [&str; 24] = [
    "/",
    "/api/v1/datasets",
    "/api/v1/datasets/sample-aed",
    "/api/v1/datasets/sample-aed/revisions",
    "/api/v1/datasets/sample-aed/revisions/1",
    "/api/v1/datasets/sample-aed/revisions/1/report",
    "/api/v1/datasets/sample-aed/revisions/1/original",
    "/api/v1/datasets/sample-aed/revisions/1/download.csv",
    "/api/v1/datasets/sample-aed/download.csv",
    "/api/v1/datasets/sample-aed/download.csv?encoding=cp932",
    "/api/v1/datasets/sample-aed/download.json",
    "/api/v1/datasets/sample-aed/download.geojson",
    "/api/v1/schemas",
    "/api/v1/schemas/hyojun/aed",
    "/api/v1/departments",
    "/api/v1/departments/dx",
    "/api/v1/plan",
    "/api/v1/plan/pillars",
    "/api/v1/plan/initiatives",
    "/api/v1/plan/initiatives/A-1",
    "/catalog.ttl",
    "/datasets/sample-aed",
    "/datasets/sample-aed.jsonld",
    "/openapi.json",
];

#[tokio::test]
async fn who_knows_the_content_is_told_that_it_is_unchanged() {
    let city = City::shared().await;
    for path in READS {
        let first = city.visitor().gets(path).await;
        let again = city.visitor().knowing(first.is(200).tag()).gets(path).await;
        assert_eq!(again.is(304).body().len(), 0, "{path}");
        again.says("etag", first.tag());
        city.visitor().knowing("\"something-else\"").gets(path).await.is(200);
    }
}

#[tokio::test]
async fn head_is_get_without_the_body() {
    let city = City::shared().await;
    for path in READS {
        let got = city.visitor().gets(path).await;
        let head = city.visitor().asks(Method::HEAD, path, None).await;
        assert_eq!(head.is(200).body().len(), 0, "{path}");
        for header in ["etag", "content-type", "content-length", "content-location"] {
            head.says(header, got.is(200).header(header));
        }
    }
    city.visitor().asks(Method::HEAD, "/api/v1/datasets/no-such", None).await.is(404);
}

#[tokio::test]
async fn every_page_on_the_web_may_read() {
    let city = City::shared().await;
    for path in READS {
        let answer = city.visitor().sending(ORIGIN, "https://map.example.jp").gets(path).await;
        answer.is(200).says("access-control-allow-origin", "*");
        assert_eq!(answer.header("access-control-allow-credentials"), "", "{path}");
    }
    let asked = city
        .visitor()
        .sending(ORIGIN, "https://map.example.jp")
        .sending(HeaderName::from_static("access-control-request-method"), "POST")
        .asks(Method::OPTIONS, "/api/v1/validations", None)
        .await;
    asked.is(200).says("access-control-allow-origin", "*");
}

#[tokio::test]
async fn no_browser_guesses_what_an_answer_is() {
    let city = City::shared().await;
    for path in READS.iter().chain(&["/api/v1/datasets/no-such", "/no-such-page", "/healthz", "/robots.txt"])
    {
        city.visitor().gets(path).await.says("x-content-type-options", "nosniff");
    }
}

#[tokio::test]
async fn a_packed_answer_has_a_tag_of_its_own_that_is_known_again() {
    let city = City::shared().await;
    let path = "/api/v1/datasets";
    let plain = city.visitor().gets(path).await;
    for packing in ["gzip", "br"] {
        let packed = city.visitor().sending(ACCEPT_ENCODING, packing).gets(path).await;
        packed.is(200).says("content-encoding", packing);
        assert_ne!(packed.tag(), plain.tag(), "{packing}");
        assert!(packed.body().len() < plain.body().len(), "{packing}");
        city.visitor().sending(ACCEPT_ENCODING, packing).knowing(packed.tag()).gets(path).await.is(304);
    }
}

#[tokio::test]
async fn a_packed_body_is_not_unpacked() {
    let city = City::shared().await;
    let visitor = city.visitor().sending(CONTENT_ENCODING, "gzip");
    visitor.posts("/api/v1/validations", vec![0x1F, 0x8B]).await.problem(415, "unsupported-body");
}

#[tokio::test]
async fn the_service_says_that_it_is_alive_and_can_write() {
    let city = City::shared().await;
    for path in ["/healthz", "/readyz"] {
        let answer = city.visitor().gets(path).await;
        assert_eq!(answer.is(200).json()["status"], "ok", "{path}");
    }
}

#[tokio::test]
async fn the_front_page_says_in_japanese_what_this_is_and_where_to_go() {
    let city = City::shared().await;
    let page = city.visitor().taking("text/html").gets("/").await;
    assert_eq!(page.is(200).media_type(), "text/html");
    let text = page.text();
    assert!(text.contains("lang=\"ja\""), "{text}");
    for words in ["石巻市", "オープンデータ", "官民データ活用推進計画"] {
        assert!(text.contains(words), "no {words} in {text}");
    }
    for link in ["/datasets", "/plan", "/docs", "/catalog"] {
        assert!(text.contains(&format!("href=\"{link}")), "no way to {link} in {text}");
    }
}

#[tokio::test]
async fn every_page_that_the_front_page_leads_to_answers() {
    let city = City::shared().await;
    let visitor = city.visitor().taking("text/html,*/*;q=0.5");
    let front = visitor.gets("/").await;
    let links: Vec<_> =
        front.is(200).text().split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(links.len() > 4, "{links:?}");
    for link in links.iter().filter(|link| link.starts_with('/')) {
        let link = link.split('#').next().unwrap_or_default().replace("&amp;", "&");
        let status = visitor.gets(&link).await.status();
        assert!(matches!(status, 200 | 303 | 307 | 308), "{link}: {status}");
    }
}

#[tokio::test]
async fn no_page_loads_anything_from_elsewhere() {
    let city = City::shared().await;
    let visitor = city.visitor().taking("text/html");
    for path in [
        "/",
        "/datasets",
        "/datasets/sample-aed",
        "/plan",
        "/plan/initiatives/A-1",
        "/departments/dx",
        "/docs/",
    ] {
        let page = visitor.gets(path).await;
        let text = page.is(200).text();
        for tag in ["src=\"http", "src=\"//", "<link rel=\"stylesheet\" href=\"http", "@import"] {
            assert!(!text.contains(tag), "{path} has {tag}");
        }
        assert!(page.header("content-security-policy").contains("default-src 'none'"), "{path}");
    }
}

#[tokio::test]
async fn what_is_published_stays_when_the_program_is_stopped_and_started_again() {
    let city = City::open().await;
    let before = city.visitor().gets("/api/v1/datasets/sample-aed").await.is(200).json();
    let data = city.close().await;
    let city = City::opening().on(data).open().await;
    let after = city.visitor().gets("/api/v1/datasets/sample-aed").await.is(200).json();
    for member in ["revision", "rows", "issued", "modified", "title"] {
        assert_eq!(after[member], before[member], "{member}");
    }
    city.close().await;
}
