//! Reads a table as staff hand it in and tells what it is worth.
//!
//! Bytes go in at [`validate`]; out come a [`Report`] of everything that was found and, one by one into a
//! [`Sink`], the rows in which nothing stands in the way. The call cannot fail: "this is a photograph" is a
//! report too. It streams, so a file may be larger than memory; only the key of each row is kept.
//!
//! ```text
//! bytes ─▶ reading ─▶ recognising ─▶ judging ─▶ gather ─▶ Report
//!            │                          │ ├▶ cell, repair, personal
//!            └──────▶ readability ◀─────┘ └▶ Sink (each row, as it was mended)
//! ```
//!
//! The national schemas are data: TOML files in `schemas/`, embedded in the crate and read by [`Schemas`].
//! This crate knows no database, no HTTP, no clock and no `async`; anybody may use it alone.

pub mod canonical;
mod cell;
pub mod city;
pub mod convert;
pub mod describe;
pub mod drift;
pub mod finding;
mod gather;
mod judge;
mod judging;
pub mod marked;
mod personal;
pub mod place;
pub mod question;
pub mod readability;
mod reading;
mod recognising;
pub mod repair;
pub mod report;
pub mod schema;
pub mod schemas;
mod sentence;
pub mod sha256;
mod signs;
pub mod sink;
pub mod text;
mod validate;
mod wide;
mod writer;

pub use canonical::Canonical;
pub use city::{Bbox, CityArea};
pub use convert::{Conversion, convert};
pub use drift::Drifts;
pub use finding::{Code, Finding, Severity};
pub use marked::Marked;
pub use question::QuestionCode;
pub use readability::{Described, Readability};
pub use reading::letters::is_wrong_letter;
pub use repair::{RepairCode, RepairSet};
pub use report::{Accepted, Counts, FileFacts, Question, Repair, Report, SchemaMatch};
pub use schema::{Field, Kind, Need, Schema, SchemaId};
pub use schemas::Schemas;
pub use sha256::Sha256;
pub use sink::{Cell, Column, Discard, Row, Sink, Value};
pub use text::{Language, Text};
#[cfg(fuzzing)]
pub use validate::in_blocks;
pub use validate::{Expected, Limits, Looks, Options, validate};
