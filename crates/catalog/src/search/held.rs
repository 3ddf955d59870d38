//! A question held against the folded parts of a document: whether it has every word, and what that is worth.

use memchr::memmem::Finder;

use super::postings::Possible;
use super::question::{Question, Wanted};
use super::tier::Tier;

/// The words of a question, ready to be looked for.
pub(crate) struct Held {
    words: Vec<Sought>,
}

struct Sought {
    is_unwanted: bool,
    exact: Finder<'static>,
    others: Vec<Finder<'static>>,
}

impl Held {
    /// The words of `question`.
    pub(crate) fn of(question: &Question) -> Held {
        let finder = |word: &str| Finder::new(word.as_bytes()).into_owned();
        let sought = |Wanted { word, is_unwanted, .. }: &Wanted| Sought {
            is_unwanted: *is_unwanted,
            exact: finder(&word.exact),
            others: word.others.iter().map(|other| finder(other)).collect(),
        };
        Held { words: question.wanted.iter().map(sought).collect() }
    }

    /// What the words are worth in a document of these folded parts; `None` where one of them stands nowhere, or one does
    /// that is unwanted. `at` tells of each word by its place in the question what is known of it; `None` where it stands nowhere.
    pub(crate) fn worth<'t>(
        &self,
        mut at: impl FnMut(usize) -> Option<Possible>,
        parts: impl Fn(Tier) -> &'t str,
    ) -> Option<u16> {
        self.words.iter().enumerate().try_fold(0u16, |sum, (place, word)| {
            let worth = at(place).and_then(|known| word.worth(known, &parts));
            match (worth, word.is_unwanted) {
                (Some(worth), false) => Some(sum.saturating_add(worth)),
                (None, true) => Some(sum),
                (None, false) | (Some(_), true) => None,
            }
        })
    }
}

impl Sought {
    /// What the word is worth at the best place where it stands, or a synonym.
    fn worth<'t>(&self, known: Possible, parts: impl Fn(Tier) -> &'t str) -> Option<u16> {
        if let Some(tier) = known.best_for_sure() {
            return Some(tier.worth(true)); // as nearly always
        }
        Tier::ALL.into_iter().find_map(|tier| {
            let has = |word: &Finder<'_>| word.find(parts(tier).as_bytes()).is_some();
            if known.exact.is_in(tier, || has(&self.exact)) {
                return Some(tier.worth(true));
            }
            known.others.is_in(tier, || self.others.iter().any(has)).then(|| tier.worth(false))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn is_worth(q: &str, title: &str, description: &str, expected: Option<u16>) {
        let (title, description) = (super::super::fold([title]), super::super::fold([description]));
        let part = |tier| match tier {
            Tier::Title => title.as_str(),
            Tier::Description => &description,
            _ => "",
        };
        let worth = Held::of(&Question::read(q)).worth(|_| Some(Possible::ANYWHERE), part);
        assert_eq!(worth, expected, "{q}");
    }

    #[test]
    fn a_word_counts_where_it_stands_best_and_all_must_stand() {
        let (title, words) = (Tier::Title.worth(true), Tier::Description.worth(true));
        is_worth("公園", "公園一覧", "公園の一覧", Some(title));
        is_worth("公園 一覧", "公園", "公園の一覧", Some(title + words));
        is_worth("公園 川", "公園一覧", "", None);
        is_worth("-公園", "学校一覧", "", Some(0));
        is_worth("一覧 -公園", "公園一覧", "", None);
    }

    #[test]
    fn a_synonym_counts_less_than_the_word_and_more_than_a_lower_place() {
        is_worth("保育所", "保育園", "保育所", Some(Tier::Title.worth(false)));
        assert!(Tier::Title.worth(false) < Tier::Title.worth(true));
        assert!(Tier::Title.worth(false) > Tier::Keywords.worth(true));
    }
}
