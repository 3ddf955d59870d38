//! Removes, for as long as the server runs, what cut-short publishes have left in the file store.

use std::time::Duration;

use catalog::store::Store;
use catalog::sweep::sweep;
use tracing::warn;

use crate::log::chain;
use crate::rounds::Rounds;

/// How often it is looked.
pub const PACE: Duration = Duration::from_secs(3600);

/// Sweeps each round, the first time at once.
pub async fn keep_clean(store: Store, mut rounds: Rounds) {
    while rounds.next().await {
        if let Err(error) = sweep(&store).await {
            let error = chain(&error);
            warn!(%error, "kept files could not be swept: {error}");
        }
    }
}
