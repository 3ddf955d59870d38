//! The catalog as a CKAN portal would tell of it, and the language in which such a portal is asked.
//!
//! All of it is pure: names and ids ([`ids`]), tags ([`tags`]), licences ([`licences`]), extras ([`extras`]), and what a
//! query wants ([`query`], [`asked`]). What is found is [`crate::packages`]' business, JSON shapes are the API's.

pub mod asked;
pub mod extras;
pub mod ids;
pub mod licences;
pub mod query;
pub mod tags;

pub use asked::{Asked, Misread, Why};
pub use ids::{Id, Ids, Thing};
pub use query::{By, Order, PackageQuery, ResourceKey, ResourceQuery, SortKey};
