//! Text in columns: East Asian letters are as wide as two others, and nothing that comes from a file may
//! move the cursor.

use unicode_width::UnicodeWidthStr;

/// A column is widened for its widest cell up to here; a wider cell pushes its own line only.
const WIDTH_MAX: usize = 32;

/// How many columns of a terminal `text` takes.
pub fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// The width of a column that holds `cells`.
pub fn width_of<'a>(cells: impl IntoIterator<Item = &'a str>) -> usize {
    cells.into_iter().map(width).max().unwrap_or(0).min(WIDTH_MAX)
}

/// `text` with blanks behind it, up to `columns` columns.
pub fn pad(text: &str, columns: usize) -> String {
    let blanks = columns.saturating_sub(width(text));
    format!("{text}{:blanks$}", "")
}

/// `text` on one line, with every letter that a terminal would obey or hide made visible.
///
/// Control characters are shown by their pictures (␛), those that are written without being seen
/// (zero-width, direction of writing) by their number.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\u{7f}' => shown.push('␡'),
            '\0'..='\u{1f}' => shown.extend(char::from_u32(0x2400 + u32::from(letter))),
            '\u{80}'..='\u{9f}'
            | '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}' => shown.push_str(&format!("<U+{:04X}>", u32::from(letter))),
            _ => shown.push(letter),
        }
    }
    shown
}

/// `number` with a comma before every three digits.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_japanese_letter_is_as_wide_as_two_others() {
        assert_eq!(pad("名称", 6), "名称  ");
        assert_eq!(pad("ｶﾅ", 6), "ｶﾅ    ");
        assert_eq!(pad("所在地_連結表記", 6), "所在地_連結表記");
    }

    #[test]
    fn a_very_wide_cell_does_not_widen_its_column() {
        assert_eq!(width_of(["ID", "名称"]), 4);
        assert_eq!(width_of(["ID", &"長".repeat(100)]), WIDTH_MAX);
    }

    #[test]
    fn no_letter_of_a_file_moves_the_cursor() {
        assert_eq!(visible("\u{1b}[2J"), "␛[2J");
        assert_eq!(visible("上\r\n下"), "上␍␊下");
        assert_eq!(visible("\u{202e}gpj\u{9b}"), "<U+202E>gpj<U+009B>");
        assert_eq!(visible("○○公園トイレ が"), "○○公園トイレ が");
    }

    proptest! {
        #[test]
        fn whatever_a_file_holds_stays_on_its_line_and_moves_nothing(text in any::<String>()) {
            let shown = visible(&text);
            prop_assert!(!shown.contains(char::is_control), "{shown:?}");
            prop_assert!(width(&pad(&shown, 20)) >= 20);
        }
    }

    #[test]
    fn large_numbers_are_grouped() {
        for (number, shown) in [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(grouped(number), shown);
        }
    }
}
