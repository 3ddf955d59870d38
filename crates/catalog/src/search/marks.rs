//! A folded document cut into pairs of letters, as they are kept in memory ([`super::postings`]).

use super::tier::Tier;
use super::{LETTERS_MAX, grams};

/// A letter and the one behind it, or [`END`].
pub(crate) type Pair = (char, char);

/// What stands behind the last letter of a text.
const END: char = '\n';

/// A pair of a document: the parts ([`Tier`], one bit each) in which it stands, and those in which its second letter never
/// stands behind another than its first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mark {
    pub(super) pair: Pair,
    pub(super) parts: u8,
    pub(super) tied: u8,
}

/// The pairs of a document whose folded parts `part` gives, sorted: of the first [`LETTERS_MAX`] letters, as the databases'
/// indexes have them.
pub(crate) fn marks<'t>(part: impl Fn(Tier) -> &'t str) -> Vec<Mark> {
    let mut left = LETTERS_MAX;
    let mut marks: Vec<Mark> = Vec::new();
    for tier in Tier::ALL {
        let text: Vec<char> = part(tier).chars().take(left).collect();
        if !text.is_empty() {
            left = left.saturating_sub(text.len() + 1); // and what stands between two parts
        }
        let mut sorted = text.clone();
        sorted.sort_unstable();
        let count = |letter: char| {
            sorted.partition_point(|other| *other <= letter) - sorted.partition_point(|other| *other < letter)
        };
        let segments = text.split(|letter| *letter == END);
        let pairs = |text| grams::pairs(text).chain(text.last().map(|last| (*last, END)));
        let mut pairs: Vec<Pair> = segments.flat_map(pairs).collect();
        pairs.sort_unstable();
        let bit = 1 << tier as u8;
        marks.extend(pairs.chunk_by(|one, next| one == next).filter_map(|same| {
            let pair = *same.first()?;
            Some(Mark { pair, parts: bit, tied: bit * u8::from(same.len() == count(pair.1)) })
        }));
    }
    marks.sort_unstable();
    marks.dedup_by(|next, kept| {
        let is_same = next.pair == kept.pair;
        if is_same {
            *kept = Mark { pair: kept.pair, parts: kept.parts | next.parts, tied: kept.tied | next.tied };
        }
        is_same
    });
    marks
}
