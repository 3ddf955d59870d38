//! Which encoding a text is in: told by its mark, or by which strict decoder reads it.
//!
//! A detector is asked only where several decoders fit. Decoding itself is [`crate::reading::decode`]'s business.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, EUC_JP, ISO_2022_JP, SHIFT_JIS, UTF_16BE, UTF_16LE};

use crate::reading::decode::decode;

/// How much decides, from the first byte beyond ASCII on.
pub(crate) const WINDOW_BYTES: usize = 64 << 10;

/// Fewer NULs than this are slips of a text in another encoding.
const NULS_MIN: usize = 8;

const ESCAPE: u8 = 0x1b;
/// What turns ISO-2022-JP to Japanese: JIS C 6226-1978, JIS X 0208, the Roman letters and the katakana of
/// JIS X 0201.
const DESIGNATORS: [&[u8]; 4] = [b"\x1b$@", b"\x1b$B", b"\x1b(J", b"\x1b(I"];

/// An encoding that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// UTF-8 without a mark; also ASCII.
    Utf8,
    /// UTF-8 with a byte order mark.
    Utf8Bom,
    /// UTF-16, as Excel writes 「Unicode テキスト」.
    Utf16Le,
    /// UTF-16 the other way round.
    Utf16Be,
    /// Windows-31J: what Excel writes as CSV in Japanese.
    Cp932,
    /// EUC-JP, of older Unix systems.
    EucJp,
    /// ISO-2022-JP, of mail.
    Iso2022Jp,
}

/// How much sense some bytes make in an encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sense {
    /// Letters beyond ASCII.
    pub letters: usize,
    /// Places that do not fit.
    pub lost: usize,
}

impl Encoding {
    /// The encoding that the byte order mark at the start of `head` tells.
    pub fn of_mark(head: &[u8]) -> Option<Encoding> {
        [Encoding::Utf8Bom, Encoding::Utf16Le, Encoding::Utf16Be]
            .into_iter()
            .find(|encoding| head.starts_with(encoding.mark()))
    }

    /// UTF-16 without a mark: one byte of every ASCII letter is NUL, always on the same side, what stands between
    /// cells and lines has its NUL too, nearly all of it is what Japanese tables are written with, and all of it reads.
    pub fn of_nul_pattern(head: &[u8]) -> Option<Encoding> {
        memchr::memchr(0, head)?;
        let (mut before, mut behind) = (0, 0);
        for pair in head.chunks(2) {
            before += usize::from(pair.first() == Some(&0));
            behind += usize::from(pair.get(1) == Some(&0));
        }
        let (encoding, unit): (_, fn([u8; 2]) -> u16) = match (before, behind) {
            (0, NULS_MIN..) => (Encoding::Utf16Le, u16::from_le_bytes),
            (NULS_MIN.., 0) => (Encoding::Utf16Be, u16::from_be_bytes),
            _ => return None,
        };
        let (mut letters, mut odd, mut separators, mut astray) = (0, 0, 0, 0);
        for pair in head.as_chunks::<2>().0 {
            let is_odd = !is_usual(unit(*pair));
            letters += 1;
            odd += usize::from(is_odd);
            if pair.iter().any(|byte| b",;\t\r\n".contains(byte)) {
                separators += usize::from(pair.contains(&0));
                astray += usize::from(is_odd);
            }
        }
        let plain = odd * 20 <= letters && separators > 0 && separators >= 3 * astray;
        (plain && encoding.sense(head, false).lost == 0).then_some(encoding)
    }

    /// Where the first byte stands that is not the same in every encoding, or that may turn to another.
    pub fn first_sign(bytes: &[u8]) -> Option<usize> {
        let ascii = encoding_rs::Encoding::ascii_valid_up_to(bytes);
        let beyond = (ascii < bytes.len()).then_some(ascii);
        memchr::memchr(ESCAPE, bytes.get(..ascii).unwrap_or_default()).or(beyond)
    }

    /// The encoding of `window`, which begins with a [sign](Encoding::first_sign); `None` where that is an
    /// escape that turns to nothing. A letter cut off at the end is lost only where the file ends too (`last`).
    pub fn of(window: &[u8], last: bool) -> Option<Encoding> {
        if window.first() == Some(&ESCAPE) {
            let turns = DESIGNATORS.iter().any(|designator| window.starts_with(designator));
            let sense = turns.then(|| Encoding::Iso2022Jp.sense(window, last));
            return sense.filter(|sense| sense.letters > sense.lost).map(|_| Encoding::Iso2022Jp);
        }
        let utf8 = utf8_sense(window, last);
        // Text in other encodings holds next to nothing that reads as UTF-8, while UTF-8 often reads as CP932
        // (as 縺 and 繧): one damaged letter must not turn the whole file into such.
        if utf8.lost == 0 || utf8.letters > utf8.lost {
            return Some(Encoding::Utf8);
        }
        let cp932 = Encoding::Cp932.sense(window, last).lost;
        let euc_jp = Encoding::EucJp.sense(window, last).lost;
        if cp932.min(euc_jp) >= utf8.lost {
            return Some(Encoding::Utf8);
        }
        let either = match cp932.cmp(&euc_jp) {
            std::cmp::Ordering::Less => Encoding::Cp932,
            std::cmp::Ordering::Greater => Encoding::EucJp,
            std::cmp::Ordering::Equal => likelier(window),
        };
        Some(either)
    }

    /// The name in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf8Bom => "utf-8-bom",
            Encoding::Utf16Le => "utf-16le",
            Encoding::Utf16Be => "utf-16be",
            Encoding::Cp932 => "cp932",
            Encoding::EucJp => "euc-jp",
            Encoding::Iso2022Jp => "iso-2022-jp",
        }
    }

    /// The byte order mark; empty where it has none.
    pub fn mark(self) -> &'static [u8] {
        match self {
            Encoding::Utf8Bom => b"\xef\xbb\xbf",
            Encoding::Utf16Le => b"\xff\xfe",
            Encoding::Utf16Be => b"\xfe\xff",
            Encoding::Utf8 | Encoding::Cp932 | Encoding::EucJp | Encoding::Iso2022Jp => b"",
        }
    }

    /// What turns it into UTF-8; `None` where it is.
    pub fn decoder(self) -> Option<Decoder> {
        let encoding = match self {
            Encoding::Utf8 | Encoding::Utf8Bom => return None,
            Encoding::Utf16Le => UTF_16LE,
            Encoding::Utf16Be => UTF_16BE,
            Encoding::Cp932 => SHIFT_JIS,
            Encoding::EucJp => EUC_JP,
            Encoding::Iso2022Jp => ISO_2022_JP,
        };
        Some(encoding.new_decoder_without_bom_handling())
    }

    /// How much sense `bytes` make in this encoding.
    pub fn sense(self, bytes: &[u8], last: bool) -> Sense {
        let Some(mut decoder) = self.decoder() else { return utf8_sense(bytes, last) };
        let mut text = Vec::new();
        decode(&mut decoder, bytes, last, &mut text);
        utf8_sense(&text, last)
    }
}

/// Whether a unit of UTF-16 is what Japanese tables are mostly written with: ASCII, kana, kanji, full width and half.
fn is_usual(unit: u16) -> bool {
    matches!(unit, 0x09 | 0x0a | 0x0d | 0x20..=0x7e | 0x3000..=0x30ff | 0x4e00..=0x9fff | 0xff00..=0xffef)
}

/// CP932 or EUC-JP, where `window` reads as well in one as in the other.
///
/// Half-width kana of CP932 lie in one part of what EUC-JP uses; no text in EUC-JP keeps to that part.
fn likelier(window: &[u8]) -> Encoding {
    let beyond_ascii = || window.iter().filter(|byte| !byte.is_ascii());
    if beyond_ascii().count() >= 8 && beyond_ascii().all(|byte| (0xa1..=0xdf).contains(byte)) {
        return Encoding::Cp932;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(window, true);
    let guess = detector.guess(Some(b"jp"), Utf8Detection::Deny);
    if guess == EUC_JP { Encoding::EucJp } else { Encoding::Cp932 }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn utf_16(text: &str, bytes: impl Fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[track_caller]
    fn settles(window: &[u8], expected: Option<Encoding>) {
        assert_eq!(Encoding::of(window, true), expected, "{window:?}");
    }

    #[test]
    fn strict_decoders_decide_between_japanese_encodings() {
        let text = "名称,所在地,備考\n見本トイレ,宮城県石巻市,なし\n";
        settles(text.as_bytes(), Some(Encoding::Utf8));
        settles(&SHIFT_JIS.encode(text).0, Some(Encoding::Cp932));
        settles(&EUC_JP.encode(text).0, Some(Encoding::EucJp));
    }

    #[test]
    fn a_detector_is_asked_where_both_decoders_fit() {
        settles(&SHIFT_JIS.encode("ｱｲﾄﾋﾟｱｾﾝﾀｰ,ｺﾏｴｼﾔｸｼｮ\n").0, Some(Encoding::Cp932));
        settles(&EUC_JP.encode("あいう,施設の一覧と住所\n").0, Some(Encoding::EucJp));
    }

    #[test]
    fn an_escape_turns_to_japanese_only_where_japanese_follows() {
        settles(&ISO_2022_JP.encode("名称,住所").0, Some(Encoding::Iso2022Jp));
        settles(b"\x1b$Bxyz\xff", None);
        settles(b"\x1b[31m", None);
    }

    #[test]
    fn utf_16_without_a_mark_shows_by_its_nuls() {
        // 名 and 上 hold the bytes of CR and LF.
        let of_names = "名称,上り,名前\r\n名称の上,上名,名上\r\n上,名,名称\r\n";
        for text in ["ID,名称\r\n1,見本\r\n2,見本\r\n", of_names] {
            assert_eq!(Encoding::of_nul_pattern(&utf_16(text, u16::to_le_bytes)), Some(Encoding::Utf16Le));
            assert_eq!(Encoding::of_nul_pattern(&utf_16(text, u16::to_be_bytes)), Some(Encoding::Utf16Be));
        }
    }

    #[test]
    fn nuls_in_another_text_are_slips_of_it() {
        for text in ["ID\0,\0\n", "a,b\n1\0,2\n", &"1,2,\0\n".repeat(100), &"ab,cd,\0e\n".repeat(90), "a,b\n"]
        {
            assert_eq!(Encoding::of_nul_pattern(text.as_bytes()), None, "{text:?}");
        }
    }
}
