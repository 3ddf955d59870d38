//! Letters that are wrong in any cell: what no printer shows, what turns the writing round, what was lost.
//!
//! Rule: design of the report, "always errors". Whether the cell says what its field wants is
//! [`crate::cell`]'s business.

use crate::finding::Code;

/// Whether any of `bytes` (UTF-8) may belong to a wrong letter; most rows are passed over by this alone.
pub(crate) fn may_be_wrong(bytes: &[u8]) -> bool {
    // No early exit: without one the loop runs several bytes at a time.
    bytes.iter().fold(false, |found, byte| found | is_suspect(*byte))
}

/// The kinds of wrong letters in `cell`, each once.
pub(crate) fn wrong(cell: &str) -> impl Iterator<Item = Code> {
    let mut found = [None; 4];
    for letter in cell.chars().filter(|letter| !letter.is_ascii() || letter.is_ascii_control()) {
        let Some(code) = wrong_letter(letter) else { continue };
        if let Some(free) = found.iter_mut().find(|seen| seen.is_none_or(|seen| seen == code)) {
            *free = Some(code);
        }
    }
    found.into_iter().flatten()
}

/// Whether `letter` is wrong in any cell, so that no file that holds it can be published.
///
/// Rule: design of the report, "always errors": control characters but for blanks, bidi overrides, U+FFFD, 外字.
pub fn is_wrong_letter(letter: char) -> bool {
    wrong_letter(letter).is_some()
}

fn wrong_letter(letter: char) -> Option<Code> {
    match letter {
        // Blanks that a cell may hold between its quotes.
        '\t' | '\n' | '\r' => None,
        letter if letter.is_control() => Some(Code::ControlCharacter),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some(Code::BidiControl),
        '\u{fffd}' => Some(Code::ReplacementCharacter),
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' => Some(Code::PrivateUseCharacter),
        _ => None,
    }
}

/// ASCII controls, and the first bytes of C1 controls (C2), bidi controls (E2), U+E000 to U+FFFF (EE, EF) and
/// planes 15 and 16 (F3, F4).
///
/// Written without short cuts: the compiler then looks at several bytes at a time.
fn is_suspect(byte: u8) -> bool {
    let blank = (byte == b'\t') | (byte == b'\n') | (byte == b'\r');
    let control = ((byte < b' ') & !blank) | (byte == 0x7f);
    let begins =
        (byte == 0xc2) | (byte == 0xe2) | (byte == 0xee) | (byte == 0xef) | (byte == 0xf3) | (byte == 0xf4);
    control | begins
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn holds(cell: &str, expected: &[Code]) {
        assert_eq!(wrong(cell).collect::<Vec<_>>(), expected, "{cell:?}");
        assert!(expected.is_empty() || may_be_wrong(cell.as_bytes()), "{cell:?} was passed over");
    }

    #[test]
    fn japanese_text_with_line_breaks_is_good() {
        holds("石巻市\r\n①㈱※○～（全角）\tｶﾅ 髙﨑", &[]);
    }

    #[test]
    fn nul_and_the_controls_of_both_sets_are_wrong() {
        for cell in ["a\0b", "\u{1b}[31m", "\u{7f}", "\u{85}", "\u{9f}"] {
            holds(cell, &[Code::ControlCharacter]);
        }
    }

    #[test]
    fn what_turns_the_writing_round_is_wrong() {
        holds("gnp.\u{202e}exe", &[Code::BidiControl]);
        holds("\u{2066}a\u{2069}", &[Code::BidiControl]);
    }

    #[test]
    fn a_lost_letter_and_gaiji_are_wrong() {
        holds("a\u{fffd}", &[Code::ReplacementCharacter]);
        for cell in ["\u{e000}", "\u{f8ff}", "\u{f0000}", "\u{10fffd}"] {
            holds(cell, &[Code::PrivateUseCharacter]);
        }
    }

    #[test]
    fn each_kind_is_told_once() {
        holds(
            "\0\u{e000}\0\u{fffd}",
            &[Code::ControlCharacter, Code::PrivateUseCharacter, Code::ReplacementCharacter],
        );
    }
}
