//! Prepared answers: what was found for a question, for as long as the index does not change. In bounded memory.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::search::{Findings, Search};

/// Bytes of prepared answers that are kept, as far as their texts go. When there are more, all are let go.
const BYTES_MAX: usize = 16 << 20;
/// What a thing that was found takes beside its texts, about.
const ITEM_BYTES: usize = 300;

/// The answers that are kept.
#[derive(Debug, Default)]
pub(super) struct Answers(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    /// The number of the last change of the index that they know of.
    number: i64,
    bytes: usize,
    answers: HashMap<Search, Arc<Findings>>,
}

impl Answers {
    /// Whether there was an answer to `search`, be it an old one.
    pub(super) fn has(&self, search: &Search) -> bool {
        self.locked(|kept| kept.answers.contains_key(search))
    }

    /// The answer to `search`, if it is as of change `number`.
    pub(super) fn get(&self, search: &Search, number: i64) -> Option<Arc<Findings>> {
        self.locked(|kept| kept.answers.get(search).filter(|_| kept.number == number).cloned())
    }

    /// Keeps an answer that is as of change `number`, and lets go what is older.
    pub(super) fn keep(&self, search: &Search, number: i64, findings: Arc<Findings>) {
        let bytes = size_of(search, &findings);
        self.locked(|kept| {
            if kept.number > number {
                return;
            }
            if kept.number < number || kept.bytes + bytes > BYTES_MAX {
                *kept = Kept { number, ..Kept::default() };
            }
            kept.bytes += bytes;
            kept.answers.insert(search.clone(), findings);
        });
    }

    fn locked<T>(&self, act: impl FnOnce(&mut Kept) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The bytes that an answer and its question take, about.
fn size_of(search: &Search, findings: &Findings) -> usize {
    let question =
        search.question.wanted.iter().flat_map(|wanted| wanted.word.all().chain([wanted.typed.as_str()]));
    let items = findings.items.iter().map(|item| {
        let snippet: usize = item.snippet.iter().map(|part| part.text.len() + ITEM_BYTES / 10).sum();
        ITEM_BYTES + item.name.len() + item.title.len() + snippet
    });
    let facets = &findings.facets;
    let counts = [&facets.department, &facets.theme, &facets.schema, &facets.format, &facets.licence];
    let counts =
        counts.into_iter().flatten().map(|facet| facet.value.len() + facet.label.len() + ITEM_BYTES / 5);
    2 * ITEM_BYTES + question.map(str::len).sum::<usize>() + items.sum::<usize>() + counts.sum::<usize>()
}
