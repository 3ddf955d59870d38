//! Turns the bytes of a text into UTF-8, block by block, and settles which encoding they are in.
//!
//! A BOM settles it, or else the first 64 KB from the first byte beyond ASCII on ([`crate::reading::encoding`]); ASCII
//! before that is the same in every encoding. Bytes that do not fit are handed on as they are (UTF-8) or as one
//! [`LOST`] each (all others): no UTF-8 reads them, so whoever makes text of a cell finds them there, at their
//! row and column.

use std::io::Read;

use encoding_rs::{Decoder, DecoderResult};

use crate::reading::encoding::{Encoding, WINDOW_BYTES};
use crate::reading::source::{Arrived, Source};

/// Stands where the text could not be read; a byte that UTF-8 never holds.
pub(crate) const LOST: u8 = 0xff;

/// A text in UTF-8, block by block.
pub(crate) struct Text<R> {
    source: Source<R>,
    /// What the bytes are in; `None` while there is nothing beyond ASCII.
    encoding: Option<Encoding>,
    /// Reads whatever is not UTF-8.
    decoder: Option<Decoder>,
    /// Bytes that wait to be decoded.
    raw: Vec<u8>,
    block: Vec<u8>,
    at: usize,
    ended: bool,
}

impl<R: Read> Text<R> {
    /// The text that begins with `head` and goes on in `source`; in `encoding` where its first bytes say so.
    pub fn new(source: Source<R>, mut head: Vec<u8>, encoding: Option<Encoding>) -> Text<R> {
        let encoding = Encoding::of_mark(&head)
            .inspect(|encoding| {
                head.drain(..encoding.mark().len());
            })
            .or(encoding);
        let mut text =
            Text { source, encoding: None, decoder: None, raw: Vec::new(), block: head, at: 0, ended: false };
        match encoding {
            Some(encoding) => text.settle_on(encoding),
            None => text.settle(),
        }
        text
    }

    /// What comes next; empty only at the end. The same until some of it is [consumed](Text::consume).
    pub fn peek(&mut self) -> &[u8] {
        while self.at >= self.block.len() && !self.ended {
            self.at = 0;
            self.block.clear();
            self.read_on();
        }
        self.block.get(self.at..).unwrap_or_default()
    }

    /// The next `bytes`, or all that is left, without moving on; and whether that is all.
    pub fn look_ahead(&mut self, bytes: usize) -> (&[u8], bool) {
        while self.block.len() < self.at + bytes && !self.ended {
            self.read_on();
        }
        let left = self.block.get(self.at..).unwrap_or_default();
        left.get(..bytes).map_or((left, true), |ahead| (ahead, false))
    }

    /// Moves on by `bytes` of what [`Text::peek`] gave.
    pub fn consume(&mut self, bytes: usize) {
        self.at += bytes;
    }

    /// The last `bytes` that were [consumed](Text::consume), as long as nothing else is asked for.
    pub fn consumed(&self, bytes: usize) -> &[u8] {
        self.block.get(self.at.saturating_sub(bytes)..self.at).unwrap_or_default()
    }

    /// The name of the encoding, as far as it is known.
    pub fn encoding(&self) -> &'static str {
        self.encoding.unwrap_or(Encoding::Utf8).as_str()
    }

    /// What is known of the bytes once all have come.
    pub fn finish(self) -> Arrived {
        self.source.finish()
    }

    /// Appends what comes next to the block.
    fn read_on(&mut self) {
        if let Some(decoder) = &mut self.decoder {
            self.raw.clear();
            self.ended = !self.source.read_into(&mut self.raw);
            decode(decoder, &self.raw, self.ended, &mut self.block);
        } else {
            let before = self.block.len();
            self.ended = !self.source.read_into(&mut self.block);
            if self.encoding.is_none() {
                self.settle_from(before);
            }
        }
    }

    fn settle(&mut self) {
        self.settle_from(0);
    }

    /// Looks for the first byte of the block, from `from` on, that is not the same in every encoding, and lets
    /// what follows decide.
    fn settle_from(&mut self, from: usize) {
        let mut from = from;
        loop {
            let fresh = self.block.get(from..).unwrap_or_default();
            let Some(at) = Encoding::first_sign(fresh).map(|at| from + at) else { return };
            let whole = !self.source.fill(&mut self.block, at + WINDOW_BYTES);
            let beyond = self.block.get(at..).unwrap_or_default();
            let window = beyond.get(..WINDOW_BYTES).unwrap_or(beyond);
            let last = whole && window.len() == beyond.len();
            match Encoding::of(window, last) {
                Some(encoding) => return self.settle_on(encoding),
                // An escape that means nothing.
                None => from = at + 1,
            }
        }
    }

    /// What is in the block and what comes after it is in `encoding`.
    fn settle_on(&mut self, encoding: Encoding) {
        self.encoding = Some(encoding);
        self.decoder = encoding.decoder();
        if let Some(decoder) = &mut self.decoder {
            self.raw = std::mem::take(&mut self.block);
            decode(decoder, &self.raw, false, &mut self.block);
        }
    }
}

/// Appends what `raw` says to `text`, with [`LOST`] where it says nothing.
pub(crate) fn decode(decoder: &mut Decoder, raw: &[u8], last: bool, text: &mut Vec<u8>) {
    let needed = decoder.max_utf8_buffer_length_without_replacement(raw.len());
    let needed = needed.expect("a block is far below the largest length");
    let (mut rest, mut end) = (raw, text.len());
    text.resize(end + needed, 0);
    loop {
        let room = text.get_mut(end..).unwrap_or_default();
        let (result, read, written) = decoder.decode_to_utf8_without_replacement(rest, room, last);
        rest = rest.get(read..).unwrap_or_default();
        end += written;
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => text.resize(end + needed, 0),
            DecoderResult::Malformed(..) => {
                match text.get_mut(end) {
                    Some(free) => *free = LOST,
                    None => text.push(LOST),
                }
                end += 1;
            }
        }
    }
    text.truncate(end);
}

#[cfg(test)]
mod tests {
    use encoding_rs::{EUC_JP, ISO_2022_JP, SHIFT_JIS};

    use super::*;

    /// What comes out of `bytes`, read in blocks of `block_bytes`.
    fn decoded(bytes: &[u8], block_bytes: usize) -> (Vec<u8>, &'static str) {
        let mut text = Text::new(Source::new(bytes, block_bytes), Vec::new(), None);
        let mut all = Vec::new();
        loop {
            let block = text.peek();
            if block.is_empty() {
                break;
            }
            all.extend_from_slice(block);
            let bytes = block.len();
            text.consume(bytes);
        }
        (all, text.encoding())
    }

    #[track_caller]
    fn reads(bytes: &[u8], expected: &[u8], encoding: &str) {
        for block_bytes in [1, 2, 3, 5, 64, 1 << 16] {
            assert_eq!(decoded(bytes, block_bytes), (expected.to_vec(), encoding), "blocks of {block_bytes}");
        }
    }

    fn cp932(text: &str) -> Vec<u8> {
        SHIFT_JIS.encode(text).0.into_owned()
    }

    #[test]
    fn ascii_alone_is_utf_8() {
        reads(b"ID,name\n", b"ID,name\n", "utf-8");
    }

    #[test]
    fn utf_8_is_handed_on_as_it_is() {
        reads("名称,表示\n".as_bytes(), "名称,表示\n".as_bytes(), "utf-8");
    }

    #[test]
    fn cp932_is_told_from_utf_8_and_its_5c_trail_bytes_are_no_backslashes() {
        reads(&cp932("名称,表示,ソ,①髙ｶﾅ\n"), "名称,表示,ソ,①髙ｶﾅ\n".as_bytes(), "cp932");
    }

    #[test]
    fn older_encodings_of_japanese_are_read() {
        let text = "名称,表示,ソ,ｶﾅ\nあ,い,う\n";
        reads(&EUC_JP.encode(text).0, text.as_bytes(), "euc-jp");
        let text = "ID,名称,表示\n1,あ,い\n";
        reads(&ISO_2022_JP.encode(text).0, text.as_bytes(), "iso-2022-jp");
        reads(b"a\x1b[0m,b\n", b"a\x1b[0m,b\n", "utf-8");
    }

    #[test]
    fn utf_16_is_read_and_half_a_letter_is_marked() {
        let little: Vec<u8> = "\u{feff}名称,𠮷\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "\u{feff}名称,𠮷\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        for block_bytes in [1, 2, 3, 5, 64] {
            for (bytes, encoding) in [(&little, "utf-16le"), (&big, "utf-16be")] {
                let (head, rest) = bytes.split_at(2);
                let mut text = Text::new(Source::new(rest, block_bytes), head.to_vec(), None);
                let ahead = text.look_ahead(100);
                assert_eq!(ahead, ("名称,𠮷\n".as_bytes(), true), "blocks of {block_bytes}");
                assert_eq!(text.encoding(), encoding);
            }
        }
        let mut text = Text::new(Source::new(&b""[..], 8), b"\xff\xfea\0\x00\xd8b\0c".to_vec(), None);
        assert_eq!(text.look_ahead(100), (&b"a\xffb\xff"[..], true));
    }

    #[test]
    fn letters_after_much_ascii_still_decide() {
        let ascii = "0,1,2\n".repeat(40_000);
        let text = format!("{ascii}名称\n");
        assert_eq!(decoded(&cp932(&text), 1 << 16), (text.into_bytes(), "cp932"));
    }

    #[test]
    fn a_damaged_letter_does_not_make_utf_8_something_else() {
        let damaged = b"\xe5\x90\x8d\xe7\xa7\xb0,\xe5\x90,\xe5\x90\x8d\n";
        reads(damaged, damaged, "utf-8");
    }

    #[test]
    fn bytes_that_cp932_does_not_know_are_marked_and_eat_no_comma() {
        let mut bytes = cp932("名称の一覧,");
        bytes.extend_from_slice(b"\x83,\xfd,");
        bytes.extend(cp932("終わり\n"));
        bytes.push(0x83);
        reads(&bytes, b"\xe5\x90\x8d\xe7\xa7\xb0\xe3\x81\xae\xe4\xb8\x80\xe8\xa6\xa7,\xff,\xff,\xe7\xb5\x82\xe3\x82\x8f\xe3\x82\x8a\n\xff", "cp932");
    }

    #[test]
    fn a_bom_is_dropped_and_named() {
        let head = "\u{feff}ID\n".as_bytes().to_vec();
        let mut text = Text::new(Source::new(&b""[..], 8), head, None);
        assert_eq!((text.peek().to_vec(), text.encoding()), (b"ID\n".to_vec(), "utf-8-bom"));
    }
}
