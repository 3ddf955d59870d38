//! What is asked of packages: a condition read from the query language of Solr, as harvesters and clients write it.
//!
//! `organization:a OR organization:b metadata_modified:[2026-01-01T00:00:00Z TO *]`, `tags:"防災"`, `-groups:health`,
//! `title:(避難 避難所)`, words and phrases. Fields are a closed list ([`Field`]); a text that does not read is
//! refused with its place. What stands side by side must all be true; `OR` holds closer together than that, `AND` closer still,
//! since harvesters join whole conditions by blanks.
//!
//! Rule: Solr's standard query parser, with `q.op=AND` as CKAN has it.

mod field;
mod moment;
mod parse;
mod token;

use jiff::Timestamp;

use crate::asking::Pattern;
use crate::distribution::Format;
use crate::licence::Licence;
use crate::search::{self, Question, Word};

pub use field::Field;
pub(crate) use field::escaped;
pub use moment::moment;
use token::Value;

/// Letters of one condition.
pub const LETTERS_MAX: usize = 8_000;

/// Parentheses in one another.
pub const DEPTH_MAX: usize = 16;

/// Words, phrases and conditions of one query.
pub const NODES_MAX: usize = 256;

/// What must be true of a package.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked {
    /// All of these; of none, it is true.
    All(Vec<Asked>),
    /// Any of these; of none, it is false.
    Any(Vec<Asked>),
    /// Not this.
    Not(Box<Asked>),
    /// The word stands somewhere in what is said about it.
    Says(Word),
    /// The title fits.
    Title(Pattern),
    /// What it is called by.
    Is(Name, Wanted),
    /// It comes in one of these forms.
    Format(Vec<Format>),
    /// It is under one of these licences.
    Licence(Vec<Licence>),
    /// A time of it is within a span.
    Within(Moment, Span),
}

/// A name of a package, or of what it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    /// Its id.
    Id,
    /// The id of its organization.
    OwnerOrg,
    /// Its own.
    Package,
    /// Of its organization.
    Organization,
    /// Of its group.
    Group,
    /// Of one of its tags.
    Tag,
}

/// A value that is looked for.
#[derive(Debug, Clone, PartialEq)]
pub enum Wanted {
    /// This one.
    Exactly(String),
    /// One that fits.
    Like(Pattern),
    /// Any at all.
    Some,
}

/// A time of a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// When it last changed.
    Modified,
    /// When it was first published.
    Created,
}

/// A span of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Its beginning, and whether that belongs to it.
    pub from: Option<(Timestamp, bool)>,
    /// Its end, and whether that belongs to it.
    pub to: Option<(Timestamp, bool)>,
}

/// A text that does not read as a condition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("at letter {}: {why}", at + 1)]
pub struct Misread {
    /// Where, in letters from 0.
    pub at: usize,
    /// Why.
    pub why: Why,
}

/// Why a text does not read as a condition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// A quotation mark or a bracket without its partner.
    #[error("`{0}` has no partner")]
    Unclosed(char),
    /// A condition should stand here.
    #[error("a word or a condition should stand here")]
    Missing,
    /// Something that does not belong here.
    #[error("`{0}` does not belong here")]
    Unexpected(String),
    /// There is no such field.
    #[error("there is no field `{0}`; a colon that belongs to a word is written `\\:`")]
    NoField(String),
    /// A span that is not written as one.
    #[error("a span is written `[FROM TO TO]`, with `*` for an open end")]
    NoSpan,
    /// A span of what has no order.
    #[error("`{0}` has no spans")]
    NoSpanOf(Field),
    /// No moment.
    #[error("`{0}` is no moment: write 2026-01-01T00:00:00Z, or NOW-7DAYS")]
    NoMoment(String),
    /// More than is taken.
    #[error("at most {max} {what} are taken")]
    TooMuch {
        /// Of what.
        what: &'static str,
        /// How many.
        max: usize,
    },
}

impl Asked {
    /// What is true of every package.
    pub const ANYTHING: Asked = Asked::All(Vec::new());
    /// What is true of none.
    pub const NOTHING: Asked = Asked::Any(Vec::new());

    /// The condition that `text` writes, at the time `now`.
    ///
    /// # Errors
    /// [`Misread`]
    pub fn read(text: &str, now: Timestamp) -> Result<Asked, Misread> {
        parse::read(text, now)
    }

    /// What somebody looks for with `text`: a condition, or, where it is none and names no field, its words.
    ///
    /// # Errors
    /// [`Misread`] for a text with a colon.
    pub fn looked_for(text: &str, now: Timestamp) -> Result<Asked, Misread> {
        match Asked::read(text, now) {
            Err(misread) if text.contains(':') || matches!(misread.why, Why::TooMuch { .. }) => Err(misread),
            Ok(asked) => Ok(asked),
            Err(_) => Ok(Asked::All(Question::read(text).wanted.into_iter().map(Asked::from).collect())),
        }
    }

    /// Both this and `other`.
    #[must_use]
    pub fn and(self, other: Asked) -> Asked {
        match (self, other) {
            (Asked::All(mut parts), Asked::All(more)) => {
                parts.extend(more);
                Asked::All(parts)
            }
            (Asked::All(mut parts), other) => {
                parts.push(other);
                Asked::All(parts)
            }
            (one, other) => Asked::All(vec![one, other]),
        }
    }

    /// Whether the name `name` is asked about.
    pub fn names(&self, name: Name) -> bool {
        match self {
            Asked::All(parts) | Asked::Any(parts) => parts.iter().any(|part| part.names(name)),
            Asked::Not(part) => part.names(name),
            Asked::Is(named, _) => *named == name,
            _ => false,
        }
    }

    /// The same with every condition on the name `name` put in other words.
    #[must_use]
    pub fn translated(self, name: Name, say: &impl Fn(Wanted) -> Asked) -> Asked {
        let all = |parts: Vec<Asked>| parts.into_iter().map(|part| part.translated(name, say)).collect();
        match self {
            Asked::All(parts) => Asked::All(all(parts)),
            Asked::Any(parts) => Asked::Any(all(parts)),
            Asked::Not(part) => Asked::Not(Box::new(part.translated(name, say))),
            Asked::Is(named, wanted) if named == name => say(wanted),
            other => other,
        }
    }
}

impl From<search::Wanted> for Asked {
    fn from(wanted: search::Wanted) -> Asked {
        let says = Asked::Says(wanted.word);
        if wanted.is_unwanted { Asked::Not(Box::new(says)) } else { says }
    }
}

impl Wanted {
    /// Whether `text` is what is looked for; case does not count in patterns.
    pub fn fits(&self, text: &str) -> bool {
        match self {
            Wanted::Exactly(wanted) => wanted == text,
            Wanted::Like(pattern) => pattern.holds(&text.to_ascii_lowercase()),
            Wanted::Some => true,
        }
    }
}

#[cfg(test)]
mod tests;
