//! Columns in which the same few short texts come again and again, as offices write them: a text that was good is good,
//! and is told by a few numbers.
//!
//! Which columns these are is found by trying. Whether a text is good is [`crate::judging::watch`]'s business.

use crate::reading::cells::Cells;

/// So many texts are remembered of a column.
const TEXTS: usize = 4;
/// After so many rows it is looked how often a column had another text than those.
const ROWS_TRIED: u32 = 256;
/// Where it was more often than this, looking for them does not pay.
const MISSES_MAX: u32 = 48;
/// Words of the shorter texts, and of the longer.
const NARROW: usize = 1;
const BROAD: usize = 4;
/// Longer texts (in bytes) hardly come again.
const BYTES_MAX: usize = 8 * BROAD - 1;

/// What is usual in each column.
#[derive(Debug)]
pub(crate) struct Usual {
    narrow: Vec<Texts<NARROW>>,
    broad: Vec<Texts<BROAD>>,
    /// The columns in which each text is another, from 0.
    others: Vec<usize>,
    rows: u32,
}

/// The texts of one column that were found good lately.
#[derive(Debug)]
struct Texts<const WORDS: usize> {
    /// From 0.
    column: usize,
    known: [Short<WORDS>; TEXTS],
    /// Which of them is forgotten next.
    next: usize,
    missed: u32,
    /// Those that were too long.
    missed_by_length: u32,
}

/// A text as numbers: its bytes, and in the highest byte of the last its length. No two texts are the same.
#[derive(Debug, Clone, Copy)]
struct Short<const WORDS: usize>([u64; WORDS]);

impl Usual {
    /// Nothing is known yet of so many columns.
    pub fn of(columns: usize) -> Usual {
        let narrow = (0..columns).map(Texts::of).collect();
        Usual { narrow, broad: Vec::new(), others: Vec::new(), rows: 0 }
    }

    /// Passes over the cells that say what was good before. Of any other, given with its column from 0, `is_good` tells.
    #[inline]
    pub fn pass_over<'c>(&mut self, cells: &'c Cells<'_>, mut is_good: impl FnMut(usize, &'c str) -> bool) {
        self.narrow.iter_mut().for_each(|texts| texts.pass_over(cells, &mut is_good));
        self.broad.iter_mut().for_each(|texts| texts.pass_over(cells, &mut is_good));
        for column in &self.others {
            if let Some(raw) = cells.get(*column) {
                is_good(*column, raw);
            }
        }
        self.rows += 1;
        if self.rows == ROWS_TRIED {
            self.rows = 0;
            self.sort_out();
        }
    }

    /// Gives up the columns that had too many texts.
    fn sort_out(&mut self) {
        let Usual { narrow, broad, others, .. } = self;
        broad.retain_mut(|texts| !texts.misses_often() || given_up(texts.column, others));
        narrow.retain_mut(|texts| {
            let may_be_broad = texts.missed_by_length * 2 > texts.missed;
            if !texts.misses_often() {
                return true;
            }
            match may_be_broad {
                true => broad.push(Texts::of(texts.column)),
                false => others.push(texts.column),
            }
            false
        });
    }
}

/// Adds `column` to the others.
fn given_up(column: usize, others: &mut Vec<usize>) -> bool {
    others.push(column);
    false
}

impl<const WORDS: usize> Texts<WORDS> {
    fn of(column: usize) -> Texts<WORDS> {
        // No text is so long.
        let none = Short([u64::MAX; WORDS]);
        Texts { column, known: [none; TEXTS], next: 0, missed: 0, missed_by_length: 0 }
    }

    #[inline]
    fn pass_over<'c>(&mut self, cells: &'c Cells<'_>, is_good: &mut impl FnMut(usize, &'c str) -> bool) {
        let Some((start, end)) = cells.place(self.column) else { return };
        let short = Short::of(cells.text().as_bytes(), start, end);
        if !short.is_some_and(|short| short.is_among(&self.known)) {
            self.miss(short, cells.get(self.column).unwrap_or_default(), is_good);
        }
    }

    fn miss<'c>(
        &mut self,
        short: Option<Short<WORDS>>,
        raw: &'c str,
        is_good: &mut impl FnMut(usize, &'c str) -> bool,
    ) {
        self.missed += 1;
        let good = is_good(self.column, raw);
        match short {
            Some(short) if good => {
                self.known.get_mut(self.next).into_iter().for_each(|place| *place = short);
                self.next = (self.next + 1) % TEXTS;
            }
            Some(_) => {}
            None => self.missed_by_length += u32::from(raw.len() <= BYTES_MAX),
        }
    }

    /// Whether there were too many others since it was asked last.
    fn misses_often(&mut self) -> bool {
        let missed = std::mem::take(&mut self.missed);
        self.missed_by_length = 0;
        missed > MISSES_MAX
    }
}

/// For each length of a text, which bits of the words it begins with are its own.
const OWN: [[u64; BROAD]; BYTES_MAX + 1] = {
    let mut own = [[0; BROAD]; BYTES_MAX + 1];
    let mut byte = 0;
    while byte < (BYTES_MAX + 1) * BYTES_MAX {
        let (len, at) = (byte / BYTES_MAX, byte % BYTES_MAX);
        if at < len {
            #[allow(
                clippy::indexing_slicing,
                reason = "the length is at most `BYTES_MAX`, and so is the place in it"
            )]
            {
                own[len][at / 8] |= 0xff << (8 * (at % 8));
            }
        }
        byte += 1;
    }
    own
};

impl<const WORDS: usize> Short<WORDS> {
    /// The text from `start` to `end` in `bytes`; `None` where it is too long.
    #[inline]
    fn of(bytes: &[u8], start: usize, end: usize) -> Option<Short<WORDS>> {
        let len = end.wrapping_sub(start);
        let own = OWN.get(len).filter(|_| len < 8 * WORDS)?;
        let (eights, _) = bytes.get(start..)?.as_chunks::<8>();
        let mut words = match eights.first_chunk::<WORDS>() {
            Some(eights) => eights.map(u64::from_le_bytes),
            None => near_the_end(bytes.get(start..end)?),
        };
        words.iter_mut().zip(own).for_each(|(word, own)| *word &= own);
        words.last_mut().into_iter().for_each(|last| *last |= (len as u64) << 56);
        Some(Short(words))
    }

    /// Which of them it is nobody foresees, so this is arithmetic to its end: a compiler makes a jump of any comparison
    /// on the way, and the processor takes every third one wrong.
    #[inline]
    fn is_among(&self, known: &[Short<WORDS>]) -> bool {
        let differs = |other: &Short<WORDS>| {
            self.0.iter().zip(&other.0).fold(0, |differs, (one, other)| differs | (one ^ other))
        };
        // The highest bit of `(x - 1) & !x` is set for 0 alone.
        let same = known.iter().map(differs).fold(0, |same, x| same | (x.wrapping_sub(1) & !x));
        same >> 63 == 1
    }
}

/// The words of a text behind which hardly anything stands.
fn near_the_end<const WORDS: usize>(text: &[u8]) -> [u64; WORDS] {
    let mut eights = [[0; 8]; WORDS];
    eights.as_flattened_mut().iter_mut().zip(text).for_each(|(to, from)| *to = *from);
    eights.map(u64::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::reading::records::Record;
    use crate::validate::Limits;

    /// Looks at rows of two columns; gives what was asked about.
    fn asked(rows: &[[String; 2]], is_good: impl Fn(&str) -> bool) -> Vec<String> {
        let (mut usual, mut asked) = (Usual::of(2), Vec::new());
        for [one, other] in rows {
            let bytes = format!("{one},{other}");
            let record = Record {
                row: 2,
                bytes: bytes.as_bytes(),
                text: None,
                ends: &[one.len(), bytes.len()],
                between: Some(b','),
                cells: 2,
                slips: &[],
                too_long: false,
                limits: Limits::default(),
                encoding: "utf-8",
                marked: None,
            };
            usual.pass_over(&Cells::of(&record), |_, raw| {
                asked.push(raw.to_owned());
                is_good(raw)
            });
        }
        asked
    }

    proptest! {
        /// Texts that share a beginning are told from each other, and what is not good is asked about each time.
        #[test]
        fn only_the_same_text_is_known(texts in prop::collection::vec("[ab\0]{0,36}|(有|無|可){0,12}", 1..40)) {
            let rows: Vec<[String; 2]> = texts.iter().map(|text| [text.clone(), text.clone()]).collect();
            let is_good = |text: &str| text.len().is_multiple_of(2);
            let asked = asked(&rows, is_good);
            for text in &texts {
                let bad = !is_good(text);
                let times = texts.iter().filter(|other| *other == text).count();
                let asked = asked.iter().filter(|other| *other == text).count();
                prop_assert!(asked >= 2 && (!bad || asked == 2 * times), "{text:?}");
            }
        }
    }

    #[test]
    fn a_text_that_comes_again_is_asked_about_once() {
        let row = |_| ["有".to_owned(), "月火水木金土日".to_owned()];
        let rows: Vec<[String; 2]> = (0..1000).map(row).collect();
        let asked = asked(&rows, |_| true);
        assert_eq!(asked.iter().filter(|text| *text == "有").count(), 1);
        // Until it is known that its column has longer texts, and once then.
        assert_eq!(asked.len(), 1 + ROWS_TRIED as usize + 1);
    }
}
