//! 公開 and 取下げ: the acts that change what readers see.
//!
//! A publish keeps the bytes first and then, in one transaction, compares the version, appends the revision, moves
//! the pointer and writes the audit entry. When it is answered it survives a power cut; before that nobody sees it.
//! The review (`draft → submitted → published`) is the staff's way and not here ([`crate::draft`], [`crate::review`]):
//! what is here is done by the operator and by the program itself.

use std::io::Read;

use ingestion::{Report, Schemas};

use crate::actor::Actor;
use crate::audit;
use crate::dataset::{Dataset, DatasetState, Metadata};
use crate::department::Department;
use crate::described;
use crate::error::CatalogError;
use crate::intake;
use crate::loading;
use crate::points::may_end_at;
use crate::review;
use crate::revision::Revision;
use crate::slug::Slug;
use crate::store::{self, Changes, Store, now};
use crate::term::TermKind;

/// A file for a dataset, and what is to be said about the dataset from then on.
pub struct Offer {
    /// The dataset; it is made when there is none of that name.
    pub slug: Slug,
    /// Its department.
    pub department: Slug,
    /// What is said about it.
    pub metadata: Metadata,
    /// The name of the file.
    pub file_name: String,
    /// Its bytes.
    pub input: Box<dyn Read + Send>,
}

/// What came of an offer.
#[derive(Debug, Clone)]
pub struct Published {
    /// The dataset as readers see it now.
    pub dataset: Dataset,
    /// Its current revision.
    pub revision: Revision,
    /// What was found in the file.
    pub report: Report,
    /// What was changed.
    pub outcome: Outcome,
}

/// What an act changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// A new revision is what readers get.
    Published,
    /// The bytes are those of the current revision; only what is said about the dataset is new.
    Described,
    /// Nothing: the same bytes, the same words.
    Unchanged,
}

/// Publishes a file as the next revision of a dataset, which is made when there is none.
///
/// # Errors
/// [`CatalogError::Refused`] with the report when the file has errors, [`CatalogError::Stale`] when somebody else was
/// faster, [`CatalogError::Withdrawn`], [`CatalogError::NoSuchDepartment`], [`CatalogError::UnknownWord`]. A refused file
/// leaves nothing behind but an entry in the audit.
#[tracing::instrument(skip_all, fields(dataset.slug = %offer.slug))]
pub async fn publish(
    store: &Store,
    schemas: &Schemas,
    actor: &Actor,
    offer: Offer,
) -> Result<Published, CatalogError> {
    let before = store::dataset::find(store.database(), &offer.slug).await?;
    publish_over(store, schemas, actor, before, offer).await
}

/// As [`publish`], provided that the dataset is still what it was when `before` was read.
pub(crate) async fn publish_over(
    store: &Store,
    schemas: &Schemas,
    actor: &Actor,
    before: Option<Dataset>,
    offer: Offer,
) -> Result<Published, CatalogError> {
    let slug = offer.slug.clone();
    let published = attempt(store, schemas, actor, before, offer).await;
    audit::refusals(store, actor, "publish", &slug, published).await
}

/// Takes a published dataset back: its public paths answer with a tombstone from now on. Its bytes stay kept.
///
/// # Errors
/// [`CatalogError::NoSuchDataset`], also when nothing of it is published; [`CatalogError::Withdrawn`] when it was taken
/// back before.
#[tracing::instrument(skip_all, fields(dataset.slug = %slug))]
pub async fn withdraw(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    reason: &str,
) -> Result<Dataset, CatalogError> {
    let withdrawn = take_back(store, actor, slug, reason).await;
    audit::refusals(store, actor, "withdraw", slug, withdrawn).await
}

async fn take_back(store: &Store, actor: &Actor, slug: &Slug, reason: &str) -> Result<Dataset, CatalogError> {
    let before = not_withdrawn(store::dataset::find(store.database(), slug).await?)?
        .filter(|dataset| dataset.state == DatasetState::Published)
        .ok_or_else(|| CatalogError::NoSuchDataset(slug.clone()))?;
    review::bury(store, actor, &before, reason.to_owned()).await
}

/// Says something about a dataset without a file; it is made, as a draft, when there is none.
///
/// # Errors
/// As [`publish`], but for the file.
#[tracing::instrument(skip_all, fields(dataset.slug = %slug))]
pub async fn describe(
    store: &Store,
    schemas: &Schemas,
    actor: &Actor,
    slug: &Slug,
    department: &Slug,
    metadata: Metadata,
) -> Result<Dataset, CatalogError> {
    let described = draft_or_say(store, schemas, actor, slug, department, metadata).await;
    audit::refusals(store, actor, "describe", slug, described).await
}

async fn draft_or_say(
    store: &Store,
    schemas: &Schemas,
    actor: &Actor,
    slug: &Slug,
    department: &Slug,
    metadata: Metadata,
) -> Result<Dataset, CatalogError> {
    let before = not_withdrawn(store::dataset::find(store.database(), slug).await?)?;
    let department = known_words(store, schemas, department, &metadata).await?;
    if let Some(before) = before {
        return Ok(say(store, actor, &before, department, metadata).await?.0);
    }
    begin(store, actor, "describe", slug.clone(), department, metadata).await
}

/// Makes a dataset, as a draft; `action` is what the audit calls it.
pub(crate) async fn begin(
    store: &Store,
    actor: &Actor,
    action: &str,
    slug: Slug,
    department: Department,
    metadata: Metadata,
) -> Result<Dataset, CatalogError> {
    let at = now();
    let dataset = Dataset {
        slug,
        metadata,
        department,
        state: DatasetState::Draft,
        version: 1,
        current: None,
        issued: None,
        modified: at,
        former_id: None,
    };
    let write = store.writing().await?;
    store::dataset::insert(&write, &dataset).await?;
    store::audit::append(&write, audit::done(actor, at, action, None, &dataset)).await?;
    write.commit().await?;
    Ok(dataset)
}

async fn attempt(
    store: &Store,
    schemas: &Schemas,
    actor: &Actor,
    before: Option<Dataset>,
    offer: Offer,
) -> Result<Published, CatalogError> {
    let before = not_withdrawn(before)?;
    let Offer { slug, department, metadata, file_name, input } = offer;
    let department = known_words(store, schemas, &department, &metadata).await?;
    let file_name: String = file_name.chars().filter(|c| !c.is_control()).collect();
    let described = described::of(store, before.as_ref(), &metadata).await?;
    let read = intake::read(store, schemas, &metadata, described, file_name, input).await?;
    let accepted = read.report.clone().accept().map_err(CatalogError::Refused)?;
    let report = accepted.report().clone();

    if let Some(before) = &before
        && let Some(current) = &before.current
        && current.sha256 == report.file.sha256
        && before.metadata.schema == metadata.schema
    {
        let revision = current.clone();
        let (dataset, outcome) = say(store, actor, before, department, metadata).await?;
        return Ok(Published { dataset, revision, report, outcome });
    }

    let (_, distributions, files) = read.keep(store).await?;
    loading::before_publishing(store, schemas, &report, &distributions).await?;
    may_end_at("loaded");

    let write = store.naming(&files).await?;
    let at = now();
    store::dataset::hold(&write, &slug).await?;
    let number = store::revision::next_number(&write, &slug).await?;
    let revision = Revision::published(number, &accepted, actor, at, distributions);
    let dataset = Dataset {
        slug: slug.clone(),
        metadata,
        department,
        state: DatasetState::Published,
        version: before.as_ref().map_or(1, |before| before.version + 1),
        issued: before.as_ref().and_then(|before| before.issued).or(Some(at)),
        current: Some(revision.clone()),
        modified: at,
        former_id: before.as_ref().and_then(|before| before.former_id.clone()),
    };
    match &before {
        Some(before) => store::dataset::update(&write, &dataset, before.version).await?,
        None => store::dataset::insert(&write, &dataset).await.map_err(|error| match error {
            CatalogError::Exists(slug) => CatalogError::Stale { slug },
            other => other,
        })?,
    }
    store::revision::append(&write, &slug, &revision, &accepted).await?;
    store::audit::append(&write, audit::done(actor, at, "publish", before.as_ref(), &dataset)).await?;
    store::change::count(&write).await?;
    may_end_at("before-commit");
    store.commit(write, Changes::Dataset(&slug)).await?;
    may_end_at("committed");
    let rows = revision.rows;
    tracing::info!(dataset.slug = %slug, revision = number, rows, "published `{slug}` revision {number} ({rows} rows)");
    Ok(Published { dataset, revision, report, outcome: Outcome::Published })
}

/// Changes what is said about a dataset, and nothing where it is the same.
pub(crate) async fn say(
    store: &Store,
    actor: &Actor,
    before: &Dataset,
    department: Department,
    metadata: Metadata,
) -> Result<(Dataset, Outcome), CatalogError> {
    if before.metadata == metadata && before.department.slug == department.slug {
        return Ok((before.clone(), Outcome::Unchanged));
    }
    let at = now();
    let dataset =
        Dataset { metadata, department, version: before.version + 1, modified: at, ..before.clone() };
    let write = store.writing().await?;
    store::dataset::update(&write, &dataset, before.version).await?;
    store::audit::append(&write, audit::done(actor, at, "describe", Some(before), &dataset)).await?;
    store::change::count(&write).await?;
    store.commit(write, Changes::Dataset(&dataset.slug)).await?;
    Ok((dataset, Outcome::Described))
}

/// The department, when it and every word of the metadata is on its list.
pub(crate) async fn known_words(
    store: &Store,
    schemas: &Schemas,
    department: &Slug,
    metadata: &Metadata,
) -> Result<Department, CatalogError> {
    for (kind, code) in [(TermKind::Theme, &metadata.theme), (TermKind::Frequency, &metadata.frequency)] {
        let Some(code) = code else { continue };
        if !store::term::all(store.database(), kind).await?.iter().any(|term| term.code == *code) {
            return Err(CatalogError::UnknownWord { what: kind.as_str(), value: code.clone() });
        }
    }
    if let Some(schema) = metadata.schema.as_ref().filter(|id| schemas.get(id).is_none()) {
        return Err(CatalogError::UnknownWord { what: "schema", value: schema.to_string() });
    }
    store::department::find(store.database(), department).await
}

fn not_withdrawn(dataset: Option<Dataset>) -> Result<Option<Dataset>, CatalogError> {
    match dataset {
        Some(Dataset { slug, state: DatasetState::Withdrawn(tombstone), .. }) => {
            Err(CatalogError::Withdrawn { slug, tombstone: Box::new(tombstone) })
        }
        other => Ok(other),
    }
}

#[cfg(test)]
mod races;
#[cfg(test)]
mod tests;
