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
pub mod description;
mod distribution;
mod edition;
mod jsonld;
pub(crate) mod keyword;
mod quality;
mod service;
mod shared;
mod syntax;
mod versions;
pub mod vocab;
pub mod words;

use ingestion::{Report, Schema, Schemas};
use jiff::Timestamp;

use self::authority::Theme;
use self::description::Description;
pub use self::description::Statement;
use self::edition::Edition;
pub use self::syntax::{Syntax, write};
use self::words::Word;
use crate::city::City;
use crate::dataset::{Dataset, Period};
use crate::department::Department;
use crate::distribution::Format;
use crate::iri::Iris;
use crate::revision::Revision;
use crate::slug::Slug;
use crate::term::Term;

/// What every description is made with.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// How IRIs are made.
    pub iris: &'a Iris,
    /// The municipality that publishes.
    pub city: &'a City,
    /// The department that runs the catalog.
    pub office: &'a Department,
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
    /// The dataset behind which it was asked to begin; `None` where places are counted.
    pub after: Option<&'a Slug>,
    /// Whether datasets follow on another page.
    pub has_next: bool,
    /// How many pages there are.
    pub pages: u32,
    /// How many datasets all pages hold.
    pub total: u64,
    /// When the first dataset was published.
    pub issued: Option<Timestamp>,
    /// When anything in the catalog last changed.
    pub modified: Option<Timestamp>,
}

/// What is told of a dataset at its own IRI, and left out of the catalog's pages to keep them short.
#[derive(Debug, Clone, Copy, Default)]
pub struct Detail<'a> {
    /// Its published revisions, the newest first.
    pub revisions: &'a [Revision],
    /// What was found in the file of the revision that is told.
    pub report: Option<&'a Report>,
    /// The IRIs of what names it as its evidence.
    pub cited_by: &'a [String],
}

/// Describes one page of the catalog: the catalog, the way to the next page, and every dataset of the page
/// complete in itself. The links from page to page are in `syntax`; nothing else depends on it.
pub fn catalog(scope: &Scope<'_>, page: &Page<'_>, syntax: Syntax) -> Vec<Statement> {
    let mut out = Description::default();
    catalog::tell(&mut out, scope, page);
    catalog::tell_view(&mut out, scope, page, syntax);
    for dataset in page.datasets {
        dataset::tell(&mut out, scope, &Edition::now(dataset), &Detail::default());
    }
    catalog::tell_shared(&mut out, scope, page);
    for dataset in page.datasets {
        tell_shared(&mut out, scope, &Edition::now(dataset));
    }
    out.into_statements()
}

/// Describes one dataset with its record, its distributions and the revisions it has had.
pub fn dataset(scope: &Scope<'_>, dataset: &Dataset, detail: &Detail<'_>) -> Vec<Statement> {
    edition(scope, &Edition::now(dataset), detail)
}

/// Describes one revision of `dataset`, which is a dataset that never changes.
pub fn revision(
    scope: &Scope<'_>,
    dataset: &Dataset,
    revision: &Revision,
    detail: &Detail<'_>,
) -> Vec<Statement> {
    edition(scope, &Edition::of(dataset, revision), detail)
}

/// Describes one form of a dataset; nothing when its current revision is not made in it.
pub fn distribution(
    scope: &Scope<'_>,
    dataset: &Dataset,
    format: Format,
    detail: &Detail<'_>,
) -> Vec<Statement> {
    form(scope, &Edition::now(dataset), format, detail)
}

/// Describes one form of one revision of `dataset`, whose bytes never change; nothing when it is not made in it.
pub fn revision_distribution(
    scope: &Scope<'_>,
    dataset: &Dataset,
    revision: &Revision,
    format: Format,
    detail: &Detail<'_>,
) -> Vec<Statement> {
    form(scope, &Edition::of(dataset, revision), format, detail)
}

/// Adds one dataset to a description of something else, as complete as on a page of the catalog.
pub fn tell_dataset(out: &mut Description, scope: &Scope<'_>, dataset: &Dataset) {
    let edition = Edition::now(dataset);
    dataset::tell(out, scope, &edition, &Detail::default());
    service::tell(out, scope, &[]);
    tell_shared(out, scope, &edition);
}

/// Describes the municipality.
pub fn publisher(scope: &Scope<'_>) -> Vec<Statement> {
    let mut out = Description::default();
    tell_publisher(&mut out, scope);
    out.into_statements()
}

/// Adds the municipality, with its place and its page, to a description of something that it publishes.
pub fn tell_publisher(out: &mut Description, scope: &Scope<'_>) {
    agent::tell_publisher(out, scope);
}

/// Adds a department to a description of something that it answers for.
pub fn tell_department(out: &mut Description, scope: &Scope<'_>, department: &Department) {
    agent::tell_department(out, scope, department);
}

/// Adds the span of days `iri` to a description.
pub fn tell_period(out: &mut Description, iri: &str, period: Period) {
    dataset::tell_period(out, iri, period);
}

/// Adds the licence of the descriptions themselves to one of them.
pub fn tell_licence(out: &mut Description, scope: &Scope<'_>) {
    shared::tell_licence(out, scope.city.catalog_licence);
}

/// Describes a department and the municipality it belongs to.
pub fn department(scope: &Scope<'_>, department: &Department) -> Vec<Statement> {
    let mut out = Description::default();
    agent::tell_department(&mut out, scope, department);
    agent::tell_publisher(&mut out, scope);
    out.into_statements()
}

/// Describes a national schema as the standard that datasets conform to.
pub fn schema(scope: &Scope<'_>, schema: &Schema) -> Vec<Statement> {
    let mut out = Description::default();
    shared::tell_standard(&mut out, scope, schema);
    out.into_statements()
}

/// Describes `/vocabulary`, whose words are `words`.
pub fn vocabulary(scope: &Scope<'_>, words: &[Word]) -> Vec<Statement> {
    let mut out = Description::default();
    words::tell_vocabulary(&mut out, scope, words);
    agent::tell_publisher(&mut out, scope);
    shared::tell_licence(&mut out, scope.city.catalog_licence);
    out.into_statements()
}

/// The words of our own that descriptions of the catalog use.
pub fn own_words() -> impl Iterator<Item = Word> {
    quality::METRICS.into_iter().chain([words::EVIDENCE])
}

fn edition(scope: &Scope<'_>, edition: &Edition<'_>, detail: &Detail<'_>) -> Vec<Statement> {
    let mut out = Description::default();
    dataset::tell(&mut out, scope, edition, detail);
    let served: &[Dataset] = match edition.frozen() {
        Some(_) => &[],
        None => std::slice::from_ref(edition.dataset),
    };
    service::tell(&mut out, scope, served);
    tell_shared(&mut out, scope, edition);
    out.into_statements()
}

/// The dataset is named, but not typed: a harvester takes a bare `dcat:Dataset` for an empty one.
fn form(scope: &Scope<'_>, edition: &Edition<'_>, format: Format, detail: &Detail<'_>) -> Vec<Statement> {
    let Some(form) = edition.forms().into_iter().find(|form| form.format == format) else {
        return Vec::new();
    };
    let mut out = Description::default();
    distribution::tell(&mut out, scope, edition, &form, detail);
    out.node(&edition.iri(scope.iris))
        .link(vocab::dcat::HAS_DISTRIBUTION, &edition.distribution(scope.iris, format));
    shared::tell_rights(&mut out, scope, edition);
    service::tell(&mut out, scope, &[]);
    shared::tell_for_distribution(&mut out, scope, edition.dataset, format);
    out.into_statements()
}

fn tell_shared(out: &mut Description, scope: &Scope<'_>, edition: &Edition<'_>) {
    shared::tell_for_dataset(out, scope, edition.dataset);
    for form in edition.forms() {
        shared::tell_for_distribution(out, scope, edition.dataset, form.format);
    }
}

impl<'a> Scope<'a> {
    /// The dataset's theme in the European table: provisional data, where the city's list names none. DCAT-AP recommends one for each.
    fn theme(&self, dataset: &Dataset) -> Theme {
        european(self.themes, dataset.metadata.theme.as_deref())
            .and_then(authority::theme)
            .unwrap_or_else(authority::provisional_theme)
    }

    /// The IRI of the dataset's frequency in the European table: unknown, where the city's list names none.
    fn frequency(&self, dataset: &Dataset) -> String {
        european(self.frequencies, dataset.metadata.frequency.as_deref())
            .and_then(authority::frequency)
            .unwrap_or_else(authority::unknown_frequency)
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
