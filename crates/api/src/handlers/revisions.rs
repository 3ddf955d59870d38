//! `/api/v1/datasets/{slug}/revisions`: what a dataset was and is.

use actix_web::get;
use actix_web::web::{Data, Path};
use catalog::{CatalogError, Slug, browse};

use crate::answer::Answer;
use crate::language::Reader;
use crate::named::Named;
use crate::problem::Problem;
use crate::problem::responses::{Gone, NotFound};
use crate::report_view::ReportView;
use crate::state::House;
use crate::views::listing::ListView;
use crate::views::revision::RevisionView;

/// A dataset and the number of one of its revisions, from the path.
pub type RevisionPath = Path<(Named<Slug>, String)>;

/// The dataset `slug` and the revision `number`, as a path names them.
///
/// # Errors
/// The problem of a thing that is not there.
pub fn named(slug: &Named<Slug>, number: &str) -> Result<(Slug, u32), Problem> {
    let slug = slug.get()?;
    let number = number.parse().unwrap_or(0);
    if number == 0 {
        return Err(CatalogError::NoSuchRevision { slug, number }.into());
    }
    Ok((slug, number))
}

/// List a dataset's published revisions, newest first
#[utoipa::path(
    tag = "revisions",
    operation_id = "list_revisions",
    params(("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list")),
    responses(
        (status = 200, description = "All published revisions", body = ListView<RevisionView>),
        (status = 404, response = NotFound),
        (status = 410, response = Gone),
    ),
)]
#[get("/datasets/{slug}/revisions")]
pub async fn list_revisions(house: Data<House>, slug: Path<Named<Slug>>) -> Result<Answer, Problem> {
    let slug = slug.get()?;
    let revisions = browse::revisions(&house.store, &slug).await?;
    let items = revisions.iter().map(|revision| RevisionView::new(&slug, revision, &house.iris)).collect();
    Ok(Answer::json(&ListView::whole(items)))
}

/// Show one revision
#[utoipa::path(
    tag = "revisions",
    operation_id = "show_revision",
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        ("number" = u32, Path, description = "The revision's number", example = 1),
    ),
    responses(
        (status = 200, description = "The revision", body = RevisionView),
        (status = 404, response = NotFound),
        (status = 410, response = Gone),
    ),
)]
#[get("/datasets/{slug}/revisions/{number}")]
pub async fn show_revision(house: Data<House>, path: RevisionPath) -> Result<Answer, Problem> {
    let (slug, number) = named(&path.0, &path.1)?;
    let revision = browse::revision(&house.store, &slug, number).await?;
    Ok(Answer::json(&RevisionView::new(&slug, &revision, &house.iris)))
}

/// Show what was found in a revision's file
#[utoipa::path(
    tag = "revisions",
    operation_id = "show_report",
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        ("number" = u32, Path, description = "The revision's number", example = 1),
    ),
    responses(
        (status = 200, description = "The report, in the reader's language", body = ReportView),
        (status = 404, response = NotFound),
        (status = 410, response = Gone),
    ),
)]
#[get("/datasets/{slug}/revisions/{number}/report")]
pub async fn show_report(house: Data<House>, path: RevisionPath, reader: Reader) -> Result<Answer, Problem> {
    let (slug, number) = named(&path.0, &path.1)?;
    let report = browse::report(&house.store, &slug, number).await?;
    Ok(Answer::json(&ReportView::new(&report, reader.0)).varies("accept-language"))
}
