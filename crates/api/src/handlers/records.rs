//! `/api/v1/datasets/{slug}/records`: every row of every published revision, for anybody.

use std::sync::Arc;

use actix_web::http::header;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, Responder, get};
use catalog::records::{self, Subject, Which};
use catalog::{Slug, browse};
use ingestion::Language;
use serde_json::Value;

use crate::answer::Answer;
use crate::handlers::downloads::read_as_of;
use crate::handlers::revisions::named;
use crate::language::Reader;
use crate::named::{Named, shown};
use crate::problem::responses::{BadQuery, Gone, NotAcceptable, NotFound, RowsNotReady};
use crate::problem::{Kind, Problem};
use crate::rows::answer::Asked;
use crate::rows::form::RowsForm;
use crate::rows::head::{self, HeadView, of_revision};
use crate::rows::query::RecordsQuery;
use crate::rows::{openapi, schema};
use crate::state::House;
use crate::views::records::{FieldView, FieldsView, RecordView, RecordsView};

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
        (status = 200, description = "Rows; or groups of them", content(
            (RecordsView = "application/json"),
            (String = "application/x-ndjson", example = "{\"ID\":\"LL0420210001\",\"名称\":\"見本トイレ\"}\n"),
            (String = "text/csv", example = "ID,名称\r\nLL0420210001,見本トイレ\r\n"),
            (Object = "application/geo+json", example = json!({"type": "FeatureCollection", "features": []})),
            (String = "application/vnd.apache.parquet", example = "PAR1…PAR1"),
            (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", example = "PK…"),
        )),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 400, response = BadQuery),
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
        (status = 200, description = "Rows; or groups of them", content(
            (RecordsView = "application/json"),
            (String = "application/x-ndjson", example = "{\"ID\":\"LL0420210001\",\"名称\":\"見本トイレ\"}\n"),
            (String = "text/csv", example = "ID,名称\r\nLL0420210001,見本トイレ\r\n"),
            (Object = "application/geo+json", example = json!({"type": "FeatureCollection", "features": []})),
            (String = "application/vnd.apache.parquet", example = "PAR1…PAR1"),
            (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", example = "PK…"),
        )),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 400, response = BadQuery),
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
        (status = 200, description = "Rows; or groups of them", content(
            (RecordsView = "application/json"),
            (String = "application/x-ndjson", example = "{\"ID\":\"LL0420210001\",\"名称\":\"見本トイレ\"}\n"),
            (String = "text/csv", example = "ID,名称\r\nLL0420210001,見本トイレ\r\n"),
            (Object = "application/geo+json", example = json!({"type": "FeatureCollection", "features": []})),
            (String = "application/vnd.apache.parquet", example = "PAR1…PAR1"),
            (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", example = "PK…"),
        )),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 400, response = BadQuery),
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
        (status = 200, description = "Rows; or groups of them", content(
            (RecordsView = "application/json"),
            (String = "application/x-ndjson", example = "{\"ID\":\"LL0420210001\",\"名称\":\"見本トイレ\"}\n"),
            (String = "text/csv", example = "ID,名称\r\nLL0420210001,見本トイレ\r\n"),
            (Object = "application/geo+json", example = json!({"type": "FeatureCollection", "features": []})),
            (String = "application/vnd.apache.parquet", example = "PAR1…PAR1"),
            (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", example = "PK…"),
        )),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 400, response = BadQuery),
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
