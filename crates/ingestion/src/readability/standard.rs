//! What a national schema settles of a column: rules need not guess what is written down.

use crate::schema::{Field, Kind};

/// What a schema says of one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Standard {
    /// What its cells are.
    pub wanted: Wanted,
    /// Whether the schema is sure of the values that it may have.
    pub has_sure_values: bool,
    /// Whether its cells are choices of a list, sure or not.
    pub is_list_of_values: bool,
    /// Whether the schema gives the unit of its numbers.
    pub has_unit: bool,
    /// Whether the schema says what an empty cell means.
    pub tells_blank: bool,
}

/// What the cells of a field are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Quantities.
    Number,
    /// Texts and choices.
    Text,
    /// Days.
    Date,
    /// Codes, times, contacts: of digits or not, they count nothing.
    Other,
}

impl Wanted {
    /// What the cells of `kind` are.
    pub fn of(kind: &Kind) -> Wanted {
        match kind {
            Kind::Integer { .. } | Kind::Number | Kind::Latitude | Kind::Longitude => Wanted::Number,
            Kind::OneOf(_) | Kind::Text | Kind::List | Kind::Weekdays => Wanted::Text,
            Kind::Date => Wanted::Date,
            _ => Wanted::Other,
        }
    }
}

/// The values that `field` may have, where the schema is sure of them.
pub(super) fn sure_values(field: &Field) -> &[String] {
    match &field.kind {
        Kind::OneOf(values) if field.list_is_sure() => values,
        _ => &[],
    }
}

impl Standard {
    /// What `field` settles.
    pub fn of(field: &Field) -> Standard {
        let is_coordinate = matches!(field.kind, Kind::Latitude | Kind::Longitude);
        Standard {
            wanted: Wanted::of(&field.kind),
            has_sure_values: !sure_values(field).is_empty(),
            is_list_of_values: matches!(field.kind, Kind::OneOf(_)),
            has_unit: is_coordinate || field.unit.is_some(),
            tells_blank: field.blank.is_some(),
        }
    }

    /// Whether it needs no unit in its name: the schema gives it, or its cells count nothing.
    pub fn tells_unit(&self) -> bool {
        self.has_unit || self.wanted != Wanted::Number
    }
}
