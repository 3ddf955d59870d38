//! How the catalog describes itself to other portals: [DCAT-AP 3.0.1](https://semiceu.github.io/DCAT-AP/releases/3.0.1/).
//!
//! Datasets come in; triples go out, in the order a person reads them, and [`write()`] makes bytes of them. All of
//! it is pure: the same dataset gives the same bytes. There are no blank nodes, which a harvester would take for
//! new things every night, and each description is complete: it gives the class of every node it leads to.
//! Whatever comes in is told to everybody: leaving out drafts is the business of keeping, HTTP is the API's.

mod agent;
pub(crate) mod authority;
mod catalog;
mod dataset;
mod description;
mod jsonld;
pub(crate) mod keyword;
mod shared;
mod syntax;
pub mod vocab;

use ingestion::{Schema, Schemas};
use jiff::Timestamp;
pub use oxrdf::Triple;

use self::authority::Theme;
use self::description::Description;
pub use self::syntax::{Syntax, write};
use crate::city::{Area, City};
use crate::dataset::Dataset;
use crate::department::Department;
use crate::distribution::Format;
use crate::iri::Iris;
use crate::term::Term;

/// What every description is made with.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// How IRIs are made.
    pub iris: &'a Iris,
    /// The municipality that publishes.
    pub city: &'a City,
    /// The 分類.
    pub themes: &'a [Term],
    /// The 更新頻度.
    pub frequencies: &'a [Term],
    /// The national schemas.
    pub schemas: &'a Schemas,
}

/// One page of the catalog.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// Its datasets: published, in the catalog's stable order.
    pub datasets: &'a [Dataset],
    /// Which page this is, from 1.
    pub number: u32,
    /// How many pages there are.
    pub pages: u32,
    /// How many datasets all pages hold.
    pub total: u64,
    /// When the first dataset was published.
    pub issued: Option<Timestamp>,
    /// When anything in the catalog last changed.
    pub modified: Option<Timestamp>,
}

/// Describes one page of the catalog: the catalog, the way to the next page, and every dataset of the page
/// complete in itself. The links from page to page are in `syntax`; nothing else depends on it.
pub fn catalog(scope: &Scope<'_>, page: &Page<'_>, syntax: Syntax) -> Vec<Triple> {
    let mut out = Description::default();
    catalog::tell(&mut out, scope, page);
    catalog::tell_view(&mut out, scope, page, syntax);
    for dataset in page.datasets {
        dataset::tell(&mut out, scope, dataset);
    }
    catalog::tell_shared(&mut out, scope, page);
    for dataset in page.datasets {
        tell_shared(&mut out, scope, dataset);
    }
    out.into_triples()
}

/// Describes one dataset with its record and its distributions.
pub fn dataset(scope: &Scope<'_>, dataset: &Dataset) -> Vec<Triple> {
    let mut out = Description::default();
    dataset::tell(&mut out, scope, dataset);
    shared::tell_service(&mut out, scope, std::slice::from_ref(dataset));
    tell_shared(&mut out, scope, dataset);
    out.into_triples()
}

/// Describes one form of a dataset; nothing when its current revision is not made in it.
///
/// The dataset is named, but not typed: a harvester takes a bare `dcat:Dataset` for an empty one.
pub fn distribution(scope: &Scope<'_>, dataset: &Dataset, format: Format) -> Vec<Triple> {
    let Some(distribution) = dataset::distributions(dataset).iter().find(|one| one.format == format) else {
        return Vec::new();
    };
    let mut out = Description::default();
    dataset::tell_distribution(&mut out, scope, dataset, distribution);
    out.node(&scope.iris.dataset(&dataset.slug))
        .link(vocab::dcat::HAS_DISTRIBUTION, &scope.iris.distribution(&dataset.slug, format));
    shared::tell_service(&mut out, scope, &[]);
    shared::tell_for_distribution(&mut out, scope, dataset, distribution);
    out.into_triples()
}

/// Describes a department and the municipality it belongs to.
pub fn department(scope: &Scope<'_>, department: &Department) -> Vec<Triple> {
    let mut out = Description::default();
    agent::tell_department(&mut out, scope, department);
    agent::tell_publisher(&mut out, scope);
    agent::tell_place(&mut out, scope, Area::City);
    out.into_triples()
}

/// Describes a national schema as the standard that datasets conform to.
pub fn schema(scope: &Scope<'_>, schema: &Schema) -> Vec<Triple> {
    let mut out = Description::default();
    shared::tell_standard(&mut out, scope, schema);
    out.into_triples()
}

fn tell_shared(out: &mut Description, scope: &Scope<'_>, dataset: &Dataset) {
    shared::tell_for_dataset(out, scope, dataset);
    for distribution in dataset::distributions(dataset) {
        shared::tell_for_distribution(out, scope, dataset, distribution);
    }
}

impl<'a> Scope<'a> {
    /// The dataset's theme in the European table, where the city's list names one.
    fn theme(&self, dataset: &Dataset) -> Option<Theme> {
        european(self.themes, dataset.metadata.theme.as_deref()).and_then(authority::theme)
    }

    /// The IRI of the dataset's frequency in the European table, where the city's list names one.
    fn frequency(&self, dataset: &Dataset) -> Option<String> {
        european(self.frequencies, dataset.metadata.frequency.as_deref()).and_then(authority::frequency)
    }

    /// The schema the dataset follows, where it is known.
    fn schema(&self, dataset: &Dataset) -> Option<&'a Schema> {
        dataset.metadata.schema.as_ref().and_then(|id| self.schemas.get(id))
    }
}

fn european<'a>(terms: &'a [Term], code: Option<&str>) -> Option<&'a str> {
    terms.iter().find(|term| Some(term.code.as_str()) == code).map(|term| term.eu.as_str())
}

#[cfg(test)]
mod tests;
