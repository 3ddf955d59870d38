//! The cells of a record as text.
//!
//! What no encoding reads becomes U+FFFD here, and is told; what the text says is [`crate::cell`]'s business.

use std::borrow::Cow;

use crate::reading::laid;
use crate::reading::records::Record;
use crate::signs::Signs;

/// The cells of one record. Nothing is copied where all of it is text.
#[derive(Debug)]
pub(crate) struct Cells<'a> {
    text: Cow<'a, str>,
    ends: Cow<'a, [usize]>,
    /// What stands between each two of them in `text`, where anything does.
    between: Option<u8>,
    /// Which of them hold bytes that no encoding reads, from 0.
    misread: Vec<usize>,
    /// Those in which a sign may stand, from 0, where somebody looked.
    marked: Option<&'a [usize]>,
}

impl<'a> Cells<'a> {
    pub fn of(record: &Record<'a>) -> Cells<'a> {
        match record.looked_at().text {
            // A letter that is cut off at the end of one cell may seem to go on in the next, where nothing is between.
            Some(text)
                if record.between.is_some() || record.ends.iter().all(|end| text.is_char_boundary(*end)) =>
            {
                Cells {
                    text: Cow::Borrowed(text),
                    ends: Cow::Borrowed(record.ends),
                    between: record.between,
                    misread: Vec::new(),
                    marked: record.marked,
                }
            }
            _ => Cells::mended(record),
        }
    }

    fn mended(record: &Record<'_>) -> Cells<'a> {
        let (mut text, mut ends, mut misread) = (String::new(), Vec::new(), Vec::new());
        for (index, cell) in laid::cells(record.bytes, record.ends, record.between).enumerate() {
            for chunk in cell.utf8_chunks() {
                text.push_str(chunk.valid());
                if !chunk.invalid().is_empty() {
                    text.push(char::REPLACEMENT_CHARACTER);
                    misread.push(index);
                }
            }
            ends.push(text.len());
        }
        misread.dedup();
        Cells { text: Cow::Owned(text), ends: Cow::Owned(ends), between: None, misread, marked: None }
    }

    /// The cells, in the order of their columns.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let (mut start, between) = (0, usize::from(self.between.is_some()));
        self.ends.iter().map(move |end| {
            let cell = self.text.get(start..*end);
            start = *end + between;
            cell.expect("the ends rise and stand between letters")
        })
    }

    /// The cell at `index`, from 0.
    pub fn get(&self, index: usize) -> Option<&str> {
        let (start, end) = self.place(index)?;
        self.text.get(start..end)
    }

    /// Where the cell at `index`, from 0, begins and ends in [`Cells::text`].
    #[inline]
    pub fn place(&self, index: usize) -> Option<(usize, usize)> {
        let end = *self.ends.get(index)?;
        let before = index.checked_sub(1).and_then(|before| self.ends.get(before));
        Some((before.map_or(0, |end| *end + usize::from(self.between.is_some())), end))
    }

    /// Finds those in which a [sign](Signs::find) may stand, from 0, unless it is known which they are.
    pub fn marked<'m>(&'m self, found: &'m mut Vec<usize>) -> &'m [usize] {
        self.marked.unwrap_or_else(|| {
            Signs::find(self.text.as_bytes(), &self.ends, self.between, found);
            found
        })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// All of them, one after the other.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Which of them hold bytes that no encoding reads, from 0.
    pub fn misread(&self) -> &[usize] {
        &self.misread
    }

    /// Whether none of them holds anything but blanks.
    pub fn are_blank(&self) -> bool {
        let between = self.between.map(char::from);
        self.text.trim_start_matches(|it: char| it.is_whitespace() || Some(it) == between).is_empty()
    }
}

/// `cell` without the blanks and line breaks around it, half- and full-width; nothing where it holds only blanks.
///
/// A line break before or behind a text is what pasting leaves; one within it is the text's own.
pub(crate) fn without_blanks(cell: &str) -> &str {
    if !may_have_blanks(cell.as_bytes()) {
        return cell;
    }
    let text = cell.trim_matches([' ', '\u{3000}', '\t', '\u{a0}', '\r', '\n']);
    if text.trim_start().is_empty() { "" } else { text }
}

/// Whether the first bytes or the last may be those of a blank or a line break, of any width.
#[inline]
pub(crate) fn may_have_blanks(cell: &[u8]) -> bool {
    let begins = matches!(cell, [..=b' ', ..] | [0xc2 | 0xe1 | 0xe2, ..] | [0xe3, 0x80, 0x80, ..]);
    // The last bytes of U+00A0 and U+3000.
    begins || matches!(cell, [.., ..=b' ' | 0x80 | 0xa0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validate::Limits;

    #[track_caller]
    fn reads(cells: &[&[u8]], expected: &[&str], misread: &[usize]) {
        let bytes = cells.concat();
        let mut end = 0;
        let ends: Vec<_> = cells
            .iter()
            .map(|cell| {
                end += cell.len();
                end
            })
            .collect();
        let record = Record {
            row: 2,
            bytes: &bytes,
            text: None,
            ends: &ends,
            between: None,
            cells: ends.len() as u64,
            slips: &[],
            too_long: false,
            limits: Limits::default(),
            encoding: "utf-8",
            marked: None,
        };
        let cells = Cells::of(&record);
        assert_eq!(cells.iter().collect::<Vec<_>>(), expected);
        assert_eq!(cells.misread(), misread);
    }

    #[test]
    fn cells_of_good_text_stand_as_they_are() {
        reads(&["名称".as_bytes(), b"", b"x"], &["名称", "", "x"], &[]);
    }

    #[test]
    fn bytes_that_do_not_fit_are_told_with_their_cell() {
        reads(&[b"a", b"\xe5\x90,b", b"\xff\xffc"], &["a", "\u{fffd},b", "\u{fffd}\u{fffd}c"], &[1, 2]);
    }

    #[test]
    fn blanks_of_every_width_are_taken_off() {
        for (cell, text) in [
            (" a\u{3000}", "a"),
            ("\t\u{a0}a b", "a b"),
            ("\u{3000}", ""),
            ("\n", ""),
            ("a\r\n", "a"),
            ("\n \na\nb\n", "a\nb"),
            ("", ""),
        ] {
            assert_eq!(without_blanks(cell), text, "{cell:?}");
        }
    }

    #[test]
    fn a_letter_torn_between_two_cells_is_none() {
        reads(&[b"\xe5\x90", b"\x8dx"], &["\u{fffd}", "\u{fffd}x"], &[0, 1]);
    }
}
