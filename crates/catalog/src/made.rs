//! Datasets that the program makes from its own records: オープンデータ一覧 and the list of 取組事項.
//!
//! They go the way of every file, through the same validation, but by the actor `hiyori` and without review. At most
//! one revision a minute: the caller of [`refresh`] keeps the pace, which is no business of a place without a clock.

use std::io::Cursor;

use ingestion::{Described, Schemas};
use serde::{Deserialize, Serialize};

use crate::actor::Actor;
use crate::browse;
use crate::dataset::{Dataset, DatasetState};
use crate::distribution::Format;
use crate::error::CatalogError;
use crate::folder::Folder;
use crate::intake;
use crate::iri::Iris;
use crate::open_data_list::{self, Form, Line, Scope};
use crate::publish::{self, Offer, Outcome};
use crate::revision::Revision;
use crate::slug::Slug;
use crate::store::{self, Store, now};
use crate::term::TermKind;

/// The datasets that the program makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Made {
    /// オープンデータ一覧
    OpenDataList,
    /// 取組事項の一覧
    Initiatives,
}

impl Made {
    /// The name in `dataset.toml`.
    pub fn as_str(self) -> &'static str {
        match self {
            Made::OpenDataList => "open-data-list",
            Made::Initiatives => "initiatives",
        }
    }
}

/// The dataset that the program makes as `made`, if the city wants one.
///
/// # Errors
/// [`CatalogError::Database`].
pub async fn dataset_of(store: &Store, made: Made) -> Result<Option<Slug>, CatalogError> {
    store::dataset::made_as(store.database(), made).await
}

/// Prepares the place of a dataset that the program makes: a draft until its first revision.
///
/// # Errors
/// As [`publish::publish`], but for the file.
pub async fn declare(
    store: &Store,
    schemas: &Schemas,
    actor: &Actor,
    folder: Folder,
) -> Result<(), CatalogError> {
    let Folder { slug, department, made, metadata, .. } = folder;
    publish::describe(store, schemas, actor, &slug, &department, metadata).await?;
    store::dataset::mark(store.database(), &slug, made).await
}

/// Publishes `csv` as the next revision of a dataset that is there, by the actor `hiyori`. The same bytes as before
/// change nothing. Letters for which no file is accepted are left out, or one text of one record would keep the whole list
/// from being published.
///
/// # Errors
/// [`CatalogError::NoSuchDataset`], and as [`publish::publish`].
pub async fn append(
    store: &Store,
    schemas: &Schemas,
    slug: &Slug,
    file_name: &str,
    csv: String,
) -> Result<Outcome, CatalogError> {
    let before = find(store, slug).await?;
    let csv = csv.replace(ingestion::is_wrong_letter, "");
    append_to(store, schemas, before, file_name, csv.into_bytes()).await
}

/// Publishes オープンデータ一覧 as the catalog stands, if the city wants one. It lists itself, too: with the sizes of its
/// revision before, or, when there is none, with the size that its CSV has.
///
/// # Errors
/// As [`publish::publish`].
pub async fn open_data_list(store: &Store, schemas: &Schemas, iris: &Iris) -> Result<Outcome, CatalogError> {
    let Some(slug) = dataset_of(store, Made::OpenDataList).await? else { return Ok(Outcome::Unchanged) };
    let own = find(store, &slug).await?;
    if matches!(own.state, DatasetState::Withdrawn(_)) {
        return Ok(Outcome::Unchanged);
    }
    let list = List::gather(store, own).await?;
    let file_name = format!("{}_open_data_list.csv", list.city.code);
    let csv = match &list.own.current {
        Some(before) => list.csv(schemas, iris, &list.own, &own_sizes(Some(before))),
        None => list.first_csv(store, schemas, iris).await?,
    };
    append_to(store, schemas, list.own, &file_name, csv).await
}

/// As [`open_data_list`], but does nothing while nothing has changed since: its own publication counts as nothing.
///
/// # Errors
/// As [`open_data_list`]; somebody who was faster is no error, as there will be a next time.
pub async fn refresh(store: &Store, schemas: &Schemas, iris: &Iris) -> Result<Outcome, CatalogError> {
    let under = iris.catalog();
    let change = store::change::read(store.database()).await?;
    if change.listed == Some((change.number, under.clone())) {
        return Ok(Outcome::Unchanged);
    }
    let outcome = open_data_list(store, schemas, iris).await;
    let listed = match &outcome {
        Ok(Outcome::Published) => change.number + 1,
        Ok(_) | Err(CatalogError::Refused(_)) => change.number, // the same list would be refused again
        Err(CatalogError::Stale { .. }) => return Ok(Outcome::Unchanged),
        Err(_) => return outcome,
    };
    store::change::listed(store.database(), listed, &under).await?;
    outcome
}

async fn find(store: &Store, slug: &Slug) -> Result<Dataset, CatalogError> {
    let dataset = store::dataset::find(store.database(), slug).await?;
    dataset.ok_or_else(|| CatalogError::NoSuchDataset(slug.clone()))
}

async fn append_to(
    store: &Store,
    schemas: &Schemas,
    before: Dataset,
    file_name: &str,
    csv: Vec<u8>,
) -> Result<Outcome, CatalogError> {
    let offer = Offer {
        slug: before.slug.clone(),
        department: before.department.slug.clone(),
        metadata: before.metadata.clone(),
        file_name: file_name.to_owned(),
        input: Box::new(Cursor::new(csv)),
    };
    Ok(publish::publish_over(store, schemas, &Actor::Hiyori, Some(before), offer).await?.outcome)
}

/// The forms in which オープンデータ一覧 comes, with the sizes of its revision `before`; it has no coordinates. What follows a
/// publication has no size before it is made.
fn own_sizes(before: Option<&Revision>) -> Vec<(Format, Option<u64>)> {
    let forms = before.map(|revision| revision.distributions.as_slice()).unwrap_or_default();
    let size = |format| forms.iter().find(|form| form.format == format).map(|form| form.bytes);
    let own = Format::ALL.into_iter().filter(|format| *format != Format::GeoJson);
    own.map(|format| (format, size(format))).collect()
}

/// What オープンデータ一覧 is made of.
struct List {
    city: crate::City,
    themes: Vec<crate::Term>,
    frequencies: Vec<crate::Term>,
    /// Every published dataset but the list itself, by slug.
    others: Vec<Dataset>,
    /// The list itself.
    own: Dataset,
}

impl List {
    async fn gather(store: &Store, own: Dataset) -> Result<List, CatalogError> {
        let mut others = Vec::new();
        let mut number = 1;
        loop {
            let page = browse::page(store, number, 100).await?;
            others.extend(page.datasets.into_iter().filter(|dataset| dataset.slug != own.slug));
            if number >= page.pages {
                break;
            }
            number += 1;
        }
        Ok(List {
            city: browse::city(store).await?,
            themes: browse::terms(store, TermKind::Theme).await?,
            frequencies: browse::terms(store, TermKind::Frequency).await?,
            others,
            own,
        })
    }

    /// The first revision, which speaks of itself: written again until the sizes it gives are its own.
    async fn first_csv(
        &self,
        store: &Store,
        schemas: &Schemas,
        iris: &Iris,
    ) -> Result<Vec<u8>, CatalogError> {
        let today = now();
        let own = Dataset { issued: Some(today), modified: today, ..self.own.clone() };
        let mut sizes = own_sizes(None);
        loop {
            let csv = self.csv(schemas, iris, &own, &sizes);
            let input = Box::new(Cursor::new(csv.clone()));
            let described = Described::default();
            let read = intake::read(store, schemas, &own.metadata, described, String::new(), input).await?;
            let mut measured = sizes.clone();
            for (format, bytes) in &mut measured {
                let written = read.forms.iter().find(|(written, _)| written == format);
                *bytes = written.map(|(_, form)| form.bytes);
            }
            if measured == sizes {
                return Ok(csv);
            }
            sizes = measured; // a longer number makes a longer file, never a shorter one: this ends
        }
    }

    /// The table, in which the list itself is `own` and its files have the given sizes.
    fn csv(&self, schemas: &Schemas, iris: &Iris, own: &Dataset, sizes: &[(Format, Option<u64>)]) -> Vec<u8> {
        let scope =
            Scope { iris, city: &self.city, themes: &self.themes, frequencies: &self.frequencies, schemas };
        let line = |dataset, format, bytes, published| {
            let form = Some(Form { format, bytes, published });
            Line { dataset, form, origin: None }
        };
        let mut lines: Vec<Line<'_>> = Vec::new();
        for dataset in &self.others {
            let Some(current) = &dataset.current else { continue };
            lines.extend(
                current
                    .distributions
                    .iter()
                    .map(|form| line(dataset, form.format, Some(form.bytes), current.published_at)),
            );
        }
        let published = own.current.as_ref().map_or(Some(own.modified), |current| current.published_at);
        lines.extend(sizes.iter().map(|(format, bytes)| line(own, *format, *bytes, published)));
        lines.sort_by(|one, other| one.dataset.slug.cmp(&other.dataset.slug));
        open_data_list::csv(&scope, &lines)
    }
}

#[cfg(test)]
mod tests;
