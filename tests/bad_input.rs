//! Somebody hands in what is no table, or too much of one: a clear report or a problem, and bounded memory.

use std::io::{Read, repeat};

use futures_util::stream;
use reqwest::Body;
use serde_json::Value;

use crate::answers::Answer;
use crate::city::{City, LONG_BYTES};
use crate::desk::Desk;
use crate::terminal::{Ran, hiyori, hiyori_reading};

const PATH: &str = "/api/v1/validations";
const MEGABYTE: usize = 1 << 20;

/// The report has an error `code` and is not accepted.
#[track_caller]
fn refuses(report: &Value, code: &str) {
    assert_eq!(report["accepted"], false, "{report:#}");
    let found = report["findings"].as_array().unwrap().iter().find(|finding| finding["code"] == code);
    let finding = found.unwrap_or_else(|| panic!("no {code} in {report:#}"));
    assert_eq!(finding["severity"], "error", "{finding:#}");
    assert!(
        !finding["message"].as_str().unwrap().is_empty() && !finding["hint"].as_str().unwrap().is_empty()
    );
}

/// `bytes` are judged the same over HTTP and in a terminal: refused by `code`.
async fn is_refused(bytes: &[u8], code: &str) {
    let city = City::shared().await;
    refuses(&city.visitor().posts(PATH, bytes.to_vec()).await.is(200).json(), code);
    let desk = Desk::new();
    refuses(&typed(&desk.file("file", bytes)).json(), code);
}

#[track_caller]
fn typed(file: &std::path::Path) -> Ran {
    let ran = hiyori(&["validate", "--format", "json", file.to_str().unwrap()]);
    ran.exits(1);
    ran
}

/// `text` over and over, some [`LONG_BYTES`] in all, as it would come over a slow line.
fn endless(text: &str) -> Body {
    let block = bytes::Bytes::from(text.repeat(MEGABYTE / text.len()));
    let blocks = (0..LONG_BYTES / MEGABYTE).map(move |_| Ok::<_, std::io::Error>(block.clone()));
    Body::wrap_stream(stream::iter(blocks))
}

/// A city that takes files of up to `bytes_max` bytes.
async fn city_taking(bytes_max: usize) -> City {
    City::opening().setting("HIYORI_UPLOAD_BYTES_MAX", bytes_max.to_string()).open().await
}

#[tokio::test]
async fn a_photograph_is_no_table() {
    is_refused(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0", "not-a-table").await;
    is_refused(b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0", "not-a-table").await;
}

#[tokio::test]
async fn a_paper_is_no_table() {
    is_refused(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj\n", "not-a-table").await;
}

#[tokio::test]
async fn an_empty_file_is_said_to_be_empty() {
    let desk = Desk::new();
    refuses(&typed(&desk.file("empty.csv", b"")).json(), "empty-file");
    is_refused(b"\r\n \r\n", "empty-file").await;
}

#[tokio::test]
async fn a_request_without_a_file_is_told_how_to_send_one() {
    let city = City::shared().await;
    city.visitor().posts(PATH, "").await.problem(400, "no-file");
    let form = reqwest::multipart::Form::new().text("name", "value");
    let request = reqwest::Client::new().post(format!("{}{PATH}", city.address())).multipart(form);
    Answer::of("POST a form without a file".to_owned(), request.send().await.unwrap())
        .await
        .problem(400, "no-file");
}

#[tokio::test]
async fn an_unterminated_quote_is_found_where_it_opens() {
    let city = City::shared().await;
    let answer = city.visitor().posts(PATH, "番号,名称\r\n1,\"開いたまま\r\n2,次の行\r\n").await;
    let report = answer.is(200).json();
    refuses(&report, "unterminated-quote");
    let finding =
        report["findings"].as_array().unwrap().iter().find(|it| it["code"] == "unterminated-quote").unwrap();
    assert_eq!((&finding["row"], &finding["column_letter"]), (&2.into(), &"B".into()), "{finding:#}");
}

#[tokio::test]
async fn bytes_that_no_encoding_reads_are_found_in_their_cell() {
    let city = City::shared().await;
    let mut bytes = "番号,名称\r\n1,良い\r\n2,".as_bytes().to_vec();
    bytes.extend(b"\xE3\x81\r\n");
    let report = city.visitor().posts(PATH, bytes).await.is(200).json();
    refuses(&report, "undecodable");
    let finding =
        report["findings"].as_array().unwrap().iter().find(|it| it["code"] == "undecodable").unwrap();
    assert_eq!((&finding["row"], &finding["column_letter"]), (&3.into(), &"B".into()), "{finding:#}");
}

#[tokio::test]
async fn control_characters_and_turned_text_are_found_in_their_cell() {
    let city = City::shared().await;
    for (cell, code) in [
        ("\0", "control-character"),
        ("\u{1B}[2J", "control-character"),
        ("\u{202E}txt.exe", "bidi-control"),
        ("石\u{FFFD}市", "replacement-character"),
        ("\u{E000}橋", "private-use-character"),
    ] {
        let report = city.visitor().posts(PATH, format!("番号,名称\n1,{cell}\n")).await.is(200).json();
        refuses(&report, code);
    }
}

#[tokio::test]
async fn a_header_of_a_hundred_thousand_columns_is_too_many() {
    let header: Vec<_> = (0..100_000).map(|number| format!("c{number}")).collect();
    is_refused(format!("{}\n1\n", header.join(",")).as_bytes(), "too-many-columns").await;
}

#[tokio::test]
async fn a_line_of_200_mb_is_cut_off_by_the_server() {
    let city = city_taking(LONG_BYTES - MEGABYTE).await;
    let before = city.memory_bytes_max();
    city.visitor().posts(PATH, endless("あ")).await.problem(413, "too-large");
    city.has_held_little_more_than(before);
    city.close().await;
}

#[tokio::test]
async fn a_line_of_200_mb_gets_a_report_in_bounded_memory() {
    let city = city_taking(LONG_BYTES).await;
    let before = city.memory_bytes_max();
    let report = city.visitor().posts(PATH, endless("a")).await.is(200).json();
    refuses(&report, "cell-too-long");
    assert_eq!(report["file"]["bytes"], LONG_BYTES);
    city.has_held_little_more_than(before);
    city.close().await;
}

#[test]
fn a_line_of_200_mb_gets_a_report_in_a_terminal() {
    let line = "番号,名称\n1,".as_bytes().chain(repeat(b'a').take(LONG_BYTES as u64));
    let ran = hiyori_reading(line, &["validate", "--format", "json", "-"]);
    ran.exits(1);
    refuses(&ran.json(), "cell-too-long");
    assert!(ran.stdout.len() < MEGABYTE, "a report stays under 1 MB");
}

#[tokio::test]
async fn a_report_on_a_file_with_a_fault_in_every_cell_stays_under_1_mb_and_counts_them_all() {
    let city = City::shared().await;
    let rows: String = (0..5_000).map(|number| format!("{number},\u{202E}\u{202E}\u{202E},\0\n")).collect();
    let answer = city.visitor().posts(PATH, format!("番号,名称,備考\n{rows}")).await;
    let report = answer.is(200).json();
    assert!(answer.body().len() < MEGABYTE, "{} bytes", answer.body().len());
    assert_eq!(report["truncated"], true);
    assert_eq!(report["counts"]["error"], 10_000);
    assert!(report["findings"].as_array().unwrap().len() <= 1_000);
}

#[tokio::test]
async fn a_file_over_the_limit_that_is_set_is_told_the_limit() {
    let city = city_taking(1_000).await;
    let visitor = city.visitor();
    visitor.posts(PATH, "a".repeat(1_000)).await.is(200);
    let problem = visitor.posts(PATH, "a".repeat(1_001)).await.problem(413, "too-large").json();
    assert_eq!(problem["bytes_max"], 1_000);
    visitor.hands_in(PATH, "file.csv", "a".repeat(1_001)).await.problem(413, "too-large");
    city.close().await;
}

#[tokio::test]
async fn a_broken_form_is_a_bad_request() {
    let city = City::shared().await;
    let visitor = city.visitor().sending(reqwest::header::CONTENT_TYPE, "multipart/form-data; boundary=x");
    let answer = visitor.posts(PATH, "--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n1,2").await;
    assert!((400..500).contains(&answer.status()), "{}", answer.status());
    assert_eq!(answer.media_type(), "application/problem+json");
}
