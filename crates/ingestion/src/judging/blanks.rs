//! What offices write for "no value": `-`, `***`, 不明. What it means in a file only they can say; it is asked once for
//! each column.

/// Marks of words; dashes and asterisks are told by their letters.
const WORDS: [&str; 5] = ["不明", "なし", "無し", "N/A", "n/a"];
/// Longer texts (in bytes) are none.
const BYTES_MAX: usize = 12;

/// Whether `text` may stand for no value in a column of texts of which `name` is the name.
///
/// In remarks なし and 不明 say what they say.
pub(crate) fn stands_for_none(text: &str, name: &str) -> bool {
    const REMARKS: [&str; 8] = ["備考", "特記", "説明", "概要", "内容", "補足", "詳細", "その他"];
    stands_for_none_in_kind(text)
        && !(WORDS.contains(&text) && REMARKS.iter().any(|remarks| name.contains(remarks)))
}

/// Whether `text` may stand for no value in a column whose kind cannot read it.
pub(crate) fn stands_for_none_in_kind(text: &str) -> bool {
    // Most texts are passed over by their length or their first byte.
    let first = text.as_bytes().first();
    text.len() <= BYTES_MAX
        && first.is_some_and(|byte| matches!(byte, b'-' | b'*' | b'N' | b'n' | 0xe2..=0xef))
        && (WORDS.contains(&text)
            || text.chars().all(is_dash)
            || text.chars().all(|it| matches!(it, '*' | '＊' | '※')))
}

fn is_dash(letter: char) -> bool {
    matches!(letter, '-' | '－' | 'ー' | '―' | '—' | '–' | '‐' | '−' | '─' | 'ｰ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_asterisks_and_words_may_stand_for_none() {
        for text in ["-", "－", "---", "ー", "***", "＊＊＊", "不明", "なし", "N/A"] {
            assert!(stands_for_none_in_kind(text) && stands_for_none(text, "電話番号"), "{text}");
        }
    }

    #[test]
    fn values_do_not() {
        for text in ["", "0", "-1", "無", "無料", "見本", "-----------------", "*1", "None"] {
            assert!(!stands_for_none_in_kind(text), "{text}");
        }
    }

    #[test]
    fn in_remarks_words_say_what_they_say() {
        assert!(!stands_for_none("なし", "備考") && stands_for_none("-", "備考"));
    }
}
