//! 下書き: the acts of whoever makes a dataset and its revisions, up to their submission.
//!
//! Nothing of this is seen outside the department, but for what is said about a published dataset ([`describe`]). What
//! comes after the submission is [`crate::review`]'s business.

use std::io::{self, Read};

use ingestion::{Report, SchemaId, Schemas};
use serde_json::json;

use crate::actor::Actor;
use crate::answers::{self, Reply};
use crate::audit::{self, Entry};
use crate::city::Area;
use crate::dataset::{Dataset, DatasetState, Metadata, Period};
use crate::described;
use crate::error::CatalogError;
use crate::intake::{Intake, ReadFile};
use crate::licence::Licence;
use crate::permit::Permit;
use crate::points::may_end_at;
use crate::prefilled;
use crate::publish;
use crate::revision::{Answer, Revision, RevisionState};
use crate::rules::{self, Deed};
use crate::slug::Slug;
use crate::staff::Staff;
use crate::store::{self, Store, now};
use crate::words;

/// Of a file's name, this many characters are kept.
const FILE_NAME_MAX: usize = 200;

/// A dataset that somebody wants to make; what is not said is filled in ([`create`]).
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "they are those of `Metadata`")]
pub struct NewDataset {
    /// Its name for ever.
    pub slug: Slug,
    pub title: String,
    pub title_en: Option<String>,
    pub description: Option<String>,
    pub keywords: Option<Vec<String>>,
    pub theme: Option<String>,
    pub frequency: Option<String>,
    pub licence: Option<Licence>,
    pub schema: Option<SchemaId>,
    pub area: Option<Area>,
    pub temporal: Option<Period>,
    pub source: Option<String>,
}

impl NewDataset {
    /// A dataset of which nothing is known but its name and its title.
    pub fn named(slug: Slug, title: impl Into<String>) -> NewDataset {
        NewDataset {
            slug,
            title: title.into(),
            title_en: None,
            description: None,
            keywords: None,
            theme: None,
            frequency: None,
            licence: None,
            schema: None,
            area: None,
            temporal: None,
            source: None,
        }
    }
}

/// Makes a dataset of the department of `staff`: a draft. What is not said about it comes from its schema, from a
/// published dataset of the same schema, and from the city.
///
/// # Errors
/// [`CatalogError::Forbidden`]; [`CatalogError::Exists`], whosever it is that has the slug;
/// [`CatalogError::BadWords`], [`CatalogError::UnknownWord`].
#[tracing::instrument(skip_all, fields(dataset.slug = %new.slug))]
pub async fn create(
    store: &Store,
    schemas: &Schemas,
    staff: &Staff,
    new: NewDataset,
) -> Result<Dataset, CatalogError> {
    let (slug, actor) = (new.slug.clone(), Actor::Staff(staff.clone()));
    let created = begin(store, schemas, staff, &actor, new).await;
    audit::refusals(store, &actor, "create", &slug, created).await
}

async fn begin(
    store: &Store,
    schemas: &Schemas,
    staff: &Staff,
    actor: &Actor,
    new: NewDataset,
) -> Result<Dataset, CatalogError> {
    rules::may_at_all(staff, Deed::Create)?;
    let slug = new.slug.clone();
    if store::dataset::find(store.database(), &slug).await?.is_some() {
        return Err(CatalogError::Exists(slug));
    }
    let metadata = words::checked(prefilled::metadata(store, schemas, new).await?)?;
    let department = publish::known_words(store, schemas, &staff.department, &metadata).await?;
    publish::begin(store, actor, "create", slug, department, metadata).await
}

/// Changes what is said about a dataset; of a published one, for readers too, at once.
///
/// # Errors
/// [`CatalogError::Stale`], [`CatalogError::SchemaStays`], [`CatalogError::BadWords`], [`CatalogError::UnknownWord`].
pub async fn describe(
    store: &Store,
    schemas: &Schemas,
    permit: &Permit,
    metadata: Metadata,
) -> Result<Dataset, CatalogError> {
    let described = say(store, schemas, permit, metadata).await;
    audit::refusals(store, permit.actor(), permit.action(), &permit.dataset().slug, described).await
}

async fn say(
    store: &Store,
    schemas: &Schemas,
    permit: &Permit,
    metadata: Metadata,
) -> Result<Dataset, CatalogError> {
    let before = permit.for_dataset(Deed::Describe)?;
    if before.state == DatasetState::Published && before.metadata.schema != metadata.schema {
        return Err(CatalogError::SchemaStays(before.slug.clone()));
    }
    let metadata = words::checked(metadata)?;
    let department = publish::known_words(store, schemas, &before.department.slug, &metadata).await?;
    Ok(publish::say(store, permit.actor(), before, department, metadata).await?.0)
}

/// A file that is expected: everything that had to be looked up before it comes is known.
pub struct Reception {
    intake: Intake,
    slug: Slug,
    carried: Vec<Answer>,
}

/// A file that came in whole, and what was found in it.
pub struct Received {
    read: ReadFile,
    carried: Vec<Answer>,
}

/// A revision with what was found in its file.
#[derive(Debug, Clone)]
pub struct Drafted {
    /// Its dataset.
    pub dataset: Dataset,
    /// The revision.
    pub revision: Revision,
    /// What was found in its file.
    pub report: Report,
}

/// Prepares for a file as the next revision of a dataset: answers that are given again are known then.
///
/// # Errors
/// [`CatalogError::Withdrawn`].
pub async fn expect(store: &Store, schemas: &Schemas, permit: &Permit) -> Result<Reception, CatalogError> {
    let expected = prepare(store, schemas, permit).await;
    audit::refusals(store, permit.actor(), permit.action(), &permit.dataset().slug, expected).await
}

async fn prepare(store: &Store, schemas: &Schemas, permit: &Permit) -> Result<Reception, CatalogError> {
    let dataset = permit.for_dataset(Deed::Upload)?;
    let latest = store::revision::latest_answers(store.database(), &dataset.slug).await?;
    let carried = latest.map(|(number, given)| answers::carried(number, given)).unwrap_or_default();
    let described = described::of(store, Some(dataset), &dataset.metadata).await?;
    let pairs = answers::pairs(&carried);
    let intake = Intake::prepare(store, schemas, &dataset.metadata, described, pairs).await?;
    Ok(Reception { intake, slug: dataset.slug.clone(), carried })
}

impl Reception {
    /// Reads the file to its end, judging it while it comes. It blocks.
    ///
    /// # Errors
    /// What the disk says.
    pub fn read(self, file_name: &str, input: impl Read + Send + 'static) -> io::Result<Received> {
        let name = file_name.chars().filter(|letter| !letter.is_control()).take(FILE_NAME_MAX);
        let mut name = name.collect::<String>();
        if name.trim().is_empty() {
            name = self.slug.to_string();
        }
        Ok(Received { read: self.intake.read(name, Box::new(input))?, carried: self.carried })
    }
}

/// Keeps a file that came in as a draft. Warnings and open questions do not stand in its way.
///
/// # Errors
/// [`CatalogError::Refused`] with the report when the file has errors: nothing of it is kept but an entry in the audit.
#[tracing::instrument(skip_all, fields(dataset.slug = %permit.dataset().slug))]
pub async fn keep(store: &Store, permit: &Permit, received: Received) -> Result<Drafted, CatalogError> {
    let kept = append(store, permit, received).await;
    audit::refusals(store, permit.actor(), permit.action(), &permit.dataset().slug, kept).await
}

async fn append(store: &Store, permit: &Permit, received: Received) -> Result<Drafted, CatalogError> {
    let dataset = permit.for_dataset(Deed::Upload)?;
    let slug = &dataset.slug;
    if !received.read.report.accepted() {
        return Err(CatalogError::Refused(Box::new(received.read.report)));
    }
    let answers = answers::asked(received.carried, &received.read.report);
    let (report, distributions, files) = received.read.keep(store).await?;

    let at = now();
    let write = store.naming(&files).await?;
    store::dataset::hold(&write, slug).await?;
    let number = store::revision::next_number(&write, slug).await?;
    let mut revision = Revision::draft(number, &report, permit.actor(), at, distributions);
    revision.review.answers = answers;
    store::revision::draft(&write, slug, &revision, &report).await?;
    store::audit::append(&write, revised(permit.actor(), "upload", slug, None, &revision)).await?;
    may_end_at("before-commit");
    write.commit().await?;
    may_end_at("committed");
    let rows = revision.rows;
    tracing::info!(dataset.slug = %slug, revision = number, rows, "drafted `{slug}` revision {number} ({rows} rows)");
    Ok(Drafted { dataset: dataset.clone(), revision, report })
}

/// Answers what was asked about the file of a draft: the file is judged once more with the answers, and what was
/// found and the forms are those of this judging from then on. The file itself stays as it came.
///
/// # Errors
/// [`CatalogError::NotThen`] once it is submitted, [`CatalogError::BadAnswer`], [`CatalogError::Stale`].
#[tracing::instrument(skip_all, fields(dataset.slug = %permit.dataset().slug))]
pub async fn answer(
    store: &Store,
    schemas: &Schemas,
    permit: &Permit,
    replies: &[Reply],
) -> Result<Drafted, CatalogError> {
    let answered = judge_again(store, schemas, permit, replies).await;
    audit::refusals(store, permit.actor(), permit.action(), &permit.dataset().slug, answered).await
}

async fn judge_again(
    store: &Store,
    schemas: &Schemas,
    permit: &Permit,
    replies: &[Reply],
) -> Result<Drafted, CatalogError> {
    let (dataset, before) = permit.for_revision(Deed::Answer, UNSUBMITTED)?;
    let slug = &dataset.slug;
    let asked = store::report::find(store.database(), slug, before.number).await?;
    let answers = answers::with(before.review.answers.clone(), replies, &asked)?;
    let described = described::of(store, Some(dataset), &dataset.metadata).await?;
    let pairs = answers::pairs(&answers);
    let intake = Intake::prepare(store, schemas, &dataset.metadata, described, pairs).await?;
    let original = store.files().fetch(&before.sha256).await?;
    let read = intake.read_apart(before.file_name.clone(), Box::new(original)).await?;
    let (report, distributions, files) = read.keep(store).await?;

    let at = now();
    let mut revision = Revision { rows: report.rows, counts: report.counts, distributions, ..before.clone() };
    revision.review.answers = answers::asked(answers, &report);
    let write = store.naming(&files).await?;
    let after = Dataset { version: dataset.version + 1, ..dataset.clone() };
    store::dataset::update(&write, &after, dataset.version).await?;
    store::revision::judged_again(&write, slug, &revision, before.state, &report).await?;
    let entry = revised(permit.actor(), "answer", slug, Some(before), &revision);
    store::audit::append(&write, Entry { at, ..entry }).await?;
    write.commit().await?;
    Ok(Drafted { dataset: after, revision, report })
}

/// The states of a revision that its maker may still change and submit.
pub(crate) const UNSUBMITTED: &[RevisionState] = &[RevisionState::Draft, RevisionState::Returned];

/// The audit's entry of an act that changed a revision on its way.
pub(crate) fn revised(
    actor: &Actor,
    action: &str,
    slug: &Slug,
    before: Option<&Revision>,
    after: &Revision,
) -> Entry {
    let picture = |revision: &Revision| {
        let review = &revision.review;
        json!({
            "state": revision.state,
            "sha256": revision.sha256,
            "rows": revision.rows,
            "counts": revision.counts,
            "made_by": revision.made_by,
            "submitted_by": review.submitted.as_ref().map(|signature| &signature.by),
            "decided_by": review.decided.as_ref().map(|signature| &signature.by),
            "reason": review.reason,
            "publish_at": review.publish_at,
            "answers": review.answers,
        })
    };
    Entry {
        at: now(),
        who: actor.as_str().to_owned(),
        action: action.to_owned(),
        dataset: Some(slug.clone()),
        revision: Some(after.number),
        result: "done".to_owned(),
        before: before.map(picture),
        after: Some(picture(after)),
    }
}
