//! The ways in for programs: the API as a service that serves datasets.

use super::description::Description;
use super::vocab::{dcat, dct, foaf};
use super::{Scope, agent, authority, shared};
use crate::dataset::Dataset;

/// What the API is described by.
const OPENAPI: &str = "https://spec.openapis.org/oas/v3.1.0";

/// Tells the API as a service for `datasets`. Whom to ask about it is the department that runs the catalog.
pub fn tell(out: &mut Description, scope: &Scope<'_>, datasets: &[Dataset]) {
    let (iris, city) = (scope.iris, scope.city);
    let theme = authority::theme("GOVE");
    let mut node = out.node(&iris.api());
    node.is_a(dcat::DATA_SERVICE)
        .ja(dct::TITLE, &format!("{}オープンデータAPI", city.name))
        .en(dct::TITLE, &format!("{} Open Data API", city.name_en))
        .ja(
            dct::DESCRIPTION,
            "データセットの検索、版の履歴、ダウンロードのためのAPIです。利用登録は要りません。",
        );
    for word in ["オープンデータ", "API"] {
        node.ja(dcat::KEYWORD, word);
    }
    if let Some(theme) = theme {
        node.link(dcat::THEME, &theme.iri());
    }
    node.link(dct::PUBLISHER, &iris.publisher())
        .link(dcat::CONTACT_POINT, &iris.department(&scope.office.slug))
        .link(dcat::ENDPOINT_URL, &iris.api_root())
        .link(dcat::ENDPOINT_DESCRIPTION, &iris.openapi())
        .link(dct::CONFORMS_TO, OPENAPI)
        .link(dct::ACCESS_RIGHTS, &authority::public())
        .link(dct::LICENSE, city.catalog_licence.iri())
        .link(dcat::LANDING_PAGE, &iris.docs());
    for dataset in datasets {
        node.link(dcat::SERVES_DATASET, &iris.dataset(&dataset.slug));
    }
    if let Some(theme) = theme {
        authority::tell_theme(out, theme);
    }
    agent::tell_publisher(out, scope);
    agent::tell_department(out, scope, scope.office);
    shared::tell_licence(out, city.catalog_licence);
    out.node(&iris.docs()).is_a(foaf::DOCUMENT).ja(dct::TITLE, "APIの説明");
    out.node(OPENAPI).is_a(dct::STANDARD).en(dct::TITLE, "OpenAPI Specification 3.1");
    out.node(&authority::public()).is_a(dct::RIGHTS_STATEMENT);
}
