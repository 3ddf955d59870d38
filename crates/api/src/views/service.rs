//! What the service says of itself, and how it writes a moment.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;
use utoipa::ToSchema;

/// That the program lives, or can write.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Health)]
pub struct HealthView {
    /// `ok`
    #[schema(example = "ok")]
    pub status: &'static str,
}

impl HealthView {
    /// All is well.
    pub const OK: HealthView = HealthView { status: "ok" };
}

/// A moment in RFC 3339, in the time of Japan (which has no summer time), to the second.
pub fn moment(at: Timestamp) -> String {
    at.to_zoned(TimeZone::fixed(jiff::tz::offset(9))).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

#[cfg(test)]
mod tests {
    use super::moment;

    #[test]
    fn a_moment_carries_the_zone_of_japan() {
        assert_eq!(moment("2026-03-31T15:00:00.123Z".parse().unwrap()), "2026-04-01T00:00:00+09:00");
    }
}
