//! Makes what follows a publication, for as long as the server runs: its other forms, its rows in the search, and the
//! tables of rows that a restore or an older program has not left.

use std::time::Duration;

use catalog::finding::rows;
use catalog::{CatalogError, follow, records};
use tracing::warn;

use crate::log::chain;
use crate::rounds::Rounds;
use crate::state::House;

/// How soon a publication is seen, by whichever server or command it was made.
pub const PACE: Duration = Duration::from_secs(1);

/// How long what could not be made is left alone.
const PATIENCE: u32 = 60;

/// Makes the forms of small tables: what is done before anybody is answered. What fails is tried again by [`keep_up`].
pub async fn small(house: &House) {
    if let Err(error) = follow::catch_up(&house.store, &house.schemas, follow::SMALL_ROWS_MAX).await {
        let error = chain(&error);
        warn!(error, "some forms have to wait: {error}");
    }
}

/// Looks each round whether something changed, and makes what is missing.
pub async fn keep_up(house: House, rounds: Rounds) {
    let catch_up = async || follow::catch_up(&house.store, &house.schemas, u64::MAX).await.map(|_| false);
    whenever_changed(&house, rounds, catch_up, "some forms could not be made").await;
}

/// Looks each round whether something changed, and loads the rows of current revisions that no table has.
pub async fn keep_up_rows(house: House, rounds: Rounds) {
    let catch_up = async || records::catch_up(&house.store, &house.schemas).await.map(|_| false);
    whenever_changed(&house, rounds, catch_up, "the rows of some datasets could not be loaded").await;
}

/// Looks each round whether something changed, and puts the rows into the search that are missing there.
pub async fn keep_up_search(house: House, rounds: Rounds) {
    let catch_up = async || {
        let caught = rows::catch_up(&house.store, &house.schemas, u64::MAX).await;
        caught.map(|caught| caught.is_waiting)
    };
    whenever_changed(&house, rounds, catch_up, "some rows cannot be searched yet").await;
}

/// `catch_up` tells whether something is left that waits for another.
async fn whenever_changed(
    house: &House,
    mut rounds: Rounds,
    catch_up: impl AsyncFn() -> Result<bool, CatalogError>,
    failed: &'static str,
) {
    let (mut seen, mut waits) = (None, 0);
    while rounds.next().await {
        let change = house.store.change().await.ok(); // who cannot read it is heard elsewhere
        if change.is_none() || (change == seen && waits == 0) {
            continue;
        }
        if change == seen && waits > 1 {
            waits -= 1;
            continue;
        }
        seen = change;
        waits = match catch_up().await {
            Ok(false) => 0,
            Ok(true) => PATIENCE,
            Err(error) => {
                let error = chain(&error);
                warn!(error, "{failed}: {error}");
                PATIENCE
            }
        };
    }
}
