//! `/api/v1/tokens`: admins make, list and revoke the tokens of the staff.

use actix_web::http::header;
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse, delete, get, post};
use catalog::tokens::{self, NewToken};
use catalog::{PersonName, Role, Slug};
use jiff::Timestamp;

use crate::answer::Answer;
use crate::body;
use crate::problem::Problem;
use crate::problem::responses::{
    BadBody, BadValue, Forbidden, NameTaken, NotFound, TooLarge, TooManyRequests, Unauthorized,
    UnsupportedBody,
};
use crate::settings::Days;
use crate::staff::Signed;
use crate::state::House;
use crate::views::listing::ListView;
use crate::views::token::{MadeTokenView, NewTokenView, TokenView};

/// List the tokens
///
/// All of them, the first made first, expired and revoked ones too; never their secrets.
#[utoipa::path(
    tag = "staff",
    operation_id = "list_tokens",
    security(("token" = [])),
    responses(
        (status = 200, description = "All tokens", body = ListView<TokenView>),
        (status = 401, response = Unauthorized),
        (status = 403, response = Forbidden),
        (status = 429, response = TooManyRequests),
    ),
)]
#[get("/tokens")]
pub async fn list_tokens(house: Data<House>, signed: Signed) -> Result<Answer, Problem> {
    let tokens = tokens::list(&house.store, &signed.actor()).await?;
    Ok(Answer::json(&ListView::whole(tokens.into_iter().map(TokenView::from).collect())))
}

/// Make a token
///
/// The secret stands in this answer and never again. A person may have several tokens, so that one can be replaced
/// before it expires; a name with a good token in another department answers 409.
#[utoipa::path(
    tag = "staff",
    operation_id = "make_token",
    security(("token" = [])),
    request_body(content = NewTokenView, content_type = "application/json"),
    responses(
        (status = 201, description = "The token, shown this once", body = MadeTokenView),
        (status = 400, response = BadBody),
        (status = 401, response = Unauthorized),
        (status = 403, response = Forbidden),
        (status = 409, response = NameTaken),
        (status = 413, response = TooLarge),
        (status = 415, response = UnsupportedBody),
        (status = 422, response = BadValue),
        (status = 429, response = TooManyRequests),
    ),
)]
#[post("/tokens")]
pub async fn make_token(
    house: Data<House>,
    signed: Signed,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let actor = signed.actor();
    tokens::may_manage(&house.store, &actor).await?;
    let new = new_token(&house, &body::read(&request, payload).await?)?;
    let (secret, record) = tokens::create(&house.store, &actor, new).await?;
    let place = format!("{}/api/v1/tokens/{}", house.iris.base().path(), record.id);
    Ok(HttpResponse::Created()
        .insert_header((header::LOCATION, place))
        .json(MadeTokenView::new(&secret, record)))
}

/// Revoke a token
///
/// It is good for nothing from its next use on, whatever else has changed: no `If-Match` is asked for, and revoking
/// it again changes nothing.
#[utoipa::path(
    tag = "staff",
    operation_id = "revoke_token",
    security(("token" = [])),
    params(("id" = u64, Path, description = "The token's number", example = 1)),
    responses(
        (status = 204, description = "It is revoked"),
        (status = 401, response = Unauthorized),
        (status = 403, response = Forbidden),
        (status = 404, response = NotFound),
        (status = 429, response = TooManyRequests),
    ),
)]
#[delete("/tokens/{id}")]
pub async fn revoke_token(
    house: Data<House>,
    signed: Signed,
    id: Path<String>,
) -> Result<HttpResponse, Problem> {
    // No token has the number 0, and none a number that does not read.
    let id = id.parse().unwrap_or(0);
    tokens::revoke(&house.store, &signed.actor(), id).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn new_token(house: &House, asked: &NewTokenView) -> Result<NewToken, Problem> {
    let days = match asked.days {
        None => house.token_days,
        Some(days) => Days::new(days).ok_or_else(|| {
            Problem::bad_value("days", "1 から 3650 の整数です。", "it is a whole number from 1 to 3650")
        })?,
    };
    Ok(NewToken {
        name: PersonName::parse(&asked.name).map_err(catalog::CatalogError::from)?,
        department: Slug::parse(&asked.department).map_err(|_| no_department())?,
        role: asked
            .role
            .parse::<Role>()
            .map_err(|why| Problem::bad_value("role", "editor, approver, admin のどれかです。", why))?,
        expires: days.after(Timestamp::now()),
    })
}

fn no_department() -> Problem {
    Problem::bad_value(
        "department",
        "その名前の担当課はありません。一覧は /api/v1/departments にあります。",
        "there is no department of that name; /api/v1/departments lists them",
    )
}
