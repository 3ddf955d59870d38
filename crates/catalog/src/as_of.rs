//! What a dataset was at an earlier time: the revision that was current then.

use std::str::FromStr;

use jiff::civil::Date;
use jiff::tz::{self, TimeZone};
use jiff::{Timestamp, ToSpan};

use crate::browse;
use crate::error::CatalogError;
use crate::revision::{Revision, RevisionState};
use crate::slug::Slug;
use crate::staff::Staff;
use crate::store::Store;

/// A moment that somebody looks back to. A day (`2026-11-26`) is its end in Japan; an RFC 3339 moment is itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct AsOf(Timestamp);

/// The text is no day and no moment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is neither a day (2026-11-26) nor a moment with its zone (2026-11-26T09:00:00+09:00)")]
pub struct BadAsOf(String);

impl FromStr for AsOf {
    type Err = BadAsOf;

    fn from_str(text: &str) -> Result<AsOf, BadAsOf> {
        let bad = || BadAsOf(text.to_owned());
        if text.len() != "2026-11-26".len() {
            return text.parse().map(AsOf).map_err(|_| bad());
        }
        let day: Date = text.parse().map_err(|_| bad())?;
        let next = day.tomorrow().and_then(|next| next.to_zoned(TimeZone::fixed(tz::offset(9))));
        let end = next.and_then(|next| next.timestamp().checked_sub(1.nanosecond()));
        end.map(AsOf).map_err(|_| bad())
    }
}

impl AsOf {
    /// The moment; of a day, its last nanosecond.
    pub fn moment(self) -> Timestamp {
        self.0
    }
}

/// The revision of the dataset `slug`, as `asker` sees it, that readers got at the time `as_of`: the last of those that were
/// published by then. Times are shown in whole seconds and compared so: who asks for the moment at which a revision
/// is said to have come gets that revision.
///
/// # Errors
/// [`CatalogError::NothingPublishedThen`] before the first; otherwise as [`browse::dataset`].
pub async fn revision(
    store: &Store,
    asker: Option<&Staff>,
    slug: &Slug,
    as_of: AsOf,
) -> Result<Revision, CatalogError> {
    let revisions = browse::revisions(store, asker, slug).await?; // the newest first
    revisions
        .into_iter()
        .filter(|revision| revision.state == RevisionState::Published)
        .find(|revision| revision.published_at.is_some_and(|at| at.as_second() <= as_of.0.as_second()))
        .ok_or_else(|| CatalogError::NothingPublishedThen { slug: slug.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{TABLE, Town, slug};

    #[track_caller]
    fn means(text: &str, moment: &str) {
        assert_eq!(text.parse::<AsOf>().map(|as_of| as_of.moment().to_string()), Ok(moment.to_owned()));
    }

    #[test]
    fn a_day_ends_at_midnight_in_japan() {
        means("2026-11-26", "2026-11-26T14:59:59.999999999Z");
        means("2024-02-29", "2024-02-29T14:59:59.999999999Z");
    }

    #[test]
    fn a_moment_is_itself() {
        means("2026-11-26T09:00:00+09:00", "2026-11-26T00:00:00Z");
        means("2026-11-26T09:00:00Z", "2026-11-26T09:00:00Z");
    }

    #[test]
    fn what_no_calendar_has_is_refused() {
        for text in ["", "today", "2026-02-30", "2026-11-26T09:00:00", "2026/11/26", "9999-12-31"] {
            assert_eq!(text.parse::<AsOf>(), Err(BadAsOf(text.to_owned())));
        }
    }

    #[tokio::test]
    async fn readers_look_back_to_what_was_current_then() {
        let town = Town::open().await;
        let first = town.publishes("toilets", TABLE).await.unwrap().revision.published_at.unwrap();
        let second =
            town.publishes("toilets", "名称\r\n新\r\n").await.unwrap().revision.published_at.unwrap();
        let at = async |moment: Timestamp| {
            revision(&town.store, None, &slug("toilets"), AsOf(moment)).await.map(|revision| revision.number)
        };
        assert_eq!(at(second).await.unwrap(), 2);
        if first.as_second() < second.as_second() {
            assert_eq!(at(first).await.unwrap(), 1);
        }
        let before = at(first - 1.second()).await.unwrap_err();
        assert!(matches!(before, CatalogError::NothingPublishedThen { .. }), "{before:?}");
    }
}
