//! Makes the forms that follow a publication, for as long as the server runs.

use std::time::Duration;

use catalog::follow;
use tracing::warn;

use crate::state::House;

/// How soon a publication is seen, by whichever server or command it was made.
const PACE: Duration = Duration::from_secs(1);

/// How long what could not be made is left alone.
const PATIENCE: u32 = 60;

/// Makes the forms of small tables: what is done before anybody is answered. What fails is tried again by [`keep_up`].
pub async fn small(house: &House) {
    if let Err(error) = follow::catch_up(&house.store, &house.schemas, follow::SMALL_ROWS_MAX).await {
        warn!(%error, "some forms have to wait: {error}");
    }
}

/// Looks every [`PACE`] whether something changed, and makes the forms that are missing.
pub async fn keep_up(house: House) {
    let mut ticks = tokio::time::interval(PACE);
    let (mut seen, mut waits) = (None, 0);
    loop {
        ticks.tick().await;
        let change = house.store.change().await.ok(); // who cannot read it is heard elsewhere
        if change.is_none() || (change == seen && waits == 0) {
            continue;
        }
        if change == seen && waits > 1 {
            waits -= 1;
            continue;
        }
        seen = change;
        waits = match follow::catch_up(&house.store, &house.schemas, u64::MAX).await {
            Ok(_) => 0,
            Err(error) => {
                warn!(%error, "some forms could not be made: {error}");
                PATIENCE
            }
        };
    }
}
