//! The place in a list of what was found after which the next page begins. Its text is opaque.

use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::documents::DocumentKind;
use crate::opaque;
use crate::query::BadCursor;

/// The last thing of a page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// What was asked; another question has other places.
    asked: u64,
    /// The last thing.
    pub(crate) last: Last,
}

/// What a page ended with.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Last {
    /// A document: what it was worth, and its name.
    Document(u16, DocumentKind, String),
    /// A row, by its number in the index.
    Row(i64),
}

impl Place {
    /// The place of `last` among what `asked` finds.
    pub(crate) fn of(asked: &impl Hash, last: Last) -> Place {
        Place { asked: mark(asked), last }
    }

    /// Whether it is a place among what `asked` finds.
    pub(crate) fn is_of(&self, asked: &impl Hash) -> bool {
        self.asked == mark(asked)
    }
}

/// The same question has the same mark in every server of one program: the hasher begins with fixed keys.
fn mark(asked: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    asked.hash(&mut hasher);
    hasher.finish()
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        opaque::write(f, self)
    }
}

impl FromStr for Place {
    type Err = BadCursor;

    fn from_str(text: &str) -> Result<Place, BadCursor> {
        opaque::read(text).ok_or(BadCursor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_back_and_belongs_to_its_question() {
        for last in [Last::Document(33, DocumentKind::Initiative, "A-1".to_owned()), Last::Row(1 << 40)] {
            let place = Place::of(&"避難", last);
            assert_eq!(place.to_string().parse(), Ok(place.clone()));
            assert!(place.is_of(&"避難") && !place.is_of(&"公園"));
        }
        assert_eq!("7b7d".parse::<Place>(), Err(BadCursor));
        assert_eq!("x".parse::<Place>(), Err(BadCursor));
    }
}
