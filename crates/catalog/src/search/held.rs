//! A question held against the folded parts of a document: whether it has every word, and what that is worth.

use memchr::memmem::Finder;

use super::question::{Question, Word};
use super::tier::Tier;

/// The words that must stand there, ready to be looked for.
pub(crate) struct Held {
    words: Vec<Sought>,
}

struct Sought {
    exact: Finder<'static>,
    others: Vec<Finder<'static>>,
}

impl Held {
    /// The words of `question` that must stand there.
    pub(crate) fn of(question: &Question) -> Held {
        let finder = |word: &str| Finder::new(word.as_bytes()).into_owned();
        let sought = |word: &Word| Sought {
            exact: finder(&word.exact),
            others: word.others.iter().map(|other| finder(other)).collect(),
        };
        Held { words: question.words().map(sought).collect() }
    }

    /// What the words are worth in a document of these folded parts; `None` where one of them stands nowhere.
    pub(crate) fn worth<'t>(&self, parts: impl Fn(Tier) -> &'t str) -> Option<u16> {
        self.words.iter().try_fold(0u16, |sum, word| Some(sum.saturating_add(word.worth(&parts)?)))
    }
}

impl Sought {
    /// What the word is worth at the best place where it stands, or a synonym.
    fn worth<'t>(&self, parts: impl Fn(Tier) -> &'t str) -> Option<u16> {
        Tier::ALL.into_iter().find_map(|tier| {
            let part = parts(tier).as_bytes();
            if self.exact.find(part).is_some() {
                return Some(tier.worth(true));
            }
            self.others.iter().any(|other| other.find(part).is_some()).then(|| tier.worth(false))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn is_worth(q: &str, title: &str, description: &str, expected: Option<u16>) {
        let (title, description) = (super::super::fold([title]), super::super::fold([description]));
        let worth = Held::of(&Question::read(q)).worth(|tier| match tier {
            Tier::Title => &title,
            Tier::Description => &description,
            _ => "",
        });
        assert_eq!(worth, expected, "{q}");
    }

    #[test]
    fn a_word_counts_where_it_stands_best_and_all_must_stand() {
        let (title, words) = (Tier::Title.worth(true), Tier::Description.worth(true));
        is_worth("公園", "公園一覧", "公園の一覧", Some(title));
        is_worth("公園 一覧", "公園", "公園の一覧", Some(title + words));
        is_worth("公園 川", "公園一覧", "", None);
        is_worth("-公園", "公園一覧", "", Some(0));
    }

    #[test]
    fn a_synonym_counts_less_than_the_word_and_more_than_a_lower_place() {
        is_worth("保育所", "保育園", "保育所", Some(Tier::Title.worth(false)));
        assert!(Tier::Title.worth(false) < Tier::Title.worth(true));
        assert!(Tier::Title.worth(false) > Tier::Keywords.worth(true));
    }
}
