//! Keeping: the plan's tables in one database, beside the catalog's. The only room that knows sea-orm.
//!
//! Every change begins by moving the [`change`] counter inside its transaction, so that writers queue there
//! (on SQLite and on PostgreSQL alike) and what they read afterwards cannot move under them.

pub(crate) mod change;
pub(crate) mod document;
pub(crate) mod indicator;
pub(crate) mod initiative;
pub(crate) mod measurement;
mod migrations;
pub(crate) mod report;
pub(crate) mod search;

use catalog::store::migration;
pub(crate) use sea_orm::ConnectionTrait as Records;
use sea_orm::{
    DatabaseConnection, DatabaseTransaction, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::SchemaManager;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::PlanError;

/// A change under way, as acts pass it on.
pub(crate) type Transaction = DatabaseTransaction;

/// The plan's records in one database. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Plans {
    database: DatabaseConnection,
}

impl Plans {
    /// The plan's tables in `database`, made or brought up to date first.
    ///
    /// # Errors
    /// [`PlanError::Database`]
    pub async fn create(database: &DatabaseConnection) -> Result<Plans, PlanError> {
        migration::bring_up::<migrations::Migrator>(database).await?;
        Ok(Plans { database: database.clone() })
    }

    /// The plan's tables in `database` as they were when exactly `changes` had been made to them, for records that
    /// are put back.
    ///
    /// # Errors
    /// [`PlanError::Tables`] when one of them is not known here.
    pub async fn create_as_of(database: &DatabaseConnection, changes: &[String]) -> Result<(), PlanError> {
        Ok(migration::bring_up_to::<migrations::Migrator>(database, changes).await?)
    }

    /// The plan's tables that are in `database`, brought up to date; none are made.
    ///
    /// # Errors
    /// [`PlanError::NoPlan`] where there are none, [`PlanError::Tables`] where a newer program was.
    pub async fn open(database: &DatabaseConnection) -> Result<Plans, PlanError> {
        match SchemaManager::new(database).has_table(change::TABLE).await? {
            true => Plans::create(database).await,
            false => Err(PlanError::NoPlan),
        }
    }

    /// For reading.
    pub(crate) fn database(&self) -> &DatabaseConnection {
        &self.database
    }

    /// Begins a change: other writers wait until it is committed or dropped.
    pub(crate) async fn begin(&self) -> Result<Transaction, PlanError> {
        let transaction = self.begin_unseen().await?;
        change::advance(&transaction).await?;
        Ok(transaction)
    }

    /// Begins a change that changes nothing on record.
    pub(crate) async fn begin_unseen(&self) -> Result<Transaction, PlanError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(self.database.begin_with_options(options).await?)
    }
}

/// A value as it is kept in a text column.
fn to_text<T: Serialize>(value: &T) -> Result<String, PlanError> {
    serde_json::to_string(value)
        .map_err(|error| PlanError::Damaged { what: "a new record".to_owned(), why: error.to_string() })
}

/// A value from a text column; `what` names the record for the log.
fn from_text<T: DeserializeOwned>(text: &str, what: &dyn std::fmt::Display) -> Result<T, PlanError> {
    serde_json::from_str(text).map_err(|error| damaged(what, error))
}

/// A record that does not read.
fn damaged(what: &dyn std::fmt::Display, why: impl std::fmt::Display) -> PlanError {
    PlanError::Damaged { what: what.to_string(), why: why.to_string() }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
impl Plans {
    /// Empty tables in memory.
    pub(crate) async fn in_memory() -> Plans {
        let database = sea_orm::Database::connect("sqlite::memory:").await.unwrap();
        Plans::create(&database).await.unwrap()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn opening_makes_nothing() {
        let database = sea_orm::Database::connect("sqlite::memory:").await.unwrap();
        assert!(matches!(Plans::open(&database).await, Err(PlanError::NoPlan)));
        assert!(matches!(Plans::open(&database).await, Err(PlanError::NoPlan)));
        Plans::create(&database).await.unwrap();
        assert!(Plans::open(&database).await.is_ok());
    }

    #[tokio::test]
    async fn creating_twice_keeps_what_is_there() {
        let plans = Plans::in_memory().await;
        plans.begin().await.unwrap().commit().await.unwrap();
        let again = Plans::create(plans.database()).await.unwrap();
        assert_eq!(change::current(again.database()).await.unwrap(), 1);
    }

    #[tokio::test]
    async fn a_change_that_is_not_committed_leaves_the_counter_alone() {
        let plans = Plans::in_memory().await;
        drop(plans.begin().await.unwrap());
        assert_eq!(change::current(plans.database()).await.unwrap(), 0);
    }
}
