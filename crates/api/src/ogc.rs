//! OGC API – Features and Records: what both say and read, whichever resource is asked for.
//!
//! Parameters become a question about rows ([`question`]) or about datasets ([`records`]); resources become documents
//! with links ([`link`], [`documents`], [`openapi`]). Which address leads here is the handlers' business.
//!
//! Rule: OGC 17-069r4 (Features – Core), 18-058r1 (CRS), 19-079r2 (Filtering), 21-065r2 (CQL2), 20-004r1 (Records).

pub mod addresses;
pub mod classes;
pub mod datetime;
pub mod documents;
pub mod features;
pub mod form;
pub mod link;
pub mod openapi;
pub mod query;
pub mod question;
pub mod records;
