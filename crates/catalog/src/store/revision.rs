//! The `catalog_revision` table: its row, its queries, its way to and from [`Revision`].
//!
//! Nothing is ever removed, and what is published is never changed. A revision becomes published in two ways, both
//! with an [`Accepted`]: [`append`] at once, [`open`] after its review.

use std::collections::HashMap;

use ingestion::{Accepted, Counts, Report};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveValue, ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter,
    QueryOrder, QuerySelect,
};

use super::{distribution, followed, packed, report, time};
use crate::distribution::{Distribution, Format};
use crate::error::CatalogError;
use crate::revision::{Answer, Review, Revision, RevisionState, Signature};
use crate::slug::Slug;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "catalog_revision")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub dataset: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub number: i64,
        pub state: String,
        pub file_name: String,
        pub bytes: i64,
        pub sha256: String,
        pub rows: i64,
        pub counts: String,
        pub made_by: String,
        pub made_ms: i64,
        pub published_ms: Option<i64>,
        pub submitted_by: Option<String>,
        pub submitted_ms: Option<i64>,
        pub decided_by: Option<String>,
        pub decided_ms: Option<i64>,
        /// Why it was returned.
        pub reason: Option<String>,
        /// When it is to be published.
        pub publish_ms: Option<i64>,
        /// The answers to the report's questions, as a document.
        pub answers: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

const TABLE: &str = "catalog_revision";

fn revision(row: row::Model, distributions: Vec<Distribution>) -> Result<Revision, CatalogError> {
    let unreadable = |why: &dyn std::fmt::Display| super::unreadable(TABLE, why);
    let signature = |by: Option<String>, ms: Option<i64>| {
        by.zip(ms).map(|(by, ms)| time::from_ms(TABLE, ms).map(|at| Signature { by, at })).transpose()
    };
    let answers = row.answers.map(|answers| serde_json::from_str::<Vec<Answer>>(&answers)).transpose();
    let review = Review {
        answers: answers.map_err(|error| unreadable(&error))?.unwrap_or_default(),
        submitted: signature(row.submitted_by, row.submitted_ms)?,
        decided: signature(row.decided_by, row.decided_ms)?,
        reason: row.reason,
        publish_at: row.publish_ms.map(|ms| time::from_ms(TABLE, ms)).transpose()?,
    };
    Ok(Revision {
        number: u32::try_from(row.number).map_err(|error| unreadable(&error))?,
        state: RevisionState::from_name(&row.state).ok_or_else(|| unreadable(&row.state))?,
        file_name: row.file_name,
        bytes: row.bytes.unsigned_abs(),
        sha256: row.sha256.parse().map_err(|error| unreadable(&error))?,
        rows: row.rows.unsigned_abs(),
        counts: serde_json::from_str::<Counts>(&row.counts).map_err(|error| unreadable(&error))?,
        made_by: row.made_by,
        made_at: time::from_ms(TABLE, row.made_ms)?,
        published_at: row.published_ms.map(|ms| time::from_ms(TABLE, ms)).transpose()?,
        distributions,
        awaited: Vec::new(),
        review,
    })
}

/// The published revisions of `dataset`, the newest first.
pub(crate) async fn published(
    db: &impl ConnectionTrait,
    dataset: &Slug,
) -> Result<Vec<Revision>, CatalogError> {
    among(db, dataset, Condition::all().add(row::Column::State.eq(RevisionState::Published.as_str()))).await
}

/// The published revisions of `dataset` from `number` back, the newest first, at most `max` of them.
pub(crate) async fn published_up_to(
    db: &impl ConnectionTrait,
    dataset: &Slug,
    number: u32,
    max: u64,
) -> Result<Vec<Revision>, CatalogError> {
    let rows = row::Entity::find()
        .filter(row::Column::Dataset.eq(dataset.as_str()))
        .filter(row::Column::State.eq(RevisionState::Published.as_str()))
        .filter(row::Column::Number.lte(i64::from(number)))
        .order_by_desc(row::Column::Number)
        .limit(Ord::min(max, TOGETHER_MAX as u64))
        .all(db)
        .await?;
    Ok(with_distributions(db, rows).await?.into_iter().map(|(_, revision)| revision).collect())
}

/// All revisions of `dataset`, in whatever state, the newest first.
pub(crate) async fn all(db: &impl ConnectionTrait, dataset: &Slug) -> Result<Vec<Revision>, CatalogError> {
    among(db, dataset, Condition::all()).await
}

async fn among(
    db: &impl ConnectionTrait,
    dataset: &Slug,
    which: Condition,
) -> Result<Vec<Revision>, CatalogError> {
    let rows = row::Entity::find()
        .filter(row::Column::Dataset.eq(dataset.as_str()))
        .filter(which)
        .order_by_desc(row::Column::Number)
        .all(db)
        .await?;
    let mut revisions = Vec::new();
    for some in rows.chunks(TOGETHER_MAX) {
        revisions
            .extend(with_distributions(db, some.to_vec()).await?.into_iter().map(|(_, revision)| revision));
    }
    Ok(revisions)
}

/// The published revisions of which a form is still to be made, the oldest first: those of at most
/// `rows_max` rows, `TOGETHER_MAX` of them at most.
pub(crate) async fn not_followed(
    db: &impl ConnectionTrait,
    rows_max: u64,
) -> Result<Vec<(Slug, u32)>, CatalogError> {
    let rows_max = i64::try_from(rows_max).unwrap_or(i64::MAX);
    let rows = row::Entity::find()
        .filter(row::Column::State.eq(RevisionState::Published.as_str()))
        .filter(row::Column::Rows.lte(rows_max))
        .filter(followed::is_not_marked())
        .order_by_asc(row::Column::PublishedMs)
        .limit(TOGETHER_MAX as u64)
        .all(db)
        .await?;
    let name = |row: row::Model| {
        let slug = Slug::parse(&row.dataset).map_err(|error| super::unreadable(TABLE, error))?;
        Ok((slug, u32::try_from(row.number).map_err(|error| super::unreadable(TABLE, error))?))
    };
    rows.into_iter().map(name).collect()
}

/// Revision `number` of `dataset` in any state, or [`CatalogError::NoSuchRevision`].
pub(crate) async fn find(
    db: &impl ConnectionTrait,
    dataset: &Slug,
    number: u32,
) -> Result<Revision, CatalogError> {
    let row = row::Entity::find_by_id((dataset.to_string(), i64::from(number))).one(db).await?;
    with_distributions(db, row.into_iter().collect())
        .await?
        .into_iter()
        .next()
        .map(|(_, revision)| revision)
        .ok_or_else(|| CatalogError::NoSuchRevision { slug: dataset.clone(), number })
}

/// How many revisions are asked for in one statement at most.
pub(super) const TOGETHER_MAX: usize = 100;

/// The given revisions (slug of the dataset, number), at most [`TOGETHER_MAX`], each with its dataset's slug.
pub(super) async fn of(
    db: &impl ConnectionTrait,
    revisions: &[(String, i64)],
) -> Result<Vec<(String, Revision)>, CatalogError> {
    let which = revisions.iter().fold(Condition::any(), |any, (dataset, number)| {
        any.add(row::Column::Dataset.eq(dataset).and(row::Column::Number.eq(*number)))
    });
    if which.is_empty() {
        return Ok(Vec::new());
    }
    let rows = row::Entity::find().filter(which).all(db).await?;
    with_distributions(db, rows).await
}

async fn with_distributions(
    db: &impl ConnectionTrait,
    rows: Vec<row::Model>,
) -> Result<Vec<(String, Revision)>, CatalogError> {
    let keys: Vec<_> = rows.iter().map(|row| (row.dataset.clone(), row.number)).collect();
    let mut forms: HashMap<(String, i64), Vec<Distribution>> = HashMap::new();
    for (dataset, number, form) in distribution::of(db, &keys).await? {
        forms.entry((dataset, number)).or_default().push(form);
    }
    let mut revisions = Vec::with_capacity(rows.len());
    for (row, key) in rows.into_iter().zip(keys) {
        let mut revision = revision(row, forms.remove(&key).unwrap_or_default())?;
        if revision.state == RevisionState::Published && !revision.is_settled() {
            revision.awaited = awaited(db, &key.0, &revision).await?;
        }
        revisions.push((key.0, revision));
    }
    Ok(revisions)
}

/// The forms of the last revision of `dataset` before `revision` that is published with all of its own, without those that are made
/// of this one, too; none where none will follow any more.
async fn awaited(
    db: &impl ConnectionTrait,
    dataset: &str,
    revision: &Revision,
) -> Result<Vec<Format>, CatalogError> {
    if followed::is_marked(db, dataset, revision.number).await? {
        return Ok(Vec::new());
    }
    let before = row::Entity::find()
        .select_only()
        .column(row::Column::Number)
        .filter(row::Column::Dataset.eq(dataset))
        .filter(row::Column::State.eq(RevisionState::Published.as_str()))
        .filter(row::Column::Number.lt(i64::from(revision.number)))
        .filter(followed::is_not_marked().not())
        .order_by_desc(row::Column::Number)
        .limit(1)
        .into_tuple::<i64>()
        .one(db)
        .await?;
    let Some(before) = before else {
        return Ok(Vec::new());
    };
    let forms = distribution::of(db, &[(dataset.to_owned(), before)]).await?;
    let is_made = |format| revision.distributions.iter().any(|form| form.format == format);
    Ok(forms.into_iter().map(|(.., form)| form.format).filter(|format| !is_made(*format)).collect())
}

/// The answers that were given last to questions about a file of `dataset`, with the number of their revision.
pub(crate) async fn latest_answers(
    db: &impl ConnectionTrait,
    dataset: &Slug,
) -> Result<Option<(u32, Vec<Answer>)>, CatalogError> {
    let row = row::Entity::find()
        .filter(row::Column::Dataset.eq(dataset.as_str()))
        .filter(row::Column::Answers.is_not_null())
        .order_by_desc(row::Column::Number)
        .one(db)
        .await?;
    row.map(|row| revision(row, Vec::new()).map(|revision| (revision.number, revision.review.answers)))
        .transpose()
}

/// The number of the next revision of `dataset`.
pub(crate) async fn next_number(db: &impl ConnectionTrait, dataset: &Slug) -> Result<u32, CatalogError> {
    #[derive(FromQueryResult)]
    struct Last {
        number: Option<i64>,
    }
    let last = row::Entity::find()
        .select_only()
        .column_as(Expr::col(row::Column::Number).max(), "number")
        .filter(row::Column::Dataset.eq(dataset.as_str()))
        .into_model::<Last>()
        .one(db)
        .await?
        .and_then(|last| last.number)
        .unwrap_or(0);
    u32::try_from(last + 1).map_err(|error| super::unreadable(TABLE, error))
}

/// Appends a published revision of `dataset`, with its report and its forms, whose bytes are kept already.
///
/// Only with an [`Accepted`] one gets here: publishing what was not validated does not compile.
#[tracing::instrument(skip_all, fields(dataset.slug = %dataset, revision.number = new.number))]
pub(crate) async fn append(
    db: &impl ConnectionTrait,
    dataset: &Slug,
    new: &Revision,
    accepted: &Accepted,
) -> Result<(), CatalogError> {
    insert(db, dataset, new, accepted.report()).await
}

/// Appends a draft of `dataset`, with its report and its forms, whose bytes are kept already.
pub(crate) async fn draft(
    db: &impl ConnectionTrait,
    dataset: &Slug,
    new: &Revision,
    report: &Report,
) -> Result<(), CatalogError> {
    insert(db, dataset, &Revision { state: RevisionState::Draft, published_at: None, ..new.clone() }, report)
        .await
}

async fn insert(
    db: &impl ConnectionTrait,
    dataset: &Slug,
    new: &Revision,
    report: &Report,
) -> Result<(), CatalogError> {
    row::Entity::insert(columns(dataset, new)?).exec_without_returning(db).await?;
    report::insert(db, dataset, new.number, report).await?;
    distribution::append(db, dataset, new.number, &new.distributions).await?;
    Ok(())
}

fn columns(dataset: &Slug, revision: &Revision) -> Result<row::ActiveModel, CatalogError> {
    let Review { answers, submitted, decided, reason, publish_at } = &revision.review;
    let by = |signature: &Option<Signature>| signature.as_ref().map(|signature| signature.by.clone());
    let at = |signature: &Option<Signature>| signature.as_ref().map(|signature| time::to_ms(signature.at));
    let answers = if answers.is_empty() { None } else { Some(document(answers)?) };
    Ok(row::ActiveModel {
        dataset: ActiveValue::Set(dataset.to_string()),
        number: ActiveValue::Set(i64::from(revision.number)),
        state: ActiveValue::Set(revision.state.as_str().to_owned()),
        file_name: ActiveValue::Set(revision.file_name.clone()),
        bytes: ActiveValue::Set(revision.bytes as i64),
        sha256: ActiveValue::Set(revision.sha256.to_string()),
        rows: ActiveValue::Set(revision.rows as i64),
        counts: ActiveValue::Set(document(&revision.counts)?),
        made_by: ActiveValue::Set(revision.made_by.clone()),
        made_ms: ActiveValue::Set(time::to_ms(revision.made_at)),
        published_ms: ActiveValue::Set(revision.published_at.map(time::to_ms)),
        submitted_by: ActiveValue::Set(by(submitted)),
        submitted_ms: ActiveValue::Set(at(submitted)),
        decided_by: ActiveValue::Set(by(decided)),
        decided_ms: ActiveValue::Set(at(decided)),
        reason: ActiveValue::Set(reason.clone()),
        publish_ms: ActiveValue::Set(publish_at.map(time::to_ms)),
        answers: ActiveValue::Set(answers),
    })
}

fn document(value: &impl serde::Serialize) -> Result<String, CatalogError> {
    serde_json::to_string(value).map_err(|error| super::unreadable(TABLE, error))
}

/// Moves a revision on its way to publication, provided that it is still in the state `from`.
///
/// # Errors
/// [`CatalogError::Stale`] when somebody else moved it since.
pub(crate) async fn moved(
    db: &impl ConnectionTrait,
    dataset: &Slug,
    revision: &Revision,
    from: RevisionState,
) -> Result<(), CatalogError> {
    if revision.state == RevisionState::Published || from == RevisionState::Published {
        return Err(super::unreadable(TABLE, "what is published is opened, and never moved again"));
    }
    update(db, dataset, revision, from).await
}

/// Opens a revision to everybody, provided that it is still in the state `from`. Its bytes are kept already.
///
/// # Errors
/// [`CatalogError::Stale`] when somebody else moved it since.
pub(crate) async fn open(
    db: &impl ConnectionTrait,
    dataset: &Slug,
    revision: &Revision,
    from: RevisionState,
    _: &Accepted,
) -> Result<(), CatalogError> {
    update(db, dataset, revision, from).await
}

/// Keeps what came of judging the file of a draft once more; the file itself stays.
///
/// # Errors
/// As [`moved`].
pub(crate) async fn judged_again(
    db: &impl ConnectionTrait,
    dataset: &Slug,
    revision: &Revision,
    from: RevisionState,
    report: &Report,
) -> Result<(), CatalogError> {
    moved(db, dataset, revision, from).await?;
    report::replace(db, dataset, revision.number, report).await?;
    distribution::replace(db, dataset, revision.number, &revision.distributions).await
}

async fn update(
    db: &impl ConnectionTrait,
    dataset: &Slug,
    revision: &Revision,
    from: RevisionState,
) -> Result<(), CatalogError> {
    let changed = row::Entity::update_many()
        .set(columns(dataset, revision)?)
        .filter(row::Column::Dataset.eq(dataset.as_str()))
        .filter(row::Column::Number.eq(i64::from(revision.number)))
        .filter(row::Column::State.eq(from.as_str()))
        .exec(db)
        .await?;
    if changed.rows_affected == 0 {
        return Err(CatalogError::Stale { slug: dataset.clone() });
    }
    Ok(())
}

/// The revisions whose time to be published has come at `now`: dataset and number, the smallest number first.
pub(crate) async fn due(db: &impl ConnectionTrait, now: Timestamp) -> Result<Vec<(Slug, u32)>, CatalogError> {
    let found: Vec<(String, i64)> = row::Entity::find()
        .select_only()
        .columns([row::Column::Dataset, row::Column::Number])
        .filter(row::Column::State.eq(RevisionState::Scheduled.as_str()))
        .filter(row::Column::PublishMs.lte(time::to_ms(now)))
        .order_by_asc(row::Column::Number)
        .into_tuple()
        .all(db)
        .await?;
    let unreadable = |why: &dyn std::fmt::Display| super::unreadable(TABLE, why);
    found
        .into_iter()
        .map(|(slug, number)| {
            let slug = Slug::parse(&slug).map_err(|error| unreadable(&error))?;
            Ok((slug, u32::try_from(number).map_err(|error| unreadable(&error))?))
        })
        .collect()
}

/// Forgets all revisions of a catalog whose making was cut short.
pub(super) async fn empty(db: &impl ConnectionTrait) -> Result<(), CatalogError> {
    report::empty(db).await?;
    packed::empty(db).await?;
    followed::empty(db).await?;
    distribution::empty(db).await?;
    row::Entity::delete_many().exec(db).await?;
    Ok(())
}
