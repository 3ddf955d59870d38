//! A harvester walks a large catalog while people publish and withdraw: none lost, none twice.
//!
//! `HIYORI_DATASETS` says how many datasets there are; 250 unless it does.

use std::collections::BTreeSet;
use std::fmt::Write;

use serde_json::json;

use crate::city::{City, Visitor};
use crate::desk::Desk;
use crate::harvest::{SYNTAXES, graph, objects, statements};

const DCAT: &str = "http://www.w3.org/ns/dcat#";
const HYDRA: &str = "http://www.w3.org/ns/hydra/core#";
/// The largest page that harvesters take is 50 MB; ours stay far below it.
const PAGE_BYTES_MAX: usize = 10_000_000;

fn how_many() -> usize {
    std::env::var("HIYORI_DATASETS").ok().and_then(|number| number.parse().ok()).unwrap_or(250)
}

fn slug(number: usize) -> String {
    format!("table-{number:05}")
}

/// A city with so many generated datasets, whose words are as people write them.
async fn city_with(datasets: usize) -> City {
    let desk = Desk::of_a_city();
    for number in 0..datasets {
        let mut csv = "番号,名称\r\n".to_owned();
        write!(csv, "{number},\"【見本】<{number}> & \"\"引用\"\"\"\r\n").unwrap();
        desk.dataset(&slug(number), "", csv);
    }
    City::opening().loading(desk.path()).open().await
}

/// One page of a walk.
struct Page {
    datasets: Vec<String>,
    next: Option<String>,
}

/// The page at `address`: complete in itself, the same in every syntax but for the links to other pages.
async fn page(visitor: &Visitor, address: &str) -> Page {
    let answer = visitor.gets(address).await;
    assert!(answer.is(200).body().len() < PAGE_BYTES_MAX, "{address}");
    let triples = statements(&answer);
    let own = |graph: &crate::harvest::Graph| {
        let leads_on = ["first", "previous", "next", "last"].map(|way| format!("<{HYDRA}{way}>"));
        let stays = |line: &&String| !leads_on.iter().any(|way| line.contains(way));
        graph.iter().filter(stays).cloned().collect::<BTreeSet<_>>()
    };
    let turtle = own(&graph(&answer));
    for (extension, _) in SYNTAXES {
        let other = visitor.gets(&address.replacen(".ttl", &format!(".{extension}"), 1)).await;
        let next = objects(&statements(&other), &format!("{HYDRA}next")).next().map(str::to_owned);
        assert!(next.is_none_or(|next| next.contains(&format!("/catalog.{extension}?"))), "{extension}");
        assert_eq!(own(&graph(&other)), turtle, "{address} as {extension}");
    }
    let datasets: Vec<String> = objects(&triples, &format!("{DCAT}dataset")).map(str::to_owned).collect();
    let described = triples.iter().filter(|t| t.object.to_string() == format!("<{DCAT}Dataset>")).count();
    assert_eq!(described, datasets.len(), "every dataset of {address} is described on it, and no other");
    Page { datasets, next: objects(&triples, &format!("{HYDRA}next")).next().map(str::to_owned) }
}

#[tokio::test]
async fn a_walk_during_which_people_publish_and_withdraw_loses_none_and_doubles_none() {
    let datasets = how_many();
    let city = city_with(datasets).await;
    let visitor = city.visitor();
    let office = city.office("mihon").await;
    let iri = |slug: &str| format!("{}/datasets/{slug}", city.address());

    let mut walked = Vec::new();
    let mut pages = 0;
    let mut next = Some("/catalog.ttl".to_owned());
    while let Some(address) = next {
        let page = page(&visitor, &address).await;
        walked.extend(page.datasets);
        next = page.next;
        if pages == 0 {
            // Before, behind and among what was read; and one is withdrawn that was read already.
            for new in ["aaa-new", "table-00150-new", "zzz-new"] {
                office.opens(new, "名称,数\r\n見本,1\r\n").await;
            }
            office.approver().acts(&slug(3), "withdraw", &json!({"reason": "試験のため"})).await.is(200);
        }
        pages += 1;
    }
    let behind_the_first = (datasets - 100) + 2;
    assert_eq!(pages, 1 + behind_the_first.div_ceil(100), "and no page more");
    let once: BTreeSet<&String> = walked.iter().collect();
    assert_eq!(once.len(), walked.len(), "a dataset came twice");
    for number in 0..datasets {
        assert!(once.contains(&iri(&slug(number))), "{} was lost", slug(number));
    }
    assert!(once.contains(&iri("table-00150-new")) && once.contains(&iri("zzz-new")));
    let withdrawn = visitor.gets(&format!("/datasets/{}.ttl", slug(3))).await;
    withdrawn.problem(410, "withdrawn");
    city.close().await;
}

#[tokio::test]
async fn pages_can_be_counted_too_and_one_beyond_the_last_is_none() {
    let city = City::shared().await;
    let visitor = city.visitor();
    for (query, status) in [
        ("page=1", 200),
        ("page=2", 404),
        ("page=0", 400),
        ("page=x", 400),
        ("after=no+slug", 400),
        ("page=2&after=zzz", 200),
        ("page=2&after=sample-aed", 200),
        ("pages=2", 400),
    ] {
        assert_eq!(visitor.gets(&format!("/catalog.ttl?{query}")).await.status(), status, "{query}");
    }
    let behind = statements(&visitor.gets("/catalog.ttl?page=2&after=sample-public-facilities").await);
    let dataset = format!("{DCAT}dataset");
    let datasets: Vec<_> = objects(&behind, &dataset).collect();
    assert_eq!(datasets, [format!("{}/datasets/sample-public-toilets", city.address())]);
}
