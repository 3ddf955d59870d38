//! Who stands behind the data: the municipality that publishes it, the department that answers for it, and the
//! place they speak of.

use ingestion::Bbox;
use oxrdf::vocab::rdfs;

use super::Scope;
use super::description::Description;
use super::vocab::{dcat, dct, foaf, geo, org, sacs, skos, vcard};
use crate::city::Area;
use crate::department::Department;

/// The kind of publisher, from the [ADMS publisher types](http://purl.org/adms/publishertype/).
const LOCAL_AUTHORITY: &str = "http://purl.org/adms/publishertype/LocalAuthority";

/// Tells the municipality, which is the one publisher of everything, with its place and its page.
pub fn tell_publisher(out: &mut Description, scope: &Scope<'_>) {
    let city = scope.city;
    out.node(&scope.iris.publisher())
        .is_a(foaf::AGENT)
        .is_a(org::FORMAL_ORGANIZATION)
        .ja(foaf::NAME, &city.name)
        .en(foaf::NAME, &city.name_en)
        .plain(dct::IDENTIFIER, &city.corporate_number)
        .link(dct::TYPE, LOCAL_AUTHORITY)
        .link(foaf::HOMEPAGE, &scope.iris.home())
        .link(dct::SPATIAL, &scope.city.code.area_iri());
    tell_local_authority(out);
    tell_place(out, scope, Area::City);
    out.node(&scope.iris.home()).is_a(foaf::DOCUMENT).ja(dct::TITLE, &scope.city.catalog_title);
}

/// Tells a department: as the maker of its datasets and as the contact for them. Its page is the way to reach
/// it; mail addresses and telephones are not known here.
pub fn tell_department(out: &mut Description, scope: &Scope<'_>, department: &Department) {
    let iri = scope.iris.department(&department.slug);
    let mut node = out.node(&iri);
    node.is_a(foaf::AGENT)
        .is_a(org::ORGANIZATIONAL_UNIT)
        .is_a(vcard::KIND)
        .is_a(vcard::ORGANIZATION)
        .ja(foaf::NAME, &department.title);
    if let Some(title_en) = &department.title_en {
        node.en(foaf::NAME, title_en);
    }
    node.ja(vcard::FN, &department.title)
        .link(vcard::HAS_URL, &iri)
        .link(org::UNIT_OF, &scope.iris.publisher())
        .link(dct::TYPE, LOCAL_AUTHORITY);
    tell_local_authority(out);
}

/// Tells an area. CKAN shows its `rdfs:label`, of which there is one for that reason.
pub fn tell_place(out: &mut Description, scope: &Scope<'_>, area: Area) {
    let city = scope.city;
    let (code, _) = city.area(area);
    let mut node = out.node(&code.area_iri());
    node.is_a(dct::LOCATION).is_a(sacs::STANDARD_AREA_CODE);
    match area {
        Area::City => node
            .ja(rdfs::LABEL, &city.name)
            .ja(skos::PREF_LABEL, &city.name)
            .en(skos::PREF_LABEL, &city.name_en),
        Area::Prefecture => node.ja(rdfs::LABEL, &city.prefecture).ja(skos::PREF_LABEL, &city.prefecture),
    }
    .plain(dct::IDENTIFIER, code.as_str());
    if let Some(bbox) = city.bbox.filter(|bbox| area == Area::City && bbox.is_a_box()) {
        node.typed(dcat::BBOX, polygon(bbox), geo::WKT_LITERAL).typed(
            dcat::CENTROID,
            middle(bbox),
            geo::WKT_LITERAL,
        );
    }
}

/// A box as [WKT](https://www.ogc.org/standard/sfa/) in CRS84: longitude first, the ring closed, against the clock.
fn polygon(bbox: Bbox) -> String {
    let Bbox { south, west, north, east } = bbox;
    format!("POLYGON(({west} {south},{east} {south},{east} {north},{west} {north},{west} {south}))")
}

fn middle(bbox: Bbox) -> String {
    format!("POINT({:.6} {:.6})", (bbox.west + bbox.east) / 2.0, (bbox.south + bbox.north) / 2.0)
}

fn tell_local_authority(out: &mut Description) {
    out.node(LOCAL_AUTHORITY).is_a(skos::CONCEPT).en(skos::PREF_LABEL, "Local Authority");
}
