//! Several publish at once, and others read meanwhile. `HIYORI_ROUNDS` says how often; the figures that are promised are 200
//! rounds of four, and 1,000 publishes.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::*;
use crate::browse;
use crate::distribution::Format;
use crate::testing::{Town, metadata, offer, slug};

fn rounds() -> usize {
    std::env::var("HIYORI_ROUNDS").map_or(20, |rounds| rounds.parse().unwrap())
}

fn rows(mark: usize) -> String {
    let mut rows = "印,番号\r\n".to_owned();
    (0..20).for_each(|row| rows.push_str(&format!("{mark},{row}\r\n")));
    rows
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_four_who_have_read_the_same_exactly_one_publishes() {
    let town = Arc::new(Town::open().await);
    town.publishes("busy", &rows(0)).await.unwrap();
    for round in 0..rounds() {
        let before = store::dataset::find(town.store.database(), &slug("busy")).await.unwrap();
        let publishing: Vec<_> = (0..4)
            .map(|who| {
                let (town, before) = (Arc::clone(&town), before.clone());
                tokio::spawn(async move {
                    let offer = offer("busy", &rows(1 + round * 4 + who), metadata("busy"));
                    publish_over(&town.store, &town.schemas, &Actor::Operator, before, offer).await
                })
            })
            .collect();
        let mut won = Vec::new();
        for publishing in publishing {
            match publishing.await.unwrap() {
                Ok(published) => won.push(published),
                Err(CatalogError::Stale { .. }) => {}
                Err(other) => panic!("round {round}: {other:?}"),
            }
        }
        assert_eq!(won.len(), 1, "round {round}");
        let now = store::dataset::find(town.store.database(), &slug("busy")).await.unwrap().unwrap();
        assert_eq!(now.current.unwrap().sha256, won.pop().unwrap().revision.sha256, "round {round}");
        assert_eq!(now.version, before.unwrap().version + 1, "round {round}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_reads_during_many_publishes_never_sees_half_of_two_nor_goes_back() {
    let town = Arc::new(Town::open().await);
    town.publishes("busy", &rows(0)).await.unwrap();
    let over = Arc::new(AtomicBool::new(false));
    let readers: Vec<_> = (0..3)
        .map(|_| {
            let (town, over) = (Arc::clone(&town), Arc::clone(&over));
            tokio::spawn(async move {
                let (mut last, mut seen) = (0, 0);
                while !over.load(Ordering::Relaxed) {
                    let read = store::dataset::find(town.store.database(), &slug("busy")).await.unwrap();
                    let current = read.unwrap().current.unwrap();
                    assert!(current.number >= last, "{} after {last}", current.number);
                    last = current.number;
                    let csv = current.distributions.iter().find(|form| form.format == Format::Csv).unwrap();
                    let text = town.downloads(&csv.sha256).await.unwrap();
                    // Revision n holds the mark n - 1.
                    assert_eq!(String::from_utf8(text).unwrap(), rows(current.number as usize - 1));
                    assert_eq!(
                        town.downloads(&current.sha256).await.unwrap(),
                        rows(current.number as usize - 1).as_bytes()
                    );
                    seen += 1;
                }
                seen
            })
        })
        .collect();
    for mark in 1..=rounds() * 5 {
        town.publishes("busy", &rows(mark)).await.unwrap();
        let seen = browse_current(&town).await;
        assert_eq!(seen, mark as u32 + 1, "one's own publish is seen at once");
    }
    over.store(true, Ordering::Relaxed);
    for reader in readers {
        assert!(reader.await.unwrap() > 0);
    }
}

async fn browse_current(town: &Town) -> u32 {
    let (items, _) = town.finds(&browse::Query::default()).await;
    assert_eq!(items, ["busy"]);
    let read = store::dataset::find(town.store.database(), &slug("busy")).await.unwrap();
    read.unwrap().current.unwrap().number
}
