//! From bytes to records: what a file is, how it is written, and its rows one after the other.
//!
//! Bytes come in from whoever calls [`crate::validate()`]; out come [`records::Record`]s, of a text or of a sheet alike.
//! What the cells mean is [`crate::recognising`]'s and [`crate::judging`]'s business.
//!
//! ```text
//! source ─▶ form ┬▶ encoding, decode ─▶ delimiter ─▶ records ┬▶ relay ─▶ ahead
//!                └▶ workbook ────────────────────────────────┘
//! ```

pub(crate) mod ahead;
pub(crate) mod cells;
pub(crate) mod decode;
pub(crate) mod delimiter;
pub(crate) mod encoding;
pub(crate) mod form;
pub(crate) mod laid;
pub(crate) mod letters;
pub(crate) mod line_ends;
pub(crate) mod quotes;
pub(crate) mod records;
pub(crate) mod relay;
pub(crate) mod source;
pub(crate) mod workbook;
pub(crate) mod writing;
