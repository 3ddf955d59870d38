//! `/api/v1/datasets/{slug}/revisions`: what a dataset was and is.

use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use catalog::{CatalogError, Slug, browse};
use ingestion::{Expected, Options, Question};

use crate::answer::{Answer, unchanged};
use crate::kept::KeptBytes;
use crate::language::Reader;
use crate::named::Named;
use crate::problem::Problem;
use crate::problem::responses::{Gone, NotFound};
use crate::report_form::every_finding;
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

/// Download everything that was found in a revision's file
///
/// Every finding, one line each, listed in the report or not: the file as it came is judged once more.
#[utoipa::path(
    tag = "revisions",
    operation_id = "download_report",
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        ("number" = u32, Path, description = "The revision's number", example = 1),
    ),
    responses(
        (status = 200, description = "The findings, in the reader's language", body = String, content_type = "text/csv",
         example = "file,severity,code,row,column,column_letter,field,value,message,hint\n"),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 404, response = NotFound),
        (status = 410, response = Gone),
    ),
)]
#[get("/datasets/{slug}/revisions/{number}/report.csv")]
pub async fn download_report(
    house: Data<House>,
    path: RevisionPath,
    reader: Reader,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (slug, number) = named(&path.0, &path.1)?;
    let report = browse::report(&house.store, &slug, number).await?;
    let revision = browse::revision(&house.store, &slug, number).await?;
    let kept = browse::open(&house.store, &revision.sha256).await?;
    let mut bytes = KeptBytes::of(kept.stream);
    let (schemas, city) = (house.schemas.clone(), browse::city(&house.store).await?.place());
    let judging = tokio::task::spawn_blocking(move || {
        let schema = report.schema.as_ref().and_then(|fit| schemas.get(&fit.id));
        let expected = schema.map_or(Expected::AnyTable, Expected::Schema);
        let answered = |question: &Question| Some((question.key(), question.answer.clone()?));
        let answers: Vec<(String, String)> = report.questions.iter().filter_map(answered).collect();
        let options = Options {
            file_name: revision.file_name,
            expected,
            answers: &answers,
            city: Some(&city),
            ..Options::default()
        };
        let findings = every_finding(&mut bytes, &schemas, &options, reader.0);
        bytes.close().map(|()| findings)
    });
    let findings = judging.await.map_err(|error| Problem::fault(&error))??;
    let file = findings.map_err(|cause| Problem::fault(&cause))?;
    let mut answer = match unchanged(&request, file.tag()) {
        Some(known) => known,
        None => file.answer("text/csv; charset=utf-8", &format!("{slug}-{number}-report.csv")),
    };
    answer.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-language"));
    Ok(answer)
}
