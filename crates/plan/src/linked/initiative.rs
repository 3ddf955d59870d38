//! One initiative: where it stands in the plan, who carries it out, when, by what it is measured, and how it goes.

use catalog::dcat::Scope;
use catalog::dcat::description::{Description, Node};
use catalog::dcat::vocab::{adms, dcat, dct, prov, schema, skos};
use catalog::dcat::words as dcat_words;
use catalog::{Dataset, Department, Slug};

use super::{Surroundings, evidence, indicator, outline, pillar_iri, tell_year, words, year_iri};
use crate::initiative::{Initiative, Item};
use crate::progress::ProgressReport;

/// Reports that a description tells: the latest.
const REPORTS_MAX: usize = 100;

/// Tells an initiative with everything that is on record about it.
pub(super) fn tell(
    out: &mut Description,
    scope: &Scope<'_>,
    initiative: &Initiative,
    around: &Surroundings<'_>,
) {
    let iris = scope.iris;
    let iri = iris.initiative(&initiative.code.to_string());
    let reports = around.reports.len().saturating_sub(REPORTS_MAX);
    let reports = around.reports.get(reports..).unwrap_or_default();

    let mut node = out.node(&iri);
    begin(&mut node, scope, initiative);
    for item in around.items {
        node.link(skos::NARROWER, &iris.initiative(&item.to_string()));
    }
    for note in &initiative.notes {
        node.ja(skos::NOTE, &format!("{} {}", note.mark, note.text));
    }
    if let Some(item) = &initiative.item {
        lead_on(&mut node, scope, &iri, item, around.departments);
    }
    for report in reports {
        node.own_link(&own(scope, words::PROGRESS), &report_iri(&iri, report));
    }
    for dataset in around.evidence {
        node.link(dct::RELATION, &iris.dataset(&dataset.slug))
            .link(dcat::QUALIFIED_RELATION, &relation_iri(&iri, dataset));
    }

    if let Some(item) = &initiative.item {
        tell_item(out, scope, &iri, item, around.evidence);
    }
    for report in reports {
        tell_report(out, scope, &iri, report);
    }
    for dataset in around.evidence {
        let mut node = out.node(&relation_iri(&iri, dataset));
        node.is_a(dcat::RELATIONSHIP)
            .link(dct::RELATION, &iris.dataset(&dataset.slug))
            .link(dcat::HAD_ROLE, &iris.term(dcat_words::EVIDENCE.name));
        let ebpm = initiative.item.as_ref().and_then(|item| item.ebpm.as_ref());
        if let Some(note) = ebpm.filter(|ebpm| ebpm.dataset == dataset.slug).and_then(|it| it.note.as_ref()) {
            node.ja(dct::DESCRIPTION, note);
        }
        dcat_words::tell(out, scope, dcat_words::EVIDENCE);
    }
    for department in around.departments {
        let takes_part = initiative
            .item
            .as_ref()
            .is_some_and(|item| item.lead == department.slug || item.others.contains(&department.slug));
        if takes_part {
            catalog::dcat::tell_department(out, scope, department);
        }
    }
    tell_scale(out, scope, initiative);
}

/// Tells what a list of all initiatives shows of one.
pub(super) fn tell_in_short(
    out: &mut Description,
    scope: &Scope<'_>,
    initiative: &Initiative,
    evidence_of_all: &[Dataset],
) {
    let named = evidence(initiative, &[]);
    let named: Vec<_> = evidence_of_all.iter().filter(|dataset| named.contains(&dataset.slug)).collect();
    let mut node = out.node(&scope.iris.initiative(&initiative.code.to_string()));
    begin(&mut node, scope, initiative);
    for dataset in &named {
        node.link(dct::RELATION, &scope.iris.dataset(&dataset.slug));
    }
    for dataset in named {
        outline::tell_named(out, scope, dataset);
    }
    tell_scale(out, scope, initiative);
}

fn begin(node: &mut Node<'_>, scope: &Scope<'_>, initiative: &Initiative) {
    let iris = scope.iris;
    let code = initiative.code.to_string();
    node.is_one_of(&iris.term(words::INITIATIVE.name))
        .is_a(schema::PROJECT)
        .is_a(prov::PLAN)
        .is_a(skos::CONCEPT)
        .ja(dct::TITLE, &initiative.title)
        .plain(dct::IDENTIFIER, &iris.initiative(&code))
        .plain(skos::NOTATION, &code)
        .ja(skos::PREF_LABEL, &initiative.title)
        .link(dct::IS_PART_OF, &iris.plan())
        .link(skos::IN_SCHEME, &iris.plan())
        .link(
            skos::BROADER,
            &match initiative.parent {
                Some(parent) => iris.initiative(&parent.to_string()),
                None => pillar_iri(scope, initiative.pillar),
            },
        )
        .link(dct::PUBLISHER, &iris.publisher());
    if let Some(status) = initiative.state.status {
        node.link(adms::STATUS, &iris.term(words::status(status)));
    }
    if let Some(latest) = &initiative.state.latest {
        node.moment(dct::MODIFIED, latest.at);
    }
}

fn lead_on(node: &mut Node<'_>, scope: &Scope<'_>, iri: &str, item: &Item, departments: &[Department]) {
    let iris = scope.iris;
    let is_known = |slug: &Slug| departments.iter().any(|department| department.slug == *slug);
    if let Some(overview) = &item.overview {
        node.ja(dct::DESCRIPTION, overview);
    }
    if let Some(issues) = &item.current_issues {
        node.ja(skos::NOTE, &format!("現状・課題：{issues}"));
    }
    if is_known(&item.lead) {
        node.link(prov::WAS_ATTRIBUTED_TO, &iris.department(&item.lead));
    }
    for other in item.others.iter().filter(|other| is_known(other)) {
        node.link(dct::CONTRIBUTOR, &iris.department(other));
    }
    for stage in &item.stages {
        node.own_link(&own(scope, words::STAGE), &format!("{iri}#stage-{}", stage.fiscal_year.year()));
    }
    for indicator in &item.indicators {
        node.own_link(&own(scope, words::INDICATOR), &indicator::iri(iri, indicator));
    }
    node.moment(dct::ISSUED, item.recorded_at);
}

fn tell_item(out: &mut Description, scope: &Scope<'_>, iri: &str, item: &Item, evidence: &[Dataset]) {
    for stage in &item.stages {
        let mut node = out.node(&format!("{iri}#stage-{}", stage.fiscal_year.year()));
        node.is_one_of(&scope.iris.term(words::YEAR_STAGE.name))
            .ja(dct::TITLE, &format!("{}の段階：{}", stage.fiscal_year.label(), stage.stage.label()))
            .link(dct::TEMPORAL, &year_iri(scope, stage.fiscal_year))
            .link(dct::TYPE, &scope.iris.term(words::stage(stage.stage)));
        if let Some(note) = &stage.note {
            node.ja(dct::DESCRIPTION, note);
        }
        tell_year(out, scope, stage.fiscal_year);
        words::tell(out, scope, &[words::YEAR_STAGE.name, words::stage(stage.stage)]);
    }
    for indicator in &item.indicators {
        indicator::tell(out, scope, iri, indicator, evidence);
    }
}

fn tell_report(out: &mut Description, scope: &Scope<'_>, iri: &str, report: &ProgressReport) {
    let mut node = out.node(&report_iri(iri, report));
    node.is_a(prov::ACTIVITY)
        .ja(dct::TITLE, &format!("進捗報告：{}", report.status.label()))
        .ja(dct::DESCRIPTION, &report.text)
        .link(adms::STATUS, &scope.iris.term(words::status(report.status)))
        .day(dct::VALID, report.as_of)
        .link(dct::TEMPORAL, &year_iri(scope, report.fiscal_year))
        .moment(prov::STARTED_AT_TIME, report.at);
    if let Some(issues) = &report.issues {
        node.ja(skos::NOTE, &format!("課題：{issues}"));
    }
    if let Some(next) = &report.next {
        node.ja(skos::NOTE, &format!("今後：{next}"));
    }
    tell_year(out, scope, report.fiscal_year);
    words::tell(out, scope, &[words::status(report.status)]);
}

fn tell_scale(out: &mut Description, scope: &Scope<'_>, initiative: &Initiative) {
    let status = initiative.state.status.map(words::status);
    words::tell(out, scope, &[words::INITIATIVE.name, status.unwrap_or_default()]);
}

/// A property of our own.
pub(super) fn own(scope: &Scope<'_>, word: dcat_words::Word) -> String {
    scope.iris.term(word.name)
}

fn report_iri(iri: &str, report: &ProgressReport) -> String {
    format!("{iri}#report-{}", report.number)
}

fn relation_iri(iri: &str, dataset: &Dataset) -> String {
    format!("{iri}#evidence-{}", dataset.slug)
}
