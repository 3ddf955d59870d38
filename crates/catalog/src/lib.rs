//! Departments, datasets and their revisions: how they are published, kept and described.
//!
//! Three floors, each calling only what stands below it:
//!
//! ```text
//! acts        draft.rs  review.rs  publish.rs  follow.rs  made.rs  tokens.rs  browse.rs  backup.rs  … what people and the program do
//! keeping     store/                                       the database and the file store
//! vocabulary  dataset.rs  revision.rs  dcat/  …            what things are; no async, no database
//! ```
//!
//! Files come validated: only an [`ingestion::Accepted`] can become a revision.

pub mod actor;
mod answers;
pub mod as_of;
pub mod asking;
pub mod audit;
pub mod backup;
pub mod browse;
mod chain;
pub mod city;
pub mod ckan;
pub mod compare;
pub mod counted;
pub mod dataset;
pub mod dcat;
pub mod department;
mod described;
pub mod difference;
pub mod distribution;
pub mod draft;
pub mod error;
pub mod export;
pub mod finding;
pub mod folder;
pub mod follow;
mod forms;
pub mod gently;
pub mod imports;
mod intake;
pub mod iri;
pub mod licence;
pub mod listed;
mod loading;
pub mod made;
pub mod news;
mod opaque;
mod open_data_list;
pub mod origin;
pub mod overview;
pub mod packages;
pub mod permit;
mod points;
mod prefilled;
pub mod publish;
pub mod query;
pub mod records;
pub mod restore;
pub mod review;
pub mod revision;
pub mod rules;
pub mod search;
pub mod sheet;
pub mod slug;
pub mod staff;
pub mod store;
pub mod sweep;
mod tabled;
pub mod term;
#[cfg(test)]
mod testing;
pub mod token;
pub mod tokens;
pub mod verify;
pub mod words;

pub use actor::Actor;
pub use as_of::AsOf;
pub use city::{Area, City, MunicipalityCode};
pub use dataset::{Dataset, DatasetState, Metadata, Period, Tombstone};
pub use department::Department;
pub use distribution::{Distribution, Form, Format, Packed, Packing};
pub use error::CatalogError;
pub use iri::{BadPublicUrl, Iris, PublicUrl};
pub use licence::Licence;
pub use permit::{Permit, permit};
pub use revision::{Revision, RevisionState};
pub use rules::{Deed, Rules};
pub use slug::{BadSlug, Slug};
pub use staff::{Role, Staff};
pub use store::{Place, Store, Trouble};
pub use term::{Term, TermKind};
pub use token::{PersonName, Secret, TokenRecord};
