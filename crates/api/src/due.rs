//! Publishes what was scheduled, once its time has come.

use std::time::Duration;

use catalog::review;
use jiff::Timestamp;
use tracing::warn;

use crate::log::chain;
use crate::rounds::Rounds;
use crate::state::House;

/// How often it is looked.
pub const PACE: Duration = Duration::from_secs(1);

/// Looks each round for as long as the server runs. Another server on the same catalog may do so, too. What stands
/// in the way is told once, until it is gone.
pub async fn keep_up(house: House, mut rounds: Rounds) {
    let mut told = false;
    while rounds.next().await {
        match review::publish_due(&house.store, &house.schemas, Timestamp::now()).await {
            Ok(_) => told = false,
            Err(_) if told => {}
            Err(error) => {
                let error = chain(&error);
                warn!(error, "what is due is not published yet: {error}");
                told = true;
            }
        }
    }
}
