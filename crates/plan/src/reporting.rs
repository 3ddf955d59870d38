//! Reporting progress on an individual item.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};

use crate::code::InitiativeCode;
use crate::error::PlanError;
use crate::initiative::dropped_on;
use crate::new_report::NewReport;
use crate::progress::ProgressReport;
use crate::searched;
use crate::store::{Plans, document, indicator, initiative, report as reports};

/// Appends a report on the item `code` by `who`. Reports are never edited: a correction is a further report.
///
/// Whether the datasets named as evidence exist is for the caller to know, who has the catalog.
///
/// # Errors
/// [`PlanError::ProgressGoesToItems`] for a 項目, whose state is the summary of its items;
/// [`PlanError::NoSuchInitiative`], [`PlanError::Dropped`], or [`PlanError::Misfit`] for what does not fit.
#[tracing::instrument(skip_all, fields(plan.initiative = %code))]
pub async fn report(
    plans: &Plans,
    who: &str,
    code: &InitiativeCode,
    new: NewReport,
) -> Result<ProgressReport, PlanError> {
    let change = plans.begin().await?;
    if !code.is_item() {
        let pillars = document::pillars(&change).await?;
        let known = pillars.iter().flat_map(|pillar| &pillar.initiatives).any(|h| h.code == *code);
        return Err(match known {
            true => PlanError::ProgressGoesToItems(*code),
            false => PlanError::NoSuchInitiative(*code),
        });
    }
    let item = initiative::find(&change, *code).await?.item;
    if let Some(on) = dropped_on(&item.history) {
        return Err(PlanError::Dropped { code: *code, on });
    }
    let now = Timestamp::now();
    let indicators: Vec<u16> = indicator::of(&change, *code).await?.iter().map(|i| i.number).collect();
    new.check(&document::facts(&change).await?.outline.period, &indicators, day_in_japan(now))?;

    let number = reports::next_number(&change, *code).await?;
    let report = new.arrived(*code, number, who, now);
    reports::insert(&change, &report).await?;
    searched::put_report(&change, &report).await?;
    change.commit().await?;
    tracing::info!(plan.initiative = %code, plan.report = number, actor = who, "reported on `{code}`");
    Ok(report)
}

/// The day of `instant` in Japan, which keeps no summer time.
fn day_in_japan(instant: Timestamp) -> Date {
    instant.to_zoned(TimeZone::fixed(Offset::constant(9))).date()
}
