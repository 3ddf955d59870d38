//! Every thing that has an IRI answers at it: one graph in three syntaxes, by `Accept` and by the ending of the address.

use std::collections::BTreeSet;
use std::fs;

use serde_json::json;

use crate::city::{City, Visitor};
use crate::desk::Desk;
use crate::harvest::{SYNTAXES, graph, objects, ours, statements};
use crate::office::api;

const DCAT: &str = "http://www.w3.org/ns/dcat#";
const DCT: &str = "http://purl.org/dc/terms/";

/// All of `path`'s forms say the same: by ending, by `Accept`, and whatever `Accept` says beside an ending.
async fn says_the_same_in_every_form(visitor: &Visitor, path: &str) {
    let turtle = graph(&visitor.gets(&format!("{path}.ttl")).await);
    assert!(!turtle.is_empty(), "{path} says nothing");
    for (extension, media_type) in SYNTAXES {
        let named = visitor.clone().taking("text/html").gets(&format!("{path}.{extension}")).await;
        assert_eq!(named.is(200).media_type(), media_type, "{path}.{extension}");
        assert_eq!(graph(&named), turtle, "{path}.{extension}");
        let chosen = visitor.clone().taking(media_type).gets(path).await;
        assert_eq!(chosen.is(200).media_type(), media_type, "{path} as {media_type}");
        assert!(chosen.header("vary").to_ascii_lowercase().contains("accept"), "{path}");
        assert_eq!(chosen.body(), named.body(), "{path} as {media_type}");
        visitor.clone().taking(media_type).knowing(chosen.tag()).gets(path).await.is(304);
    }
    for (extension, accept) in [("html", "text/html"), ("json", "application/json")] {
        let named = visitor.gets(&format!("{path}.{extension}")).await;
        let chosen = visitor.clone().taking(accept).gets(path).await;
        assert!(matches!(named.status(), 200 | 303), "{path}.{extension}: {}", named.status());
        assert_eq!((named.status(), named.body()), (chosen.status(), chosen.body()), "{path}.{extension}");
        assert_eq!(named.header("location"), chosen.header("location"), "{path}.{extension}");
    }
    visitor.clone().taking("image/png").gets(path).await.problem(406, "not-acceptable");
    visitor.gets(&format!("{path}.xml")).await.problem(404, "no-such-page");
}

#[tokio::test]
async fn every_kind_of_thing_says_the_same_in_every_form() {
    let city = City::shared().await;
    let visitor = city.visitor();
    for path in [
        "/datasets/sample-aed",
        "/datasets/sample-aed/revisions/1",
        "/distributions/sample-aed/csv",
        "/distributions/sample-aed/geojson",
        "/distributions/sample-aed/1/csv",
        "/departments/dx",
        "/departments/mihon",
        "/schemas/hyojun/aed",
        "/schemas/suisho/aed",
        "/plan",
        "/plan/initiatives/A-5",
        "/vocabulary",
    ] {
        says_the_same_in_every_form(&visitor, path).await;
    }
}

#[tokio::test]
async fn every_initiative_and_every_schema_is_told_in_linked_data() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let initiatives = visitor.gets("/api/v1/plan/initiatives").await.is(200).each("code");
    let schemas = visitor.gets("/api/v1/schemas").await.is(200).each("id");
    let paths = initiatives.iter().map(|code| format!("/plan/initiatives/{code}"));
    for path in paths.chain(schemas.iter().map(|id| format!("/schemas/{id}"))) {
        let turtle = graph(&visitor.gets(&format!("{path}.ttl")).await);
        for (extension, _) in SYNTAXES {
            assert_eq!(graph(&visitor.gets(&format!("{path}.{extension}")).await), turtle, "{path}");
        }
    }
}

#[tokio::test]
async fn a_browser_is_led_from_a_form_to_its_page() {
    let city = City::shared().await;
    let browser = city.visitor().taking("text/html,*/*;q=0.8");
    for (path, page) in [
        ("/distributions/sample-aed/csv", "/datasets/sample-aed"),
        ("/distributions/sample-aed/1/csv", "/datasets/sample-aed/revisions/1"),
        ("/catalog", "/datasets"),
    ] {
        let led = browser.gets(path).await;
        assert_eq!(led.is(303).header("location"), format!("{}{page}", city.address()));
        browser.gets(page).await.is(200);
    }
    assert!(browser.gets("/datasets/sample-aed/revisions/1").await.text().contains("第1版"));
    assert!(browser.gets("/vocabulary").await.text().contains("機械可読性レベル1"));
}

#[tokio::test]
async fn the_catalog_too_has_a_page_and_a_json_by_ending() {
    let city = City::shared().await;
    for (ending, place) in [("html", "/datasets"), ("json", "/api/v1/datasets")] {
        let led = city.visitor().gets(&format!("/catalog.{ending}")).await;
        assert_eq!(led.is(303).header("location"), format!("{}{place}", city.address()));
    }
}

#[tokio::test]
async fn the_municipality_answers_at_its_iri() {
    let city = City::shared().await;
    let triples = statements(&city.visitor().taking("text/turtle").gets("/#city").await);
    let publisher = format!("<{}/#city>", city.address());
    assert!(triples.iter().any(|triple| triple.subject.to_string() == publisher));
    assert_eq!(city.visitor().gets("/").await.is(200).media_type(), "text/html");
    assert_eq!(city.visitor().taking("application/json").gets("/").await.is(200).media_type(), "text/html");
}

#[tokio::test]
async fn every_iri_of_ours_that_a_thing_speaks_of_answers() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let mut iris = BTreeSet::new();
    for path in [
        "/datasets/sample-aed.ttl",
        "/datasets/municipality-dx-policies.ttl",
        "/datasets/sample-aed/revisions/1.ttl",
        "/distributions/sample-aed/1/csv.ttl",
        "/plan.ttl",
        "/plan/initiatives/A-5.ttl",
        "/vocabulary.ttl",
    ] {
        iris.extend(ours(&city, &statements(&visitor.gets(path).await)));
    }
    for iri in iris {
        let status = visitor.gets(&iri).await.status();
        assert!(matches!(status, 200 | 303), "{status} {iri}");
    }
}

#[tokio::test]
async fn each_api_is_a_service_that_answers_and_keeps_to_what_it_names() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let catalog = statements(&visitor.gets("/catalog.ttl").await);
    let offered = format!("{DCAT}service");
    let services: Vec<_> = objects(&catalog, &offered).collect();
    assert_eq!(services, ["api", "ckan", "ogc"].map(|name| format!("{}/docs/#{name}", city.address())));
    for service in services {
        let told: Vec<_> = catalog
            .iter()
            .filter(|triple| triple.subject.to_string() == format!("<{service}>"))
            .cloned()
            .collect();
        for property in ["endpointURL", "endpointDescription"] {
            let property = format!("{DCAT}{property}");
            let address = objects(&told, &property).next().unwrap();
            let status = visitor.gets(address).await.status();
            assert!(matches!(status, 200 | 303), "{status} {address}");
        }
        assert_eq!(objects(&told, &format!("{DCAT}servesDataset")).count(), 1, "{service}");
    }
    let ogc = format!("<{}/docs/#ogc>", city.address());
    let classes = visitor.gets("/ogc/conformance?f=json").await.is(200).json()["conformsTo"].clone();
    for triple in catalog.iter().filter(|triple| triple.subject.to_string() == ogc) {
        let standards = objects(std::slice::from_ref(triple), "http://purl.org/dc/terms/conformsTo");
        for standard in standards {
            assert!(classes.as_array().unwrap().iter().any(|class| class == standard), "{standard}");
        }
    }
    let calls = visitor.gets("/api/3/action").await;
    assert!(calls.is(200).json()["result"].as_array().unwrap().iter().any(|call| call == "package_search"));
}

#[tokio::test]
async fn words_that_are_hard_to_write_arrive_whole_in_every_syntax() {
    let city = City::open().await;
    let office = city.office("mihon").await;
    let titles = [
        "</script> ]]> <!-- & \"引用\" 'x'",
        "\"\"\"\\\" {} <> ^`|",
        "右\u{200f}左\u{5d0}\u{5d1}",
        "一行目\n二行目\t三",
        "😀 ｶﾅ ①㈱ 髙",
        "=cmd|calc!A1",
    ];
    for (number, title) in titles.into_iter().enumerate() {
        let slug = format!("hard-{number}");
        let new = json!({"slug": slug, "title": title, "description": title, "schema": null});
        office.editor().tells("/api/v1/datasets", &new).await.is(201);
        office.uploads(&slug, "番号\r\n1\r\n").await.is(201);
        office.submits(&slug, 1).await.is(200);
        office.publishes(&slug, 1).await.is(200);
        for (extension, _) in SYNTAXES {
            let told = statements(&city.visitor().gets(&format!("/datasets/{slug}.{extension}")).await);
            let dataset = format!("<{}/datasets/{slug}>", city.address());
            let own: Vec<_> =
                told.into_iter().filter(|triple| triple.subject.to_string() == dataset).collect();
            assert_eq!(objects(&own, &format!("{DCT}title")).collect::<Vec<_>>(), [title], "{extension}");
        }
    }
    says_the_same_in_every_form(&city.visitor(), "/datasets/hard-0").await;
    for odd in ["右\u{202e}左", "\u{fffd}", "\u{e000}"] {
        let new = json!({"slug": "odd", "title": odd, "description": "見本", "schema": null});
        office.editor().tells("/api/v1/datasets", &new).await.problem(422, "bad-value");
    }
    city.close().await;
}

#[tokio::test]
async fn revisions_tell_which_came_before_and_stay_as_they_are() {
    let city = City::open().await;
    let office = city.office("mihon").await;
    office.opens("counts", "名称,数\r\n見本,1\r\n").await;
    let visitor = city.visitor();
    let at = |number: u32| format!("{}/datasets/counts/revisions/{number}", city.address());
    let frozen = visitor.gets("/distributions/counts/1/csv.ttl").await;
    office.uploads("counts", "名称,数\r\n見本,2\r\n").await.is(201);
    visitor.gets("/datasets/counts/revisions/2.ttl").await.problem(404, "no-such-revision");
    office.submits("counts", 2).await.is(200);
    office.publishes("counts", 2).await.is(200);

    let dataset = statements(&visitor.gets("/datasets/counts.ttl").await);
    let says = |property: &str, value: String| {
        let property = format!("{DCAT}{property}");
        assert!(objects(&dataset, &property).any(|object| object == value), "{property} {value}");
    };
    says("hasCurrentVersion", at(2));
    says("hasVersion", at(1));
    says("previousVersion", at(1));
    says("version", "2".to_owned());
    let second = statements(&visitor.gets("/datasets/counts/revisions/2.ttl").await);
    assert_eq!(objects(&second, &format!("{DCAT}previousVersion")).collect::<Vec<_>>(), [at(1)]);

    // What changes of a frozen form is that it is no longer the latest; its bytes and their digest are the same.
    let later = visitor.gets("/distributions/counts/1/csv.ttl").await;
    let digest = |answer: &crate::answers::Answer| {
        let triples = statements(answer);
        let digests = objects(&triples, "http://spdx.org/rdf/terms#checksumValue");
        digests.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(digest(&later), digest(&frozen));
    assert_ne!(digest(&later), digest(&visitor.gets("/distributions/counts/csv.ttl").await));
    visitor.gets("/datasets/counts/revisions/3").await.problem(404, "no-such-revision");
    visitor.gets("/datasets/counts/revisions/0.ttl").await.problem(404, "no-such-revision");
    visitor.gets("/distributions/counts/9/csv.ttl").await.problem(404, "no-such-revision");
    visitor.gets("/distributions/counts/1/pdf.ttl").await.problem(404, "no-such-format");
    city.close().await;
}

#[tokio::test]
async fn whatever_is_of_a_withdrawn_dataset_is_gone() {
    let city = City::open().await;
    let office = city.office("mihon").await;
    office.opens("counts", "名称,数\r\n見本,1\r\n").await;
    let visitor = city.visitor();
    let listed =
        |triples: &[oxrdf::Triple]| triples.iter().any(|triple| triple.to_string().contains("/counts"));
    assert!(listed(&statements(&visitor.gets("/catalog.ttl").await)));
    office.approver().acts("counts", "withdraw", &json!({"reason": "試験のため"})).await.is(200);
    for thing in [
        "/datasets/counts",
        "/datasets/counts/revisions/1",
        "/distributions/counts/csv",
        "/distributions/counts/1/csv",
    ] {
        for ending in ["", ".ttl", ".rdf", ".jsonld", ".html", ".json"] {
            visitor.gets(&format!("{thing}{ending}")).await.problem(410, "withdrawn");
        }
    }
    assert!(!listed(&statements(&visitor.gets("/catalog.ttl").await)));
    city.close().await;
}

/// A city whose plan has an item that goes by the dataset `counts`.
async fn city_with_evidence() -> City {
    let desk = Desk::of_a_city();
    let pillars = desk.path().join("plan/pillars.toml");
    let item = "\n[[item]]\ncode = \"A-5-1\"\ntitle = \"【見本】取組\"\nlead = \"mihon\"\noverview = \"【見本】概要\"\n\
                ebpm = { dataset = \"counts\", note = \"【見本】根拠\" }\n";
    fs::write(&pillars, fs::read_to_string(&pillars).unwrap() + item).unwrap();
    City::opening().loading(desk.path()).open().await
}

#[tokio::test]
async fn an_initiative_stands_beside_the_data_that_is_its_evidence_once_that_is_public() {
    let city = city_with_evidence().await;
    let visitor = city.visitor();
    let names_it = |triples: &[oxrdf::Triple]| {
        triples.iter().any(|triple| triple.to_string().contains("/datasets/counts"))
    };
    let office = city.office("mihon").await;
    office.creates("counts", "").await.is(201);
    for path in ["/plan.ttl", "/plan/initiatives/A-5-1.ttl"] {
        assert!(!names_it(&statements(&visitor.gets(path).await)), "{path} names a draft");
    }
    office.uploads("counts", "名称,数\r\n見本,1\r\n").await.is(201);
    office.submits("counts", 1).await.is(200);
    office.publishes("counts", 1).await.is(200);

    let dataset = format!("{}/datasets/counts", city.address());
    let initiative = format!("{}/plan/initiatives/A-5-1", city.address());
    let triples = statements(&visitor.gets("/plan/initiatives/A-5-1.ttl").await);
    assert!(objects(&triples, &format!("{DCT}relation")).any(|object| object == dataset));
    assert!(
        objects(&triples, &format!("{DCAT}distribution")).next().is_some(),
        "the dataset is told beside it"
    );
    let role = format!("{}/vocabulary#evidence", city.address());
    assert!(objects(&triples, &format!("{DCAT}hadRole")).any(|object| object == role));
    let triples = statements(&visitor.gets("/datasets/counts.ttl").await);
    let citing = format!("{DCT}isReferencedBy");
    assert_eq!(objects(&triples, &citing).collect::<Vec<_>>(), [initiative]);
    assert!(names_it(&statements(&visitor.gets("/plan.ttl").await)));
    says_the_same_in_every_form(&visitor, "/plan/initiatives/A-5-1").await;

    office.approver().acts("counts", "withdraw", &json!({"reason": "試験のため"})).await.is(200);
    for path in ["/plan.ttl", "/plan/initiatives/A-5-1.ttl"] {
        assert!(!names_it(&statements(&visitor.gets(path).await)), "{path} names what was withdrawn");
    }
    visitor.gets(&api("counts")).await.is(410);
    city.close().await;
}
