//! What the descriptions promise: one graph in three syntaxes, no blank nodes, nothing lost between pages.

#![allow(clippy::unwrap_used)]

mod detail;
mod town;

use std::collections::{HashMap, HashSet};

use oxjsonld::JsonLdParser;
use oxrdf::graph::CanonicalizationAlgorithm;
use oxrdf::vocab::xsd;
use oxrdf::{Graph, GraphName, NamedNodeRef, Term as Object, Triple};
use oxrdfxml::RdfXmlParser;
use oxttl::TurtleParser;
use proptest::prelude::*;

use self::town::{Town, sample, town};
use super::syntax::write_triples;
use super::vocab::{dcat, dct, hydra, owl};
use super::*;
use crate::dataset::Metadata;

/// The graph that a reader of the bytes gets.
fn read(bytes: &[u8], syntax: Syntax) -> Graph {
    let mut graph: Graph = match syntax {
        Syntax::Turtle => TurtleParser::new().for_slice(bytes).map(Result::unwrap).collect(),
        Syntax::RdfXml => RdfXmlParser::new().for_slice(bytes).map(Result::unwrap).collect(),
        Syntax::JsonLd => JsonLdParser::new()
            .for_slice(bytes)
            .map(|quad| {
                let quad = quad.unwrap();
                assert_eq!(quad.graph_name, GraphName::DefaultGraph);
                Triple::from(quad)
            })
            .collect(),
    };
    graph.canonicalize(CanonicalizationAlgorithm::Unstable);
    graph
}

/// What is told, each triple by itself.
fn triples_of(told: &[Statement]) -> Vec<Triple> {
    told.iter().map(|statement| statement.triple().into_owned()).collect()
}

/// Every syntax gives back exactly the triples that were written.
#[track_caller]
fn reads_back(triples: &[Triple]) {
    let mut expected: Graph = triples.iter().collect();
    expected.canonicalize(CanonicalizationAlgorithm::Unstable);
    assert_eq!(expected.len(), triples.len(), "a triple is told twice");
    for syntax in Syntax::ALL {
        let triples: Vec<_> = triples.iter().map(Triple::as_ref).collect();
        let bytes = write_triples(&triples, syntax);
        let graph = read(&bytes, syntax);
        assert!(
            graph == expected,
            "{syntax:?} says something else:\n{}\n{graph}",
            String::from_utf8_lossy(&bytes)
        );
    }
}

#[track_caller]
fn has_no_blank_nodes(triples: &[Triple]) {
    for triple in triples {
        assert!(!triple.subject.is_blank_node() && !triple.object.is_blank_node(), "{triple}");
    }
}

fn objects<'a>(triples: &'a [Triple], predicate: NamedNodeRef<'_>) -> Vec<&'a Object> {
    triples.iter().filter(|triple| triple.predicate == predicate).map(|triple| &triple.object).collect()
}

#[test]
fn a_dataset_reads_in_the_order_a_person_reads_it() {
    let mut dataset = sample("public-toilets");
    dataset.metadata.schema = None;
    let town = town();
    let turtle = write(&super::dataset(&town.scope(), &dataset, &Detail::default()), Syntax::Turtle);
    insta::assert_snapshot!(String::from_utf8(turtle).unwrap());
}

#[test]
fn json_ld_uses_short_names() {
    let town = town();
    let json =
        write(&super::dataset(&town.scope(), &sample("public-toilets"), &Detail::default()), Syntax::JsonLd);
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    insta::assert_json_snapshot!(json.pointer("/@graph/0").unwrap());
}

#[test]
fn every_description_is_the_same_graph_in_every_syntax() {
    let town = town();
    let scope = town.scope();
    let dataset = sample("public-toilets");
    reads_back(&triples_of(&super::dataset(&scope, &dataset, &Detail::default())));
    reads_back(&triples_of(&distribution(&scope, &dataset, Format::Csv, &Detail::default())));
    reads_back(&triples_of(&department(&scope, &dataset.department)));
    for known in town.schemas.iter() {
        reads_back(&triples_of(&schema(&scope, known)));
    }
    reads_back(&[]);
    for syntax in Syntax::ALL {
        reads_back(&town.page(&[dataset.clone(), sample("aed")], 2, 3, syntax));
    }
}

#[test]
fn what_the_short_names_of_json_ld_cannot_say_is_written_in_full() {
    let iri = |text: &str| oxrdf::NamedNode::new(text).unwrap();
    let text = oxrdf::Literal::new_simple_literal;
    let about = |predicate: NamedNodeRef<'_>, object: Object| {
        Triple::new(iri("https://example.jp/a"), predicate.into_owned(), object)
    };
    reads_back(&[
        about(dct::TITLE, text("no language").into()),
        about(dct::TITLE, iri("https://example.jp/b").into()),
        about(dcat::KEYWORD, text("no language").into()),
        about(dcat::BYTE_SIZE, oxrdf::Literal::new_typed_literal("007", xsd::NON_NEGATIVE_INTEGER).into()),
        about(dcat::BYTE_SIZE, oxrdf::Literal::new_typed_literal("7", xsd::DECIMAL).into()),
        about(hydra::TOTAL_ITEMS, oxrdf::Literal::from(u64::MAX).into()),
        about(dct::PUBLISHER, text("not a link").into()),
        about(dct::IDENTIFIER, iri("dataset:x").into()),
        about(dct::CREATOR, oxrdf::BlankNode::default().into()),
        about(NamedNodeRef::new("https://example.jp/other").unwrap(), text("x").into()),
    ]);
}

#[test]
fn there_are_no_blank_nodes() {
    let town = town();
    has_no_blank_nodes(&town.page(&[sample("public-toilets")], 1, 2, Syntax::Turtle));
}

#[test]
fn every_node_that_is_typed_is_told_in_one_place() {
    let town = town();
    let triples = town.page(&[sample("public-toilets"), sample("aed")], 1, 1, Syntax::Turtle);
    let subjects: Vec<_> = triples.iter().map(|triple| &triple.subject).collect();
    let blocks = subjects.chunk_by(|one, next| one == next).count();
    assert_eq!(blocks, subjects.iter().collect::<HashSet<_>>().len());
}

#[test]
fn the_same_dataset_gives_the_same_bytes() {
    for syntax in Syntax::ALL {
        let [one, two] = [Town::new(), Town::new()].map(|town| {
            write(&super::dataset(&town.scope(), &sample("public-toilets"), &Detail::default()), syntax)
        });
        assert_eq!(one, two);
    }
}

#[test]
fn a_single_page_is_the_same_graph_whatever_the_syntax_of_its_links() {
    let town = town();
    let datasets = [sample("public-toilets")];
    let turtle = town.page(&datasets, 1, 1, Syntax::Turtle);
    assert_eq!(turtle, town.page(&datasets, 1, 1, Syntax::JsonLd));
    assert!(objects(&turtle, hydra::NEXT).is_empty());
}

#[test]
fn the_next_page_is_in_the_same_syntax_and_the_last_has_none() {
    let town = town();
    for syntax in Syntax::ALL {
        let next = format!("https://data.example.jp/catalog.{}?page=2&after=aed", syntax.extension());
        let first = town.page(&[sample("aed")], 1, 2, syntax);
        assert_eq!(objects(&first, hydra::NEXT), [&Object::from(oxrdf::NamedNode::new(next).unwrap())]);
        assert!(objects(&first, hydra::PREVIOUS).is_empty());
        let last = town.page(&[sample("bb")], 2, 2, syntax);
        assert!(objects(&last, hydra::NEXT).is_empty());
        assert_eq!(objects(&last, hydra::LAST).len(), 1);
    }
}

#[test]
fn the_pages_together_hold_every_dataset_once() {
    let town = town();
    let datasets: Vec<Dataset> = (0..5).map(|n| sample(&format!("dataset-{n}"))).collect();
    let mut seen: HashMap<Object, u32> = HashMap::new();
    for (page, number) in datasets.chunks(2).zip(1..) {
        let triples = town.page(page, number, 3, Syntax::Turtle);
        for listed in objects(&triples, dcat::HAS_DATASET) {
            *seen.entry(listed.clone()).or_default() += 1;
        }
        let typed = triples.iter().filter(|triple| triple.object == dcat::DATASET.into()).count();
        assert_eq!(typed, page.len(), "each listed dataset is described on its own page, and no other");
    }
    assert_eq!(seen.len(), 5);
    assert!(seen.values().all(|&times| times == 1));
}

#[test]
fn a_form_that_is_not_made_has_no_description() {
    let town = town();
    assert!(distribution(&town.scope(), &sample("aed"), Format::GeoJson, &Detail::default()).is_empty());
}

#[test]
fn a_distribution_alone_types_no_dataset() {
    let town = town();
    let triples = triples_of(&distribution(&town.scope(), &sample("aed"), Format::Csv, &Detail::default()));
    assert!(triples.iter().all(|triple| triple.object != dcat::DATASET.into()));
}

#[test]
fn for_words_that_no_authority_table_holds_it_has_its_own() {
    let town = town();
    let mut dataset = sample("aed");
    dataset.metadata.theme = Some("invented".into());
    dataset.metadata.frequency = Some("invented".into());
    dataset.metadata.schema = Some("hyojun/invented".parse().unwrap());
    let triples = triples_of(&super::dataset(&town.scope(), &dataset, &Detail::default()));
    let own: Vec<_> = triples
        .iter()
        .filter(|triple| triple.subject.to_string().ends_with("/datasets/aed>"))
        .cloned()
        .collect();
    let told = |predicate| objects(&own, predicate).iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(
        told(dcat::THEME),
        ["<http://publications.europa.eu/resource/authority/data-theme/OP_DATPRO>"]
    );
    assert_eq!(
        told(dct::ACCRUAL_PERIODICITY),
        ["<http://publications.europa.eu/resource/authority/frequency/UNKNOWN>"]
    );
    assert!(triples.iter().all(|triple| !triple.object.to_string().contains("invented")));
}

#[test]
fn a_link_that_is_no_iri_is_told_as_text_and_spoils_nothing() {
    let town = town();
    let mut dataset = sample("aed");
    dataset.metadata.source = Some("https://example.jp/a https://example.jp/b".into());
    let triples = triples_of(&super::dataset(&town.scope(), &dataset, &Detail::default()));
    assert!(objects(&triples, dct::SOURCE).iter().all(|source| !source.to_string().contains("example.jp/a")));
    reads_back(&triples);
}

#[test]
fn a_source_that_is_a_dataset_here_hides_nothing_of_it() {
    let mut copy = sample("aed-copy");
    copy.metadata.source = Some("https://data.example.jp/datasets/public-toilets".into());
    let triples = town().page(&[copy, sample("public-toilets")], 1, 1, Syntax::Turtle);
    assert_eq!(triples.iter().filter(|triple| triple.object == dcat::DATASET.into()).count(), 2);
    reads_back(&triples);
}

#[test]
fn a_national_schema_is_told_with_its_edition_and_the_agencys_page() {
    let id = "hyojun/public_toilet".parse().unwrap();
    let known = town().schemas.get(&id).unwrap();
    let triples = triples_of(&schema(&town().scope(), known));
    assert!(triples.iter().all(|triple| {
        triple.subject.to_string() == "<https://data.example.jp/schemas/hyojun/public_toilet>"
    }));
    assert_eq!(objects(&triples, dct::SOURCE).len(), 1);
    let edition = oxrdf::Literal::new_simple_literal(&known.edition);
    assert_eq!(objects(&triples, owl::VERSION_INFO), [&Object::from(edition)]);
}

#[test]
fn a_licence_has_the_one_title_that_ckan_compares() {
    let town = town();
    let triples = triples_of(&super::dataset(&town.scope(), &sample("aed"), &Detail::default()));
    let titles: Vec<String> = triples
        .iter()
        .filter(|triple| {
            triple.subject.to_string().contains("creativecommons") && triple.predicate == dct::TITLE
        })
        .map(|triple| triple.object.to_string())
        .collect();
    assert_eq!(titles, ["\"Creative Commons Attribution\"@en"]);
}

fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[\\x00-\\x20\"'\\\\<>&{}\\r\\n@^.;,]{0,12}",
        "\\PC{0,30}",
        Just("\u{fffe}\u{ffff}\u{feff}\u{202e}]]>-->".to_owned()),
    ]
}

fn hostile_link() -> impl Strategy<Value = String> {
    prop_oneof![
        hostile(),
        hostile().prop_map(|tail| format!("https://example.jp/{tail}")),
        "https://[a-z./:@%?#]{0,12}"
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_people_write_is_the_same_graph_in_every_syntax(
        title in hostile(),
        title_en in proptest::option::of(hostile()),
        description in hostile(),
        keywords in proptest::collection::vec(hostile(), 0..4),
        source in proptest::option::of(hostile_link()),
        office in hostile(),
    ) {
        let town = town();
        let mut dataset = sample("hostile");
        dataset.metadata =
            Metadata { title, title_en, description, keywords, source, ..dataset.metadata };
        dataset.department.title = office;
        let triples = triples_of(&super::dataset(&town.scope(), &dataset, &Detail::default()));
        has_no_blank_nodes(&triples);
        reads_back(&triples);
        let about: Vec<Triple> = triples
            .into_iter()
            .filter(|triple| triple.subject.to_string() == "<https://data.example.jp/datasets/hostile>")
            .collect();
        prop_assert!(!objects(&about, dct::TITLE).is_empty());
        prop_assert!(!objects(&about, dct::DESCRIPTION).is_empty());
    }
}
