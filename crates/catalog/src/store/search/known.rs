//! What is known in memory of the index, kept up to date.
//!
//! It follows the number of the last change of the index, which every answer of the index carries: what this server or
//! another has changed is known before it is found.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use sea_orm::ConnectionTrait;

use super::super::{department, term};
use super::answers::Answers;
use super::grams::{self, Asked, Found};
use super::registry::Registry;
use super::{block, document, state};
use crate::error::CatalogError;
use crate::search::{Findings, Search};
use crate::term::TermKind;

/// How often the index is asked again, where it changes faster than it is followed.
const ATTEMPTS: usize = 3;

/// The registry, and who brings it up to date.
#[derive(Debug)]
pub(crate) struct Known {
    registry: RwLock<Registry>,
    bringing_up: tokio::sync::Mutex<()>,
    answers: Answers,
    /// What is known of words may take so many bytes.
    words_bytes_max: AtomicUsize,
}

impl Default for Known {
    fn default() -> Known {
        let (registry, bringing_up, answers) = Default::default();
        Known { registry, bringing_up, answers, words_bytes_max: AtomicUsize::new(usize::MAX) }
    }
}

impl Known {
    /// From now on what is known of words may take `bytes` in memory; where it would be more, the database is asked.
    pub(crate) fn bound(&self, bytes: usize) {
        self.words_bytes_max.store(bytes, Ordering::Relaxed);
    }

    /// Asks the index what is not known here, and knows everything that it names. Documents are looked for in the database only
    /// where `asked` wants them and they are not known here by their words.
    pub(crate) async fn find(
        &self,
        db: &impl ConnectionTrait,
        asked: &Asked<'_>,
    ) -> Result<Found, CatalogError> {
        let mut attempts = 0..ATTEMPTS;
        loop {
            let knows_words = self.read(Registry::knows_words);
            let found =
                grams::find(db, &Asked { documents: asked.documents && !knows_words, ..asked.clone() })
                    .await?;
            if self.read(|registry| registry.number) < Some(found.number) {
                self.follow(db).await?;
            }
            let is_same = self.read(|registry| {
                registry.number == Some(found.number) && registry.knows_words() == knows_words
            });
            if is_same || attempts.next().is_none() {
                return Ok(found);
            }
        }
    }

    /// The answer to `search` that was given before, if nothing has changed since.
    pub(crate) async fn answered(
        &self,
        db: &impl ConnectionTrait,
        search: &Search,
    ) -> Result<Option<Arc<Findings>>, CatalogError> {
        match self.answers.has(search) {
            true => Ok(self.answers.get(search, state::number(db).await?)),
            false => Ok(None),
        }
    }

    /// Keeps the answer to `search`, made from what the index answered as of change `number`.
    pub(crate) fn keep(&self, search: &Search, number: i64, findings: Arc<Findings>) {
        self.answers.keep(search, number, findings);
    }

    /// Knows everything that has changed until now.
    pub(crate) async fn bring_up(&self, db: &impl ConnectionTrait) -> Result<(), CatalogError> {
        let number = state::number(db).await?;
        if self.read(|registry| registry.number) < Some(number) {
            self.follow(db).await?;
        }
        Ok(())
    }

    async fn follow(&self, db: &impl ConnectionTrait) -> Result<(), CatalogError> {
        let _alone = self.bringing_up.lock().await;
        let before = self.read(|registry| registry.number);
        let number = state::number(db).await?;
        if before >= Some(number) {
            return Ok(()); // whoever was here before has done it
        }
        // What changes from here on is read too, or the next time.
        let changed = document::changed_since(db, before.unwrap_or(-1)).await?;
        let blocks = block::ready_since(db, before.unwrap_or(-1)).await?;
        let departments = department::all(db).await?;
        let themes = term::all(db, TermKind::Theme).await?;
        let bytes_max = self.words_bytes_max.load(Ordering::Relaxed);
        let mut registry = self.registry.write().unwrap_or_else(PoisonError::into_inner);
        changed.into_iter().for_each(|document| registry.take(document, bytes_max));
        registry.profiles.label(departments, themes);
        registry.blocks.extend(blocks.into_iter().map(|block| (block.id, (block.dataset, block.number))));
        registry.number = Some(number);
        Ok(())
    }

    /// What `ask` learns from the registry. It holds up whoever brings it up to date, so it should be short.
    pub(crate) fn read<T>(&self, ask: impl FnOnce(&Registry) -> T) -> T {
        ask(&self.registry.read().unwrap_or_else(PoisonError::into_inner))
    }
}
