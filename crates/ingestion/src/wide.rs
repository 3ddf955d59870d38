//! Finds the cells of a row in which something stands, without looking at each: all bytes of the row are passed over
//! once, several at a time.
//!
//! What is looked for is the caller's business: [`crate::signs`], [`crate::readability`].

/// So many bytes are looked at together.
const LANES: usize = 16;
/// With those that follow them.
const WINDOW: usize = LANES + 2;
/// So many bytes of a row are passed over at once where nothing is.
const STRETCH: usize = 4 * LANES;
/// Stands behind the last cell.
const NOTHING: u8 = b'x';

/// Finds the cells of a row in which a byte and the two behind it are what `is` tells: `found` are they, each once, from
/// 0, in their order.
///
/// `ends` are where the cells end in `bytes`. What begins in one cell and ends in the next is found as well. `is` should be
/// written without short cuts: then the compiler looks at many bytes at a time.
#[inline]
pub(crate) fn find(bytes: &[u8], ends: &[usize], found: &mut Vec<usize>, is: impl Fn(u8, u8, u8) -> bool) {
    found.clear();
    let (mut at, mut rest) = (0, bytes);
    while let Some(stretch) = rest.first_chunk() {
        find_in(stretch, at, ends, found, &is);
        at += STRETCH;
        rest = rest.get(STRETCH..).unwrap_or_default();
    }
    // What is left is one stretch, and perhaps a byte more.
    for rest in rest.chunks(STRETCH) {
        let follow = bytes.iter().skip(at).chain(std::iter::repeat(&NOTHING));
        let mut last = [NOTHING; STRETCH + 2];
        last.iter_mut().zip(follow).for_each(|(to, from)| *to = *from);
        find_in(&last, at, ends, found, &is);
        at += rest.len();
    }
}

/// [`find`] in a part of a row that begins `at` in it.
#[inline]
fn find_in(
    stretch: &[u8; STRETCH + 2],
    at: usize,
    ends: &[usize],
    found: &mut Vec<usize>,
    is: &impl Fn(u8, u8, u8) -> bool,
) {
    let mut seen = [[0; LANES]; STRETCH / LANES];
    for (seen, from) in seen.iter_mut().zip((0..STRETCH).step_by(LANES)) {
        let window: Option<&[u8; WINDOW]> = stretch.get(from..).and_then(|rest| rest.first_chunk());
        window.into_iter().for_each(|window| glance(window, seen, is));
    }
    let seen = seen.map(u128::from_le_bytes);
    if seen.iter().fold(0, |all, seen| all | seen) == 0 {
        return;
    }
    for (mut seen, from) in seen.into_iter().zip((at..).step_by(LANES)) {
        while seen != 0 {
            let byte = seen.trailing_zeros() / 8;
            seen &= !(0xff << (byte * 8));
            add_cell_at(from + byte as usize, ends, found);
        }
    }
}

/// For a fixed number of bytes: the compiler then looks at all of them at a time.
#[inline]
fn glance(window: &[u8; WINDOW], seen: &mut [u8; LANES], is: &impl Fn(u8, u8, u8) -> bool) {
    let (second, third) = (window.get(1..).unwrap_or_default(), window.get(2..).unwrap_or_default());
    for (((seen, a), b), c) in seen.iter_mut().zip(window).zip(second).zip(third) {
        *seen = u8::from(is(*a, *b, *c));
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
            find(cells.concat().as_bytes(), &ends, &mut found, |a, _, _| a == b'd');
            let holds = |(index, cell): (usize, &String)| cell.contains('d').then_some(index);
            prop_assert_eq!(found, cells.iter().enumerate().filter_map(holds).collect::<Vec<_>>());
        }
    }
}
