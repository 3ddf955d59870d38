//! A question as somebody types it: words of which all must stand there, `"…"` one phrase, `-` none of it.
//!
//! A quote or a minus that means nothing of that kind is a letter like others. Whatever is typed is a question; what is
//! too much of one is not looked at.

use super::{fold, synonyms};

/// Words of one question that are looked at.
const WORDS_MAX: usize = 20;
/// Letters of one word that are looked at.
const WORD_LETTERS_MAX: usize = 100;
/// Synonyms of one word that are looked for, too.
pub(super) const OTHERS_MAX: usize = 8;

/// What somebody looks for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Question {
    /// The words, the first 20 of them.
    pub wanted: Vec<Wanted>,
}

/// One word of a question.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Wanted {
    /// As it was typed.
    pub typed: String,
    /// The word or phrase, folded, and whatever means the same.
    pub word: Word,
    /// Whether it must stand nowhere.
    pub is_unwanted: bool,
}

/// A folded word or phrase with its synonyms.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Word {
    /// As it was asked for.
    pub exact: String,
    /// What means the same; none of a phrase.
    pub others: Vec<String>,
}

impl Word {
    /// The word that `text` is, with what means the same unless it is a phrase; `None` where nothing of it is searched.
    pub fn of(text: &str, is_phrase: bool) -> Option<Word> {
        let exact: String = fold([text]).chars().take(WORD_LETTERS_MAX).collect();
        let exact = exact.trim_end().to_owned();
        if exact.is_empty() {
            return None;
        }
        let others = match is_phrase {
            true => Vec::new(),
            false => synonyms::of(&exact).into_iter().take(OTHERS_MAX).map(str::to_owned).collect(),
        };
        Some(Word { exact, others })
    }

    /// The word as it was asked for, then what means the same.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.exact.as_str()).chain(self.others.iter().map(String::as_str))
    }
}

impl Question {
    /// Reads a question.
    pub fn read(text: &str) -> Question {
        let wanted = Typed { rest: text.trim_start() }.filter_map(Wanted::of).take(WORDS_MAX).collect();
        Question { wanted }
    }

    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.wanted.is_empty()
    }

    /// The words that must stand there.
    pub fn words(&self) -> impl Iterator<Item = &Word> {
        self.wanted.iter().filter(|wanted| !wanted.is_unwanted).map(|wanted| &wanted.word)
    }

    /// The words that must stand nowhere.
    pub fn unwanted(&self) -> impl Iterator<Item = &Word> {
        self.wanted.iter().filter(|wanted| wanted.is_unwanted).map(|wanted| &wanted.word)
    }

    /// Whether the folded `text` is what is asked for: the oracle of every index.
    pub fn holds_in(&self, text: &str) -> bool {
        let has = |word: &Word| word.all().any(|word| text.contains(word));
        self.words().all(has) && !self.unwanted().any(has)
    }
}

/// A piece of what was typed.
struct Piece<'a> {
    text: &'a str,
    is_phrase: bool,
    is_unwanted: bool,
}

impl Wanted {
    fn of(piece: Piece<'_>) -> Option<Wanted> {
        let word = Word::of(piece.text, piece.is_phrase)?;
        let typed = piece.text.chars().take(WORD_LETTERS_MAX).collect();
        Some(Wanted { typed, word, is_unwanted: piece.is_unwanted })
    }
}

/// Cuts what was typed into pieces.
struct Typed<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Typed<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        let is_unwanted = self.takes_sign(is_minus, |behind| behind.is_some_and(|next| !is_between(next)));
        let (text, is_phrase) = match self.takes_phrase() {
            Some(phrase) => (phrase, true),
            None => (self.takes_word(), false),
        };
        self.rest = self.rest.trim_start_matches(is_between);
        Some(Piece { text, is_phrase, is_unwanted })
    }
}

impl<'a> Typed<'a> {
    /// Takes a sign, where what stands behind it lets it be one.
    fn takes_sign(&mut self, is_sign: fn(char) -> bool, lets: fn(Option<char>) -> bool) -> bool {
        let mut letters = self.rest.chars();
        let is_one = letters.next().is_some_and(is_sign) && lets(letters.clone().next());
        if is_one {
            self.rest = letters.as_str();
        }
        is_one
    }

    /// Takes `"…"`, where something that can be looked for stands within.
    fn takes_phrase(&mut self) -> Option<&'a str> {
        let mut letters = self.rest.chars();
        if !letters.next().is_some_and(is_quote) {
            return None;
        }
        let (phrase, behind) = letters.as_str().split_once(is_quote)?;
        if fold([phrase]).is_empty() {
            return None;
        }
        self.rest = behind;
        Some(phrase)
    }

    fn takes_word(&mut self) -> &'a str {
        let (word, behind) = self.rest.split_at(self.rest.find(is_between).unwrap_or(self.rest.len()));
        self.rest = behind;
        word
    }
}

/// What stands between two words.
fn is_between(letter: char) -> bool {
    letter.is_whitespace() || letter.is_control()
}

fn is_quote(letter: char) -> bool {
    matches!(letter, '"' | '＂' | '“' | '”' | '„')
}

fn is_minus(letter: char) -> bool {
    matches!(letter, '-' | '－' | '−')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What is asked, written out: `-` before what is unwanted, phrases and words alike, `|` before synonyms.
    #[track_caller]
    fn asks(text: &str, expected: &[&str]) {
        let asked: Vec<String> = Question::read(text)
            .wanted
            .iter()
            .map(|wanted| {
                let sign = if wanted.is_unwanted { "-" } else { "" };
                format!("{sign}{}", wanted.word.all().collect::<Vec<_>>().join("|"))
            })
            .collect();
        assert_eq!(asked, expected, "{text}");
    }

    #[test]
    fn several_words_are_all_wanted() {
        asks("公園　山\u{0}港", &["公園", "山", "港"]);
        asks(" ", &[]);
    }

    #[test]
    fn quotes_make_a_phrase_and_a_minus_a_not() {
        asks("\"海 の 見える\" -＂山 道＂ －川", &["海 の 見える", "-山 道", "-川"]);
        asks("“海 辺”", &["海 辺"]);
    }

    #[test]
    fn a_sign_that_means_nothing_is_a_letter() {
        asks("\"", &["\""]);
        asks("\"\"", &["\"\""]);
        asks("\" \"", &["\"", "\""]);
        asks("12\"", &["12\""]);
        asks("\"海 辺", &["\"海", "辺"]);
        asks("-", &["-"]);
        asks("- 海", &["-", "海"]);
        asks("--海", &["--海"]);
        asks("Wi-Fi", &["wi-fi|wifi|無線lan|公衆無線lan"]);
    }

    #[test]
    fn a_word_is_widened_and_a_phrase_is_not() {
        asks("保育所", &["保育所|保育園"]);
        asks("\"保育所\"", &["保育所"]);
        asks("-AED", &["-aed|自動体外式除細動器"]);
    }

    #[test]
    fn a_question_has_an_end() {
        assert_eq!(Question::read(&"a ".repeat(5_000)).wanted.len(), WORDS_MAX);
        let long = Question::read(&"あ".repeat(5_000));
        assert_eq!(
            long.words().map(|word| word.exact.chars().count()).collect::<Vec<_>>(),
            [WORD_LETTERS_MAX]
        );
    }

    #[test]
    fn what_is_asked_is_held_against_a_text() {
        let asked = Question::read("保育所 -公園");
        assert!(asked.holds_in(&fold(["市立保育園一覧"])));
        assert!(!asked.holds_in(&fold(["保育所と公園"])));
        assert!(!asked.holds_in(&fold(["学校"])));
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_a_question(text in ".{0,60}", signs in "[\"“－\\- 　a海\u{0}]{0,20}") {
            for text in [text, signs] {
                for wanted in Question::read(&text).wanted {
                    for word in wanted.word.all() {
                        prop_assert!(!word.is_empty() && !word.contains('\n'));
                        prop_assert!(!word.starts_with(' ') && !word.ends_with(' '));
                    }
                }
            }
        }
    }
}
