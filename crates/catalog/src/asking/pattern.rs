//! Patterns of `like`: `%` stands for any letters, `_` for one, `\` before either (or itself) for the sign. Case counts.
//!
//! Rule: OGC 21-065r2, Advanced Comparison Operators, `like`.

use std::fmt;

/// A pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(Vec<Part>);

/// A piece of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Any letters, or none.
    Any,
    /// One letter.
    One,
    /// This letter.
    Letter(char),
}

impl Pattern {
    /// The pattern that `text` is. A `\` before any other letter, or at the end, is itself.
    pub fn of(text: &str) -> Pattern {
        let mut parts = Vec::new();
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            let part = match letter {
                '%' if parts.last() == Some(&Part::Any) => continue,
                '%' => Part::Any,
                '_' => Part::One,
                '\\' => {
                    Part::Letter(letters.next_if(|next| matches!(*next, '%' | '_' | '\\')).unwrap_or('\\'))
                }
                other => Part::Letter(other),
            };
            parts.push(part);
        }
        Pattern(parts)
    }

    /// Its pieces; no two [`Part::Any`] follow one another.
    pub fn parts(&self) -> &[Part] {
        &self.0
    }

    /// The letters that whatever fits begins with.
    pub fn begins(&self) -> String {
        let letters = self.0.iter().map_while(|part| match part {
            Part::Letter(letter) => Some(*letter),
            Part::Any | Part::One => None,
        });
        letters.collect()
    }

    /// Whether all of `text` fits.
    pub fn holds(&self, text: &str) -> bool {
        let letters: Vec<char> = text.chars().collect();
        let (mut part, mut letter) = (0, 0);
        // Where the last `%` stands, and the letter up to which it has taken.
        let mut any: Option<(usize, usize)> = None;
        while letter < letters.len() {
            let fits = match self.0.get(part) {
                Some(Part::Any) => {
                    any = Some((part, letter));
                    part += 1;
                    continue;
                }
                Some(Part::One) => true,
                Some(Part::Letter(wanted)) => letters.get(letter) == Some(wanted),
                None => false,
            };
            if fits {
                (part, letter) = (part + 1, letter + 1);
            } else if let Some((at, taken)) = any {
                any = Some((at, taken + 1));
                (part, letter) = (at + 1, taken + 1);
            } else {
                return false;
            }
        }
        self.0.get(part..).unwrap_or_default().iter().all(|part| *part == Part::Any)
    }
}

/// As it is written in a filter.
impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|part| match part {
            Part::Any => write!(f, "%"),
            Part::One => write!(f, "_"),
            Part::Letter(letter @ ('%' | '_' | '\\')) => write!(f, "\\{letter}"),
            Part::Letter(letter) => write!(f, "{letter}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn fits(pattern: &str, text: &str, expected: bool) {
        assert_eq!(Pattern::of(pattern).holds(text), expected, "{text:?} like {pattern:?}");
    }

    #[test]
    fn any_letters_or_one() {
        fits("%公園", "日和山公園", true);
        fits("%公園", "公園前", false);
        fits("_園", "公園", true);
        fits("_園", "園", false);
        fits("%", "", true);
        fits("", "", true);
        fits("", "a", false);
        fits("a%b%c", "aXbYbc", true);
        fits("a%b%c", "aXbYbcd", false);
    }

    #[test]
    fn case_and_width_count() {
        fits("aed%", "AED設置箇所", false);
        fits("Ａ%", "AED", false);
    }

    #[test]
    fn a_backslash_makes_a_sign_a_letter() {
        fits(r"100\%", "100%", true);
        fits(r"100\%", "100x", false);
        fits(r"a\_b", "a_b", true);
        fits(r"a\\b", r"a\b", true);
        fits(r"a\b\", r"a\b\", true);
    }

    proptest! {
        #[test]
        fn a_pattern_reads_back(text in r"[a-c%_\\公園]{0,12}") {
            let pattern = Pattern::of(&text);
            prop_assert_eq!(Pattern::of(&pattern.to_string()), pattern);
        }

        #[test]
        fn a_pattern_holds_what_it_was_made_from(text in r"[a-c%_\\公園]{0,12}") {
            let letters = text.chars().map(Part::Letter).collect::<Vec<_>>();
            prop_assert!(Pattern(letters).holds(&text));
        }

        #[test]
        fn the_naive_reading_agrees(pattern in r"[ab%_]{0,7}", text in r"[ab]{0,7}") {
            fn naive(parts: &[Part], text: &[char]) -> bool {
                match (parts, text) {
                    ([], []) => true,
                    ([Part::Any, rest @ ..], _) => (0..=text.len()).any(|from| naive(rest, &text[from..])),
                    ([Part::One, rest @ ..], [_, more @ ..]) => naive(rest, more),
                    ([Part::Letter(wanted), rest @ ..], [letter, more @ ..]) => wanted == letter && naive(rest, more),
                    _ => false,
                }
            }
            let parts = Pattern::of(&pattern);
            let letters: Vec<char> = text.chars().collect();
            prop_assert_eq!(parts.holds(&text), naive(parts.parts(), &letters));
        }
    }
}
