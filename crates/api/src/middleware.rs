//! What every request passes through, each thing in its own file.
//!
//! From the outside in: [`log`], [`headers`], [`head`], [`tag`], (compression), [`language`], [`body`].

pub mod body;
pub mod head;
pub mod headers;
pub mod language;
pub mod log;
pub mod tag;
