//! Parts of kept files, for whoever reads here and there in a large one.
//!
//! A part cannot be held against the digest, the whole file can. So that a reader of many parts does not wait for the whole
//! file each time, one that was whole a moment ago and has not been written since is taken to be so still.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use futures_util::stream::TryStreamExt;
use ingestion::Sha256;
use object_store::{GetOptions, GetRange, ObjectMeta};

use super::{Files, Kept, missing, path};
use crate::error::CatalogError;

/// How long a file that was whole is taken to be so.
const TRUSTED_FOR: Duration = Duration::from_secs(60);

/// Files that are remembered at a time.
const REMEMBERED_MAX: usize = 1_000;

/// Files that were whole when they were last looked at.
#[derive(Debug, Default, Clone)]
pub(super) struct Whole(Arc<Mutex<HashMap<Sha256, (ObjectMeta, Instant)>>>);

impl Whole {
    fn holds(&self, name: &Sha256, found: &ObjectMeta) -> bool {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(name).is_some_and(|(meta, looked)| meta == found && looked.elapsed() < TRUSTED_FOR)
    }

    fn remember(&self, name: &Sha256, found: ObjectMeta) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= REMEMBERED_MAX {
            known.clear();
        }
        known.insert(*name, (found, Instant::now()));
    }
}

impl Files {
    /// Opens a part of the kept file named `name`; it lies within the file.
    ///
    /// # Errors
    /// As [`Files::open`].
    pub(crate) async fn open_part(&self, name: &Sha256, part: Range<u64>) -> Result<Kept, CatalogError> {
        let bytes = part.end.saturating_sub(part.start);
        let options = GetOptions { range: Some(GetRange::Bounded(part)), ..GetOptions::default() };
        let found = self.kept.get_opts(&path(name), options).await.map_err(|error| missing(name, error))?;
        if !self.whole.holds(name, &found.meta) {
            self.check(name).await?;
            self.whole.remember(name, found.meta.clone());
        }
        Ok(Kept { bytes, stream: found.into_stream().map_err(CatalogError::from).boxed() })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::fs;
    use std::io::Write;

    use super::*;
    use crate::store::files::Staging;
    use crate::testing::Town;

    async fn part(files: &Files, name: &Sha256, part: Range<u64>) -> Result<Vec<u8>, CatalogError> {
        let kept = files.open_part(name, part).await?;
        kept.stream
            .try_fold(Vec::new(), async |mut all, piece| {
                all.extend_from_slice(&piece);
                Ok(all)
            })
            .await
    }

    #[tokio::test]
    async fn a_part_is_what_lies_there_and_a_damaged_file_has_none() {
        let town = Town::open().await;
        let files = town.store.files();
        let mut staging = Staging::begin(files.work()).unwrap();
        staging.write_all(b"0123456789").unwrap();
        let staged = staging.end().unwrap();
        let name = staged.sha256;
        files.keep(staged).await.unwrap();
        assert_eq!(part(files, &name, 3..7).await.unwrap(), b"3456");
        assert_eq!(part(files, &name, 0..10).await.unwrap(), b"0123456789");

        let kept = files.folder.clone().unwrap().join(path(&name).to_string());
        fs::write(&kept, b"0123456780").unwrap();
        assert!(matches!(part(files, &name, 3..7).await, Err(CatalogError::Damaged(_))));
    }
}
