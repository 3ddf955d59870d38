//! The best of what was hit: by what the words are worth where they stand, then by kind and name. Only as many as a page
//! holds are put in order.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::sync::Arc;

use crate::search::{DocumentKind, Hit, Last, Part, Question, Search, snippet};
use crate::store::search::{Beginning, Entry, Registry};

/// A document of a page.
pub(super) struct Best {
    worth: u16,
    pub document: Arc<Entry>,
}

impl Best {
    /// Its place in the list.
    pub(super) fn place(&self) -> Last {
        Last::Document(self.worth, self.document.kind, self.document.name.clone())
    }
}

/// A document that may be among the best. The greatest is the last in order.
struct Candidate<'r> {
    worth: u16,
    kind: DocumentKind,
    begins: Beginning,
    name: &'r str,
    id: u32,
}

impl<'r> Candidate<'r> {
    fn new(worth: u16, kind: DocumentKind, name: &'r str, id: u32) -> Candidate<'r> {
        Candidate { worth, kind, begins: Beginning::of(name), name, id }
    }

    fn begins(&self) -> (Reverse<u16>, DocumentKind, Beginning) {
        (Reverse(self.worth), self.kind, self.begins)
    }
}

impl Ord for Candidate<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.begins().cmp(&other.begins()).then_with(|| self.name.cmp(other.name))
    }
}

impl PartialEq for Candidate<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Candidate<'_> {}

impl PartialOrd for Candidate<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The best `most` of `hits` behind the cursor of `search`, in order.
pub(super) fn best(registry: &Registry, search: &Search, hits: &[Hit], most: usize) -> Vec<Best> {
    let behind = match search.after.as_ref().map(|place| &place.last) {
        Some(Last::Document(worth, kind, name)) => Some(Candidate::new(*worth, *kind, name, 0)),
        Some(Last::Row(_)) => return Vec::new(),
        None => None,
    };
    let mut best: BinaryHeap<Candidate<'_>> = BinaryHeap::with_capacity(most + 1);
    for Hit { id, worth } in hits.iter().copied() {
        // Most are behind the last one already for what they are worth, or how their name begins.
        let last = best.peek().filter(|_| best.len() >= most);
        if last.is_some_and(|last| worth < last.worth) {
            continue;
        }
        let Some((kind, begins)) = registry.brief(id) else { continue };
        if last.is_some_and(|last| (Reverse(worth), kind, begins) > last.begins()) {
            continue;
        }
        let Some(entry) = registry.shown(i64::from(id)) else { continue };
        let candidate = Candidate::new(worth, kind, &entry.name, id);
        if behind.as_ref().is_some_and(|behind| candidate <= *behind) {
            continue;
        }
        best.push(candidate);
        if best.len() > most {
            best.pop();
        }
    }
    let best = best.into_sorted_vec().into_iter().filter_map(|candidate| {
        let document = Arc::clone(registry.shown(i64::from(candidate.id))?);
        Some(Best { worth: candidate.worth, document })
    });
    best.collect()
}

/// The extract of the first of `texts` that has one of the words.
pub(super) fn extract<'t>(
    texts: impl IntoIterator<Item = &'t str>,
    question: &Question,
) -> Option<Vec<Part>> {
    texts.into_iter().find_map(|text| snippet(text, question.words().flat_map(|word| word.all())))
}
