//! The operator looks at how it goes: counts for Prometheus, log lines, the number of a request.

use std::fs;
use std::net::TcpListener;

use reqwest::header::{CONTENT_TYPE, HeaderName};
use serde_json::Value;

use crate::city::City;
use crate::desk::{Desk, repository};

const FORWARDED: HeaderName = HeaderName::from_static("x-forwarded-for");
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

#[tokio::test]
async fn requests_are_counted_by_the_pattern_of_their_address() {
    let city = City::open().await;
    let visitor = city.visitor();
    visitor.gets("/api/v1/datasets/sample-aed").await.is(200);
    visitor.gets("/api/v1/datasets/no-such-dataset").await.is(404);
    visitor.gets("/nothing-here-4711").await.is(404);
    visitor.posts("/api/v1/validations", "番号,名称\n1,\u{202E}\n").await.is(200);
    let answer = visitor.gets("/metrics").await;
    assert!(answer.is(200).header(CONTENT_TYPE.as_str()).starts_with("text/plain; version=0.0.4"));
    let metrics = answer.text();
    for line in [
        r#"hiyori_requests_total{method="GET",route="/api/v1/datasets/{slug}",status="200"} 1"#,
        r#"hiyori_requests_total{method="GET",route="/api/v1/datasets/{slug}",status="404"} 1"#,
        r#"hiyori_request_seconds_count{method="GET",route="/api/v1/datasets/{slug}"} 2"#,
        r#"hiyori_findings_total{severity="error"}"#,
        r#"hiyori_acts_total{action="publish",result="done"}"#,
        "hiyori_upload_bytes_total 20",
        "hiyori_requests_in_flight 1",
        "hiyori_build_info{version=",
    ] {
        assert!(metrics.contains(line), "no {line} in\n{metrics}");
    }
    assert!(!metrics.contains("sample-aed") && !metrics.contains("4711"), "{metrics}");
    city.close().await;
}

#[tokio::test]
async fn the_counts_are_for_the_operators_network_alone() {
    let city = City::shared().await;
    let brought = city.visitor().sending(FORWARDED, "127.0.0.1");
    brought.gets("/metrics").await.problem(404, "no-such-page");
    let city = City::opening()
        .setting("HIYORI_TRUSTED_PROXIES", "127.0.0.1")
        .setting("HIYORI_METRICS_FROM", "192.0.2.0/24")
        .open()
        .await;
    city.visitor().gets("/metrics").await.problem(404, "no-such-page");
    city.visitor().sending(FORWARDED, "198.51.100.1").gets("/metrics").await.problem(404, "no-such-page");
    city.visitor().sending(FORWARDED, "192.0.2.9").gets("/metrics").await.is(200);
    city.close().await;
}

#[tokio::test]
async fn every_answer_has_a_number_that_stands_in_the_log() {
    let city = City::open().await;
    let (first, second) = (city.visitor().gets("/").await, city.visitor().gets("/nothing").await);
    let (first, second) = (first.header("x-request-id"), second.header("x-request-id"));
    assert!(first.len() == 32 && first != second, "{first} {second}");
    city.comes_to_say(first).await;
    city.comes_to_say(second).await;
    let brought = city.visitor().sending(REQUEST_ID, "brought-from-outside-4711");
    assert_ne!(brought.gets("/").await.header("x-request-id"), "brought-from-outside-4711");
    city.close().await;
}

#[tokio::test]
async fn a_trusted_proxy_may_give_the_number() {
    let city = City::opening().setting("HIYORI_TRUSTED_PROXIES", "127.0.0.1").open().await;
    let numbered = |number: &str| city.visitor().sending(REQUEST_ID, number);
    numbered("from-the-proxy-4711").gets("/").await.says("x-request-id", "from-the-proxy-4711");
    city.comes_to_say("from-the-proxy-4711").await;
    for odd in ["with space", "a\"b", &"x".repeat(65)] {
        assert_eq!(numbered(odd).gets("/").await.header("x-request-id").len(), 32, "{odd}");
    }
    city.close().await;
}

#[tokio::test]
async fn a_log_in_json_has_one_object_a_line_and_no_query_string() {
    let city = City::opening().setting("HIYORI_LOG_FORMAT", "json").open().await;
    city.visitor().gets("/api/v1/datasets?q=secret-4711").await.is(200);
    city.comes_to_say("\"http.status\":200").await;
    let log = city.said();
    let lines: Vec<Value> = log.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    let line = lines.iter().find(|line| line["http.path"] == "/api/v1/datasets").unwrap();
    assert_eq!(line["http.status"], 200);
    assert_eq!(line["http.method"], "GET");
    assert_eq!(line["request.id"].as_str().map(str::len), Some(32));
    assert!(!city.has_said("4711") && !city.has_said("127.0.0.1 "), "{log:#?}");
    city.close().await;
}

#[test]
fn no_room_of_ours_has_the_means_to_fetch_an_address() {
    for room in ["api", "catalog", "plan", "ingestion"] {
        let manifest = fs::read_to_string(repository().join("crates").join(room).join("Cargo.toml")).unwrap();
        let ours = manifest.split("[dev-dependencies]").next().unwrap();
        for client in ["reqwest", "hyper", "ureq", "awc", "curl", "isahc", "attohttpc", "lettre"] {
            assert!(!ours.contains(client), "{room} depends on {client}");
        }
    }
}

#[tokio::test]
async fn nobody_visits_the_addresses_that_stand_in_data() {
    let trap = TcpListener::bind("127.0.0.1:0").unwrap();
    trap.set_nonblocking(true).unwrap();
    let lure = format!("http://{}/", trap.local_addr().unwrap());
    let rows = format!(
        "番号,名称,URL,画像,備考\n1,見本,{lure}a,{lure}b.png,\"<img src=\"\"{lure}c\"\"> [x]({lure}d) =WEBSERVICE(\"\"{lure}e\"\")\"\n"
    );
    let desk = Desk::of_a_city();
    desk.dataset("lure", "", &rows);
    let city = City::opening().loading(desk.path()).open().await;
    let visitor = city.visitor();
    for path in
        ["/datasets/lure", "/datasets/lure.ttl", "/catalog.rdf", "/api/v1/datasets/lure/download.json"]
    {
        visitor.gets(path).await.is(200);
    }
    visitor.posts("/api/v1/validations", rows).await.is(200);
    let came = trap.accept();
    assert!(came.is_err(), "somebody came from {:?}", came.unwrap().1);
    city.close().await;
}
