//! One word of a question among the lists of its pairs. Documents are asked about by rising numbers, each once.

use std::ops::ControlFlow;

use super::{PARTS_ALL, Pair, Possible, Posting, Postings, Standing, grams};
use crate::search::question::Word;

/// Where a word may stand, and where one of its synonyms may.
#[derive(Default)]
pub(super) struct Sought<'p> {
    exact: Spelling<'p>,
    others: Vec<Spelling<'p>>,
}

/// Where one spelling may stand.
enum Spelling<'p> {
    /// Where all its pairs do: the list of each, the shortest first. None at all where a pair stands nowhere.
    Pairs(Vec<List<'p>>),
    /// A single letter: the parts in which it stands, of each document by number.
    Letter(Vec<u8>),
}

/// What is left of the documents that have a pair.
struct List<'p> {
    rest: &'p [Posting],
    /// Parts in which the pair is never in doubt.
    given: u8,
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

    /// What is known of it in document `id`; `None` where it does not stand there.
    pub(super) fn at(&mut self, id: u32) -> Option<Possible> {
        let exact = self.exact.at(id).unwrap_or_default();
        let others = self.others.iter_mut().filter_map(|other| other.at(id));
        let others = others.fold(Standing::default(), Standing::or);
        (exact.or(others) != Standing::default()).then_some(Possible { id, exact, others })
    }

    /// Hands all documents that may have it to `take`, until it has enough.
    pub(super) fn each(mut self, mut take: impl FnMut(Possible) -> ControlFlow<()>) -> ControlFlow<()> {
        let Sought { exact, others } = &mut self;
        if others.is_empty() {
            return exact.each(|id, exact| take(Possible { id, exact, ..Possible::default() }));
        }
        let mut all = Vec::new();
        let mut keep = |possible| {
            all.push(possible);
            ControlFlow::Continue(())
        };
        exact.each(|id, exact| keep(Possible { id, exact, ..Possible::default() }))?;
        for other in others {
            other.each(|id, others| keep(Possible { id, others, ..Possible::default() }))?;
        }
        all.sort_by_key(|possible| possible.id); // some that are sorted, one behind the other
        let both = |one: Possible, next: &Possible| Possible {
            id: next.id,
            exact: one.exact.or(next.exact),
            others: one.others.or(next.others),
        };
        let mut alike = all.chunk_by(|one, next| one.id == next.id);
        alike.try_for_each(|alike| take(alike.iter().fold(Possible::default(), both)))
    }
}

impl Default for Spelling<'_> {
    fn default() -> Self {
        Spelling::Pairs(Vec::new())
    }
}

impl<'p> Spelling<'p> {
    fn of(postings: &'p Postings, word: &str) -> Spelling<'p> {
        let letters: Vec<char> = word.chars().collect();
        if let [only] = letters[..] {
            return Spelling::Letter(postings.parts_of(only));
        }
        let last = letters.len().saturating_sub(2);
        // The second letter of each pair but the last is the first of the next one.
        let given = |place: usize| if place == last { PARTS_ALL } else { 0 };
        let list = |(place, pair): (usize, Pair)| {
            Some(List { rest: postings.lists.get(&pair)?, given: given(place) })
        };
        let lists: Option<Vec<List<'_>>> = grams::pairs(&letters).enumerate().map(list).collect();
        let mut lists = lists.unwrap_or_default();
        lists.sort_by_key(|list| list.rest.len());
        Spelling::Pairs(lists)
    }

    fn at_most(&self) -> usize {
        match self {
            Spelling::Pairs(lists) => lists.first().map_or(0, |list| list.rest.len()),
            Spelling::Letter(parts) => parts.len(),
        }
    }

    fn at(&mut self, id: u32) -> Option<Standing> {
        match self {
            Spelling::Pairs(lists) => {
                let (first, rest) = lists.split_first_mut()?;
                let first = first.at(id)?;
                together(first, rest, id)
            }
            Spelling::Letter(parts) => known(*parts.get(id as usize)?),
        }
    }

    fn each(&mut self, mut take: impl FnMut(u32, Standing) -> ControlFlow<()>) -> ControlFlow<()> {
        match self {
            Spelling::Pairs(lists) => {
                let Some((first, rest)) = lists.split_first_mut() else { return ControlFlow::Continue(()) };
                first.rest.iter().try_for_each(|posting| {
                    let (id, standing) = (posting.id(), first.standing(*posting));
                    match together(standing, rest, id) {
                        Some(standing) => take(id, standing),
                        None => ControlFlow::Continue(()),
                    }
                })
            }
            Spelling::Letter(parts) => (0..).zip(&*parts).try_for_each(|(id, parts)| match known(*parts) {
                Some(standing) => take(id, standing),
                None => ControlFlow::Continue(()),
            }),
        }
    }
}

/// Where all pairs stand in document `id` of which the first stands as in `first`.
fn together(first: Standing, rest: &mut [List<'_>], id: u32) -> Option<Standing> {
    let all = rest.iter_mut().try_fold(first, |standing, list| Some(standing.and(list.at(id)?)))?;
    (all.maybe != 0).then_some(Standing { surely: all.surely & all.maybe, ..all })
}

/// A letter stands where it was met.
fn known(parts: u8) -> Option<Standing> {
    (parts != 0).then_some(Standing { maybe: parts, surely: parts })
}

impl List<'_> {
    fn at(&mut self, id: u32) -> Option<Standing> {
        let posting = seek(&mut self.rest, id)?;
        Some(self.standing(posting))
    }

    fn standing(&self, posting: Posting) -> Standing {
        Standing { maybe: posting.parts(), surely: posting.once() | self.given }
    }
}

/// Passes over the documents up to `id`, in steps that become longer, and gives `id` itself if it is there.
fn seek(rest: &mut &[Posting], id: u32) -> Option<Posting> {
    let mut end = 0;
    while rest.get(end).is_some_and(|posting| posting.id() < id) {
        end = 2 * end + 1;
    }
    let begin = end / 2;
    let within = rest.get(begin..end.min(rest.len())).unwrap_or_default();
    let place = begin + within.partition_point(|posting| posting.id() < id);
    let found = rest.get(place).copied().filter(|posting| posting.id() == id);
    *rest = rest.get(place + usize::from(found.is_some())..).unwrap_or_default();
    found
}
