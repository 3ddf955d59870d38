//! `/api/v1/datasets/{slug}/records/{key}`: one row by its name.

use std::sync::Arc;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, Responder, get};
use catalog::Slug;
use catalog::records::{self, Subject, Which};

use crate::answer::Answer;
use crate::ask::Ask;
use crate::handlers::records::AsOfQuery;
use crate::handlers::revisions::named;
use crate::named::{Named, shown};
use crate::prepared::{Key, Thing};
use crate::problem::responses::{BadQuery, Gone, NotFound, RowsNotReady};
use crate::problem::{Kind, Problem};
use crate::rows::frame::Frame;
use crate::state::House;
use crate::views::records::RecordView;

/// Show one row
///
/// By the cells of the schema's key, with commas between several (`\` before a comma or backslash within a cell); by the
/// row's number, from 1, where the schema has no key; by `@` and the number where a cell of the key is blank.
#[utoipa::path(
    tag = "rows",
    operation_id = "show_record",
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "sample-public-toilets"),
        ("key" = String, Path, description = "The row's name", example = "LL0420210001"),
        AsOfQuery,
    ),
    responses(
        (status = 200, description = "The row", body = RecordView),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 400, response = BadQuery),
        (status = 404, response = NotFound),
        (status = 410, response = Gone),
        (status = 503, response = RowsNotReady),
    ),
)]
#[get("/datasets/{slug}/records/{key}")]
pub async fn show_record(
    house: Data<House>,
    path: Path<(Named<Slug>, String)>,
    asked: Ask<AsOfQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (slug, key) = (path.0.get()?, &path.1);
    // Which revision a moment means may change without a change of the catalog: a day ends.
    if asked.0.as_of.is_some() {
        let subject = asked.0.subject(&house, &slug).await?;
        return Ok(record(&house, &subject, key).await?.respond_to(&request));
    }
    let make = async || {
        if let Some((answer, _)) = house.prepared.row(slug.as_str(), key) {
            return Ok(answer);
        }
        let version = house.store.version(Some(&slug));
        let subject = records::find(&house.store, &house.schemas, &slug, Which::Current).await?;
        let answer = record(&house, &subject, key).await?;
        if let Some(version) = version {
            house.prepared.hold_rows(subject, version, &house.iris);
        }
        Ok(answer)
    };
    let key = Key::new(Thing::of(&slug, format_args!("row {key}")), "json");
    house.prepared.respond(&request, key, make).await
}

/// Show one row of one revision
///
/// As `…/{slug}/records/{key}`, of a revision that never changes.
#[utoipa::path(
    tag = "rows",
    operation_id = "show_revision_record",
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "sample-public-toilets"),
        ("number" = u32, Path, description = "The revision's number", example = 1),
        ("key" = String, Path, description = "The row's name", example = "LL0420210001"),
    ),
    responses(
        (status = 200, description = "The row", body = RecordView),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 404, response = NotFound),
        (status = 410, response = Gone),
        (status = 503, response = RowsNotReady),
    ),
)]
#[get("/datasets/{slug}/revisions/{number}/records/{key}")]
pub async fn show_revision_record(
    house: Data<House>,
    path: Path<(Named<Slug>, String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (slug, number) = named(&path.0, &path.1)?;
    let key = &path.2;
    let make = async || {
        let subject = records::find(&house.store, &house.schemas, &slug, Which::Number(number)).await?;
        record(&house, &subject, key).await
    };
    let named = Key::new(Thing::of(&slug, format_args!("row of {number} {key}")), "json");
    house.prepared.respond(&request, named, make).await
}

async fn record(house: &House, subject: &Arc<Subject>, key: &str) -> Result<Answer, Problem> {
    let rows = subject.rows(&house.store).await?;
    let line = rows.one(key).await?.ok_or_else(|| no_such_record(key))?;
    Ok(Frame::of(subject, &house.iris).around(&line))
}

/// There is no row that is called `key`.
pub fn no_such_record(key: &str) -> Problem {
    let key = shown(key);
    Problem::new(
        Kind::NoSuchRecord,
        format!(
            "`{key}` という行はありません。行の名前は、様式のキーの値（キーのないデータでは行の番号）です。"
        ),
        format!(
            "There is no row `{key}`. A row is called by the schema's key, or by its number where there is none."
        ),
    )
}
