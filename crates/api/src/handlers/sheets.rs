//! 審査票: the review sheet of a revision, for the city's own 決裁.

use actix_web::web::Data;
use actix_web::{HttpRequest, get};
use catalog::{browse, sheet};

use crate::answer::Answer;
use crate::handlers::revisions::{RevisionPath, named};
use crate::language::Reader;
use crate::negotiate::{self, Form};
use crate::pages;
use crate::problem::Problem;
use crate::problem::responses::{Gone, NotAcceptable, NotFound, TooManyRequests, Unauthorized};
use crate::staff::Signed;
use crate::state::House;
use crate::views::sheet::SheetView;

/// Show the review sheet of a revision
///
/// What it is, how it differs from what readers get now, what was found and answered, its licence, and who did what
/// when. JSON, or a page of one A4 to print, as `Accept` likes best.
#[utoipa::path(
    tag = "review",
    operation_id = "show_sheet",
    security(("token" = [])),
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        ("number" = u32, Path, description = "The revision's number", example = 1),
    ),
    responses(
        (status = 200, description = "The sheet", content(
            (SheetView = "application/json"),
            (String = "text/html", example = "<!doctype html>"),
        )),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 401, response = Unauthorized),
        (status = 404, response = NotFound),
        (status = 406, response = NotAcceptable),
        (status = 410, response = Gone),
        (status = 429, response = TooManyRequests),
    ),
)]
#[get("/datasets/{slug}/revisions/{number}/sheet")]
pub async fn show_sheet(
    house: Data<House>,
    signed: Signed,
    path: RevisionPath,
    reader: Reader,
    request: HttpRequest,
) -> Result<Answer, Problem> {
    let form = negotiate::choose(&request, &[Form::Json, Form::Html])?;
    let answer = match form {
        Form::Html => page(&house, &signed, &path).await?,
        _ => Answer::json(&view(&house, &signed, &path, reader).await?).varies("accept-language"),
    };
    Ok(answer.varies("accept, authorization"))
}

/// Show the review sheet of a revision as a page to print
#[utoipa::path(
    tag = "review",
    operation_id = "sheet_page",
    security(("token" = [])),
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        ("number" = u32, Path, description = "The revision's number", example = 1),
    ),
    responses(
        (status = 200, description = "The sheet, one A4", body = String, content_type = "text/html", example = "<!doctype html>"),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 401, response = Unauthorized),
        (status = 404, response = NotFound),
        (status = 410, response = Gone),
        (status = 429, response = TooManyRequests),
    ),
)]
#[get("/datasets/{slug}/revisions/{number}/sheet.html")]
pub async fn sheet_page(house: Data<House>, signed: Signed, path: RevisionPath) -> Result<Answer, Problem> {
    Ok(page(&house, &signed, &path).await?.varies("authorization"))
}

async fn page(house: &House, signed: &Signed, path: &RevisionPath) -> Result<Answer, Problem> {
    let city = browse::city(&house.store).await?;
    let view = view(house, signed, path, Reader(ingestion::Language::Ja)).await?;
    Ok(Answer::html(pages::sheet(&house.iris, &city, view)))
}

async fn view(
    house: &House,
    signed: &Signed,
    path: &RevisionPath,
    reader: Reader,
) -> Result<SheetView, Problem> {
    let (slug, number) = named(&path.0, &path.1)?;
    let sheet = sheet::sheet(&house.store, &house.schemas, &signed.0, &slug, number).await?;
    Ok(SheetView::new(&sheet, &house.schemas, &house.iris, reader.0))
}
