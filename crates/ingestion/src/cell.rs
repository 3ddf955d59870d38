//! One cell against the field it stands in: what it says, or what is wrong with it.
//!
//! Places are the caller's business, and so are letters that are wrong in any cell ([`Code::ControlCharacter`]
//! and its kin). Nothing is allocated for a good cell.

use crate::finding::{Code, Severity};
use crate::schema::Field;
use crate::sink::Value;

/// What is wrong with one cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fault {
    /// What kind of thing it is.
    pub code: Code,
    /// How much it weighs, softened where the schema is not sure.
    pub severity: Severity,
    /// What the cell would be once mended, where there is only one reading.
    pub proposal: Option<String>,
}

/// Reads one cell. A cell of a warning or a note has a value all the same (its text).
///
/// An empty cell is [`Value::Blank`], or [`Code::RequiredMissing`] where the field is required.
pub(crate) fn read<'a>(_field: &Field, raw: &'a str) -> (Value<'a>, Option<Fault>) {
    (if raw.is_empty() { Value::Blank } else { Value::Text(raw) }, None)
}
