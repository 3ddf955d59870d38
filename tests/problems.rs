//! Somebody asks for what is not there, or asks wrongly: each gets a problem that says what and how to go on.

use reqwest::Method;

use crate::city::City;

/// A GET that is refused: address, status, code.
const REFUSED: [(&str, u16, &str); 30] = [
    ("/api/v1/datasets/no-such", 404, "no-such-dataset"),
    ("/api/v1/datasets/Not_A_Slug", 404, "no-such-dataset"),
    ("/api/v1/datasets/no-such/revisions", 404, "no-such-dataset"),
    ("/api/v1/datasets/no-such/download.csv", 404, "no-such-dataset"),
    ("/api/v1/datasets/sample-aed/revisions/99", 404, "no-such-revision"),
    ("/api/v1/datasets/sample-aed/revisions/0", 404, "no-such-revision"),
    ("/api/v1/datasets/sample-aed/revisions/first", 404, "no-such-revision"),
    ("/api/v1/datasets/sample-aed/revisions/4294967296", 404, "no-such-revision"),
    ("/api/v1/datasets/sample-aed/revisions/99/report", 404, "no-such-revision"),
    ("/api/v1/datasets/sample-aed/download.pdf", 404, "no-such-format"),
    ("/api/v1/datasets/open-data-list/download.geojson", 404, "no-such-format"),
    ("/api/v1/schemas/hyojun/no_such", 404, "no-such-schema"),
    ("/api/v1/schemas/other/aed", 404, "no-such-schema"),
    ("/api/v1/departments/no-such", 404, "no-such-department"),
    ("/api/v1/plan/initiatives/C-1", 404, "no-such-initiative"),
    ("/api/v1/no-such-page", 404, "no-such-page"),
    ("/favicon.php", 404, "no-such-page"),
    ("/catalog.ttl?page=2", 404, "no-such-page"),
    ("/catalog.ttl?page=0", 400, "bad-parameter"),
    ("/api/v1/datasets?limit=0", 400, "bad-parameter"),
    ("/api/v1/datasets?limit=101", 400, "bad-parameter"),
    ("/api/v1/datasets?sort=size", 400, "bad-parameter"),
    ("/api/v1/datasets?cursor=made-up", 400, "bad-parameter"),
    ("/api/v1/datasets?format=pdf", 400, "bad-parameter"),
    ("/api/v1/datasets?modified_since=yesterday", 400, "bad-parameter"),
    ("/api/v1/datasets/sample-aed/download.json?encoding=cp932", 400, "bad-parameter"),
    ("/api/v1/datasets/sample-aed/download.csv?as_of=2001-01-01", 404, "nothing-published-then"),
    ("/api/v1/datasets/sample-aed/download.csv?as_of=yesterday", 400, "bad-parameter"),
    ("/api/v1/datasets/sample-aed/diff?from=0", 400, "bad-parameter"),
    ("/api/v1/datasets/sample-aed/diff.csv?from=9", 404, "no-such-revision"),
];

#[tokio::test]
async fn whatever_is_refused_gets_a_problem_with_a_stable_code() {
    let city = City::shared().await;
    for (path, status, code) in REFUSED {
        city.visitor().gets(path).await.problem(status, code);
    }
}

#[tokio::test]
async fn a_problem_is_told_in_japanese_and_to_who_asks_so_in_english() {
    let city = City::shared().await;
    for (path, status, code) in REFUSED {
        let japanese = city.visitor().gets(path).await.problem(status, code).json();
        let english = city.visitor().reading_english().gets(path).await.problem(status, code).json();
        for words in ["title", "detail"] {
            let (ja, en) = (japanese[words].as_str().unwrap(), english[words].as_str().unwrap());
            assert!(ja.chars().any(|letter| ('ぁ'..='ヶ').contains(&letter)), "{path}: {ja}");
            assert!(en.is_ascii(), "{path}: {en}");
        }
    }
}

#[tokio::test]
async fn the_language_that_is_liked_better_wins() {
    let city = City::shared().await;
    let path = "/api/v1/datasets/no-such";
    let detail = |accept_language: &'static str| {
        let visitor = city.visitor().sending(reqwest::header::ACCEPT_LANGUAGE, accept_language);
        async move { visitor.gets(path).await.problem(404, "no-such-dataset").json()["detail"].clone() }
    };
    let (japanese, english) = (detail("ja").await, detail("en").await);
    assert_ne!(japanese, english);
    assert_eq!(detail("ja,en-US;q=0.9,en;q=0.8").await, japanese);
    assert_eq!(detail("en-GB,en;q=0.9,ja;q=0.5").await, english);
    assert_eq!(detail("fr").await, japanese);
}

#[tokio::test]
async fn a_misspelt_parameter_is_named_and_not_passed_over() {
    let city = City::shared().await;
    let answer = city.visitor().gets("/api/v1/datasets?departmnet=dx").await;
    let problem = answer.problem(400, "unknown-parameter").json();
    assert!(problem["detail"].as_str().unwrap().contains("departmnet"), "{problem}");
    assert_eq!(problem["parameter"], "departmnet");
}

#[tokio::test]
async fn a_parameter_that_does_not_read_is_named_with_what_it_may_be() {
    let city = City::shared().await;
    let answer = city.visitor().gets("/api/v1/datasets?sort=size").await;
    let problem = answer.problem(400, "bad-parameter").json();
    assert_eq!(problem["parameter"], "sort");
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains("size") && detail.contains("modified"), "{detail}");
}

#[tokio::test]
async fn a_method_that_is_not_answered_is_told_the_ones_that_are() {
    let city = City::shared().await;
    for (method, path, allowed) in [
        (Method::DELETE, "/api/v1/datasets/sample-aed", "GET, HEAD, PATCH"),
        (Method::PUT, "/api/v1/datasets", "GET, HEAD, POST"),
        (Method::GET, "/api/v1/validations", "POST"),
    ] {
        let answer = city.visitor().asks(method, path, None).await;
        answer.problem(405, "method-not-allowed").says("allow", allowed);
    }
}

#[tokio::test]
async fn every_kind_of_problem_has_a_page_that_explains_it() {
    let city = City::shared().await;
    let codes: std::collections::BTreeSet<_> = REFUSED.iter().map(|(_, _, code)| *code).collect();
    for code in codes {
        let page = city.visitor().gets(&format!("/problems/{code}")).await;
        assert_eq!(page.is(200).media_type(), "text/html", "{code}");
    }
}

#[tokio::test]
async fn a_hostile_address_is_refused_like_any_other() {
    let city = City::shared().await;
    for path in [
        "/api/v1/datasets/..%2F..%2Fetc%2Fpasswd",
        "/api/v1/datasets/%00",
        "/api/v1/datasets/%F0%9F%92%A9",
        "/api/v1/datasets/%FF%FE",
        "/datasets/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "/departments/..%2F..",
        "/%2e%2e/%2e%2e/etc/passwd",
    ] {
        let answer = city.visitor().gets(path).await;
        assert!((400..500).contains(&answer.status()), "{path}: {}", answer.status());
        assert_eq!(answer.media_type(), "application/problem+json", "{path}");
        assert!(!answer.text().contains("<script"), "{path}");
    }
}
