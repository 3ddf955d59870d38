//! The words people say about a dataset, and how long they may be.
//!
//! What stands on a list (themes, schemas) is looked up by the acts; here is what needs no list.

use ingestion::is_wrong_letter;

use crate::dataset::Metadata;

/// Of a title, in characters.
const TITLE_MAX: usize = 200;
/// Of a description, in characters.
const DESCRIPTION_MAX: usize = 10_000;
/// Of the reason for a decision, and of a source, in characters.
const REASON_MAX: usize = 2_000;
/// Of keywords.
pub(crate) const KEYWORDS_MAX: usize = 50;
/// Of one keyword, in characters.
pub(crate) const KEYWORD_MAX: usize = 100;

/// Words that do not do for what they are to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{what}: {why}")]
pub struct BadWords {
    /// `title`, `description`, `keywords`, `source`, `temporal` or `reason`.
    pub what: &'static str,
    /// What is wrong with them.
    pub why: Wrong,
}

/// What can be wrong with words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// There are none.
    #[error("it is empty")]
    Empty,
    /// There are too many.
    #[error("at most {0} are taken")]
    TooLong(usize),
    /// A letter stands among them that no file may hold.
    #[error("it holds a control character, one that turns the writing round, or one that no font has")]
    Letter,
    /// The span ends before it begins.
    #[error("it ends before it begins")]
    Backwards,
}

/// The reason for a decision, without the blanks around it.
///
/// # Errors
/// [`BadWords`]
pub fn reason(text: &str) -> Result<String, BadWords> {
    line("reason", text, REASON_MAX, true)
}

/// What is said about a dataset, without the blanks around it; a keyword that stands twice stands once.
///
/// # Errors
/// [`BadWords`]
pub fn checked(metadata: Metadata) -> Result<Metadata, BadWords> {
    let maybe = |what, text: Option<String>, max| {
        let text = text.map(|text| line(what, &text, max, false)).transpose()?;
        Ok(text.filter(|text| !text.is_empty()))
    };
    let mut keywords: Vec<String> = Vec::new();
    for keyword in &metadata.keywords {
        let keyword = line("keywords", keyword, KEYWORD_MAX, true)?;
        if !keywords.contains(&keyword) {
            keywords.push(keyword);
        }
    }
    if keywords.len() > KEYWORDS_MAX {
        return Err(BadWords { what: "keywords", why: Wrong::TooLong(KEYWORDS_MAX) });
    }
    if let Some(period) = metadata.temporal
        && period.start.zip(period.end).is_some_and(|(start, end)| end < start)
    {
        return Err(BadWords { what: "temporal", why: Wrong::Backwards });
    }
    Ok(Metadata {
        title: line("title", &metadata.title, TITLE_MAX, true)?,
        title_en: maybe("title_en", metadata.title_en, TITLE_MAX)?,
        description: line("description", &metadata.description, DESCRIPTION_MAX, true)?,
        source: maybe("source", metadata.source, REASON_MAX)?,
        keywords,
        ..metadata
    })
}

fn line(what: &'static str, text: &str, max: usize, needed: bool) -> Result<String, BadWords> {
    let text = text.trim();
    let why = if needed && text.is_empty() {
        Wrong::Empty
    } else if text.chars().count() > max {
        Wrong::TooLong(max)
    } else if text.chars().any(is_wrong_letter) {
        // They come into files that the program makes (オープンデータ一覧), which could no more be published.
        Wrong::Letter
    } else {
        return Ok(text.to_owned());
    };
    Err(BadWords { what, why })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::testing::metadata;

    #[track_caller]
    fn is_refused(metadata: Metadata, what: &'static str, why: Wrong) {
        assert_eq!(checked(metadata), Err(BadWords { what, why }));
    }

    #[test]
    fn what_is_said_has_no_blanks_around_it_and_no_keyword_twice() {
        let said = Metadata {
            title: " 公衆トイレ\n".to_owned(),
            source: Some("　".to_owned()),
            keywords: vec!["トイレ".to_owned(), " トイレ".to_owned()],
            ..metadata("toilets")
        };
        let checked = checked(said).unwrap();
        assert_eq!((checked.title.as_str(), checked.source), ("公衆トイレ", None));
        assert_eq!(checked.keywords, ["トイレ"]);
    }

    #[test]
    fn words_that_are_missing_too_long_or_odd_are_refused() {
        let with = |title: &str| Metadata { title: title.to_owned(), ..metadata("toilets") };
        is_refused(with(" "), "title", Wrong::Empty);
        is_refused(with(&"字".repeat(TITLE_MAX + 1)), "title", Wrong::TooLong(TITLE_MAX));
        for odd in ["公衆\0トイレ", "公衆\u{202e}トイレ", "公衆\u{fffd}トイレ", "\u{e000}"] {
            is_refused(with(odd), "title", Wrong::Letter);
        }
        assert!(checked(with(&"字".repeat(TITLE_MAX))).is_ok());
        assert_eq!(reason(" "), Err(BadWords { what: "reason", why: Wrong::Empty }));
    }
}
