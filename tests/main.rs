//! The real program, from outside: over HTTP and on the command line, in the words of the people who use it.
//!
//! Nothing of its inside is known here. [`city`] starts it on a free port with a fresh data folder, [`terminal`]
//! types its commands, [`desk`] holds the files people hand in, [`office`] the people who make and approve,
//! [`answers`] says what an answer must be, [`sockets`] are clients that behave badly.
//! Here everything is kept in a folder; `on_postgres.rs` is the same suite on PostgreSQL and an S3-compatible storage.
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
#[path = "keeping/folder.rs"]
mod keeping;
mod office;
mod sockets;
mod terminal;

mod audit;
mod backups;
mod bad_input;
mod catalog;
mod ckan;
mod ckan_rows;
mod ckan_searches;
mod command_line;
mod compose;
mod conversions;
mod crashes;
mod diffs;
mod downloads;
mod drafts;
mod examples;
mod feeds;
mod forms;
mod fsyncs;
mod gdal;
mod harvest;
mod imports;
mod limits;
mod manners;
mod matrix;
mod metrics;
mod ogc;
mod ogc_features;
mod ogc_records;
mod openapi;
mod plan;
mod problems;
mod promises;
mod races;
mod records;
mod records_described;
mod records_forms;
mod records_refused;
mod registers;
mod released;
mod reports;
mod review;
mod samples;
mod schemas;
mod search;
mod shapes;
mod slow_clients;
mod staff;
mod suites;
mod things;
mod troubles;
mod validations;
mod walks;
