//! How each column of the converted file is filled, decided once for a file.

use crate::drift::{Drift, Leave};
use crate::schema::{Field, Kind, Need, Schema};
use crate::sink::Column;

/// The columns of the converted file, and what of the old one has no place in it.
pub(super) struct Plan<'s> {
    pub columns: Vec<Target<'s>>,
    /// Columns of the old file that cannot be carried, with the map's reason.
    pub left: Vec<Left<'s>>,
    /// Where the key of the new schema stands, if it is one column.
    pub key: Option<usize>,
}

/// One column of the converted file.
pub(super) struct Target<'s> {
    pub name: String,
    /// The field of the new schema; `None` for a column of the file's own.
    pub field: Option<&'s Field>,
    /// The columns it is filled from, from 0.
    pub from: Vec<usize>,
    pub between: &'s str,
    /// Whether a good cell of the old file may be a bad one here.
    pub is_to_be_checked: bool,
}

/// A column of the old file that cannot be carried.
pub(super) struct Left<'s> {
    pub column: usize,
    pub leave: &'s Leave,
}

impl<'s> Plan<'s> {
    /// The plan of converting a file with `columns` by `drift` to the schema `to`.
    pub fn of(columns: &[Column<'_>], drift: &'s Drift, to: &'s Schema) -> Plan<'s> {
        let place_of_field = |name: &str| {
            columns.iter().position(|column| column.field.is_some_and(|field| field.name == name))
        };
        let place_of_own =
            |name: &str| columns.iter().position(|column| column.field.is_none() && column.name == name);
        let mut targets: Vec<Target<'s>> = to
            .fields
            .iter()
            .map(|field| {
                let carry = drift.carry.iter().find(|carry| carry.to == field.name);
                let from: Vec<usize> = match carry {
                    Some(carry) => carry.from.iter().filter_map(|name| place_of_field(name)).collect(),
                    None => place_of_field(&field.name).or(place_of_own(&field.name)).into_iter().collect(),
                };
                Target {
                    name: field.name.clone(),
                    field: Some(field),
                    is_to_be_checked: !is_sure_to_fit(columns, &from, field),
                    from,
                    between: carry.map_or("", |carry| &carry.between),
                }
            })
            .collect();
        let used: Vec<usize> = targets.iter().flat_map(|target| &target.from).copied().collect();
        let own = columns
            .iter()
            .enumerate()
            .filter(|(place, column)| column.field.is_none() && !used.contains(place));
        targets.extend(own.map(|(place, column)| Target {
            name: column.name.clone(),
            field: None,
            from: vec![place],
            between: "",
            is_to_be_checked: false,
        }));
        let left = drift
            .leave
            .iter()
            .filter_map(|leave| place_of_field(&leave.field).map(|column| Left { column, leave }));
        let key = match to.key.as_slice() {
            [name] => to.fields.iter().position(|field| field.name == *name),
            _ => None,
        };
        Plan { columns: targets, left: left.collect(), key }
    }
}

impl Target<'_> {
    /// Whether somebody ought to fill it: required or recommended by the new schema.
    pub fn is_wanted(&self) -> Option<Need> {
        let field = self.field?;
        let wanted = matches!(field.need, Need::Required | Need::Recommended) && field.blank.is_none();
        wanted.then_some(field.need)
    }
}

/// Whether every good cell of the columns `from` is a good cell of `field`.
fn is_sure_to_fit(columns: &[Column<'_>], from: &[usize], field: &Field) -> bool {
    field.kind == Kind::Text
        || from.iter().all(|place| {
            let source = columns.get(*place).and_then(|column| column.field);
            source.is_some_and(|source| source.kind == field.kind && is_no_less_sure(source, field))
        })
}

/// Whether what is an error in `field` is one in `source`, too.
fn is_no_less_sure(source: &Field, field: &Field) -> bool {
    source.evidence.is_sure() || !field.evidence.is_sure()
}
