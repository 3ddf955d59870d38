//! An extract of a text around what was found, in parts that say whether they were: the reader marks them, no markup
//! comes from the data.

use std::ops::Range;

use super::fold::Folded;

/// Letters of an extract.
const LETTERS_MAX: usize = 120;
/// Letters before the first part that was found.
const BEFORE: usize = 20;
/// Parts of an extract that were found; further ones are not told apart.
const FOUND_MAX: usize = 20;

/// A part of an extract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The text, as it stands there.
    pub text: String,
    /// Whether it is what was looked for.
    pub is_found: bool,
}

/// The extract of `text` around the first of `words` (folded); `None` when it holds none of them.
///
/// `…` stands at an end that was cut.
pub fn snippet<'a>(text: &str, words: impl IntoIterator<Item = &'a str>) -> Option<Vec<Part>> {
    let folded = Folded::of(text);
    let mut places: Vec<Range<usize>> = words.into_iter().flat_map(|word| folded.places_of(word)).collect();
    places.sort_by_key(|place| (place.start, place.end));
    let first = places.first()?.start;

    let (begin, is_cut) = match text.get(..first)?.char_indices().rev().nth(BEFORE) {
        Some((at, letter)) => (at + letter.len_utf8(), true),
        None => (0, false),
    };
    let end = text.get(begin..)?.char_indices().nth(LETTERS_MAX).map_or(text.len(), |(at, _)| begin + at);

    let mut parts = Vec::new();
    let mut add = |range: Range<usize>, is_found: bool| {
        if let Some(text) = text.get(range).filter(|text| !text.is_empty()) {
            parts.push(Part { text: text.to_owned(), is_found });
        }
    };
    let mut at = begin;
    for place in joined(places).into_iter().take(FOUND_MAX) {
        let (from, to) = (place.start.min(end), place.end.min(end));
        if from >= to {
            break;
        }
        add(at..from, false);
        add(from..to, true);
        at = to;
    }
    add(at..end, false);
    if is_cut {
        parts.insert(0, Part { text: "…".to_owned(), is_found: false });
    }
    if end < text.len() {
        parts.push(Part { text: "…".to_owned(), is_found: false });
    }
    Some(parts)
}

/// Sorted ranges, those that touch or overlap made one.
fn joined(places: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::new();
    for place in places {
        match joined.last_mut() {
            Some(last) if place.start <= last.end => last.end = last.end.max(place.end),
            _ => joined.push(place),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::search::fold;

    /// The extract with what was found in brackets.
    #[track_caller]
    fn shows(text: &str, words: &[&str], expected: Option<&str>) {
        let words: Vec<String> = words.iter().map(|word| fold([*word])).collect();
        let parts = snippet(text, words.iter().map(String::as_str));
        let written = parts.map(|parts| {
            let part = |part: Part| if part.is_found { format!("[{}]", part.text) } else { part.text };
            parts.into_iter().map(part).collect::<String>()
        });
        assert_eq!(written.as_deref(), expected);
    }

    #[test]
    fn what_was_found_is_told_apart_as_it_stands_there() {
        shows("市内のﾄｲﾚと公園。", &["トイレ", "公園"], Some("市内の[ﾄｲﾚ]と[公園]。"));
        shows("避難所", &["避難", "難所"], Some("[避難所]"));
        shows("<b>AED</b>", &["aed"], Some("<b>[AED]</b>"));
        shows("学校", &["公園"], None);
    }

    #[test]
    fn a_long_text_is_cut_around_it() {
        let text = format!("{}港{}", "海".repeat(50), "山".repeat(200));
        shows(&text, &["港"], Some(&format!("…{}[港]{}…", "海".repeat(20), "山".repeat(99))));
    }

    proptest! {
        #[test]
        fn no_text_and_no_word_stumble(text in ".{0,200}", word in ".{0,3}") {
            let word = fold([&*word]);
            if let Some(parts) = snippet(&text, [&*word]) {
                prop_assert!(parts.iter().any(|part| part.is_found));
            }
        }
    }
}
