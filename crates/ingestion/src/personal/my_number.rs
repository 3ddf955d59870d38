//! マイナンバー: twelve digits with their check digit, and how they are kept out of a report.
//!
//! Rule: 行政手続における特定の個人を識別するための番号の利用等に関する法律施行令 第8条; 同法に基づく省令 (平成26年総務省令第85号)
//! 第5条: with P(n) the n-th digit from the right of the first eleven, and Q(n) = n + 1 for n up to 6 and n - 5 beyond,
//! the check digit is 11 less the remainder of the sum of P(n) × Q(n) by 11, or 0 where that remainder is 0 or 1.

use std::ops::Range;

use crate::cell::is_dash;

/// Twelve digits.
const DIGITS: usize = 12;

/// Whether `text` holds such a number, as twelve digits or in groups of four.
pub(crate) fn stands_in(text: &str) -> bool {
    text.len() >= DIGITS && !places(text).is_empty()
}

/// `text` with `*` for the digits of every such number; `None` where there is none.
pub(crate) fn masked(text: &str) -> Option<String> {
    let places = if text.len() < DIGITS { Vec::new() } else { places(text) };
    let hides = |at: usize| places.iter().any(|place| place.contains(&at));
    let masked = || {
        let mask = |(at, letter)| if hides(at) && digit(letter).is_some() { '*' } else { letter };
        text.char_indices().map(mask).collect()
    };
    (!places.is_empty()).then(masked)
}

/// Where the numbers stand, in bytes.
fn places(text: &str) -> Vec<Range<usize>> {
    let groups = groups(text);
    let between = |one: &Range<usize>, next: &Range<usize>| text.get(one.end..next.start).unwrap_or_default();
    let stands_alone = |place: &Range<usize>| {
        let before = text.get(..place.start).and_then(|before| before.chars().next_back());
        let after = text.get(place.end..).and_then(|after| after.chars().next());
        !before.is_some_and(goes_on) && !after.is_some_and(goes_on)
    };
    let whole = groups.iter().cloned();
    let in_fours = groups.windows(3).filter_map(|three| match three {
        [one, two, three] if is_between(between(one, two)) && between(one, two) == between(two, three) => {
            let fours =
                [one, two, three].iter().all(|group| text.get((*group).clone()).is_some_and(has_four));
            fours.then_some(one.start..three.end)
        }
        _ => None,
    });
    let is_number = |place: &Range<usize>| text.get(place.clone()).is_some_and(is_number);
    whole.chain(in_fours).filter(|place| is_number(place) && stands_alone(place)).collect()
}

/// The runs of digits, in bytes.
fn groups(text: &str) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    for (at, letter) in text.char_indices().filter(|(_, letter)| digit(*letter).is_some()) {
        let end = at + letter.len_utf8();
        match groups.last_mut() {
            Some(last) if last.end == at => last.end = end,
            _ => groups.push(at..end),
        }
    }
    groups
}

fn has_four(group: &str) -> bool {
    group.chars().count() == 4
}

/// Whether the digits of `text` are twelve and the last fits the others.
fn is_number(text: &str) -> bool {
    let digits: Vec<u8> = text.chars().filter_map(digit).take(DIGITS + 1).collect();
    let Some((check, eleven)) = digits.split_last() else { return false };
    digits.len() == DIGITS && digits.iter().any(|digit| *digit != 0) && *check == check_digit(eleven)
}

fn check_digit(eleven: &[u8]) -> u8 {
    let weights = (2..=7).chain(2..=6);
    let sum: u32 =
        eleven.iter().rev().zip(weights).map(|(digit, weight): (&u8, u32)| u32::from(*digit) * weight).sum();
    match sum % 11 {
        0 | 1 => 0,
        remainder => (11 - remainder) as u8,
    }
}

fn digit(letter: char) -> Option<u8> {
    match letter {
        '0'..='9' => Some(letter as u8 - b'0'),
        '０'..='９' => u8::try_from(u32::from(letter) - u32::from('０')).ok(),
        _ => None,
    }
}

fn is_between(text: &str) -> bool {
    let mut letters = text.chars();
    let is_one = |letter: char| matches!(letter, '-' | ' ' | '－' | '\u{3000}') || is_dash(letter);
    letters.next().is_some_and(is_one) && letters.next().is_none()
}

/// What makes digits a part of something longer: a URL, a name of a file, a decimal.
fn goes_on(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '/' | '=' | '_' | '%' | '.' | '#' | '?' | '&' | '-')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    // The sum of 12345678901 is 212, its remainder 3.
    const NUMBER: &str = "123456789018";

    #[test]
    fn twelve_digits_with_their_check_digit_are_one() {
        for text in [
            NUMBER,
            "1234 5678 9018",
            "1234-5678-9018",
            "1234ー5678ー9018",
            "１２３４５６７８９０１８",
            "番号は123456789018です",
            "世帯主（123456789018）",
            "0225-95-1111 123456789018",
        ] {
            assert!(stands_in(text), "{text}");
        }
    }

    #[test]
    fn other_digits_are_none() {
        for text in [
            "123456789017",
            "1234567890182",
            "0123456789018",
            "000000000000",
            "12-3456789018",
            "0225-95-1111",
            "https://example.jp/123456789018",
            "A123456789018",
            "38.123456789018",
            "",
        ] {
            assert!(!stands_in(text), "{text}");
        }
    }

    #[test]
    fn its_digits_are_masked_and_nothing_else() {
        assert_eq!(masked("95-1111 番号1234-5678-9018").as_deref(), Some("95-1111 番号****-****-****"));
        assert_eq!(masked("0225-95-1111"), None);
    }

    proptest! {
        #[test]
        fn eleven_digits_have_one_check_digit(eleven in "[1-9][0-9]{10}") {
            let good: Vec<String> =
                (0..10).map(|check| format!("{eleven}{check}")).filter(|number| stands_in(number)).collect();
            prop_assert_eq!(good.len(), 1);
            let text = format!("備考 {} 以上", good[0]);
            prop_assert_eq!(masked(&text), Some("備考 ************ 以上".to_owned()));
        }

        #[test]
        fn any_text_gets_a_verdict(text in "[0-9０-９ -]{0,40}|\\PC{0,60}") {
            if let Some(masked) = masked(&text) {
                prop_assert!(!stands_in(&masked));
            }
        }
    }
}
