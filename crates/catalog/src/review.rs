//! 審査: from the submission of a revision to its publication, its return or, later, its withdrawal.
//!
//! ```text
//! draft ─▶ submitted ─▶ published        (or scheduled ─▶ published)
//!   ▲          │            │
//!   └ returned ┘            └▶ the dataset withdrawn
//! ```
//!
//! What is published is what was reviewed: the canonical form that was kept when the file came (or when its questions
//! were answered), by the report of that judging. Every act compares the dataset's version in its transaction, so of
//! several at once one wins and the others are told.

use ingestion::{Accepted, Schemas};
use jiff::Timestamp;

use crate::actor::Actor;
use crate::audit::{self, Entry};
use crate::dataset::{Dataset, DatasetState, Tombstone};
use crate::draft::{UNSUBMITTED, revised};
use crate::error::CatalogError;
use crate::finding::rows;
use crate::follow;
use crate::loading;
use crate::permit::Permit;
use crate::points::may_end_at;
use crate::revision::{Review, Revision, RevisionState, Signature};
use crate::rules::Deed;
use crate::slug::Slug;
use crate::store::{self, Changes, Store, now};
use crate::words;

/// The states of a revision that an approver may decide about.
const WAITING: &[RevisionState] = &[RevisionState::Submitted, RevisionState::Scheduled];

/// A revision after an act, with its dataset as it is then.
#[derive(Debug, Clone)]
pub struct Reviewed {
    /// The dataset.
    pub dataset: Dataset,
    /// The revision.
    pub revision: Revision,
}

/// Hands a draft in for review.
///
/// # Errors
/// [`CatalogError::OpenQuestions`], [`CatalogError::Refused`] (an answer said that something must not be published),
/// [`CatalogError::OtherSchema`], [`CatalogError::NotThen`], [`CatalogError::Superseded`], [`CatalogError::Stale`].
pub async fn submit(store: &Store, permit: &Permit) -> Result<Reviewed, CatalogError> {
    let submitted = hand_in(store, permit).await;
    audit::refusals(store, permit.actor(), permit.action(), &permit.dataset().slug, submitted).await
}

async fn hand_in(store: &Store, permit: &Permit) -> Result<Reviewed, CatalogError> {
    let (dataset, before) = permit.for_revision(Deed::Submit, UNSUBMITTED)?;
    accepted(store, dataset, before).await?;
    let review = Review {
        answers: before.review.answers.clone(),
        submitted: Some(signed(permit.actor(), now())),
        ..Review::default()
    };
    let revision = Revision { state: RevisionState::Submitted, review, ..before.clone() };
    move_on(store, permit.actor(), permit.action(), dataset, before, revision).await
}

/// Publishes a submitted revision: now, or at the time `at` when that is yet to come. That is the approval. A small table
/// has all its forms when this returns.
///
/// # Errors
/// [`CatalogError::NotThen`] for what was not submitted, [`CatalogError::Superseded`] when readers get a later one
/// already, [`CatalogError::OtherSchema`], [`CatalogError::Stale`].
pub async fn publish(
    store: &Store,
    schemas: &Schemas,
    permit: &Permit,
    at: Option<Timestamp>,
) -> Result<Reviewed, CatalogError> {
    let slug = &permit.dataset().slug;
    let published = approve(store, schemas, permit, at).await;
    let reviewed = audit::refusals(store, permit.actor(), permit.action(), slug, published).await?;
    if reviewed.revision.state != RevisionState::Published {
        return Ok(reviewed);
    }
    follow::at_once(store, schemas, slug, &reviewed.revision).await;
    rows::at_once(store, schemas, slug, &reviewed.revision).await;
    let revision = store::revision::find(store.database(), slug, reviewed.revision.number).await?;
    Ok(Reviewed { dataset: Dataset { current: Some(revision.clone()), ..reviewed.dataset }, revision })
}

async fn approve(
    store: &Store,
    schemas: &Schemas,
    permit: &Permit,
    at: Option<Timestamp>,
) -> Result<Reviewed, CatalogError> {
    let (dataset, before) = permit.for_revision(Deed::Publish, WAITING)?;
    let accepted = accepted(store, dataset, before).await?;
    let decided = Some(signed(permit.actor(), now()));
    match at.filter(|at| *at > now()) {
        Some(at) => {
            let review = Review { decided, publish_at: Some(at), ..before.review.clone() };
            let revision = Revision { state: RevisionState::Scheduled, review, ..before.clone() };
            move_on(store, permit.actor(), permit.action(), dataset, before, revision).await
        }
        None => {
            let review = Review { decided, publish_at: None, ..before.review.clone() };
            open(store, schemas, permit.actor(), dataset, before, review, &accepted).await
        }
    }
}

/// Returns a submitted or scheduled revision to its maker.
///
/// # Errors
/// [`CatalogError::NotThen`], [`CatalogError::BadWords`] without a reason, [`CatalogError::Stale`].
pub async fn send_back(store: &Store, permit: &Permit, reason: &str) -> Result<Reviewed, CatalogError> {
    let returned = turn_back(store, permit, reason).await;
    audit::refusals(store, permit.actor(), permit.action(), &permit.dataset().slug, returned).await
}

async fn turn_back(store: &Store, permit: &Permit, reason: &str) -> Result<Reviewed, CatalogError> {
    let (dataset, before) = permit.for_revision(Deed::Return, WAITING)?;
    let reason = words::reason(reason)?;
    let revision = returned(before, permit.actor(), now(), reason);
    move_on(store, permit.actor(), permit.action(), dataset, before, revision).await
}

fn signed(actor: &Actor, at: Timestamp) -> Signature {
    Signature { by: actor.as_str().to_owned(), at }
}

fn returned(before: &Revision, by: &Actor, at: Timestamp, reason: String) -> Revision {
    let review = Review {
        decided: Some(signed(by, at)),
        reason: Some(reason),
        publish_at: None,
        ..before.review.clone()
    };
    Revision { state: RevisionState::Returned, review, ..before.clone() }
}

/// Takes a published dataset back: its public paths answer with a tombstone from now on. Its bytes stay kept. What
/// was to be published later is returned.
///
/// # Errors
/// [`CatalogError::NotPublished`], [`CatalogError::Withdrawn`], [`CatalogError::BadWords`] without a reason,
/// [`CatalogError::Stale`].
pub async fn withdraw(store: &Store, permit: &Permit, reason: &str) -> Result<Dataset, CatalogError> {
    let withdrawn = take_back(store, permit, reason).await;
    audit::refusals(store, permit.actor(), permit.action(), &permit.dataset().slug, withdrawn).await
}

async fn take_back(store: &Store, permit: &Permit, reason: &str) -> Result<Dataset, CatalogError> {
    let before = permit.for_dataset(Deed::Withdraw)?;
    if before.state == DatasetState::Draft {
        return Err(CatalogError::NotPublished(before.slug.clone()));
    }
    bury(store, permit.actor(), before, words::reason(reason)?).await
}

/// Takes `before`, which is published, back.
pub(crate) async fn bury(
    store: &Store,
    actor: &Actor,
    before: &Dataset,
    reason: String,
) -> Result<Dataset, CatalogError> {
    let slug = &before.slug;
    let write = store.writing().await?;
    let at = now();
    for scheduled in store::revision::all(&write, slug).await? {
        if scheduled.state == RevisionState::Scheduled {
            let cancelled = returned(&scheduled, actor, at, reason.clone());
            store::revision::moved(&write, slug, &cancelled, scheduled.state).await?;
            store::audit::append(&write, revised(actor, "return", slug, Some(&scheduled), &cancelled))
                .await?;
        }
    }
    let dataset = Dataset {
        state: DatasetState::Withdrawn(Tombstone { by: actor.as_str().to_owned(), at, reason }),
        version: before.version + 1,
        modified: at,
        ..before.clone()
    };
    store::dataset::update(&write, &dataset, before.version).await?;
    store::audit::append(&write, audit::done(actor, at, "withdraw", Some(before), &dataset)).await?;
    store::change::count(&write).await?;
    store.commit(write, Changes::Dataset(slug)).await?;
    tracing::info!(dataset.slug = %slug, "withdrew `{slug}`");
    Ok(dataset)
}

/// The proof that the file of `revision` may be published as one of `dataset`, by what was found when it was judged.
async fn accepted(store: &Store, dataset: &Dataset, revision: &Revision) -> Result<Accepted, CatalogError> {
    let (slug, number) = (&dataset.slug, revision.number);
    let report = store::report::find(store.database(), slug, number).await?;
    if report.schema.as_ref().map(|fit| &fit.id) != dataset.metadata.schema.as_ref() {
        return Err(CatalogError::OtherSchema { slug: slug.clone(), number });
    }
    report.accept().map_err(|report| match report.accepted() {
        true => CatalogError::OpenQuestions(report),
        false => CatalogError::Refused(report),
    })
}

/// Keeps a revision that has moved on, while nobody outside sees it.
async fn move_on(
    store: &Store,
    actor: &Actor,
    action: &str,
    dataset: &Dataset,
    before: &Revision,
    revision: Revision,
) -> Result<Reviewed, CatalogError> {
    let slug = &dataset.slug;
    let write = store.writing().await?;
    let after = Dataset { version: dataset.version + 1, ..dataset.clone() };
    store::dataset::update(&write, &after, dataset.version).await?;
    store::revision::moved(&write, slug, &revision, before.state).await?;
    let entry = revised(actor, action, slug, Some(before), &revision);
    store::audit::append(&write, entry).await?;
    write.commit().await?;
    let (number, state) = (revision.number, revision.state.as_str());
    tracing::info!(dataset.slug = %slug, revision = number, "`{slug}` revision {number} is {state}");
    Ok(Reviewed { dataset: after, revision })
}

/// Opens a revision to everybody, as `before` was still waiting for it.
async fn open(
    store: &Store,
    schemas: &Schemas,
    actor: &Actor,
    dataset: &Dataset,
    before: &Revision,
    review: Review,
    accepted: &Accepted,
) -> Result<Reviewed, CatalogError> {
    let (slug, number) = (&dataset.slug, before.number);
    loading::before_publishing(store, schemas, accepted.report(), &before.distributions).await?;
    let write = store.writing().await?;
    let at = now();
    let revision =
        Revision { state: RevisionState::Published, published_at: Some(at), review, ..before.clone() };
    let after = Dataset {
        state: DatasetState::Published,
        version: dataset.version + 1,
        current: Some(revision.clone()),
        issued: dataset.issued.or(Some(at)),
        modified: at,
        ..dataset.clone()
    };
    store::dataset::update(&write, &after, dataset.version).await?;
    store::revision::open(&write, slug, &revision, before.state, accepted).await?;
    let entry = audit::done(actor, at, "publish", Some(dataset), &after);
    store::audit::append(&write, with_schedule(entry, before)).await?;
    store::change::count(&write).await?;
    may_end_at("before-opening");
    store.commit(write, Changes::Dataset(slug)).await?;
    may_end_at("opened");
    let rows = revision.rows;
    tracing::info!(dataset.slug = %slug, revision = number, rows, "published `{slug}` revision {number} ({rows} rows)");
    Ok(Reviewed { dataset: after, revision })
}

/// The entry, with the time that was set beforehand, if one was.
fn with_schedule(mut entry: Entry, before: &Revision) -> Entry {
    if let (Some(at), Some(after)) =
        (before.review.publish_at, entry.after.as_mut().and_then(|it| it.as_object_mut()))
    {
        after.insert("scheduled_for".to_owned(), at.to_string().into());
    }
    entry
}

/// Publishes every revision whose time has come at `time`, in the name of whoever approved it. One that cannot be published any
/// more, as readers get a later one or the dataset follows another schema, is returned.
///
/// Any server may do this at any time: of two at once, one finds it done.
///
/// # Errors
/// What the database says; what could be published is published all the same.
pub async fn publish_due(
    store: &Store,
    schemas: &Schemas,
    time: Timestamp,
) -> Result<Vec<Reviewed>, CatalogError> {
    let (mut published, mut failed) = (Vec::new(), None);
    for (slug, number) in store::revision::due(store.database(), time).await? {
        match come_due(store, schemas, &slug, number).await {
            Ok(reviewed) => published.extend(reviewed),
            Err(CatalogError::Stale { .. }) => {} // somebody else was faster; what is left is due the next time
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(published), Err)
}

async fn come_due(
    store: &Store,
    schemas: &Schemas,
    slug: &Slug,
    number: u32,
) -> Result<Option<Reviewed>, CatalogError> {
    let dataset = store::dataset::find(store.database(), slug).await?;
    let dataset = dataset.ok_or_else(|| CatalogError::NoSuchDataset(slug.clone()))?;
    let before = store::revision::find(store.database(), slug, number).await?;
    let (RevisionState::Scheduled, Some(decided)) = (before.state, before.review.decided.clone()) else {
        return Ok(None); // somebody else was faster
    };
    let later = dataset.current.as_ref().filter(|current| current.number > number);
    let why = match (later, accepted(store, &dataset, &before).await) {
        (None, Ok(accepted)) => {
            let approver = Actor::Named(decided.by.clone());
            let review = Review { publish_at: None, ..before.review.clone() };
            return open(store, schemas, &approver, &dataset, &before, review, &accepted).await.map(Some);
        }
        (Some(later), _) => format!("予定の時刻より前に、後の版（第{}版）が公開されました。", later.number),
        (None, Err(error)) if error.refusal().is_some() => {
            "予定の時刻に公開できませんでした。データセットの様式が変わっています。".to_owned()
        }
        (None, Err(fault)) => return Err(fault),
    };
    let revision = returned(&before, &Actor::Hiyori, now(), why);
    move_on(store, &Actor::Hiyori, "return", &dataset, &before, revision).await?;
    Ok(None)
}

#[cfg(test)]
mod tests;
