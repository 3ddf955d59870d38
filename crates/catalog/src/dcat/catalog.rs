//! The catalog itself, as every page of it tells it, and the way from page to page.

use oxrdf::vocab::xsd;

use super::description::{Description, clean};
use super::vocab::{dcat, dct, foaf, hydra};
use super::{Page, Scope, Syntax, agent, authority, shared};
use crate::city::Area;

/// Tells the catalog with the datasets of one page.
pub fn tell(out: &mut Description, scope: &Scope<'_>, page: &Page<'_>) {
    let (iris, city) = (scope.iris, scope.city);
    let title = clean(&city.catalog_title).unwrap_or_else(|| city.name.clone());
    let mut node = out.node(&iris.catalog());
    node.is_a(dcat::CATALOG)
        .ja(dct::TITLE, &title)
        .en(dct::TITLE, &city.catalog_title_en)
        .ja(dct::DESCRIPTION, &clean(&city.catalog_description).unwrap_or(title))
        .link(dct::PUBLISHER, &iris.publisher())
        .link(foaf::HOMEPAGE, &iris.home())
        .link(dct::LANGUAGE, &authority::japanese())
        .link(dct::LICENSE, city.catalog_licence.iri());
    if let Some(issued) = page.issued {
        node.moment(dct::ISSUED, issued);
    }
    if let Some(modified) = page.modified {
        node.moment(dct::MODIFIED, modified);
    }
    node.link(dct::SPATIAL, &city.code.area_iri())
        .link(dcat::THEME_TAXONOMY, &authority::theme_taxonomy())
        .link(dcat::SERVICE, &iris.api())
        .link(hydra::VIEW, &iris.catalog_page(page.number, None));
    for dataset in page.datasets {
        node.link(dcat::HAS_DATASET, &iris.dataset(&dataset.slug));
    }
    for dataset in page.datasets {
        node.link(dcat::RECORD, &iris.record(&dataset.slug));
    }
}

/// Tells the page among the pages.
///
/// The links go on in the syntax the reader came with: ckanext-dcat follows `hydra:next` without an `Accept`
/// header and picks its parser by what answers. They are all in which the syntaxes differ, and one page alone
/// has none, so its graph is the same in every syntax. The last page has no next.
pub fn tell_view(out: &mut Description, scope: &Scope<'_>, page: &Page<'_>, syntax: Syntax) {
    let at = |number| scope.iris.catalog_page(number, Some(syntax));
    let mut node = out.node(&scope.iris.catalog_page(page.number, None));
    node.is_a(hydra::PARTIAL_COLLECTION_VIEW).typed(hydra::TOTAL_ITEMS, page.total.to_string(), xsd::INTEGER);
    if page.pages > 1 {
        node.link(hydra::FIRST, &at(1));
        if page.number > 1 {
            node.link(hydra::PREVIOUS, &at(page.number - 1));
        }
        if page.number < page.pages {
            node.link(hydra::NEXT, &at(page.number + 1));
        }
        node.link(hydra::LAST, &at(page.pages));
    }
}

/// Tells what the catalog points at, its datasets apart.
pub fn tell_shared(out: &mut Description, scope: &Scope<'_>, page: &Page<'_>) {
    shared::tell_service(out, scope, page.datasets);
    agent::tell_place(out, scope, Area::City);
    out.node(&scope.iris.home()).is_a(foaf::DOCUMENT).ja(dct::TITLE, &scope.city.catalog_title);
    shared::tell_licence(out, scope.city.catalog_licence);
    authority::tell_theme_taxonomy(out);
    out.node(&authority::japanese()).is_a(dct::LINGUISTIC_SYSTEM);
}
