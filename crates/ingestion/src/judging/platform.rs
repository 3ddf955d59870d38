//! 機種依存文字: signs that some machines cannot show or search, and what is written for them instead.
//!
//! Rule: 行政データにおける機械可読性に関するルール L1-08 (丸数字, ローマ数字, 囲み文字, 単位や年号の合字; 固有名詞 excepted).
//! Letters of names (髙, 﨑) have no other writing: they are only noted.

use unicode_normalization::UnicodeNormalization;

/// What a cell holds of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Held {
    /// Only letters of names.
    Letters,
    /// Signs; this is the text without them.
    Signs(String),
}

/// What `text` holds of them; nothing for a classification code (`Ⅲ-2`).
pub(crate) fn held(text: &str) -> Option<Held> {
    if text.chars().any(is_sign) && !is_classification(text) {
        return Some(Held::Signs(text.chars().map(plain).collect()));
    }
    text.chars().any(is_letter_of_names).then_some(Held::Letters)
}

/// Circled digits, Roman numerals, № and ℡, and the compatibility signs: ㈱, ㎡, ㍻.
fn is_sign(letter: char) -> bool {
    matches!(
        letter,
        '\u{2460}'..='\u{2473}' | '\u{2160}'..='\u{217f}' | '№' | '℡'
            | '\u{3220}'..='\u{3243}' | '\u{3250}'..='\u{32fe}' | '㋿' | '\u{3300}'..='\u{33ff}'
    )
}

fn is_letter_of_names(letter: char) -> bool {
    matches!(letter, '髙' | '\u{f900}'..='\u{faff}')
}

/// `㎡` is m2, `㈱` (株), `㍻` 平成.
fn plain(letter: char) -> String {
    if is_sign(letter) { letter.nfkc().collect() } else { letter.to_string() }
}

/// A Roman numeral, a dash and digits.
fn is_classification(text: &str) -> bool {
    let mut letters = text.chars();
    let numeral = letters.next().is_some_and(|letter| matches!(letter, '\u{2160}'..='\u{217f}'));
    let dash = letters.next().is_some_and(|letter| matches!(letter, 'ー' | '－' | '-'));
    let digits = letters.as_str();
    let is_digit = |letter: char| letter.is_ascii_digit() || matches!(letter, '０'..='９');
    numeral && dash && !digits.is_empty() && digits.chars().all(is_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn instead(text: &str, expected: &str) {
        assert_eq!(held(text), Some(Held::Signs(expected.to_owned())), "{text}");
    }

    #[test]
    fn signs_have_another_writing() {
        instead("①受付", "1受付");
        instead("㈱見本", "(株)見本");
        instead("100㎡", "100m2");
        instead("第Ⅲ期", "第III期");
        instead("㍻・㋿", "平成・令和");
        instead("№１ ℡", "No１ TEL");
    }

    #[test]
    fn letters_of_names_have_none() {
        for text in ["髙橋", "山﨑"] {
            assert_eq!(held(text), Some(Held::Letters));
        }
    }

    #[test]
    fn japanese_signs_and_classification_codes_are_none() {
        for text in ["Ⅲ-2", "Ⅱ－１", "（見本）～ー・※○×★→℃", "ｶﾅ", ""] {
            assert_eq!(held(text), None, "{text}");
        }
    }
}
