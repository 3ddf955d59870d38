//! A dataset, the catalog's record of it, and the forms in which it can be fetched.

use oxrdf::vocab::xsd;

use super::description::{Description, clean};
use super::vocab::{dcat, dcatap, dct, foaf, spdx};
use super::{Scope, authority, keyword, shared};
use crate::dataset::{Dataset, Period};
use crate::distribution::{Distribution, Format};

/// The profile that the descriptions keep to.
const PROFILE: &str = "https://semiceu.github.io/DCAT-AP/releases/3.0.1/";

/// Tells a dataset with all that is its own: record, period, provenance, distributions.
///
/// The dataset's IRI is also its landing page, for a browser gets the page there. `dct:identifier` is that IRI:
/// unique beyond this catalog, and ours as the first publisher.
pub fn tell(out: &mut Description, scope: &Scope<'_>, dataset: &Dataset) {
    let iris = scope.iris;
    let metadata = &dataset.metadata;
    let iri = iris.dataset(&dataset.slug);
    let title = title(dataset);
    let temporal = format!("{iri}#temporal");
    let provenance = format!("{iri}#provenance");
    let period = metadata.temporal.filter(|period| period.start.or(period.end).is_some());
    let source = metadata.source.as_deref().and_then(clean);

    let mut node = out.node(&iri);
    node.is_a(dcat::DATASET).is_a(foaf::DOCUMENT).ja(dct::TITLE, &title);
    if let Some(title_en) = &metadata.title_en {
        node.en(dct::TITLE, title_en);
    }
    node.ja(dct::DESCRIPTION, &clean(&metadata.description).unwrap_or_else(|| title.clone()))
        .plain(dct::IDENTIFIER, &iri);
    for word in keyword::words(&metadata.keywords) {
        node.ja(dcat::KEYWORD, word);
    }
    if let Some(theme) = scope.theme(dataset) {
        node.link(dcat::THEME, &theme.iri());
    }
    node.link(dct::PUBLISHER, &iris.publisher())
        .link(dct::CREATOR, &iris.department(&dataset.department.slug))
        .link(dcat::CONTACT_POINT, &iris.department(&dataset.department.slug));
    if let Some(issued) = dataset.issued {
        node.moment(dct::ISSUED, issued);
    }
    node.moment(dct::MODIFIED, dataset.modified);
    if let Some(revision) = &dataset.current {
        node.plain(dcat::VERSION, &revision.number.to_string());
    }
    if let Some(frequency) = scope.frequency(dataset) {
        node.link(dct::ACCRUAL_PERIODICITY, &frequency);
    }
    node.link(dct::LANGUAGE, &authority::japanese())
        .link(dct::SPATIAL, &scope.city.area(dataset.metadata.area).0.area_iri());
    if period.is_some() {
        node.link(dct::TEMPORAL, &temporal);
    }
    if let Some(schema) = scope.schema(dataset) {
        node.link(dct::CONFORMS_TO, &iris.schema(&schema.id));
    }
    if source.is_some() {
        node.link(dct::PROVENANCE, &provenance);
    }
    node.link(dct::ACCESS_RIGHTS, &authority::public())
        .link(dct::LICENSE, metadata.licence.iri())
        .link(dcat::LANDING_PAGE, &iri);
    for distribution in distributions(dataset) {
        node.link(dcat::HAS_DISTRIBUTION, &iris.distribution(&dataset.slug, distribution.format));
    }

    tell_record(out, scope, dataset);
    if let Some(period) = period {
        tell_period(out, &temporal, period);
    }
    if let Some(source) = source {
        shared::tell_provenance(out, &provenance, &source);
    }
    for distribution in distributions(dataset) {
        tell_distribution(out, scope, dataset, distribution);
    }
}

/// The forms in which the current revision can be fetched.
pub fn distributions(dataset: &Dataset) -> &[Distribution] {
    dataset.current.as_ref().map_or(&[], |revision| &revision.distributions)
}

/// Tells one form of a dataset. Its dates are those of the rows; the dataset's are those of the whole.
pub fn tell_distribution(
    out: &mut Description,
    scope: &Scope<'_>,
    dataset: &Dataset,
    distribution: &Distribution,
) {
    let iris = scope.iris;
    let format = distribution.format;
    let iri = iris.distribution(&dataset.slug, format);
    let checksum = format!("{iri}#checksum");
    let download = iris.download(&dataset.slug, format);

    let mut node = out.node(&iri);
    node.is_a(dcat::DISTRIBUTION)
        .ja(dct::TITLE, &format!("{}（{}）", title(dataset), shared::format_name(format)))
        .ja(dct::DESCRIPTION, description(format))
        .link(dcat::ACCESS_URL, &download)
        .link(dcat::DOWNLOAD_URL, &download)
        .link(dct::FORMAT, &authority::file_type(format.eu()))
        .link(dcat::MEDIA_TYPE, &shared::media_type(format))
        .typed(dcat::BYTE_SIZE, distribution.bytes.to_string(), xsd::NON_NEGATIVE_INTEGER)
        .link(spdx::HAS_CHECKSUM, &checksum)
        .link(dct::LICENSE, dataset.metadata.licence.iri())
        .link(dcatap::AVAILABILITY, &authority::stable())
        .link(dct::LANGUAGE, &authority::japanese());
    if let Some(issued) = dataset.issued {
        node.moment(dct::ISSUED, issued);
    }
    if let Some(published_at) = dataset.current.as_ref().and_then(|revision| revision.published_at) {
        node.moment(dct::MODIFIED, published_at);
    }
    if let Some(schema) = scope.schema(dataset) {
        node.link(dct::CONFORMS_TO, &iris.schema(&schema.id));
    }
    node.link(dcat::ACCESS_SERVICE, &iris.api());

    out.node(&checksum).is_a(spdx::CHECKSUM).link(spdx::ALGORITHM, spdx::SHA256.as_str()).typed(
        spdx::CHECKSUM_VALUE,
        distribution.sha256.to_string(),
        xsd::HEX_BINARY,
    );
}

/// Tells the catalog's record: when its entry on the dataset was made and last changed.
fn tell_record(out: &mut Description, scope: &Scope<'_>, dataset: &Dataset) {
    let mut node = out.node(&scope.iris.record(&dataset.slug));
    node.is_a(dcat::CATALOG_RECORD).link(foaf::PRIMARY_TOPIC, &scope.iris.dataset(&dataset.slug));
    if let Some(issued) = dataset.issued {
        node.moment(dct::ISSUED, issued);
    }
    node.moment(dct::MODIFIED, dataset.modified).link(dct::CONFORMS_TO, PROFILE);
    out.node(PROFILE).is_a(dct::STANDARD).en(dct::TITLE, "DCAT-AP 3.0.1");
}

fn tell_period(out: &mut Description, iri: &str, period: Period) {
    let mut node = out.node(iri);
    node.is_a(dct::PERIOD_OF_TIME);
    if let Some(start) = period.start {
        node.day(dcat::START_DATE, start);
    }
    if let Some(end) = period.end {
        node.day(dcat::END_DATE, end);
    }
}

/// The dataset's title; its slug, should nothing remain of the title.
fn title(dataset: &Dataset) -> String {
    clean(&dataset.metadata.title).unwrap_or_else(|| dataset.slug.to_string())
}

fn description(format: Format) -> &'static str {
    match format {
        Format::Csv => "最新の版のすべての行を、UTF-8のCSVに収めたファイルです。",
        Format::Json => "最新の版のすべての行を、列の名前をもつオブジェクトの配列にしたファイルです。",
        Format::GeoJson => "最新の版のすべての行を、緯度・経度から地図上の点にしたファイルです。",
        Format::Parquet => "最新の版のすべての行を、列ごとに型をもたせて収めたParquetファイルです。",
        Format::Xlsx => "最新の版のすべての行を、1枚のシートに収めたExcelのブックです。",
    }
}
