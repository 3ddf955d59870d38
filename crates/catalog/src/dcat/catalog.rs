//! The catalog itself, as every page of it tells it, and the way from page to page.

use oxrdf::vocab::xsd;

use super::description::{Description, clean};
use super::service::{self, Service};
use super::vocab::{dcat, dct, foaf, hydra};
use super::{Page, Scope, Syntax, authority};

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
    node.link(dct::CREATOR, &iris.department(&scope.office.slug))
        .link(dct::SPATIAL, &city.code.area_iri())
        .link(dcat::THEME_TAXONOMY, &authority::theme_taxonomy())
        .link(hydra::VIEW, &view(scope, page));
    for service in Service::ALL {
        node.link(dcat::SERVICE, &service.iri(iris));
    }
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
///
/// The next page begins behind the last dataset of this one, not at a place that is counted: whatever is published
/// or withdrawn during the walk, nothing comes twice and nothing is passed over.
pub fn tell_view(out: &mut Description, scope: &Scope<'_>, page: &Page<'_>, syntax: Syntax) {
    let at = |number, after| scope.iris.catalog_page(number, after, Some(syntax));
    let mut node = out.node(&view(scope, page));
    // Older harvesters look for the class by the name it had in Hydra before.
    node.is_a(hydra::PARTIAL_COLLECTION_VIEW).is_a(hydra::PAGED_COLLECTION).typed(
        hydra::TOTAL_ITEMS,
        page.total.to_string(),
        xsd::INTEGER,
    );
    if page.pages > 1 {
        node.link(hydra::FIRST, &at(1, None));
        if page.number > 1 {
            node.link(hydra::PREVIOUS, &at(page.number - 1, None));
        }
        if let Some(last) = page.datasets.last().filter(|_| page.has_next) {
            node.link(hydra::NEXT, &at(page.number.saturating_add(1), Some(&last.slug)));
        }
        node.link(hydra::LAST, &at(page.pages, None));
    }
}

/// The IRI of the page, which stands for it in every syntax.
fn view(scope: &Scope<'_>, page: &Page<'_>) -> String {
    scope.iris.catalog_page(page.number, page.after, None)
}

/// Tells what the catalog points at, its datasets apart.
pub fn tell_shared(out: &mut Description, scope: &Scope<'_>, page: &Page<'_>) {
    service::tell(out, scope, page.datasets);
    authority::tell_theme_taxonomy(out);
    out.node(&authority::japanese()).is_a(dct::LINGUISTIC_SYSTEM);
}
