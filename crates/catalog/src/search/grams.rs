//! A folded text cut for an index: each two neighbouring letters a gram, then each different letter by itself.
//!
//! ```text
//! 避難 所   →   避難 難␣ ␣所 ·  避 難 所          (· behind a text, ␣ a blank)
//! ```
//!
//! A word of several letters stands where its grams stand one behind the other; a word of one letter where that
//! letter was met at all. Grams are written in digits and small letters alone, four for each letter of Unicode, so that no
//! tokenizer of a database reads anything into them, and nothing that a stranger sends is syntax.

use std::collections::BTreeSet;

/// What stands between two texts: no letter is written like this.
const GAP: &str = "0";

const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// Everything that `folded` is found by, in order and with a blank between.
pub(crate) fn of_text(folded: &str) -> String {
    let mut grams = String::with_capacity(folded.len() * 4);
    for text in folded.split('\n') {
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            match letters.peek() {
                Some(next) => push_pair(&mut grams, letter, *next),
                None => grams.push_str(GAP),
            }
            grams.push(' ');
        }
    }
    for letter in letters_of(folded) {
        push(&mut grams, letter);
        grams.push(' ');
    }
    grams.pop();
    grams
}

/// Everything that `folded` is found by, once each and in no order that means anything.
pub(crate) fn set_of_text(folded: &str) -> BTreeSet<String> {
    of_text(folded).split(' ').filter(|gram| *gram != GAP && !gram.is_empty()).map(str::to_owned).collect()
}

/// The grams of one folded word, in order: one for a single letter, else one for each two neighbours.
pub(crate) fn of_word(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    if let [only] = letters[..] {
        let mut gram = String::new();
        push(&mut gram, only);
        return vec![gram];
    }
    pairs(&letters)
        .map(|(one, other)| {
            let mut gram = String::new();
            push_pair(&mut gram, one, other);
            gram
        })
        .collect()
}

/// Each letter and the one behind it.
pub(super) fn pairs(letters: &[char]) -> impl Iterator<Item = (char, char)> {
    letters.windows(2).filter_map(|pair| match pair {
        [one, other] => Some((*one, *other)),
        _ => None,
    })
}

fn letters_of(folded: &str) -> BTreeSet<char> {
    folded.chars().filter(|letter| !matches!(letter, ' ' | '\n')).collect()
}

fn push_pair(grams: &mut String, one: char, other: char) {
    push(grams, one);
    push(grams, other);
}

fn push(grams: &mut String, letter: char) {
    let mut code = u32::from(letter) as usize;
    let mut written = [b'0'; 4];
    for place in written.iter_mut().rev() {
        *place = DIGITS.get(code % 36).copied().unwrap_or(b'0');
        code /= 36;
    }
    grams.extend(written.map(char::from));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::search::fold;

    /// As an index of phrases finds it: the grams of the word one behind the other among those of the text.
    fn is_found(word: &str, text: &str) -> bool {
        let (word, text) = (of_word(word), of_text(text));
        let text: Vec<&str> = text.split(' ').collect();
        text.windows(word.len()).any(|some| some == word)
    }

    #[track_caller]
    fn finds(word: &str, texts: &[&str], expected: bool) {
        let (word, text) = (fold([word]), fold(texts.iter().copied()));
        assert_eq!(is_found(&word, &text), expected, "{word} in {text}");
        assert_eq!(text.contains(&word), expected, "the oracle: {word} in {text}");
    }

    #[test]
    fn words_of_one_and_two_letters_are_found() {
        finds("橋", &["橋"], true);
        finds("橋", &["北上川の橋梁"], true);
        finds("避難", &["一時避難"], true);
        finds("避難所", &["避難", "所"], false);
        finds("難場", &["避難 場所"], false);
        finds("避難 場", &["避難 場所"], true);
    }

    #[test]
    fn every_letter_of_unicode_has_a_gram_of_its_own() {
        let mut seen = BTreeSet::new();
        for letter in ['\u{1}', 'a', 'あ', '石', '\u{FFFF}', '𠮷', '\u{10FFFF}', '-', '"', '\''] {
            let gram = of_word(&letter.to_string()).concat();
            assert!(gram.len() == 4 && gram.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{gram}");
            assert!(seen.insert(gram), "{letter:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn a_text_is_found_by_its_grams_exactly_where_it_contains_the_word(
            texts in prop::collection::vec("[abあい避 -]{0,8}", 1..4),
            word in "[abあい避 -]{1,4}",
        ) {
            let (word, text) = (fold([&*word]), fold(texts.iter().map(String::as_str)));
            prop_assume!(!word.is_empty());
            prop_assert_eq!(is_found(&word, &text), text.contains(&word), "{} in {}", word, text);
            if word.chars().count() <= 2 && !word.contains(' ') {
                let set = set_of_text(&text);
                prop_assert_eq!(of_word(&word).iter().all(|gram| set.contains(gram)), text.contains(&word));
            }
        }
    }
}
