//! 検索: what is looked for, what it is found in, and what comes first. Pure: no database, no clock.
//!
//! A text and a question are folded by one function ([`fold`]), so that letter width, case, kana, old letters and
//! long-vowel marks do not matter; a text is found where its folded form contains the folded word. [`grams`] cuts the folded
//! text for the databases' indexes, which narrow down what that containment is asked of. Keeping is
//! [`crate::store::search`]'s business, the act [`crate::finding`]'s.

mod asked;
mod cursor;
mod documents;
mod fold;
mod found;
pub(crate) mod grams;
mod held;
pub(crate) mod hits;
mod letters;
mod long_vowels;
mod marks;
mod postings;
mod question;
mod snippet;
mod synonyms;
mod tier;
mod vocabulary;
mod within;

pub use asked::{Kinds, Search};
pub(crate) use cursor::Last;
pub use cursor::Place;
pub use documents::{Document, DocumentKind, Facts, Shown};
pub(crate) use fold::pieces;
pub use fold::{Folded, fold};
pub use found::{Findings, Item, RowItem, Totals};
pub(crate) use held::Held;
pub(crate) use marks::{Mark, marks};
pub(crate) use postings::{Hit, NUMBER_END, Possible, Postings};
pub use question::{Question, Wanted, Word};
pub use snippet::{Part, snippet};
pub use tier::Tier;
pub use vocabulary::Suggestion;
pub(crate) use vocabulary::{Vocabulary, words_in};
pub use within::Within;

/// Grows when folding or cutting changes what a text is kept as: then every index is made anew.
///
/// The table of letters counts too; a test holds it to its edition.
pub(crate) const EDITION: i64 = 1;

/// Letters of one text that are searched; what stands behind them is not found.
///
/// PostgreSQL keeps at most 1 MB of grams of one text, so both databases stop here.
pub const LETTERS_MAX: usize = 30_000;
