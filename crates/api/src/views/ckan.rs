//! What the CKAN-compatible API shows: CKAN's envelope, and CKAN's shapes of what this catalog has.
//!
//! Members are those that CKAN 2.11 gives, so that its clients find what they look for; what a city's catalog has not
//! is null, empty or false, as it would be there.

pub mod failure;
pub mod organization;
pub mod package;
pub mod records;
pub mod resource;
pub mod site;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;
use utoipa::ToSchema;

/// A moment as CKAN writes it: UTC without saying so, to the microsecond.
pub fn moment(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%Y-%m-%dT%H:%M:%S%.6f").to_string()
}

/// What a call gives back that was done.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CkanAnswer)]
pub struct GivenView {
    /// The address that tells about the call.
    #[schema(example = "http://127.0.0.1:8080/api/3/action/help_show?name=site_read")]
    pub help: String,
    /// Whether it was done: it was.
    #[schema(example = true)]
    pub success: bool,
    /// What it gives; `help_show` tells of which kind that is.
    #[schema(example = true)]
    pub result: serde_json::Value,
}

/// What a call gives back, as it is written.
#[derive(Debug, Serialize)]
pub struct EnvelopeView<'a, T: Serialize> {
    /// The address that tells about the call.
    pub help: &'a str,
    /// Whether it was done: it was.
    pub success: bool,
    /// What it gives.
    pub result: T,
}

#[cfg(test)]
mod tests {
    use super::moment;

    #[test]
    fn a_moment_is_in_utc_and_has_six_digits_behind_the_point() {
        assert_eq!(moment("2026-04-01T00:00:00+09:00".parse().unwrap()), "2026-03-31T15:00:00.000000");
        assert_eq!(moment("2026-03-31T15:00:00.123Z".parse().unwrap()), "2026-03-31T15:00:00.123000");
    }
}
