//! Where the next page begins: behind a row, of one revision, in the order of one question.
//!
//! A revision never changes, so the row's number is enough; its values are read again. With it goes a digest of the
//! revision and of the question, so that the cursor of another list is refused rather than answered wrongly.

use std::fmt;
use std::str::FromStr;

use crate::query::BadCursor;

/// Where a page begins. Its text is 32 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// What the list is of.
    of: u64,
    /// The number of the row before, from 1.
    after: u64,
}

impl Cursor {
    /// Behind the row numbered `after` in the list that has the digest `of`.
    pub fn behind(of: u64, after: u64) -> Cursor {
        Cursor { of, after }
    }

    /// The number of the row before, from 1.
    ///
    /// # Errors
    /// [`BadCursor`] where the cursor is of another list than the one that has the digest `of`.
    pub fn after(self, of: u64) -> Result<u64, BadCursor> {
        if self.of == of { Ok(self.after) } else { Err(BadCursor) }
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}{:016x}", self.of, self.after)
    }
}

impl FromStr for Cursor {
    type Err = BadCursor;

    fn from_str(text: &str) -> Result<Cursor, BadCursor> {
        let is_hex = |part: &str| part.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let read = |part: &str| u64::from_str_radix(part, 16).map_err(|_| BadCursor);
        match text.split_at_checked(16) {
            Some((of, after)) if after.len() == 16 && is_hex(of) && is_hex(after) => {
                let after = read(after)?;
                // Databases count in 63 bits.
                i64::try_from(after).map_err(|_| BadCursor)?;
                Ok(Cursor { of: read(of)?, after })
            }
            _ => Err(BadCursor),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_cursor_reads_back(of: u64, after in 0..i64::MAX as u64) {
            let cursor = Cursor::behind(of, after);
            prop_assert_eq!(cursor.to_string().parse(), Ok(cursor));
            prop_assert_eq!(cursor.after(of), Ok(after));
            prop_assert_eq!(cursor.after(of.wrapping_add(1)), Err(BadCursor));
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in ".*", hex in "[0-9a-f]{30,33}") {
            prop_assert_eq!(text.parse::<Cursor>(), Err(BadCursor));
            let read = hex.parse::<Cursor>();
            prop_assert!(read.is_err() || read.is_ok_and(|cursor| cursor.to_string() == hex));
        }
    }
}
