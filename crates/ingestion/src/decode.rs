//! Turns the bytes of a text into UTF-8, block by block, and settles which encoding they are in.
//!
//! A BOM settles it, or else the first 64 KB from the first byte beyond ASCII on; ASCII before that is the
//! same in every encoding. Bytes that do not fit are handed on as they are (UTF-8) or as one [`LOST`] each
//! (CP932): no UTF-8 reads them, so whoever makes text of a cell finds them there, at their row and column.

use std::io::Read;

use encoding_rs::{DecoderResult, SHIFT_JIS};

use crate::source::{Arrived, Source};

/// Stands where CP932 could not be read; a byte that UTF-8 never holds.
pub(crate) const LOST: u8 = 0xff;

/// How much decides between UTF-8 and CP932, from the first byte beyond ASCII on.
const WINDOW_BYTES: usize = 64 << 10;

const BOM: &[u8] = b"\xef\xbb\xbf";

/// A text in UTF-8, block by block.
pub(crate) struct Text<R> {
    source: Source<R>,
    encoding: Encoding,
    /// Bytes of CP932 that wait to be decoded.
    raw: Vec<u8>,
    block: Vec<u8>,
    at: usize,
    ended: bool,
}

enum Encoding {
    /// Nothing beyond ASCII so far.
    Ascii,
    Utf8 {
        bom: bool,
    },
    Cp932(encoding_rs::Decoder),
}

/// How much sense some bytes make as UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sense {
    /// Letters beyond ASCII.
    pub letters: usize,
    /// Places that do not fit.
    pub lost: usize,
}

impl<R: Read> Text<R> {
    /// The text that begins with `head` and goes on in `source`.
    pub fn new(source: Source<R>, mut head: Vec<u8>) -> Text<R> {
        let encoding = if head.starts_with(BOM) {
            head.drain(..BOM.len());
            Encoding::Utf8 { bom: true }
        } else {
            Encoding::Ascii
        };
        let mut text = Text { source, encoding, raw: Vec::new(), block: head, at: 0, ended: false };
        text.settle();
        text
    }

    /// What comes next; empty only at the end. The same until some of it is [consumed](Text::consume).
    pub fn peek(&mut self) -> &[u8] {
        while self.at >= self.block.len() && !self.ended {
            self.next_block();
        }
        self.block.get(self.at..).unwrap_or_default()
    }

    /// Moves on by `bytes` of what [`Text::peek`] gave.
    pub fn consume(&mut self, bytes: usize) {
        self.at += bytes;
    }

    /// The name of the encoding, as far as it is known.
    pub fn encoding(&self) -> &'static str {
        match self.encoding {
            Encoding::Ascii | Encoding::Utf8 { bom: false } => "utf-8",
            Encoding::Utf8 { bom: true } => "utf-8-bom",
            Encoding::Cp932(_) => "cp932",
        }
    }

    /// What is known of the bytes once all have come.
    pub fn finish(self) -> Arrived {
        self.source.finish()
    }

    fn next_block(&mut self) {
        self.at = 0;
        self.block.clear();
        if let Encoding::Cp932(decoder) = &mut self.encoding {
            self.raw.clear();
            self.ended = !self.source.read_into(&mut self.raw);
            decode_cp932(decoder, &self.raw, self.ended, &mut self.block);
        } else {
            self.ended = !self.source.read_into(&mut self.block);
            self.settle();
        }
    }

    /// Looks for the first byte beyond ASCII and lets what follows decide.
    fn settle(&mut self) {
        if !matches!(self.encoding, Encoding::Ascii) {
            return;
        }
        let ascii = encoding_rs::Encoding::ascii_valid_up_to(&self.block);
        if ascii == self.block.len() {
            return;
        }
        let whole = !self.source.fill(&mut self.block, ascii + WINDOW_BYTES);
        let beyond = self.block.get(ascii..).unwrap_or_default();
        let window = beyond.get(..WINDOW_BYTES).unwrap_or(beyond);
        let last = whole && window.len() == beyond.len();
        if is_utf8(window, last) {
            self.encoding = Encoding::Utf8 { bom: false };
        } else {
            let mut decoder = SHIFT_JIS.new_decoder_without_bom_handling();
            self.raw = std::mem::take(&mut self.block);
            decode_cp932(&mut decoder, &self.raw, false, &mut self.block);
            self.encoding = Encoding::Cp932(decoder);
        }
    }
}

/// Whether `window` is UTF-8: all of it, or most of what is beyond ASCII, or no less than what is CP932.
///
/// Text in CP932 holds next to nothing that reads as UTF-8, while UTF-8 often reads as CP932 (as 縺 and 繧):
/// one damaged letter must not turn the whole file into such.
fn is_utf8(window: &[u8], last: bool) -> bool {
    let utf8 = utf8_sense(window, last);
    utf8.lost == 0 || utf8.letters > utf8.lost || cp932_lost(window, last) >= utf8.lost
}

/// How much sense `bytes` make as UTF-8. A letter cut off at the end is lost only where the file ends too.
pub(crate) fn utf8_sense(bytes: &[u8], last: bool) -> Sense {
    let mut sense = Sense { letters: 0, lost: 0 };
    let mut rest = bytes;
    for chunk in bytes.utf8_chunks() {
        rest = rest.get(chunk.valid().len() + chunk.invalid().len()..).unwrap_or_default();
        sense.letters += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        let cut_off = rest.is_empty()
            && std::str::from_utf8(chunk.invalid()).is_err_and(|error| error.error_len().is_none());
        if !chunk.invalid().is_empty() && (last || !cut_off) {
            sense.lost += 1;
        }
    }
    sense
}

/// How many places of `bytes` are not CP932. A letter cut off at the end is lost only where the file ends too.
pub(crate) fn cp932_lost(bytes: &[u8], last: bool) -> usize {
    let mut text = Vec::new();
    decode_cp932(&mut SHIFT_JIS.new_decoder_without_bom_handling(), bytes, last, &mut text);
    text.iter().filter(|byte| **byte == LOST).count()
}

/// Appends what `raw` says to `text`, with [`LOST`] where it says nothing.
fn decode_cp932(decoder: &mut encoding_rs::Decoder, raw: &[u8], last: bool, text: &mut Vec<u8>) {
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
    use super::*;

    /// What comes out of `bytes`, read in blocks of `block_bytes`.
    fn decoded(bytes: &[u8], block_bytes: usize) -> (Vec<u8>, &'static str) {
        let mut text = Text::new(Source::new(bytes, block_bytes), Vec::new());
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
        let mut text = Text::new(Source::new(&b""[..], 8), head);
        assert_eq!((text.peek().to_vec(), text.encoding()), (b"ID\n".to_vec(), "utf-8-bom"));
    }
}
