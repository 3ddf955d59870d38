//! Runs of long-vowel marks and dashes, settled by what stands around them; and blanks, of which one is left.
//!
//! People write サーバー and サーバ, コ―ヒ―, 1ー2: `ー` for a dash, a dash for `ー`. Between kana a run is one long vowel; at the end
//! of kana the long vowel is left out, as JIS Z 8301 leaves it out of サーバ; elsewhere every mark is a dash.

use super::letters::begins;

/// A long-vowel mark.
const LONG: char = 'ー';

/// Takes letters one by one and gives what is searched: each letter with the part of the text that it stands for.
pub(super) struct Settling<G> {
    give: G,
    /// The last letter that was given.
    last: Option<char>,
    blank: Option<Span>,
    run: Vec<(char, Span)>,
}

/// Where a letter stands in the text: its first byte, and the one behind its last.
pub(super) type Span = (usize, usize);

/// What is given.
pub(super) enum Given {
    /// A letter.
    Letter(char, Span),
    /// The letter before stands for everything up to here.
    Longer(usize),
}

impl<G: FnMut(Given)> Settling<G> {
    pub(super) fn new(give: G) -> Settling<G> {
        Settling { give, last: None, blank: None, run: Vec::new() }
    }

    /// Takes the next letter.
    #[inline]
    pub(super) fn take(&mut self, letter: char, at: Span) {
        match letter {
            ' ' => {
                self.settle(None);
                if self.last.is_some() && self.blank.is_none() {
                    self.blank = Some(at);
                }
            }
            '-' | LONG => {
                self.give_blank();
                self.run.push((letter, at));
            }
            _ => {
                if !self.run.is_empty() {
                    self.settle(Some(letter));
                }
                self.give_blank();
                self.give_letter(letter, at);
            }
        }
    }

    /// Says that there is no further letter. A blank at the end is none.
    pub(super) fn end(mut self) {
        self.settle(None);
    }

    fn give_letter(&mut self, letter: char, at: Span) {
        self.last = Some(letter);
        (self.give)(Given::Letter(letter, at));
    }

    fn give_blank(&mut self) {
        if let Some(at) = self.blank.take() {
            self.give_letter(' ', at);
        }
    }

    /// Gives the run that ends before `next`.
    fn settle(&mut self, next: Option<char>) {
        if self.run.is_empty() {
            return;
        }
        let run = std::mem::take(&mut self.run);
        // What would join the letter before, were the run left out, is kept from it.
        let joins = next.is_some_and(|next| !begins(next));
        let (after_kana, before_kana) = (self.last.is_some_and(is_kana) && !joins, next.is_some_and(is_kana));
        if after_kana && before_kana {
            if let (Some((_, (start, _))), Some((_, (_, end)))) = (run.first(), run.last()) {
                self.give_letter(LONG, (*start, *end));
            }
            return;
        }
        for (mark, at) in run {
            if mark == LONG && after_kana {
                (self.give)(Given::Longer(at.1));
            } else {
                self.give_letter('-', at);
            }
        }
    }
}

/// Whether `letter` is kana, once katakana has become hiragana.
fn is_kana(letter: char) -> bool {
    matches!(letter, 'ぁ'..='ゖ' | 'ゝ' | 'ゞ' | 'ヷ'..='ヺ')
}
