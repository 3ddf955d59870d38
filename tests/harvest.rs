//! A harvester comes by at night: one graph in three syntaxes, whole pages, IRIs that answer.

use std::collections::BTreeSet;
use std::fmt::Write;

use oxjsonld::JsonLdParser;
use oxrdf::{NamedNode, NamedOrBlankNode, Quad, Term, Triple};
use oxrdfxml::RdfXmlParser;
use oxttl::TurtleParser;

use crate::answers::Answer;
use crate::city::{City, Visitor};
use crate::desk::{Desk, slugs};

/// A graph as the set of its statements. That there are no blank nodes makes two of them comparable.
pub type Graph = BTreeSet<String>;

const DCAT: &str = "http://www.w3.org/ns/dcat#";
const HYDRA: &str = "http://www.w3.org/ns/hydra/core#";
/// The ending of addresses and the media type of each syntax.
pub const SYNTAXES: [(&str, &str); 3] =
    [("ttl", "text/turtle"), ("rdf", "application/rdf+xml"), ("jsonld", "application/ld+json")];

/// The statements of an answer in whichever of the three syntaxes it says it is.
#[track_caller]
pub fn statements(answer: &Answer) -> Vec<Triple> {
    let body = answer.is(200).body();
    match answer.media_type() {
        "text/turtle" => TurtleParser::new().for_slice(body).collect::<Result<_, _>>().unwrap(),
        "application/rdf+xml" => RdfXmlParser::new().for_slice(body).collect::<Result<_, _>>().unwrap(),
        "application/ld+json" => {
            let quads: Vec<Quad> = JsonLdParser::new().for_slice(body).collect::<Result<_, _>>().unwrap();
            quads.into_iter().map(Triple::from).collect()
        }
        other => panic!("`{other}` is no syntax of linked data"),
    }
}

/// The statements of an answer as a set.
#[track_caller]
pub fn graph(answer: &Answer) -> Graph {
    statements(answer).iter().map(ToString::to_string).collect()
}

/// The things that `predicate` names in `triples`.
pub fn objects<'a>(triples: &'a [Triple], predicate: &'a str) -> impl Iterator<Item = &'a str> {
    triples.iter().filter(move |triple| triple.predicate.as_str() == predicate).filter_map(|triple| {
        match &triple.object {
            Term::NamedNode(node) => Some(node.as_str()),
            Term::Literal(literal) => Some(literal.value()),
            _ => None,
        }
    })
}

/// The IRIs of the city's own that `triples` speak of, without their fragments.
pub fn ours(city: &City, triples: &[Triple]) -> BTreeSet<String> {
    let mut ours = BTreeSet::new();
    let mut note = |node: &NamedNode| {
        if node.as_str().starts_with(city.address()) {
            ours.insert(node.as_str().split('#').next().unwrap_or_default().to_owned());
        }
    };
    for triple in triples {
        if let NamedOrBlankNode::NamedNode(node) = &triple.subject {
            note(node);
        }
        if let Term::NamedNode(node) = &triple.object {
            note(node);
        }
    }
    ours
}

/// The datasets of all pages from `path` on, one by one as `hydra:next` leads.
async fn harvest(visitor: &Visitor, path: &str) -> (Vec<String>, u32) {
    let mut datasets = Vec::new();
    let mut pages = 0;
    let mut next = Some(path.to_owned());
    while let Some(address) = next {
        let triples = statements(&visitor.gets(&address).await);
        datasets.extend(objects(&triples, &format!("{DCAT}dataset")).map(str::to_owned));
        next = objects(&triples, &format!("{HYDRA}next")).next().map(str::to_owned);
        pages += 1;
        assert!(pages < 1_000, "{path} has no end");
    }
    (datasets, pages)
}

#[tokio::test]
async fn the_three_syntaxes_of_the_catalog_say_the_same() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let turtle = graph(&visitor.gets("/catalog.ttl").await);
    assert!(turtle.len() > 100, "{} statements", turtle.len());
    for (extension, media_type) in SYNTAXES {
        let answer = visitor.gets(&format!("/catalog.{extension}")).await;
        assert_eq!(answer.is(200).media_type(), media_type);
        assert_eq!(graph(&answer), turtle, "{extension}");
    }
}

#[tokio::test]
async fn the_three_syntaxes_of_every_dataset_say_the_same() {
    let city = City::shared().await;
    let visitor = city.visitor();
    for slug in slugs() {
        let turtle = graph(&visitor.gets(&format!("/datasets/{slug}.ttl")).await);
        for (extension, _) in SYNTAXES {
            let other = graph(&visitor.gets(&format!("/datasets/{slug}.{extension}")).await);
            assert_eq!(other, turtle, "{slug}.{extension}");
        }
    }
}

#[tokio::test]
async fn nothing_is_described_without_a_name_of_its_own() {
    let city = City::shared().await;
    for triple in statements(&city.visitor().gets("/catalog.ttl").await) {
        let named = matches!(triple.subject, NamedOrBlankNode::NamedNode(_))
            && !matches!(triple.object, Term::BlankNode(_));
        assert!(named, "{triple}");
    }
}

#[tokio::test]
async fn the_catalog_holds_every_published_dataset() {
    let city = City::shared().await;
    for (extension, _) in SYNTAXES {
        let (mut datasets, _) = harvest(&city.visitor(), &format!("/catalog.{extension}")).await;
        datasets.sort();
        let published: Vec<_> =
            slugs().iter().map(|slug| format!("{}/datasets/{slug}", city.address())).collect();
        assert_eq!(datasets, published, "{extension}");
    }
}

#[tokio::test]
async fn more_than_a_hundred_datasets_come_on_pages_that_together_hold_each_once() {
    let desk = Desk::of_a_city();
    let mut published = Vec::new();
    for number in 0..101 {
        let slug = format!("table-{number:03}");
        desk.dataset(&slug, "", format!("番号,名称\r\n{number},見本\r\n"));
        published.push(slug);
    }
    let city = City::opening().loading(desk.path()).open().await;
    let visitor = city.visitor();
    let (mut datasets, pages) = harvest(&visitor, "/catalog.ttl").await;
    assert_eq!(pages, 2);
    datasets.sort();
    let published: Vec<_> =
        published.iter().map(|slug| format!("{}/datasets/{slug}", city.address())).collect();
    assert_eq!(datasets, published);
    let total = visitor.gets("/api/v1/datasets?limit=1").await.is(200).json()["total"].clone();
    assert_eq!(total, 101, "the list and the catalog agree");
    city.close().await;
}

#[tokio::test]
async fn accept_decides_the_form_of_a_dataset() {
    let city = City::shared().await;
    for (accept, media_type) in [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("*/*", "text/html"),
        ("application/json", "application/json"),
        ("text/turtle", "text/turtle"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/ld+json", "application/ld+json"),
        ("text/turtle;q=0.5, application/ld+json", "application/ld+json"),
        ("image/png, text/turtle;q=0.1", "text/turtle"),
        ("text/html;q=0, text/turtle", "text/turtle"),
    ] {
        let answer = city.visitor().taking(accept).gets("/datasets/sample-aed").await;
        assert_eq!(answer.is(200).media_type(), media_type, "Accept: {accept}");
        assert!(answer.header("vary").to_ascii_lowercase().contains("accept"), "Accept: {accept}");
    }
}

#[tokio::test]
async fn accept_decides_the_form_of_the_catalog() {
    let city = City::shared().await;
    for (extension, media_type) in SYNTAXES {
        let chosen = city.visitor().taking(media_type).gets("/catalog").await;
        assert_eq!(chosen.is(200).media_type(), media_type);
        let named = city.visitor().gets(&format!("/catalog.{extension}")).await;
        assert_eq!(chosen.body(), named.body(), "{extension}");
    }
}

#[tokio::test]
async fn the_ending_of_an_address_wins_over_accept() {
    let city = City::shared().await;
    for (extension, media_type) in SYNTAXES {
        let answer =
            city.visitor().taking("text/html").gets(&format!("/datasets/sample-aed.{extension}")).await;
        assert_eq!(answer.is(200).media_type(), media_type, "{extension}");
    }
}

#[tokio::test]
async fn a_form_that_there_is_not_is_refused() {
    let city = City::shared().await;
    for path in ["/datasets/sample-aed", "/catalog"] {
        city.visitor().taking("image/png").gets(path).await.problem(406, "not-acceptable");
    }
    city.visitor().taking("text/turtle").gets("/datasets/no-such").await.problem(404, "no-such-dataset");
}

#[tokio::test]
async fn the_json_of_a_datasets_iri_is_that_of_the_api() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let api = visitor.gets("/api/v1/datasets/sample-aed").await;
    let chosen = visitor.clone().taking("application/json").gets("/datasets/sample-aed").await;
    let named = visitor.gets("/datasets/sample-aed.json").await;
    assert_eq!(chosen.is(200).json(), api.is(200).json());
    assert_eq!(named.is(200).json(), api.json());
}

#[tokio::test]
async fn every_iri_of_ours_that_the_catalog_speaks_of_answers() {
    let city = City::shared().await;
    let visitor = city.visitor();
    let triples = statements(&visitor.gets("/catalog.ttl").await);
    let ours = ours(&city, &triples);
    assert!(ours.len() > slugs().len(), "{ours:#?}");
    let mut silent = String::new();
    for iri in ours {
        let status = visitor.gets(&iri).await.status();
        if !matches!(status, 200 | 303) {
            writeln!(silent, "{status} {iri}").unwrap();
        }
    }
    assert_eq!(silent, "");
}

#[tokio::test]
async fn the_same_catalog_is_the_same_bytes_under_the_same_tag() {
    let city = City::shared().await;
    let visitor = city.visitor();
    for (extension, _) in SYNTAXES {
        let path = format!("/catalog.{extension}");
        let (first, second) = (visitor.gets(&path).await, visitor.gets(&path).await);
        assert_eq!(first.is(200).body(), second.is(200).body(), "{path}");
        visitor.clone().knowing(first.tag()).gets(&path).await.is(304);
    }
}

#[tokio::test]
async fn iris_stand_on_the_address_that_the_world_sees() {
    let city = City::opening().setting("HIYORI_PUBLIC_URL", "https://data.example.jp").open().await;
    let triples = statements(&city.visitor().gets("/catalog.ttl").await);
    let datasets: Vec<_> = objects(&triples, "http://www.w3.org/ns/dcat#dataset").collect();
    assert!(!datasets.is_empty());
    for dataset in datasets {
        assert!(dataset.starts_with("https://data.example.jp/datasets/"), "{dataset}");
    }
    city.close().await;
}

#[tokio::test]
async fn so_they_do_under_a_path_of_that_address() {
    let world = "https://data.example.jp/opendata";
    let city = City::opening().setting("HIYORI_PUBLIC_URL", world).open().await;
    let visitor = city.visitor();
    for path in [
        "/catalog.ttl",
        "/datasets/sample-aed.rdf",
        "/plan.jsonld",
        "/feed.atom",
        "/sitemap.xml",
        "/robots.txt",
        "/data.json",
        "/.well-known/api-catalog",
        "/042021_open_data_list.csv",
        "/api/3/action/package_show?id=sample-aed",
    ] {
        let answer = visitor.gets(path).await;
        let text = answer.is(200).text();
        assert!(text.contains(world) && !text.contains(city.address()), "{path}");
        let elsewhere =
            text.match_indices("https://data.example.jp").find(|(at, _)| !text[*at..].starts_with(world));
        assert_eq!(elsewhere, None, "{path}");
    }
    for place in ["download.csv", "records?limit=1", "revisions/1/original"] {
        let answer = visitor.gets(&format!("/api/v1/datasets/sample-aed/{place}")).await;
        let location = answer.is(200).header("content-location");
        assert!(location.starts_with("/opendata/api/v1/datasets/sample-aed/revisions/1/"), "{location}");
    }
    city.close().await;
}
