//! Which state of the catalog readers see: a number by which whatever was made of it can be kept for later.
//!
//! What this program changes moves the number before whoever changed it is answered; what another one changes, once
//! [`Store::look_around`] has seen it. A change of one dataset leaves the numbers of all others as they are. While a change is
//! being committed nobody knows which side of it a reader gets, so that there is no number of what it changes then: what is read
//! meanwhile is given, but not kept.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::{Store, change};
use crate::error::CatalogError;
use crate::slug::Slug;

/// What a change changes: nothing that is told of any other dataset, and of no office, is another afterwards.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Changes<'a> {
    /// One dataset, and every list.
    Dataset(&'a Slug),
    /// Anything.
    Everything,
}

/// The numbers, and who is about to move them.
#[derive(Debug, Default)]
pub(super) struct Version {
    moves: RwLock<Moves>,
    /// The change counter of the catalog as it was last looked at.
    seen: Mutex<Option<u64>>,
}

#[derive(Debug, Default)]
struct Moves {
    /// How often anything has moved, and how many changes are being committed.
    all: Move,
    /// The last one of those that move everything.
    everything: Move,
    /// Of datasets, where that is later than what moved everything.
    datasets: HashMap<Slug, Move>,
}

/// When something moved last, and how many changes of it are being committed.
#[derive(Debug, Default, Clone, Copy)]
struct Move {
    number: u64,
    committing: u32,
}

impl Move {
    fn settled(self) -> Option<u64> {
        (self.committing == 0).then_some(self.number)
    }
}

impl Moves {
    fn of(&mut self, dataset: Option<&Slug>) -> &mut Move {
        match dataset {
            Some(slug) => self.datasets.entry(slug.clone()).or_default(),
            None => &mut self.everything,
        }
    }

    fn move_on(&mut self, dataset: Option<&Slug>) {
        self.all.number += 1;
        let number = self.all.number;
        self.of(dataset).number = number;
        if dataset.is_none() {
            self.datasets.retain(|_, one| one.committing > 0);
        }
    }
}

/// A change that is being committed. Dropping it moves the number, whatever came of the commit: one that broke off may
/// have been done.
#[derive(Debug)]
pub(super) struct Committing<'a> {
    version: &'a Version,
    dataset: Option<&'a Slug>,
}

impl Version {
    /// From now on until what is given here is dropped, what `changes` changes has no number.
    pub(super) fn committing<'a>(&'a self, changes: Changes<'a>) -> Committing<'a> {
        let dataset = match changes {
            Changes::Dataset(slug) => Some(slug),
            Changes::Everything => None,
        };
        let mut moves = self.write();
        moves.all.committing += 1;
        moves.of(dataset).committing += 1;
        Committing { version: self, dataset }
    }

    fn of_all(&self) -> Option<u64> {
        self.read().all.settled()
    }

    fn of_dataset(&self, slug: &Slug) -> Option<u64> {
        let moves = self.read();
        let own = moves.datasets.get(slug).copied().unwrap_or_default();
        Some(own.settled()?.max(moves.everything.settled()?))
    }

    fn move_everything(&self) {
        self.write().move_on(None);
    }

    fn saw(&self, change: u64) -> bool {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.replace(change) == Some(change)
    }

    fn read(&self) -> RwLockReadGuard<'_, Moves> {
        self.moves.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Moves> {
        self.moves.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Committing<'_> {
    /// The catalog's change counter once the change is in it: nothing that it counts has to be looked for later.
    pub(super) fn saw(&self, change: u64) {
        self.version.saw(change);
    }
}

impl Drop for Committing<'_> {
    fn drop(&mut self) {
        let mut moves = self.version.write();
        moves.all.committing -= 1;
        moves.of(self.dataset).committing -= 1;
        moves.move_on(self.dataset);
    }
}

impl Store {
    /// Which state of the catalog readers see, as a number of this program's own; `None` while it is being changed. Of one
    /// dataset: the number of all that is told of it and of nothing else, which other datasets do not move.
    ///
    /// Whatever was read after the number was asked for, under the same number, is of one state.
    pub fn version(&self, dataset: Option<&Slug>) -> Option<u64> {
        match dataset {
            Some(slug) => self.version.of_dataset(slug),
            None => self.version.of_all(),
        }
    }

    /// Looks whether another program has changed the catalog since the last time.
    ///
    /// # Errors
    /// [`CatalogError::Database`].
    pub async fn look_around(&self) -> Result<(), CatalogError> {
        let change = change::read(&self.database).await?.number;
        if !self.version.saw(change) {
            self.remembered.changed(); // or what is made from it would be kept as of now
            self.version.move_everything();
        }
        Ok(())
    }

    /// Says that nobody knows any more whether the catalog has changed.
    pub fn lose_sight(&self) {
        self.version.move_everything();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn slug(text: &str) -> Slug {
        text.parse().unwrap()
    }

    #[test]
    fn there_is_no_number_while_a_change_is_being_committed() {
        let version = Version::default();
        let before = version.of_all().unwrap();
        let (one, other) = (version.committing(Changes::Everything), version.committing(Changes::Everything));
        assert_eq!(version.of_all(), None);
        drop(one);
        assert_eq!(version.of_all(), None, "the other is not done yet");
        assert_eq!(version.of_dataset(&slug("table")), None, "it is part of everything");
        drop(other);
        assert!(version.of_all().unwrap() > before);
        assert!(version.of_dataset(&slug("table")).unwrap() > before);
    }

    #[test]
    fn a_change_of_one_dataset_moves_it_and_the_lists_and_no_other() {
        let version = Version::default();
        let (table, other) = (slug("table"), slug("other"));
        version.move_everything();
        let numbers = || (version.of_dataset(&table), version.of_dataset(&other), version.of_all());
        let before = numbers();
        let change = version.committing(Changes::Dataset(&table));
        assert_eq!(numbers(), (None, before.1, None));
        drop(change);
        let after = numbers();
        assert!(after.0 > before.0 && after.1 == before.1 && after.2 > before.2, "{before:?} {after:?}");
        version.move_everything();
        let (of_table, of_other, of_all) = numbers();
        assert!(of_table > after.0 && of_other > after.1 && of_all > after.2);
    }

    #[test]
    fn of_two_changes_of_one_dataset_the_second_ends_it() {
        let version = Version::default();
        let table = slug("table");
        let (one, two) =
            (version.committing(Changes::Dataset(&table)), version.committing(Changes::Dataset(&table)));
        drop(one);
        version.move_everything();
        assert_eq!(version.of_dataset(&table), None, "the second is not done yet");
        drop(two);
        assert_eq!(version.of_dataset(&table), version.of_all());
    }

    #[test]
    fn what_was_seen_while_committing_is_not_seen_again() {
        let version = Version::default();
        version.committing(Changes::Everything).saw(7);
        assert!(version.saw(7), "it is known");
        assert!(!version.saw(8), "somebody else has changed it");
    }
}
