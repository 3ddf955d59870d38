//! The `catalog_followed` table: of which revisions every form is made that will ever be.
//!
//! The forms have an edition, so that a program that makes more of them finds the revisions that lack those.

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use sea_orm::{ActiveValue, ConnectionTrait, EntityTrait};

use crate::error::CatalogError;
use crate::slug::Slug;

/// Grows when the program learns a new form: then every revision is looked at again.
const EDITION: i64 = 1;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "catalog_followed")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub dataset: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub number: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub edition: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Whether every form of the revision `number` of the dataset that is called `dataset` is made, in this edition of the forms.
pub(crate) async fn is_marked(
    db: &impl ConnectionTrait,
    dataset: &str,
    number: u32,
) -> Result<bool, CatalogError> {
    let key = (dataset.to_string(), i64::from(number), EDITION);
    Ok(row::Entity::find_by_id(key).one(db).await?.is_some())
}

/// Says that every form of the revision is made.
pub(crate) async fn mark(db: &impl ConnectionTrait, dataset: &Slug, number: u32) -> Result<(), CatalogError> {
    let row = row::ActiveModel {
        dataset: ActiveValue::Set(dataset.to_string()),
        number: ActiveValue::Set(i64::from(number)),
        edition: ActiveValue::Set(EDITION),
    };
    let key = [row::Column::Dataset, row::Column::Number, row::Column::Edition];
    row::Entity::insert_many([row])
        .on_conflict(OnConflict::columns(key).do_nothing().to_owned())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Holds for the revisions that are not marked, in a query of the `catalog_revision` table.
pub(super) fn is_not_marked() -> Expr {
    let of_revision = |column: row::Column, other: &'static str| {
        Expr::col((row::Entity, column)).equals(("catalog_revision", other))
    };
    let marked = Query::select()
        .expr(Expr::value(1))
        .from(row::Entity)
        .and_where(of_revision(row::Column::Dataset, "dataset"))
        .and_where(of_revision(row::Column::Number, "number"))
        .and_where(Expr::col((row::Entity, row::Column::Edition)).eq(EDITION))
        .take();
    Expr::exists(marked).not()
}

/// Forgets all marks of a catalog whose making was cut short.
pub(super) async fn empty(db: &impl ConnectionTrait) -> Result<(), CatalogError> {
    row::Entity::delete_many().exec(db).await?;
    Ok(())
}
