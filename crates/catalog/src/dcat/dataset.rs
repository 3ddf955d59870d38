//! A dataset or one of its revisions, the catalog's record of it, and what it leads to.

use super::description::{Description, clean};
use super::edition::Edition;
use super::vocab::{adms, dcat, dct, foaf, skos};
use super::{Detail, Scope, authority, distribution, keyword, shared, versions};
use crate::dataset::{Dataset, Period};

/// The profile that the descriptions keep to.
const PROFILE: &str = "https://semiceu.github.io/DCAT-AP/releases/3.0.1/";

/// Tells a dataset, or one of its revisions, with all that is its own: period, provenance, rights, distributions.
///
/// The IRI is also the landing page, for a browser gets the page there. `dct:identifier` is that IRI: unique
/// beyond this catalog, and ours as the first publisher. A dataset that was brought in from elsewhere and could not keep its
/// identifier as its name has that one as well, so that portals which knew it there can tell.
pub fn tell(out: &mut Description, scope: &Scope<'_>, edition: &Edition<'_>, detail: &Detail<'_>) {
    let iris = scope.iris;
    let dataset = edition.dataset;
    let metadata = &dataset.metadata;
    let iri = edition.iri(iris);
    let title = edition.title();
    let temporal = format!("{iri}#temporal");
    let provenance = format!("{iri}#provenance");
    let former_id = dataset.former_id.as_deref().filter(|_| edition.frozen().is_none());
    let former_id = former_id.map(|id| (format!("{iri}#former-id"), id));
    let period = metadata.temporal.filter(|period| period.start.or(period.end).is_some());
    let source = metadata.source.as_deref().and_then(clean);

    let mut node = out.node(&iri);
    node.is_a(dcat::DATASET).is_a(foaf::DOCUMENT).ja(dct::TITLE, &title);
    if let Some(title_en) = edition.title_en() {
        node.en(dct::TITLE, &title_en);
    }
    node.ja(dct::DESCRIPTION, &clean(&metadata.description).unwrap_or_else(|| title.clone()))
        .plain(dct::IDENTIFIER, &iri);
    if let Some((iri, _)) = &former_id {
        node.link(adms::OTHER_IDENTIFIER, iri);
    }
    for word in keyword::of(metadata) {
        node.ja(dcat::KEYWORD, word);
    }
    node.link(dcat::THEME, &scope.theme(dataset).iri())
        .link(dct::PUBLISHER, &iris.publisher())
        .link(dct::CREATOR, &iris.department(&dataset.department.slug))
        .link(dcat::CONTACT_POINT, &iris.department(&dataset.department.slug));
    if let Some(issued) = edition.issued() {
        node.moment(dct::ISSUED, issued);
    }
    if let Some(modified) = edition.modified() {
        node.moment(dct::MODIFIED, modified);
    }
    versions::lead(&mut node, scope, edition, detail.revisions);
    node.link(dct::ACCRUAL_PERIODICITY, &scope.frequency(dataset))
        .link(dct::LANGUAGE, &authority::japanese())
        .link(dct::SPATIAL, &scope.city.area(metadata.area).0.area_iri());
    if period.is_some() {
        node.link(dct::TEMPORAL, &temporal);
    }
    if let Some(schema) = scope.schema(dataset) {
        node.link(dct::CONFORMS_TO, &iris.schema(&schema.id));
    }
    if source.is_some() {
        node.link(dct::PROVENANCE, &provenance);
    }
    for citing in detail.cited_by {
        node.link(dct::IS_REFERENCED_BY, citing);
    }
    node.link(dct::ACCESS_RIGHTS, &authority::public())
        .link(dct::LICENSE, metadata.licence.iri())
        .link(dcat::LANDING_PAGE, &iri);
    let forms = edition.forms();
    for form in &forms {
        node.link(dcat::HAS_DISTRIBUTION, &edition.distribution(iris, form.format));
    }

    if edition.frozen().is_none() {
        tell_record(out, scope, dataset);
        versions::tell(out, scope, dataset, detail.revisions);
    }
    if let Some((iri, id)) = former_id {
        out.node(&iri).is_a(adms::IDENTIFIER).plain(skos::NOTATION, id);
    }
    if let Some(period) = period {
        tell_period(out, &temporal, period);
    }
    if let Some(source) = source {
        shared::tell_provenance(out, &provenance, &source);
    }
    for form in &forms {
        distribution::tell(out, scope, edition, form, detail);
    }
    shared::tell_rights(out, scope, edition);
}

/// Tells the catalog's record: when its entry on the dataset was made and last changed.
fn tell_record(out: &mut Description, scope: &Scope<'_>, dataset: &Dataset) {
    let mut node = out.node(&scope.iris.record(&dataset.slug));
    node.is_a(dcat::CATALOG_RECORD).link(foaf::PRIMARY_TOPIC, &scope.iris.dataset(&dataset.slug));
    if let Some(issued) = dataset.issued {
        node.moment(dct::ISSUED, issued);
    }
    node.moment(dct::MODIFIED, dataset.modified)
        .link(dct::LANGUAGE, &authority::japanese())
        .link(dct::CONFORMS_TO, PROFILE)
        .link(adms::STATUS, authority::Status::Completed.iri());
    out.node(PROFILE).is_a(dct::STANDARD).en(dct::TITLE, "DCAT-AP 3.0.1");
    authority::tell_status(out, authority::Status::Completed);
}

/// Tells a span of days.
pub fn tell_period(out: &mut Description, iri: &str, period: Period) {
    let mut node = out.node(iri);
    node.is_a(dct::PERIOD_OF_TIME);
    if let Some(start) = period.start {
        node.day(dcat::START_DATE, start);
    }
    if let Some(end) = period.end {
        node.day(dcat::END_DATE, end);
    }
}
