//! Letters of another width or look, made the plain ones: for proposals and repairs, never for a good cell.

use unicode_normalization::UnicodeNormalization;

use crate::repair::{RepairCode, RepairSet};

/// Cells longer than this (in bytes) get no proposal: nobody compares such texts by eye.
pub(super) const PROPOSAL_BYTES_MAX: usize = 1_000;

/// Full-width letters, digits and signs made half-width, the ideographic space a space.
///
/// This is less than NFKC, which would also make `10²` a hundred and two.
pub(crate) fn half_width(raw: &str) -> String {
    raw.chars().map(half_width_letter).collect()
}

/// [`half_width`], with everything that looks like a hyphen made one.
pub(crate) fn plain(raw: &str) -> String {
    raw.chars().map(half_width_letter).map(|letter| if is_dash(letter) { '-' } else { letter }).collect()
}

/// Half-width katakana made full-width, with their marks: `ｶﾞ` is `ガ`.
pub(super) fn full_width_kana(raw: &str) -> String {
    let mut folded = String::with_capacity(raw.len());
    let mut narrow = String::new();
    for letter in raw.chars() {
        if is_narrow_kana(letter) {
            narrow.push(letter);
        } else {
            folded.extend(narrow.nfkc());
            narrow.clear();
            folded.push(letter);
        }
    }
    folded.extend(narrow.nfkc());
    folded
}

/// `｡` to `ﾟ`: the half-width forms of katakana and their signs.
pub(super) fn is_narrow_kana(letter: char) -> bool {
    matches!(letter, '｡'..='ﾟ')
}

/// Whether `letter` looks like a hyphen and is none.
pub(crate) fn is_dash(letter: char) -> bool {
    matches!(letter, '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '─' | '﹣' | 'ー' | 'ｰ')
}

/// [`RepairCode::FullWidth`] where making `raw` plain changes it.
pub(super) fn width(raw: &str) -> RepairSet {
    let changes = |letter: char| half_width_letter(letter) != letter || is_dash(letter);
    if raw.chars().any(changes) { RepairSet::NONE.with(RepairCode::FullWidth) } else { RepairSet::NONE }
}

fn half_width_letter(letter: char) -> char {
    match letter {
        '！'..='～' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        '\u{3000}' | '\u{A0}' => ' ',
        '￥' => '¥',
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_and_dashes_are_folded_and_nothing_else() {
        assert_eq!(plain("（０２２５）９５ー１１１１"), "(0225)95-1111");
        assert_eq!(half_width("Ａ　ー²"), "A ー²");
    }

    #[test]
    fn half_width_kana_keep_their_marks() {
        assert_eq!(full_width_kana("ｺﾏｴｼﾘﾂ ﾐﾄﾞﾘﾉｼｮｳｶﾞｯｺｳ漢"), "コマエシリツ ミドリノショウガッコウ漢");
    }
}
