//! Folding: a text as it is searched. NFKC, lower case, kana as hiragana, old letters as new ones, long vowels settled,
//! blanks and controls one blank, and what nobody sees left out.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::LETTERS_MAX;
use super::letters::{Alone, alone, begins, searched_as};
use super::long_vowels::{Given, Settling};

/// `texts` as they are searched, each on a line of its own: no word is found across two of them. Those that hold
/// nothing are left out.
///
/// Folding what is folded changes nothing.
pub fn fold<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut folded = String::new();
    for text in texts {
        let before = folded.len();
        if before > 0 {
            folded.push('\n');
        }
        let begun = folded.len();
        walk(text, |given| {
            if let Given::Letter(letter, _) = given {
                folded.push(letter);
            }
        });
        if folded.len() == begun {
            folded.truncate(before);
        }
    }
    folded
}

/// As [`fold`], but no more than the first [`LETTERS_MAX`] letters: what is kept in an index.
pub(crate) fn pieces<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut folded = fold(texts);
    if folded.len() > LETTERS_MAX
        && let Some((end, _)) = folded.char_indices().nth(LETTERS_MAX)
    {
        folded.truncate(end);
    }
    folded
}

/// A folded text that knows which part of the text each of its letters stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// Of each letter: where it begins in the folded text, and its part of the text that was folded.
    letters: Vec<(usize, Range<usize>)>,
}

impl Folded {
    /// Folds one text.
    pub fn of(text: &str) -> Folded {
        let mut folded = Folded { text: String::new(), letters: Vec::new() };
        walk(text, |given| match given {
            Given::Letter(letter, (start, end)) => {
                folded.letters.push((folded.text.len(), start..end));
                folded.text.push(letter);
            }
            Given::Longer(end) => {
                if let Some((_, part)) = folded.letters.last_mut() {
                    part.end = end;
                }
            }
        });
        folded
    }

    /// The parts of the text that was folded where `word`, which is folded too, stands; none overlaps another.
    pub fn places_of(&self, word: &str) -> Vec<Range<usize>> {
        if word.is_empty() {
            return Vec::new();
        }
        let part = |at: usize| {
            let first = self.letters.partition_point(|(start, _)| *start < at);
            let behind = self.letters.partition_point(|(start, _)| *start < at + word.len());
            let (_, first) = self.letters.get(first)?;
            let (_, last) = self.letters.get(behind.checked_sub(1)?)?;
            Some(first.start..last.end)
        };
        self.text.match_indices(word).filter_map(|(at, _)| part(at)).collect()
    }
}

/// Hands every letter of the folded `text` to `give`.
fn walk(text: &str, give: impl FnMut(Given)) {
    let mut settling = Settling::new(give);
    let mut rest = text.char_indices().filter(|(_, letter)| alone(*letter) != Alone::Nothing).peekable();
    let mut joined = String::new();
    while let Some((start, letter)) = rest.next() {
        let end = start + letter.len_utf8();
        let next = rest.peek().map(|(_, next)| alone(*next));
        if let (Alone::Letter(folded), None | Some(Alone::Letter(_))) = (alone(letter), next) {
            settling.take(folded, (start, end));
            continue;
        }
        // What joins the letter is folded with it.
        joined.clear();
        joined.push(letter);
        let mut end = end;
        while let Some((at, next)) = rest.next_if(|(_, next)| !begins(*next)) {
            end = at + next.len_utf8();
            joined.push(next);
        }
        let lower: String = joined.nfkc().flat_map(searched_as).collect();
        for folded in lower.nfkc().flat_map(searched_as) {
            settling.take(folded, (start, end));
        }
    }
    settling.end();
}

#[cfg(test)]
mod tests;
