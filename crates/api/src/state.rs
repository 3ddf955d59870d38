//! What every handler may use.

use std::sync::Arc;

use catalog::Iris;
use catalog::store::Store;
use ingestion::Schemas;
use plan::Plans;

use crate::upload::UploadLimits;

/// The rooms of the house, as the server holds them.
#[derive(Clone)]
pub struct House {
    /// Datasets and their revisions.
    pub store: Store,
    /// The plan's records.
    pub plans: Plans,
    /// The national schemas.
    pub schemas: Arc<Schemas>,
    /// The base of every address.
    pub iris: Iris,
    /// What may be sent.
    pub upload: UploadLimits,
}
