//! What the rows are worth: each cell in its column, each row as a whole, each column from top to bottom.
//!
//! Records come in with the header; what is wrong goes to [`crate::gather`], and every row, as it was mended, to the sink.
//!
//! ```text
//! rows ┬▶ usual                       a cell that was good before
//!      └▶ watch ┬▶ crate::cell        what it says
//!               ├▶ crate::repair      what it should say
//!               └▶ crate::personal    what only a person knows
//! ```

pub(crate) mod blanks;
pub(crate) mod identity;
pub(crate) mod key;
pub(crate) mod places;
pub(crate) mod plain;
pub(crate) mod platform;
pub(crate) mod rejoin;
pub(crate) mod relation;
pub(crate) mod rows;
pub(crate) mod together;
pub(crate) mod usual;
pub(crate) mod watch;
