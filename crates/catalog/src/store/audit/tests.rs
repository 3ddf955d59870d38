#![allow(clippy::unwrap_used)]

use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, ModelTrait};

use super::*;
use crate::audit::verify;
use crate::testing::{TABLE as ROWS, Town};

/// A town whose audit has three entries.
async fn busy_town() -> Town {
    let town = Town::open().await;
    for name in ["toilets", "parks", "libraries"] {
        town.publishes(name, ROWS).await.unwrap();
    }
    town
}

async fn entry(town: &Town, id: i64) -> row::Model {
    row::Entity::find_by_id(id).one(town.store.database()).await.unwrap().unwrap()
}

/// The first broken link is entry `id`, for the reason `why`.
async fn breaks(town: &Town, id: u64, why: Misfit) {
    let verdict = verify(&town.store).await.unwrap();
    assert_eq!(verdict.broken.map(|broken| (broken.id, broken.why)), Some((id, why)));
}

#[tokio::test]
async fn what_was_only_added_to_holds() {
    let town = busy_town().await;
    let verdict = verify(&town.store).await.unwrap();
    assert_eq!((verdict.entries, verdict.broken), (3, None));
    assert_eq!(verdict.head, entry(&town, 3).await.hash);
}

#[tokio::test]
async fn an_entry_that_was_changed_is_named() {
    let town = busy_town().await;
    let mut changed: row::ActiveModel = entry(&town, 2).await.into();
    changed.who = Set("somebody else".to_owned());
    changed.update(town.store.database()).await.unwrap();
    breaks(&town, 2, Misfit::Changed).await;
    let whole = crate::verify::verify(&town.store).await.unwrap();
    assert!(matches!(whole.faults.as_slice(), [crate::verify::Fault::Audit(link)] if link.id == 2));
}

#[tokio::test]
async fn the_entry_after_one_that_was_removed_is_named() {
    let town = busy_town().await;
    entry(&town, 2).await.delete(town.store.database()).await.unwrap();
    breaks(&town, 3, Misfit::OutOfPlace).await;
}

#[tokio::test]
async fn a_newest_entry_that_was_removed_is_missed() {
    let town = busy_town().await;
    entry(&town, 3).await.delete(town.store.database()).await.unwrap();
    breaks(&town, 3, Misfit::Missing).await;
}

#[tokio::test]
async fn an_entry_that_was_put_in_at_the_end_is_not_the_newest() {
    let town = busy_town().await;
    let last = entry(&town, 3).await;
    let mut forged = row::Model { id: 4, previous: last.hash.clone(), ..last };
    forged.hash = forged.link().hash();
    row::Entity::insert(row::ActiveModel::from(forged)).exec(town.store.database()).await.unwrap();
    breaks(&town, 3, Misfit::Missing).await;
}

#[tokio::test]
async fn refusals_are_links_of_the_chain() {
    let town = busy_town().await;
    town.publishes("toilets", "名称\r\n\"open").await.unwrap_err();
    let verdict = verify(&town.store).await.unwrap();
    assert_eq!((verdict.entries, verdict.broken), (4, None));
}

#[tokio::test]
async fn many_writers_at_once_make_one_chain() {
    let town = Town::open().await;
    let names: Vec<String> = (0..8).map(|number| format!("toilets-{number}")).collect();
    let acts = names.iter().map(|name| town.publishes(name, ROWS));
    let published = futures_util::future::join_all(acts).await;
    for published in published {
        published.unwrap();
    }
    let verdict = verify(&town.store).await.unwrap();
    assert_eq!((verdict.entries, verdict.broken), (8, None));
}
