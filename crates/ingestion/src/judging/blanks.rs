//! What offices write for "no value": `-`, `***`, 不明. What it means in a file only they can say; it is asked once for
//! each column. And what they write for "as above": 〃, 同上.

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
    // Most texts are passed over by their length or their first two bytes: those of the marks below.
    text.len() <= BYTES_MAX
        && matches!(
            text.as_bytes(),
            [b'-' | b'*' | b'N' | b'n' | 0xe2 | 0xef, ..]
                | [0xe3, 0x81 | 0x83, ..]
                | [0xe4, 0xb8, ..]
                | [0xe7, 0x84, ..]
        )
        && (WORDS.contains(&text)
            || text.chars().all(is_dash)
            || text.chars().all(|it| matches!(it, '*' | '＊' | '※')))
}

/// Whether `text` stands for what another cell says. `々` and `〇`, which may do so too, are also values.
pub(crate) fn stands_for_another(text: &str) -> bool {
    matches!(text.len(), 3 | 6) && matches!(text, "〃" | "仝" | "同上" | "同左" | "同右")
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
    fn some_marks_stand_for_another_cell() {
        for text in ["〃", "同上", "同左"] {
            assert!(stands_for_another(text) && !stands_for_none_in_kind(text), "{text}");
        }
        for text in ["々", "〇", "同上に同じ", "上", ""] {
            assert!(!stands_for_another(text), "{text}");
        }
    }

    #[test]
    fn in_remarks_words_say_what_they_say() {
        assert!(!stands_for_none("なし", "備考") && stands_for_none("-", "備考"));
    }
}
