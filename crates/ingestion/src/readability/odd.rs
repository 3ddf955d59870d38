//! Finds the cells of a row that are worth a look at how they are written, without looking at each.
//!
//! All bytes of a row are passed over once, several at a time; only what may break a rule stops: blanks side by
//! side, controls, commas, signs that list, letters that only some machines have. Blanks at an end of a cell are
//! the reader's finding ([`crate::Code::SurroundingBlank`]) and are not looked for again.

use super::table::Seen;
use crate::wide;

/// Finds the cells of a row in which something odd stands, each once: `found` are they, from 0.
/// In CP932, wave dashes are odd too.
pub(super) fn find(seen: Seen<'_>, found: &mut Vec<usize>) {
    let Seen { bytes, ends, between, cp932, .. } = seen;
    match cp932 {
        true => wide::find(bytes, ends, between, found, is_odd::<true>),
        false => wide::find(bytes, ends, between, found, is_odd::<false>),
    }
}

/// Whether something that may break a rule begins with `a`, then `b`, then `c` (UTF-8).
///
/// Written without short cuts, and with comparisons that a machine does on many bytes at a time.
#[inline]
fn is_odd<const CP932: bool>(a: u8, b: u8, c: u8) -> bool {
    let control = a < b' ';
    let comma = a == b',';
    let blanks = (a == b' ') & (b == b' ');
    // U+3000 and 、: what follows 80 is 80 or 81, the smallest of signed bytes.
    let blank_or_comma = (b == 0x80) & ((c as i8) < -126);
    let middle_dot = (b == 0x83) & (c == 0xbb);
    // ㈠ to ㏿
    let squared = (b & 0xf8) == 0x88;
    let of_e3 = (a == 0xe3) & (blank_or_comma | middle_dot | squared);
    // Ⅰ to ⅿ, ① to ⑳
    let of_e2 = (a == 0xe2) & ((b == 0x85) | (b == 0x91));
    // ︰ to ﹏
    let of_ef = (a == 0xef) & ((b & 0xfe) == 0xb8);
    // 391445（
    let digit_before_full_width = (b == 0xef) & (a.wrapping_sub(b'0') < 10);
    // 〜 and ～
    let wave_dash = ((a == 0xe3) & (b == 0x80) & (c == 0x9c)) | ((a == 0xef) & (b == 0xbd) & (c == 0x9e));
    control | comma | blanks | of_e3 | of_e2 | of_ef | digit_before_full_width | (CP932 & wave_dash)
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
                Seen { row: 2, bytes: bytes.as_bytes(), ends: &ends, between: None, cp932: false },
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
            Seen { row: 2, bytes: "9～".as_bytes(), ends: &[4], between: None, cp932: true },
            &mut found,
        );
        assert_eq!(found, [0]);
    }
}
