//! The `catalog_term` table: the words of the controlled lists, each list in the city's own order.

use sea_orm::{ActiveValue, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::error::CatalogError;
use crate::term::{Term, TermKind};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "catalog_term")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub kind: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub code: String,
        pub label: String,
        pub label_en: String,
        pub eu: String,
        /// Its place in the list, from 0.
        pub place: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl From<row::Model> for Term {
    fn from(row: row::Model) -> Term {
        Term { code: row.code, label: row.label, label_en: row.label_en, eu: row.eu }
    }
}

/// The words of one list, in its order.
pub(crate) async fn all(db: &impl ConnectionTrait, kind: TermKind) -> Result<Vec<Term>, CatalogError> {
    let rows = row::Entity::find()
        .filter(row::Column::Kind.eq(kind.as_str()))
        .order_by_asc(row::Column::Place)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(Term::from).collect())
}

/// Replaces one list; whether that changed anything.
pub(crate) async fn put(
    db: &impl ConnectionTrait,
    kind: TermKind,
    terms: &[Term],
) -> Result<bool, CatalogError> {
    if all(db, kind).await? == terms {
        return Ok(false);
    }
    row::Entity::delete_many().filter(row::Column::Kind.eq(kind.as_str())).exec(db).await?;
    let rows = terms.iter().enumerate().map(|(place, term)| row::ActiveModel {
        kind: ActiveValue::Set(kind.as_str().to_owned()),
        code: ActiveValue::Set(term.code.clone()),
        label: ActiveValue::Set(term.label.clone()),
        label_en: ActiveValue::Set(term.label_en.clone()),
        eu: ActiveValue::Set(term.eu.clone()),
        place: ActiveValue::Set(place as i64),
    });
    row::Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(true)
}

/// Forgets the lists of a catalog whose making was cut short.
pub(super) async fn empty(db: &impl ConnectionTrait) -> Result<(), CatalogError> {
    row::Entity::delete_many().exec(db).await?;
    Ok(())
}
