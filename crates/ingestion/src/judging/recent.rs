//! Short texts of one column that were found good lately: offices write the same few again and again, and a text that
//! was good is good.

/// So many are remembered of a column.
const TEXTS: usize = 4;
/// Longer texts (in bytes) hardly come again.
const BYTES_MAX: usize = 32;
/// So many texts more may be new than known, before a column is given up as one in which each text is another.
const PATIENCE: u8 = 100;

/// The texts of one column that are remembered; each at the place that it chooses itself.
#[derive(Debug)]
pub(crate) struct Recent {
    texts: [Short; TEXTS],
    worth: u8,
}

/// A text of at most [`BYTES_MAX`] bytes: its beginning and its end, which meet, and its length.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Short {
    head: [u64; 2],
    tail: [u64; 2],
    len: u8,
}

impl Default for Recent {
    fn default() -> Recent {
        Recent { texts: [Short::default(); TEXTS], worth: PATIENCE }
    }
}

impl Recent {
    /// Whether `text` was found good lately, or else a `look` at it tells so.
    #[inline]
    pub fn knows(&mut self, text: &str, look: impl FnOnce() -> bool) -> bool {
        if self.worth == 0 {
            return look();
        }
        let Some(short) = Short::of(text.as_bytes()) else { return look() };
        let place = self.texts.get_mut(short.place());
        if place.as_ref().is_some_and(|known| **known == short) {
            self.worth = self.worth.saturating_add(1);
            return true;
        }
        self.worth -= 1;
        let good = look();
        place.into_iter().filter(|_| good).for_each(|place| *place = short);
        good
    }
}

impl Short {
    #[inline]
    fn of(text: &[u8]) -> Option<Short> {
        let eight = |bytes: &[u8]| bytes.first_chunk().map(|bytes| u64::from_le_bytes(*bytes));
        let (head, tail) = match text.len() {
            0..8 => ([text.iter().fold(0, |all, byte| (all << 8) | u64::from(*byte)), 0], [0; 2]),
            8..=16 => ([eight(text)?, 0], [eight(text.last_chunk::<8>()?)?, 0]),
            17..=BYTES_MAX => {
                let last = text.last_chunk::<16>()?;
                ([eight(text)?, eight(text.get(8..)?)?], [eight(last)?, eight(last.get(8..)?)?])
            }
            _ => return None,
        };
        Some(Short { head, tail, len: text.len() as u8 })
    }

    #[inline]
    fn place(&self) -> usize {
        let ([a, b], [c, d]) = (self.head, self.tail);
        let folded = a ^ b.rotate_left(17) ^ c.rotate_left(29) ^ d.rotate_left(41);
        (folded.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize % TEXTS
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Texts that share a beginning or an end are told from each other.
        #[test]
        fn only_the_same_text_is_known(texts in prop::collection::vec("[ab]{1,36}|(有|無|可){0,12}", 1..40)) {
            let mut recent = Recent::default();
            for text in &texts {
                let good = text.len() % 2 == 0;
                prop_assert_eq!(recent.knows(text, || good), good, "{}", text);
            }
        }
    }

    #[test]
    fn a_text_is_looked_at_once() {
        let mut recent = Recent::default();
        assert!(recent.knows("有", || true));
        assert!(recent.knows("有", || false));
    }
}
