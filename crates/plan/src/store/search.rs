//! The way into the catalog's search: what was put in, and in which edition of it.

use catalog::search::{Document, DocumentKind};
use catalog::store::search;
use sea_orm::ConnectionTrait;

use crate::error::PlanError;

/// Whose documents these are.
const SOURCE: &str = "plan";

/// Whether this edition of the search has everything on record.
pub(crate) async fn is_current(db: &impl ConnectionTrait) -> Result<bool, PlanError> {
    Ok(search::is_current(db, SOURCE).await?)
}

/// Says that it has.
pub(crate) async fn mark(db: &impl ConnectionTrait) -> Result<(), PlanError> {
    Ok(search::mark(db, SOURCE).await?)
}

/// Lets what is put in from here on count as new.
pub(crate) async fn forget(db: &impl ConnectionTrait) -> Result<(), PlanError> {
    for kind in [DocumentKind::Initiative, DocumentKind::Report] {
        search::forget_texts(db, kind).await?;
    }
    Ok(())
}

/// Puts one thing in.
pub(crate) async fn put(db: &impl ConnectionTrait, document: &Document) -> Result<(), PlanError> {
    search::put(db, document).await?;
    Ok(())
}
