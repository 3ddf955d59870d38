//! Reading the audit: a page of it, or all of it as a stream. For admins only.

use futures_util::Stream;
use futures_util::stream::try_unfold;
use jiff::Timestamp;

use super::{Entry, refusals};
use crate::actor::Actor;
use crate::error::CatalogError;
use crate::rules::{Deed, may_at_all};
use crate::slug::Slug;
use crate::staff::Staff;
use crate::store::{self, Store};

/// Entries that are held at a time while all are streamed.
const TOGETHER: u32 = 500;

/// An entry in its place in the chain.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// Its number; later entries have greater ones.
    pub id: u64,
    /// What it says.
    pub entry: Entry,
    /// Its hash, in hexadecimal.
    pub hash: String,
    /// The hash of the entry before it.
    pub previous: String,
}

/// Which entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only of this person, of `operator` or of `hiyori`.
    pub who: Option<String>,
    /// Only of this act.
    pub action: Option<String>,
    /// Only about this dataset.
    pub dataset: Option<Slug>,
    /// Only with this result: `done`, or the code of a refusal.
    pub result: Option<String>,
    /// Only from this time on.
    pub since: Option<Timestamp>,
    /// Only before this time.
    pub until: Option<Timestamp>,
}

/// One page of the audit.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The entries, the newest first.
    pub items: Vec<Recorded>,
    /// How many there are on all pages together.
    pub total: u64,
    /// The number before which the next page begins, if there is one.
    pub next: Option<u64>,
}

/// The newest entries that `filter` lets through, at most `limit`; only those before number `before` where it is given.
///
/// # Errors
/// [`CatalogError::Forbidden`] for anybody but admins, which the audit remembers; [`CatalogError::Database`].
pub async fn page(
    store: &Store,
    staff: &Staff,
    filter: &Filter,
    before: Option<u64>,
    limit: u32,
) -> Result<Page, CatalogError> {
    may_read(store, staff).await?;
    let read = store.reading().await?;
    let total = store::audit::count(&read, filter).await?;
    let mut items = store::audit::before(&read, filter, before, limit.saturating_add(1)).await?;
    read.rollback().await?;
    let more = items.len() > limit as usize;
    items.truncate(limit as usize);
    let next = items.last().filter(|_| more).map(|last| last.id);
    Ok(Page { items, total, next })
}

/// All entries that `filter` lets through, the oldest first, read in pieces. What is written meanwhile may be among them.
///
/// # Errors
/// As [`page`].
pub async fn all(
    store: &Store,
    staff: &Staff,
    filter: Filter,
) -> Result<impl Stream<Item = Result<Vec<Recorded>, CatalogError>> + use<>, CatalogError> {
    may_read(store, staff).await?;
    let store = store.clone();
    Ok(try_unfold((store, filter, 0), |(store, filter, after)| async move {
        let some = store::audit::after(store.database(), &filter, after, TOGETHER).await?;
        let last = some.last().map(|last| last.id);
        Ok(last.map(|last| (some, (store, filter, last))))
    }))
}

async fn may_read(store: &Store, staff: &Staff) -> Result<(), CatalogError> {
    let actor = Actor::Staff(staff.clone());
    refusals(store, &actor, "see-audit", None, may_at_all(staff, Deed::SeeAudit)).await
}
