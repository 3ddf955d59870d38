//! Times as they are stored: milliseconds since 1970-01-01T00:00:00Z.

use jiff::{Timestamp, Unit};

use crate::error::CatalogError;

/// Now, as exactly as times are kept.
pub(crate) fn now() -> Timestamp {
    let now = Timestamp::now();
    now.round(Unit::Millisecond).unwrap_or(now)
}

/// The stored form of `time`.
pub(super) fn to_ms(time: Timestamp) -> i64 {
    time.as_millisecond()
}

/// The time that was stored in `table`.
pub(super) fn from_ms(table: &str, ms: i64) -> Result<Timestamp, CatalogError> {
    Timestamp::from_millisecond(ms).map_err(|error| super::unreadable(table, error))
}
