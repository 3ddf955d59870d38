//! Sweeping: tables that nobody has used for a while are dropped, those of current revisions excepted.

use std::collections::BTreeSet;

use ingestion::Sha256;
use jiff::Timestamp;

use super::super::{at_length, writing};
use super::{Rows, layout, registry};
use crate::error::CatalogError;

impl Rows {
    /// Drops the tables that nobody has used since `moment`: those that were never ready, those of other files than
    /// `current`, and of the current ones those that a later one has replaced. Tells how many there were.
    pub(crate) async fn sweep(
        &self,
        current: &BTreeSet<Sha256>,
        moment: Timestamp,
    ) -> Result<u64, CatalogError> {
        let writer = &self.open().await?.writer;
        let mut dropped = 0;
        for idle in registry::idle(writer, moment).await? {
            let is_needed = idle.ready
                && current.contains(&idle.content)
                && !registry::is_replaced(writer, idle.id, &idle.content).await?;
            if is_needed {
                continue;
            }
            let write = at_length(writing(writer).await?).await?;
            // Somebody may have begun to use it, or another server has dropped it.
            if registry::remove_idle(&write, idle.id, moment).await? {
                layout::drop(&write, idle.id).await?;
                write.commit().await?;
                dropped += 1;
            }
        }
        Ok(dropped)
    }
}
