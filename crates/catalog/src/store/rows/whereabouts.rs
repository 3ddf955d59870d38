//! Where and when the rows of canonical files are, as the registry of their tables knows it.

use std::collections::{BTreeSet, HashMap};

use ingestion::Sha256;

use super::{Rows, registry};
use crate::error::CatalogError;
use crate::overview::Whereabouts;

/// Files that are asked about at a time: what is known of one table may be long.
const TOGETHER_MAX: usize = 100;

impl Rows {
    /// Where and when the rows of each of `contents` are. Those that have no table yet are left out; a file with several
    /// tables, of several schemas, is where any of them says.
    pub(crate) async fn whereabouts(
        &self,
        contents: &BTreeSet<Sha256>,
    ) -> Result<HashMap<Sha256, Whereabouts>, CatalogError> {
        let mut found = HashMap::new();
        let contents: Vec<Sha256> = contents.iter().copied().collect();
        for some in contents.chunks(TOGETHER_MAX) {
            for (content, shape) in registry::shapes(&self.open().await?.writer, some).await? {
                let whereabouts = Whereabouts::of(&shape);
                let known = found.entry(content).or_insert(whereabouts);
                if *known == Whereabouts::Nowhere {
                    *known = whereabouts;
                }
            }
        }
        Ok(found)
    }
}
