//! Makes the forms that follow a publication, and the tables of rows that a restore or an older program has not left, for as
//! long as the server runs.

use std::time::Duration;

use catalog::{follow, records};
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

/// Looks every [`PACE`] whether something changed, and makes what is missing.
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
        let rows = records::catch_up(&house.store, &house.schemas).await;
        let forms = follow::catch_up(&house.store, &house.schemas, u64::MAX).await;
        waits = 0;
        for (what, outcome) in [("the rows of some datasets could not be loaded", rows), ("some forms could not be made", forms)] {
            if let Err(error) = outcome {
                warn!(%error, "{what}: {error}");
                waits = PATIENCE;
            }
        }
    }
}
