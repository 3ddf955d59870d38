//! Whether a cell holds anything that is worth a closer look: one pass over its bytes, several at a time.
//!
//! A sign says that something may be there and where not to look; closer is looked by [`crate::reading::letters`],
//! [`crate::repair`], [`crate::personal`] and [`crate::judging::platform`].

use fearless_simd::prelude::*;
use fearless_simd::{Simd, mask8x64, u8x64};

use crate::wide::{self, Sought};

/// What a cell may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Signs(u8);

/// Zero-width characters, no-break spaces, a byte order mark.
const INVISIBLE: u8 = 1;
/// Marks that stand apart from their letter.
const APART: u8 = 1 << 1;
/// 機種依存文字.
const PLATFORM: u8 = 1 << 2;
/// A mail address, the beginning of a mobile number, 様, or full-width digits, in which all may be written.
const PERSONAL: u8 = 1 << 3;
/// Letters that are wrong in any cell.
const WRONG: u8 = 1 << 4;

/// So many bytes are looked at together.
const LANES: usize = 16;
/// With those that follow them.
const WINDOW: usize = LANES + 2;

impl Signs {
    /// Nothing is to be seen.
    pub const NONE: Signs = Signs(0);

    /// Looks at `bytes` (UTF-8).
    pub fn of(bytes: &[u8]) -> Signs {
        let (mut found, mut rest) = ([0; LANES], bytes);
        while let Some(window) = rest.first_chunk() {
            look(window, &mut found);
            rest = rest.get(LANES..).unwrap_or_default();
        }
        // What is left is short, and has nothing behind it.
        let mut last = [0x20; 2 * LANES + 2];
        last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        last.first_chunk().into_iter().for_each(|window| look(window, &mut found));
        if rest.len() > LANES {
            last.last_chunk().into_iter().for_each(|window| look(window, &mut found));
        }
        Signs(found.iter().fold(0, |all, found| all | found))
    }

    /// Finds the cells of a row in which any sign may stand: `found` are they, each once, from 0.
    ///
    /// `ends` are where the cells end in `bytes`, with `between` between each two where anything is. A sign that only
    /// seems to be one, because it begins in one cell and ends in the next, is found as well.
    pub fn find(bytes: &[u8], ends: &[usize], between: Option<u8>, found: &mut Vec<usize>) {
        wide::find(bytes, ends, between, found, MayBeSign);
    }

    pub fn invisible(self) -> bool {
        self.0 & INVISIBLE != 0
    }

    pub fn apart(self) -> bool {
        self.0 & APART != 0
    }

    pub fn platform(self) -> bool {
        self.0 & PLATFORM != 0
    }

    pub fn personal(self) -> bool {
        self.0 & PERSONAL != 0
    }

    pub fn wrong(self) -> bool {
        self.0 & WRONG != 0
    }
}

/// Written without short cuts, for a fixed number of bytes: the compiler then looks at all of them at a time.
#[inline]
fn look(window: &[u8; WINDOW], found: &mut [u8; LANES]) {
    let (second, third) = (window.get(1..).unwrap_or_default(), window.get(2..).unwrap_or_default());
    for (((found, a), b), c) in found.iter_mut().zip(window).zip(second).zip(third) {
        *found |= signs(*a, *b, *c);
    }
}

/// Where any of [`signs`] may begin: with fewer comparisons, and wider than they are where that is rare in Japanese.
#[derive(Clone, Copy)]
struct MayBeSign;

impl Sought for MayBeSign {
    #[inline(always)]
    fn stands<S: Simd>(self, a: u8x64<S>, b: u8x64<S>, c: u8x64<S>) -> mask8x64<S> {
        let alone = a.simd_lt(b' ') | a.simd_eq(0x7f) | a.simd_eq(b'@') | a.simd_eq(0xc2) | a.simd_eq(0xe2);
        let beyond = (a & 0xfe).simd_eq(0xcc) | a.simd_eq(0xee) | a.simd_ge(0xf0);
        let of_e3 = a.simd_eq(0xe3) & (b.simd_ge(0x84) | (b.simd_eq(0x82) & (c & 0xfc).simd_eq(0x98)));
        let of_bc = b.simd_eq(0xbc) & (c - 0x90).simd_le(0x10);
        let of_ef = a.simd_eq(0xef) & (b.simd_le(0xbb) | b.simd_eq(0xbf) | of_bc);
        let kanji = (b.simd_eq(0xa7) & c.simd_eq(0x98)) | (b.simd_eq(0xab) & c.simd_eq(0x99));
        let mobile = a.simd_eq(b'0') & c.simd_eq(b'0') & (b - b'7').simd_lt(3);
        alone | beyond | of_e3 | of_ef | kanji | mobile
    }
}

#[inline]
fn signs(a: u8, b: u8, c: u8) -> u8 {
    let when = |is: bool, sign: u8| u8::from(is) * sign;
    // U+00A0, U+00AD; U+200B to U+200F and U+2060; U+FEFF.
    let invisible = ((a == 0xc2) & ((b == 0xa0) | (b == 0xad)))
        | ((a == 0xe2) & (b == 0x80) & (c.wrapping_sub(0x8b) < 5))
        | ((a == 0xe2) & (b == 0x81) & (c == 0xa0))
        | ((a == 0xef) & (b == 0xbb) & (c == 0xbf));
    // U+0300 to U+037F; U+3099 and U+309A.
    let apart = (a == 0xcc) | (a == 0xcd) | ((a == 0xe3) & (b == 0x82) & ((c == 0x99) | (c == 0x9a)));
    // U+2100 to U+217F, U+2440 to U+247F, U+3200 to U+33FF, 髙, U+F900 to U+FAFF.
    let platform = ((a == 0xe2) & ((b == 0x84) | (b == 0x85) | (b == 0x91)))
        | ((a == 0xe3) & (b & 0xf8 == 0x88))
        | ((a == 0xe9) & (b == 0xab) & (c == 0x99))
        | ((a == 0xef) & (b.wrapping_sub(0xa4) < 8));
    let personal = (a == b'@')
        | ((a == b'0') & (b.wrapping_sub(b'7') < 3) & (c == b'0'))
        | ((a == 0xe6) & (b == 0xa7) & (c == 0x98))
        | ((a == 0xef) & (b == 0xbc) & ((c.wrapping_sub(0x90) < 10) | (c == 0xa0)));
    // ASCII controls but for tabs and line ends; U+0080 to U+009F; U+202A to U+202E, U+2066 to U+2069; U+E000 to U+F8FF,
    // U+FFFD; planes 15 and 16.
    let blank = (a == b'\t') | (a == b'\n') | (a == b'\r');
    let wrong = ((a < b' ') & !blank)
        | (a == 0x7f)
        | ((a == 0xc2) & (b < 0xa0))
        | ((a == 0xe2) & (b.wrapping_sub(0x80) < 2) & (c.wrapping_sub(0xa6) < 9))
        | (a == 0xee)
        | ((a == 0xef) & ((b < 0xa4) | (b == 0xbf)))
        | (a == 0xf3)
        | (a == 0xf4);
    when(invisible, INVISIBLE)
        | when(apart, APART)
        | when(platform, PLATFORM)
        | when(personal, PERSONAL)
        | when(wrong, WRONG)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn shows(text: &str, expected: u8) {
        assert_eq!(Signs::of(text.as_bytes()), Signs(expected), "{text:?}");
        let (mut found, ends) = (Vec::new(), [3, 3 + text.len(), 9 + text.len()]);
        let row = format!("石{text}巻市");
        Signs::find(row.as_bytes(), &ends, None, &mut found);
        assert!(expected == 0 || found.contains(&1), "{text:?} is found in its cell: {found:?}");
        let longer = format!("{}{text}{}", "石巻市".repeat(20), "x".repeat(40));
        assert_eq!(Signs::of(longer.as_bytes()), Signs(expected), "{longer:?}");
    }

    #[test]
    fn plain_text_shows_nothing() {
        for text in
            ["", "x", "名称", "石巻市（見本）～㈠".get(..24).unwrap_or(""), "38.434,141.302", "ｶﾞｷﾞ", "○×※"]
        {
            shows(text, 0);
        }
    }

    #[test]
    fn each_sign_is_seen_wherever_it_stands() {
        for text in ["\u{a0}", "\u{ad}", "\u{200b}", "\u{200f}", "\u{2060}", "\u{feff}"] {
            shows(text, INVISIBLE);
        }
        for text in ["か\u{3099}", "は\u{309a}", "e\u{301}"] {
            shows(text, APART);
        }
        for text in ["①", "Ⅲ", "№", "㈱", "㎡", "㍻", "髙", "﨑"] {
            shows(text, PLATFORM);
        }
        for text in ["@", "＠", "090", "070", "様", "０"] {
            shows(text, PERSONAL);
        }
        for text in
            ["\0", "\x7f", "\u{85}", "\u{202e}", "\u{2066}", "\u{2069}", "\u{e000}", "\u{f8ff}", "\u{fffd}"]
        {
            shows(text, WRONG);
        }
        for text in ["\u{f0000}", "\u{10fffd}"] {
            shows(text, WRONG);
        }
    }

    proptest! {
        /// However long the cells are, those with a sign are found, in their order and once.
        #[test]
        fn cells_with_signs_are_found(
            cells in prop::collection::vec("[石巻 -~]{0,30}|[ぁ-ー、。（①〜様髙]{0,3}|\\PC{0,2}", 0..40),
        ) {
            let mut end = 0;
            let ends: Vec<usize> = cells.iter().map(|cell| { end += cell.len(); end }).collect();
            let mut found = vec![7];
            Signs::find(cells.concat().as_bytes(), &ends, None, &mut found);
            prop_assert!(found.is_sorted_by(|one, next| one < next));
            for (index, cell) in cells.iter().enumerate() {
                let is_found = found.contains(&index);
                prop_assert!(is_found || Signs::of(cell.as_bytes()) == Signs::NONE, "{cell:?}");
            }
        }
    }
}
