//! 審査票: everything that somebody who decides about a revision should see, on one page.

use ingestion::{Report, Schemas};

use crate::browse;
use crate::compare;
use crate::dataset::Dataset;
use crate::difference::Counts;
use crate::error::CatalogError;
use crate::revision::Revision;
use crate::rules;
use crate::slug::Slug;
use crate::staff::Staff;
use crate::store::{self, Store};

/// What stands on the sheet of one revision.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Its dataset.
    pub dataset: Dataset,
    /// The revision.
    pub revision: Revision,
    /// What was found in its file.
    pub report: Report,
    /// The last published revision before this one, if there is one, and how many rows are others since.
    pub before: Option<(Revision, Counts)>,
}

/// The sheet of revision `number`, for whoever sees drafts of its dataset.
///
/// # Errors
/// [`CatalogError::NoSuchDataset`], also where only what is published may be seen; [`CatalogError::NoSuchRevision`].
pub async fn sheet(
    store: &Store,
    schemas: &Schemas,
    staff: &Staff,
    slug: &Slug,
    number: u32,
) -> Result<Sheet, CatalogError> {
    let dataset = browse::dataset(store, Some(staff), slug).await?;
    if !rules::sees_drafts(Some(staff), &dataset) {
        return Err(CatalogError::NoSuchDataset(slug.clone()));
    }
    let revision = store::revision::find(store.database(), slug, number).await?;
    let report = store::report::find(store.database(), slug, number).await?;
    let published = store::revision::published(store.database(), slug).await?;
    let before = match published.into_iter().find(|earlier| earlier.number < number) {
        Some(before) => {
            let counts = compare::counts(store, schemas, slug, before.number, number).await?;
            Some((before, counts))
        }
        None => None,
    };
    Ok(Sheet { dataset, revision, report, before })
}
