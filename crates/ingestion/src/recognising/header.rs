//! Matches the header of a file to the fields of its schema.
//!
//! Order is free. A missing or unknown name is a finding, and so is one that is spelt otherwise than in the schema.
//! Which row the header is, is [`crate::recognising::caption`]'s business; how a name is recognised [`crate::recognising::recognise`]'s; which
//! schema is meant when nobody said [`crate::recognising::guess`]'s.

use std::collections::{BTreeSet, HashMap};

use crate::finding::{Code, Severity};
use crate::gather::Gather;
use crate::personal;
use crate::reading::cells::{Cells, without_blanks};
use crate::reading::records::Record;
use crate::reading::writing;
use crate::recognising::guess;
use crate::recognising::recognise::{self, How, Vocabulary};
use crate::repair::{RepairCode, RepairSet, letters};
use crate::report::SchemaMatch;
use crate::schema::{Field, Need, Schema};
use crate::sentence::{About, Detail};
use crate::sink::{Column, Sink};
use crate::validate::{Expected, Options};

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
    /// How many blank ones at the right end were left out.
    pub left_out: u64,
}

/// Reads `record` as the header, and tells what is wrong with it.
pub(crate) fn read<'s, S: Sink>(
    record: &Record<'_>,
    options: &Options<'s>,
    vocabulary: &Vocabulary<'s>,
    gather: &mut Gather<'_, S>,
) -> Header<'s> {
    let cells = Cells::of(record);
    writing::tell(record, &cells, &[], gather);
    let letters: Vec<Vec<(RepairCode, String)>> = match record.too_long {
        true => Vec::new(),
        false => cells.iter().map(|raw| letters::mended(raw, options.repairs)).collect(),
    };
    let names: Vec<&str> = cells
        .iter()
        .zip(&letters)
        .map(|(raw, steps)| without_blanks(steps.last().map_or(raw, |(_, mended)| mended)))
        .collect();
    let known: BTreeSet<&str> = names.iter().copied().filter(|name| !name.is_empty()).collect();
    let (schema, confidence) = match options.expected {
        Expected::Schema(schema) => (Some(schema), None),
        Expected::AnyTable => (None, None),
        Expected::Guess => match guess::schema(&known, vocabulary) {
            Some(guess) => (Some(guess.schema), Some(guess.confidence)),
            None => {
                gather.note(Code::NoSchema, &About::default());
                (None, None)
            }
        },
    };
    let fields = match schema {
        Some(schema) => recognise::fields(schema, &names),
        None => vec![None; names.len()],
    };
    let named = cells.iter().zip(&letters).zip(&names).zip(&fields);
    let named = named.map(|(((raw, letters), name), field)| Named { raw, letters, name, field: *field });
    let columns = columns(record.row, named, schema, options.repairs, gather);
    let fit = schema.map(|schema| {
        let found = fields.iter().flatten();
        let (matched, worth) = found.fold((0, 0.0), |(count, sum), (_, how)| (count + 1, sum + how.worth()));
        let whole = schema.fields.len();
        let confidence = confidence.unwrap_or_else(|| guess::in_hundredths(worth / whole.max(1) as f64));
        SchemaMatch {
            id: schema.id.clone(),
            title: schema.title.clone(),
            edition: schema.edition.clone(),
            fields: whole,
            matched,
            confidence,
        }
    });
    if let Some(schema) = schema {
        let known = fields.iter().flatten().map(|(field, _)| field.name.as_str()).collect();
        tell_missing(schema, &known, record.row, gather);
    }
    Header { row: record.row, schema, fit, columns, width: record.cells, left_out: 0 }
}

/// One cell of the header.
struct Named<'a, 's> {
    /// As it came.
    raw: &'a str,
    /// What it became by the repair of its letters, step by step.
    letters: &'a [(RepairCode, String)],
    /// The same without blanks around it.
    name: &'a str,
    /// The field it is, and how it was recognised.
    field: Option<(&'s Field, How)>,
}

/// The columns, each with the field it is. A name that comes twice is the field only once.
fn columns<'a, 's, S: Sink>(
    row: u64,
    named: impl Iterator<Item = Named<'a, 's>>,
    schema: Option<&'s Schema>,
    repairs: RepairSet,
    gather: &mut Gather<'_, S>,
) -> Vec<Column<'s>> {
    let mut first: HashMap<&str, u32> = HashMap::new();
    let mut columns = Vec::new();
    for (number, Named { raw, letters, name, field: found }) in (1..).zip(named) {
        let field = found.map(|(field, _)| field);
        // A doubled name is still that of a field.
        let of_schema = || schema.and_then(|schema| schema.field(name));
        let masked = personal::masked_name(name);
        let shown = masked.as_deref().unwrap_or(name);
        let about = About {
            row: Some(row),
            column: Some(number),
            name: Some(shown),
            field: field.or_else(of_schema),
            value: raw,
            ..About::default()
        };
        if masked.is_some() {
            gather.error(Code::MyNumber, &about);
        }
        let mut text = raw;
        for (code, mended) in letters {
            gather.repair(*code, &About { value: text, proposal: Some(mended), ..about });
            text = mended;
        }
        if name.len() != text.len() {
            let about = About { value: text, proposal: Some(name), ..about };
            if repairs.has(RepairCode::SurroundingBlank) {
                gather.repair(RepairCode::SurroundingBlank, &about);
            } else {
                gather.warning(Code::SurroundingBlank, &about);
            }
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
        if let Some((field, how)) = found.filter(|(_, how)| *how != How::Exact) {
            let severity = if how == How::Near { Severity::Warning } else { Severity::Note };
            let about = About { detail: Detail::Name(&field.name), ..about };
            gather.add(Code::HeaderAssumed, severity, &about);
        }
        columns.push(Column { name: shown.to_owned(), field });
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
