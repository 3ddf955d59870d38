//! Watches the quotes of a record while csv-core reads it, and tells what csv-core forgives.
//!
//! csv-core takes a quote left open, text after a closing quote and a bare quote without a word. This follows
//! the same rules over the same bytes; what the cells hold stays csv-core's business.

use crate::finding::Code;

/// What is wrong with how a cell is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Slip {
    /// The column it stands in, from 1.
    pub column: u32,
    /// [`Code::UnterminatedQuote`], [`Code::TextAfterQuote`], [`Code::BareQuote`] or [`Code::CellTooLong`].
    pub code: Code,
}

/// Where in a cell the last byte was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Before its first byte.
    Start,
    /// In a cell without quotes.
    Plain,
    /// In a cell without quotes in which one was already found.
    PlainTold,
    /// Between quotes.
    Quoted,
    /// Behind a quote that closes, or that is the first half of a doubled one.
    Closed,
}

/// The quotes of one record at a time.
#[derive(Debug)]
pub(crate) struct Quotes {
    place: Place,
    /// The column of the cell the last byte was in, from 1.
    column: u32,
    /// Slips beyond this column are not told: the row is already too wide.
    columns_max: u32,
    /// What stands between cells.
    delimiter: u8,
}

impl Quotes {
    pub fn new(columns_max: usize, delimiter: u8) -> Quotes {
        let columns_max = u32::try_from(columns_max).unwrap_or(u32::MAX);
        Quotes { place: Place::Start, column: 1, columns_max, delimiter }
    }

    /// Begins a record.
    pub fn start(&mut self) {
        self.place = Place::Start;
        self.column = 1;
    }

    /// Watches the next bytes of the record, `ended` of whose cells end in them.
    pub fn watch(&mut self, bytes: &[u8], ended: usize, slips: &mut Vec<Slip>) {
        let inside = matches!(self.place, Place::Quoted | Place::Closed);
        if inside || memchr::memchr(b'"', bytes).is_some() {
            for byte in bytes {
                self.step(*byte, slips);
            }
        } else {
            // Most records: nothing to see but where the last cell is.
            self.column = self.column.saturating_add(u32::try_from(ended).unwrap_or(u32::MAX));
            self.place = match (bytes.last(), self.place) {
                (Some(byte), _) if *byte == self.delimiter => Place::Start,
                (Some(_), Place::PlainTold) if ended == 0 => Place::PlainTold,
                (Some(_), _) => Place::Plain,
                (None, place) => place,
            };
        }
    }

    /// The file ends here: a quote that is still open stays open.
    pub fn end(&mut self, slips: &mut Vec<Slip>) {
        if self.place == Place::Quoted {
            self.slip(Code::UnterminatedQuote, slips);
        }
    }

    fn step(&mut self, byte: u8, slips: &mut Vec<Slip>) {
        self.place = match (self.place, byte) {
            (Place::Quoted, b'"') => Place::Closed,
            (Place::Quoted, _) => Place::Quoted,
            (Place::Closed, b'"') | (Place::Start, b'"') => Place::Quoted,
            (_, byte) if byte == self.delimiter => {
                self.column = self.column.saturating_add(1);
                Place::Start
            }
            // Outside of quotes, the end of the record.
            (_, b'\r' | b'\n') => Place::Start,
            (Place::Closed, _) => {
                self.slip(Code::TextAfterQuote, slips);
                Place::PlainTold
            }
            (Place::Plain, b'"') => {
                self.slip(Code::BareQuote, slips);
                Place::PlainTold
            }
            (Place::PlainTold, _) => Place::PlainTold,
            (Place::Start | Place::Plain, _) => Place::Plain,
        }
    }

    fn slip(&self, code: Code, slips: &mut Vec<Slip>) {
        if self.column <= self.columns_max {
            slips.push(Slip { column: self.column, code });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn tells(record: &str, expected: &[(u32, Code)]) {
        for pieces in 1..=record.len() {
            let mut quotes = Quotes::new(3, b',');
            let mut slips = Vec::new();
            for piece in record.as_bytes().chunks(pieces) {
                // csv-core would say how many cells end; without quotes these are the commas.
                let ended = piece.iter().filter(|byte| **byte == b',').count();
                quotes.watch(piece, ended, &mut slips);
            }
            quotes.end(&mut slips);
            let told: Vec<_> = slips.iter().map(|slip| (slip.column, slip.code)).collect();
            assert_eq!(told, expected, "{record:?} in pieces of {pieces}");
        }
    }

    #[test]
    fn well_written_cells_are_passed_over() {
        tells("a,\"b\",\"c \"\"d\"\"\"", &[]);
        tells("\"a,b\nc\",,\n", &[]);
    }

    #[test]
    fn a_quote_left_open_stands_where_it_was_opened() {
        tells("a,\"b,c\nd", &[(2, Code::UnterminatedQuote)]);
    }

    #[test]
    fn text_after_a_closing_quote_is_told_once() {
        tells("a,\"b\"c\"d\",e", &[(2, Code::TextAfterQuote)]);
    }

    #[test]
    fn a_bare_quote_is_told_once_a_cell() {
        tells("5\" x 3\",b,1\"", &[(1, Code::BareQuote), (3, Code::BareQuote)]);
    }

    #[test]
    fn columns_that_are_too_many_anyway_are_not_told() {
        tells("a,b,c,\"d\"e", &[]);
    }
}
