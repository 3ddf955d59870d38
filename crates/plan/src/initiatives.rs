//! Putting individual items on record under the 項目 of the plan.

use jiff::Timestamp;

use crate::browse;
use crate::code::InitiativeCode;
use crate::error::PlanError;
use crate::initiative::Initiative;
use crate::new_item::NewItem;
use crate::searched;
use crate::store::{Plans, Transaction, document, indicator, initiative};

/// Puts `item` on record as `actor`; it is in force from now on.
///
/// Its code is the next free number under its 項目: numbers have no gaps and are never given twice. Whether its
/// departments and datasets exist is for the caller to know, who has the catalog.
///
/// # Errors
/// [`PlanError::NotAnItem`] for a 項目's code, [`PlanError::NoSuchParent`], [`PlanError::CodeTaken`],
/// [`PlanError::WrongNumber`], or [`PlanError::Misfit`] for what does not fit the plan's period or its bounds.
#[tracing::instrument(skip_all, fields(plan.initiative = %item.code))]
pub async fn add_item(plans: &Plans, actor: &str, item: NewItem) -> Result<Initiative, PlanError> {
    let change = plans.begin().await?;
    put(&change, actor, &item).await?;
    searched::put(&change, item.code).await?;
    change.commit().await?;
    tracing::info!(plan.initiative = %item.code, actor, "put `{}` on record", item.code);
    browse::initiative(plans, &item.code).await
}

/// Puts `item` on record within the change `db`.
pub(crate) async fn put(db: &Transaction, actor: &str, item: &NewItem) -> Result<(), PlanError> {
    let parent = free_place(db, item.code).await?;
    item.check(&document::facts(db).await?.outline.period)?;
    initiative::insert(db, item, parent, actor, Timestamp::now()).await?;
    indicator::insert(db, item.code, &item.indicators).await
}

/// The 項目 under which `code` is the next free number.
async fn free_place(db: &Transaction, code: InitiativeCode) -> Result<InitiativeCode, PlanError> {
    let parent = code.parent().ok_or(PlanError::NotAnItem(code))?;
    let pillars = document::pillars(db).await?;
    if !pillars.iter().flat_map(|pillar| &pillar.initiatives).any(|heading| heading.code == parent) {
        return Err(PlanError::NoSuchParent { code, parent });
    }
    let taken = initiative::codes_under(db, parent).await?;
    let last = taken.iter().map(|code| code.number()).max().unwrap_or(0);
    let next = parent.item_numbered(last.saturating_add(1));
    match code {
        _ if taken.contains(&code) => Err(PlanError::CodeTaken(code)),
        _ if code != next => Err(PlanError::WrongNumber { code, next }),
        _ => Ok(parent),
    }
}
