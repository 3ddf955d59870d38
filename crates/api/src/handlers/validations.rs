//! `/api/v1/validations`: judges a file for anybody, and keeps nothing of it.

use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse, Responder, post};
use catalog::browse;
use ingestion::{Expected, Options, RepairSet, SchemaId};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::answer::Answer;
use crate::ask::{self, Ask};
use crate::handlers::schemas;
use crate::language::Reader;
use crate::problem::Problem;
use crate::problem::responses::{BadQuery, NotFound, TooLarge};
use crate::replies::Replies;
use crate::report_form::{ReportForm, Told};
use crate::report_view::ReportView;
use crate::state::House;
use crate::upload::{self, FileBody, FileForm};

/// What the file is held against.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ValidationQuery {
    /// The id of a 様式; guessed from the header when not given.
    #[param(pattern = "^((hyojun|suisho)/[a-z0-9_]+)?$", example = "hyojun/public_toilet")]
    pub schema: Option<String>,
    /// The kinds of repair that are left to people, with commas between them: their cells are told as findings and
    /// stay as they came. `all` is every kind.
    #[param(example = "full-width,unit")]
    pub no_repair: Option<String>,
    /// Answers to questions of an earlier report, with commas between them: the question's code, `:` and the column's
    /// name where it has one, `=`, and the number of a choice, from 1.
    #[param(example = "personal-data:備考=1,missing-value:電話番号=1")]
    pub answer: Option<String>,
    /// `json` (the report), `csv` (every finding and every repair, one line each) or `xlsx` (a copy of the file in which cells with
    /// findings are coloured and carry a comment).
    #[param(pattern = "^(json|csv|xlsx)?$", example = "json")]
    pub format: Option<String>,
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
        description = "The file as it is",
        content(
            (FileBody = "text/csv", example = "全国地方公共団体コード,ID,名称\n042021,LL0420210001,見本トイレ\n"),
            (FileForm = "multipart/form-data"),
        ),
    ),
    responses(
        (status = 200, description = "What was found, in the reader's language", content(
            (ReportView = "application/json"),
            (String = "text/csv", example = "file,severity,code,row,column,column_letter,field,value,message,hint\n"),
            (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", example = "PK…"),
        )),
        (status = 400, response = BadQuery),
        (status = 404, response = NotFound),
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
) -> Result<HttpResponse, Problem> {
    let wanted = ("hyojun/… か suisho/… と書きます。", "it is written hyojun/… or suisho/…");
    let id = ask::read::<SchemaId>("schema", asked.0.schema.as_deref(), wanted)?;
    if let Some(id) = &id {
        schemas::find(&house.schemas, id.standard().as_str(), id.slug())?;
    }
    let wanted = ("json, csv, xlsx のどれかです。", "it is json, csv or xlsx");
    let form = ask::read::<ReportForm>("format", asked.0.format.as_deref(), wanted)?.unwrap_or_default();
    let wanted =
        ("直しの種類を「,」で並べます。", "it is a list of kinds of repair with commas between them");
    let left = ask::read::<RepairSet>("no_repair", asked.0.no_repair.as_deref(), wanted)?;
    let repairs = RepairSet::ALL.except(left.unwrap_or(RepairSet::NONE));
    let wanted = (
        "「質問=番号」を「,」で並べます（例: personal-data:備考=1）。",
        "it is a list of QUESTION=NUMBER with commas between them, as in `personal-data:備考=1`",
    );
    let Replies(answers) =
        ask::read::<Replies>("answer", asked.0.answer.as_deref(), wanted)?.unwrap_or_default();
    let city = browse::city(&house.store).await?.place();
    let known = house.schemas.clone();
    let told = upload::receive(&request, payload, house.limits, move |file_name, bytes| {
        let expected = id.and_then(|id| known.get(&id)).map_or(Expected::Guess, Expected::Schema);
        let (answers, city) = (answers.as_slice(), Some(&city));
        let options = Options { file_name, expected, repairs, answers, city, ..Options::default() };
        form.judge(bytes, &known, &options, reader.0)
    })
    .await?;
    Ok(match told.map_err(|cause| Problem::fault(&cause))? {
        Told::Report(report) => {
            Answer::json(&ReportView::new(&report, reader.0)).varies("accept-language").respond_to(&request)
        }
        Told::File(file, media_type, ending) => file.answer(media_type, &format!("report.{ending}")),
    })
}
