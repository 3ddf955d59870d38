//! What the words of a question hit, put together: all of them, none of the unwanted, and what it is worth.

use std::cmp::Ordering;

use super::tier::Tier;

/// Documents that hold a word, by their number, each with what the word is worth there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Hits(Vec<(i64, u16)>);

impl Hits {
    /// What an index listed: numbers of texts with commas between, in any order.
    ///
    /// `None` when something else stands there.
    pub(crate) fn read(listed: &str, is_exact: bool) -> Option<Hits> {
        let mut texts = listed
            .split(',')
            .filter(|text| !text.is_empty())
            .map(|text| text.parse().ok())
            .collect::<Option<Vec<i64>>>()?;
        if !texts.is_sorted() {
            texts.sort_unstable();
        }
        let mut hits: Vec<(i64, u16)> = Vec::with_capacity(texts.len());
        for text in texts {
            let worth = Tier::numbered(text % Tier::ROOM)?.worth(is_exact);
            match hits.last_mut() {
                Some((document, best)) if *document == text / Tier::ROOM => *best = worth.max(*best),
                _ => hits.push((text / Tier::ROOM, worth)),
            }
        }
        Some(Hits(hits))
    }

    /// Documents that are worth the same, by their number.
    pub(crate) fn all(documents: impl IntoIterator<Item = i64>) -> Hits {
        Hits(documents.into_iter().map(|document| (document, 0)).collect())
    }

    /// What either holds, for the better of both.
    pub(crate) fn or(self, other: Hits) -> Hits {
        if self.0.is_empty() {
            return other;
        }
        let mut merged = Vec::with_capacity(self.0.len() + other.0.len());
        let (mut one, mut two) = (self.0.into_iter().peekable(), other.0.into_iter().peekable());
        while let (Some((left, _)), Some((right, _))) = (one.peek(), two.peek()) {
            match left.cmp(right) {
                Ordering::Less => merged.extend(one.next()),
                Ordering::Greater => merged.extend(two.next()),
                Ordering::Equal => {
                    let both = one.next().zip(two.next());
                    merged.extend(both.map(|((document, left), (_, right))| (document, left.max(right))));
                }
            }
        }
        merged.extend(one);
        merged.extend(two);
        Hits(merged)
    }

    /// What both hold, for what both are worth.
    pub(crate) fn and(mut self, other: &Hits) -> Hits {
        let mut rest = other.0.as_slice();
        self.0.retain_mut(|(document, worth)| {
            let found = passed(&mut rest, *document);
            *worth = worth.saturating_add(found.unwrap_or(0));
            found.is_some()
        });
        self
    }

    /// What `unwanted` does not hold.
    pub(crate) fn without(mut self, unwanted: &Hits) -> Hits {
        let mut rest = unwanted.0.as_slice();
        self.0.retain(|(document, _)| passed(&mut rest, *document).is_none());
        self
    }

    /// The documents, by number, with what they are worth.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (i64, u16)> {
        self.0.iter().copied()
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Passes over whatever stands before `document`, and tells what that is worth if it stands there.
fn passed(rest: &mut &[(i64, u16)], document: i64) -> Option<u16> {
    while let [(first, worth), behind @ ..] = rest {
        match first.cmp(&document) {
            Ordering::Less => *rest = behind,
            Ordering::Equal => return Some(*worth),
            Ordering::Greater => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_document_is_worth_the_best_place_of_the_word() {
        let hits = Hits::read("18,16,25", true).unwrap_or_default();
        assert_eq!(hits.0, [(2, Tier::Title.worth(true)), (3, Tier::Keywords.worth(true))]);
        assert_eq!(Hits::read("", false), Some(Hits::default()));
        assert_eq!(Hits::read("7", false), None, "there is no such tier");
        assert_eq!(Hits::read("1,x", false), None);
    }

    fn some() -> impl Strategy<Value = BTreeMap<i64, u16>> {
        prop::collection::btree_map(0i64..30, 1u16..40, 0..20)
    }

    proptest! {
        #[test]
        fn they_are_put_together_as_sets_are(one in some(), two in some()) {
            let hits = |set: &BTreeMap<i64, u16>| Hits(set.iter().map(|(d, w)| (*d, *w)).collect());
            let with = |keep: &dyn Fn(i64) -> Option<u16>| (0..30).filter_map(|d| Some((d, keep(d)?))).collect::<Vec<_>>();
            let both = with(&|d| Some(one.get(&d)? + two.get(&d)?));
            prop_assert_eq!(hits(&one).and(&hits(&two)).0, both);
            let either = with(&|d| one.get(&d).max(two.get(&d)).copied());
            prop_assert_eq!(hits(&one).or(hits(&two)).0, either);
            let left = with(&|d| one.get(&d).filter(|_| !two.contains_key(&d)).copied());
            prop_assert_eq!(hits(&one).without(&hits(&two)).0, left);
        }
    }
}
