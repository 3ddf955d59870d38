//! Sweeping: kept files that no row names, and tables of rows that nobody asks, are removed after a day.
//!
//! Such orphans are left by a publish that was cut short after its bytes were kept, or that was refused then. A day
//! is longer than any publish takes; [`Store::naming`] makes sure that nothing is named while it is swept.

use futures_util::{StreamExt, TryStreamExt};
use jiff::SignedDuration;

use crate::distribution::Format;
use crate::error::CatalogError;
use crate::store::{self, Store, now};

/// How long an orphan may lie.
const ORPHAN_AGE: SignedDuration = SignedDuration::from_hours(24);

/// How many files are looked at while the lock is held.
const TOGETHER: usize = 100;

/// Removes the orphans, and gives how many files there were.
///
/// # Errors
/// [`CatalogError::Database`], [`CatalogError::Files`]; what was removed by then stays removed.
pub async fn sweep(store: &Store) -> Result<u64, CatalogError> {
    sweep_older(store, ORPHAN_AGE).await
}

async fn sweep_older(store: &Store, age: SignedDuration) -> Result<u64, CatalogError> {
    let moment = now() - age;
    let mut removed = 0;
    let mut old = store.candidates(moment).try_chunks(TOGETHER);
    while let Some(names) = old.next().await {
        removed += store.remove_orphans(&names.map_err(|error| error.1)?, moment).await?;
    }
    store.remove_leftovers(moment).await?;
    let current = store::distribution::current(store.database(), Format::Csv).await?;
    let dropped = store.rows().sweep(&current, moment).await?;
    if dropped > 0 {
        tracing::info!(tables = dropped, "dropped {dropped} tables of rows that nobody asks");
    }
    if removed > 0 {
        tracing::info!(files = removed, "removed {removed} kept files that nothing names");
    }
    Ok(removed)
}

#[cfg(test)]
mod tests;
