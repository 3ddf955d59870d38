//! What whoever makes a dataset does: make it, describe it, hand in files, answer what is asked about them.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse, patch, post, put};
use catalog::{CatalogError, Deed, Slug, draft, permit};

use crate::body;
use crate::handlers::revisions::{RevisionPath, named};
use crate::if_match::{self, IfMatch};
use crate::language::Reader;
use crate::named::Named;
use crate::problem::Problem;
use crate::problem::responses::{
    BadBody, BadValue, Forbidden, Gone, IfMatchRequired, NoFile, NotFound, NotNow, Stale, Taken, Timeout,
    ToMend, TooLarge, TooManyRequests, Unauthorized, UnsupportedBody,
};
use crate::report_view::ReportView;
use crate::staff::Signed;
use crate::state::House;
use crate::upload::{self, FileBody, FileForm};
use crate::views::dataset::DatasetView;
use crate::views::making::{AnswersView, DatasetChangesView, DraftView, NewDatasetView};
use crate::views::revision::RevisionView;

/// Make a dataset
///
/// A draft of the department that the token names; nobody else sees it until something of it is published. What is
/// not said about it is filled in from its schema, from a published dataset of the same schema, and from the city.
#[utoipa::path(
    tag = "review",
    operation_id = "create_dataset",
    security(("token" = [])),
    request_body(content = NewDatasetView, content_type = "application/json"),
    responses(
        (status = 201, description = "The dataset, a draft; `ETag` is for the next `If-Match`", body = DatasetView),
        (status = 400, response = BadBody),
        (status = 401, response = Unauthorized),
        (status = 403, response = Forbidden),
        (status = 409, response = Taken),
        (status = 413, response = TooLarge),
        (status = 415, response = UnsupportedBody),
        (status = 422, response = BadValue),
        (status = 429, response = TooManyRequests),
    ),
)]
#[post("/datasets")]
pub async fn create_dataset(
    house: Data<House>,
    signed: Signed,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let new = body::read::<NewDatasetView>(&request, payload).await?.read()?;
    let dataset = draft::create(&house.store, &house.schemas, &signed.0, new).await?;
    let mut answer = if_match::done_with(&house, StatusCode::CREATED, &dataset).await?;
    locate(&mut answer, &house.iris.dataset_json(&dataset.slug));
    Ok(answer)
}

/// Change what is said about a dataset
///
/// Members that are left out stay as they are. What is said about a published dataset is seen by everybody at once.
#[utoipa::path(
    tag = "review",
    operation_id = "describe_dataset",
    security(("token" = [])),
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        ("If-Match" = String, Header, description = "The dataset's ETag as read with this token", example = "\"5f70bf18a086007016e948b04aed3b82\""),
    ),
    request_body(content = DatasetChangesView, content_type = "application/json"),
    responses(
        (status = 200, description = "The dataset; `ETag` is for the next `If-Match`", body = DatasetView),
        (status = 400, response = BadBody),
        (status = 401, response = Unauthorized),
        (status = 403, response = Forbidden),
        (status = 404, response = NotFound),
        (status = 409, response = NotNow),
        (status = 410, response = Gone),
        (status = 412, response = Stale),
        (status = 413, response = TooLarge),
        (status = 415, response = UnsupportedBody),
        (status = 422, response = BadValue),
        (status = 428, response = IfMatchRequired),
        (status = 429, response = TooManyRequests),
    ),
)]
#[patch("/datasets/{slug}")]
pub async fn describe_dataset(
    house: Data<House>,
    signed: Signed,
    slug: Path<Named<Slug>>,
    read: IfMatch,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let permit = read.permit(&house, &signed, Deed::Describe, &slug.get()?, None).await?;
    let changes = body::read::<DatasetChangesView>(&request, payload).await?;
    let metadata = changes.onto(&permit.dataset().metadata)?;
    let dataset = draft::describe(&house.store, &house.schemas, &permit, metadata).await?;
    if_match::done_with(&house, StatusCode::OK, &dataset).await
}

/// Hand in a file as the next revision
///
/// Send it as the multipart part `file` or as the raw body; it is judged while it arrives. A file with errors is
/// refused, and nothing of it is kept. One with warnings or open questions becomes a draft. Answers about what a sign
/// stands for that were given on the revision before are given again (`carried_from`). No `If-Match` is needed.
#[utoipa::path(
    tag = "review",
    operation_id = "upload_revision",
    security(("token" = [])),
    params(("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list")),
    request_body(
        description = "The file as it is",
        content(
            (FileBody = "text/csv", example = "全国地方公共団体コード,ID,名称\n042021,LL0420210001,見本トイレ\n"),
            (FileForm = "multipart/form-data"),
        ),
    ),
    responses(
        (status = 201, description = "A draft, with what was found in its file; `ETag` is the dataset's", body = DraftView),
        (status = 400, response = NoFile),
        (status = 401, response = Unauthorized),
        (status = 403, response = Forbidden),
        (status = 404, response = NotFound),
        (status = 408, response = Timeout),
        (status = 410, response = Gone),
        (status = 413, response = TooLarge),
        (status = 422, response = ToMend),
        (status = 429, response = TooManyRequests),
    ),
)]
#[post("/datasets/{slug}/revisions")]
pub async fn upload_revision(
    house: Data<House>,
    signed: Signed,
    slug: Path<Named<Slug>>,
    reader: Reader,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let slug = slug.get()?;
    let permit = permit(&house.store, house.rules, &signed.0, Deed::Upload, &slug, None).await?;
    let reception = draft::expect(&house.store, &house.schemas, &permit).await?;
    let received =
        upload::receive(&request, payload, house.limits, move |name, file| reception.read(&name, file));
    let received = received.await?.map_err(CatalogError::from)?;
    let drafted = draft::keep(&house.store, &permit, received).await?;
    let view = draft_view(&house, &slug, &drafted, reader);
    let mut answer = if_match::done(&house, StatusCode::CREATED, &drafted.dataset, &view).await?;
    locate(&mut answer, &house.iris.revision(&slug, drafted.revision.number));
    Ok(answer)
}

/// Answer what was asked about a draft's file
///
/// The file is judged once more with the answers; what is found and the forms are those of this judging. It can be
/// done until the draft is submitted.
#[utoipa::path(
    tag = "review",
    operation_id = "answer_questions",
    security(("token" = [])),
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        ("number" = u32, Path, description = "The revision's number", example = 1),
        ("If-Match" = String, Header, description = "The dataset's ETag as read with this token", example = "\"5f70bf18a086007016e948b04aed3b82\""),
    ),
    request_body(content = AnswersView, content_type = "application/json"),
    responses(
        (status = 200, description = "The draft, with what is found now; `ETag` is the dataset's", body = DraftView),
        (status = 400, response = BadBody),
        (status = 401, response = Unauthorized),
        (status = 403, response = Forbidden),
        (status = 404, response = NotFound),
        (status = 409, response = NotNow),
        (status = 410, response = Gone),
        (status = 412, response = Stale),
        (status = 413, response = TooLarge),
        (status = 415, response = UnsupportedBody),
        (status = 422, response = BadValue),
        (status = 428, response = IfMatchRequired),
        (status = 429, response = TooManyRequests),
    ),
)]
#[put("/datasets/{slug}/revisions/{number}/answers")]
pub async fn answer_questions(
    house: Data<House>,
    signed: Signed,
    path: RevisionPath,
    read: IfMatch,
    reader: Reader,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let (slug, number) = named(&path.0, &path.1)?;
    let permit = read.permit(&house, &signed, Deed::Answer, &slug, Some(number)).await?;
    let replies = body::read::<AnswersView>(&request, payload).await?.replies();
    let drafted = draft::answer(&house.store, &house.schemas, &permit, &replies).await?;
    let view = draft_view(&house, &slug, &drafted, reader);
    if_match::done(&house, StatusCode::OK, &drafted.dataset, &view).await
}

fn draft_view(house: &House, slug: &Slug, drafted: &draft::Drafted, reader: Reader) -> DraftView {
    DraftView {
        revision: RevisionView::inside(slug, &drafted.revision, &house.iris),
        report: ReportView::new(&drafted.report, reader.0),
    }
}

fn locate(answer: &mut HttpResponse, address: &str) {
    if let Ok(value) = HeaderValue::from_str(address) {
        answer.headers_mut().insert(header::LOCATION, value);
    }
}
