#![allow(clippy::unwrap_used)]

use sea_orm::{Database, DatabaseConnection};

use super::super::Migrator;
use super::*;
use crate::chain::Chain;
use crate::store::audit;

/// A database of the first release with `entries` in its audit.
async fn released(entries: i64) -> DatabaseConnection {
    let database = Database::connect("sqlite::memory:").await.unwrap();
    Migrator::up(&database, Some(1)).await.unwrap();
    for id in 1..=entries {
        let mut insert = Query::insert();
        insert.into_table(AUDIT).columns(["id", "at_ms", "who", "action", "result", "after"]);
        // With a gap, as a database leaves one for a transaction that was given up.
        insert.values_panic([
            (2 * id).into(),
            1.into(),
            "operator".into(),
            "publish".into(),
            "done".into(),
            "{}".into(),
        ]);
        database.execute(&insert).await.unwrap();
    }
    database
}

/// How many entries hold, and whether all do.
async fn holds(database: &DatabaseConnection) -> (u64, bool) {
    let mut chain = Chain::default();
    let broken = audit::walk(database, &mut chain).await.unwrap();
    (chain.entries, broken.is_none())
}

#[tokio::test]
async fn the_entries_of_a_released_database_are_chained_in_their_order() {
    for entries in [0, 1, 1_200] {
        let database = released(entries).await;
        Migrator::up(&database, None).await.unwrap();
        assert_eq!(holds(&database).await, (entries.unsigned_abs(), true));
    }
}

#[tokio::test]
async fn one_that_was_cut_short_is_begun_again() {
    let database = released(3).await;
    let manager = SchemaManager::new(&database);
    TokensAndChain.up(&manager).await.unwrap();
    TokensAndChain.up(&manager).await.unwrap();
    assert_eq!(holds(&database).await, (3, true));
}
