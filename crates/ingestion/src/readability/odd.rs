//! Finds the cells of a row that are worth a look at how they are written, without looking at each.
//!
//! All bytes of a row are passed over once, several at a time; only what may break a rule stops: blanks side by
//! side, controls, commas, signs that list, letters that only some machines have. Blanks at an end of a cell are
//! the reader's finding ([`crate::Code::SurroundingBlank`]) and are not looked for again.

use fearless_simd::prelude::*;
use fearless_simd::{Simd, mask8x64, u8x64};

use super::table::Seen;
use crate::wide::{self, Sought};

/// Finds the cells of a row in which something odd stands, each once: `found` are they, from 0.
/// In CP932, wave dashes are odd too.
pub(super) fn find(seen: Seen<'_>, found: &mut Vec<usize>) {
    let Seen { bytes, ends, between, cp932, .. } = seen;
    match cp932 {
        true => wide::find(bytes, ends, between, found, Odd::<true>),
        false => wide::find(bytes, ends, between, found, Odd::<false>),
    }
}

/// Where something that may break a rule begins (UTF-8).
#[derive(Clone, Copy)]
struct Odd<const CP932: bool>;

impl<const CP932: bool> Sought for Odd<CP932> {
    #[inline(always)]
    fn stands<S: Simd>(self, a: u8x64<S>, b: u8x64<S>, c: u8x64<S>) -> mask8x64<S> {
        let control = a.simd_lt(b' ');
        let comma = a.simd_eq(b',');
        let blanks = a.simd_eq(b' ') & b.simd_eq(b' ');
        // U+3000 and 、
        let blank_or_comma = b.simd_eq(0x80) & c.simd_le(0x81);
        let middle_dot = b.simd_eq(0x83) & c.simd_eq(0xbb);
        // ㈠ to ㏿
        let squared = (b & 0xf8).simd_eq(0x88);
        let of_e3 = a.simd_eq(0xe3) & (blank_or_comma | middle_dot | squared);
        // Ⅰ to ⅿ, ① to ⑳
        let of_e2 = a.simd_eq(0xe2) & (b.simd_eq(0x85) | b.simd_eq(0x91));
        // ︰ to ﹏
        let of_ef = a.simd_eq(0xef) & (b & 0xfe).simd_eq(0xb8);
        // 391445（
        let digit_before_full_width = b.simd_eq(0xef) & (a - b'0').simd_lt(10);
        let odd = control | comma | blanks | of_e3 | of_e2 | of_ef | digit_before_full_width;
        if !CP932 {
            return odd;
        }
        // 〜 and ～
        let of_e3 = a.simd_eq(0xe3) & b.simd_eq(0x80) & c.simd_eq(0x9c);
        let of_ef = a.simd_eq(0xef) & b.simd_eq(0xbd) & c.simd_eq(0x9e);
        odd | of_e3 | of_ef
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn finds(cells: &[&str], expected: &[usize]) {
        for in_front in [0, 50, 61, 62, 63, 64, 200, 509, 510, 511, 512] {
            let filler = "x".repeat(in_front);
            let all: Vec<&str> = [filler.as_str()].into_iter().chain(cells.iter().copied()).collect();
            let mut end = 0;
            let ends: Vec<usize> = all
                .iter()
                .map(|cell| {
                    end += cell.len();
                    end
                })
                .collect();
            let bytes = all.concat();
            let mut found = Vec::new();
            find(
                Seen {
                    row: 2,
                    bytes: bytes.as_bytes(),
                    text: None,
                    ends: &ends,
                    between: None,
                    cp932: false,
                },
                &mut found,
            );
            let found: Vec<usize> = found.into_iter().filter_map(|index| index.checked_sub(1)).collect();
            assert_eq!(found, expected, "{cells:?} behind {in_front} bytes");
        }
    }

    #[test]
    fn ordinary_cells_are_passed_over() {
        finds(&["石巻市「穀町」14-1。", "", "Ishinomaki City", "0225-95-1111"], &[]);
        finds(&["9時～17時", "（全角）", "3階（東）", "カタカナー", "2024-04-01T09:00"], &[]);
    }

    #[test]
    fn odd_cells_are_found_once_each_wherever_they_stand() {
        finds(&["a,b,c", "x", "い、ろ、は", "月・火"], &[0, 2, 3]);
        finds(
            &["①", "", "㈱見本", "Ⅲ", "391445（355943）", "a  b", "a\nb", "青\u{3000}森"],
            &[0, 2, 3, 4, 5, 6, 7],
        );
    }

    #[test]
    fn a_wave_dash_is_odd_where_the_encoding_makes_it_so() {
        let mut found = Vec::new();
        find(
            Seen { row: 2, bytes: "9～".as_bytes(), text: None, ends: &[4], between: None, cp932: true },
            &mut found,
        );
        assert_eq!(found, [0]);
    }
}
