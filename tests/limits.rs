//! Somebody sends too much, too often, or what is no HTTP: a problem or a closed connection, in bounded memory.

use bytes::Bytes;
use futures_util::stream;
use reqwest::Body;
use reqwest::header::{AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, HeaderName};

use crate::city::{City, LONG_BYTES};
use crate::sockets::Socket;
use crate::terminal::hiyori;

const VALIDATIONS: &str = "/api/v1/validations";
const MEGABYTE: usize = 1 << 20;
const FORWARDED: HeaderName = HeaderName::from_static("x-forwarded-for");

/// A multipart body of `parts`, each a header and its content.
fn form(parts: impl IntoIterator<Item = (String, &'static str)>) -> String {
    let parts: String =
        parts.into_iter().map(|(head, content)| format!("--b\r\n{head}\r\n\r\n{content}\r\n")).collect();
    format!("{parts}--b--\r\n")
}

fn field(name: &str) -> String {
    format!("Content-Disposition: form-data; name=\"{name}\"")
}

#[test]
fn every_limit_has_a_setting_and_stands_in_the_document() {
    let help = hiyori(&["serve", "--help"]);
    let document = hiyori(&["openapi"]).json();
    let described = document["info"]["description"].as_str().unwrap();
    let names: Vec<_> =
        help.out().split("[env: ").skip(1).map(|rest| rest.split('=').next().unwrap()).collect();
    let limits: Vec<_> = names
        .iter()
        .filter(|name| name.ends_with("_MAX") || name.ends_with("_MIN") || name.contains("_PER_"))
        .collect();
    assert!(limits.len() >= 14, "{names:?}");
    for name in limits {
        assert!(described.contains(*name), "{name} is not in the document");
    }
}

#[tokio::test]
async fn a_body_that_says_it_is_too_long_is_refused_before_it_comes() {
    let city = City::shared().await;
    let head =
        format!("POST {VALIDATIONS} HTTP/1.1\r\nHost: city\r\nContent-Length: 999999999999999\r\n\r\n");
    let heard = Socket::to(&city).says(head).hears();
    assert!(heard.starts_with("HTTP/1.1 413"), "{heard}");
    assert!(heard.contains(r#""bytes_max":52428800"#), "{heard}");
}

#[tokio::test]
async fn many_parts_and_long_headers_of_parts_are_refused_in_bounded_memory() {
    let bytes_max = (LONG_BYTES - MEGABYTE).to_string();
    let city = City::opening().setting("HIYORI_UPLOAD_BYTES_MAX", bytes_max).open().await;
    let visitor = city.visitor().sending(CONTENT_TYPE, "multipart/form-data; boundary=b");
    let held_before = city.memory_bytes_max();
    let many = form((0..100_000).map(|number| (field(&format!("part{number}")), "x")));
    visitor.posts(VALIDATIONS, many).await.problem(400, "no-file");
    let long = format!("{}; filename=\"{}\"", field("file"), "x".repeat(4 << 20));
    visitor.posts(VALIDATIONS, form([(long, "ID\n1\n")])).await.problem(413, "too-large");
    // A part before the file may be as long as a file and no longer.
    let form = form([(field("note"), "…"), (field("file"), "ID\n1\n")]);
    let (head, tail) = form.split_once('…').unwrap();
    let (head, tail) = (Bytes::from(head.to_owned()), Bytes::from(tail.to_owned()));
    let note = std::iter::repeat_n(Bytes::from("x".repeat(MEGABYTE)), LONG_BYTES / MEGABYTE);
    let pieces = std::iter::once(head).chain(note).chain([tail]);
    let body = Body::wrap_stream(stream::iter(pieces.map(Ok::<_, std::io::Error>)));
    visitor.posts(VALIDATIONS, body).await.problem(413, "too-large");
    city.has_held_little_more_than(held_before);
    city.close().await;
}

#[tokio::test]
async fn the_number_of_parts_can_be_set_and_switched_off() {
    let parts = || form((0..30).map(|_| (field("note"), "x")).chain([(field("file"), "ID\n1\n")]));
    for (parts_max, status) in [("31", 200), ("30", 400), ("0", 200)] {
        let city = City::opening().setting("HIYORI_PARTS_MAX", parts_max).open().await;
        let visitor = city.visitor().sending(CONTENT_TYPE, "multipart/form-data; boundary=b");
        visitor.posts(VALIDATIONS, parts()).await.is(status);
        city.close().await;
    }
}

#[tokio::test]
async fn json_that_is_too_deep_too_long_or_none_is_refused() {
    let city = City::opening().setting("HIYORI_JSON_BYTES_MAX", "500000").open().await;
    let admin = city.staff("dx", "admin", "管理 一").await;
    let admin = admin.sending(CONTENT_TYPE, "application/json");
    let tokens = "/api/v1/tokens";
    admin.posts(tokens, "[".repeat(200_000)).await.problem(400, "bad-request");
    let nested = format!("{{\"name\":{}{}}}", "[".repeat(129), "]".repeat(129));
    admin.posts(tokens, nested).await.problem(400, "bad-request");
    admin.posts(tokens, r#"{"name":"\ud800"}"#).await.problem(400, "bad-request");
    admin.posts(tokens, format!("[{}1]", "1,".repeat(400_000))).await.problem(413, "too-large");
    city.close().await;
}

#[tokio::test]
async fn a_compressed_body_is_not_unpacked() {
    let city = City::shared().await;
    for encoding in ["gzip", "br", "deflate", "gzip, gzip", "nonsense"] {
        let visitor = city.visitor().sending(CONTENT_ENCODING, encoding);
        visitor.posts(VALIDATIONS, vec![0; 100_000]).await.problem(415, "unsupported-body");
    }
}

#[tokio::test]
async fn what_is_no_http_is_refused_or_cut_off_and_leaves_nothing_behind() {
    let city = City::open().await;
    let post = format!("POST {VALIDATIONS} HTTP/1.1\r\nHost: city\r\n");
    let get = "GET /healthz HTTP/1.1\r\nHost: city\r\n";
    let smuggled = "0\r\n\r\nGET /api/v1/plan HTTP/1.1\r\nHost: city\r\n\r\n";
    for request in [
        format!("{post}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n{smuggled}"),
        format!("{post}Content-Length: 3\r\nContent-Length: 30\r\n\r\nID\n1\n"),
        format!("{post}Content-Length: -1\r\n\r\n"),
        format!("{post}Content-Length: 18446744073709551617\r\n\r\n"),
        format!("{post}Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\nID\r\n"),
        format!("{post}Transfer-Encoding: chunked\r\n\r\n-1\r\nID\r\n"),
        format!("{post}Transfer-Encoding: chunked, nonsense\r\n\r\n0\r\n\r\n"),
        format!("{get}X-Odd: a\0b\r\n\r\n"),
        format!("{get} folded: x\r\n\r\n"),
        format!("{get}X-Long: {}\r\n\r\n", "x".repeat(2 << 20)),
        format!("{get}{}\r\n", "X-Many: x\r\n".repeat(10_000)),
        "GET /health\0z HTTP/1.1\r\nHost: city\r\n\r\n".to_owned(),
        "GET / HTTP/9.9\r\nHost: city\r\n\r\n".to_owned(),
        "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}nonsense\r\n\r\n".to_owned(),
    ] {
        let status = Socket::to(&city).says(&request).status();
        let shown = &request[..request.len().min(120)];
        assert!(status.is_none_or(|status| (400..500).contains(&status)), "{status:?} to {shown:?}");
    }
    city.visitor().gets("/healthz").await.is(200);
    city.close().await;
}

#[tokio::test]
async fn an_address_or_a_head_that_is_too_long_is_refused_as_the_document_tells() {
    let city = City::shared().await;
    let document = hiyori(&["openapi"]).json();
    let described = document["info"]["description"].as_str().unwrap();
    for bound in ["65534 bytes", "131072 bytes", "96 headers"] {
        assert!(described.contains(bound), "{bound}");
    }
    let last = "HTTP/1.1\r\nHost: city\r\nConnection: close\r\n";
    let address = |bytes: usize| format!("GET /healthz?{} {last}\r\n", "x".repeat(bytes - 9));
    let headers = |count: usize| format!("GET /healthz {last}{}\r\n", "X-Many: x\r\n".repeat(count - 2));
    let head = |bytes: usize| {
        let rest = format!("GET /healthz {last}X-Long: \r\n\r\n").len();
        format!("GET /healthz {last}X-Long: {}\r\n\r\n", "x".repeat(bytes - rest))
    };
    for (request, status) in [
        (address(65_534), 200),
        (address(65_535), 400),
        (headers(96), 200),
        (headers(97), 431),
        (head(131_072), 200),
        (head(131_073), 431),
    ] {
        let heard = Socket::to(&city).says(&request).status();
        // Where not all was read, the answer may be lost as the connection is cut.
        let is_cut = status == 431 && heard.is_none();
        assert!(heard == Some(status) || is_cut, "{heard:?} instead of {status}");
    }
}

#[tokio::test]
async fn whoever_asks_too_often_is_told_how_long_to_wait() {
    let city = City::opening().setting("HIYORI_READS_PER_SECOND", "1").open().await;
    let visitor = city.visitor();
    let mut refused = None;
    for _ in 0..40 {
        let answer = visitor.gets("/api/v1/departments").await;
        if answer.status() == 429 {
            refused = Some(answer);
            break;
        }
        answer.is(200);
    }
    let refused = refused.expect("forty at once are more than ten");
    refused.problem(429, "too-many-requests");
    assert!((1..=10).contains(&refused.header("retry-after").parse::<u32>().unwrap()));
    for probe in ["/healthz", "/readyz", "/metrics"] {
        visitor.gets(probe).await.is(200);
    }
    // Whoever sends is counted apart from whoever reads.
    visitor.posts(VALIDATIONS, "ID\n1\n").await.is(200);
    city.close().await;
}

/// How many of 30 reads that `header` says come from elsewhere are refused by a `city` that takes ten at once.
async fn refused_of_thirty(city: &City, addresses: impl Fn(usize) -> String) -> usize {
    let mut refused = 0;
    for number in 0..30 {
        let visitor = city.visitor().sending(FORWARDED, &addresses(number));
        refused += usize::from(visitor.gets("/api/v1/departments").await.status() == 429);
    }
    refused
}

#[tokio::test]
async fn behind_a_trusted_proxy_each_client_is_counted_apart() {
    let opening = || City::opening().setting("HIYORI_READS_PER_SECOND", "1");
    let city = opening().setting("HIYORI_TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8").open().await;
    assert_eq!(refused_of_thirty(&city, |number| format!("198.51.100.{number}, 10.1.1.1")).await, 0);
    assert!(refused_of_thirty(&city, |number| format!("203.0.113.{number}, 192.0.2.7")).await > 5);
    assert!(refused_of_thirty(&city, |number| format!("2001:db8:1:2::{number}")).await > 5);
    city.close().await;
    let city = opening().open().await;
    assert!(refused_of_thirty(&city, |number| format!("198.51.100.{number}")).await > 5);
    city.close().await;
}

#[tokio::test]
async fn one_token_is_counted_wherever_it_comes_from() {
    let city = City::opening()
        .setting("HIYORI_TOKEN_REQUESTS_PER_SECOND", "1")
        .setting("HIYORI_TRUSTED_PROXIES", "127.0.0.1")
        .open()
        .await;
    let mut refused = 0;
    for number in 0..30 {
        let visitor = city.visitor().sending(FORWARDED, &format!("198.51.100.{number}"));
        let visitor = visitor.sending(AUTHORIZATION, "Bearer hiyori_the_same_every_time");
        refused += usize::from(visitor.gets("/robots.txt").await.status() == 429);
    }
    assert!(refused > 5, "{refused}");
    city.close().await;
}
