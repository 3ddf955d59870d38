//! What is measured of an initiative: where it began, what is aimed at, what was measured and by which data it is proved.

use catalog::Dataset;
use catalog::dcat::Scope;
use catalog::dcat::description::Description;
use catalog::dcat::vocab::{dct, prov, schema, skos};
use oxrdf::vocab::xsd;

use super::initiative::own;
use super::{tell_year, words, year_iri};
use crate::indicator::{Evidence, Indicator};

/// The IRI of an indicator of the initiative `initiative`.
pub(super) fn iri(initiative: &str, indicator: &Indicator) -> String {
    format!("{initiative}#indicator-{}", indicator.number)
}

/// Tells an indicator with its values. The data that proves one is named where it is among `evidence`.
pub(super) fn tell(
    out: &mut Description,
    scope: &Scope<'_>,
    initiative: &str,
    indicator: &Indicator,
    evidence: &[Dataset],
) {
    let iri = iri(initiative, indicator);
    let term = |name: &str| scope.iris.term(name);
    let target = |year: crate::FiscalYear| format!("{iri}-target-{}", year.year());
    let measured = |year: crate::FiscalYear| format!("{iri}-{}", year.year());
    let kinds = [words::kind(indicator.kind), words::counting(indicator.counting)];

    let mut node = out.node(&iri);
    node.is_a(schema::STATISTICAL_VARIABLE)
        .ja(dct::TITLE, &indicator.title)
        .ja(schema::UNIT_TEXT, &indicator.unit);
    for kind in kinds {
        node.link(dct::TYPE, &term(kind));
    }
    if indicator.baseline.is_some() {
        node.own_link(&own(scope, words::BASELINE), &format!("{iri}-baseline"));
    }
    for aim in &indicator.targets {
        node.own_link(&own(scope, words::TARGET), &target(aim.fiscal_year));
    }

    if let Some(baseline) = indicator.baseline {
        out.node(&format!("{iri}-baseline"))
            .is_a(schema::OBSERVATION)
            .link(schema::VARIABLE_MEASURED, &iri)
            .typed(schema::VALUE, baseline.value.to_string(), xsd::DECIMAL)
            .ja(schema::UNIT_TEXT, &indicator.unit)
            .day(schema::OBSERVATION_DATE, baseline.on);
    }
    for aim in &indicator.targets {
        out.node(&target(aim.fiscal_year))
            .is_a(schema::QUANTITATIVE_VALUE)
            .typed(schema::VALUE, aim.value.to_string(), xsd::DECIMAL)
            .ja(schema::UNIT_TEXT, &indicator.unit)
            .link(dct::TEMPORAL, &year_iri(scope, aim.fiscal_year));
        tell_year(out, scope, aim.fiscal_year);
    }
    for measurement in &indicator.measurements {
        let mut node = out.node(&measured(measurement.fiscal_year));
        node.is_a(schema::OBSERVATION)
            .link(schema::VARIABLE_MEASURED, &iri)
            .typed(schema::VALUE, measurement.value.to_string(), xsd::DECIMAL)
            .ja(schema::UNIT_TEXT, &indicator.unit)
            .day(schema::OBSERVATION_DATE, measurement.as_of)
            .link(dct::TEMPORAL, &year_iri(scope, measurement.fiscal_year));
        if let Some(note) = &measurement.note {
            node.ja(dct::DESCRIPTION, note);
        }
        if let Some(proof) = &measurement.evidence
            && let Some(dataset) = evidence.iter().find(|dataset| dataset.slug == proof.dataset)
        {
            node.link(prov::WAS_DERIVED_FROM, &proof_iri(scope, proof, dataset))
                .ja(skos::NOTE, &format!("求め方：{}", proof.query));
        }
        tell_year(out, scope, measurement.fiscal_year);
    }
    words::tell(out, scope, &kinds);
}

/// The revision that proves a number; the dataset, where it has come to no such revision.
fn proof_iri(scope: &Scope<'_>, proof: &Evidence, dataset: &Dataset) -> String {
    match &dataset.current {
        Some(current) if proof.revision <= current.number => {
            scope.iris.dataset_revision(&proof.dataset, proof.revision)
        }
        _ => scope.iris.dataset(&proof.dataset),
    }
}
