//! The `search_document` table: what can be found as a whole, with its texts; their grams stand in the index.

use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::super::unreadable;
use super::grams::{self, Index};
use super::state;
use crate::error::CatalogError;
use crate::search::{Document, DocumentKind, Facts, Shown, Tier, pieces};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "search_document")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub kind: String,
        pub name: String,
        pub shown: bool,
        /// The number of its last change.
        pub changed: i64,
        pub facts: String,
        /// Its texts, one list for each tier, as a document.
        pub texts: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

const TABLE: &str = "search_document";

/// Stands in the place of texts that count as new when they are put in again.
const FORGOTTEN: &str = "";

/// The texts of a document, one list for each tier.
pub(crate) type Texts = [Vec<String>; Tier::ALL.len()];

/// Puts `document` into the index, in the transaction that changes what it stands for. Whether that changed anything.
///
/// # Errors
/// [`CatalogError::Database`].
pub async fn put(db: &impl ConnectionTrait, document: &Document) -> Result<bool, CatalogError> {
    let before = row::Entity::find()
        .filter(row::Column::Kind.eq(document.kind.as_str()))
        .filter(row::Column::Name.eq(document.name.as_str()))
        .one(db)
        .await?;
    let known = match &before {
        Some(row) if row.texts != FORGOTTEN => Some(read_texts(&row.texts)?),
        _ => None,
    };
    let mut texts = known.clone().unwrap_or_default();
    for (tier, new) in &document.texts {
        if let Some(of_tier) = texts.get_mut(*tier as usize) {
            of_tier.clone_from(new);
        }
    }
    let (facts, is_shown) = (written(&document.facts)?, document.shown == Shown::ToAll);
    let is_same = before.as_ref().is_some_and(|row| row.facts == facts && row.shown == is_shown);
    if is_same && known.as_ref() == Some(&texts) {
        return Ok(false);
    }
    let changed = state::count(db).await?;
    let row = row::ActiveModel {
        id: before.as_ref().map_or(ActiveValue::NotSet, |row| ActiveValue::Set(row.id)),
        kind: ActiveValue::Set(document.kind.as_str().to_owned()),
        name: ActiveValue::Set(document.name.clone()),
        shown: ActiveValue::Set(is_shown),
        changed: ActiveValue::Set(changed),
        facts: ActiveValue::Set(facts),
        texts: ActiveValue::Set(written(&texts)?),
    };
    let id = match before {
        Some(before) => {
            row::Entity::update(row).exec(db).await?;
            before.id
        }
        None => row::Entity::insert(row).exec(db).await?.last_insert_id,
    };
    if known.as_ref() != Some(&texts) {
        grams::put_text(db, id, &pieces(texts.iter().flatten().map(String::as_str))).await?;
    }
    Ok(true)
}

/// Lets every text of the documents of `kind` count as new, so that whoever puts them in again has them indexed in this
/// edition.
///
/// # Errors
/// [`CatalogError::Database`].
pub async fn forget_texts(db: &impl ConnectionTrait, kind: DocumentKind) -> Result<(), CatalogError> {
    row::Entity::update_many()
        .col_expr(row::Column::Texts, Expr::value(FORGOTTEN))
        .filter(row::Column::Kind.eq(kind.as_str()))
        .exec(db)
        .await?;
    Ok(())
}

/// A document as it is now.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Changed {
    /// Its number.
    pub id: i64,
    pub kind: DocumentKind,
    pub name: String,
    pub is_shown: bool,
    pub facts: Facts,
    pub texts: Texts,
}

/// The documents that changed after change `number`, by their numbers.
pub(crate) async fn changed_since(
    db: &impl ConnectionTrait,
    number: i64,
) -> Result<Vec<Changed>, CatalogError> {
    let rows = row::Entity::find()
        .filter(row::Column::Changed.gt(number))
        .order_by_asc(row::Column::Id)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            let kind = DocumentKind::from_name(&row.kind).ok_or_else(|| unreadable(TABLE, &row.kind))?;
            let facts = serde_json::from_str(&row.facts).map_err(|error| unreadable(TABLE, error))?;
            let texts = read_texts(&row.texts)?;
            Ok(Changed { id: row.id, kind, name: row.name, is_shown: row.shown, facts, texts })
        })
        .collect()
}

fn written(value: &impl serde::Serialize) -> Result<String, CatalogError> {
    serde_json::to_string(value).map_err(|error| unreadable(TABLE, error))
}

fn read_texts(texts: &str) -> Result<Texts, CatalogError> {
    if texts == FORGOTTEN {
        return Ok(Texts::default());
    }
    serde_json::from_str(texts).map_err(|error| unreadable(TABLE, error))
}

/// Forgets all documents.
pub(super) async fn empty(db: &impl ConnectionTrait) -> Result<(), CatalogError> {
    grams::empty(db, Index::Texts).await?;
    row::Entity::delete_many().exec(db).await?;
    Ok(())
}
