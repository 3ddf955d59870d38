//! Converts a table of the old standard (推奨データセット) to the new one (自治体標準), row by row.
//!
//! A file goes in and is judged as any other ([`crate::validate()`]); out come its rows under the new schema, as CSV,
//! and an account of what could not be carried. Which field becomes which is the map's business ([`crate::drift`]).
//! Nothing is guessed, and no cell that was good becomes an error: what the new schema would refuse is left out and
//! counted. Memory is bounded but for the key of each row.

mod columns;
mod sink;

use std::io::{self, Read, Write};

use crate::drift::{Drift, Drifts};
use crate::report::Report;
use crate::schema::{Schema, SchemaId, Standard};
use crate::schemas::Schemas;
use crate::text::Text;
use crate::validate::{Options, validate};
use sink::Converter;

/// What became of a file that was converted.
#[derive(Debug, Clone, PartialEq)]
pub struct Conversion {
    /// What was found in the file as it came.
    pub report: Report,
    /// The schema it had.
    pub from: SchemaId,
    /// The schema it has now.
    pub to: SchemaId,
    /// The edition of the map.
    pub edition: String,
    /// Rows that were written.
    pub rows: u64,
    /// Rows that were not: whose cells are not as many as the columns, so that nobody can tell which is which.
    pub rows_left: Vec<u64>,
    /// How many of those there are, listed or not.
    pub rows_left_count: u64,
    /// Fields that were filled, and from which.
    pub carried: Vec<Carried>,
    /// What could not be carried, where something stood.
    pub not_carried: Vec<NotCarried>,
    /// Fields that the new schema requires or recommends and that are empty in some rows.
    pub to_fill: Vec<ToFill>,
}

/// A field of the new schema that was filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// The field.
    pub to: String,
    /// The columns it was filled from.
    pub from: Vec<String>,
}

/// What could not be carried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotCarried {
    /// The column of the file.
    pub field: String,
    /// Why.
    pub reason: Text,
    /// In how many rows something stood there.
    pub rows: u64,
}

/// A field of the new schema for somebody to fill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToFill {
    /// The field.
    pub field: String,
    /// Whether the new schema requires it; otherwise it recommends it.
    pub required: bool,
    /// In how many rows it is empty.
    pub rows: u64,
}

/// Why a file is not converted.
#[derive(Debug, thiserror::Error)]
pub enum CannotConvert {
    /// The file fits no schema, or is no table; the report says which.
    #[error("the file fits no schema of the old standard")]
    FitsNone(Box<Report>),
    /// The file has the new standard already.
    #[error("the file has the schema `{0}` of the new standard already")]
    IsNew(SchemaId),
    /// There is no map from its schema.
    #[error("there is no map from `{0}` to the new standard")]
    NoMap(SchemaId),
    /// The output could not be written.
    #[error("the output could not be written")]
    Write(#[from] io::Error),
}

/// Rows that are left out and named.
const ROWS_NAMED_MAX: usize = 100;

/// Reads `input`, and writes it to `out` as the namesake of its schema in the new standard: UTF-8, commas, CRLF.
///
/// Columns of the file's own go along at the end. Rows with errors go along too, and their errors with them, except
/// those whose cells do not stand in their columns.
///
/// # Errors
/// [`CannotConvert`]; `out` then holds nothing, but for [`CannotConvert::Write`].
pub fn convert(
    input: impl Read + Send,
    schemas: &Schemas,
    drifts: &Drifts,
    options: &Options<'_>,
    out: impl Write,
) -> Result<Conversion, CannotConvert> {
    let find = |from: &Schema| -> Option<(&Drift, &Schema)> {
        let drift = drifts.from(&from.id)?;
        Some((drift, schemas.get(&drift.to)?))
    };
    let mut converter = Converter::new(find, out);
    let report = validate(input, schemas, options, &mut converter);
    let Some(fit) = &report.schema else { return Err(CannotConvert::FitsNone(Box::new(report))) };
    let id = fit.id.clone();
    match converter.finish()? {
        Some(made) => Ok(made.into_conversion(report)),
        None if id.standard() == Standard::Hyojun => Err(CannotConvert::IsNew(id)),
        None => Err(CannotConvert::NoMap(id)),
    }
}

#[cfg(test)]
mod tests;
