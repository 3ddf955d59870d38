//! The `catalog_audit` table: its row, its queries, its way to and from [`Entry`]. Rows are only ever added.

use sea_orm::{ActiveValue, ConnectionTrait, EntityTrait, QueryOrder, QuerySelect};
use serde_json::Value;

use super::time;
use crate::audit::Entry;
use crate::error::CatalogError;
use crate::slug::Slug;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "catalog_audit")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub at_ms: i64,
        pub who: String,
        pub action: String,
        pub dataset: Option<String>,
        pub revision: Option<i64>,
        pub result: String,
        pub before: Option<String>,
        pub after: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

const TABLE: &str = "catalog_audit";

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

/// Writes one entry.
pub(crate) async fn append(db: &impl ConnectionTrait, entry: Entry) -> Result<(), CatalogError> {
    let row = row::ActiveModel {
        id: ActiveValue::NotSet,
        at_ms: ActiveValue::Set(time::to_ms(entry.at)),
        who: ActiveValue::Set(entry.who),
        action: ActiveValue::Set(entry.action),
        dataset: ActiveValue::Set(entry.dataset.map(String::from)),
        revision: ActiveValue::Set(entry.revision.map(i64::from)),
        result: ActiveValue::Set(entry.result),
        before: ActiveValue::Set(entry.before.map(|document| document.to_string())),
        after: ActiveValue::Set(entry.after.map(|document| document.to_string())),
    };
    row::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The latest entries, the newest first.
pub(crate) async fn latest(db: &impl ConnectionTrait, limit: u32) -> Result<Vec<Entry>, CatalogError> {
    let rows = row::Entity::find().order_by_desc(row::Column::Id).limit(u64::from(limit)).all(db).await?;
    rows.into_iter().map(Entry::try_from).collect()
}

/// Forgets the entries of a catalog whose making was cut short.
pub(super) async fn empty(db: &impl ConnectionTrait) -> Result<(), CatalogError> {
    row::Entity::delete_many().exec(db).await?;
    Ok(())
}
