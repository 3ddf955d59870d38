//! What one letter is searched as: the table of old and variant letters, and what Unicode says.
//!
//! The letters of the Basic Multilingual Plane that need no look at their neighbours stand in one array, so that folding
//! a text costs one look per letter.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;
use unicode_normalization::char::{canonical_combining_class, decompose_compatible};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// `tables/letters.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[cfg_attr(not(test), allow(dead_code, reason = "a test holds it to the edition of the index"))]
    edition: String,
    kyujitai: String,
    variants: String,
    marks: String,
}

impl Written {
    fn read() -> Written {
        toml::from_str(include_str!("../../tables/letters.toml")).expect("a test reads the table")
    }

    /// The pairs: what stands in a text, and what it is searched as.
    fn pairs(&self) -> impl Iterator<Item = (char, char)> {
        let words =
            [&self.kyujitai, &self.variants, &self.marks].into_iter().flat_map(|one| one.split_whitespace());
        words.filter_map(|pair| {
            let mut letters = pair.chars();
            letters.next().zip(letters.next())
        })
    }
}

/// What stands in a text, and the letter that it is searched as.
static PAIRS: LazyLock<HashMap<char, char>> = LazyLock::new(|| Written::read().pairs().collect());

/// What becomes of a letter by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Alone {
    /// This letter; a blank for blanks and control characters.
    Letter(char),
    /// Nothing: it is not seen, and joins nothing.
    Nothing,
    /// It depends on its neighbours, or becomes several.
    Depends,
}

/// The marks of [`TABLE`]; no folded letter is one of them, as control characters become blanks.
const DEPENDS: u16 = 0;
const NOTHING: u16 = 1;

static TABLE: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let of = |code: u32| match char::from_u32(code).map(worked_out) {
        Some(Alone::Letter(letter)) => u16::try_from(u32::from(letter)).unwrap_or(DEPENDS),
        Some(Alone::Nothing) => NOTHING,
        Some(Alone::Depends) | None => DEPENDS,
    };
    (0..=0xFFFF).map(of).collect()
});

/// What becomes of `letter`.
pub(super) fn alone(letter: char) -> Alone {
    match TABLE.get(letter as usize) {
        Some(&DEPENDS) => Alone::Depends,
        Some(&NOTHING) => Alone::Nothing,
        Some(&code) => char::from_u32(u32::from(code)).map_or(Alone::Depends, Alone::Letter),
        None if is_unseen(letter) => Alone::Nothing,
        None => Alone::Depends,
    }
}

fn worked_out(letter: char) -> Alone {
    if is_unseen(letter) {
        return Alone::Nothing;
    }
    if letter.is_control() {
        return Alone::Letter(' ');
    }
    if !begins(letter) {
        return Alone::Depends;
    }
    let mut folded = std::iter::once(letter).nfkc().flat_map(searched_as);
    match (folded.next(), folded.next()) {
        (Some(one), None) if one <= '\u{FFFF}' && is_nfc_quick(std::iter::once(one)) == IsNormalized::Yes => {
            Alone::Letter(one)
        }
        _ => Alone::Depends,
    }
}

/// Whether nothing before `letter` can join it: what stands from it on is folded by itself.
pub(super) fn begins(letter: char) -> bool {
    let mut first = None;
    decompose_compatible(letter, |part| {
        first.get_or_insert(part);
    });
    let first = first.unwrap_or(letter);
    canonical_combining_class(first) == 0 && is_nfc_quick(std::iter::once(first)) == IsNormalized::Yes
}

/// A letter in NFKC as it is searched: lower case, katakana as hiragana, old letters as new ones, every dash as `-`.
///
/// A long-vowel mark stays; what it counts for its neighbours say ([`super::long_vowels`]).
pub(super) fn searched_as(letter: char) -> impl Iterator<Item = char> {
    let letter = PAIRS.get(&letter).copied().unwrap_or(letter);
    letter.to_lowercase().map(|letter| match letter {
        // 松ヶ丘 and 松ケ丘 are one place.
        'ヵ' | 'ゕ' => 'か',
        'ヶ' | 'ゖ' => 'け',
        'ァ'..='ヴ' | 'ヽ' | 'ヾ' => char::from_u32(u32::from(letter) - 0x60).unwrap_or(letter),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2500}' | '\u{2501}' => '-',
        _ if letter.is_whitespace() || letter.is_control() => ' ',
        _ => letter,
    })
}

/// Whether `letter` is one that nobody sees: joiners, direction marks, variation selectors, the mark of a byte order.
///
/// Rule: Unicode's Default_Ignorable_Code_Point, <https://www.unicode.org/reports/tr44/>.
fn is_unseen(letter: char) -> bool {
    matches!(
        letter,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFF8}' | '\u{1BCA0}'..='\u{1BCA3}'
            | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_reads_and_leads_nowhere_twice() {
        let written = Written::read();
        let mut seen = HashMap::new();
        for (from, to) in written.pairs() {
            assert_eq!(seen.insert(from, to), None, "{from} stands twice");
            assert_eq!(from.nfkc().collect::<String>(), from.to_string(), "{from} is not met after NFKC");
            assert_eq!(to.nfkc().collect::<String>(), to.to_string(), "{to} is no letter of NFKC");
        }
        for to in seen.values() {
            assert!(!seen.contains_key(to), "{to} is led on");
        }
        for words in [&written.kyujitai, &written.variants, &written.marks] {
            assert!(words.split_whitespace().all(|pair| pair.chars().count() == 2), "{words}");
        }
    }

    #[test]
    fn a_changed_table_of_letters_asks_for_another_edition_of_the_index() {
        assert_eq!((Written::read().edition.as_str(), super::super::EDITION), ("2026-11-26", 1));
    }

    #[test]
    fn every_letter_by_itself_is_what_it_was_worked_out_to_be() {
        for letter in ('\u{0}'..='\u{FFFF}').step_by(7).chain('あ'..='ヿ').chain('\u{0}'..='\u{FF}') {
            assert_eq!(alone(letter), worked_out(letter), "{letter:?}");
        }
    }
}
