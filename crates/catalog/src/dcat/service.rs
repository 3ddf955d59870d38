//! The ways in for programs: each API as a service that serves datasets.
//!
//! Which services give access to a form, and what each says of itself. How they answer is the API's business.

use super::description::Description;
use super::edition::Edition;
use super::vocab::{dcat, dct, foaf};
use super::{Scope, agent, authority, shared};
use crate::dataset::Dataset;
use crate::distribution::Format;
use crate::iri::Iris;

/// An API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    /// The API of the catalog's own.
    Rest,
    /// CKAN's action API; its datastore goes by the CSV.
    Ckan,
    /// OGC API – Features and Records; a collection is a dataset whose rows are places.
    Ogc,
}

/// What a service keeps to: its IRI and its name.
type Standard = (&'static str, &'static str);

const OPENAPI: Standard = ("https://spec.openapis.org/oas/v3.1.0", "OpenAPI Specification 3.1");
/// The guide that CKAN gives of its API: no standards body names it otherwise.
const ACTION_API: Standard = ("https://docs.ckan.org/en/latest/api/", "CKAN Action API, version 3");
/// The classes of which `/ogc/conformance` has more: enough to know the protocol by.
const OGC: [Standard; 3] = [
    (
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
        "OGC API – Features – Part 1: Core, conformance class Core",
    ),
    (
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
        "OGC API – Features – Part 1: Core, conformance class GeoJSON",
    ),
    (
        "http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/record-core",
        "OGC API – Records – Part 1: Core, conformance class Record Core",
    ),
];

impl Service {
    /// All of them.
    pub const ALL: [Service; 3] = [Service::Rest, Service::Ckan, Service::Ogc];

    /// Its IRI, at which the documentation answers.
    pub fn iri(self, iris: &Iris) -> String {
        match self {
            Service::Rest => iris.api(),
            Service::Ckan => iris.ckan(),
            Service::Ogc => iris.ogc(),
        }
    }

    /// Those that give the rows of `edition` which the form `format` holds. What is frozen is to be had by revision, which
    /// is a word of the catalog's own API alone.
    pub fn of_form(edition: &Edition<'_>, format: Format) -> &'static [Service] {
        match format {
            _ if edition.frozen().is_some() => &[Service::Rest],
            Format::Csv => &[Service::Rest, Service::Ckan],
            Format::GeoJson => &[Service::Rest, Service::Ogc],
            Format::Json | Format::Parquet | Format::Xlsx => &[Service::Rest],
        }
    }

    fn serves(self, dataset: &Dataset) -> bool {
        let mut forms = dataset.current.iter().flat_map(|current| &current.distributions);
        self != Service::Ogc || forms.any(|form| form.format == Format::GeoJson)
    }

    fn title(self) -> (&'static str, &'static str) {
        match self {
            Service::Rest => ("オープンデータAPI", "Open Data API"),
            Service::Ckan => ("オープンデータ CKAN互換API", "Open Data, CKAN-compatible API"),
            Service::Ogc => {
                ("オープンデータ OGC API（地物・レコード）", "Open Data, OGC API Features and Records")
            }
        }
    }

    fn description(self) -> &'static str {
        match self {
            Service::Rest => {
                "データセットの検索、版の履歴、ダウンロードのためのAPIです。利用登録は要りません。"
            }
            Service::Ckan => {
                "CKANのアクションAPIと同じ形で、データセットの一覧、検索、行の取得ができます。読み取り専用で、利用登録は要りません。"
            }
            Service::Ogc => {
                "QGISなどの地図ソフトから、位置をもつデータセットを地物として、カタログをレコードとして読むためのAPIです。利用登録は要りません。"
            }
        }
    }

    fn keywords(self) -> &'static [&'static str] {
        match self {
            Service::Rest => &["オープンデータ", "API"],
            Service::Ckan => &["オープンデータ", "API", "CKAN"],
            Service::Ogc => &["オープンデータ", "API", "OGC API", "地図"],
        }
    }

    fn endpoint(self, iris: &Iris) -> String {
        match self {
            Service::Rest => iris.api_root(),
            Service::Ckan => iris.ckan_root(),
            Service::Ogc => iris.ogc_root(),
        }
    }

    fn endpoint_description(self, iris: &Iris) -> String {
        match self {
            Service::Rest => iris.openapi(),
            Service::Ckan => iris.ckan_help("package_search"),
            Service::Ogc => iris.ogc_definition(),
        }
    }

    fn standards(self) -> &'static [Standard] {
        match self {
            Service::Rest => &[OPENAPI],
            Service::Ckan => &[ACTION_API],
            Service::Ogc => &OGC,
        }
    }
}

/// Tells every service, each with the first of `datasets` that it serves.
///
/// One is enough to show what they serve, for each form leads to its services itself. A portal copies the service into every
/// form that leads to it (ckanext-dcat: `access_services`): with all datasets of a page there, what it takes in would grow with
/// their square, and change whenever a neighbour does.
pub fn tell(out: &mut Description, scope: &Scope<'_>, datasets: &[Dataset]) {
    for service in Service::ALL {
        tell_one(out, scope, service, datasets.iter().find(|dataset| service.serves(dataset)));
    }
    if let Some(theme) = authority::theme("GOVE") {
        authority::tell_theme(out, theme);
    }
    agent::tell_publisher(out, scope);
    agent::tell_department(out, scope, scope.office);
    shared::tell_licence(out, scope.city.catalog_licence);
    out.node(&scope.iris.docs()).is_a(foaf::DOCUMENT).ja(dct::TITLE, "APIの説明");
    out.node(&authority::public()).is_a(dct::RIGHTS_STATEMENT);
}

/// Whom to ask about a service is the department that runs the catalog.
fn tell_one(out: &mut Description, scope: &Scope<'_>, service: Service, served: Option<&Dataset>) {
    let (iris, city) = (scope.iris, scope.city);
    let (title, title_en) = service.title();
    let mut node = out.node(&service.iri(iris));
    node.is_a(dcat::DATA_SERVICE)
        .ja(dct::TITLE, &format!("{}{title}", city.name))
        .en(dct::TITLE, &format!("{} {title_en}", city.name_en))
        .ja(dct::DESCRIPTION, service.description());
    for word in service.keywords() {
        node.ja(dcat::KEYWORD, word);
    }
    if let Some(theme) = authority::theme("GOVE") {
        node.link(dcat::THEME, &theme.iri());
    }
    node.link(dct::PUBLISHER, &iris.publisher())
        .link(dcat::CONTACT_POINT, &iris.department(&scope.office.slug))
        .link(dcat::ENDPOINT_URL, &service.endpoint(iris))
        .link(dcat::ENDPOINT_DESCRIPTION, &service.endpoint_description(iris));
    for (standard, _) in service.standards() {
        node.link(dct::CONFORMS_TO, standard);
    }
    node.link(dct::ACCESS_RIGHTS, &authority::public())
        .link(dct::LICENSE, city.catalog_licence.iri())
        .link(dcat::LANDING_PAGE, &iris.docs());
    if let Some(dataset) = served {
        node.link(dcat::SERVES_DATASET, &iris.dataset(&dataset.slug));
    }
    for (standard, name) in service.standards() {
        out.node(standard).is_a(dct::STANDARD).en(dct::TITLE, name);
    }
}
