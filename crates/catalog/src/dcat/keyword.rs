//! Keywords as every portal takes them.
//!
//! CKAN refuses a whole dataset for one keyword with a sign in it, and some harvesters split at commas
//! (`子育て・教育`, `AED（自動体外式除細動器）`, `公園,トイレ`). So a keyword is parted at what CKAN refuses.

use unicode_normalization::char::is_combining_mark;

use crate::dataset::Metadata;

/// CKAN's shortest and longest keyword, in characters.
const LENGTH: std::ops::RangeInclusive<usize> = 2..=100;

/// The words by which the dataset about which `metadata` is said is found: those of its keywords, else of its title, for
/// portals want at least one.
pub fn of(metadata: &Metadata) -> Vec<&str> {
    match words(&metadata.keywords) {
        none if none.is_empty() => words(std::slice::from_ref(&metadata.title)),
        words => words,
    }
}

/// The words of `keywords`, each once, in their order. Parts too short or too long for CKAN, or with letters that it does not
/// take, are left out.
///
/// Rule: CKAN's `tag_name_validator` and `tag_length_validator`: 2 to 100 letters, digits, blanks or `-_.`.
pub fn words(keywords: &[String]) -> Vec<&str> {
    let refused = |c: char| !(c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.'));
    let parts = keywords.iter().flat_map(|keyword| keyword.split(refused)).map(str::trim);
    let mut words = Vec::new();
    for part in parts.filter(|part| LENGTH.contains(&part.chars().count()) && part.chars().all(is_taken)) {
        if !words.contains(&part) {
            words.push(part);
        }
    }
    words
}

/// Whether CKAN, whose letters are those of Python's `\w`, takes a letter that Rust calls alphanumeric: Python knows neither
/// marks nor letters in circles and squares.
pub fn is_taken(letter: char) -> bool {
    let in_a_shape = matches!(letter, '\u{24b6}'..='\u{24e9}' | '\u{1f130}'..='\u{1f189}');
    !in_a_shape && !is_combining_mark(letter)
}

#[cfg(test)]
mod tests {
    use super::words;

    #[track_caller]
    fn gives(keywords: &[&str], expected: &[&str]) {
        let keywords: Vec<String> = keywords.iter().map(|&keyword| keyword.to_owned()).collect();
        assert_eq!(words(&keywords), expected, "{keywords:?}");
    }

    #[test]
    fn a_plain_keyword_stays() {
        gives(&["避難所", "Wi-Fi", "open data", "データ"], &["避難所", "Wi-Fi", "open data", "データ"]);
    }

    #[test]
    fn signs_that_ckan_refuses_part_a_keyword() {
        gives(&["子育て・教育"], &["子育て", "教育"]);
        gives(&["AED（自動体外式除細動器）"], &["AED", "自動体外式除細動器"]);
        gives(&["公園,トイレ"], &["公園", "トイレ"]);
    }

    #[test]
    fn what_is_too_short_or_too_long_is_left_out() {
        gives(&["", "海", " ", "#", &"あ".repeat(101)], &[]);
    }

    #[test]
    fn letters_that_python_does_not_know_are_in_no_word() {
        gives(&["Ⓐ地区", "か\u{3099}き", "ก\u{e39}ก", "①番"], &["①番"]);
    }

    #[test]
    fn a_word_stands_once() {
        gives(&["公園", "公園", "公園・トイレ"], &["公園", "トイレ"]);
    }
}
