//! Which state of the catalog readers see: a number by which whatever was made of it can be kept for later.
//!
//! What this program changes moves the number before whoever changed it is answered; what another one changes, once
//! [`Store::look_around`] has seen it. While a change is being committed nobody knows which side of it a reader gets, so
//! that there is no number then: what is read meanwhile is given, but not kept.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use super::{Store, change};
use crate::error::CatalogError;

/// The number, and who is about to move it.
#[derive(Debug, Default)]
pub(super) struct Version {
    number: AtomicU64,
    committing: AtomicU32,
    /// The change counter of the catalog as it was last looked at.
    seen: Mutex<Option<u64>>,
}

/// A change that is being committed. Dropping it moves the number, whatever came of the commit: one that broke off may
/// have been done.
#[derive(Debug)]
pub(super) struct Committing<'a>(&'a Version);

impl Version {
    /// From now on until what is given here is dropped there is no number.
    pub(super) fn committing(&self) -> Committing<'_> {
        self.committing.fetch_add(1, Ordering::SeqCst);
        Committing(self)
    }

    fn current(&self) -> Option<u64> {
        // The number first: whoever sees no change under way after that has read the number of before or after it, whole.
        let number = self.number.load(Ordering::SeqCst);
        (self.committing.load(Ordering::SeqCst) == 0).then_some(number)
    }

    fn saw(&self, change: u64) -> bool {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.replace(change) == Some(change)
    }
}

impl Committing<'_> {
    /// The catalog's change counter once the change is in it: nothing that it counts has to be looked for later.
    pub(super) fn saw(&self, change: u64) {
        self.0.saw(change);
    }
}

impl Drop for Committing<'_> {
    fn drop(&mut self) {
        self.0.number.fetch_add(1, Ordering::SeqCst);
        self.0.committing.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Store {
    /// Which state of the catalog readers see, as a number of this program's own; `None` while it is being changed.
    ///
    /// Whatever was read after the number was asked for, under the same number, is of one state.
    pub fn version(&self) -> Option<u64> {
        self.version.current()
    }

    /// Looks whether another program has changed the catalog since the last time.
    ///
    /// # Errors
    /// [`CatalogError::Database`].
    pub async fn look_around(&self) -> Result<(), CatalogError> {
        let change = change::read(&self.database).await?.number;
        if !self.version.saw(change) {
            self.remembered.changed(); // or what is made from it would be kept as of now
            self.version.number.fetch_add(1, Ordering::SeqCst);
        }
        Ok(())
    }

    /// Says that nobody knows any more whether the catalog has changed.
    pub fn lose_sight(&self) {
        self.version.number.fetch_add(1, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn there_is_no_number_while_a_change_is_being_committed() {
        let version = Version::default();
        let before = version.current().unwrap();
        let (one, other) = (version.committing(), version.committing());
        assert_eq!(version.current(), None);
        drop(one);
        assert_eq!(version.current(), None, "the other is not done yet");
        drop(other);
        assert!(version.current().unwrap() > before);
    }

    #[test]
    fn what_was_seen_while_committing_is_not_seen_again() {
        let version = Version::default();
        version.committing().saw(7);
        assert!(version.saw(7), "it is known");
        assert!(!version.saw(8), "somebody else has changed it");
    }
}
