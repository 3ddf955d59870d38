//! The real program, from outside: over HTTP and on the command line, in the words of the people who use it.
//!
//! Nothing of its inside is known here. [`city`] starts it on a free port with a fresh data folder, [`terminal`]
//! types its commands, [`desk`] holds the files people hand in, [`answers`] says what an answer must be.
//! Two environment variables widen what is looked at: `HIYORI_SAMPLES` names a folder of published municipal
//! files, `HIYORI_SHAPES` the folder of the DCAT-AP shapes; without them those tests say that they were left out.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that cannot go on is a test that failed"
)]

mod answers;
mod city;
mod desk;
mod terminal;

mod audit;
mod bad_input;
mod catalog;
mod command_line;
mod conversions;
mod downloads;
mod harvest;
mod matrix;
mod openapi;
mod plan;
mod problems;
mod promises;
mod registers;
mod reports;
mod samples;
mod schemas;
mod shapes;
mod staff;
mod validations;
