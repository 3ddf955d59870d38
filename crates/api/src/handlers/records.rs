//! `/api/v1/datasets/{slug}/records`: every row of every published revision, for anybody.

use std::sync::Arc;

use actix_web::http::header;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, Responder, get};
use catalog::Slug;
use catalog::records::{self, Subject, Which};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::answer::Answer;
use crate::handlers::downloads::read_as_of;
use crate::handlers::revisions::named;
use crate::named::Named;
use crate::problem::Problem;
use crate::problem::responses::{BadQuestion, Gone, NotAcceptable, NotFound, RowsNotReady};
use crate::rows::answer::Asked;
use crate::rows::form::RowsForm;
use crate::rows::head::{self, HeadView, of_revision};
use crate::rows::query::RecordsQuery;
use crate::state::House;
use crate::views::records::RowsGiven;

/// Ask for rows
///
/// Of the current revision, or with `as_of` of the one that was current then. As JSON, NDJSON, CSV, GeoJSON, Parquet or Excel, as `Accept`
/// likes best. A page has 100 rows unless `limit` says otherwise; `next` leads on, within the same revision, at the
/// same cost for every page. The fields are listed under `…/fields`; work on one question is bounded in time.
#[utoipa::path(
    tag = "rows",
    operation_id = "list_records",
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        RecordsQuery,
    ),
    responses(
        (status = 200, response = RowsGiven),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 400, response = BadQuestion),
        (status = 404, response = NotFound),
        (status = 406, response = NotAcceptable),
        (status = 410, response = Gone),
        (status = 503, response = RowsNotReady),
    ),
)]
#[get("/datasets/{slug}/records")]
pub async fn list_records(
    house: Data<House>,
    slug: Path<Named<Slug>>,
    query: RecordsQuery,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let subject = current(&house, &slug.get()?, &query).await?;
    Asked::liked(&house, subject, &request)?.answer(&query).await
}

/// Take rows away in one form
///
/// Everything that is asked for, however much it is, unless `limit` says otherwise. Parquet and Excel (up to 1,048,575 rows) are made
/// whole before the first byte; the others are streamed.
#[utoipa::path(
    tag = "rows",
    operation_id = "export_records",
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        ("format" = String, Path, description = "`json`, `ndjson`, `csv`, `geojson`, `parquet` or `xlsx`", example = "csv"),
        RecordsQuery,
    ),
    responses(
        (status = 200, response = RowsGiven),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 400, response = BadQuestion),
        (status = 404, response = NotFound),
        (status = 410, response = Gone),
        (status = 503, response = RowsNotReady),
    ),
)]
#[get("/datasets/{slug}/records.{format}")]
pub async fn export_records(
    house: Data<House>,
    path: Path<(Named<Slug>, String)>,
    query: RecordsQuery,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (slug, form) = (path.0.get()?, RowsForm::of_extension(&path.1)?);
    let subject = current(&house, &slug, &query).await?;
    Asked::named(&house, subject, &request, form).answer(&query).await
}

/// Ask for rows of one revision
///
/// As `…/{slug}/records`, of a revision that never changes.
#[utoipa::path(
    tag = "rows",
    operation_id = "list_revision_records",
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        ("number" = u32, Path, description = "The revision's number", example = 1),
        RecordsQuery,
    ),
    responses(
        (status = 200, response = RowsGiven),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 400, response = BadQuestion),
        (status = 404, response = NotFound),
        (status = 406, response = NotAcceptable),
        (status = 410, response = Gone),
        (status = 503, response = RowsNotReady),
    ),
)]
#[get("/datasets/{slug}/revisions/{number}/records")]
pub async fn list_revision_records(
    house: Data<House>,
    path: Path<(Named<Slug>, String)>,
    query: RecordsQuery,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (slug, number) = named(&path.0, &path.1)?;
    let subject = numbered(&house, &slug, number, &query).await?;
    Asked::liked(&house, subject, &request)?.answer(&query).await
}

/// Take rows of one revision away in one form
///
/// As `…/{slug}/records.{format}`, of a revision that never changes.
#[utoipa::path(
    tag = "rows",
    operation_id = "export_revision_records",
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        ("number" = u32, Path, description = "The revision's number", example = 1),
        ("format" = String, Path, description = "`json`, `ndjson`, `csv`, `geojson`, `parquet` or `xlsx`", example = "csv"),
        RecordsQuery,
    ),
    responses(
        (status = 200, response = RowsGiven),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 400, response = BadQuestion),
        (status = 404, response = NotFound),
        (status = 410, response = Gone),
        (status = 503, response = RowsNotReady),
    ),
)]
#[get("/datasets/{slug}/revisions/{number}/records.{format}")]
pub async fn export_revision_records(
    house: Data<House>,
    path: Path<(Named<Slug>, String, String)>,
    query: RecordsQuery,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (slug, number) = named(&path.0, &path.1)?;
    let form = RowsForm::of_extension(&path.2)?;
    let subject = numbered(&house, &slug, number, &query).await?;
    Asked::named(&house, subject, &request, form).answer(&query).await
}

/// At what time the revision was the current one.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AsOfQuery {
    /// The revision that was current then: a day (its end in Japan) or an RFC 3339 moment.
    #[param(example = "2030-12-31")]
    pub as_of: Option<String>,
}

impl AsOfQuery {
    /// The revision that is meant.
    ///
    /// # Errors
    /// When the time does not read, and as [`records::find`].
    pub async fn subject(&self, house: &House, slug: &Slug) -> Result<Arc<Subject>, Problem> {
        let which = read_as_of(self.as_of.as_deref())?.map_or(Which::Current, Which::At);
        Ok(records::find(&house.store, &house.schemas, slug, which).await?)
    }
}

/// The revision that `query` means.
async fn current(house: &House, slug: &Slug, query: &RecordsQuery) -> Result<Arc<Subject>, Problem> {
    AsOfQuery { as_of: query.as_of.clone() }.subject(house, slug).await
}

/// Revision `number`, which is the same at any time.
async fn numbered(
    house: &House,
    slug: &Slug,
    number: u32,
    query: &RecordsQuery,
) -> Result<Arc<Subject>, Problem> {
    if query.as_of.is_some() {
        let (ja, en) = ("版の番号とは一緒に使えません。", "it does not go with the number of a revision");
        return Err(Problem::bad_parameter("as_of", ja, en));
    }
    Ok(records::find(&house.store, &house.schemas, slug, Which::Number(number)).await?)
}

/// `answer`, which stands at the address `place` under the revision, with what goes with rows in its headers.
pub fn told(
    house: &House,
    subject: &Subject,
    head: &HeadView,
    place: &str,
    answer: Answer,
    request: &HttpRequest,
) -> HttpResponse {
    let location = format!("{}{place}", of_revision(&subject.dataset.slug, subject.revision.number));
    let answer = head::told(answer, subject, head, &house.iris);
    answer.header(header::CONTENT_LOCATION, &head::outside(&location, &house.iris)).respond_to(request)
}
