//! Cells as they lie in memory, one after the other: what is known of them is where each ends.
//!
//! Behind each but the last may stand the byte that divides them; what they hold is [`crate::reading::cells`]'
//! business.

/// The cells that end in `bytes` at `ends`, with `between` between each two where anything is.
pub(crate) fn cells<'a>(
    bytes: &'a [u8],
    ends: &'a [usize],
    between: Option<u8>,
) -> impl Iterator<Item = &'a [u8]> {
    let (mut start, between) = (0, usize::from(between.is_some()));
    ends.iter().map(move |end| {
        let cell = bytes.get(start..*end).unwrap_or_default();
        start = *end + between;
        cell
    })
}

/// The same cells with nothing between them, and where each ends then.
pub(crate) fn close_up(bytes: &[u8], ends: &[usize], between: Option<u8>) -> (Vec<u8>, Vec<usize>) {
    let (mut closed, mut closed_ends) = (Vec::with_capacity(bytes.len()), Vec::with_capacity(ends.len()));
    for cell in cells(bytes, ends, between) {
        closed.extend_from_slice(cell);
        closed_ends.push(closed.len());
    }
    (closed, closed_ends)
}
