//! Which revision a reader means, remembered for as long as nothing changes.
//!
//! The change counter tells: this program's own changes are seen at once, those of another one within
//! [`OTHERS_SEEN_AFTER`].

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::{Store, change};
use crate::error::CatalogError;
use crate::slug::Slug;
use crate::tabled::Subject;

/// How soon a change that another program has made is seen.
const OTHERS_SEEN_AFTER: Duration = Duration::from_millis(500);

/// Revisions that are remembered at a time.
const KNOWN_MAX: usize = 2_000;

/// What is remembered.
#[derive(Debug, Default)]
pub(super) struct Remembered {
    /// How often this program has changed the catalog.
    own: AtomicU64,
    seen: Mutex<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    /// The counter of the catalog, this program's own, and when both were looked at.
    at: Option<(u64, u64, Instant)>,
    /// By the dataset's slug and the revision's number; the current one without.
    subjects: HashMap<(Slug, Option<u32>), Arc<Subject>>,
}

impl Store {
    /// The published revision `number` of the dataset `slug`, the current one without a number: as it is remembered, or
    /// as `find` finds it now.
    pub(crate) async fn remembered(
        &self,
        slug: &Slug,
        number: Option<u32>,
        find: impl AsyncFnOnce() -> Result<Arc<Subject>, CatalogError>,
    ) -> Result<Arc<Subject>, CatalogError> {
        let remembered = &self.remembered;
        remembered.look(self).await?;
        let key = (slug.clone(), number);
        let as_of = {
            let seen = remembered.seen();
            if let Some(subject) = seen.subjects.get(&key) {
                return Ok(Arc::clone(subject));
            }
            seen.at.map(|(change, own, _)| (change, own))
        };
        let subject = find().await?;
        let mut seen = remembered.seen();
        // What was found may be older than a change that was seen meanwhile.
        if seen.at.map(|(change, own, _)| (change, own)) == as_of {
            if seen.subjects.len() >= KNOWN_MAX {
                seen.subjects.clear();
            }
            seen.subjects.insert(key, Arc::clone(&subject));
        }
        Ok(subject)
    }
}

impl Remembered {
    /// Says that this program has changed the catalog.
    pub(super) fn changed(&self) {
        self.own.fetch_add(1, Ordering::Release);
    }

    /// Forgets everything where the catalog has changed.
    async fn look(&self, store: &Store) -> Result<(), CatalogError> {
        let own = self.own.load(Ordering::Acquire);
        let is_fresh = |at: (u64, u64, Instant)| at.1 == own && at.2.elapsed() < OTHERS_SEEN_AFTER;
        if self.seen().at.is_some_and(is_fresh) {
            return Ok(());
        }
        let looked = Instant::now();
        let change = change::read(&store.database).await?.number;
        let mut seen = self.seen();
        if seen.at.is_none_or(|(known, ..)| known != change) {
            seen.subjects.clear();
        }
        seen.at = Some((change, own, looked));
        Ok(())
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
