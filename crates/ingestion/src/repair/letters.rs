//! Letters that can be mended in a cell of any kind: what nobody sees, and marks that stand apart from their letter.
//!
//! Blanks around a cell are [`crate::reading::cells::without_blanks`]' business.

use unicode_normalization::char::compose;

use super::{RepairCode, RepairSet};

/// Gives what a text becomes; `None` where nothing changes.
type Mend = fn(&str) -> Option<String>;

/// What `text` becomes by those of the `repairs` it needs, one after the other, each with its kind.
pub(crate) fn mended(text: &str, repairs: RepairSet) -> Vec<(RepairCode, String)> {
    const KINDS: [(RepairCode, Mend); 2] =
        [(RepairCode::InvisibleCharacter, without_invisible), (RepairCode::Decomposed, composed)];
    let mut steps: Vec<(RepairCode, String)> = Vec::new();
    for (code, mend) in KINDS.into_iter().filter(|(code, _)| repairs.has(*code)) {
        if let Some(mended) = mend(steps.last().map_or(text, |(_, before)| before)) {
            steps.push((code, mended));
        }
    }
    steps
}

/// `text` without what has no width and nobody sees; a no-break space becomes a space. `None` where nothing changes.
///
/// What joins two signs into one picture stays, and so do variation selectors: they are a part of the letter.
fn without_invisible(text: &str) -> Option<String> {
    let mut kept = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\u{a0}' => kept.push(' '),
            '\u{200d}' if kept.ends_with(joins_to_pictures) => kept.push(letter),
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            letter => kept.push(letter),
        }
    }
    (kept != text).then_some(kept)
}

/// Signs beyond the basic plane, and what a picture may end in.
fn joins_to_pictures(letter: char) -> bool {
    matches!(letter, '\u{2190}'..='\u{2bff}' | '\u{fe0f}' | '\u{1f000}'..)
}

/// `text` with each letter and the mark behind it as one letter (NFC), where there is such a letter. `None` where
/// nothing changes.
///
/// Nothing else is normalised: NFC would also turn 神 (U+FA19), which stands in names, into another letter.
fn composed(text: &str) -> Option<String> {
    let mut joined = String::with_capacity(text.len());
    for letter in text.chars() {
        let whole =
            joined.chars().next_back().filter(|_| is_mark(letter)).and_then(|last| compose(last, letter));
        match whole {
            Some(whole) => {
                joined.pop();
                joined.push(whole);
            }
            None => joined.push(letter),
        }
    }
    (joined != text).then_some(joined)
}

fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{3099}' | '\u{309a}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    #[test]
    fn what_nobody_sees_is_taken_out() {
        for (text, kept) in [
            ("石\u{200b}巻", "石巻"),
            ("\u{feff}名称", "名称"),
            ("a\u{ad}b\u{2060}c\u{200e}", "abc"),
            ("a\u{a0}b", "a b"),
            ("か\u{200d}", "か"),
        ] {
            assert_eq!(without_invisible(text).as_deref(), Some(kept), "{text:?}");
        }
    }

    #[test]
    fn what_is_part_of_a_letter_or_a_picture_stays() {
        for text in ["葛\u{e0100}", "👨\u{200d}👩\u{200d}👧", "❤\u{fe0f}\u{200d}🔥", "石巻 市\u{3000}"]
        {
            assert_eq!(without_invisible(text), None, "{text:?}");
        }
    }

    #[test]
    fn marks_join_their_letter() {
        for (text, joined) in
            [("か\u{3099}っこう", "がっこう"), ("ハ\u{309a}", "パ"), ("Cafe\u{301}", "Café")]
        {
            assert_eq!(composed(text).as_deref(), Some(joined));
        }
    }

    #[test]
    fn letters_of_names_and_marks_that_join_nothing_stay() {
        for text in ["神\u{fa19}﨑塚", "あ\u{3099}", "\u{3099}", "がっこう"] {
            assert_eq!(composed(text), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn kana_that_were_taken_apart_come_back(text in "[ぁ-んァ-ヴ一-龠a-z]{0,12}") {
            let apart: String = text.nfd().collect();
            prop_assert_eq!(composed(&apart).unwrap_or(apart), text);
        }
    }
}
