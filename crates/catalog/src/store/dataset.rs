//! The `catalog_dataset` table: its row, its queries, its way to and from [`Dataset`].
//!
//! [`Metadata`] is kept as a document; what lists are filtered and sorted by stands in columns beside it.

use std::collections::HashMap;

use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, SqlErr,
};

use super::{department, keyword, origin, revision, search, tag, time};
use crate::dataset::{Dataset, DatasetState, Metadata};
use crate::error::CatalogError;
use crate::made::Made;
use crate::slug::Slug;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "catalog_dataset")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub slug: String,
        pub department: String,
        pub state: String,
        /// The tombstone of a withdrawn one, as a document.
        pub tombstone: Option<String>,
        pub version: i64,
        /// The number of the revision that readers get.
        pub current: Option<i64>,
        pub issued_ms: Option<i64>,
        pub modified_ms: i64,
        pub title: String,
        pub theme: Option<String>,
        pub frequency: Option<String>,
        pub licence: String,
        pub schema: Option<String>,
        /// Which of the datasets that the program makes it is, if it is one.
        pub made: Option<String>,
        pub metadata: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

const TABLE: &str = "catalog_dataset";

/// The dataset named `slug` in whatever state, if there is one.
#[tracing::instrument(skip(db), fields(dataset.slug = %slug))]
pub(crate) async fn find(db: &impl ConnectionTrait, slug: &Slug) -> Result<Option<Dataset>, CatalogError> {
    Ok(among(db, std::slice::from_ref(slug)).await?.into_iter().next())
}

/// The datasets named `slugs`, in that order; those that are not there are left out.
pub(crate) async fn among(db: &impl ConnectionTrait, slugs: &[Slug]) -> Result<Vec<Dataset>, CatalogError> {
    let mut found = Vec::new();
    for some in slugs.chunks(revision::TOGETHER_MAX) {
        let names = some.iter().map(Slug::as_str);
        let rows = row::Entity::find().filter(row::Column::Slug.is_in(names.clone())).all(db).await?;
        let mut former_ids = origin::former_ids(db, names).await?;
        let pointers: Vec<_> = rows.iter().filter_map(|row| Some((row.slug.clone(), row.current?))).collect();
        let mut revisions: HashMap<_, _> = revision::of(db, &pointers).await?.into_iter().collect();
        let departments = department::all(db).await?;
        for row in rows {
            let current = revisions.remove(&row.slug);
            if row.current.is_some() != current.is_some() {
                return Err(super::unreadable(TABLE, format!("{}: its revision is missing", row.slug)));
            }
            let department = departments
                .iter()
                .find(|department| department.slug.as_str() == row.department)
                .ok_or_else(|| super::unreadable(TABLE, format!("{}: no department", row.slug)))?;
            let former_id = former_ids.remove(&row.slug);
            found.push(dataset(row, current, department.clone(), former_id)?);
        }
    }
    let places: HashMap<&Slug, usize> = slugs.iter().zip(0..).collect();
    found.sort_by_cached_key(|dataset| places.get(&dataset.slug).copied());
    Ok(found)
}

fn dataset(
    row: row::Model,
    current: Option<crate::Revision>,
    department: crate::Department,
    former_id: Option<String>,
) -> Result<Dataset, CatalogError> {
    let unreadable = |why: &dyn std::fmt::Display| super::unreadable(TABLE, why);
    let state = match (row.state.as_str(), row.tombstone) {
        ("draft", _) => DatasetState::Draft,
        ("published", _) => DatasetState::Published,
        ("withdrawn", Some(tombstone)) => {
            DatasetState::Withdrawn(serde_json::from_str(&tombstone).map_err(|error| unreadable(&error))?)
        }
        (other, _) => return Err(unreadable(&format!("state `{other}`"))),
    };
    Ok(Dataset {
        slug: Slug::parse(&row.slug).map_err(|error| unreadable(&error))?,
        metadata: serde_json::from_str::<Metadata>(&row.metadata).map_err(|error| unreadable(&error))?,
        department,
        state,
        version: row.version.unsigned_abs(),
        current,
        issued: row.issued_ms.map(|ms| time::from_ms(TABLE, ms)).transpose()?,
        modified: time::from_ms(TABLE, row.modified_ms)?,
        former_id,
    })
}

fn columns(dataset: &Dataset) -> Result<row::ActiveModel, CatalogError> {
    let metadata = &dataset.metadata;
    let tombstone = match &dataset.state {
        DatasetState::Withdrawn(tombstone) => Some(document(tombstone)?),
        DatasetState::Draft | DatasetState::Published => None,
    };
    Ok(row::ActiveModel {
        slug: ActiveValue::Set(dataset.slug.to_string()),
        department: ActiveValue::Set(dataset.department.slug.to_string()),
        state: ActiveValue::Set(dataset.state.as_str().to_owned()),
        tombstone: ActiveValue::Set(tombstone),
        version: ActiveValue::Set(dataset.version as i64),
        current: ActiveValue::Set(dataset.current.as_ref().map(|revision| i64::from(revision.number))),
        issued_ms: ActiveValue::Set(dataset.issued.map(time::to_ms)),
        modified_ms: ActiveValue::Set(time::to_ms(dataset.modified)),
        title: ActiveValue::Set(metadata.title.clone()),
        theme: ActiveValue::Set(metadata.theme.clone()),
        frequency: ActiveValue::Set(metadata.frequency.clone()),
        licence: ActiveValue::Set(metadata.licence.id().to_owned()),
        schema: ActiveValue::Set(metadata.schema.as_ref().map(ToString::to_string)),
        made: ActiveValue::NotSet,
        metadata: ActiveValue::Set(document(metadata)?),
    })
}

fn document(value: &impl serde::Serialize) -> Result<String, CatalogError> {
    serde_json::to_string(value).map_err(|error| super::unreadable(TABLE, error))
}

/// Keeps a new dataset.
///
/// # Errors
/// [`CatalogError::Exists`] when the slug is taken.
pub(crate) async fn insert(db: &impl ConnectionTrait, dataset: &Dataset) -> Result<(), CatalogError> {
    match row::Entity::insert(columns(dataset)?).exec_without_returning(db).await {
        Ok(_) => put_words(db, dataset).await,
        Err(error) => Err(match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => CatalogError::Exists(dataset.slug.clone()),
            _ => error.into(),
        }),
    }
}

/// Keeps a dataset as it is now, provided that it is still at version `read`.
///
/// # Errors
/// [`CatalogError::Stale`] when somebody else changed it since.
pub(crate) async fn update(
    db: &impl ConnectionTrait,
    dataset: &Dataset,
    read: u64,
) -> Result<(), CatalogError> {
    let changed = row::Entity::update_many()
        .set(columns(dataset)?)
        .filter(row::Column::Slug.eq(dataset.slug.as_str()))
        .filter(row::Column::Version.eq(read as i64))
        .exec(db)
        .await?;
    if changed.rows_affected == 0 {
        return Err(CatalogError::Stale { slug: dataset.slug.clone() });
    }
    put_words(db, dataset).await
}

/// Keeps the words by which a dataset is asked for and counted.
async fn put_words(db: &impl ConnectionTrait, dataset: &Dataset) -> Result<(), CatalogError> {
    keyword::put(db, &dataset.slug, &dataset.metadata.keywords).await?;
    tag::put(db, &dataset.slug, &dataset.metadata).await?;
    search::dataset::put(db, dataset).await.map(drop)
}

/// Keeps others from numbering a revision of `slug` until the transaction ends.
pub(crate) async fn hold(db: &impl ConnectionTrait, slug: &Slug) -> Result<(), CatalogError> {
    row::Entity::update_many()
        .col_expr(row::Column::Version, Expr::col(row::Column::Version))
        .filter(row::Column::Slug.eq(slug.as_str()))
        .exec(db)
        .await?;
    Ok(())
}

/// Says which of the datasets that the program makes `slug` is; `None`: none of them.
pub(crate) async fn mark(
    db: &impl ConnectionTrait,
    slug: &Slug,
    made: Option<Made>,
) -> Result<(), CatalogError> {
    row::Entity::update_many()
        .col_expr(row::Column::Made, Expr::value(made.map(Made::as_str)))
        .filter(row::Column::Slug.eq(slug.as_str()))
        .exec(db)
        .await?;
    Ok(())
}

/// The dataset that the program makes as `made`, if the city wants one.
pub(crate) async fn made_as(db: &impl ConnectionTrait, made: Made) -> Result<Option<Slug>, CatalogError> {
    let slug: Option<String> = row::Entity::find()
        .select_only()
        .column(row::Column::Slug)
        .filter(row::Column::Made.eq(made.as_str()))
        .order_by_asc(row::Column::Slug)
        .into_tuple()
        .one(db)
        .await?;
    slug.map(|slug| Slug::parse(&slug)).transpose().map_err(|error| super::unreadable(TABLE, error))
}

/// Forgets the datasets of a catalog whose making was cut short.
pub(super) async fn empty(db: &impl ConnectionTrait) -> Result<(), CatalogError> {
    revision::empty(db).await?;
    keyword::empty(db).await?;
    tag::empty(db).await?;
    origin::empty(db).await?;
    row::Entity::delete_many().exec(db).await?;
    Ok(())
}
