//! What the bytes of a cell are, looked at eight at a time.

/// Whether all bytes are good, looked at eight at a time; a short text byte by byte, each eight times over.
#[inline]
pub(super) fn all(bytes: &[u8], good: impl Fn(u64) -> bool) -> bool {
    match bytes.last_chunk() {
        Some(last) => {
            let (whole, _) = bytes.as_chunks();
            whole.iter().chain([last]).fold(true, |all, bytes| all & good(u64::from_le_bytes(*bytes)))
        }
        None => bytes.iter().fold(true, |all, byte| all & good(u64::from(*byte) * EACH)),
    }
}

/// One in each of eight bytes.
const EACH: u64 = 0x0101_0101_0101_0101;
/// The highest bit of each.
const HIGH: u64 = 0x80 * EACH;

/// Whether eight bytes are digits.
#[inline]
pub(super) fn are_digits(bytes: u64) -> bool {
    let high = 0xf0 * EACH;
    (bytes & high == 0x30 * EACH) & (bytes.wrapping_add(6 * EACH) & high == 0x30 * EACH)
}

/// Whether eight bytes are from the space to `~`.
#[inline]
pub(super) fn is_printable(bytes: u64) -> bool {
    let from_space = (bytes & !HIGH).wrapping_add(0x60 * EACH);
    !bytes & !bytes.wrapping_add(EACH) & from_space & HIGH == HIGH
}

/// Whether one of eight bytes of ASCII is `byte`.
#[inline]
pub(super) fn any_is(bytes: u64, byte: u8) -> bool {
    let other = bytes ^ (u64::from(byte) * EACH);
    other.wrapping_add(0x7f * EACH) & HIGH != HIGH
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn eight_bytes_are_what_each_of_them_is(bytes in prop::collection::vec(prop_oneof![b'0'..=b'9', b' '..=b'~', any::<u8>()], 1..20)) {
            prop_assert_eq!(all(&bytes, are_digits), bytes.iter().all(u8::is_ascii_digit));
            let printable = bytes.iter().all(|byte| matches!(byte, b' '..=b'~'));
            prop_assert_eq!(all(&bytes, is_printable), printable);
            prop_assert!(!printable || all(&bytes, |bytes| !any_is(bytes, b';')) != bytes.contains(&b';'));
        }
    }
}
