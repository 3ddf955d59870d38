//! How text is searched: folded, so that width and case of letters do not matter.
//!
//! Folding is done once when a text is kept and once when it is looked for; comparing is
//! [`crate::store`]'s business.

use unicode_normalization::UnicodeNormalization;

/// Words of one query that are looked at; a database compares every one of them with every dataset.
const WORDS_MAX: usize = 20;

/// `texts` as they are searched: NFKC, lower case, control characters and runs of blanks one blank.
pub(crate) fn fold<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut folded = String::new();
    for text in texts {
        let plain: String = text.nfkc().flat_map(char::to_lowercase).collect();
        for word in plain.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty())
        {
            if !folded.is_empty() {
                folded.push(' ');
            }
            folded.push_str(word);
        }
    }
    folded
}

/// The words of a query, folded; the first 20 of them.
pub(crate) fn words(query: &str) -> Vec<String> {
    fold([query]).split(' ').filter(|word| !word.is_empty()).take(WORDS_MAX).map(str::to_owned).collect()
}

/// A `LIKE` pattern that finds `word` anywhere, its own `%` and `_` taken as letters. The escape is `\`.
pub(crate) fn anywhere(word: &str) -> String {
    let mut pattern = String::from("%");
    for c in word.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_case_and_blanks_do_not_matter() {
        assert_eq!(fold(["公衆ＷｉＦｉ　 ｱｸｾｽﾎﾟｲﾝﾄ", "\tAED\u{0}\n"]), "公衆wifi アクセスポイント aed");
        assert_eq!(words("　ＡＥＤ  設置 "), ["aed", "設置"]);
        assert_eq!(words(" 　\u{0}"), Vec::<String>::new());
    }

    #[test]
    fn signs_of_a_pattern_are_letters() {
        assert_eq!(anywhere(r"50%_\"), r"%50\%\_\\%");
    }

    #[test]
    fn a_query_has_an_end() {
        assert_eq!(words(&"a ".repeat(5_000)).len(), 20);
    }
}
