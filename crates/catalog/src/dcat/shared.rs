//! What many datasets point at: licences, forms, standards, the API, words of the authority tables.
//!
//! A harvester takes each page by itself and looks for the class of everything it meets, so a page tells them,
//! once each, behind its datasets.
//!
//! Of these, only media types carry an `rdfs:label`: CKAN shows a node's label in place of its IRI, which it
//! should do for `text/csv` and for no licence or theme. The others have a `skos:prefLabel` or a `dct:title`.

use ingestion::Schema;
use oxrdf::vocab::rdfs;

use super::description::Description;
use super::vocab::{dcat, dct, owl, skos};
use super::{Scope, agent, authority};
use crate::city::Area;
use crate::dataset::Dataset;
use crate::distribution::{Distribution, Format};
use crate::licence::Licence;

/// What the API is described by.
const OPENAPI: &str = "https://spec.openapis.org/oas/v3.1.0";

/// Tells everything that the description of `dataset` points at, its distributions apart.
pub fn tell_for_dataset(out: &mut Description, scope: &Scope<'_>, dataset: &Dataset) {
    agent::tell_publisher(out, scope);
    agent::tell_department(out, scope, &dataset.department);
    agent::tell_place(out, scope, Area::City);
    agent::tell_place(out, scope, dataset.metadata.area);
    if let Some(schema) = scope.schema(dataset) {
        tell_standard(out, scope, schema);
    }
    tell_licence(out, dataset.metadata.licence);
    if let Some(theme) = scope.theme(dataset) {
        authority::tell_theme(out, theme);
    }
    if let Some(frequency) = scope.frequency(dataset) {
        out.node(&frequency).is_a(dct::FREQUENCY);
    }
    out.node(&authority::japanese()).is_a(dct::LINGUISTIC_SYSTEM);
    out.node(&authority::public()).is_a(dct::RIGHTS_STATEMENT);
}

/// Tells everything that the description of a distribution points at, its checksum apart.
pub fn tell_for_distribution(
    out: &mut Description,
    scope: &Scope<'_>,
    dataset: &Dataset,
    distribution: &Distribution,
) {
    let format = distribution.format;
    if let Some(schema) = scope.schema(dataset) {
        tell_standard(out, scope, schema);
    }
    tell_licence(out, dataset.metadata.licence);
    out.node(&authority::file_type(format.eu()))
        .is_a(dct::MEDIA_TYPE_OR_EXTENT)
        .plain(skos::PREF_LABEL, format_name(format));
    out.node(&media_type(format)).is_a(dct::MEDIA_TYPE).plain(rdfs::LABEL, format.media_type());
    out.node(&authority::stable()).is_a(skos::CONCEPT).en(skos::PREF_LABEL, "stable");
    out.node(&authority::japanese()).is_a(dct::LINGUISTIC_SYSTEM);
}

/// Tells the API as a service for `datasets`.
pub fn tell_service(out: &mut Description, scope: &Scope<'_>, datasets: &[Dataset]) {
    let iris = scope.iris;
    let mut node = out.node(&iris.api());
    node.is_a(dcat::DATA_SERVICE)
        .ja(dct::TITLE, &format!("{}オープンデータAPI", scope.city.name))
        .en(dct::TITLE, &format!("{} Open Data API", scope.city.name_en))
        .ja(
            dct::DESCRIPTION,
            "データセットの検索、版の履歴、ダウンロードのためのAPIです。利用登録は要りません。",
        )
        .link(dct::PUBLISHER, &iris.publisher())
        .link(dcat::ENDPOINT_URL, &iris.api_root())
        .link(dcat::ENDPOINT_DESCRIPTION, &iris.openapi())
        .link(dct::CONFORMS_TO, OPENAPI)
        .link(dct::ACCESS_RIGHTS, &authority::public());
    for dataset in datasets {
        node.link(dcat::SERVES_DATASET, &iris.dataset(&dataset.slug));
    }
    agent::tell_publisher(out, scope);
    out.node(OPENAPI).is_a(dct::STANDARD).en(dct::TITLE, "OpenAPI Specification 3.1");
    out.node(&authority::public()).is_a(dct::RIGHTS_STATEMENT);
}

/// Tells the page of a national schema as the standard that datasets conform to.
pub fn tell_standard(out: &mut Description, scope: &Scope<'_>, schema: &Schema) {
    let mut node = out.node(&scope.iris.schema(&schema.id));
    node.is_a(dct::STANDARD)
        .ja(dct::TITLE, &format!("{}（{}）", schema.title, schema.id.standard().title()))
        .plain(dct::IDENTIFIER, &schema.id.to_string())
        .plain(owl::VERSION_INFO, &schema.edition);
    if let Some(page) = &schema.page {
        node.link(dct::SOURCE, page);
    }
}

/// Tells a licence.
///
/// Its only `dct:title` is the one a stock CKAN knows it by: with a Japanese title beside it, a CKAN in
/// Japanese would compare that one and call the dataset closed. The Japanese name is its `skos:prefLabel`.
pub fn tell_licence(out: &mut Description, licence: Licence) {
    let (kind, label) = match licence {
        Licence::CcBy4 | Licence::Pdl1 => ("http://purl.org/adms/licencetype/Attribution", "Attribution"),
        Licence::Cc0 => ("http://purl.org/adms/licencetype/PublicDomain", "Work in the public domain"),
    };
    out.node(licence.iri())
        .is_a(dct::LICENSE_DOCUMENT)
        .en(dct::TITLE, licence.title_en())
        .ja(skos::PREF_LABEL, licence.title())
        .link(dct::TYPE, kind);
    out.node(kind).is_a(skos::CONCEPT).en(skos::PREF_LABEL, label);
}

/// Tells where rows come from, in the words of `source` and, when it is an IRI, with a link.
///
/// What the link leads to is not told: it may be a dataset of this very page.
pub fn tell_provenance(out: &mut Description, iri: &str, source: &str) {
    out.node(iri).is_a(dct::PROVENANCE_STATEMENT).ja(rdfs::LABEL, source).link(dct::SOURCE, source);
}

/// The IRI of a form's media type in the [IANA registry](https://www.iana.org/assignments/media-types/).
pub fn media_type(format: Format) -> String {
    format!("https://www.iana.org/assignments/media-types/{}", format.media_type())
}

/// How people write a form.
pub fn format_name(format: Format) -> &'static str {
    match format {
        Format::Csv => "CSV",
        Format::Json => "JSON",
        Format::GeoJson => "GeoJSON",
        Format::Parquet => "Parquet",
        Format::Xlsx => "XLSX",
    }
}
