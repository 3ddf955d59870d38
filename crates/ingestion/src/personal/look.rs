//! What in a text looks like data about a person: mobile numbers, private mail addresses, 様 behind a name.

use std::borrow::Cow;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::cell::{half_width, plain};

static FREE_MAIL: LazyLock<FreeMail> = LazyLock::new(|| {
    toml::from_str(include_str!("../../tables/free_mail.toml")).expect("a test reads the table")
});

/// The versioned table of domains under which anybody can have an address.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FreeMail {
    #[expect(dead_code, reason = "for whoever reads the table")]
    edition: String,
    domains: Vec<String>,
}

/// `text` as `folded` gives it, where it is not ASCII.
fn ascii_or(text: &str, folded: fn(&str) -> String) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(folded(text)) }
}

/// Whether `text` holds a mobile number: 070, 080 or 090 and eight digits more.
pub(super) fn mobile_number(text: &str) -> bool {
    let text = ascii_or(text, plain);
    let bytes = text.as_bytes();
    let starts = |at: usize| {
        let digit_before =
            at.checked_sub(1).and_then(|before| bytes.get(before)).is_some_and(u8::is_ascii_digit);
        !digit_before
            && bytes.get(at..).is_some_and(|rest| {
                ["070", "080", "090"].iter().any(|head| rest.starts_with(head.as_bytes()))
            })
    };
    (0..bytes.len()).any(|at| starts(at) && has_eleven_digits(bytes.get(at..).unwrap_or_default()))
}

/// Eleven digits and no more, with single separators between them.
fn has_eleven_digits(bytes: &[u8]) -> bool {
    let (mut digits, mut separated) = (0, false);
    for byte in bytes {
        match byte {
            b'0'..=b'9' => (digits, separated) = (digits + 1, false),
            b'-' | b' ' | b'.' | b'(' | b')' if !separated && digits < 11 => separated = true,
            _ => break,
        }
    }
    digits == 11
}

/// Whether `text` holds a mail address under a domain where anybody can have one.
pub(super) fn private_address(text: &str) -> bool {
    let text = ascii_or(text, half_width);
    let domains = text.split('@').skip(1).map(|rest| {
        let end = rest.find(|letter: char| !(letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-')));
        rest.get(..end.unwrap_or(rest.len())).unwrap_or_default().trim_end_matches('.')
    });
    let is_free = |domain: &str| {
        FREE_MAIL.domains.iter().any(|free| {
            let parts = domain.split_at_checked(domain.len().saturating_sub(free.len()));
            parts.is_some_and(|(head, tail)| {
                tail.eq_ignore_ascii_case(free) && (head.is_empty() || head.ends_with('.'))
            })
        })
    };
    domains.into_iter().any(is_free)
}

/// Words that end in 様 and name nobody.
const NOBODY: [&str; 22] = [
    "仕", "模", "同", "多", "異", "一", "神", "王", "奥", "貴", "皆", "客", "何", "各", "文", "両", "有",
    "観音", "地蔵", "先", "今", "雛",
];
/// What follows 様 where it is no address: 様式, 様々, 様子.
const NO_ADDRESS: [char; 8] = ['式', '々', '子', '相', '態', '変', '似', 'な'];

/// Whether `text` addresses somebody by name: 石巻太郎様.
pub(super) fn addressed_name(text: &str) -> bool {
    text.match_indices('様').any(|(at, sama)| {
        let before = text.get(..at).unwrap_or_default().trim_end_matches([' ', '\u{3000}']);
        let after = text.get(at + sama.len()..).and_then(|after| after.chars().next());
        let is_name =
            |letter: char| matches!(letter, '一'..='鿿' | '々' | 'ァ'..='ヶ' | '\u{f900}'..='\u{faff}');
        before.chars().next_back().is_some_and(is_name)
            && !NOBODY.iter().any(|word| before.ends_with(word))
            && !after.is_some_and(|letter| NO_ADDRESS.contains(&letter))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mobile_numbers_are_seen_however_they_are_written() {
        for text in [
            "090-1234-5678",
            "09012345678",
            "０８０−１２３４−５６７８",
            "連絡は０８０ー１２３４ー５６７８",
            "090—1234—5678",
            "担当 070 1234 5678 まで",
            "(090)1234-5678",
        ] {
            assert!(mobile_number(text), "{text}");
        }
    }

    #[test]
    fn numbers_of_offices_are_no_mobile_numbers() {
        for text in ["0225-95-1111", "0120-080-080", "2090-1234-5678", "090-1234-567", "090123456789", "0900"]
        {
            assert!(!mobile_number(text), "{text}");
        }
    }

    #[test]
    fn addresses_that_anybody_can_have_are_private() {
        for text in ["taro@gmail.com", "連絡は taro＠docomo.ne.jp。まで", "A@T.VODAFONE.NE.JP"] {
            assert!(private_address(text), "{text}");
        }
        for text in ["info@city.ishinomaki.lg.jp", "a@example.jp", "@gmail", "x@notgmail.com", "gmail.com"] {
            assert!(!private_address(text), "{text}");
        }
    }

    #[test]
    fn somebody_addressed_by_name_is_seen() {
        for text in ["石巻太郎様", "連絡先: 見本 様", "サトウ様まで"] {
            assert!(addressed_name(text), "{text}");
        }
    }

    #[test]
    fn words_with_the_letter_are_nobody() {
        for text in
            ["様式第1号", "仕様書", "多様な模様", "お客様の声", "皆様へ", "様々", "同様", "観音様", "様"]
        {
            assert!(!addressed_name(text), "{text}");
        }
    }
}
