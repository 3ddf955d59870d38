//! What a cell is made of, told by one look at each of its bytes: most cells need no other.

use std::ops::BitOr;

/// What the bytes of a cell (UTF-8) are, all of them together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Classes(u8);

impl Classes {
    /// `0` to `9`
    pub const DIGIT: Classes = Classes(1);
    /// What stands in numbers and dates beside digits: `-`, `+`, `.`, `/`.
    pub const POINT: Classes = Classes(2);
    /// `,`
    pub const COMMA: Classes = Classes(4);
    /// The half-width space.
    pub const SPACE: Classes = Classes(8);
    /// Line breaks, tabs and other controls.
    pub const BREAK: Classes = Classes(16);
    /// ASCII of any other kind.
    pub const ASCII: Classes = Classes(32);
    /// The first byte of blanks beyond ASCII (C2, E2, E3), and of kana and signs.
    pub const SIGN: Classes = Classes(64);
    /// Any other byte beyond ASCII.
    pub const BEYOND: Classes = Classes(128);

    /// The classes of all bytes of `cell`.
    #[inline]
    #[allow(clippy::indexing_slicing, reason = "there is a class for each of the 256 bytes")]
    pub fn of(cell: &[u8]) -> Classes {
        cell.iter().fold(Classes::default(), |all, byte| all | CLASSES[usize::from(*byte)])
    }

    /// Whether any of `others` is among them.
    #[inline]
    pub fn meet(self, others: Classes) -> bool {
        self.0 & others.0 != 0
    }

    /// Whether all are among `others`.
    #[inline]
    pub fn are_within(self, others: Classes) -> bool {
        self.0 & !others.0 == 0
    }
}

impl BitOr for Classes {
    type Output = Classes;

    #[inline]
    fn bitor(self, other: Classes) -> Classes {
        Classes(self.0 | other.0)
    }
}

const CLASSES: [Classes; 256] = {
    let mut classes = [Classes::BEYOND; 256];
    let mut byte = 0;
    while byte < 256 {
        #[allow(clippy::indexing_slicing, reason = "the index stays below 256")]
        {
            classes[byte] = class(byte as u8);
        }
        byte += 1;
    }
    classes
};

const fn class(byte: u8) -> Classes {
    match byte {
        b'0'..=b'9' => Classes::DIGIT,
        b'-' | b'+' | b'.' | b'/' => Classes::POINT,
        b',' => Classes::COMMA,
        b' ' => Classes::SPACE,
        0..=0x1f | 0x7f => Classes::BREAK,
        0x21..=0x7e => Classes::ASCII,
        0xc2 | 0xe2 | 0xe3 => Classes::SIGN,
        _ => Classes::BEYOND,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_classes_of_a_cell_are_those_of_its_bytes() {
        assert_eq!(Classes::of(b"12"), Classes::DIGIT);
        assert!(Classes::of(b"2024-04-01").are_within(Classes::DIGIT | Classes::POINT));
        assert!(Classes::of("石巻 a,\n".as_bytes()).meet(Classes::BREAK));
        assert_eq!(Classes::of(b""), Classes::default());
        assert!(!Classes::of("石巻市".as_bytes()).meet(Classes::SIGN));
    }
}
