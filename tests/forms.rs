//! Every form of a revision: which there are, what they are packed as, what is waited for, and what was there before.

use std::collections::BTreeSet;
use std::io::Read;

use reqwest::Method;
use serde_json::json;

use crate::city::{City, Visitor};
use crate::ckan::{result, texts};
use crate::desk::Desk;
use crate::harvest::{objects, statements};
use crate::office::api;
use crate::terminal::hiyori;

const DISTRIBUTION: &str = "http://www.w3.org/ns/dcat#distribution";
const TOILETS: &str = "/api/v1/datasets/sample-public-toilets";

fn packed_by(visitor: &Visitor, accepts: &str) -> Visitor {
    visitor.clone().sending(reqwest::header::ACCEPT_ENCODING, accepts)
}

#[tokio::test]
async fn a_dataset_lists_every_form_it_comes_in() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let formats = async |slug: &str| -> Vec<String> {
        let dataset = visitor.gets(&format!("/api/v1/datasets/{slug}")).await.is(200).json();
        let forms = dataset["distributions"].as_array().unwrap();
        forms.iter().map(|form| form["format"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(formats("sample-public-toilets").await, ["csv", "json", "geojson", "parquet", "xlsx"]);
    assert_eq!(formats("municipality-dx-policies").await, ["csv", "json", "parquet", "xlsx"]);
}

#[tokio::test]
async fn other_portals_are_told_of_every_form() {
    let city = City::shared().await;
    let turtle = city.visitor().gets("/datasets/sample-public-toilets.ttl").await;
    for told in ["file-type/PARQUET", "application/vnd.apache.parquet", "file-type/XLSX", "download.xlsx"] {
        assert!(turtle.is(200).text().contains(told), "{told}\n{}", turtle.text());
    }
    for packed in ["gzip", "brotli"] {
        assert!(!turtle.text().to_lowercase().contains(packed), "{packed} is no distribution");
    }
}

#[tokio::test]
async fn parquet_and_excel_are_files_of_their_kind() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let parquet = visitor.gets(&format!("{TOILETS}/download.parquet")).await;
    assert_eq!(parquet.is(200).media_type(), "application/vnd.apache.parquet");
    assert!(parquet.body().starts_with(b"PAR1") && parquet.body().ends_with(b"PAR1"));
    let excel = visitor.gets(&format!("{TOILETS}/download.xlsx")).await;
    assert!(excel.is(200).body().starts_with(b"PK"));
    excel.says("content-disposition", "attachment; filename=\"sample-public-toilets.xlsx\"");
}

#[tokio::test]
async fn what_comes_down_as_excel_goes_up_again_without_a_finding() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let excel = visitor.gets(&format!("{TOILETS}/download.xlsx")).await;
    let path = "/api/v1/validations?schema=hyojun/public_toilet";
    let report = visitor.hands_in(path, "toilets.xlsx", excel.is(200).body()).await.is(200).json();
    assert_eq!((&report["rows"], &report["accepted"]), (&12.into(), &true.into()), "{report:#}");
    assert_eq!(report["counts"]["warning"], 0, "codes keep their zeros: {report:#}");
}

#[tokio::test]
async fn a_text_comes_packed_to_whoever_takes_it_so() {
    let city = City::shared().await;
    let visitor = city.visitor();
    for form in ["csv", "json", "geojson"] {
        let path = format!("{TOILETS}/download.{form}");
        let plain = visitor.gets(&path).await;
        plain.is(200).says("content-encoding", "");
        assert!(plain.header("vary").starts_with("accept-encoding"), "{}", plain.header("vary"));
        for coding in ["gzip", "br"] {
            let packed = packed_by(&visitor, coding).gets(&path).await;
            packed.is(200).says("content-encoding", coding);
            assert!(packed.header("vary").starts_with("accept-encoding"), "{}", packed.header("vary"));
            packed.says("content-length", &packed.body().len().to_string());
            assert_eq!(packed.tag(), format!("{}-{coding}\"", plain.tag().trim_end_matches('"')));
            let mut unpacked = Vec::new();
            if coding == "gzip" {
                flate2::read::GzDecoder::new(packed.body()).read_to_end(&mut unpacked).unwrap();
            } else {
                brotli::BrotliDecompress(&mut packed.body(), &mut unpacked).unwrap();
            }
            assert!(unpacked == plain.body(), "{form} {coding}");
            packed_by(&visitor, coding).knowing(packed.tag()).gets(&path).await.is(304);
        }
        assert_eq!(packed_by(&visitor, "gzip, br").gets(&path).await.header("content-encoding"), "br");
    }
}

#[tokio::test]
async fn what_is_not_kept_packed_comes_plain_and_tells_its_length() {
    let city = City::shared().await;
    let visitor = packed_by(&city.visitor(), "gzip, br");
    for path in ["download.parquet", "download.xlsx", "revisions/1/original"] {
        let answer = visitor.gets(&format!("{TOILETS}/{path}")).await;
        answer.is(200).says("content-encoding", "").tag();
        answer.says("content-length", &answer.body().len().to_string());
    }
}

#[tokio::test]
async fn every_download_is_a_file_that_no_browser_runs() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let paths = ["download.csv", "download.json", "download.geojson", "download.parquet", "download.xlsx"]
        .map(|form| format!("{TOILETS}/revisions/1/{form}"));
    for path in paths.into_iter().chain([format!("{TOILETS}/revisions/1/original")]) {
        for method in [reqwest::Method::GET, reqwest::Method::HEAD] {
            let answer = visitor.asks(method, &path, None).await;
            answer.is(200).says("x-content-type-options", "nosniff").says("content-location", &path).tag();
            answer.says("content-security-policy", "default-src 'none'; sandbox");
            assert!(answer.header("content-disposition").starts_with("attachment;"), "{path}");
            assert_ne!(answer.header("content-length"), "", "{path}");
        }
    }
}

#[tokio::test]
async fn a_form_that_there_will_never_be_is_not_waited_for() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let map = "/api/v1/datasets/municipality-dx-policies/download.geojson";
    visitor.gets(map).await.problem(404, "no-such-format");
    visitor.gets(&format!("{TOILETS}/download.pdf")).await.problem(404, "no-such-format");
}

/// A table of no national schema, with more rows than are made at once.
fn long_table() -> String {
    let rows = (0..20_001).map(|number| format!("見本{number},{number}\r\n"));
    std::iter::once("名称,数\r\n".to_owned()).chain(rows).collect()
}

#[tokio::test]
async fn the_forms_of_a_long_table_follow_its_publication() {
    let desk = Desk::of_a_city();
    let city = City::opening().loading(desk.path()).open().await;
    let visitor = city.visitor();
    let folder = desk.dataset("long", "", long_table());
    let data = city.data().to_owned();
    let publishing = tokio::task::spawn_blocking(move || {
        hiyori(&["publish".as_ref(), folder.as_os_str(), "--data".as_ref(), data.as_os_str()]).exits(0);
    });
    let path = "/api/v1/datasets/long/download.xlsx";
    let mut waited = false;
    loop {
        let answer = visitor.gets(path).await;
        match answer.status() {
            200 => break,
            503 => {
                answer.problem(503, "not-made-yet").says("retry-after", "10");
                visitor.gets("/api/v1/datasets/long/download.csv").await.is(200);
                waited = true;
            }
            _ => drop(answer.problem(404, "no-such-dataset")),
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert!(waited, "20,001 rows are more than a moment's work");
    publishing.await.unwrap();
    city.close().await;
}

#[tokio::test]
async fn a_form_that_arrives_makes_no_tag_stale_that_staff_have_read() {
    let city = City::open().await;
    let office = city.office("mihon").await;
    office.creates("long", "").await.is(201);
    office.uploads("long", &long_table()).await.is(201);
    office.submits("long", 1).await.is(200);
    let read = office.publishes("long", 1).await.is(200).tag().to_owned();
    while city.visitor().gets("/api/v1/datasets/long/download.xlsx").await.status() != 200 {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_ne!(office.approver().tag_of("long").await, read, "the list of its forms has grown");
    let approver = office.approver().having_read(&read);
    approver.does(Method::PATCH, &api("long"), &json!({"title": "【見本】長い表"})).await.is(200);
    approver.does(Method::PATCH, &api("long"), &json!({"title": "【見本】表"})).await.is(412);
    city.close().await;
}

#[tokio::test]
async fn an_earlier_state_is_found_by_its_day_and_by_its_moment() {
    let desk = Desk::of_a_city();
    let folder = desk.dataset("toilets", "", "名称\r\n古い\r\n");
    let city = City::opening().loading(desk.path()).open().await;
    let visitor = city.visitor();
    desk.dataset("toilets", "", "名称\r\n新しい\r\n");
    tokio::time::sleep(std::time::Duration::from_secs(1)).await; // times are told in whole seconds
    hiyori(&["publish".as_ref(), folder.as_os_str(), "--data".as_ref(), city.data().as_os_str()]).exits(0);

    let path = "/api/v1/datasets/toilets";
    let revisions = visitor.gets(&format!("{path}/revisions")).await.is(200).json();
    let moments: Vec<&str> =
        [1, 0].map(|place| revisions["items"][place]["published_at"].as_str().unwrap()).to_vec();
    assert_ne!(moments[0], moments[1], "the second came a second later");
    let first = moments[0].replace('+', "%2B");
    let then = visitor.gets(&format!("{path}/download.csv?as_of={first}")).await;
    then.is(200).says("content-location", &format!("{path}/revisions/1/download.csv"));
    assert_eq!(then.text(), "名称\r\n古い\r\n");
    let now = visitor.gets(&format!("{path}/download.json?as_of=2999-12-31")).await;
    now.is(200).says("content-location", &format!("{path}/revisions/2/download.json"));

    let listed = visitor.gets(&format!("{path}/revisions?as_of={first}")).await.is(200).json();
    assert_eq!((&listed["total"], &listed["items"][0]["number"]), (&1.into(), &1.into()));
    for early in ["download.csv?as_of=2001-01-01", "revisions?as_of=2001-01-01T00:00:00Z"] {
        visitor.gets(&format!("{path}/{early}")).await.problem(404, "nothing-published-then");
    }
    visitor.gets(&format!("{path}/download.csv?as_of=yesterday")).await.problem(400, "bad-parameter");
    visitor
        .gets(&format!("{path}/revisions/1/download.csv?as_of=2001-01-01"))
        .await
        .problem(400, "unknown-parameter");
    city.close().await;
}

#[tokio::test]
async fn the_list_of_open_data_comes_to_rest_with_all_forms_in_it() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let list = visitor.gets("/api/v1/datasets/open-data-list/download.csv").await;
    let lines = list.is(200).text().matches("download.parquet").count();
    assert!(lines > 3, "{lines} datasets list their Parquet");
}

/// The forms that portals are told of: by CKAN's ids, and by the distributions of the catalog's page.
async fn told(visitor: &Visitor) -> (Vec<String>, BTreeSet<String>) {
    let package = result(visitor, "package_show", &[("id", "long")]).await;
    let page = statements(&visitor.gets("/catalog.ttl").await);
    let forms = objects(&page, DISTRIBUTION).filter(|iri| iri.contains("/long/"));
    (texts(&package["resources"], "id"), forms.map(str::to_owned).collect())
}

#[tokio::test]
async fn a_portal_that_looks_while_forms_are_made_finds_those_of_the_revision_before() {
    let city = City::open().await;
    let (office, visitor) = (city.office("mihon").await, city.visitor());
    office.opens("long", "名称,数\r\n見本,1\r\n").await;
    let before = told(&visitor).await;
    assert_eq!((before.0.len(), before.1.len()), (4, 4), "CSV, JSON, Parquet and Excel");

    // The third comes while forms of the second are made.
    for (number, more) in [(2, ""), (3, "見本,0\r\n")] {
        office.uploads("long", &(long_table() + more)).await.is(201);
        office.submits("long", number).await.is(200);
        office.publishes("long", number).await.is(200);
        assert_eq!(told(&visitor).await, before);
    }
    let mut awaited = Vec::new();
    loop {
        let dataset = visitor.gets(&api("long")).await.is(200).json();
        assert_eq!(dataset["revision"], 3);
        let forms =
            [&dataset["distributions"], &dataset["awaited"]].map(|some| some.as_array().map_or(0, Vec::len));
        assert_eq!(forms.iter().sum::<usize>(), 4, "{dataset:#}");
        assert_eq!(told(&visitor).await, before);
        if forms[1] == 0 {
            break;
        }
        awaited.push(dataset["awaited"].clone());
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!(awaited.first(), Some(&json!(["json", "parquet", "xlsx"])));
    city.close().await;
}
