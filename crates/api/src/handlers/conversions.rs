//! `/api/v1/conversions`: converts a table of the old national standard to the new one, and keeps nothing of it.

use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse, Responder, post};
use ingestion::convert::{CannotConvert, Conversion, convert};
use ingestion::{Drifts, Expected, Options, Report, SchemaId};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::answer::Answer;
use crate::ask::{self, Ask};
use crate::handlers::schemas;
use crate::language::Reader;
use crate::negotiate;
use crate::problem::responses::{BadQuery, NotAcceptable, NotConvertible, NotFound, TooLarge};
use crate::problem::{Kind, Problem};
use crate::scratch::{Scratch, Written};
use crate::state::House;
use crate::upload::{self, FileBody, FileForm};
use crate::views::conversion::ConversionView;

/// What the file is, and what it is to become.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ConversionQuery {
    /// The standard it is converted to; only `hyojun` (自治体標準).
    #[param(pattern = "^hyojun$", example = "hyojun")]
    pub to: String,
    /// The id of the 様式 it has; guessed from the header when not given.
    #[param(pattern = "^((hyojun|suisho)/[a-z0-9_]+)?$", example = "suisho/public_toilet")]
    pub schema: Option<String>,
}

/// Convert a file to the new national standard
///
/// Anybody may; nothing is kept. A table of 推奨データセット becomes one of 自治体標準オープンデータセット. The answer
/// is the account of it, or the file where `Accept` asks for `text/csv`. Send the file as the multipart part `file` or as
/// the raw body. Up to 50 MB unless set otherwise.
#[utoipa::path(
    tag = "validations",
    operation_id = "convert_file",
    params(ConversionQuery),
    request_body(
        description = "The file as it is",
        content(
            (FileBody = "text/csv", example = "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,名称\n042021,1,宮城県,石巻市,見本トイレ\n"),
            (FileForm = "multipart/form-data"),
        ),
    ),
    responses(
        (status = 200, description = "What was carried and what was not, in the reader's language; or the new file", content(
            (ConversionView = "application/json"),
            (String = "text/csv", example = "全国地方公共団体コード,ID,地方公共団体名,名称\r\n042021,1,宮城県石巻市,見本トイレ\r\n"),
        )),
        (status = 400, response = BadQuery),
        (status = 404, response = NotFound),
        (status = 406, response = NotAcceptable),
        (status = 413, response = TooLarge),
        (status = 422, response = NotConvertible),
    ),
)]
#[post("/conversions")]
pub async fn convert_file(
    house: Data<House>,
    asked: Ask<ConversionQuery>,
    reader: Reader,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    if asked.0.to != "hyojun" {
        return Err(Problem::bad_parameter("to", "hyojun（自治体標準）だけです。", "it is hyojun"));
    }
    let wanted = ("suisho/… と書きます。", "it is written suisho/…");
    let id = ask::read::<SchemaId>("schema", asked.0.schema.as_deref(), wanted)?;
    if let Some(id) = &id {
        schemas::find(&house.schemas, id.standard().as_str(), id.slug())?;
    }
    let wants_file = negotiate::best(&request, &["application/json", "text/csv"])? == 1;
    let known = house.schemas.clone();
    let made = upload::receive(&request, payload, house.limits, move |file_name, bytes| {
        let expected = id.and_then(|id| known.get(&id)).map_or(Expected::Guess, Expected::Schema);
        let options = Options { file_name, expected, ..Options::default() };
        let mut scratch = Scratch::begin()?;
        let made = convert(bytes, &known, &Drifts::embedded(), &options, &mut scratch)?;
        Ok::<_, CannotConvert>((made, scratch.end()?))
    })
    .await?;
    let (made, file): (Conversion, Written) = made.map_err(refused)?;
    Ok(if wants_file {
        file.answer("text/csv; charset=utf-8", &format!("{}.csv", made.to.slug()))
    } else {
        Answer::json(&ConversionView::new(&made, reader.0))
            .varies("accept")
            .varies("accept-language")
            .respond_to(&request)
    })
}

fn refused(why: CannotConvert) -> Problem {
    let refused = |ja: String, en: String| Problem::new(Kind::NotConvertible, ja, en);
    match why {
        CannotConvert::FitsNone(report) => refused(
            "この表は古い様式（推奨データセット）のどれにも当てはまりません。schema で様式を指定できます。"
                .to_owned(),
            "The table fits no schema of the old standard. `schema` can name one.".to_owned(),
        )
        .finding(Report::clone(&report)),
        CannotConvert::IsNew(id) => refused(
            format!("この表はもう新しい様式（{id}）です。変換はいりません。"),
            format!("The table has the new schema `{id}` already. There is nothing to convert."),
        ),
        CannotConvert::NoMap(id) => refused(
            format!("様式 `{id}` から新しい様式への対応表はありません。"),
            format!("There is no map from `{id}` to the new standard."),
        ),
        CannotConvert::Write(cause) => Problem::fault(&cause),
    }
}
