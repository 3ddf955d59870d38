//! The `catalog_distribution` table: the forms of each revision, in which kept file each is.

use std::collections::BTreeSet;

use ingestion::Sha256;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query, SelectStatement};
use sea_orm::{ActiveValue, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};

use crate::distribution::{Distribution, Format};
use crate::error::CatalogError;
use crate::slug::Slug;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "catalog_distribution")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub dataset: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub number: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub format: String,
        pub bytes: i64,
        pub sha256: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl TryFrom<row::Model> for Distribution {
    type Error = CatalogError;

    fn try_from(row: row::Model) -> Result<Distribution, CatalogError> {
        let unreadable = |why: &dyn std::fmt::Display| super::unreadable("catalog_distribution", why);
        Ok(Distribution {
            format: row.format.parse::<Format>().map_err(|error| unreadable(&error))?,
            bytes: row.bytes.unsigned_abs(),
            sha256: row.sha256.parse::<Sha256>().map_err(|error| unreadable(&error))?,
        })
    }
}

/// The forms of the given revisions (slug of the dataset, number), each with its dataset's slug and its revision's number.
pub(super) async fn of(
    db: &impl ConnectionTrait,
    revisions: &[(String, i64)],
) -> Result<Vec<(String, i64, Distribution)>, CatalogError> {
    let which = revisions.iter().fold(Condition::any(), |any, (dataset, number)| {
        any.add(row::Column::Dataset.eq(dataset).and(row::Column::Number.eq(*number)))
    });
    if which.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for row in row::Entity::find().filter(which).all(db).await? {
        let (dataset, number) = (row.dataset.clone(), row.number);
        found.push((dataset, number, Distribution::try_from(row)?));
    }
    found.sort_by_key(|(.., distribution)| distribution.format);
    Ok(found)
}

/// Adds forms of a revision, and tells how many of them are new; those that are there already stay as they are.
pub(crate) async fn append(
    db: &impl ConnectionTrait,
    dataset: &Slug,
    number: u32,
    distributions: &[Distribution],
) -> Result<u64, CatalogError> {
    if distributions.is_empty() {
        return Ok(0);
    }
    let rows = distributions.iter().map(|distribution| row::ActiveModel {
        dataset: ActiveValue::Set(dataset.to_string()),
        number: ActiveValue::Set(i64::from(number)),
        format: ActiveValue::Set(distribution.format.extension().to_owned()),
        bytes: ActiveValue::Set(distribution.bytes as i64),
        sha256: ActiveValue::Set(distribution.sha256.to_string()),
    });
    let key = [row::Column::Dataset, row::Column::Number, row::Column::Format];
    let new = row::Entity::insert_many(rows)
        .on_conflict(OnConflict::columns(key).do_nothing().to_owned())
        .exec_without_returning(db)
        .await?;
    Ok(new)
}

/// Keeps the forms of a draft whose file was judged once more.
pub(super) async fn replace(
    db: &impl ConnectionTrait,
    dataset: &Slug,
    number: u32,
    distributions: &[Distribution],
) -> Result<(), CatalogError> {
    row::Entity::delete_many()
        .filter(row::Column::Dataset.eq(dataset.as_str()))
        .filter(row::Column::Number.eq(i64::from(number)))
        .exec(db)
        .await?;
    append(db, dataset, number, distributions).await?;
    Ok(())
}

/// The files in which the current revisions of published datasets come in `format`.
pub(crate) async fn current(
    db: &impl ConnectionTrait,
    format: Format,
) -> Result<BTreeSet<Sha256>, CatalogError> {
    let mut select = Query::select();
    select
        .column((row::Entity, row::Column::Sha256))
        .from(row::Entity)
        .inner_join(
            "catalog_dataset",
            Expr::col((row::Entity, row::Column::Dataset))
                .equals(("catalog_dataset", "slug"))
                .and(Expr::col((row::Entity, row::Column::Number)).equals(("catalog_dataset", "current"))),
        )
        .and_where(Expr::col((row::Entity, row::Column::Format)).eq(format.extension()))
        .and_where(Expr::col(("catalog_dataset", "state")).eq("published"));
    let mut found = BTreeSet::new();
    for row in db.query_all(&select).await? {
        let name: String = row.try_get("", "sha256")?;
        found.insert(name.parse().map_err(|error| super::unreadable("catalog_distribution", error))?);
    }
    Ok(found)
}

/// The slugs of the datasets whose current revision comes in `format`.
pub(super) fn datasets_in(format: Format) -> SelectStatement {
    Query::select()
        .column(row::Column::Dataset)
        .from(row::Entity)
        .and_where(row::Column::Format.into_expr().eq(format.extension()))
        .and_where(Expr::col((row::Entity, row::Column::Number)).equals(("catalog_dataset", "current")))
        .take()
}

/// Forgets all forms of a catalog whose making was cut short.
pub(super) async fn empty(db: &impl ConnectionTrait) -> Result<(), CatalogError> {
    row::Entity::delete_many().exec(db).await?;
    Ok(())
}
