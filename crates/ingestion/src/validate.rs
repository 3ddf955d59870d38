//! The one way a file is judged.

use std::io::Read;

use crate::report::Report;
use crate::schema::Schema;
use crate::schemas::Schemas;
use crate::sink::Sink;

/// What the caller knows of a file, and how much of it may be held at a time.
#[derive(Debug, Clone)]
pub struct Options<'a> {
    /// The name it was handed in under; it decides nothing.
    pub file_name: String,
    /// What the file is held against.
    pub expected: Expected<'a>,
    /// What is too much.
    pub limits: Limits,
}

/// What a file is held against.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub enum Expected<'a> {
    /// The schema its header fits best, if it fits one.
    #[default]
    Guess,
    /// This schema.
    Schema(&'a Schema),
    /// None: any table will do.
    AnyTable,
}

/// What is too much. Exceeding one is a finding; what lies beyond is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Of one cell, in bytes of UTF-8.
    pub cell_bytes_max: usize,
    /// Of one row, in bytes of UTF-8.
    pub row_bytes_max: usize,
    /// Of one row.
    pub columns_max: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { cell_bytes_max: 1 << 20, row_bytes_max: 10 << 20, columns_max: 2_000 }
    }
}

/// Reads `input` to its end, judges it, and hands its good rows to `sink`.
pub fn validate(
    _input: impl Read,
    _schemas: &Schemas,
    _options: &Options<'_>,
    _sink: &mut impl Sink,
) -> Report {
    todo!()
}
