//! Departments, datasets and their revisions: how they are published, kept and described.
//!
//! Three floors, each calling only what stands below it:
//!
//! ```text
//! acts        publish.rs  made.rs                     what people and the program do
//! keeping     store/                                  the database and the file store
//! vocabulary  dataset.rs  revision.rs  dcat/  …       what things are; no async, no database
//! ```
//!
//! Files come validated: only an [`ingestion::Accepted`] can become a revision.

pub mod actor;
pub mod city;
pub mod dataset;
pub mod department;
pub mod distribution;
pub mod error;
pub mod licence;
pub mod revision;
pub mod slug;
pub mod term;

pub use actor::Actor;
pub use city::{City, MunicipalityCode};
pub use dataset::{Dataset, DatasetState, Metadata, Period, Tombstone};
pub use department::Department;
pub use distribution::{Distribution, Format};
pub use error::CatalogError;
pub use licence::Licence;
pub use revision::{Revision, RevisionState};
pub use slug::{BadSlug, Slug};
pub use term::Term;
