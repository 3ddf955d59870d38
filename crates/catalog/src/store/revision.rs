//! The `catalog_revision` table: its row, its queries, its way to and from [`Revision`].
//!
//! Nothing here is ever changed or removed; a revision is appended, and only from an [`Accepted`].

use ingestion::{Accepted, Counts};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveValue, ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter,
    QueryOrder, QuerySelect,
};

use super::{distribution, report, time};
use crate::distribution::Distribution;
use crate::error::CatalogError;
use crate::revision::{Revision, RevisionState};
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
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

const TABLE: &str = "catalog_revision";

fn revision(row: row::Model, distributions: Vec<Distribution>) -> Result<Revision, CatalogError> {
    let unreadable = |why: &dyn std::fmt::Display| super::unreadable(TABLE, why);
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
    })
}

/// The published revisions of `dataset`, the newest first.
pub(crate) async fn published(
    db: &impl ConnectionTrait,
    dataset: &Slug,
) -> Result<Vec<Revision>, CatalogError> {
    let rows = row::Entity::find()
        .filter(row::Column::Dataset.eq(dataset.as_str()))
        .filter(row::Column::State.eq(RevisionState::Published.as_str()))
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
    let forms = distribution::of(db, &keys).await?;
    rows.into_iter()
        .map(|row| {
            let mine = forms
                .iter()
                .filter(|(dataset, number, _)| *dataset == row.dataset && *number == row.number)
                .map(|(.., distribution)| distribution.clone())
                .collect();
            Ok((row.dataset.clone(), revision(row, mine)?))
        })
        .collect()
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

/// Appends a revision of `dataset`, with its report and its forms, whose bytes are kept already.
///
/// Only with an [`Accepted`] one gets here: publishing what was not validated does not compile.
#[tracing::instrument(skip_all, fields(dataset.slug = %dataset, revision.number = new.number))]
pub(crate) async fn append(
    db: &impl ConnectionTrait,
    dataset: &Slug,
    new: &Revision,
    accepted: &Accepted,
) -> Result<(), CatalogError> {
    let report = accepted.report();
    let row = row::ActiveModel {
        dataset: ActiveValue::Set(dataset.to_string()),
        number: ActiveValue::Set(i64::from(new.number)),
        state: ActiveValue::Set(new.state.as_str().to_owned()),
        file_name: ActiveValue::Set(new.file_name.clone()),
        bytes: ActiveValue::Set(new.bytes as i64),
        sha256: ActiveValue::Set(new.sha256.to_string()),
        rows: ActiveValue::Set(new.rows as i64),
        counts: ActiveValue::Set(
            serde_json::to_string(&new.counts).map_err(|error| super::unreadable(TABLE, error))?,
        ),
        made_by: ActiveValue::Set(new.made_by.clone()),
        made_ms: ActiveValue::Set(time::to_ms(new.made_at)),
        published_ms: ActiveValue::Set(new.published_at.map(time::to_ms)),
    };
    row::Entity::insert(row).exec_without_returning(db).await?;
    report::insert(db, dataset, new.number, report).await?;
    distribution::insert(db, dataset, new.number, &new.distributions).await
}

/// Forgets all revisions of a catalog whose making was cut short.
pub(super) async fn empty(db: &impl ConnectionTrait) -> Result<(), CatalogError> {
    report::empty(db).await?;
    distribution::empty(db).await?;
    row::Entity::delete_many().exec(db).await?;
    Ok(())
}
