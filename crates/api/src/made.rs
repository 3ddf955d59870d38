//! Keeps the datasets that the program makes itself in step with what they are made from.

use std::time::Duration;

use catalog::made::Made;
use catalog::publish::Outcome;
use catalog::{CatalogError, made};
use plan::{InitiativeFilter, PlanError};
use tracing::{info, warn};

use crate::follow;
use crate::log::chain;
use crate::rounds::Rounds;
use crate::state::House;

/// A made dataset gets at most one revision in this time.
pub const PACE: Duration = Duration::from_secs(60);

/// Why a made dataset could not be made.
#[derive(Debug, thiserror::Error)]
pub enum CannotMake {
    /// The catalog did not take it.
    #[error(transparent)]
    Catalog(#[from] CatalogError),
    /// The plan's records did not answer.
    #[error(transparent)]
    Plan(#[from] PlanError),
}

/// Makes the list of initiatives, then オープンデータ一覧, anew where what they are made from has changed, and their forms with them.
/// Where another server does so at this moment, it is left to that one.
///
/// # Errors
/// [`CannotMake`]
pub async fn refresh(house: &House) -> Result<(), CannotMake> {
    match make(house).await {
        Err(CannotMake::Catalog(CatalogError::Stale { .. })) => Ok(()),
        other => other,
    }
}

async fn make(house: &House) -> Result<(), CannotMake> {
    if let Some(slug) = made::dataset_of(&house.store, Made::Initiatives).await? {
        let initiatives = plan::initiatives(&house.plans, &InitiativeFilter::default()).await?;
        let csv = plan::initiatives_csv(&initiatives);
        let outcome = made::append(&house.store, &house.schemas, &slug, &format!("{slug}.csv"), csv).await?;
        say(Made::Initiatives, outcome);
    }
    follow::small(house).await;
    say(Made::OpenDataList, made::refresh(&house.store, &house.schemas, &house.iris).await?);
    follow::small(house).await;
    Ok(())
}

fn say(made: Made, outcome: Outcome) {
    if outcome == Outcome::Published {
        info!(made = made.as_str(), "made a new revision of the dataset `{}`", made.as_str());
    }
}

/// Looks each round whether something changed, for as long as the server runs.
pub async fn keep_up(house: House, mut rounds: Rounds) {
    rounds.next().await; // the first comes at once, and the start has made them already
    while rounds.next().await {
        if let Err(error) = refresh(&house).await {
            let error = chain(&error);
            warn!(error, "a made dataset is behind: {error}");
        }
    }
}
