//! The words of what is open to everybody: titles, keywords, names of columns. For suggestions as one types, and for what
//! a word that finds nothing may have been meant as.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::{Bound, Range};
use std::sync::Arc;

use super::fold;

/// Words that are looked at for one suggestion.
const LOOKED_AT_MAX: usize = 2_000;
/// Letters of a word that is kept; longer ones are no words that anybody types.
const LETTERS_MAX: usize = 60;

/// Neighbouring parts of a text that make a word together.
const PARTS_MAX: usize = 3;

/// Words, each with the number of documents that have it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Vocabulary {
    words: BTreeMap<Arc<str>, Entry>,
    /// The words in which a letter stands.
    by_letter: HashMap<char, HashSet<Arc<str>>>,
}

#[derive(Debug, Clone)]
struct Entry {
    /// As it was written first.
    shown: String,
    uses: u32,
}

/// A suggestion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The word, as somebody wrote it.
    pub text: String,
    /// How many documents have it.
    pub uses: u32,
}

/// The words that a title, a keyword or the name of a column holds: the whole of it, its parts where the letters change
/// their kind, and up to [`PARTS_MAX`] neighbouring parts together.
pub(crate) fn words_in(text: &str) -> Vec<&str> {
    let parts = parts_of(text);
    let mut words = vec![text.trim()];
    for (place, first) in parts.iter().enumerate() {
        let mut end = first.start;
        for part in parts.iter().skip(place).take(PARTS_MAX) {
            if part.start != end {
                break;
            }
            end = part.end;
            words.extend(text.get(first.start..end));
        }
    }
    let mut seen = HashSet::new();
    words.retain(|word| {
        word.chars().nth(1).is_some() && word.chars().nth(LETTERS_MAX).is_none() && seen.insert(*word)
    });
    words
}

/// The parts of `text` whose letters are of one kind, without signs and blanks.
fn parts_of(text: &str) -> Vec<Range<usize>> {
    let mut parts: Vec<(Range<usize>, Kind)> = Vec::new();
    for (at, letter) in text.char_indices() {
        let end = at + letter.len_utf8();
        match parts.last_mut() {
            // A long-vowel mark goes on with whatever is before it.
            Some((part, kind)) if letter == 'ー' || Kind::of(letter) == *kind => part.end = end,
            _ => parts.push((at..end, Kind::of(letter))),
        }
    }
    parts.into_iter().filter(|(_, kind)| *kind != Kind::Other).map(|(part, _)| part).collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Kanji,
    Hiragana,
    Katakana,
    Latin,
    Other,
}

impl Kind {
    fn of(letter: char) -> Kind {
        match letter {
            '々' | '〆' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' => {
                Kind::Kanji
            }
            'ぁ'..='ゟ' => Kind::Hiragana,
            'ァ'..='ヺ' | 'ヽ' | 'ヾ' | 'ｦ'..='ﾟ' => Kind::Katakana,
            _ if letter.is_alphanumeric() => Kind::Latin,
            _ => Kind::Other,
        }
    }
}

impl Vocabulary {
    /// Counts a word once more.
    pub(crate) fn add(&mut self, word: &str) {
        let folded = fold([word]);
        if folded.is_empty() {
            return;
        }
        if let Some(entry) = self.words.get_mut(folded.as_str()) {
            entry.uses += 1;
            return;
        }
        let folded: Arc<str> = folded.into();
        for letter in folded.chars() {
            self.by_letter.entry(letter).or_default().insert(Arc::clone(&folded));
        }
        let entry = Entry { shown: word.to_owned(), uses: 1 };
        self.words.insert(folded, entry);
    }

    /// Counts a word once less.
    pub(crate) fn remove(&mut self, word: &str) {
        let folded = fold([word]);
        let Some(entry) = self.words.get_mut(folded.as_str()) else { return };
        entry.uses = entry.uses.saturating_sub(1);
        if entry.uses > 0 {
            return;
        }
        self.words.remove(folded.as_str());
        for letter in folded.chars() {
            if let Some(words) = self.by_letter.get_mut(&letter) {
                words.remove(folded.as_str());
                if words.is_empty() {
                    self.by_letter.remove(&letter);
                }
            }
        }
    }

    /// The words that begin like `typed`, the most used first, then the shortest; at most `most`.
    pub(crate) fn beginning(&self, typed: &str, most: usize) -> Vec<Suggestion> {
        let typed = fold([typed]);
        if typed.is_empty() {
            return Vec::new();
        }
        let from = (Bound::Included(typed.as_str()), Bound::Unbounded);
        let mut found: Vec<(&Arc<str>, &Entry)> = self
            .words
            .range::<str, _>(from)
            .take_while(|(word, _)| word.starts_with(typed.as_str()))
            .take(LOOKED_AT_MAX)
            .collect();
        found.sort_by_key(|(word, entry)| (Reverse(entry.uses), word.len(), *word));
        found
            .into_iter()
            .take(most)
            .map(|(_, entry)| Suggestion { text: entry.shown.clone(), uses: entry.uses })
            .collect()
    }

    /// The word that is nearest to the folded `word` and not the same: few letters differ, and something is shared.
    pub(crate) fn nearest(&self, word: &str) -> Option<&str> {
        let letters: Vec<char> = word.chars().collect();
        let allowed = match letters.len() {
            0 | 1 => return None,
            2..=4 => 1,
            5..=8 => 2,
            _ => 3,
        };
        let width = if letters.len() <= 4 { 1 } else { 2 };
        let shared: HashSet<&[char]> = letters.windows(width).collect();
        let mut best: Option<(usize, Reverse<u32>, &str, &Entry)> = None;
        for other in self.with_most_letters_of(&letters, allowed) {
            let Some(entry) = self.words.get(other).filter(|_| other != word) else { continue };
            let of_other: Vec<char> = other.chars().collect();
            if !of_other.windows(width).any(|pair| shared.contains(pair)) {
                continue;
            }
            let distance = strsim::generic_damerau_levenshtein(&letters, &of_other);
            let rank = (distance, Reverse(entry.uses), other, entry);
            if distance <= allowed
                && best.as_ref().is_none_or(|best| (rank.0, rank.1, rank.2) < (best.0, best.1, best.2))
            {
                best = Some(rank);
            }
        }
        best.map(|(.., entry)| entry.shown.as_str())
    }

    /// The words, each once, that are about as long as these letters and may lack no more than `allowed` of them, if any at all.
    ///
    /// Such a word has at least one of any `allowed + 1` of them, so the rarest are enough.
    fn with_most_letters_of(&self, letters: &[char], allowed: usize) -> BTreeSet<&str> {
        let (least, most) = (letters.len().saturating_sub(allowed), letters.len() + allowed);
        // Their bytes tell of most words that they are too long, without a look at them.
        let is_about_as_long = |word: &&str| {
            word.len() <= most * char::MAX.len_utf8() && (least..=most).contains(&word.chars().count())
        };
        let letters: BTreeSet<char> = letters.iter().copied().collect();
        let mut words: Vec<Option<&HashSet<_>>> =
            letters.iter().map(|letter| self.by_letter.get(letter)).collect();
        words.sort_by_key(|words| words.map_or(0, HashSet::len));
        let words = words.into_iter().take(allowed + 1).flatten().flatten();
        words.map(|word| &**word).filter(is_about_as_long).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Looking only among the words with rare letters finds what looking through all of them does.
        #[test]
        fn no_nearer_word_is_passed_over(
            words in prop::collection::vec("[ア-オ]{2,9}", 0..30),
            gone in prop::collection::vec(any::<prop::sample::Index>(), 0..5),
            word in "[ア-オ]{2,9}",
        ) {
            let mut vocabulary = Vocabulary::default();
            words.iter().for_each(|word| vocabulary.add(word));
            for place in gone.iter().filter(|_| !words.is_empty()) {
                vocabulary.remove(place.get(&words).as_str());
            }
            let letters = |word: &str| word.chars().collect::<Vec<char>>();
            let (asked, width) = (letters(&fold([word.as_str()])), if word.chars().count() <= 4 { 1 } else { 2 });
            let allowed = match asked.len() {
                ..=4 => 1,
                5..=8 => 2,
                _ => 3,
            };
            let all = vocabulary.words.iter().filter(|(other, _)| ***other != *fold([word.as_str()]));
            let near = all.filter_map(|(other, entry)| {
                let of_other = letters(other);
                let shares = of_other.windows(width).any(|pair| asked.windows(width).any(|own| own == pair));
                let distance = strsim::generic_damerau_levenshtein(&asked, &of_other);
                (shares && distance <= allowed).then_some((distance, Reverse(entry.uses), other, entry))
            });
            let nearest = near.min_by_key(|(distance, uses, other, _)| (*distance, *uses, Arc::clone(other)));
            prop_assert_eq!(vocabulary.nearest(&fold([word.as_str()])), nearest.map(|(.., entry)| entry.shown.as_str()));
        }
    }

    fn vocabulary(words: &[&str]) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        words.iter().flat_map(|text| words_in(text)).for_each(|word| vocabulary.add(word));
        vocabulary
    }

    #[test]
    fn a_title_holds_its_parts() {
        let title = "【見本】公衆トイレ一覧";
        let parts = [title, "見本", "公衆", "公衆トイレ", "公衆トイレ一覧", "トイレ", "トイレ一覧", "一覧"];
        assert_eq!(words_in(title), parts);
        assert_eq!(words_in("サーバー室"), ["サーバー室", "サーバー"]);
        assert_eq!(words_in("避難・給水"), ["避難・給水", "避難", "給水"]);
        assert_eq!(words_in("AED"), ["AED"]);
        assert!(words_in("橋").is_empty());
    }

    #[test]
    fn what_is_typed_so_far_is_completed() {
        let vocabulary = vocabulary(&["避難所", "避難場所一覧", "避難所", "公園"]);
        let found: Vec<_> = vocabulary.beginning("避", 10).into_iter().map(|it| (it.text, it.uses)).collect();
        assert_eq!(found, [("避難所".to_owned(), 2), ("避難場所一覧".to_owned(), 1)]);
        assert_eq!(vocabulary.beginning("ﾄ", 10), []);
        assert_eq!(vocabulary.beginning(" ", 10), []);
        assert_eq!(vocabulary.beginning("避", 1).len(), 1);
    }

    #[test]
    fn a_word_that_is_gone_is_suggested_no_more() {
        let mut vocabulary = vocabulary(&["避難所", "避難所"]);
        vocabulary.remove("避難所");
        assert_eq!(vocabulary.beginning("避難", 10).len(), 1);
        vocabulary.remove("避難所");
        assert_eq!(vocabulary.beginning("避難", 10), []);
        assert_eq!(vocabulary.nearest("避灘所"), None);
    }

    #[test]
    fn a_misspelt_word_leads_to_the_nearest() {
        let vocabulary = vocabulary(&["避難所", "公衆トイレ", "図書館", "公園", "AED設置箇所"]);
        let nearest = |word: &str| vocabulary.nearest(&fold([word])).map(str::to_owned);
        assert_eq!(nearest("避灘所").as_deref(), Some("避難所"));
        assert_eq!(nearest("避難書").as_deref(), Some("避難所"));
        assert_eq!(nearest("トイル").as_deref(), Some("トイレ"));
        assert_eq!(nearest("公衆トレイ").as_deref(), Some("公衆トイレ"));
        assert_eq!(nearest("公演").as_deref(), Some("公園"));
        assert_eq!(nearest("x"), None);
        assert_eq!(nearest("まったく違う"), None);
    }
}
