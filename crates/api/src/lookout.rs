//! Looks out for what other programs change in the catalog, so that nothing older is given for long.

use std::time::{Duration, Instant};

use tracing::debug;

use crate::state::House;

/// How often it is looked: what another server has changed is seen within a second.
const PACE: Duration = Duration::from_millis(400);

/// For so long what is prepared goes on being given while nobody can see whether it has changed.
const BLIND_MAX: Duration = Duration::from_secs(60);

/// Looks for as long as the server runs.
pub async fn keep_looking(house: House) {
    let mut ticks = tokio::time::interval(PACE);
    let mut looked = Instant::now();
    loop {
        ticks.tick().await;
        match house.store.look_around().await {
            Ok(()) => looked = Instant::now(),
            Err(error) => {
                // Whoever asks for what is not prepared is told, and writes it into the log.
                debug!(%error, "cannot see what others have changed: {error}");
                if looked.elapsed() > BLIND_MAX {
                    house.store.lose_sight();
                }
            }
        }
    }
}
