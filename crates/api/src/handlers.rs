//! What each address answers. A handler translates from HTTP and to HTTP and does nothing else.

pub mod audit;
pub mod catalog;
pub mod ckan;
pub mod conversions;
pub mod datasets;
pub mod departments;
pub mod diff;
pub mod downloads;
pub mod fields;
pub mod home;
pub mod making;
pub mod origin;
pub mod plan;
pub mod record;
pub mod records;
pub mod reviews;
pub mod revisions;
pub mod schemas;
pub mod service;
pub mod sheets;
pub mod things;
pub mod tokens;
pub mod validations;
