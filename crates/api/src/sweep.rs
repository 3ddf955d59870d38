//! Removes, for as long as the server runs, what cut-short publishes have left in the file store.

use std::time::Duration;

use catalog::store::Store;
use catalog::sweep::sweep;
use tracing::warn;

use crate::log::chain;

/// How often it is looked.
const PACE: Duration = Duration::from_secs(3600);

/// Sweeps at once, and once a [`PACE`] from then on.
pub async fn keep_clean(store: Store) {
    let mut ticks = tokio::time::interval(PACE);
    loop {
        ticks.tick().await;
        if let Err(error) = sweep(&store).await {
            let error = chain(&error);
            warn!(%error, "kept files could not be swept: {error}");
        }
    }
}
