//! What somebody may see: a visitor (`None`) what is published, and of what was withdrawn why; one of the staff also
//! whatever else is of their department, an admin whatever there is.
//!
//! For everybody else drafts do not exist, on any path: not in lists, not in counts, not in facets. Every answer is read
//! from one moment, so that nobody sees half of a publish.

use std::ops::Range;
use std::sync::Arc;

use ingestion::{Report, Sha256};
use jiff::Timestamp;

use crate::city::City;
use crate::dataset::{Dataset, DatasetState};
use crate::department::Department;
use crate::distribution::Format;
use crate::error::CatalogError;
use crate::licence::Licence;
use crate::overview::Overview;
use crate::revision::{Revision, RevisionState};
use crate::rules;
use crate::slug::Slug;
use crate::staff::{Role, Staff};
use crate::store::listing::{self, Begin, By, Extent, Sees};
use crate::store::{self, Store};
use crate::term::{Term, TermKind};

pub use crate::query::{BadCursor, CataloguePage, Cursor, Facet, Facets, Listing, Query, Sort};
pub use crate::store::Kept;

/// The municipality whose catalog this is.
///
/// # Errors
/// [`CatalogError::NoCatalog`] before it is loaded.
pub async fn city(store: &Store) -> Result<City, CatalogError> {
    let city = store::city::find(store.database()).await?;
    city.ok_or_else(|| CatalogError::NoCatalog("the database: no city is loaded".to_owned()))
}

/// The words of one controlled list, in its order.
///
/// # Errors
/// [`CatalogError::Database`].
pub async fn terms(store: &Store, kind: TermKind) -> Result<Vec<Term>, CatalogError> {
    store::term::all(store.database(), kind).await
}

/// All departments, in the city's order.
///
/// # Errors
/// [`CatalogError::Database`].
pub async fn departments(store: &Store) -> Result<Vec<Department>, CatalogError> {
    store::department::all(store.database()).await
}

/// The department named `slug`.
///
/// # Errors
/// [`CatalogError::NoSuchDepartment`].
pub async fn department(store: &Store, slug: &Slug) -> Result<Department, CatalogError> {
    store::department::find(store.database(), slug).await
}

/// One page of the datasets that a query asks for, of those that `asker` sees, with the count and the facets of all pages.
///
/// # Errors
/// [`CatalogError::BadCursor`] when the cursor belongs to another order.
pub async fn datasets(store: &Store, asker: Option<&Staff>, query: &Query) -> Result<Listing, CatalogError> {
    let sees = &sees(asker);
    let read = store.reading().await?;
    let (slugs, next) = listing::page(&read, query, sees).await?;
    let items = store::dataset::among(&read, &slugs).await?;
    let total = listing::total(&read, query, sees).await?;

    let departments = store::department::all(&read).await?;
    let themes = store::term::all(&read, TermKind::Theme).await?;
    let facet = async |by: By, label: &(dyn Fn(&str) -> Option<String> + Sync)| {
        let counted = listing::facet(&read, query, sees, by).await?;
        Ok::<_, CatalogError>(
            counted
                .into_iter()
                .map(|(value, count)| Facet {
                    label: label(&value).unwrap_or_else(|| value.clone()),
                    value,
                    count,
                })
                .collect::<Vec<_>>(),
        )
    };
    let department_title = |slug: &str| {
        departments.iter().find(|department| department.slug.as_str() == slug).map(|d| d.title.clone())
    };
    let theme_label =
        |code: &str| themes.iter().find(|term| term.code == code).map(|term| term.label.clone());
    let format_name = |name: &str| name.parse::<Format>().ok().map(|format| format.title().to_owned());
    let licence_title = |id: &str| Licence::from_id(id).map(|licence| licence.title().to_owned());
    let itself = |_: &str| None;
    let facets = Facets {
        department: facet(By::Department, &department_title).await?,
        theme: facet(By::Theme, &theme_label).await?,
        schema: facet(By::Schema, &itself).await?,
        format: facet(By::Format, &format_name).await?,
        licence: facet(By::Licence, &licence_title).await?,
        keyword: facet(By::Keyword, &itself).await?,
    };
    Ok(Listing { items, total, facets, next })
}

/// Page `number` (from 1) of all published datasets by slug, `size` (1 to 100) of them on each.
///
/// A page beyond the last is empty; [`CataloguePage::pages`] says how many there are. Places are counted anew each time:
/// who walks all pages goes on by [`page_after`], and misses nothing that is published or withdrawn meanwhile.
///
/// # Errors
/// [`CatalogError::Database`].
pub async fn page(store: &Store, number: u32, size: u32) -> Result<CataloguePage, CatalogError> {
    let size = size.clamp(1, 100);
    let place = u64::from(number.saturating_sub(1)) * u64::from(size);
    page_from(store, Begin::At(place), size).await
}

/// The published datasets by slug that stand behind `last`, at most `size` (1 to 100).
///
/// # Errors
/// [`CatalogError::Database`].
pub async fn page_after(store: &Store, last: &Slug, size: u32) -> Result<CataloguePage, CatalogError> {
    page_from(store, Begin::Behind(last), size.clamp(1, 100)).await
}

async fn page_from(store: &Store, begin: Begin<'_>, size: u32) -> Result<CataloguePage, CatalogError> {
    let read = store.reading().await?;
    let Extent { total, issued, modified } = listing::extent(&read).await?;
    let pages = u32::try_from(total.div_ceil(u64::from(size))).unwrap_or(u32::MAX).max(1);
    let (slugs, has_next) = listing::by_slug(&read, begin, size).await?;
    let datasets = store::dataset::among(&read, &slugs).await?;
    Ok(CataloguePage { datasets, has_next, total, pages, issued, modified })
}

/// How many datasets are published.
///
/// # Errors
/// [`CatalogError::Database`].
pub async fn count(store: &Store) -> Result<u64, CatalogError> {
    listing::total(store.database(), &Query::default(), &Sees::Published).await
}

/// Which of the published datasets changed when: those by slug from place `first` (counted from 0) on, at most `count`.
///
/// # Errors
/// [`CatalogError::Database`].
pub async fn changed(store: &Store, first: u64, count: u64) -> Result<Vec<(Slug, Timestamp)>, CatalogError> {
    listing::changed(store.database(), first, count).await
}

/// Shows every published dataset by slug, all of one moment; some of them are in memory at a time.
///
/// # Errors
/// [`CatalogError::Database`].
pub async fn walk(store: &Store, mut see: impl FnMut(&Dataset)) -> Result<(), CatalogError> {
    const TOGETHER: u32 = 100;
    let read = store.reading_at_length().await?;
    let mut last: Option<Slug> = None;
    loop {
        let begin = last.as_ref().map_or(Begin::At(0), Begin::Behind);
        let (slugs, has_next) = listing::by_slug(&read, begin, TOGETHER).await?;
        store::dataset::among(&read, &slugs).await?.iter().for_each(&mut see);
        if !has_next {
            return Ok(());
        }
        last = slugs.into_iter().last();
    }
}

fn sees(asker: Option<&Staff>) -> Sees {
    match asker {
        None => Sees::Published,
        Some(Staff { role: Role::Admin, .. }) => Sees::All,
        Some(staff) => Sees::Of(staff.department.clone()),
    }
}

/// The dataset named `slug`, published or such that `asker` sees it all the same.
///
/// # Errors
/// [`CatalogError::NoSuchDataset`], for a draft too; [`CatalogError::Withdrawn`] with its tombstone.
pub async fn dataset(store: &Store, asker: Option<&Staff>, slug: &Slug) -> Result<Dataset, CatalogError> {
    let read = store.reading().await?;
    seen(store::dataset::find(&read, slug).await?, asker, slug)
}

fn seen(found: Option<Dataset>, asker: Option<&Staff>, slug: &Slug) -> Result<Dataset, CatalogError> {
    let dataset = found.ok_or_else(|| CatalogError::NoSuchDataset(slug.clone()))?;
    match &dataset.state {
        DatasetState::Published => Ok(dataset),
        _ if rules::sees_drafts(asker, &dataset) => Ok(dataset),
        DatasetState::Draft => Err(CatalogError::NoSuchDataset(slug.clone())),
        DatasetState::Withdrawn(tombstone) => {
            Err(CatalogError::Withdrawn { slug: slug.clone(), tombstone: Box::new(tombstone.clone()) })
        }
    }
}

/// A published dataset, one of its published revisions, those before it, and what was found in its file.
#[derive(Debug, Clone, PartialEq)]
pub struct InDetail {
    /// The dataset.
    pub dataset: Dataset,
    /// The revision and those before it, the newest first: at most 100.
    pub revisions: Vec<Revision>,
    /// The 検証結果 of the first of them.
    pub report: Report,
}

/// What everybody may know of revision `number` of a dataset, or of its current one.
///
/// # Errors
/// As [`dataset`] for a visitor, and [`CatalogError::NoSuchRevision`].
pub async fn in_detail(store: &Store, slug: &Slug, number: Option<u32>) -> Result<InDetail, CatalogError> {
    let read = store.reading().await?;
    let dataset = seen(store::dataset::find(&read, slug).await?, None, slug)?;
    let current = dataset.current.as_ref().map(|revision| revision.number);
    let number = number.or(current).ok_or_else(|| CatalogError::NoSuchDataset(slug.clone()))?;
    let revisions = store::revision::published_up_to(&read, slug, number, 100).await?;
    if revisions.first().is_none_or(|revision| revision.number != number) {
        return Err(CatalogError::NoSuchRevision { slug: slug.clone(), number });
    }
    let report = store::report::find(&read, slug, number).await?;
    Ok(InDetail { dataset, revisions, report })
}

/// Everything that is published, at a glance.
///
/// # Errors
/// [`CatalogError::Database`].
pub async fn overview(store: &Store) -> Result<Arc<Overview>, CatalogError> {
    store.overview().await
}

/// The datasets named `slugs` that are published, in that order.
///
/// # Errors
/// [`CatalogError::Database`].
pub async fn among(store: &Store, slugs: &[Slug]) -> Result<Vec<Dataset>, CatalogError> {
    let mut found = store::dataset::among(&store.reading().await?, slugs).await?;
    found.retain(|dataset| dataset.state == DatasetState::Published);
    Ok(found)
}

/// The revisions of a dataset that `asker` sees, the newest first: those that are published, or all.
///
/// # Errors
/// As [`dataset`].
pub async fn revisions(
    store: &Store,
    asker: Option<&Staff>,
    slug: &Slug,
) -> Result<Vec<Revision>, CatalogError> {
    let dataset = dataset(store, asker, slug).await?;
    match rules::sees_drafts(asker, &dataset) {
        true => store::revision::all(store.database(), slug).await,
        false => store::revision::published(store.database(), slug).await,
    }
}

/// One revision of a dataset, published or such that `asker` sees it all the same.
///
/// # Errors
/// As [`dataset`], and [`CatalogError::NoSuchRevision`].
pub async fn revision(
    store: &Store,
    asker: Option<&Staff>,
    slug: &Slug,
    number: u32,
) -> Result<Revision, CatalogError> {
    let dataset = dataset(store, asker, slug).await?;
    let revision = store::revision::find(store.database(), slug, number).await?;
    match revision.state {
        RevisionState::Published => Ok(revision),
        _ if rules::sees_drafts(asker, &dataset) => Ok(revision),
        _ => Err(CatalogError::NoSuchRevision { slug: slug.clone(), number }),
    }
}

/// The 検証結果 of one revision.
///
/// # Errors
/// As [`revision`].
pub async fn report(
    store: &Store,
    asker: Option<&Staff>,
    slug: &Slug,
    number: u32,
) -> Result<Report, CatalogError> {
    revision(store, asker, slug, number).await?;
    store::report::find(store.database(), slug, number).await
}

/// The bytes of a kept file that a revision or a distribution names, hashed before the first of them is given.
///
/// # Errors
/// [`CatalogError::Damaged`] when they are not what the name says: such a file is never served.
pub async fn open(store: &Store, name: &Sha256) -> Result<Kept, CatalogError> {
    store.files().open(name).await
}

/// A part of a kept file, which lies within it.
///
/// # Errors
/// As [`open`].
pub async fn open_part(store: &Store, name: &Sha256, part: Range<u64>) -> Result<Kept, CatalogError> {
    store.files().open_part(name, part).await
}

#[cfg(test)]
mod tests;
