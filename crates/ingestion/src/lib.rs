//! Reads a table as staff hand it in and tells what it is worth.
//!
//! Bytes go in at [`validate`]; out come a [`Report`] of everything that was found and, one by one into a
//! [`Sink`], the rows in which nothing stands in the way. The call cannot fail: "this is a photograph" is a
//! report too. It streams, so a file may be larger than memory; only the key of each row is kept.
//!
//! ```text
//! bytes ─▶ source ─▶ form ─▶ decode ─▶ records ─▶ header ─▶ rows ─▶ gather ─▶ Report
//!                                                             └──▶ Sink (accepted rows)
//! ```
//!
//! The national schemas are data: TOML files in `schemas/`, embedded in the crate and read by [`Schemas`].
//! This crate knows no database, no HTTP, no clock and no `async`; anybody may use it alone.

mod cell;
mod cells;
mod decode;
pub mod finding;
mod form;
mod gather;
mod guess;
mod header;
mod key;
mod letters;
mod line_ends;
pub mod place;
mod quotes;
mod records;
mod relation;
pub mod report;
mod rows;
pub mod schema;
pub mod schemas;
mod sentence;
pub mod sha256;
pub mod sink;
mod source;
pub mod text;
mod validate;
mod writing;

pub use finding::{Code, Finding, Severity};
pub use report::{Accepted, Counts, FileFacts, Report, SchemaMatch};
pub use schema::{Field, Kind, Need, Schema, SchemaId};
pub use schemas::Schemas;
pub use sha256::Sha256;
pub use sink::{Cell, Column, Discard, Row, Sink, Value};
pub use text::{Language, Text};
pub use validate::{Expected, Limits, Options, validate};
