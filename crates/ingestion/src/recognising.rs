//! Which table it is: where its header stands, which schema it is meant to follow, which column is which field.
//!
//! The first records come in; out comes a [`header::Header`]. What stands above and below the table is told here, too.

pub(crate) mod caption;
pub(crate) mod guess;
pub(crate) mod header;
pub(crate) mod recognise;
pub(crate) mod remarks;
