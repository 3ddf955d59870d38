//! The fields that conditions name, and what a condition on each means.

use std::fmt;

use jiff::Timestamp;

use crate::asking::Pattern;
use crate::asking::pattern::Part;
use crate::ckan::licences;
use crate::distribution::Format;
use crate::licence::Licence;
use crate::search::Word;

use super::{Asked, Moment, Name, Span, Value, Wanted, Why, moment};

macro_rules! fields {
    ($($field:ident $($name:literal)|+)*) => {
        /// A field of packages that conditions may name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "they are called as CKAN calls them")]
        pub enum Field { $($field,)* }

        impl Field {
            /// The names that conditions may name.
            pub const NAMES: &'static [&'static str] = &[$($($name,)+)*];

            /// The field named `name`.
            ///
            /// # Errors
            /// [`Why::NoField`]
            pub fn of(name: &str) -> Result<Field, Why> {
                match name {
                    $($($name)|+ => Ok(Field::$field),)*
                    _ => Err(Why::NoField(name.chars().take(80).collect())),
                }
            }

            /// Its name.
            pub fn as_str(self) -> &'static str {
                match self { $(Field::$field => first(&[$($name,)+]),)* }
            }
        }
    };
}

fields! {
    Anything "*"
    Text "text" | "notes"
    Id "id"
    Name "name"
    Title "title" | "title_string"
    Organization "organization"
    OwnerOrg "owner_org"
    Group "groups"
    Tag "tags"
    Format "res_format"
    Licence "license_id"
    Modified "metadata_modified"
    Created "metadata_created"
    Kind "type" | "dataset_type"
    State "state"
    Private "private"
    Capacity "capacity"
}

fn first(names: &[&'static str]) -> &'static str {
    names.first().copied().unwrap_or_default()
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What it means that `field` is `value`; without a field, that it stands in what is said.
pub(super) fn meaning(field: Option<Field>, value: Value, now: Timestamp) -> Result<Asked, Why> {
    let is = |name: Name, value: Value| Ok(Asked::Is(name, wanted(field, value)?));
    // What is the same for every package here: all are open, active and datasets.
    let always = |same: &str, value: Value| {
        let fits = wanted(field, value)?.fits(same);
        Ok(if fits { Asked::ANYTHING } else { Asked::NOTHING })
    };
    match field {
        None | Some(Field::Text | Field::Anything) => says(field, value),
        Some(Field::Title) => match value {
            Value::Text(text) | Value::Phrase(text) => {
                Ok(Asked::Title(anywhere(&Pattern::of(&escaped(&text)))))
            }
            Value::Like(pattern) => Ok(Asked::Title(anywhere(&pattern))),
            Value::Any | Value::Span { from: None, to: None } => Ok(Asked::ANYTHING),
            Value::Span { .. } => Err(Why::NoSpanOf(Field::Title)),
        },
        Some(Field::Id) => is(Name::Id, value),
        Some(Field::OwnerOrg) => is(Name::OwnerOrg, value),
        Some(Field::Name) => is(Name::Package, value),
        Some(Field::Organization) => is(Name::Organization, value),
        Some(Field::Group) => is(Name::Group, value),
        Some(Field::Tag) => is(Name::Tag, value),
        Some(Field::Format) => {
            let wanted = wanted(field, value)?;
            let fits = |format: &Format| match &wanted {
                Wanted::Exactly(text) => text.eq_ignore_ascii_case(format.title()),
                wanted => wanted.fits(format.title()),
            };
            Ok(Asked::Format(Format::ALL.into_iter().filter(fits).collect()))
        }
        Some(Field::Licence) => {
            let wanted = wanted(field, value)?;
            let fits = |licence: &Licence| wanted.fits(licences::id(*licence));
            Ok(Asked::Licence(Licence::ALL.into_iter().filter(fits).collect()))
        }
        Some(Field::Modified) => within(Moment::Modified, value, now),
        Some(Field::Created) => within(Moment::Created, value, now),
        Some(Field::Kind) => always("dataset", value),
        Some(Field::State) => always("active", value),
        Some(Field::Private) => always("false", value),
        Some(Field::Capacity) => always("public", value),
    }
}

fn wanted(field: Option<Field>, value: Value) -> Result<Wanted, Why> {
    match value {
        Value::Text(text) | Value::Phrase(text) => Ok(Wanted::Exactly(text)),
        Value::Like(pattern) => Ok(Wanted::Like(pattern)),
        Value::Any | Value::Span { from: None, to: None } => Ok(Wanted::Some),
        Value::Span { .. } => Err(Why::NoSpanOf(field.unwrap_or(Field::Text))),
    }
}

/// A word stands somewhere, with what means the same where it is a word by itself; of a pattern every piece does.
fn says(field: Option<Field>, value: Value) -> Result<Asked, Why> {
    let (pieces, is_phrase) = match value {
        Value::Text(text) => (vec![text], false),
        Value::Phrase(text) => (vec![text], true),
        Value::Like(pattern) => (pieces(&pattern), true),
        Value::Any | Value::Span { from: None, to: None } => (Vec::new(), true),
        Value::Span { .. } => return Err(Why::NoSpanOf(field.unwrap_or(Field::Text))),
    };
    let mut all: Vec<Asked> =
        pieces.iter().filter_map(|piece| Word::of(piece, is_phrase)).map(Asked::Says).collect();
    Ok(match all.len() {
        1 => all.pop().unwrap_or(Asked::ANYTHING),
        _ => Asked::All(all),
    })
}

/// The letters of a pattern between what stands for others.
fn pieces(pattern: &Pattern) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for part in pattern.parts() {
        match part {
            Part::Letter(letter) => {
                pieces.iter_mut().last().into_iter().for_each(|piece| piece.push(*letter))
            }
            Part::Any | Part::One => pieces.push(String::new()),
        }
    }
    pieces
}

/// What fits whatever holds something that fits `pattern`.
fn anywhere(pattern: &Pattern) -> Pattern {
    let mut written = String::from("%");
    for part in pattern.parts() {
        match part {
            Part::Any => written.push('%'),
            Part::One => written.push('_'),
            Part::Letter(letter) => written.push_str(&escaped(letter.encode_utf8(&mut [0; 4]))),
        }
    }
    written.push('%');
    Pattern::of(&written)
}

/// `text` as a pattern that only itself fits; its case does not count.
pub(crate) fn escaped(text: &str) -> String {
    let mut written = String::new();
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            written.push('\\');
        }
        written.push(letter.to_ascii_lowercase());
    }
    written
}

fn within(which: Moment, value: Value, now: Timestamp) -> Result<Asked, Why> {
    let read =
        |text: String| moment(&text, now).ok_or_else(|| Why::NoMoment(text.chars().take(80).collect()));
    let span = match value {
        Value::Any => Span { from: None, to: None },
        Value::Text(text) | Value::Phrase(text) => {
            let at = read(text)?;
            Span { from: Some((at, true)), to: Some((at, true)) }
        }
        Value::Like(_) => return Err(Why::NoSpan),
        Value::Span { from, to } => {
            let end = |end: Option<(String, bool)>| end.map(|(text, is)| Ok((read(text)?, is))).transpose();
            Span { from: end(from)?, to: end(to)? }
        }
    };
    Ok(Asked::Within(which, span))
}
