//! What every request passes through, each thing in its own file.
//!
//! From the outside in: [`pace`], [`log`], [`headers`], [`head`], [`tag`], [`coding`], (compression), [`language`], [`rate`],
//! [`body`].

pub mod body;
pub mod coding;
pub mod head;
pub mod headers;
pub mod language;
pub mod log;
pub mod pace;
pub mod rate;
pub mod tag;
