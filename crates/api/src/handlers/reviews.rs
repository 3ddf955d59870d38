//! 審査: a revision is submitted, published or returned, a dataset withdrawn.

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse, post};
use catalog::review::{self, Reviewed};
use catalog::{Deed, Permit, Slug};

use crate::body;
use crate::handlers::revisions::{RevisionPath, named};
use crate::if_match::{self, IfMatch};
use crate::named::Named;
use crate::problem::Problem;
use crate::problem::responses::{
    BadBody, BadValue, Forbidden, Gone, IfMatchRequired, NotFound, NotNow, Stale, ToMend, TooLarge,
    TooManyRequests, Unauthorized, UnsupportedBody,
};
use crate::staff::Signed;
use crate::state::House;
use crate::views::dataset::DatasetView;
use crate::views::making::{PublicationView, ReasonView};
use crate::views::revision::RevisionView;

/// Submit a draft for review
///
/// Everything that was asked about its file must be answered (409 names what is open).
#[utoipa::path(
    tag = "review",
    operation_id = "submit_revision",
    security(("token" = [])),
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        ("number" = u32, Path, description = "The revision's number", example = 1),
        ("If-Match" = String, Header, description = "The dataset's ETag as read with this token", example = "\"5f70bf18a086007016e948b04aed3b82\""),
    ),
    responses(
        (status = 200, description = "The revision, submitted; `ETag` is the dataset's", body = RevisionView),
        (status = 401, response = Unauthorized),
        (status = 403, response = Forbidden),
        (status = 404, response = NotFound),
        (status = 409, response = NotNow),
        (status = 410, response = Gone),
        (status = 412, response = Stale),
        (status = 422, response = ToMend),
        (status = 428, response = IfMatchRequired),
        (status = 429, response = TooManyRequests),
    ),
)]
#[post("/datasets/{slug}/revisions/{number}/submit")]
pub async fn submit_revision(
    house: Data<House>,
    signed: Signed,
    path: RevisionPath,
    read: IfMatch,
) -> Result<HttpResponse, Problem> {
    let permit = permitted(&house, &signed, Deed::Submit, &path, &read).await?;
    let submitted = review::submit(&house.store, &permit).await?;
    reviewed(&house, &submitted).await
}

/// Publish a submitted revision
///
/// That is the approval: by an approver of the department or an admin, and never by who made it. Without a body, or
/// without `at`, it is published now; otherwise it is `scheduled` until then.
#[utoipa::path(
    tag = "review",
    operation_id = "publish_revision",
    security(("token" = [])),
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        ("number" = u32, Path, description = "The revision's number", example = 1),
        ("If-Match" = String, Header, description = "The dataset's ETag as read with this token", example = "\"5f70bf18a086007016e948b04aed3b82\""),
    ),
    request_body(content = Option<PublicationView>, content_type = "application/json"),
    responses(
        (status = 200, description = "The revision, published or scheduled; `ETag` is the dataset's", body = RevisionView),
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
#[post("/datasets/{slug}/revisions/{number}/publish")]
pub async fn publish_revision(
    house: Data<House>,
    signed: Signed,
    path: RevisionPath,
    read: IfMatch,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let permit = permitted(&house, &signed, Deed::Publish, &path, &read).await?;
    let wanted = match brings_a_body(&request) {
        true => body::read::<PublicationView>(&request, payload).await?,
        false => PublicationView::default(),
    };
    let published = review::publish(&house.store, &house.schemas, &permit, wanted.at()?).await?;
    reviewed(&house, &published).await
}

/// Return a submitted revision to its maker
///
/// It may be answered anew and submitted again. One that was scheduled is scheduled no longer.
#[utoipa::path(
    tag = "review",
    operation_id = "return_revision",
    security(("token" = [])),
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        ("number" = u32, Path, description = "The revision's number", example = 1),
        ("If-Match" = String, Header, description = "The dataset's ETag as read with this token", example = "\"5f70bf18a086007016e948b04aed3b82\""),
    ),
    request_body(content = ReasonView, content_type = "application/json"),
    responses(
        (status = 200, description = "The revision, returned; `ETag` is the dataset's", body = RevisionView),
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
#[post("/datasets/{slug}/revisions/{number}/return")]
pub async fn return_revision(
    house: Data<House>,
    signed: Signed,
    path: RevisionPath,
    read: IfMatch,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let permit = permitted(&house, &signed, Deed::Return, &path, &read).await?;
    let why = body::read::<ReasonView>(&request, payload).await?;
    let returned = review::send_back(&house.store, &permit, &why.reason).await?;
    reviewed(&house, &returned).await
}

/// Withdraw a published dataset
///
/// Its public paths answer 410 from now on, with who took it back, when and why; its bytes stay kept. It does not come
/// back. What was scheduled is returned.
#[utoipa::path(
    tag = "review",
    operation_id = "withdraw_dataset",
    security(("token" = [])),
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        ("If-Match" = String, Header, description = "The dataset's ETag as read with this token", example = "\"5f70bf18a086007016e948b04aed3b82\""),
    ),
    request_body(content = ReasonView, content_type = "application/json"),
    responses(
        (status = 200, description = "The dataset, withdrawn, with its tombstone", body = DatasetView),
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
#[post("/datasets/{slug}/withdraw")]
pub async fn withdraw_dataset(
    house: Data<House>,
    signed: Signed,
    slug: Path<Named<Slug>>,
    read: IfMatch,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let permit = read.permit(&house, &signed, Deed::Withdraw, &slug.get()?, None).await?;
    let why = body::read::<ReasonView>(&request, payload).await?;
    let dataset = review::withdraw(&house.store, &permit, &why.reason).await?;
    if_match::done_with(&house, StatusCode::OK, &dataset).await
}

async fn permitted(
    house: &House,
    signed: &Signed,
    deed: Deed,
    path: &RevisionPath,
    read: &IfMatch,
) -> Result<Permit, Problem> {
    let (slug, number) = named(&path.0, &path.1)?;
    read.permit(house, signed, deed, &slug, Some(number)).await
}

async fn reviewed(house: &House, reviewed: &Reviewed) -> Result<HttpResponse, Problem> {
    let Reviewed { dataset, revision } = reviewed;
    let view = RevisionView::inside(&dataset.slug, revision, &house.iris);
    if_match::done(house, StatusCode::OK, dataset, &view).await
}

/// Whether a body comes with the request at all.
fn brings_a_body(request: &HttpRequest) -> bool {
    let length = request.headers().get(header::CONTENT_LENGTH);
    length.is_some_and(|length| length != "0") || request.headers().contains_key(header::TRANSFER_ENCODING)
}
