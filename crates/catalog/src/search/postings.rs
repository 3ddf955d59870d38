//! Where each two neighbouring letters stand among all documents: which documents may have a word, known without a database.
//!
//! Every letter of a folded text begins one pair, the last one with the text's end. A word of one letter or two stands where
//! its pairs do. A longer one may stand nowhere although all its pairs do; yet where each letter that two of its pairs
//! share stands only once in a part, they stand one behind the other there, and nobody has to read the text.

use std::collections::BTreeMap;

use super::grams;
use super::held::Held;
use super::marks::{Mark, Pair};
use super::question::{Question, Word};
use super::tier::Tier;

/// The documents that have each pair, by number.
#[derive(Debug, Default)]
pub(crate) struct Postings {
    lists: BTreeMap<Pair, Vec<Posting>>,
    bytes: usize,
}

/// A document that has a pair, in one number: the document's own, the parts in which the pair's second letter stands once, and the
/// parts in which the pair stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Posting(u32);

const PARTS: u32 = Tier::ALL.len() as u32;
const PARTS_ALL: u8 = (1 << PARTS) - 1;

/// Documents have numbers below this one.
pub(crate) const NUMBER_END: u32 = 1 << (32 - 2 * PARTS);

impl Posting {
    fn new(id: u32, mark: &Mark) -> Posting {
        Posting(id << (2 * PARTS) | u32::from(mark.once) << PARTS | u32::from(mark.parts))
    }

    fn id(self) -> u32 {
        self.0 >> (2 * PARTS)
    }

    fn parts(self) -> u8 {
        self.0 as u8 & PARTS_ALL
    }

    fn once(self) -> u8 {
        (self.0 >> PARTS) as u8 & PARTS_ALL
    }
}

/// In which parts of a document a word may stand, and in which of them it stands for sure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Standing {
    maybe: u8,
    surely: u8,
}

impl Standing {
    /// Nothing is known.
    const ANYWHERE: Standing = Standing { maybe: PARTS_ALL, surely: 0 };

    /// Whether it stands in `tier`; `look` tells where that is not known.
    pub(super) fn is_in(self, tier: Tier, look: impl FnOnce() -> bool) -> bool {
        let part = 1 << tier as u8;
        self.maybe & part != 0 && (self.surely & part != 0 || look())
    }

    fn or(self, other: Standing) -> Standing {
        Standing { maybe: self.maybe | other.maybe, surely: self.surely | other.surely }
    }
}

/// A document that may have a word as it was asked for, or one of its synonyms.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Possible {
    id: u32,
    pub(super) exact: Standing,
    pub(super) others: Standing,
}

impl Possible {
    /// Nothing is known.
    pub(crate) const ANYWHERE: Possible =
        Possible { id: 0, exact: Standing::ANYWHERE, others: Standing::ANYWHERE };
}

/// A document that was hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    /// Its number.
    pub id: u32,
    /// What the words are worth in it.
    pub worth: u16,
}

impl Postings {
    /// About what they take in memory, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Takes the document numbered `id`, which had the marks `before` and has `after` now; both sorted.
    pub(crate) fn replace(&mut self, id: u32, before: &[Mark], after: &[Mark]) {
        for mark in before.iter().filter(|mark| after.binary_search(mark).is_err()) {
            self.remove(id, mark.pair);
        }
        for mark in after.iter().filter(|mark| before.binary_search(mark).is_err()) {
            self.put(Posting::new(id, mark), mark.pair);
        }
    }

    fn put(&mut self, posting: Posting, pair: Pair) {
        let list = self.lists.entry(pair).or_default();
        let before = list.capacity();
        match list.last() {
            Some(last) if last.id() >= posting.id() => {
                let place = list.partition_point(|other| other.id() < posting.id());
                list.insert(place, posting);
            }
            _ => list.push(posting),
        }
        self.bytes += (list.capacity() - before) * size_of::<Posting>();
    }

    fn remove(&mut self, id: u32, pair: Pair) {
        if let Some(list) = self.lists.get_mut(&pair)
            && let Ok(place) = list.binary_search_by_key(&id, |posting| posting.id())
        {
            list.remove(place);
        }
    }

    /// The documents that are what `question` asks for, by number, of those numbered below `end` that `takes` takes. `part`
    /// gives the folded text of a part.
    pub(crate) fn hits<'t>(
        &self,
        question: &Question,
        end: u32,
        takes: impl Fn(u32) -> bool,
        part: impl Fn(u32, Tier) -> &'t str,
    ) -> Vec<Hit> {
        let held = Held::of(question);
        let words: Vec<Vec<Possible>> =
            question.wanted.iter().map(|wanted| self.possible(&wanted.word)).collect();
        let rarest = question.wanted.iter().zip(&words).filter(|(wanted, _)| !wanted.is_unwanted);
        let rarest = rarest.map(|(_, all)| all).min_by_key(|all| all.len());
        let mut rest: Vec<&[Possible]> = words.iter().map(Vec::as_slice).collect();
        let mut hit = |id: u32| {
            let at = |word: usize| rest.get_mut(word).and_then(|rest| seek(rest, id, |it| it.id));
            let worth = if takes(id) { held.worth(at, |tier| part(id, tier)) } else { None };
            worth.map(|worth| Hit { id, worth })
        };
        match rarest {
            Some(all) => all.iter().filter_map(|possible| hit(possible.id)).collect(),
            None => (0..end).filter_map(hit).collect(),
        }
    }

    /// The documents that may have `word` or one of its synonyms, by number.
    fn possible(&self, word: &Word) -> Vec<Possible> {
        let exact = self.standing(&word.exact).into_iter();
        let mut all: Vec<Possible> =
            exact.map(|(id, exact)| Possible { id, exact, ..Possible::default() }).collect();
        if word.others.is_empty() {
            return all;
        }
        for other in &word.others {
            let others = self.standing(other).into_iter();
            all.extend(others.map(|(id, others)| Possible { id, others, ..Possible::default() }));
        }
        all.sort_by_key(|possible| possible.id);
        all.dedup_by(|next, kept| {
            let is_same = next.id == kept.id;
            if is_same {
                *kept = Possible {
                    exact: kept.exact.or(next.exact),
                    others: kept.others.or(next.others),
                    ..*kept
                };
            }
            is_same
        });
        all
    }

    /// The documents that may have `word`, by number.
    fn standing(&self, word: &str) -> Vec<(u32, Standing)> {
        let letters: Vec<char> = word.chars().collect();
        if let [only] = letters[..] {
            return self.standing_letter(only);
        }
        let ends = letters.len().saturating_sub(2);
        let mut lists = Vec::with_capacity(letters.len());
        for (place, pair) in grams::pairs(&letters).enumerate() {
            let Some(list) = self.lists.get(&pair) else { return Vec::new() };
            // The second letter of each pair but the last is the first of the next one.
            lists.push((list.as_slice(), if place == ends { PARTS_ALL } else { 0 }));
        }
        lists.sort_by_key(|(list, _)| list.len());
        let Some(((rarest, given), rest)) = lists.split_first_mut() else { return Vec::new() };
        let standing = rarest.iter().filter_map(|posting| {
            let (mut maybe, mut surely) = (posting.parts(), posting.once() | *given);
            for (list, given) in rest.iter_mut() {
                let other = seek(list, posting.id(), |it| it.id())?;
                maybe &= other.parts();
                surely &= other.once() | *given;
            }
            (maybe != 0).then_some((posting.id(), Standing { maybe, surely: surely & maybe }))
        });
        standing.collect()
    }

    fn standing_letter(&self, letter: char) -> Vec<(u32, Standing)> {
        let lists = self.lists.range((letter, char::MIN)..=(letter, char::MAX));
        let mut all: Vec<Posting> = lists.flat_map(|(_, list)| list).copied().collect();
        all.sort(); // some lists that are sorted, one behind the other
        let mut standing: Vec<(u32, Standing)> = Vec::with_capacity(all.len());
        for posting in all {
            let here = Standing { maybe: posting.parts(), surely: posting.parts() };
            match standing.last_mut() {
                Some((id, known)) if *id == posting.id() => *known = known.or(here),
                _ => standing.push((posting.id(), here)),
            }
        }
        standing
    }
}

/// Passes over whatever has a number below `id`, in steps that become longer, and gives what has it.
fn seek<T: Copy>(rest: &mut &[T], id: u32, number: impl Fn(&T) -> u32) -> Option<T> {
    let mut end = 1;
    while rest.get(end - 1).is_some_and(|it| number(it) < id) {
        end *= 2;
    }
    let begin = end / 2;
    let within = rest.get(begin..end.min(rest.len())).unwrap_or_default();
    let place = begin + within.partition_point(|it| number(it) < id);
    *rest = rest.get(place..).unwrap_or_default();
    rest.first().copied().filter(|it| number(it) == id)
}

#[cfg(test)]
mod tests;
