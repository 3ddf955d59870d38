//! What many datasets point at: licences, forms, standards, words of the authority tables.
//!
//! A harvester takes each page by itself and looks for the class of everything it meets, so a page tells them,
//! once each, behind its datasets.
//!
//! Of these, only media types and file types carry an `rdfs:label`: CKAN shows a node's label in place of its IRI, which it
//! should do for `text/csv` and for no licence or theme. The others have a `skos:prefLabel` or a `dct:title`. A file type is
//! called a `dct:IMT` first, for ckanext-dcat reads the label of nothing else: CKAN knows CSV by its media type, but of Parquet
//! it would show the IRI.

use ingestion::Schema;
use oxrdf::vocab::rdfs;

use super::description::Description;
use super::edition::Edition;
use super::vocab::{dct, owl, skos};
use super::{Scope, agent, authority};
use crate::dataset::Dataset;
use crate::distribution::Format;
use crate::licence::Licence;

/// Tells everything that the description of `dataset` points at, its distributions apart.
pub fn tell_for_dataset(out: &mut Description, scope: &Scope<'_>, dataset: &Dataset) {
    agent::tell_publisher(out, scope);
    agent::tell_department(out, scope, &dataset.department);
    agent::tell_place(out, scope, dataset.metadata.area);
    if let Some(schema) = scope.schema(dataset) {
        tell_standard(out, scope, schema);
    }
    tell_licence(out, dataset.metadata.licence);
    authority::tell_theme(out, scope.theme(dataset));
    out.node(&scope.frequency(dataset)).is_a(dct::FREQUENCY);
    out.node(&authority::japanese()).is_a(dct::LINGUISTIC_SYSTEM);
    out.node(&authority::public()).is_a(dct::RIGHTS_STATEMENT);
}

/// Tells everything that the description of a distribution points at, its checksum apart.
pub fn tell_for_distribution(out: &mut Description, scope: &Scope<'_>, dataset: &Dataset, format: Format) {
    if let Some(schema) = scope.schema(dataset) {
        tell_standard(out, scope, schema);
    }
    tell_licence(out, dataset.metadata.licence);
    out.node(&authority::file_type(format.eu()))
        .is_a(dct::IMT)
        .is_a(dct::MEDIA_TYPE_OR_EXTENT)
        .plain(rdfs::LABEL, format.title())
        .plain(skos::PREF_LABEL, format.title());
    out.node(&media_type(format)).is_a(dct::MEDIA_TYPE).plain(rdfs::LABEL, format.media_type());
    out.node(&authority::stable()).is_a(skos::CONCEPT).en(skos::PREF_LABEL, "stable");
    out.node(&authority::japanese()).is_a(dct::LINGUISTIC_SYSTEM);
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

/// The IRI of what is said about using the forms of a dataset or a revision.
pub fn rights(scope: &Scope<'_>, edition: &Edition<'_>) -> String {
    format!("{}#rights", edition.iri(scope.iris))
}

/// Tells how the source is to be named by whoever uses the data.
///
/// Rule: 公共データ利用規約（第1.0版） wants title, page and rule named; CC BY 4.0 §3(a) asks for the same; CC0 for nothing.
pub fn tell_rights(out: &mut Description, scope: &Scope<'_>, edition: &Edition<'_>) {
    let licence = edition.dataset.metadata.licence;
    let source = format!(
        "出典：{}「{}」（{}）、{}（{}）",
        scope.city.name,
        edition.title(),
        edition.iri(scope.iris),
        licence.short(),
        licence.iri()
    );
    let how = match licence {
        Licence::CcBy4 | Licence::Pdl1 => {
            "利用するときは、次のように出典を書いてください。加工したときは、そのことも書いてください。"
        }
        Licence::Cc0 => "出典を書かなくても利用できます。書くときは次のようにしてください。",
    };
    out.node(&rights(scope, edition))
        .is_a(dct::RIGHTS_STATEMENT)
        .ja(rdfs::LABEL, &format!("{how}\n{source}"));
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
