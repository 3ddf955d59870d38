//! One word of a question among the lists of its pairs. It goes on from document to document by rising numbers, and never back.

use super::{List, PARTS_ALL, Pair, Possible, Posting, Postings, Standing, grams};
use crate::search::question::Word;

/// A word and its synonyms, each where it has gone on to.
pub(super) struct Sought<'p> {
    exact: Spelling<'p>,
    others: Vec<Spelling<'p>>,
}

/// One spelling.
enum Spelling<'p> {
    Pairs(Pairs<'p>),
    Letter(Letter),
}

/// Two letters and more stand where all their pairs do.
struct Pairs<'p> {
    /// What is left of the list of each pair, the shortest first. None at all where a pair stands nowhere.
    lists: Vec<Left<'p>>,
    /// Where the first pair stands in the document that was gone on to.
    here: Option<Posting>,
}

struct Left<'p> {
    rest: &'p [Posting],
    bits: Option<&'p [u64]>,
    /// Parts in which the pair is never in doubt.
    given: u8,
}

/// A single letter stands where it was met.
struct Letter {
    /// The parts in which it stands, of each document by number.
    parts: Vec<u8>,
    /// The first document that was not gone on to yet.
    next: usize,
}

impl<'p> Sought<'p> {
    pub(super) fn of(postings: &'p Postings, word: &Word) -> Sought<'p> {
        let spelling = |word: &String| Spelling::of(postings, word);
        Sought { exact: spelling(&word.exact), others: word.others.iter().map(spelling).collect() }
    }

    /// No fewer than the documents that may have it.
    pub(super) fn at_most(&self) -> usize {
        self.exact.at_most() + self.others.iter().map(Spelling::at_most).sum::<usize>()
    }

    /// Goes on to the next document that may have it.
    pub(super) fn next(&mut self) -> Option<u32> {
        let exact = self.exact.next();
        let id = self.others.iter_mut().filter_map(Spelling::next).chain(exact).min()?;
        self.goes_on_to(id);
        Some(id)
    }

    /// Whether document `id` may have it, as far as it is seen at once.
    pub(super) fn may_stand_in(&self, id: u32) -> bool {
        self.exact.may_stand_in(id) || self.others.iter().any(|other| other.may_stand_in(id))
    }

    /// Goes on to document `id`; whether that may have it, as far as a first look tells.
    pub(super) fn goes_on_to(&mut self, id: u32) -> bool {
        let mut may_have = self.exact.goes_on_to(id);
        for other in &mut self.others {
            may_have |= other.goes_on_to(id); // each of them, whatever the others find
        }
        may_have
    }

    /// What is known of it in document `id`, to which it has gone on; `None` where it does not stand there.
    pub(super) fn at(&mut self, id: u32) -> Option<Possible> {
        let exact = self.exact.at(id).unwrap_or_default();
        let others = self.others.iter_mut().filter_map(|other| other.at(id));
        let others = others.fold(Standing::default(), Standing::or);
        (exact.or(others) != Standing::default()).then_some(Possible { exact, others })
    }
}

impl<'p> Spelling<'p> {
    fn of(postings: &'p Postings, word: &str) -> Spelling<'p> {
        let letters: Vec<char> = word.chars().collect();
        if let [only] = letters[..] {
            return Spelling::Letter(Letter { parts: postings.parts_of(only), next: 0 });
        }
        let last = letters.len().saturating_sub(2);
        // The second letter of each pair but the last is the first of the next one.
        let given = |place: usize| if place == last { PARTS_ALL } else { 0 };
        let list = |(place, pair): (usize, Pair)| {
            let List { postings, bits } = postings.lists.get(&pair)?;
            Some(Left { rest: postings, bits: bits.as_deref(), given: given(place) })
        };
        let lists: Option<Vec<Left<'_>>> = grams::pairs(&letters).enumerate().map(list).collect();
        let mut lists = lists.unwrap_or_default();
        lists.sort_by_key(|list| list.rest.len());
        Spelling::Pairs(Pairs { lists, here: None })
    }

    fn at_most(&self) -> usize {
        match self {
            Spelling::Pairs(pairs) => pairs.lists.first().map_or(0, |list| list.rest.len()),
            Spelling::Letter(letter) => letter.parts.len(),
        }
    }

    fn next(&mut self) -> Option<u32> {
        match self {
            Spelling::Pairs(pairs) => Some(pairs.lists.first()?.rest.first()?.id()),
            Spelling::Letter(letter) => {
                letter.next += letter.parts.get(letter.next..)?.iter().position(|parts| *parts != 0)?;
                u32::try_from(letter.next).ok()
            }
        }
    }

    fn may_stand_in(&self, id: u32) -> bool {
        match self {
            Spelling::Pairs(pairs) => {
                !pairs.lists.is_empty() && pairs.lists.iter().all(|list| list.may_have(id))
            }
            Spelling::Letter(letter) => letter.stands_in(id),
        }
    }

    fn goes_on_to(&mut self, id: u32) -> bool {
        match self {
            Spelling::Pairs(pairs) => {
                pairs.here = pairs.lists.first_mut().and_then(|list| list.seek(id));
                pairs.here.is_some()
            }
            Spelling::Letter(letter) => {
                letter.next = id as usize + 1;
                letter.stands_in(id)
            }
        }
    }

    fn at(&mut self, id: u32) -> Option<Standing> {
        match self {
            Spelling::Pairs(Pairs { lists, here }) => {
                let (first, rest) = lists.split_first_mut()?;
                let here = first.standing((*here)?);
                let all = rest.iter_mut().try_fold(here, |all, list| {
                    let posting = list.seek(id)?;
                    Some(all.and(list.standing(posting)))
                })?;
                (all.maybe != 0).then_some(Standing { surely: all.surely & all.maybe, ..all })
            }
            Spelling::Letter(letter) => {
                let parts = *letter.parts.get(id as usize)?;
                (parts != 0).then_some(Standing { maybe: parts, surely: parts })
            }
        }
    }
}

impl Letter {
    fn stands_in(&self, id: u32) -> bool {
        self.parts.get(id as usize).is_some_and(|parts| *parts != 0)
    }
}

impl Left<'_> {
    fn standing(&self, posting: Posting) -> Standing {
        Standing { maybe: posting.parts(), surely: posting.tied() | self.given }
    }

    /// Whether document `id` may be among them, as far as it is seen at once.
    fn may_have(&self, id: u32) -> bool {
        let word = |bits: &[u64]| bits.get(id as usize / 64).copied().unwrap_or(0);
        self.bits.is_none_or(|bits| word(bits) >> (id % 64) & 1 == 1)
    }

    /// Passes over the documents up to `id`, in steps that become longer, and gives `id` itself if it is there.
    fn seek(&mut self, id: u32) -> Option<Posting> {
        if let Some((first, rest)) = self.rest.split_first()
            && first.id() >= id
        {
            let found = (first.id() == id).then_some(*first); // as mostly, where two lists go on together
            if found.is_some() {
                self.rest = rest;
            }
            return found;
        }
        let mut end = 1;
        while self.rest.get(end).is_some_and(|posting| posting.id() < id) {
            end = 2 * end + 1;
        }
        let begin = end / 2;
        let within = self.rest.get(begin..end.min(self.rest.len())).unwrap_or_default();
        let place = begin + within.partition_point(|posting| posting.id() < id);
        let found = self.rest.get(place).copied().filter(|posting| posting.id() == id);
        self.rest = self.rest.get(place + usize::from(found.is_some())..).unwrap_or_default();
        found
    }
}
