//! 監査記録: who did what to which dataset, when, and what came of it. Appended, never changed.
//!
//! The acts write it in the very transaction that changes something, so that there are as many entries of success
//! as there are successes; a refusal is written after it was refused.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::actor::Actor;
use crate::dataset::Dataset;
use crate::error::CatalogError;
use crate::slug::Slug;
use crate::store::{self, Store, now};

mod read;
mod verify;

pub use crate::chain::Misfit;
pub use read::{Filter, Page, Recorded, all, page};
pub use verify::{Broken, Verdict, verify};

/// One entry of the audit.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// Who acted.
    pub who: String,
    /// What was asked for: `publish`, `withdraw`, …
    pub action: String,
    /// The dataset it was about, if it was about one.
    pub dataset: Option<Slug>,
    /// The revision that came of it, if one did.
    pub revision: Option<u32>,
    /// `done`, or the code of the refusal.
    pub result: String,
    /// What was there before, as far as it was changed.
    pub before: Option<Value>,
    /// What is there now, or why it was refused.
    pub after: Option<Value>,
}

/// The latest entries, the newest first, at most `limit` of them.
///
/// # Errors
/// [`CatalogError::Database`].
pub async fn latest(store: &Store, limit: u32) -> Result<Vec<Entry>, CatalogError> {
    store::audit::latest(store.database(), limit).await
}

/// The audit's entry of an act that changed a dataset.
pub(crate) fn done(
    actor: &Actor,
    at: Timestamp,
    action: &str,
    before: Option<&Dataset>,
    after: &Dataset,
) -> Entry {
    let number = |dataset: &Dataset| dataset.current.as_ref().map(|revision| revision.number);
    let picture = |dataset: &Dataset| -> Value {
        json!({
            "state": dataset.state.as_str(),
            "version": dataset.version,
            "revision": number(dataset),
            "sha256": dataset.current.as_ref().map(|revision| revision.sha256),
            "department": dataset.department.slug,
            "metadata": dataset.metadata,
        })
    };
    Entry {
        at,
        who: actor.as_str().to_owned(),
        action: action.to_owned(),
        dataset: Some(after.slug.clone()),
        revision: number(after),
        result: "done".to_owned(),
        before: before.map(picture),
        after: Some(picture(after)),
    }
}

/// Hands on what came of an act; a refusal is written down first. Faults are not, as nothing was decided.
pub(crate) async fn refusals<'a, T>(
    store: &Store,
    actor: &Actor,
    action: &str,
    dataset: impl Into<Option<&'a Slug>>,
    outcome: Result<T, CatalogError>,
) -> Result<T, CatalogError> {
    let Err(error) = &outcome else { return outcome };
    let Some(code) = error.refusal() else { return outcome };
    let why = match error {
        CatalogError::Refused(report) => json!({ "file": report.file, "counts": report.counts }),
        other => json!({ "why": other.to_string() }),
    };
    let entry = Entry {
        at: now(),
        who: actor.as_str().to_owned(),
        action: action.to_owned(),
        dataset: dataset.into().cloned(),
        revision: None,
        result: code.to_owned(),
        before: None,
        after: Some(why),
    };
    let write = store.writing().await?;
    store::audit::append(&write, entry).await?;
    write.commit().await?;
    outcome
}
