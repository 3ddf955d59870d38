//! The catalog as a collection of records: each dataset is one.
//!
//! Rule: OGC 20-004r1, requirements classes record-core, record-collection, record-core-query-parameters and json.

use std::collections::BTreeSet;

use catalog::asking::Days;
use catalog::overview::{Overview, TYPE, Wanted, columns, phrases};
use catalog::{Dataset, Iris, Slug, Term};

use crate::ogc::addresses::{Addresses, CATALOG};
use crate::ogc::datetime;
use crate::ogc::form::{Form, GEOJSON, HTML, JSON};
use crate::ogc::link::{Link, rel};
use crate::ogc::query::{Given, RecordsQuery, limit};
use crate::ogc::question::{condition, reference_systems};
use crate::problem::Problem;
use crate::rows::question::{edges, fields};
use crate::views::ogc::{
    ConceptView, ContactView, ExternalIdView, FormatView, GeometryView, LanguageView, RecordProperties,
    RecordView, ThemeView, TimeView,
};

/// Records on a page, unless told otherwise, and at most.
pub const RECORDS_DEFAULT: u32 = 100;
/// See [`RECORDS_DEFAULT`].
pub const RECORDS_MAX: u32 = 1_000;

/// Which records are asked for.
#[derive(Debug)]
pub struct Question {
    /// Which of them.
    pub wanted: Wanted,
    /// Behind which the page begins.
    pub after: Option<Slug>,
    /// How many at most.
    pub limit: usize,
}

impl Question {
    /// What `given` asks for; `iris` are those that records are named by.
    ///
    /// # Errors
    /// The problem with the first parameter that does not read.
    pub fn read(given: &Given, iris: &Iris) -> Result<Question, Problem> {
        let columns = columns();
        reference_systems(given)?;
        let mut filter = fields(&given.properties, &RecordsQuery::PARAMETERS, &columns)?;
        if let Some(condition) = condition(given, &columns)? {
            filter = filter.and(condition);
        }
        let wanted = Wanted {
            slugs: names(given, iris),
            phrases: given.get("q").map(phrases).unwrap_or_default(),
            bbox: given.get("bbox").map(|text| edges(text, &columns)).transpose()?,
            days: given.get("datetime").map(datetime::read).transpose()?,
            filter: (!filter.is_anything()).then_some(filter),
            placed: false,
        };
        let limit = limit(given.get("limit"), RECORDS_DEFAULT, RECORDS_MAX)? as usize;
        Ok(Question { wanted, after: given.get("cursor").map(behind).transpose()?, limit })
    }
}

/// The place that the cursor `text` names.
///
/// # Errors
/// When it names none.
pub fn behind(text: &str) -> Result<Slug, Problem> {
    Slug::parse(text).map_err(|_| catalog::CatalogError::BadCursor(catalog::query::BadCursor).into())
}

/// The names that `ids`, `externalIds` and `type` leave; `None` where they leave all.
fn names(given: &Given, iris: &Iris) -> Option<BTreeSet<String>> {
    let list = |name: &str| given.get(name).map(|text| text.split(',').map(str::trim).collect::<Vec<_>>());
    let mut names: Option<BTreeSet<String>> = None;
    if list("type").is_some_and(|types| !types.contains(&TYPE)) {
        names = Some(BTreeSet::new());
    }
    let mut keep = |wanted: BTreeSet<String>| {
        names = Some(match names.take() {
            Some(names) => names.intersection(&wanted).cloned().collect(),
            None => wanted,
        });
    };
    if let Some(ids) = list("ids") {
        keep(ids.into_iter().map(str::to_owned).collect());
    }
    if let Some(ids) = list("externalIds") {
        let scheme = scheme(iris);
        // The scheme alone is that of every record.
        if !ids.contains(&scheme.as_str()) {
            let bare = |id: &str| id.strip_prefix(&format!("{scheme}:")).unwrap_or(id).to_owned();
            keep(ids.into_iter().map(bare).collect());
        }
    }
    names
}

/// What the IRIs of datasets begin with: the scheme of their external identifiers.
fn scheme(iris: &Iris) -> String {
    format!("{}/datasets", iris.base())
}

/// What the records of an answer are written with.
pub struct Written<'a> {
    /// The IRIs.
    pub iris: &'a Iris,
    /// The city's themes.
    pub themes: &'a [Term],
    /// Where the datasets' rows are.
    pub overview: &'a Overview,
}

impl Written<'_> {
    /// The record of `dataset`, in an answer of this `form`.
    pub fn record(&self, dataset: &Dataset, form: Form) -> RecordView {
        let (metadata, slug) = (&dataset.metadata, dataset.slug.as_str());
        let extent = self.overview.find(&dataset.slug).and_then(|entry| entry.extent());
        RecordView {
            id: slug.to_owned(),
            kind: "Feature",
            conforms_to: ["http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/record-core"],
            geometry: extent.map(|extent| GeometryView::of(extent.bbox)),
            time: metadata.temporal.map(|period| TimeView::of(Days { from: period.start, to: period.end })),
            properties: RecordProperties {
                kind: TYPE,
                title: metadata.title.clone(),
                description: metadata.description.clone(),
                keywords: metadata.keywords.clone(),
                themes: self.theme(metadata.theme.as_deref()).into_iter().collect(),
                language: LanguageView::JAPANESE,
                created: dataset.issued.map(utc),
                updated: utc(dataset.modified),
                external_ids: [ExternalIdView { scheme: scheme(self.iris), value: slug.to_owned() }],
                formats: dataset
                    .current
                    .iter()
                    .flat_map(|revision| &revision.distributions)
                    .map(|form| FormatView {
                        name: form.format.title(),
                        media_type: form.format.media_type(),
                    })
                    .collect(),
                contacts: [ContactView {
                    organization: dataset.department.title.clone(),
                    links: [Link::new("about", self.iris.department(&dataset.department.slug)).of_type(HTML)],
                    roles: ["pointOfContact"],
                }],
                license: licence(metadata.licence),
            },
            links: self.links(dataset, form, extent.is_some()),
        }
    }

    fn theme(&self, code: Option<&str>) -> Option<ThemeView> {
        let code = code?;
        let term = self.themes.iter().find(|term| term.code == code);
        let concept = ConceptView { id: code.to_owned(), title: term.map(|term| term.label.clone()) };
        Some(ThemeView { concepts: [concept], scheme: format!("{}/themes", self.iris.base()) })
    }

    fn links(&self, dataset: &Dataset, form: Form, is_collection: bool) -> Vec<Link> {
        let addresses = Addresses(self.iris);
        let slug = dataset.slug.as_str();
        let mut links = form.links(&addresses.item(CATALOG, slug), GEOJSON).to_vec();
        links.push(Link::new("collection", addresses.collection(CATALOG, "")).of_type(JSON));
        links.push(Link::new("license", dataset.metadata.licence.iri()).of_type(HTML));
        links.push(Link::new("about", self.iris.dataset(&dataset.slug)).of_type(HTML));
        links.push(
            Link::new("describedby", format!("{}.jsonld", self.iris.dataset(&dataset.slug)))
                .of_type("application/ld+json"),
        );
        if is_collection {
            let items = Link::new("items", addresses.collection(slug, "/items"));
            links.push(items.of_type(GEOJSON).titled("行（OGC API – Features）"));
            links.push(
                Link::new(rel::QUERYABLES, addresses.collection(slug, "/queryables"))
                    .of_type("application/schema+json"),
            );
        }
        for form in dataset.current.iter().flat_map(|revision| &revision.distributions) {
            let download = Link::new("enclosure", self.iris.download(&dataset.slug, form.format));
            links.push(download.of_type(form.format.media_type()).titled(form.format.title()));
        }
        links
    }
}

/// A moment in UTC, as records have it.
///
/// Rule: OGC 20-004r1, /req/record-core/time-zone.
pub fn utc(at: jiff::Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The licence by its SPDX name, `other` where it has none; the link of relation `license` leads to its text.
///
/// Rule: OGC 20-004r1, /req/record-core/record-license.
pub fn licence(licence: catalog::Licence) -> &'static str {
    match licence {
        catalog::Licence::CcBy4 | catalog::Licence::Cc0 => licence.id(),
        catalog::Licence::Pdl1 => "other",
    }
}
