//! The suite of `main.rs` once more, where everything is kept in PostgreSQL and in an S3-compatible storage.
//!
//! [`keeping`] starts both. Where there is no PostgreSQL the suite says that it was left out, and fails if `CI=true`.

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
#[path = "keeping/postgres.rs"]
mod keeping;
mod office;
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
mod servers;
mod shapes;
mod slow_clients;
mod sockets;
mod staff;
mod suites;
mod things;
mod troubles;
mod validations;
mod walks;
