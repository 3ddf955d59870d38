//! Where each two neighbouring letters stand among all documents: which documents may have a word, known without a database.
//!
//! Every letter of a folded text begins one pair, the last one with the text's end. A word of one letter or two stands where
//! its pairs do. A longer one may stand nowhere although all its pairs do; yet where each letter that two of its pairs
//! share stands behind no other in a part, who begins at the last pair and goes back meets the whole word, and nobody has to
//! read the text.

mod sought;

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use self::sought::Sought;
use super::grams;
use super::held::Held;
use super::marks::{Mark, Pair};
use super::question::Question;
use super::tier::Tier;

/// The documents that have each pair, by number.
#[derive(Debug, Default)]
pub(crate) struct Postings {
    lists: BTreeMap<Pair, List>,
    bytes: usize,
}

/// The documents that have a pair.
#[derive(Debug, Default)]
struct List {
    postings: Vec<Posting>,
    /// The same documents, a bit for each, where they are many: whether one is among them is seen at once.
    bits: Option<Vec<u64>>,
}

/// Bits take no more room than postings where at least one of so many documents has the pair.
const MANY: usize = 32;

impl List {
    fn put(&mut self, posting: Posting) {
        match self.postings.last() {
            Some(last) if last.id() >= posting.id() => {
                let place = self.postings.partition_point(|other| other.id() < posting.id());
                self.postings.insert(place, posting);
            }
            _ => self.postings.push(posting),
        }
        let documents = self.postings.last().map_or(0, |last| last.id() as usize + 1);
        let share = self.postings.len() * MANY;
        match &mut self.bits {
            Some(_) if 2 * share < documents => self.bits = None, // it has become rare
            Some(bits) => set(bits, posting.id()),
            None if share >= documents => {
                let mut bits = Vec::new();
                self.postings.iter().for_each(|posting| set(&mut bits, posting.id()));
                self.bits = Some(bits);
            }
            None => {}
        }
    }

    fn remove(&mut self, id: u32) {
        let Ok(place) = self.postings.binary_search_by_key(&id, |posting| posting.id()) else { return };
        self.postings.remove(place);
        if let Some(word) = self.bits.as_mut().and_then(|bits| bits.get_mut(id as usize / 64)) {
            *word &= !(1 << (id % 64));
        }
    }

    fn bytes(&self) -> usize {
        self.postings.capacity() * size_of::<Posting>()
            + self.bits.as_ref().map_or(0, |bits| bits.capacity() * size_of::<u64>())
    }
}

fn set(bits: &mut Vec<u64>, id: u32) {
    let place = id as usize / 64;
    if bits.len() <= place {
        bits.resize(place + 1, 0);
    }
    if let Some(word) = bits.get_mut(place) {
        *word |= 1 << (id % 64);
    }
}

/// A document that has a pair, in one number: the document's own, the parts in which the pair's second letter stands behind no
/// other than its first, and the parts in which the pair stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Posting(u32);

const PARTS: u32 = Tier::ALL.len() as u32;
const PARTS_ALL: u8 = (1 << PARTS) - 1;

/// Documents have numbers below this one.
pub(crate) const NUMBER_END: u32 = 1 << (32 - 2 * PARTS);

impl Posting {
    fn new(id: u32, mark: &Mark) -> Posting {
        Posting(id << (2 * PARTS) | u32::from(mark.tied) << PARTS | u32::from(mark.parts))
    }

    fn id(self) -> u32 {
        self.0 >> (2 * PARTS)
    }

    fn parts(self) -> u8 {
        self.0 as u8 & PARTS_ALL
    }

    fn tied(self) -> u8 {
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

    fn and(self, other: Standing) -> Standing {
        Standing { maybe: self.maybe & other.maybe, surely: self.surely & other.surely }
    }
}

/// A document that may have a word as it was asked for, or one of its synonyms.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Possible {
    pub(super) exact: Standing,
    pub(super) others: Standing,
}

impl Possible {
    /// Nothing is known.
    pub(crate) const ANYWHERE: Possible = Possible { exact: Standing::ANYWHERE, others: Standing::ANYWHERE };

    /// The best part, where the word stands in it as it was asked for and nobody has to look.
    pub(super) fn best_for_sure(self) -> Option<Tier> {
        let best = (self.exact.maybe | self.others.maybe).trailing_zeros();
        let is_sure = self.exact.surely.checked_shr(best).is_some_and(|parts| parts & 1 != 0);
        Tier::ALL.get(best as usize).copied().filter(|_| is_sure)
    }
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
        let before = list.bytes();
        list.put(posting);
        self.bytes = self.bytes + list.bytes() - before;
    }

    fn remove(&mut self, id: u32, pair: Pair) {
        if let Some(list) = self.lists.get_mut(&pair) {
            list.remove(id);
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
        let mut hits = Vec::new();
        let _ = self.each_hit(question, end, takes, part, |hit| {
            hits.push(hit);
            ControlFlow::Continue(())
        });
        hits
    }

    /// Whether any document is what `question` asks for. As [`Postings::hits`].
    pub(crate) fn has_hit<'t>(
        &self,
        question: &Question,
        end: u32,
        part: impl Fn(u32, Tier) -> &'t str,
    ) -> bool {
        self.each_hit(question, end, |_| true, part, |_| ControlFlow::Break(())).is_break()
    }

    /// Hands every hit to `tell`, until it has enough.
    ///
    /// The word that the fewest documents may have leads from one to the next; whether all of it may stand there is seen at a first
    /// look, before any other list goes on.
    fn each_hit<'t>(
        &self,
        question: &Question,
        end: u32,
        takes: impl Fn(u32) -> bool,
        part: impl Fn(u32, Tier) -> &'t str,
        mut tell: impl FnMut(Hit) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let held = Held::of(question);
        let mut words: Vec<Sought<'_>> =
            question.wanted.iter().map(|wanted| Sought::of(self, &wanted.word)).collect();
        let is_unwanted = |place: usize| question.wanted.get(place).is_some_and(|word| word.is_unwanted);
        let mut order: Vec<usize> = (0..words.len()).filter(|place| !is_unwanted(*place)).collect();
        order.sort_by_cached_key(|place| words.get(*place).map(Sought::at_most));
        let (rarest, others) = order.split_first().unzip();
        let others = others.unwrap_or_default();
        let mut next = 0;
        loop {
            let id = match rarest.and_then(|rarest| words.get_mut(*rarest)) {
                Some(rarest) => rarest.next(),
                None => (next < end).then_some(next),
            };
            let Some(id) = id else { return ControlFlow::Continue(()) };
            next = id + 1;
            let may_stand = |place: &usize| words.get(*place).is_some_and(|word| word.may_stand_in(id));
            if !order.iter().all(may_stand) || !takes(id) {
                continue;
            }
            let mut goes_on = |place: &usize| words.get_mut(*place).is_some_and(|word| word.goes_on_to(id));
            if !others.iter().all(&mut goes_on) {
                continue;
            }
            let at = |place: usize| {
                let word = words.get_mut(place)?;
                (!is_unwanted(place) || word.goes_on_to(id)).then(|| word.at(id)).flatten()
            };
            if let Some(worth) = held.worth(at, |tier| part(id, tier)) {
                tell(Hit { id, worth })?;
            }
        }
    }

    /// In which parts `letter` stands, of each document by number.
    fn parts_of(&self, letter: char) -> Vec<u8> {
        let lists =
            || self.lists.range((letter, char::MIN)..=(letter, char::MAX)).map(|(_, list)| &list.postings);
        let end = lists().filter_map(|list| list.last()).map(|last| last.id() as usize + 1).max();
        let mut parts = vec![0; end.unwrap_or(0)];
        for posting in lists().flatten() {
            if let Some(known) = parts.get_mut(posting.id() as usize) {
                *known |= posting.parts();
            }
        }
        parts
    }
}

#[cfg(test)]
mod tests;
