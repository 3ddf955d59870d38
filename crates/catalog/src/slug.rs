//! The stable name of a dataset or a department, as it stands in addresses.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// `[a-z0-9][a-z0-9_-]{1,99}`: ASCII, so that it is also the dataset's name in a CKAN portal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Slug(String);

/// Why a text is no slug.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadSlug {
    /// Shorter than 2 or longer than 100 characters.
    #[error("a slug has 2 to 100 characters, not {0}")]
    Length(usize),
    /// Begins with something else than a letter or a digit.
    #[error("a slug begins with a lower-case letter or a digit, not with `{0}`")]
    Start(char),
    /// Holds something else than lower-case letters, digits, `_` and `-`.
    #[error("a slug holds lower-case letters, digits, `_` and `-`, not `{0}`")]
    Character(char),
}

impl Slug {
    /// Reads a slug.
    ///
    /// # Errors
    /// [`BadSlug`] names what is wrong first.
    pub fn parse(text: &str) -> Result<Slug, BadSlug> {
        let length = text.chars().count();
        if !(2..=100).contains(&length) {
            return Err(BadSlug::Length(length));
        }
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        if let Some(first) = text.chars().next().filter(|c| !is_plain(*c)) {
            return Err(BadSlug::Start(first));
        }
        match text.chars().find(|c| !is_plain(*c) && !matches!(c, '_' | '-')) {
            Some(odd) => Err(BadSlug::Character(odd)),
            None => Ok(Slug(text.to_owned())),
        }
    }

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Slug {
    type Err = BadSlug;

    fn from_str(text: &str) -> Result<Slug, BadSlug> {
        Slug::parse(text)
    }
}

impl TryFrom<String> for Slug {
    type Error = BadSlug;

    fn try_from(text: String) -> Result<Slug, BadSlug> {
        Slug::parse(&text)
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> String {
        slug.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(text: &str, expected: Result<(), BadSlug>) {
        assert_eq!(Slug::parse(text).map(|_| ()), expected, "{text:?}");
    }

    #[test]
    fn lower_case_digits_hyphens_and_underscores_are_good() {
        reads("public-toilets", Ok(()));
        reads("042021_aed", Ok(()));
        reads(&"a".repeat(100), Ok(()));
    }

    #[test]
    fn the_first_wrong_character_is_named() {
        reads("-toilets", Err(BadSlug::Start('-')));
        reads("Toilets", Err(BadSlug::Start('T')));
        reads("public toilets", Err(BadSlug::Character(' ')));
        reads("公衆トイレ", Err(BadSlug::Start('公')));
        reads("a/../b", Err(BadSlug::Character('/')));
    }

    #[test]
    fn too_short_and_too_long_are_refused() {
        reads("", Err(BadSlug::Length(0)));
        reads("a", Err(BadSlug::Length(1)));
        reads(&"a".repeat(101), Err(BadSlug::Length(101)));
    }
}
