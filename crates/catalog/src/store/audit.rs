//! The `catalog_audit` table: its row, its queries, its way to and from [`Entry`]. Rows are only ever added, each
//! chained to the one before; the head of the chain is [`super::audit_head`]'s.

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Select,
};
use serde_json::Value;

use super::audit_head::{self, Head};
use super::listing::bound;
use super::time;
use crate::audit::{Broken, Entry, Filter, Misfit, Recorded};
use crate::chain::{Chain, Link};
use crate::counted;
use crate::error::CatalogError;
use crate::slug::Slug;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "catalog_audit")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i64,
        pub at_ms: i64,
        pub who: String,
        pub action: String,
        pub dataset: Option<String>,
        pub revision: Option<i64>,
        pub result: String,
        pub before: Option<String>,
        pub after: Option<String>,
        pub hash: String,
        pub previous: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

const TABLE: &str = "catalog_audit";

/// Entries that are held at a time while the chain is looked through.
const TOGETHER: u64 = 500;

impl row::Model {
    /// The row as the chain sees it.
    fn link(&self) -> Link<'_> {
        Link {
            id: self.id,
            at_ms: self.at_ms,
            who: &self.who,
            action: &self.action,
            dataset: self.dataset.as_deref(),
            revision: self.revision,
            result: &self.result,
            before: self.before.as_deref(),
            after: self.after.as_deref(),
            previous: &self.previous,
        }
    }
}

impl TryFrom<row::Model> for Entry {
    type Error = CatalogError;

    fn try_from(row: row::Model) -> Result<Entry, CatalogError> {
        let unreadable = |why: &dyn std::fmt::Display| super::unreadable(TABLE, why);
        let document = |text: Option<String>| {
            text.map(|text| serde_json::from_str::<Value>(&text))
                .transpose()
                .map_err(|error| unreadable(&error))
        };
        Ok(Entry {
            at: time::from_ms(TABLE, row.at_ms)?,
            who: row.who,
            action: row.action,
            dataset: row
                .dataset
                .map(|slug| Slug::parse(&slug))
                .transpose()
                .map_err(|error| unreadable(&error))?,
            revision: row.revision.map(u32::try_from).transpose().map_err(|error| unreadable(&error))?,
            result: row.result,
            before: document(row.before)?,
            after: document(row.after)?,
        })
    }
}

impl TryFrom<row::Model> for Recorded {
    type Error = CatalogError;

    fn try_from(row: row::Model) -> Result<Recorded, CatalogError> {
        let (id, hash, previous) = (row.id.unsigned_abs(), row.hash.clone(), row.previous.clone());
        Ok(Recorded { id, entry: row.try_into()?, hash, previous })
    }
}

/// Holds back every other writer of the audit until this transaction ends.
pub(crate) async fn lock(write: &DatabaseTransaction) -> Result<(), CatalogError> {
    audit_head::lock(write).await
}

/// Writes one entry at the head of the chain. Within a transaction, as two writers at once would fork it.
pub(crate) async fn append(write: &DatabaseTransaction, entry: Entry) -> Result<(), CatalogError> {
    counted::act(&entry.action, &entry.result);
    lock(write).await?;
    let head = audit_head::read(write).await?;
    let mut row = row::Model {
        id: head.last + 1,
        at_ms: time::to_ms(entry.at),
        who: entry.who,
        action: entry.action,
        dataset: entry.dataset.map(String::from),
        revision: entry.revision.map(i64::from),
        result: entry.result,
        before: entry.before.map(|document| document.to_string()),
        after: entry.after.map(|document| document.to_string()),
        hash: String::new(),
        previous: head.hash,
    };
    row.hash = row.link().hash();
    audit_head::put(write, &Head { last: row.id, hash: row.hash.clone() }).await?;
    row::Entity::insert(row::ActiveModel::from(row)).exec_without_returning(write).await?;
    Ok(())
}

/// The entries that `filter` lets through.
fn matching(filter: &Filter) -> Select<row::Entity> {
    let is = |column: row::Column, value: Option<&str>| value.map(|value| column.eq(bound(value)));
    let which = Condition::all()
        .add_option(is(row::Column::Who, filter.who.as_deref()))
        .add_option(is(row::Column::Action, filter.action.as_deref()))
        .add_option(is(row::Column::Dataset, filter.dataset.as_ref().map(Slug::as_str)))
        .add_option(is(row::Column::Result, filter.result.as_deref()))
        .add_option(filter.since.map(|since| row::Column::AtMs.gte(time::to_ms(since))))
        .add_option(filter.until.map(|until| row::Column::AtMs.lt(time::to_ms(until))));
    row::Entity::find().filter(which)
}

/// How many entries `filter` lets through.
pub(crate) async fn count(db: &impl ConnectionTrait, filter: &Filter) -> Result<u64, CatalogError> {
    Ok(matching(filter).count(db).await?)
}

/// The newest entries that `filter` lets through, of those before number `before` where it is given.
pub(crate) async fn before(
    db: &impl ConnectionTrait,
    filter: &Filter,
    before: Option<u64>,
    limit: u32,
) -> Result<Vec<Recorded>, CatalogError> {
    let earlier =
        before.and_then(|before| i64::try_from(before).ok()).map(|before| row::Column::Id.lt(before));
    let rows = matching(filter).filter(Condition::all().add_option(earlier));
    let rows = rows.order_by_desc(row::Column::Id).limit(u64::from(limit)).all(db).await?;
    rows.into_iter().map(Recorded::try_from).collect()
}

/// The oldest entries that `filter` lets through after number `after`.
pub(crate) async fn after(
    db: &impl ConnectionTrait,
    filter: &Filter,
    after: u64,
    limit: u32,
) -> Result<Vec<Recorded>, CatalogError> {
    let later = row::Column::Id.gt(i64::try_from(after).unwrap_or(i64::MAX));
    let rows = matching(filter).filter(later).order_by_asc(row::Column::Id).limit(u64::from(limit));
    rows.all(db).await?.into_iter().map(Recorded::try_from).collect()
}

/// Goes along the chain as far as it holds, and gives the first broken link.
pub(crate) async fn walk(
    db: &impl ConnectionTrait,
    chain: &mut Chain,
) -> Result<Option<Broken>, CatalogError> {
    loop {
        let rows = row::Entity::find().filter(row::Column::Id.gt(chain.last));
        let rows = rows.order_by_asc(row::Column::Id).limit(TOGETHER).all(db).await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            if let Err(why) = chain.add(&row.link(), &row.hash) {
                let at = time::from_ms(TABLE, row.at_ms).ok();
                return Ok(Some(Broken { id: row.id.unsigned_abs(), at, why }));
            }
        }
    }
    let head = audit_head::read(db).await?;
    let is_head = head.last == chain.last && head.hash == chain.hash;
    let end = Broken { id: head.last.unsigned_abs(), at: None, why: Misfit::Missing };
    Ok((!is_head).then_some(end))
}

/// The latest entries, the newest first.
pub(crate) async fn latest(db: &impl ConnectionTrait, limit: u32) -> Result<Vec<Entry>, CatalogError> {
    let rows = row::Entity::find().order_by_desc(row::Column::Id).limit(u64::from(limit)).all(db).await?;
    rows.into_iter().map(Entry::try_from).collect()
}

/// Forgets the entries of a catalog whose making was cut short.
pub(super) async fn empty(db: &impl ConnectionTrait) -> Result<(), CatalogError> {
    row::Entity::delete_many().exec(db).await?;
    audit_head::begin(db).await
}

#[cfg(test)]
mod tests;
