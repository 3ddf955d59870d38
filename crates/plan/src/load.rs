//! The plan's folder becomes the plan's records: all of it in one change, or nothing.

use std::path::Path;

use crate::error::PlanError;
use crate::folder::PlanFolder;
use crate::initiatives;
use crate::searched;
use crate::store::{Plans, document};

/// Who is remembered as having put the folder's items on record.
const LOADER: &str = "operator";

/// Loads the folder `dir` (`datasets/plan`) into the empty records `plans`.
///
/// # Errors
/// [`PlanError::BadData`] names the file and the place of the first slip; [`PlanError::PlanExists`] when a plan is
/// on record. Nothing is changed then.
#[tracing::instrument(skip_all, fields(plan.folder = %dir.display()))]
pub async fn load(plans: &Plans, dir: &Path) -> Result<(), PlanError> {
    let folder = PlanFolder::read(dir)?;
    let change = plans.begin().await?;
    if document::exists(&change).await? {
        return Err(PlanError::PlanExists);
    }
    document::insert(&change, &folder.facts, &folder.pillars).await?;
    for item in &folder.items {
        initiatives::put(&change, LOADER, item).await.map_err(|error| in_items(dir, item.code, error))?;
    }
    searched::put_all(&change).await?;
    change.commit().await?;
    tracing::info!(
        plan.items = folder.items.len(),
        "loaded the plan `{}` with {} individual items",
        folder.facts.outline.title,
        folder.items.len()
    );
    Ok(())
}

/// A refusal of an item in the folder is a slip of the folder; a fault stays a fault.
fn in_items(dir: &Path, code: crate::InitiativeCode, error: PlanError) -> PlanError {
    match error {
        PlanError::Database(_) | PlanError::Tables(_) | PlanError::Damaged { .. } => error,
        refusal => PlanError::BadData {
            path: dir.join("pillars.toml").display().to_string(),
            why: format!("item `{code}`: {refusal}"),
        },
    }
}
