//! The plan as a whole: what it is, what it stands on, its pillars, and its initiatives in short.

use catalog::dcat::Scope;
use catalog::dcat::description::Description;
use catalog::dcat::vocab::{dcat, dcatap, dct, eli, foaf, prov, skos};
use catalog::{Dataset, Period};

use super::{initiative, pillar_iri};
use crate::initiative::Initiative;
use crate::pillar::Pillar;
use crate::plan::Plan;

/// Tells the plan, its pillars and its initiatives.
pub(super) fn tell(
    out: &mut Description,
    scope: &Scope<'_>,
    plan: &Plan,
    initiatives: &[Initiative],
    evidence: &[Dataset],
) {
    let iris = scope.iris;
    let iri = iris.plan();
    let part = |name: &str| format!("{iri}#{name}");
    let facts = &plan.facts;
    let outline = &facts.outline;
    let laws: Vec<String> =
        (1..=facts.legal_bases.len()).map(|n| part(&format!("legal-basis-{n}"))).collect();
    let sources: Vec<String> = (1..=outline.sources.len()).map(|n| part(&format!("source-{n}"))).collect();
    let compared = evidence.iter().find(|dataset| dataset.slug == facts.comparison.dataset);

    let mut node = out.node(&iri);
    node.is_a(prov::PLAN)
        .is_a(skos::CONCEPT_SCHEME)
        .is_a(foaf::DOCUMENT)
        .ja(dct::TITLE, &outline.title)
        .ja(dct::ALTERNATIVE, &facts.position.stands_as)
        .ja(dct::DESCRIPTION, &outline.purpose)
        .plain(dct::IDENTIFIER, &iri)
        .link(dct::PUBLISHER, &iris.publisher())
        .link(dct::LICENSE, scope.city.catalog_licence.iri())
        .link(dct::TEMPORAL, &part("period"))
        .link(prov::WAS_DERIVED_FROM, &part("predecessor"))
        .link(dcatap::APPLICABLE_LEGISLATION, &part("position"));
    for law in &laws {
        node.link(dcatap::APPLICABLE_LEGISLATION, law);
    }
    for source in &sources {
        node.link(dct::SOURCE, source);
    }
    if let Some(dataset) = compared {
        node.link(dct::RELATION, &iris.dataset(&dataset.slug));
    }
    for pillar in &plan.pillars {
        node.link(skos::HAS_TOP_CONCEPT, &pillar_iri(scope, pillar.code));
    }
    for initiative in initiatives {
        node.link(dct::HAS_PART, &iris.initiative(&initiative.code.to_string()));
    }

    for pillar in &plan.pillars {
        tell_pillar(out, scope, pillar);
    }
    for one in initiatives {
        initiative::tell_in_short(out, scope, one, evidence);
    }
    let days =
        Period { start: Some(outline.period.first.first_day()), end: Some(outline.period.last.last_day()) };
    catalog::dcat::tell_period(out, &part("period"), days);
    out.node(&part("predecessor")).is_a(foaf::DOCUMENT).ja(dct::TITLE, &facts.predecessor.title);
    out.node(&part("position"))
        .is_a(eli::LEGAL_RESOURCE)
        .ja(dct::TITLE, &facts.position.law)
        .plain(dct::IDENTIFIER, &facts.position.law_number)
        .ja(dct::DESCRIPTION, &facts.position.text);
    for (law, basis) in laws.iter().zip(&facts.legal_bases) {
        let mut node = out.node(law);
        node.is_a(eli::LEGAL_RESOURCE).ja(dct::TITLE, &basis.title);
        if let Some(number) = &basis.law_number {
            node.plain(dct::IDENTIFIER, number);
        }
        node.ja(dct::DESCRIPTION, &basis.text);
    }
    for (iri, source) in sources.iter().zip(&outline.sources) {
        out.node(iri)
            .is_a(foaf::DOCUMENT)
            .ja(dct::TITLE, &source.title)
            .ja(dct::DESCRIPTION, &format!("{}（{}）", source.meeting, source.department))
            .day(dct::ISSUED, source.submitted_on);
    }
    if let Some(dataset) = compared {
        tell_named(out, scope, dataset);
    }
}

fn tell_pillar(out: &mut Description, scope: &Scope<'_>, pillar: &Pillar) {
    let iri = pillar_iri(scope, pillar.code);
    let mut node = out.node(&iri);
    node.is_a(skos::CONCEPT)
        .ja(skos::PREF_LABEL, &pillar.title)
        .plain(skos::NOTATION, &pillar.code.to_string())
        .link(skos::TOP_CONCEPT_OF, &scope.iris.plan())
        .link(skos::IN_SCHEME, &scope.iris.plan());
    for heading in &pillar.initiatives {
        node.link(skos::NARROWER, &scope.iris.initiative(&heading.code.to_string()));
    }
    node.ja(skos::NOTE, &pillar.difference);
}

/// Names a dataset without giving it a type: what it is, it tells at its own IRI.
pub(super) fn tell_named(out: &mut Description, scope: &Scope<'_>, dataset: &Dataset) {
    let iri = scope.iris.dataset(&dataset.slug);
    out.node(&iri).ja(dct::TITLE, &dataset.metadata.title).link(dcat::LANDING_PAGE, &iri);
}
