//! Finds where in a row something stands, without looking at each cell: all bytes of the row are passed over once, many
//! at a time.
//!
//! What is looked for is the caller's business: [`crate::reading::records`], [`crate::signs`], [`crate::readability`].

use fearless_simd::prelude::*;
use fearless_simd::{Level, Simd, dispatch, mask8x64, u8x64};

/// So many bytes are looked at together.
const STRETCH: usize = 64;
/// With those that follow them.
const WINDOW: usize = STRETCH + 2;
/// Stands behind the last cell, and between two where nothing does.
const NOTHING: u8 = b'x';

/// What is looked for.
pub(crate) trait Sought: Copy {
    /// At which places it stands: `a` are the bytes there, `b` those behind them, `c` the next.
    fn stands<S: Simd>(self, a: u8x64<S>, b: u8x64<S>, c: u8x64<S>) -> mask8x64<S>;
}

/// One byte.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Byte(pub u8);

impl Sought for Byte {
    #[inline(always)]
    fn stands<S: Simd>(self, a: u8x64<S>, _: u8x64<S>, _: u8x64<S>) -> mask8x64<S> {
        a.simd_eq(self.0)
    }
}

/// Anything that is sought but for what is between the cells.
#[derive(Clone, Copy)]
struct InCells<T>(T, u8);

impl<T: Sought> Sought for InCells<T> {
    #[inline(always)]
    fn stands<S: Simd>(self, a: u8x64<S>, b: u8x64<S>, c: u8x64<S>) -> mask8x64<S> {
        self.0.stands(a, b, c) & !a.simd_eq(self.1)
    }
}

/// Tells each place in `bytes` where `what` stands.
#[inline]
pub(crate) fn places(bytes: &[u8], what: impl Sought, mut each: impl FnMut(usize)) {
    dispatch!(Level::new(), simd => pass_over(simd, bytes, what, &mut each));
}

/// Finds the cells of a row in which `what` begins: `found` are they, each once, from 0, in their order.
///
/// `ends` are where the cells end in `bytes`, with `between` between each two where anything is, which is passed over. What
/// begins in one cell and ends in the next is found as well.
#[inline]
pub(crate) fn find(
    bytes: &[u8],
    ends: &[usize],
    between: Option<u8>,
    found: &mut Vec<usize>,
    what: impl Sought,
) {
    found.clear();
    let what = InCells(what, between.unwrap_or(NOTHING));
    places(bytes, what, |place| add_cell_at(place, ends, found));
}

#[inline(always)]
fn pass_over<S: Simd>(simd: S, bytes: &[u8], what: impl Sought, each: &mut impl FnMut(usize)) {
    let (mut at, mut rest) = (0, bytes);
    while let Some(window) = rest.first_chunk() {
        each_of(look(simd, window, what), at, each);
        at += STRETCH;
        rest = rest.get(STRETCH..).unwrap_or_default();
    }
    // What is left is one stretch, and perhaps a byte more.
    while !rest.is_empty() {
        let mut window = [NOTHING; WINDOW];
        let (to, from) = (window.get_mut(..rest.len()), rest);
        to.into_iter().for_each(|to| to.copy_from_slice(from));
        let here = u64::MAX >> STRETCH.saturating_sub(rest.len());
        each_of(look(simd, &window, what) & here, at, each);
        at += STRETCH;
        rest = rest.get(STRETCH..).unwrap_or_default();
    }
}

/// At which of the first bytes of `window` stands `what`, the first in the lowest bit.
#[inline(always)]
fn look<S: Simd>(simd: S, window: &[u8; WINDOW], what: impl Sought) -> u64 {
    let from = |from: usize| {
        let bytes = window.get(from..).and_then(|rest| rest.first_chunk::<STRETCH>());
        u8x64::simd_from(simd, bytes.copied().unwrap_or([NOTHING; STRETCH]))
    };
    what.stands(from(0), from(1), from(2)).to_bitmask()
}

/// Tells the places of the bits that are set, from `at` on.
#[inline(always)]
fn each_of(mut seen: u64, at: usize, each: &mut impl FnMut(usize)) {
    while seen != 0 {
        each(at + seen.trailing_zeros() as usize);
        seen &= seen - 1;
    }
}

/// Adds the cell in which `place` is to those that are `found`, unless it is the last of them.
#[inline]
fn add_cell_at(place: usize, ends: &[usize], found: &mut Vec<usize>) {
    let first = found.last().map_or(0, |last| last + 1);
    let is_in_last = first.checked_sub(1).and_then(|last| ends.get(last)).is_some_and(|end| place < *end);
    let mut behind = ends.iter().skip(first);
    if let (false, Some(cells)) = (is_in_last, behind.position(|end| place < *end)) {
        found.push(first + cells);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// However long the cells are, and however many.
        #[test]
        fn cells_are_found_in_their_order_and_once(cells in prop::collection::vec("[a-d]{0,70}", 0..40)) {
            let mut end = 0;
            let ends: Vec<usize> = cells
                .iter()
                .map(|cell| {
                    end += cell.len();
                    end
                })
                .collect();
            let mut found = vec![7];
            find(cells.concat().as_bytes(), &ends, None, &mut found, Byte(b'd'));
            let holds = |(index, cell): (usize, &String)| cell.contains('d').then_some(index);
            prop_assert_eq!(found, cells.iter().enumerate().filter_map(holds).collect::<Vec<_>>());
        }
    }
}
