#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use proptest::prelude::*;

use super::*;
use crate::search::{fold, marks};

/// Folded documents, title and description each, and what is known of them.
#[derive(Default)]
struct Documents {
    texts: Vec<[String; 2]>,
    postings: Postings,
}

fn part(texts: &[String; 2], tier: Tier) -> &str {
    match tier {
        Tier::Title => &texts[0],
        Tier::Description => &texts[1],
        _ => "",
    }
}

impl Documents {
    fn of(texts: &[[&str; 2]]) -> Documents {
        let mut some = Documents::default();
        texts
            .iter()
            .enumerate()
            .for_each(|(id, texts)| some.put(id, texts.map(|text| fold(text.split('/')))));
        some
    }

    /// Puts a document in, in place of what was there.
    fn put(&mut self, id: usize, texts: [String; 2]) {
        let before = self.texts.get(id).map(|texts| marks(|tier| part(texts, tier))).unwrap_or_default();
        self.postings.replace(id as u32, &before, &marks(|tier| part(&texts, tier)));
        match self.texts.get_mut(id) {
            Some(kept) => *kept = texts,
            None => self.texts.push(texts),
        }
    }

    fn finds(&self, q: &str) -> Vec<(u32, u16)> {
        let text = |id: u32, tier| part(&self.texts[id as usize], tier);
        let hits = self.postings.hits(&Question::read(q), self.texts.len() as u32, |_| true, text);
        hits.into_iter().map(|hit| (hit.id, hit.worth)).collect()
    }

    /// As somebody finds it who reads every text.
    fn oracle(&self, q: &str) -> Vec<(u32, u16)> {
        let held = Held::of(&Question::read(q));
        let worth = |texts| held.worth(|_| Some(Possible::ANYWHERE), |tier| part(texts, tier));
        (0..).zip(&self.texts).filter_map(|(id, texts)| Some((id, worth(texts)?))).collect()
    }
}

#[test]
fn a_word_stands_where_its_letters_stand_one_behind_the_other() {
    let some = Documents::of(&[["避難所", ""], ["避難/難所", ""], ["難所の避難", ""], ["", "指定避難所"]]);
    let (title, description) = (Tier::Title.worth(true), Tier::Description.worth(true));
    assert_eq!(some.finds("避難所"), [(0, title), (3, description)]);
    assert_eq!(some.finds("所"), [(0, title), (1, title), (2, title), (3, description)]);
    assert_eq!(some.finds("避難 -所"), []);
    assert_eq!(some.finds("-避難所"), [(1, 0), (2, 0)]);
}

#[test]
fn where_the_shared_letters_stand_behind_no_other_no_text_is_read() {
    let some = Documents::of(&[["公衆トイレ一覧", ""], ["公衆トイレや駅の公衆トイレ", ""], ["", ""]]);
    let hits = some.postings.hits(&Question::read("公衆トイレ"), 3, |_| true, |_, _| unreachable!());
    let worth = Tier::Title.worth(true);
    assert_eq!(hits, [Hit { id: 0, worth }, Hit { id: 1, worth }]);
}

#[test]
fn what_is_gone_takes_no_part() {
    let mut some = Documents::of(&[["公園", ""], ["公園", ""]]);
    some.put(0, ["道路".to_owned(), String::new()]);
    assert_eq!(some.finds("公園"), [(1, Tier::Title.worth(true))]);
    assert_eq!(some.finds("道路"), [(0, Tier::Title.worth(true))]);
}

#[test]
fn a_pair_that_becomes_rare_or_frequent_is_found_all_the_same() {
    let mut texts = vec![["公園", ""]; 40];
    texts.extend([["道路", ""]; 7_000]);
    texts.extend([["公園の道路", ""]; 200]);
    let mut some = Documents::of(&texts);
    for (q, count) in [("公園", 240), ("道路", 7_200), ("公園 道路", 200), ("公園 -道路", 40), ("園の", 200)]
    {
        assert_eq!(some.finds(q).len(), count, "{q}");
    }
    (0..7_240).filter(|id| id % 3 > 0).for_each(|id| some.put(id, Default::default()));
    for q in ["公園", "道路", "公園 道路", "園の"] {
        assert_eq!(some.finds(q), some.oracle(q), "{q}");
    }
}

proptest! {
    #[test]
    fn what_is_hit_is_what_reading_every_text_finds(
        first in prop::collection::vec(["[避難所a/]{0,7}", "[避難所a/]{0,7}"], 1..10),
        then in prop::collection::vec((any::<prop::sample::Index>(), ["[避難所a/]{0,7}", "[避難所a/]{0,7}"]), 0..6),
        words in prop::collection::vec("-?(保育所|[避難所a]{1,4})", 0..4),
    ) {
        let folded = |texts: [String; 2]| texts.map(|text| fold(text.split('/')));
        let mut some = Documents::default();
        first.into_iter().enumerate().for_each(|(id, texts)| some.put(id, folded(texts)));
        let count = some.texts.len();
        then.into_iter().for_each(|(id, texts)| some.put(id.index(count), folded(texts)));
        let q = words.join(" ");
        prop_assert_eq!(some.finds(&q), some.oracle(&q), "{}", q);
    }
}
