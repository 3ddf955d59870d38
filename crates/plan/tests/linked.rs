//! The plan as linked data: one graph in every syntax, no blank nodes, and nothing named that nobody may see.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod support;

use std::collections::BTreeSet;

use catalog::dcat::{Scope, Statement, Syntax, write};
use catalog::{City, Dataset, DatasetState, Department, Iris, Licence, Metadata, PublicUrl};
use ingestion::Schemas;
use jiff::Timestamp;
use jiff::civil::date;
use oxjsonld::JsonLdParser;
use oxrdfxml::RdfXmlParser;
use oxttl::TurtleParser;
use plan::linked::{self, Surroundings};
use plan::{
    Baseline, Counting, Ebpm, Evidence, FiscalYear, Indicator, IndicatorKind, Initiative, InitiativeCode,
    InitiativeFilter, InitiativeKind, Item, Measurement, Note, Origin, ProgressReport, ProgressStatus, Stage,
    State, Target, YearStage,
};
use proptest::prelude::*;
use support::{datasets, the_city};

struct Town {
    iris: Iris,
    city: City,
    office: Department,
    schemas: Schemas,
}

impl Town {
    fn new() -> Town {
        Town {
            iris: Iris::new(PublicUrl::parse("https://data.example.jp").unwrap()),
            city: catalog::folder::read_city(&datasets()).unwrap(),
            office: office("dx", "【見本】推進課"),
            schemas: Schemas::embedded(),
        }
    }

    fn scope(&self) -> Scope<'_> {
        Scope {
            iris: &self.iris,
            city: &self.city,
            office: &self.office,
            themes: &[],
            frequencies: &[],
            schemas: &self.schemas,
        }
    }
}

fn office(slug: &str, title: &str) -> Department {
    Department { slug: slug.parse().unwrap(), title: title.to_owned(), title_en: None }
}

fn moment() -> Timestamp {
    "2026-11-02T03:04:05Z".parse().unwrap()
}

fn dataset(slug: &str) -> Dataset {
    Dataset {
        slug: slug.parse().unwrap(),
        metadata: Metadata {
            title: format!("【見本】{slug}"),
            title_en: None,
            description: "見本です。".to_owned(),
            keywords: Vec::new(),
            theme: None,
            frequency: None,
            licence: Licence::CcBy4,
            schema: None,
            area: catalog::Area::City,
            temporal: None,
            source: None,
        },
        department: office("mihon", "【見本】課"),
        state: DatasetState::Published,
        version: 1,
        current: None,
        issued: Some(moment()),
        modified: moment(),
        former_id: None,
    }
}

/// An individual item whose words are all `text`, and a report on it.
fn item(text: &str, evidence: &str) -> (Initiative, ProgressReport) {
    let text = || text.to_owned();
    let year = FiscalYear::new(2025).unwrap();
    let code: InitiativeCode = "A-5-1".parse().unwrap();
    let measurement = Measurement {
        indicator: 1,
        fiscal_year: year,
        value: 12.5,
        as_of: date(2025, 9, 30),
        note: Some(text()),
        evidence: Some(Evidence { dataset: evidence.parse().unwrap(), revision: 2, query: text() }),
    };
    let report = ProgressReport {
        number: 1,
        initiative: code,
        fiscal_year: year,
        as_of: date(2025, 9, 30),
        status: ProgressStatus::OnTrack,
        text: text(),
        issues: Some(text()),
        next: Some(text()),
        measurements: vec![measurement.clone()],
        by: text(),
        at: moment(),
    };
    let indicator = Indicator {
        number: 1,
        title: text(),
        unit: text(),
        kind: IndicatorKind::Outcome,
        counting: Counting::Cumulative,
        baseline: Some(Baseline { value: -0.5, on: date(2025, 3, 31) }),
        targets: vec![Target { fiscal_year: year, value: 1e21 }],
        measurements: vec![measurement],
    };
    let initiative = Initiative {
        code,
        kind: InitiativeKind::Item,
        parent: code.parent(),
        pillar: code.pillar(),
        pillar_title: text(),
        mark: code.mark(),
        title: text(),
        notes: vec![Note { mark: text(), on: vec![code], text: text(), remark: None }],
        item: Some(Item {
            origin: Origin::Plan,
            in_force: true,
            overview: Some(text()),
            current_issues: Some(text()),
            lead: "mihon".parse().unwrap(),
            others: vec!["dx".parse().unwrap(), "nobody".parse().unwrap()],
            stages: vec![YearStage { fiscal_year: year, stage: Stage::Study, note: Some(text()) }],
            indicators: vec![indicator],
            bpr: None,
            ebpm: Some(Ebpm { dataset: evidence.parse().unwrap(), note: Some(text()) }),
            history: Vec::new(),
            recorded_by: text(),
            recorded_at: moment(),
        }),
        state: State::of_item(std::slice::from_ref(&report)),
    };
    (initiative, report)
}

fn described(text: &str, evidence: &[Dataset]) -> Vec<Statement> {
    let town = Town::new();
    let (initiative, report) = item(text, "counts");
    let departments = [office("mihon", "【見本】課"), town.office.clone()];
    let around = Surroundings { items: &[], reports: &[report], departments: &departments, evidence };
    linked::initiative(&town.scope(), &initiative, &around)
}

/// Every syntax gives back exactly the triples that were written, none twice, none about a node without a name.
#[track_caller]
fn is_one_graph(told: &[Statement]) {
    let triples: Vec<_> = told.iter().map(Statement::triple).collect();
    let expected: BTreeSet<String> = triples.iter().map(ToString::to_string).collect();
    assert_eq!(expected.len(), told.len(), "a triple is told twice");
    assert!(triples.iter().all(|triple| !triple.subject.is_blank_node() && !triple.object.is_blank_node()));
    for syntax in Syntax::ALL {
        let bytes = write(told, syntax);
        let read: BTreeSet<String> = match syntax {
            Syntax::Turtle => {
                TurtleParser::new().for_slice(&bytes).map(|it| it.unwrap().to_string()).collect()
            }
            Syntax::RdfXml => {
                RdfXmlParser::new().for_slice(&bytes).map(|it| it.unwrap().to_string()).collect()
            }
            Syntax::JsonLd => {
                let quads = JsonLdParser::new().for_slice(&bytes).map(Result::unwrap);
                quads.map(|it| format!("{} {} {}", it.subject, it.predicate, it.object)).collect()
            }
        };
        assert_eq!(read, expected, "{syntax:?}");
    }
}

/// The lines of N-Triples that hold `words`.
fn lines_with<'a>(told: &'a [Statement], words: &'a str) -> impl Iterator<Item = String> + 'a {
    told.iter().map(|statement| statement.triple().to_string()).filter(move |line| line.contains(words))
}

#[tokio::test]
async fn the_plan_that_we_ship_is_one_graph_with_all_its_initiatives() {
    let (plans, town) = (the_city().await, Town::new());
    let plan = plan::plan(&plans).await.unwrap();
    let initiatives = plan::initiatives(&plans, &InitiativeFilter::default()).await.unwrap();
    let compared = dataset("municipality-dx-policies");
    let triples = linked::plan(&town.scope(), &plan, &initiatives, &[compared]);
    is_one_graph(&triples);
    assert_eq!(lines_with(&triples, "dc/terms/hasPart").count(), initiatives.len());
    assert_eq!(lines_with(&triples, "applicableLegislation").count(), 4);
    assert_eq!(lines_with(&triples, "terms/relation> <https://data.example.jp/datasets/").count(), 1);
}

#[test]
fn an_initiative_stands_beside_the_datasets_that_are_its_evidence() {
    let triples = described("【見本】", &[dataset("counts")]);
    is_one_graph(&triples);
    let dataset = "<https://data.example.jp/datasets/counts>";
    assert!(
        triples
            .iter()
            .map(Statement::triple)
            .any(|t| t.subject.to_string() == dataset && t.object.to_string().contains("dcat#Dataset"))
    );
    assert_eq!(lines_with(&triples, &format!("terms/relation> {dataset}")).count(), 2);
    assert_eq!(lines_with(&triples, "hadRole> <https://data.example.jp/vocabulary#evidence>").count(), 1);
    assert_eq!(lines_with(&triples, &format!("wasDerivedFrom> {dataset}")).count(), 1);
    assert!(
        lines_with(&triples, "\"1000000000000000000000\"^^<http://www.w3.org/2001/XMLSchema#decimal>")
            .count()
            == 1
    );
}

#[test]
fn a_dataset_that_nobody_may_see_is_not_named() {
    let triples = described("【見本】", &[]);
    is_one_graph(&triples);
    assert_eq!(lines_with(&triples, "counts").next(), None);
}

#[test]
fn an_office_that_is_not_on_the_list_is_not_named() {
    let triples = described("【見本】", &[]);
    assert_eq!(lines_with(&triples, "nobody").next(), None);
    assert_eq!(
        lines_with(&triples, "wasAttributedTo> <https://data.example.jp/departments/mihon>").count(),
        1
    );
}

#[test]
fn the_words_of_our_own_have_a_name_and_a_meaning_each() {
    let words: Vec<_> = catalog::dcat::own_words().chain(linked::own_words()).collect();
    let names: BTreeSet<_> = words.iter().map(|word| word.name).collect();
    assert_eq!(names.len(), words.len());
    assert!(words.iter().all(|word| !word.label.is_empty() && word.definition.ends_with('。')));
    is_one_graph(&catalog::dcat::vocabulary(&Town::new().scope(), &words));
}

#[test]
fn the_evidence_is_what_the_item_goes_by_and_what_its_numbers_are_proved_by() {
    let (initiative, mut report) = item("【見本】", "counts");
    let name = |slugs: Vec<catalog::Slug>| slugs.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(name(linked::evidence(&initiative, &[])), ["counts"]);
    for measurement in &mut report.measurements {
        measurement.evidence.as_mut().unwrap().dataset = "another".parse().unwrap();
    }
    assert_eq!(name(linked::evidence(&initiative, &[report])), ["another", "counts"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn whatever_people_write_is_one_graph(text in prop_oneof![
        any::<String>(),
        "[\\x00-\\x20\"'\\\\<>&{}\\r\\n@^.;,]{0,12}",
        Just("\u{fffe}\u{ffff}\u{feff}\u{202e}]]>-->".to_owned()),
    ]) {
        is_one_graph(&described(&text, &[dataset("counts")]));
    }
}
