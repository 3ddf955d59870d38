//! Finds the cells of a row in which something stands, without looking at each: all bytes of the row are passed over
//! once, several at a time.
//!
//! What is looked for is the caller's business: [`crate::signs`], [`crate::readability`].

/// So many bytes are looked at together.
const STRETCH: usize = 64;
/// With those that follow them.
const WINDOW: usize = STRETCH + 2;
/// Stands behind the last cell, and between two where nothing does.
const NOTHING: u8 = b'x';

/// Tells each place in `bytes` where a byte and the two behind it are what `is` tells. `is` should be written without
/// short cuts: then the compiler looks at many bytes at a time.
#[inline]
pub(crate) fn places(bytes: &[u8], is: impl Fn(u8, u8, u8) -> bool, mut each: impl FnMut(usize)) {
    let (mut at, mut rest) = (0, bytes);
    while let Some(window) = rest.first_chunk() {
        each_of(look(window, &is), at, &mut each);
        at += STRETCH;
        rest = rest.get(STRETCH..).unwrap_or_default();
    }
    // What is left is one stretch, and perhaps a byte more.
    while !rest.is_empty() {
        let mut window = [NOTHING; WINDOW];
        let (to, from) = (window.get_mut(..rest.len()), rest);
        to.into_iter().for_each(|to| to.copy_from_slice(from));
        let here = u64::MAX >> STRETCH.saturating_sub(rest.len());
        each_of(look(&window, &is) & here, at, &mut each);
        at += STRETCH;
        rest = rest.get(STRETCH..).unwrap_or_default();
    }
}

/// Finds the cells of a row in which a byte and the two behind it are what `is` tells: `found` are they, each once, from
/// 0, in their order.
///
/// `ends` are where the cells end in `bytes`, with `between` between each two where anything is, which is passed over. What
/// begins in one cell and ends in the next is found as well.
#[inline]
pub(crate) fn find(
    bytes: &[u8],
    ends: &[usize],
    between: Option<u8>,
    found: &mut Vec<usize>,
    is: impl Fn(u8, u8, u8) -> bool,
) {
    found.clear();
    let between = between.unwrap_or(NOTHING);
    places(bytes, |a, b, c| is(a, b, c) & (a != between), |place| add_cell_at(place, ends, found));
}

/// Which of the first bytes of `window` are what `is` tells, the first in the lowest bit.
///
/// For a fixed number of bytes: the compiler then looks at all of them at a time.
#[inline]
fn look(window: &[u8; WINDOW], is: &impl Fn(u8, u8, u8) -> bool) -> u64 {
    let (second, third) = (window.get(1..).unwrap_or_default(), window.get(2..).unwrap_or_default());
    let mut seen = [0; STRETCH];
    for (((seen, a), b), c) in seen.iter_mut().zip(window).zip(second).zip(third) {
        *seen = u8::from(is(*a, *b, *c));
    }
    let (eights, _) = seen.as_chunks::<8>();
    let bits = eights.iter().map(|eight| bits(u64::from_le_bytes(*eight)));
    bits.zip((0..).step_by(8)).fold(0, |all, (bits, from)| all | bits << from)
}

/// Eight bytes, each 0 or 1, as eight bits.
#[inline]
fn bits(eight: u64) -> u64 {
    // Each byte is shifted to its own bit of the highest byte; no two meet on the way.
    eight.wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// Tells the places of the bits that are set, from `at` on.
#[inline]
fn each_of(mut seen: u64, at: usize, each: &mut impl FnMut(usize)) {
    while seen != 0 {
        each(at + seen.trailing_zeros() as usize);
        seen &= seen - 1;
    }
}

/// Adds the cell in which `place` is to those that are `found`, unless it is the last of them.
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
            find(cells.concat().as_bytes(), &ends, None, &mut found, |a, _, _| a == b'd');
            let holds = |(index, cell): (usize, &String)| cell.contains('d').then_some(index);
            prop_assert_eq!(found, cells.iter().enumerate().filter_map(holds).collect::<Vec<_>>());
        }
    }
}
