//! How much of what was found a report lists: so many of one code, so many in all, so many bytes.

use crate::finding::Finding;
use crate::report::{Question, Repair};
use crate::text::Text;

/// Of one code, this many are listed.
const LISTED_OF_CODE_MAX: usize = 100;
/// Of all codes together, this many are listed.
const LISTED_MAX: usize = 1_000;

/// The first of each code, until there are enough.
pub(super) struct Listing<T> {
    listed: Vec<T>,
    of_code: Vec<usize>,
    /// Whether there were more than were taken.
    pub truncated: bool,
}

/// Something that a report lists.
pub(super) trait Listed {
    /// About how many bytes of JSON it takes, in both languages and at most.
    fn json_bytes(&self) -> usize;
}

impl<T> Default for Listing<T> {
    fn default() -> Listing<T> {
        Listing { listed: Vec::new(), of_code: Vec::new(), truncated: false }
    }
}

impl<T: Listed> Listing<T> {
    /// Whether another one of the code numbered `code` is listed; it then counts as one.
    pub fn takes(&mut self, code: usize) -> bool {
        if self.of_code.len() <= code {
            self.of_code.resize(code + 1, 0);
        }
        match self.of_code.get_mut(code) {
            Some(listed) if *listed < LISTED_OF_CODE_MAX => {
                *listed += 1;
                true
            }
            _ => {
                self.truncated = true;
                false
            }
        }
    }

    pub fn push(&mut self, one: T) {
        self.listed.push(one);
    }

    /// The bytes of all that may be listed.
    pub fn bytes(&self) -> usize {
        self.listed.iter().take(LISTED_MAX).map(Listed::json_bytes).sum()
    }

    /// Those that fit into `bytes_max`, the first ones by `order`, and the bytes they take.
    pub fn fit<K: Ord>(&mut self, bytes_max: usize, order: impl Fn(&T) -> K) -> (Vec<T>, usize) {
        self.listed.sort_by_key(order);
        let mut bytes = 0;
        let fit = self.listed.iter().take(LISTED_MAX).take_while(|one| {
            let more = bytes + one.json_bytes();
            let fits = more <= bytes_max;
            bytes = if fits { more } else { bytes };
            fits
        });
        let fit = fit.count();
        self.truncated |= fit < self.listed.len();
        self.listed.truncate(fit);
        (std::mem::take(&mut self.listed), bytes)
    }
}

impl Listed for Finding {
    fn json_bytes(&self) -> usize {
        let Finding { field, value, message, hint, proposal, .. } = self;
        let texts = [field.as_deref().unwrap_or_default(), value, proposal.as_deref().unwrap_or_default()];
        of_texts(&texts) + of_both(message) + of_both(hint) + KEYS_AND_NUMBERS
    }
}

impl Listed for Repair {
    fn json_bytes(&self) -> usize {
        let Repair { field, before, after, reason, .. } = self;
        of_texts(&[field.as_deref().unwrap_or_default(), before, after]) + of_both(reason) + KEYS_AND_NUMBERS
    }
}

impl Listed for Question {
    fn json_bytes(&self) -> usize {
        const ROW: usize = 21;
        let Question { id, field, rows, ask, choices, answer, .. } = self;
        let texts = [id, field.as_deref().unwrap_or_default(), answer.as_deref().unwrap_or_default()];
        let choices: usize = choices.iter().map(of_both).sum();
        of_texts(&texts) + rows.len() * ROW + of_both(ask) + choices + KEYS_AND_NUMBERS
    }
}

const KEYS_AND_NUMBERS: usize = 250;

fn of_both(text: &Text) -> usize {
    of_texts(&[&text.ja, &text.en])
}

fn of_texts(texts: &[&str]) -> usize {
    texts.iter().flat_map(|text| text.bytes()).map(escaped_bytes).sum()
}

fn escaped_bytes(byte: u8) -> usize {
    match byte {
        0..=0x1f => r"\u0000".len(),
        b'"' | b'\\' => 2,
        _ => 1,
    }
}
