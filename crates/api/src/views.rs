//! What we show of each thing: the JSON shapes of the contract, and nothing of how things are kept.

pub mod audit;
pub mod ckan;
pub mod conversion;
pub mod data_json;
pub mod dataset;
pub mod department;
pub mod diff;
pub mod listing;
pub mod making;
pub mod ogc;
pub mod ogc_records;
pub mod origin;
pub mod plan;
pub mod records;
pub mod revision;
pub mod schema;
pub mod search;
pub mod service;
pub mod sheet;
pub mod token;
pub mod vocabulary;
