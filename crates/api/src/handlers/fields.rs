//! `/api/v1/datasets/{slug}/fields`, `schema.json` and `openapi.json`: what can be asked of a dataset's rows.

use std::sync::Arc;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, Responder, get};
use catalog::Slug;
use catalog::records::{self, Subject, Which};
use ingestion::Language;

use crate::answer::Answer;
use crate::ask::Ask;
use crate::handlers::records::{AsOfQuery, told};
use crate::handlers::revisions::{RevisionPath, named};
use crate::language::Reader;
use crate::named::Named;
use crate::problem::Problem;
use crate::problem::responses::{BadQuery, Gone, NotFound, RowsNotReady};
use crate::rows::head::HeadView;
use crate::rows::{openapi, schema};
use crate::state::House;
use crate::views::records::{FieldView, FieldsView};

/// List the fields of a dataset's rows
///
/// What each is called and means, how its values are compared, and what there is in it.
#[utoipa::path(
    tag = "rows",
    operation_id = "list_fields",
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        AsOfQuery,
    ),
    responses(
        (status = 200, description = "The fields, in the reader's language", body = FieldsView),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 400, response = BadQuery),
        (status = 404, response = NotFound),
        (status = 410, response = Gone),
        (status = 503, response = RowsNotReady),
    ),
)]
#[get("/datasets/{slug}/fields")]
pub async fn list_fields(
    house: Data<House>,
    slug: Path<Named<Slug>>,
    asked: Ask<AsOfQuery>,
    reader: Reader,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let subject = asked.0.subject(&house, &slug.get()?).await?;
    fields(&house, &subject, reader.0, &request).await
}

/// List the fields of one revision's rows
///
/// As `…/{slug}/fields`, of a revision that never changes.
#[utoipa::path(
    tag = "rows",
    operation_id = "list_revision_fields",
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        ("number" = u32, Path, description = "The revision's number", example = 1),
    ),
    responses(
        (status = 200, description = "The fields, in the reader's language", body = FieldsView),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 404, response = NotFound),
        (status = 410, response = Gone),
        (status = 503, response = RowsNotReady),
    ),
)]
#[get("/datasets/{slug}/revisions/{number}/fields")]
pub async fn list_revision_fields(
    house: Data<House>,
    path: RevisionPath,
    reader: Reader,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (slug, number) = named(&path.0, &path.1)?;
    let subject = records::find(&house.store, &house.schemas, &slug, Which::Number(number)).await?;
    fields(&house, &subject, reader.0, &request).await
}

/// Show the JSON Schema of a dataset's rows
#[utoipa::path(
    tag = "rows",
    operation_id = "show_row_schema",
    params(("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list")),
    responses(
        (status = 200, description = "The schema of a row object", body = Object, content_type = "application/schema+json",
         example = json!({"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object"})),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 404, response = NotFound),
        (status = 410, response = Gone),
        (status = 503, response = RowsNotReady),
    ),
)]
#[get("/datasets/{slug}/schema.json")]
pub async fn show_row_schema(
    house: Data<House>,
    slug: Path<Named<Slug>>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let subject = records::find(&house.store, &house.schemas, &slug.get()?, Which::Current).await?;
    row_schema(&house, &subject, &request).await
}

/// Show the JSON Schema of one revision's rows
#[utoipa::path(
    tag = "rows",
    operation_id = "show_revision_row_schema",
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        ("number" = u32, Path, description = "The revision's number", example = 1),
    ),
    responses(
        (status = 200, description = "The schema of a row object", body = Object, content_type = "application/schema+json",
         example = json!({"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object"})),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 404, response = NotFound),
        (status = 410, response = Gone),
        (status = 503, response = RowsNotReady),
    ),
)]
#[get("/datasets/{slug}/revisions/{number}/schema.json")]
pub async fn show_revision_row_schema(
    house: Data<House>,
    path: RevisionPath,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (slug, number) = named(&path.0, &path.1)?;
    let subject = records::find(&house.store, &house.schemas, &slug, Which::Number(number)).await?;
    row_schema(&house, &subject, &request).await
}

/// Show the OpenAPI document of one dataset
///
/// Its rows with their own fields, each with its type and meaning, for tools that make clients.
#[utoipa::path(
    tag = "rows",
    operation_id = "show_dataset_openapi",
    params(("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list")),
    responses(
        (status = 200, description = "The document", body = Object, example = json!({"openapi": "3.1.0", "info": {}, "paths": {}})),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 404, response = NotFound),
        (status = 410, response = Gone),
        (status = 503, response = RowsNotReady),
    ),
)]
#[get("/datasets/{slug}/openapi.json")]
pub async fn show_dataset_openapi(
    house: Data<House>,
    slug: Path<Named<Slug>>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let subject = records::find(&house.store, &house.schemas, &slug.get()?, Which::Current).await?;
    let rows = subject.rows(&house.store).await?;
    let document = openapi::document(&subject, rows.columns(), &house.iris);
    Ok(Answer::json(&document).respond_to(&request))
}

async fn fields(
    house: &House,
    subject: &Arc<Subject>,
    language: Language,
    request: &HttpRequest,
) -> Result<HttpResponse, Problem> {
    let rows = subject.rows(&house.store).await?;
    let (columns, count) = (rows.columns(), subject.revision.rows);
    let described = columns.all().iter().zip(rows.facts()).enumerate();
    let items: Vec<FieldView> = described
        .map(|(place, (column, facts))| {
            FieldView::new(column, facts, count, columns.key().contains(&place), language)
        })
        .collect();
    let head = HeadView::of(subject, &house.iris);
    let view = FieldsView { total: items.len() as u64, items, next: None, rows: count, of: &head };
    let answer = Answer::json(&view).varies("accept-language");
    Ok(told(house, subject, &head, "/fields", answer, request))
}

async fn row_schema(
    house: &House,
    subject: &Arc<Subject>,
    request: &HttpRequest,
) -> Result<HttpResponse, Problem> {
    let rows = subject.rows(&house.store).await?;
    let document = schema::document(subject, rows.columns(), &house.iris);
    let answer = Answer::json(&document).of_type("application/schema+json");
    let head = HeadView::of(subject, &house.iris);
    Ok(told(house, subject, &head, "/schema.json", answer, request))
}
