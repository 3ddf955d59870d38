//! What every handler may use.

use std::sync::Arc;

use catalog::packages::Directory;
use catalog::store::Store;
use catalog::{Iris, Rules};
use ingestion::Schemas;
use plan::Plans;

use crate::limits::Limits;
use crate::prepared::Prepared;
use crate::settings::Days;
use crate::staff::Guesses;

/// The rooms of the house, as the server holds them.
#[derive(Clone)]
pub struct House {
    /// Datasets and their revisions.
    pub store: Store,
    /// Answers that are ready.
    pub prepared: Prepared,
    /// The plan's records.
    pub plans: Plans,
    /// The national schemas.
    pub schemas: Arc<Schemas>,
    /// The base of every address.
    pub iris: Iris,
    /// What the ids of the CKAN-compatible API stand for.
    pub directory: Arc<Directory>,
    /// What may be sent.
    pub limits: Limits,
    /// What the city decided about who may do what.
    pub rules: Rules,
    /// The wrong tokens that were sent.
    pub guesses: Arc<Guesses>,
    /// How long a new token is good, unless said otherwise.
    pub token_days: Days,
}
