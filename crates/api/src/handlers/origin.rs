//! Where a draft was brought in from: what the catalog has no place for, and where its files lie there.

use actix_web::get;
use actix_web::web::{Data, Path};
use catalog::{Deed, Slug, imports, permit};

use crate::answer::Answer;
use crate::named::Named;
use crate::problem::Problem;
use crate::problem::responses::{Forbidden, NotFound, TooManyRequests, Unauthorized};
use crate::staff::Signed;
use crate::state::House;
use crate::views::origin::OriginView;

/// Show where a draft was brought in from
///
/// Of a draft that `hiyori import` made: the columns of its list that have no place here, and its files with their
/// addresses, until a file of its own is handed in; then, and of any other dataset, there is nothing.
#[utoipa::path(
    tag = "review",
    operation_id = "show_origin",
    security(("token" = [])),
    params(("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list")),
    responses(
        (status = 200, description = "Where it was brought in from", body = OriginView),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 401, response = Unauthorized),
        (status = 403, response = Forbidden),
        (status = 404, response = NotFound),
        (status = 429, response = TooManyRequests),
    ),
)]
#[get("/datasets/{slug}/origin")]
pub async fn show_origin(
    house: Data<House>,
    signed: Signed,
    slug: Path<Named<Slug>>,
) -> Result<Answer, Problem> {
    let permit = permit(&house.store, house.rules, &signed.0, Deed::SeeDrafts, &slug.get()?, None).await?;
    let origin = imports::origin(&house.store, &permit).await?;
    Ok(Answer::json(&OriginView::of(origin)).varies("authorization"))
}
