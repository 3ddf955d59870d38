//! One cell against the field it stands in: what it says, or what is wrong with it.
//!
//! One file per family of kinds. Places are the caller's business, and so are blanks around the cell and
//! letters that are wrong in any cell ([`Code::ControlCharacter`] and its kin); what several cells say together
//! is [`crate::judging::relation`]'s. Nothing is allocated for a good cell.
//!
//! A cell that its kind cannot read is an error, however sure the schema is; spelling and lists of values
//! weigh less where the schema is not sure. A proposal is made only where one reading exists, and it is always
//! a good cell itself (but for a telephone number in which nobody can tell where the area code ends); whether it is also a repair is said by [`Fault::repair`].

mod code;
mod contact;
mod date;
mod fold;
mod list;
mod number;
mod place;
mod text;
mod time;

use crate::finding::{Code, Severity};
use crate::repair::RepairSet;
use crate::schema::{Field, Kind, Need};
use crate::sink::Value;

pub(crate) use fold::{half_width, is_dash, plain};
pub(crate) use number::decimal;
pub(crate) use place::{LATITUDE, LONGITUDE, looks_swapped};

/// What is wrong with one cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fault {
    /// What kind of thing it is.
    pub code: Code,
    /// How much it weighs, softened where the schema is not sure.
    pub severity: Severity,
    /// What the cell would be once mended, where there is only one reading.
    pub proposal: Option<String>,
    /// The kinds of repair that make the proposal; none where a person is to decide.
    pub repair: RepairSet,
}

impl Fault {
    /// Something that stands in the way of publication.
    fn error(code: Code) -> Fault {
        Fault { code, severity: Severity::Error, proposal: None, repair: RepairSet::NONE }
    }

    /// Something that should be mended.
    pub(crate) fn warning(code: Code) -> Fault {
        Fault { severity: Severity::Warning, ..Fault::error(code) }
    }

    /// Something that is good to know.
    pub(crate) fn note(code: Code) -> Fault {
        Fault { severity: Severity::Note, ..Fault::error(code) }
    }

    /// An error where the rule is sure, else a warning.
    fn error_if(sure: bool, code: Code) -> Fault {
        if sure { Fault::error(code) } else { Fault::warning(code) }
    }

    /// The same, with what the cell would be once mended.
    pub(crate) fn proposing(self, proposal: impl Into<Option<String>>) -> Fault {
        Fault { proposal: proposal.into(), ..self }
    }

    /// The same, with what the cell becomes by repairs of these kinds, where it becomes something.
    fn mended(self, kinds: RepairSet, text: impl Into<Option<String>>) -> Fault {
        let proposal = text.into();
        let repair = if proposal.is_some() { kinds } else { RepairSet::NONE };
        Fault { proposal, repair, ..self }
    }
}

/// Reads one cell. A cell of a warning or a note has a value all the same (its text).
///
/// `raw` has no blanks around it. An empty cell is [`Value::Blank`], and [`Code::RequiredMissing`] where the
/// field is required and the standard gives the empty cell no meaning.
pub(crate) fn read<'a>(field: &Field, raw: &'a str) -> (Value<'a>, Option<Fault>) {
    if raw.is_empty() {
        return (Value::Blank, missing(field));
    }
    let said = match &field.kind {
        Kind::Text => Ok(Value::Text(raw)),
        Kind::Ascii => text::ascii(raw, field.evidence.is_sure()),
        Kind::Katakana => text::katakana(raw, field.evidence.is_sure()),
        Kind::Code { shape } => code::shaped(raw, shape, field.evidence.is_sure()),
        Kind::Integer { min } => number::integer(raw, *min, field.unit.as_deref()),
        Kind::Number => number::number(raw, field.unit.as_deref()),
        Kind::Date => date::date(raw),
        Kind::Time { end } => time::time(raw, *end),
        Kind::Latitude => place::coordinate(raw, place::LATITUDE),
        Kind::Longitude => place::coordinate(raw, place::LONGITUDE),
        Kind::Telephone => contact::telephone(raw),
        Kind::Url => contact::url(raw),
        Kind::Email => contact::email(raw),
        Kind::PostalCode => code::postal(raw),
        Kind::CorporateNumber => code::corporate(raw),
        Kind::MunicipalityCode => code::municipality(raw),
        Kind::OneOf(values) => list::one_of(raw, values, field.list_is_sure()),
        Kind::Weekdays => list::weekdays(raw, field.evidence.is_sure()),
        Kind::List => list::list(raw),
    };
    match said {
        Ok(value) => (value, None),
        Err(fault) => (Value::Text(raw), Some(fault)),
    }
}

/// What an empty cell of `field` is: nothing, or [`Code::RequiredMissing`].
fn missing(field: &Field) -> Option<Fault> {
    (field.need == Need::Required && field.blank.is_none())
        .then(|| Fault::error_if(field.required_basis.is_sure(), Code::RequiredMissing))
}

mod spellings;
#[cfg(test)]
mod tests;
