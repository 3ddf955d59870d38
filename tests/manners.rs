//! The manners of a good host, as `curl -I` shows them: lengths, tags, times, codings, types, parts, links.

use std::collections::BTreeSet;
use std::io::Read;

use reqwest::Method;
use reqwest::header::{
    ACCEPT_ENCODING, HeaderName, IF_MODIFIED_SINCE, IF_RANGE, LAST_MODIFIED, LINK, ORIGIN, RANGE,
};
use serde_json::json;

use crate::answers::Answer;
use crate::city::{City, Visitor};
use crate::desk::Desk;
use crate::office::api;
use crate::terminal::hiyori;

const AED: &str = "/api/v1/datasets/sample-aed";

/// One address of each kind that everybody gets alike.
const PREPARED: [&str; 16] = [
    "/",
    "/datasets",
    "/datasets/sample-aed",
    "/datasets/sample-aed.ttl",
    "/datasets/sample-aed.jsonld",
    "/catalog.rdf",
    "/api/v1/datasets",
    AED,
    "/api/v1/datasets/sample-aed/download.csv",
    "/api/v1/datasets/sample-aed/download.json",
    "/data.json",
    "/sitemap.xml",
    "/feed.atom",
    "/042021_open_data_list.csv",
    "/.well-known/api-catalog",
    "/openapi.json",
];

/// The bytes of an answer as they were before they were packed.
fn unpacked(answer: &Answer) -> Vec<u8> {
    let mut plain = Vec::new();
    match answer.header("content-encoding") {
        "gzip" => drop(flate2::read::GzDecoder::new(answer.body()).read_to_end(&mut plain).unwrap()),
        "br" => brotli::BrotliDecompress(&mut answer.body(), &mut plain).unwrap(),
        "zstd" => plain = zstd::decode_all(answer.body()).unwrap(),
        "" => plain.extend_from_slice(answer.body()),
        other => panic!("nobody asked for {other}"),
    }
    plain
}

fn taking(visitor: &Visitor, coding: &str) -> Visitor {
    visitor.clone().sending(ACCEPT_ENCODING, coding)
}

#[tokio::test]
async fn the_second_answer_is_the_first_again() {
    let city = City::shared().await;
    let visitor = city.visitor();
    for path in PREPARED {
        let first = visitor.gets(path).await;
        for _ in 0..3 {
            let again = visitor.gets(path).await;
            assert!(again.is(200).body() == first.is(200).body(), "{path}");
            for name in [
                "etag",
                "content-type",
                "content-length",
                "content-disposition",
                "content-location",
                "link",
                "vary",
                "x-content-type-options",
                "content-security-policy",
                "access-control-allow-origin",
                "access-control-expose-headers",
            ] {
                again.says(name, first.header(name));
            }
            assert_ne!(again.header("x-request-id"), first.header("x-request-id"), "{path}");
        }
    }
}

#[tokio::test]
async fn head_is_get_without_the_body_whether_prepared_or_not() {
    let city = City::shared().await;
    for path in PREPARED {
        let heads = [
            city.visitor().asks(Method::HEAD, path, None).await,
            city.visitor().asks(Method::HEAD, path, None).await,
        ];
        let got = city.visitor().gets(path).await;
        for head in heads {
            assert_eq!(head.is(200).body().len(), 0, "{path}");
            for name in ["etag", "content-type", "content-length", "link", "vary", "last-modified"] {
                head.says(name, got.is(200).header(name));
            }
        }
        got.says("content-length", &got.body().len().to_string());
    }
}

#[tokio::test]
async fn every_coding_comes_with_its_length_and_a_tag_of_its_own_that_is_known_again() {
    let city = City::shared().await;
    for path in PREPARED {
        let plain = city.visitor().gets(path).await;
        let mut tags = BTreeSet::from([plain.is(200).tag().to_owned()]);
        for coding in ["gzip", "br", "zstd"] {
            for _ in 0..2 {
                let visitor = taking(&city.visitor(), coding);
                let packed = visitor.gets(path).await;
                packed.is(200).says("content-encoding", coding).says("vary", plain.header("vary"));
                packed.says("content-length", &packed.body().len().to_string());
                assert!(unpacked(&packed) == plain.body(), "{path} {coding}");
                tags.insert(packed.tag().to_owned());
                let known = visitor.knowing(packed.tag()).gets(path).await;
                known.is(304).says("etag", packed.tag()).says("content-encoding", "");
            }
        }
        assert_eq!(tags.len(), 4, "{path}: {tags:?}");
        assert!(plain.header("vary").contains("accept-encoding"), "{path}: {}", plain.header("vary"));
    }
}

#[tokio::test]
async fn the_weights_of_codings_are_heeded() {
    let city = City::shared().await;
    for (accepts, coding) in [
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0.5, zstd;q=0.8, gzip;q=0.1", "zstd"),
        ("br;q=0, gzip", "gzip"),
        ("identity, gzip;q=0.5", ""),
        ("deflate;q=0, *;q=0", ""),
        ("*", "br"),
    ] {
        taking(&city.visitor(), accepts).gets(AED).await.is(200).says("content-encoding", coding);
    }
    for path in ["/api/v1/plan/initiatives", "/api/v1/schemas"] {
        taking(&city.visitor(), "zstd").gets(path).await.is(200).says("content-encoding", "zstd");
    }
}

#[tokio::test]
async fn tag_and_time_change_when_the_content_does_and_at_no_other_time() {
    // Whoever waits for a second to be over asks again as soon as they are answered.
    let city = City::opening().setting("HIYORI_READS_PER_SECOND", "0").open().await;
    let visitor = city.visitor();
    let office = city.office("mihon").await;
    office.opens("table", "番号,名称\r\n1,見本\r\n").await;
    let paths = [api("table"), "/datasets/table.jsonld".to_owned(), "/datasets/table.ttl".to_owned()];
    let told = async |path: &str| {
        // A time is told once its second is over.
        loop {
            let answer = visitor.gets(path).await;
            if !answer.is(200).header("last-modified").is_empty() {
                return (answer.tag().to_owned(), answer.header("last-modified").to_owned());
            }
            tokio::task::yield_now().await;
        }
    };
    let mut before = Vec::new();
    for path in &paths {
        before.push(told(path).await);
    }

    office.opens("other", "番号\r\n7\r\n").await;
    for (path, before) in paths.iter().zip(&before) {
        assert_eq!(told(path).await, *before, "{path}: another dataset was published");
    }

    office.uploads("table", "番号,名称\r\n1,見本\r\n2,二つ目\r\n").await.is(201);
    office.submits("table", 2).await.is(200);
    for (path, before) in paths.iter().zip(&before) {
        assert_eq!(told(path).await, *before, "{path}: a draft is nobody's business");
    }
    office.publishes("table", 2).await.is(200);
    for (path, (tag, time)) in paths.iter().zip(&before) {
        let (new_tag, new_time) = told(path).await;
        assert!(new_tag != *tag && new_time != *time, "{path}: {new_tag} {new_time}");
        visitor.clone().knowing(tag).gets(path).await.is(200);
        visitor.clone().sending(IF_MODIFIED_SINCE, time).gets(path).await.is(200);
        visitor.clone().sending(IF_MODIFIED_SINCE, &new_time).gets(path).await.is(304);
        let either = visitor.clone().sending(IF_MODIFIED_SINCE, &new_time).knowing(tag);
        either.gets(path).await.is(200); // the tag decides
    }
    city.close().await;
}

#[tokio::test]
async fn what_is_written_is_read_at_once() {
    let city = City::open().await;
    let visitor = city.visitor();
    let office = city.office("mihon").await;
    office.opens("table", "番号\r\n0\r\n").await;
    for number in 2..6 {
        for path in [api("table"), "/datasets/table".to_owned(), "/feed.atom".to_owned()] {
            visitor.gets(&path).await.is(200);
        }
        let rows = format!("番号\r\n{number}\r\n");
        office.uploads("table", &rows).await.is(201);
        office.submits("table", number).await.is(200);
        office.publishes("table", number).await.is(200);
        assert_eq!(visitor.gets(&api("table")).await.is(200).json()["revision"], number);
        let csv = visitor.gets(&format!("{}/download.csv", api("table"))).await;
        assert_eq!(csv.is(200).text(), rows);
        assert!(visitor.gets("/feed.atom").await.text().contains(&format!("revisions/{number}")));
    }
    office.approver().acts("table", "withdraw", &json!({"reason": "試験"})).await.is(200);
    for path in [api("table"), "/datasets/table".to_owned(), format!("{}/download.csv", api("table"))] {
        visitor.gets(&path).await.is(410);
    }
    city.close().await;
}

#[tokio::test]
async fn what_another_program_changes_is_seen() {
    let desk = Desk::of_a_city();
    let folder = desk.dataset("table", "", "番号\n1\n");
    let city = City::opening().loading(desk.path()).open().await;
    let visitor = city.visitor();
    for number in 2..5 {
        visitor.gets(&api("table")).await.is(200);
        desk.dataset("table", "", format!("番号\n{number}\n"));
        hiyori(&["publish".as_ref(), folder.as_os_str(), "--data".as_ref(), city.data().as_os_str()])
            .exits(0);
        assert_eq!(visitor.gets(&api("table")).await.is(200).json()["revision"], number);
    }
    city.close().await;
}

#[tokio::test]
async fn whoever_shows_a_token_is_never_answered_from_what_is_prepared() {
    let city = City::open().await;
    let office = city.office("mihon").await;
    office.opens("table", "番号\r\n1\r\n").await;
    let path = api("table");
    let open = city.visitor().gets(&path).await;
    let inside = office.editor().gets(&path).await;
    assert!(inside.is(200).json()["version"].is_number(), "{}", inside.text());
    inside.says("cache-control", "private, no-store");
    assert_ne!(inside.tag(), open.tag());
    let again = city.visitor().gets(&path).await;
    assert!(again.is(200).json()["version"].is_null());
    again.says("cache-control", "");
    city.close().await;
}

#[tokio::test]
async fn a_page_on_the_web_may_look_at_the_headers() {
    let city = City::shared().await;
    for path in PREPARED {
        let visitor = city.visitor().sending(ORIGIN, "https://map.example.jp");
        for answer in [visitor.gets(path).await, visitor.gets(path).await] {
            answer.is(200).says("access-control-allow-origin", "*");
            let exposed = answer.header("access-control-expose-headers");
            for name in
                ["etag", "link", "content-location", "content-disposition", "retry-after", "content-range"]
            {
                assert!(
                    exposed.split(", ").any(|told| told == name),
                    "{path}: {name} is not among {exposed}"
                );
            }
        }
    }
    let asked = city
        .visitor()
        .sending(ORIGIN, "https://map.example.jp")
        .sending(HeaderName::from_static("access-control-request-method"), "GET")
        .sending(HeaderName::from_static("access-control-request-headers"), "if-none-match, range")
        .asks(Method::OPTIONS, AED, None)
        .await;
    asked.is(200).says("access-control-allow-origin", "*");
}

#[tokio::test]
async fn an_extension_decides_the_type_whatever_accept_says() {
    let city = City::shared().await;
    for (path, media_type) in [
        ("/datasets/sample-aed.ttl", "text/turtle"),
        ("/datasets/sample-aed.rdf", "application/rdf+xml"),
        ("/datasets/sample-aed.jsonld", "application/ld+json"),
        ("/datasets/sample-aed.json", "application/json"),
        ("/datasets/sample-aed.html", "text/html"),
        ("/catalog.ttl", "text/turtle"),
        ("/api/v1/datasets/sample-aed/download.csv", "text/csv"),
        ("/042021_open_data_list.csv", "text/csv"),
        ("/data.json", "application/json"),
        ("/sitemap.xml", "application/xml"),
        ("/feed.atom", "application/atom+xml"),
        ("/robots.txt", "text/plain"),
    ] {
        for accept in ["*/*", "text/html", "image/png", "application/json, text/turtle;q=0.1"] {
            let answer = city.visitor().taking(accept).gets(path).await;
            assert_eq!(answer.is(200).media_type(), media_type, "{path} for {accept}");
        }
    }
}

#[tokio::test]
async fn accept_decides_and_what_is_prepared_for_one_is_not_given_to_another() {
    let city = City::shared().await;
    for _ in 0..2 {
        for (accept, media_type) in [
            ("text/html", "text/html"),
            ("text/turtle", "text/turtle"),
            ("application/rdf+xml", "application/rdf+xml"),
            ("application/ld+json", "application/ld+json"),
            ("application/json", "application/json"),
            ("text/html;q=0.5, text/turtle", "text/turtle"),
        ] {
            let answer = city.visitor().taking(accept).gets("/datasets/sample-aed").await;
            assert_eq!(answer.is(200).media_type(), media_type, "{accept}");
            assert!(answer.header("vary").contains("accept"), "{}", answer.header("vary"));
        }
    }
}

#[tokio::test]
async fn a_download_is_given_in_part() {
    let city = City::shared().await;
    let path = format!("{AED}/download.csv");
    let whole = city.visitor().gets(&path).await;
    whole.is(200).says("accept-ranges", "bytes");
    let (bytes, length) = (whole.body(), whole.body().len());
    let time = whole.header(LAST_MODIFIED.as_str()).to_owned();
    for (range, part, told) in [
        ("bytes=0-9".to_owned(), &bytes[..10], format!("bytes 0-9/{length}")),
        ("bytes=10-".to_owned(), &bytes[10..], format!("bytes 10-{}/{length}", length - 1)),
        (
            "bytes=-7".to_owned(),
            &bytes[length - 7..],
            format!("bytes {}-{}/{length}", length - 7, length - 1),
        ),
        (format!("bytes=5-{}", length * 2), &bytes[5..], format!("bytes 5-{}/{length}", length - 1)),
    ] {
        // Whatever they take otherwise, a part is one of the plain bytes.
        for visitor in [city.visitor(), taking(&city.visitor(), "gzip, br")] {
            let answer = visitor.sending(RANGE, &range).gets(&path).await;
            answer
                .is(206)
                .says("content-range", &told)
                .says("etag", whole.tag())
                .says("content-encoding", "");
            assert!(answer.body() == part, "{range}");
        }
    }
    let asked = |range: &str| city.visitor().sending(RANGE, range);
    let beyond = asked(&format!("bytes={length}-")).gets(&path).await;
    beyond.problem(416, "no-such-part").says("content-range", &format!("bytes */{length}"));
    for whole_again in ["bytes=0-1,5-9", "rows=1-2", "bytes=9-2"] {
        assert!(asked(whole_again).gets(&path).await.is(200).body() == bytes, "{whole_again}");
    }
    asked("bytes=0-9").sending(IF_RANGE, whole.tag()).gets(&path).await.is(206);
    asked("bytes=0-9").sending(IF_RANGE, &time).gets(&path).await.is(206);
    asked("bytes=0-9").sending(IF_RANGE, "\"another\"").gets(&path).await.is(200);
    asked("bytes=0-9").knowing(whole.tag()).gets(&path).await.is(304);
}

#[tokio::test]
async fn a_large_download_streams_and_is_given_in_part_as_well() {
    let city = City::opening().setting("HIYORI_PREPARED_FILE_BYTES_MAX", "1").open().await;
    for path in [
        format!("{AED}/download.csv"),
        format!("{AED}/download.parquet"),
        format!("{AED}/revisions/1/original"),
    ] {
        let whole = city.visitor().gets(&path).await;
        whole.is(200).says("accept-ranges", "bytes");
        let bytes = whole.body();
        whole.says("content-length", &bytes.len().to_string());
        for _ in 0..2 {
            let part = city.visitor().sending(RANGE, "bytes=100-299").gets(&path).await;
            part.is(206)
                .says("content-range", &format!("bytes 100-299/{}", bytes.len()))
                .says("etag", whole.tag());
            assert!(part.body() == &bytes[100..300], "{path}");
        }
        let beyond = city.visitor().sending(RANGE, "bytes=999999999-").gets(&path).await;
        beyond.problem(416, "no-such-part").says("content-range", &format!("bytes */{}", bytes.len()));
        city.visitor().knowing(whole.tag()).gets(&path).await.is(304);
    }
    city.close().await;
}

#[tokio::test]
async fn links_lead_on() {
    let city = City::shared().await;
    let base = city.address();
    let links = async |path: &str| {
        let answer = city.visitor().gets(path).await;
        let all = answer.is(200).all(LINK.as_str());
        all.join(", ")
    };
    let dataset = links(AED).await;
    for told in [
        format!("<{base}/datasets/sample-aed.jsonld>; rel=\"describedby\""),
        "<https://creativecommons.org/licenses/by/4.0/>; rel=\"license\"".to_owned(),
        format!("<{base}/openapi.json>; rel=\"service-desc\""),
    ] {
        assert!(dataset.contains(&told), "{told} is not in {dataset}");
    }
    let csv = links(&format!("{AED}/download.csv")).await;
    assert!(csv.contains("rel=\"license\"") && csv.contains("rel=\"describedby\""), "{csv}");
    assert!(links("/").await.contains(&format!("<{base}/.well-known/api-catalog>; rel=\"api-catalog\"")));
    assert!(links("/api/v1/datasets?limit=1").await.contains("rel=\"next\""));
}

#[tokio::test]
async fn a_page_of_the_catalog_stays_below_what_harvesters_take_even_if_every_dataset_says_all_it_may() {
    let city = City::open().await;
    let office = city.office("mihon").await;
    let keywords: Vec<String> = (0..50).map(|number| format!("{number:02}{}", "語".repeat(98))).collect();
    let new = json!({
        "slug": "wordy",
        "title": "題".repeat(200),
        "title_en": "t".repeat(200),
        "description": "\"長\"\n".repeat(2_500),
        "keywords": keywords,
        "source": "源".repeat(2_000),
        "schema": null,
    });
    office.editor().tells("/api/v1/datasets", &new).await.is(201);
    office.uploads("wordy", "番号\r\n1\r\n").await.is(201);
    office.submits("wordy", 1).await.is(200);
    office.publishes("wordy", 1).await.is(200);
    for extension in ["ttl", "rdf", "jsonld"] {
        let one = city.visitor().gets(&format!("/datasets/wordy.{extension}")).await;
        let page = 100 * one.is(200).body().len();
        assert!(page < 25_000_000, "{extension}: {page} bytes");
    }
    city.close().await;
}

#[tokio::test]
async fn behind_a_proxy_every_address_begins_with_the_public_one() {
    let opening = City::opening().setting("HIYORI_PUBLIC_URL", "https://data.example.jp/opendata");
    let city = opening.open().await;
    let visitor = city.visitor();
    for path in PREPARED {
        let answer = visitor.gets(path).await;
        let text = String::from_utf8_lossy(answer.is(200).body()).into_owned();
        assert!(!text.contains(city.address()), "{path} names the address listened on");
        for link in answer.all(LINK.as_str()) {
            let is_ours = link.contains("https://data.example.jp/opendata");
            assert!(is_ours || link.contains("rel=\"license\""), "{path}: {link}");
        }
    }
    assert!(
        visitor
            .gets("/robots.txt")
            .await
            .text()
            .contains("Sitemap: https://data.example.jp/opendata/sitemap.xml")
    );
    city.close().await;
}

#[test]
fn a_public_address_that_cannot_be_one_stops_the_start() {
    for bad in
        ["data.example.jp", "ftp://data.example.jp", "https://data.example.jp/?x=1", "https://データ.jp"]
    {
        let mut command = crate::terminal::program();
        command.env("HIYORI_PUBLIC_URL", bad).args(["serve", "--listen", "127.0.0.1:0"]);
        let ran = command.output().unwrap();
        assert!(!ran.status.success(), "{bad}");
        let said = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert!(said.contains("HIYORI_PUBLIC_URL") || said.contains("--public-url"), "{bad}: {said}");
    }
}
