//! Cuts a text into records: one row of the spreadsheet each, however many lines it spans.
//!
//! csv-core finds the cells; here they are counted, capped and given their row. Blank lines, which csv-core
//! skips, are rows too. A line that is whole and has no quote needs no csv-core: its cells stand between its delimiters,
//! and are left where they are. What the cells say is [`crate::reading::cells`]' business and beyond.

use std::io::Read;

use csv_core::ReadRecordResult;

use crate::finding::Code;
use crate::reading::ahead::Table;
use crate::reading::cells::Cells;
use crate::reading::decode::Text;
use crate::reading::delimiter::Delimiter;
use crate::reading::line_ends::LineEnds;
use crate::reading::quotes::{Quotes, Slip};
use crate::reading::source::Arrived;
use crate::validate::Limits;
use crate::wide::{self, Byte};

/// Ends of cells that are counted and not kept are written behind those that are.
const SPARE_ENDS: usize = 256;

/// The records of a text, one at a time.
pub(crate) struct Records<R> {
    text: Text<R>,
    csv: csv_core::Reader,
    delimiter: u8,
    limits: Limits,
    row: u64,
    bytes: Vec<u8>,
    ends: Vec<usize>,
    /// Where the cells of a line without quotes end.
    ends_in_line: Vec<usize>,
    quotes: Quotes,
    slips: Vec<Slip>,
    line_ends: LineEnds,
    /// The last record ended with CR: an LF that follows belongs to it.
    after_cr: bool,
}

/// One row of the spreadsheet.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Record<'a> {
    /// Row as the spreadsheet shows it.
    pub row: u64,
    /// What its cells hold, one after the other.
    pub bytes: &'a [u8],
    /// The same as text; `None` where it is none, or nobody [looked](Record::looked_at) yet.
    pub text: Option<&'a str>,
    /// Where each of the cells that were kept ends in `bytes`.
    pub ends: &'a [usize],
    /// What stands between each two of them in `bytes`, and in none of them, where anything does.
    pub between: Option<u8>,
    /// How many cells it has, kept or not. A blank line has none.
    pub cells: u64,
    /// What is wrong with how it is written.
    pub slips: &'a [Slip],
    /// It was longer than the limit, and `bytes` and `ends` mean nothing.
    pub too_long: bool,
    /// What was too long or too much.
    pub limits: Limits,
    /// The encoding it was read in.
    pub encoding: &'static str,
    /// The cells in which a [sign](crate::signs::Signs::find) may stand, from 0; `None` where nobody looked yet.
    pub marked: Option<&'a [usize]>,
}

impl<'a> Record<'a> {
    /// It, and whether it is text: whoever asks further on need not look again.
    pub fn looked_at(self) -> Record<'a> {
        let text = self.text.or_else(|| simdutf8::basic::from_utf8(self.bytes).ok());
        Record { text, ..self }
    }

    /// Whether it is well written and all of it was kept.
    pub fn is_whole(&self) -> bool {
        self.slips.is_empty() && !self.too_long && self.cells == self.ends.len() as u64
    }

    /// Whether it holds nothing but blanks.
    pub fn is_blank(&self) -> bool {
        self.is_whole() && Cells::of(self).are_blank()
    }
}

impl<R: Read> Records<R> {
    pub fn new(text: Text<R>, delimiter: Delimiter, limits: Limits) -> Records<R> {
        let delimiter = delimiter.byte();
        let mut csv = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
        // csv-core drops a BOM from the first bytes it sees. Ours is dropped already; a second one is a letter.
        csv.read_record(b"\n", &mut [0], &mut [0]);
        Records {
            text,
            csv,
            delimiter,
            limits,
            row: 0,
            bytes: vec![0; limits.row_bytes_max.saturating_add(1).min(4096)],
            ends: vec![0; limits.columns_max.saturating_add(SPARE_ENDS).min(64)],
            ends_in_line: Vec::new(),
            quotes: Quotes::new(limits.columns_max, delimiter),
            slips: Vec::new(),
            line_ends: LineEnds::default(),
            after_cr: false,
        }
    }

    /// The line ends between the records read so far.
    pub fn line_ends(&self) -> LineEnds {
        self.line_ends
    }

    /// The name of the encoding, as far as it is known.
    pub fn encoding(&self) -> &'static str {
        self.text.encoding()
    }

    /// What is known of the bytes once all have come.
    pub fn finish(self) -> Arrived {
        self.text.finish()
    }

    fn read(&mut self) -> Record<'_> {
        let (mut length, mut kept, mut cells, mut too_long) = (0, 0, 0, false);
        self.quotes.start();
        loop {
            let input = self.text.peek();
            let output = self.bytes.get_mut(length..).unwrap_or_default();
            let ends = self.ends.get_mut(kept..).unwrap_or_default();
            let (result, read, written, ended) = self.csv.read_record(input, output, ends);
            let piece = input.get(..read).unwrap_or_default();
            self.quotes.watch(piece, ended, &mut self.slips);
            let (last, at_end) = (piece.last().copied(), input.is_empty());
            self.text.consume(read);
            length += written;
            kept += ended;
            cells += ended as u64;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if self.bytes.len() <= self.limits.row_bytes_max => {
                    let wanted = (self.bytes.len() * 2).min(self.limits.row_bytes_max.saturating_add(1));
                    self.bytes.resize(wanted, 0);
                }
                ReadRecordResult::OutputFull => {
                    if !too_long {
                        self.tell_long_cells(kept, (kept < self.limits.columns_max).then_some(length));
                        too_long = true;
                    }
                    length = 0;
                }
                ReadRecordResult::OutputEndsFull if self.ends.len() < self.ends_max() => {
                    let wanted = (self.ends.len() * 2).min(self.ends_max());
                    self.ends.resize(wanted, 0);
                }
                ReadRecordResult::OutputEndsFull => kept = self.limits.columns_max,
                ReadRecordResult::Record | ReadRecordResult::End => {
                    if at_end {
                        self.quotes.end(&mut self.slips);
                    } else if let Some(last) = last {
                        self.end_of_line(last);
                    }
                    break;
                }
            }
        }
        let kept = kept.min(self.limits.columns_max);
        if !too_long {
            self.tell_long_cells(kept, None);
        }
        self.record(kept, cells, too_long)
    }

    fn record(&self, kept: usize, cells: u64, too_long: bool) -> Record<'_> {
        let ends = self.ends.get(..kept).unwrap_or_default();
        let bytes = self.bytes.get(..ends.last().copied().unwrap_or(0)).unwrap_or_default();
        Record {
            row: self.row,
            bytes,
            text: None,
            ends,
            between: None,
            cells,
            slips: &self.slips,
            too_long,
            limits: self.limits,
            encoding: self.text.encoding(),
            marked: None,
        }
    }

    /// Takes the next line where all of it is there, without a quote and within the limits: its cells stand between its
    /// delimiters. Gives the bytes it takes with those that end it, and how many these are.
    fn take_line(&mut self) -> Option<(usize, usize)> {
        let ahead = self.text.peek();
        let end = memchr::memchr3(b'\n', b'\r', b'"', ahead)?;
        let mark = match ahead.get(end..)? {
            [b'\n', ..] => 1,
            [b'\r', b'\n', ..] => 2,
            _ => return None,
        };
        let line = ahead.get(..end)?;
        if line.len() > self.limits.cell_bytes_max.min(self.limits.row_bytes_max) {
            return None;
        }
        let (ends, delimiter) = (&mut self.ends_in_line, self.delimiter);
        ends.clear();
        wide::places(line, Byte(delimiter), |place| ends.push(place));
        ends.push(line.len());
        if ends.len() > self.limits.columns_max {
            return None;
        }
        match mark {
            1 => self.line_ends.lf = true,
            _ => self.line_ends.crlf = true,
        }
        self.text.consume(end + mark);
        Some((end + mark, mark))
    }

    fn record_of_line(&self, (bytes, mark): (usize, usize)) -> Record<'_> {
        let line = self.text.consumed(bytes);
        let ends = self.ends_in_line.as_slice();
        Record {
            row: self.row,
            bytes: line.get(..line.len().saturating_sub(mark)).unwrap_or_default(),
            text: None,
            ends,
            between: Some(self.delimiter),
            cells: ends.len() as u64,
            slips: &[],
            too_long: false,
            limits: self.limits,
            encoding: self.text.encoding(),
            marked: None,
        }
    }

    fn ends_max(&self) -> usize {
        self.limits.columns_max.saturating_add(SPARE_ENDS)
    }

    /// Tells the cells that are longer than the limit; `open` is how far the one after the last has come.
    fn tell_long_cells(&mut self, kept: usize, open: Option<usize>) {
        let ends = self.ends.get(..kept).unwrap_or(&self.ends);
        if open.or(ends.last().copied()).is_none_or(|end| end <= self.limits.cell_bytes_max) {
            return;
        }
        let mut start = 0;
        let ends = self.ends.iter().take(kept.min(self.limits.columns_max)).copied().chain(open);
        for (column, end) in (1..).zip(ends) {
            if end.saturating_sub(start) > self.limits.cell_bytes_max {
                self.slips.push(Slip { column, code: Code::CellTooLong });
            }
            start = end;
        }
    }

    fn end_of_line(&mut self, last: u8) {
        if last == b'\r' {
            self.after_cr = true;
        } else {
            self.line_ends.lf = true;
        }
    }

    fn settle_cr(&mut self) {
        if !std::mem::take(&mut self.after_cr) {
            return;
        }
        if self.text.peek().first() == Some(&b'\n') {
            self.text.consume(1);
            self.line_ends.crlf = true;
        } else {
            self.line_ends.cr = true;
        }
    }
}

impl<R: Read> Table for Records<R> {
    fn next(&mut self) -> Option<Record<'_>> {
        self.settle_cr();
        let first = *self.text.peek().first()?;
        self.row += 1;
        self.slips.clear();
        if matches!(first, b'\r' | b'\n') {
            self.text.consume(1);
            self.end_of_line(first);
            return Some(self.record(0, 0, false));
        }
        match self.take_line() {
            Some(line) => Some(self.record_of_line(line)),
            None => Some(self.read()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::source::Source;

    const LIMITS: Limits =
        Limits { cell_bytes_max: 10, row_bytes_max: 40, columns_max: 4, workbook_bytes_max: 0 };

    fn records(text: &str, block_bytes: usize) -> Records<&[u8]> {
        let mut source = Source::new(text.as_bytes(), block_bytes);
        let mut head = Vec::new();
        source.fill(&mut head, 3);
        Records::new(Text::new(source, head, None), Delimiter::Comma, LIMITS)
    }

    /// The records of `text` as `row: cell|cell`, and the line ending.
    #[track_caller]
    fn reads(text: &str, expected: &[&str], line_ending: Option<&str>) {
        for block_bytes in [1, 2, 3, 7, 4096] {
            let mut records = records(text, block_bytes);
            let mut told = Vec::new();
            while let Some(record) = records.next() {
                let cells = Cells::of(&record);
                let cells: Vec<&str> = cells.iter().collect();
                told.push(format!("{}: {}", record.row, cells.join("|")));
            }
            assert_eq!(told, expected, "{text:?} in blocks of {block_bytes}");
            assert_eq!(records.line_ends().name(), line_ending, "{text:?} in blocks of {block_bytes}");
        }
    }

    #[track_caller]
    fn slips(text: &str, expected: &[(u64, u32, Code)]) {
        for block_bytes in [1, 2, 3, 7, 4096] {
            let mut records = records(text, block_bytes);
            let mut told = Vec::new();
            while let Some(record) = records.next() {
                told.extend(record.slips.iter().map(|slip| (record.row, slip.column, slip.code)));
            }
            assert_eq!(told, expected, "{text:?} in blocks of {block_bytes}");
        }
    }

    #[test]
    fn a_record_of_several_lines_is_one_row() {
        reads("a,\"b\r\nc\"\r\nd,e\r\n", &["1: a|b\r\nc", "2: d|e"], Some("crlf"));
    }

    #[test]
    fn blank_lines_are_rows() {
        reads("\na\n\n\nb\n\n", &["1: ", "2: a", "3: ", "4: ", "5: b", "6: "], Some("lf"));
        reads("a\r\n\r\nb", &["1: a", "2: ", "3: b"], Some("crlf"));
        reads("a\r\rb\r", &["1: a", "2: ", "3: b"], Some("cr"));
    }

    #[test]
    fn the_last_row_needs_no_line_end() {
        reads("a,b", &["1: a|b"], None);
        reads("a,", &["1: a|"], None);
        reads("", &[], None);
    }

    #[test]
    fn line_ends_between_quotes_do_not_count() {
        reads("\"a\nb\"\r\n\"c\rd\"\r\n", &["1: a\nb", "2: c\rd"], Some("crlf"));
    }

    #[test]
    fn line_ends_of_more_than_one_kind_are_mixed() {
        reads("a\r\nb\nc", &["1: a", "2: b", "3: c"], Some("mixed"));
        reads("a\rb\r\nc", &["1: a", "2: b", "3: c"], Some("mixed"));
    }

    #[test]
    fn a_second_byte_order_mark_is_a_letter() {
        reads("\u{feff}\u{feff}a\n", &["1: \u{feff}a"], Some("lf"));
    }

    #[test]
    fn cells_beyond_the_limit_are_counted_and_not_kept() {
        let wide = vec!["x"; 3000].join(",") + "\ny\n";
        for block_bytes in [1, 100, 4096] {
            let mut records = records(&wide, block_bytes);
            let record = records.next().map(|record| (record.cells, record.ends.len(), record.too_long));
            assert_eq!(record, Some((3000, 4, true)));
            assert_eq!(records.next().map(|record| (record.row, record.cells)), Some((2, 1)));
        }
        reads("a,b,c,d,e,f\n", &["1: a|b|c|d"], Some("lf"));
    }

    #[test]
    fn what_exceeds_a_limit_is_told_and_the_next_row_is_read() {
        slips("a,0123456789A\nb\n", &[(1, 2, Code::CellTooLong)]);
        slips("a,0123456789\nb\n", &[]);
        let long = "x".repeat(1000);
        slips(&format!("a,{long},c\nb,5\"\n"), &[(1, 2, Code::CellTooLong), (2, 2, Code::BareQuote)]);
    }

    #[test]
    fn slips_stand_in_their_row_and_column() {
        slips(
            "a,b\n1,\"x\"y\n2,\"z\n3,4\n",
            &[(2, 2, Code::TextAfterQuote), (3, 2, Code::UnterminatedQuote)],
        );
    }
}
