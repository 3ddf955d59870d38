//! Matches the header of a file to the fields of its schema.
//!
//! Names are compared exactly but for blanks around them; order is free. A missing or unknown name is a
//! finding. Which schema is meant when nobody said is [`crate::guess`]'s business.

use std::collections::{BTreeSet, HashMap};

use crate::cells::{Cells, without_blanks};
use crate::finding::{Code, Severity};
use crate::gather::Gather;
use crate::guess;
use crate::records::Record;
use crate::report::SchemaMatch;
use crate::schema::{Field, Need, Schema};
use crate::schemas::Schemas;
use crate::sentence::{About, Detail};
use crate::sink::{Column, Sink};
use crate::validate::Expected;
use crate::writing;

/// The columns of a file.
#[derive(Debug)]
pub(crate) struct Header<'s> {
    /// The row it stands in.
    pub row: u64,
    /// The schema the file is held against.
    pub schema: Option<&'s Schema>,
    /// How well it fits.
    pub fit: Option<SchemaMatch>,
    /// The columns that were kept, in the file's order.
    pub columns: Vec<Column<'s>>,
    /// How many columns there are, kept or not.
    pub width: u64,
}

/// Reads `record` as the header, and tells what is wrong with it.
pub(crate) fn read<'s, S: Sink>(
    record: &Record<'_>,
    expected: Expected<'s>,
    schemas: &'s Schemas,
    gather: &mut Gather<'_, S>,
) -> Header<'s> {
    let cells = Cells::of(record);
    writing::tell(record, &cells, &[], gather);
    let names: Vec<&str> =
        if record.too_long { Vec::new() } else { cells.iter().map(without_blanks).collect() };
    let known: BTreeSet<&str> = names.iter().copied().filter(|name| !name.is_empty()).collect();
    let (schema, confidence) = match expected {
        Expected::Schema(schema) => (Some(schema), None),
        Expected::AnyTable => (None, None),
        Expected::Guess => match guess::schema(&known, schemas) {
            Some(guess) => (Some(guess.schema), Some(guess.confidence)),
            None => {
                gather.note(Code::NoSchema, &About::default());
                (None, None)
            }
        },
    };
    let columns = columns(record.row, &cells, &names, schema, gather);
    let fit = schema.map(|schema| {
        let (fields, matched) =
            (schema.fields.len(), columns.iter().filter(|column| column.field.is_some()).count());
        let confidence =
            confidence.unwrap_or_else(|| guess::in_hundredths(matched as f64 / fields.max(1) as f64));
        SchemaMatch {
            id: schema.id.clone(),
            title: schema.title.clone(),
            edition: schema.edition.clone(),
            fields,
            matched,
            confidence,
        }
    });
    if let Some(schema) = schema {
        tell_missing(schema, &known, record.row, gather);
    }
    Header { row: record.row, schema, fit, columns, width: record.cells }
}

/// The columns named `names`, each with the field it is. A name that comes twice is the field only once.
fn columns<'s, S: Sink>(
    row: u64,
    cells: &Cells<'_>,
    names: &[&str],
    schema: Option<&'s Schema>,
    gather: &mut Gather<'_, S>,
) -> Vec<Column<'s>> {
    let fields: HashMap<&str, &Field> =
        schema.iter().flat_map(|schema| &schema.fields).map(|field| (field.name.as_str(), field)).collect();
    let mut first: HashMap<&str, u32> = HashMap::new();
    let mut columns = Vec::with_capacity(names.len());
    for (number, (raw, name)) in (1..).zip(cells.iter().zip(names)) {
        let field = fields.get(name).copied();
        let about = About {
            row: Some(row),
            column: Some(number),
            name: Some(name),
            field,
            value: raw,
            ..About::default()
        };
        if name.len() != raw.len() {
            gather.warning(Code::SurroundingBlank, &About { proposal: Some(name), ..about });
        }
        let earlier = first.get(name).copied();
        if name.is_empty() {
            gather.warning(Code::UnnamedColumn, &about);
        } else if let Some(earlier) = earlier {
            gather.error(Code::DuplicateHeader, &About { detail: Detail::EarlierColumn(earlier), ..about });
        } else {
            first.insert(name, number);
            let expected = schema.is_none_or(|schema| {
                field.is_some() || schema.optional_extra_columns.iter().any(|extra| extra == name)
            });
            if !expected {
                gather.warning(Code::UnknownColumn, &about);
            }
        }
        let field = field.filter(|_| earlier.is_none());
        columns.push(Column { name: (*name).to_owned(), field });
    }
    columns
}

/// Tells the fields that the file has no column for.
fn tell_missing<S: Sink>(schema: &Schema, known: &BTreeSet<&str>, row: u64, gather: &mut Gather<'_, S>) {
    for field in schema.fields.iter().filter(|field| !known.contains(field.name.as_str())) {
        let severity = match field.need {
            Need::Required if schema.columns_complete && field.required_basis.is_sure() => Severity::Error,
            Need::Required if schema.columns_complete => Severity::Warning,
            _ => Severity::Note,
        };
        let about = About {
            row: Some(row),
            name: Some(&field.name),
            field: Some(field),
            detail: Detail::Name(&field.name),
            ..About::default()
        };
        gather.add(Code::MissingColumn, severity, &about);
    }
}
