//! What may be asked of the rows of a revision: a closed language of columns, operators and typed values.
//!
//! Texts of strangers come in (CQL2-Text, CQL2-JSON, `field=value`, lists of names); out come values that cannot be
//! wrong: a column is a place among the [`Columns`] there are, a [`Scalar`] is of its column's kind, and everything has a
//! bound ([`bounds`]). How rows are found is `crate::records`' business; [`holds`] is the same question answered by
//! plain Rust, which the database is tested against.

pub mod ask;
pub mod bounds;
mod build;
pub mod columns;
pub mod cursor;
pub mod filter;
pub mod grouping;
pub mod holds;
pub mod json;
pub mod key;
pub mod misread;
pub mod names;
pub mod pattern;
pub mod place;
pub mod simple;
pub mod text;
pub mod times;
mod token;

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

pub use ask::{Ask, Near, Order, words};
pub use build::GEOMETRY;
pub use columns::{Column, ColumnKind, Columns, Places, Scalar};
pub use cursor::Cursor;
pub use filter::{Comparison, Filter};
pub use grouping::{Aggregate, Function, GroupOrder, Grouping};
pub use holds::TypedRow;
pub use misread::{At, Misread, Why};
pub use pattern::Pattern;
pub use place::{Bbox, Point, Polygon, Region};
pub use times::{Days, Times};
