//! The best of what was hit: by what the words are worth where they stand, then by kind and name. Only as many as a page
//! holds are put in order.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use crate::search::{DocumentKind, Held, Last, Part, Question, Search, Tier, Totals, snippet};
use crate::store::search::{Entry, Registry};

/// What was hit, counted and put in order.
pub(super) struct Ranked {
    /// The best behind the cursor, in order.
    pub best: Vec<Best>,
    /// How many of each kind; no rows.
    pub totals: Totals,
    /// The numbers of all datasets among them.
    pub datasets: Vec<i64>,
}

/// A document of a page.
pub(super) struct Best {
    /// Its number.
    pub id: i64,
    worth: u16,
    pub kind: DocumentKind,
    pub name: String,
    pub title: String,
    pub department: Option<String>,
    /// Where it was found, if that is known without its longer texts.
    pub place: Option<(Tier, Vec<Part>)>,
}

impl Best {
    /// Its place in the list.
    pub(super) fn place(&self) -> Last {
        Last::Document(self.worth, self.kind, self.name.clone())
    }
}

/// A document that may be among the best. The greatest is the last in order.
struct Candidate<'r> {
    worth: u16,
    kind: DocumentKind,
    name: &'r str,
    id: i64,
}

impl Ord for Candidate<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        (Reverse(self.worth), self.kind, self.name).cmp(&(Reverse(other.worth), other.kind, other.name))
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

impl Ranked {
    /// Puts the best `most` of the documents numbered `hits` in order, of those that `search` asks for.
    pub(super) fn of(registry: &Registry, search: &Search, hits: &[i64], most: usize) -> Ranked {
        let wanted = registry.wanted(&search.within);
        let mut totals = Totals::default();
        let mut datasets = Vec::new();
        let mut best: BinaryHeap<Candidate<'_>> = BinaryHeap::with_capacity(most + 1);
        let begins = match search.after.as_ref().map(|place| &place.last) {
            Some(Last::Document(worth, kind, name)) => {
                Some(Candidate { worth: *worth, kind: *kind, name, id: 0 })
            }
            _ => None,
        };
        let has_documents = !matches!(search.after.as_ref().map(|place| &place.last), Some(Last::Row(_)));
        let held = Held::of(&search.question);
        for id in hits.iter().copied() {
            let Some(entry) = registry.shown(id).filter(|it| search.kinds.has(it.kind) && wanted.takes(it))
            else {
                continue;
            };
            // Not there any more if it has changed since the index was asked.
            let Some(worth) = entry.worth(&held) else { continue };
            match entry.kind {
                DocumentKind::Dataset => {
                    totals.datasets += 1;
                    datasets.push(id);
                }
                DocumentKind::Initiative => totals.initiatives += 1,
                DocumentKind::Report => totals.reports += 1,
            }
            let candidate = Candidate { worth, kind: entry.kind, name: &entry.name, id };
            let is_behind = begins.as_ref().is_none_or(|begins| candidate > *begins);
            if has_documents
                && is_behind
                && (best.len() < most || best.peek().is_some_and(|last| candidate < *last))
            {
                best.push(candidate);
                if best.len() > most {
                    best.pop();
                }
            }
        }
        let best = best.into_sorted_vec().into_iter().filter_map(|candidate| {
            let entry = registry.shown(candidate.id)?;
            Some(Best {
                id: candidate.id,
                worth: candidate.worth,
                kind: entry.kind,
                name: entry.name.clone(),
                title: entry.title.clone(),
                department: entry.department.clone(),
                place: known_place(entry, &search.question),
            })
        });
        Ranked { best: best.collect(), totals, datasets }
    }
}

/// Where the first of the words stands, if that is in title or keywords.
fn known_place(entry: &Entry, question: &Question) -> Option<(Tier, Vec<Part>)> {
    [Tier::Title, Tier::Keywords]
        .into_iter()
        .find_map(|tier| Some((tier, extract(entry.texts(tier).iter().map(String::as_str), question)?)))
}

/// The extract of the first of `texts` that has one of the words.
pub(super) fn extract<'t>(
    texts: impl IntoIterator<Item = &'t str>,
    question: &Question,
) -> Option<Vec<Part>> {
    texts.into_iter().find_map(|text| snippet(text, question.words().flat_map(|word| word.all())))
}
