//! `/api/v1/validations`: judges a file for anybody, and keeps nothing of it.

use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, post};
use ingestion::{Discard, Expected, Options, SchemaId};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::answer::Answer;
use crate::ask::{self, Ask};
use crate::handlers::schemas;
use crate::language::Reader;
use crate::problem::Problem;
use crate::problem::responses::{BadQuery, TooLarge};
use crate::report_view::ReportView;
use crate::state::House;
use crate::upload;

/// What the file is held against.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ValidationQuery {
    /// The id of a 様式; guessed from the header when not given.
    #[param(example = "hyojun/public_toilet")]
    pub schema: Option<String>,
}

/// Validate a file
///
/// Anybody may; nothing is kept. The answer is 200 whether the file is accepted or not: `accepted` tells. Send
/// the file as the multipart part `file` or as the raw body. Up to 50 MB unless set otherwise.
#[utoipa::path(
    tag = "validations",
    operation_id = "validate_file",
    params(ValidationQuery),
    request_body(
        content = String, content_type = "text/csv", description = "The file as it is",
        example = "全国地方公共団体コード,ID,名称\n042021,LL0420210001,見本トイレ\n",
    ),
    responses(
        (status = 200, description = "The report, in the reader's language", body = ReportView),
        (status = 400, response = BadQuery),
        (status = 413, response = TooLarge),
    ),
)]
#[post("/validations")]
pub async fn validate_file(
    house: Data<House>,
    asked: Ask<ValidationQuery>,
    reader: Reader,
    request: HttpRequest,
    payload: Payload,
) -> Result<Answer, Problem> {
    let wanted = ("hyojun/… か suisho/… と書きます。", "it is written hyojun/… or suisho/…");
    let id = ask::read::<SchemaId>("schema", asked.0.schema.as_deref(), wanted)?;
    if let Some(id) = &id {
        schemas::find(&house.schemas, id.standard().as_str(), id.slug())?;
    }
    let known = house.schemas.clone();
    let report = upload::receive(&request, payload, house.upload, move |file_name, bytes| {
        let expected = id.and_then(|id| known.get(&id)).map_or(Expected::Guess, Expected::Schema);
        let options = Options { file_name, expected, ..Options::default() };
        ingestion::validate(bytes, &known, &options, &mut Discard)
    })
    .await?;
    Ok(Answer::json(&ReportView::new(&report, reader.0)).varies("accept-language"))
}
