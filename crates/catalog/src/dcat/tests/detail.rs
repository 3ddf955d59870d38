//! What is told of a dataset at its own IRI: revisions, quality, rights, citations; and of its revisions at theirs.

use oxrdf::{NamedNodeRef, Triple};

use super::super::vocab::{adms, dcat, dct, dqv, skos, spdx};
use super::super::*;
use super::town::{report, revision, sample, town};
use super::{has_no_blank_nodes, objects, reads_back, triples_of};
use crate::distribution::Distribution;

fn about(triples: &[Triple], iri: &str) -> Vec<Triple> {
    let subject = format!("<https://data.example.jp{iri}>");
    triples.iter().filter(|triple| triple.subject.to_string() == subject).cloned().collect()
}

fn texts(triples: &[Triple], predicate: NamedNodeRef<'_>) -> Vec<String> {
    objects(triples, predicate).iter().map(ToString::to_string).collect()
}

/// The sample at its own IRI, with two revisions and a report.
fn in_detail() -> Vec<Triple> {
    let revisions = [revision(2, 2), revision(1, 10)];
    let report = report();
    let cited_by = ["https://data.example.jp/plan/initiatives/A-5-1".to_owned()];
    let detail = Detail { revisions: &revisions, report: Some(&report), cited_by: &cited_by };
    triples_of(&dataset(&town().scope(), &sample("public-toilets"), &detail))
}

#[test]
fn a_dataset_at_its_own_iri_tells_its_revisions_and_which_is_current() {
    let triples = in_detail();
    reads_back(&triples);
    has_no_blank_nodes(&triples);
    let own = about(&triples, "/datasets/public-toilets");
    let at = |number: u32| format!("<https://data.example.jp/datasets/public-toilets/revisions/{number}>");
    assert_eq!(texts(&own, dcat::VERSION), ["\"2\""]);
    assert_eq!(texts(&own, dcat::HAS_CURRENT_VERSION), [at(2)]);
    assert_eq!(texts(&own, dcat::HAS_VERSION), [at(2), at(1)]);
    assert_eq!(texts(&own, dcat::PREVIOUS_VERSION), [at(1)]);
    assert_eq!(texts(&own, adms::VERSION_NOTES), ["\"第1版に続く版です。2行（前の版は10行）。\"@ja"]);
    let first = about(&triples, "/datasets/public-toilets/revisions/1");
    assert_eq!(texts(&first, dcat::IS_VERSION_OF), ["<https://data.example.jp/datasets/public-toilets>"]);
    assert_eq!(texts(&first, adms::VERSION_NOTES), ["\"最初の版です。10行。\"@ja"]);
    assert_eq!(triples.iter().filter(|triple| triple.object == dcat::DATASET.into()).count(), 1);
}

#[test]
fn a_dataset_that_was_brought_in_is_known_by_its_former_identifier_as_well() {
    let toilets = Dataset { former_id: Some("公衆トイレ".into()), ..sample("public-toilets") };
    let triples = triples_of(&dataset(&town().scope(), &toilets, &Detail::default()));
    reads_back(&triples);
    let former = "/datasets/public-toilets#former-id";
    let own = about(&triples, "/datasets/public-toilets");
    assert_eq!(texts(&own, adms::OTHER_IDENTIFIER), [format!("<https://data.example.jp{former}>")]);
    assert_eq!(texts(&about(&triples, former), skos::NOTATION), ["\"公衆トイレ\""]);
    assert_eq!(texts(&in_detail(), adms::OTHER_IDENTIFIER), [""; 0]);
}

#[test]
fn what_the_plan_names_as_its_evidence_says_so() {
    let own = about(&in_detail(), "/datasets/public-toilets");
    assert_eq!(texts(&own, dct::IS_REFERENCED_BY), ["<https://data.example.jp/plan/initiatives/A-5-1>"]);
}

#[test]
fn a_report_is_told_as_measurements_of_the_csv() {
    let triples = in_detail();
    let csv = about(&triples, "/distributions/public-toilets/csv");
    let measured = objects(&csv, dqv::HAS_QUALITY_MEASUREMENT).len();
    assert!(measured >= 8, "{measured}");
    let value = |name: &str| {
        let one = about(&triples, &format!("/distributions/public-toilets/csv#{name}"));
        assert_eq!(
            texts(&one, dqv::IS_MEASUREMENT_OF),
            [format!("<https://data.example.jp/vocabulary#{name}>")]
        );
        texts(&one, dqv::VALUE).concat()
    };
    assert_eq!(value("rows"), "\"1\"^^<http://www.w3.org/2001/XMLSchema#nonNegativeInteger>");
    assert_eq!(value("matched-fields"), "\"1.000\"^^<http://www.w3.org/2001/XMLSchema#decimal>");
    assert_eq!(value("encoding"), "\"utf-8\"");
    let filled = value("required-cells");
    assert!(filled.starts_with("\"0.") && filled.ends_with("#decimal>"), "{filled}");
    let json = about(&triples, "/distributions/public-toilets/json");
    assert!(objects(&json, dqv::HAS_QUALITY_MEASUREMENT).is_empty());
    let note = about(&triples, "/distributions/public-toilets/csv#report");
    assert_eq!(note.len(), 5);
}

#[test]
fn the_pages_of_the_catalog_leave_the_details_out() {
    let triples = town().page(&[sample("public-toilets")], 1, 1, Syntax::Turtle);
    for predicate in [dqv::HAS_QUALITY_MEASUREMENT, dcat::HAS_VERSION, dct::IS_REFERENCED_BY] {
        assert!(objects(&triples, predicate).is_empty(), "{predicate}");
    }
    assert_eq!(objects(&triples, dcat::HAS_CURRENT_VERSION).len(), 1);
}

#[test]
fn a_revision_is_a_dataset_that_never_changes() {
    let revisions = [revision(1, 10)];
    let detail = Detail { revisions: &revisions, ..Detail::default() };
    let triples = triples_of(&super::super::revision(
        &town().scope(),
        &sample("public-toilets"),
        &revisions[0],
        &detail,
    ));
    reads_back(&triples);
    let own = about(&triples, "/datasets/public-toilets/revisions/1");
    assert!(own.iter().any(|triple| triple.object == dcat::DATASET.into()));
    assert_eq!(
        texts(&own, dct::TITLE).first().map(String::as_str),
        Some("\"【見本】公衆トイレ一覧（第1版）\"@ja")
    );
    assert_eq!(texts(&own, dct::ISSUED), texts(&own, dct::MODIFIED));
    assert!(objects(&own, dcat::PREVIOUS_VERSION).is_empty());
    let form = "/distributions/public-toilets/1/csv";
    assert_eq!(
        texts(&own, dcat::HAS_DISTRIBUTION).first(),
        Some(&format!("<https://data.example.jp{form}>"))
    );
    let csv = about(&triples, form);
    assert_eq!(
        texts(&csv, dcat::DOWNLOAD_URL),
        ["<https://data.example.jp/api/v1/datasets/public-toilets/revisions/1/download.csv>"]
    );
    assert_eq!(
        texts(&csv, adms::STATUS),
        ["<http://purl.org/adms/status/Deprecated>"],
        "revision 2 is current"
    );
    assert_eq!(objects(&csv, spdx::HAS_CHECKSUM).len(), 1);
    assert!(about(&triples, "/datasets/public-toilets").is_empty(), "only named");
}

#[test]
fn a_frozen_form_by_itself_types_no_dataset() {
    let one = revision(1, 10);
    let scope = town().scope();
    let form =
        revision_distribution(&scope, &sample("public-toilets"), &one, Format::Csv, &Detail::default());
    let triples = triples_of(&form);
    reads_back(&triples);
    assert!(triples.iter().all(|triple| triple.object != dcat::DATASET.into()));
    let missing = revision_distribution(&scope, &sample("aed"), &one, Format::Xlsx, &Detail::default());
    assert!(missing.is_empty());
}

#[test]
fn every_form_says_how_to_name_the_source() {
    for (licence, words) in [
        (
            crate::Licence::CcBy4,
            "出典：石巻市「【見本】公衆トイレ一覧」（https://data.example.jp/datasets/aed）、CC BY 4.0",
        ),
        (
            crate::Licence::Pdl1,
            "PDL1.0（https://www.digital.go.jp/resources/open_data/public_data_license_v1.0）",
        ),
        (crate::Licence::Cc0, "出典を書かなくても利用できます。"),
    ] {
        let mut dataset = sample("aed");
        dataset.metadata.licence = licence;
        let triples = triples_of(&super::super::dataset(&town().scope(), &dataset, &Detail::default()));
        let rights = "<https://data.example.jp/datasets/aed#rights>";
        assert_eq!(texts(&about(&triples, "/distributions/aed/csv"), dct::RIGHTS), [rights]);
        let said = texts(&about(&triples, "/datasets/aed#rights"), oxrdf::vocab::rdfs::LABEL).concat();
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn the_place_has_its_box_and_its_middle_in_well_known_text() {
    let triples = triples_of(&department(&town().scope(), &sample("aed").department));
    let wkt = "^^<http://www.opengis.net/ont/geosparql#wktLiteral>";
    assert_eq!(
        texts(&triples, dcat::BBOX),
        [format!("\"POLYGON((141 38.2,141.6 38.2,141.6 38.7,141 38.7,141 38.2))\"{wkt}")]
    );
    assert_eq!(texts(&triples, dcat::CENTROID), [format!("\"POINT(141.300000 38.450000)\"{wkt}")]);
}

#[test]
fn each_api_is_a_service_that_says_whom_to_ask() {
    let triples = town().page(&[sample("aed"), sample("toilets")], 1, 1, Syntax::Turtle);
    for (service, endpoint) in
        [("/docs/#api", "/api/v1"), ("/docs/#ckan", "/api/3/action"), ("/docs/#ogc", "/ogc")]
    {
        let api = about(&triples, service);
        assert_eq!(texts(&api, dcat::ENDPOINT_URL), [format!("<https://data.example.jp{endpoint}>")]);
        assert_eq!(texts(&api, dcat::CONTACT_POINT), ["<https://data.example.jp/departments/dx>"]);
        for predicate in [
            dcat::THEME,
            dcat::KEYWORD,
            dcat::ENDPOINT_DESCRIPTION,
            dct::LICENSE,
            dcat::LANDING_PAGE,
            dct::CONFORMS_TO,
        ] {
            assert!(!objects(&api, predicate).is_empty(), "{service} {predicate}");
        }
    }
    assert_eq!(objects(&about(&triples, "/catalog"), dcat::SERVICE).len(), 3);
}

#[test]
fn a_service_names_one_dataset_that_it_serves_however_long_the_page() {
    let mut mapped = sample("toilets");
    let revision = mapped.current.as_mut().unwrap();
    revision
        .distributions
        .push(Distribution { format: Format::GeoJson, ..revision.distributions[0].clone() });
    let triples = town().page(&[sample("aed"), mapped], 1, 1, Syntax::Turtle);
    for (service, served) in [("/docs/#api", "aed"), ("/docs/#ckan", "aed"), ("/docs/#ogc", "toilets")] {
        let named = texts(&about(&triples, service), dcat::SERVES_DATASET);
        assert_eq!(named, [format!("<https://data.example.jp/datasets/{served}>")]);
    }
}

#[test]
fn a_form_leads_to_the_services_that_answer_its_rows() {
    let mut mapped = sample("toilets");
    let revision = mapped.current.as_mut().unwrap();
    revision
        .distributions
        .push(Distribution { format: Format::GeoJson, ..revision.distributions[0].clone() });
    let triples = town().page(std::slice::from_ref(&mapped), 1, 1, Syntax::Turtle);
    let leads = |triples: &[Triple], form: &str| {
        texts(&about(triples, &format!("/distributions/{form}")), dcat::ACCESS_SERVICE)
    };
    let at = |service: &str| format!("<https://data.example.jp/docs/#{service}>");
    assert_eq!(leads(&triples, "toilets/csv"), [at("api"), at("ckan")]);
    assert_eq!(leads(&triples, "toilets/geojson"), [at("api"), at("ogc")]);
    let frozen = super::super::revision(
        &town().scope(),
        &mapped,
        mapped.current.as_ref().unwrap(),
        &Detail::default(),
    );
    let frozen = triples_of(&frozen);
    assert_eq!(leads(&frozen, "toilets/2/csv"), [at("api")], "CKAN and OGC show what is current");
}
