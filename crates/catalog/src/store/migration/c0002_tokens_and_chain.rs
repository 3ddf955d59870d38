//! The tokens of the staff, and the chain of the audit: entries that were there before are chained in their order.

use sea_orm::sea_query::{Alias, Expr, ExprTrait, Order, Query};
use sea_orm::{ConnectionTrait, FromQueryResult};
use sea_orm_migration::prelude::*;

use super::{maybe_number, number, table, text};
use crate::chain::{BEGINNING, Link};

pub(super) struct TokensAndChain;

impl MigrationName for TokensAndChain {
    fn name(&self) -> &str {
        "c0002_tokens_and_chain"
    }
}

const AUDIT: &str = "catalog_audit";
const HEAD: &str = "catalog_audit_head";

/// Entries that are held at a time.
const TOGETHER: u64 = 500;

#[derive(FromQueryResult)]
struct Unchained {
    id: i64,
    at_ms: i64,
    who: String,
    action: String,
    dataset: Option<String>,
    revision: Option<i64>,
    result: String,
    before: Option<String>,
    after: Option<String>,
}

#[async_trait::async_trait]
impl MigrationTrait for TokensAndChain {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(table(
                "catalog_token",
                [
                    number("id").primary_key().auto_increment().to_owned(),
                    text("hash").unique_key().to_owned(),
                    text("name"),
                    text("department"),
                    text("role"),
                    number("created_ms"),
                    number("expires_ms"),
                    maybe_number("revoked_ms"),
                ],
            ))
            .await?;
        for column in ["hash", "previous"] {
            if !manager.has_column(AUDIT, column).await? {
                let added = text(column).default("").to_owned();
                manager.alter_table(Table::alter().table(AUDIT).add_column(added).to_owned()).await?;
            }
        }
        let head = [number("id").primary_key().to_owned(), number("last"), text("hash")];
        manager.create_table(table(HEAD, head)).await?;
        chain_up(manager.get_connection()).await
    }
}

/// Chains every entry from the first on; may be cut short and begun again.
async fn chain_up(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    let (mut last, mut hash) = (0, BEGINNING.to_owned());
    loop {
        let columns = ["id", "at_ms", "who", "action", "dataset", "revision", "result", "before", "after"]
            .map(Alias::new);
        let mut select = Query::select();
        select.columns(columns).from(AUDIT).and_where(Expr::col("id").gt(last));
        select.order_by("id", Order::Asc).limit(TOGETHER);
        let rows = db.query_all(&select).await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            let entry = Unchained::from_query_result(&row, "")?;
            let link = Link {
                id: entry.id,
                at_ms: entry.at_ms,
                who: &entry.who,
                action: &entry.action,
                dataset: entry.dataset.as_deref(),
                revision: entry.revision,
                result: &entry.result,
                before: entry.before.as_deref(),
                after: entry.after.as_deref(),
                previous: &hash,
            };
            let chained = link.hash();
            let mut update = Query::update();
            update.table(AUDIT).value("previous", hash).value("hash", chained.as_str());
            update.and_where(Expr::col("id").eq(entry.id));
            db.execute(&update).await?;
            (last, hash) = (entry.id, chained);
        }
    }
    db.execute(Query::delete().from_table(HEAD)).await?;
    let mut insert = Query::insert();
    insert.into_table(HEAD).columns(["id", "last", "hash"]);
    insert.values_panic([1.into(), last.into(), hash.into()]);
    db.execute(&insert).await?;
    Ok(())
}

#[cfg(test)]
mod tests;
