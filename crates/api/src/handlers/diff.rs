//! `/api/v1/datasets/{slug}/diff`: what changed from one revision to another.

use std::io;

use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, Responder, get};
use catalog::compare::Comparison;
use catalog::difference::Change;
use catalog::{Format, Revision, RevisionState, Slug, Staff, browse};
use ingestion::Sha256;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::answer::{Answer, tag_of, unchanged};
use crate::ask::{self, Ask};
use crate::named::Named;
use crate::negotiate::{self, Form};
use crate::pages;
use crate::problem::Problem;
use crate::problem::responses::{BadQuery, Gone, NotAcceptable, NotFound, TooManyRequests, Unauthorized};
use crate::scratch::Scratch;
use crate::staff::Asker;
use crate::state::House;
use crate::views::diff::{DiffColumns, DiffRow, DiffView};

/// So many rows of a difference are listed, and so many bytes of them; `diff.csv` holds everything.
const ROWS_LISTED_MAX: usize = 1_000;
const BYTES_LISTED_MAX: usize = 1 << 20;

/// Which two revisions are compared.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DiffQuery {
    /// The number of the earlier revision; the one published before the later unless given (of the first, itself).
    #[param(value_type = Option<u32>, minimum = 1, example = 1)]
    pub from: Option<String>,
    /// The number of the later revision; the current one unless given.
    #[param(value_type = Option<u32>, minimum = 1, example = 1)]
    pub to: Option<String>,
}

/// Show what changed from one revision to another
///
/// Rows are told by the key of the schema, else by 名称 and address, else by their numbers. At most 1,000 rows (and 1 MB) are
/// listed. A page for people where `Accept` asks for `text/html`.
#[utoipa::path(
    tag = "revisions",
    operation_id = "show_diff",
    security((), ("token" = [])),
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        DiffQuery,
    ),
    responses(
        (status = 200, description = "The difference", content(
            (DiffView = "application/json"),
            (String = "text/html", example = "<!doctype html>"),
        )),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 400, response = BadQuery),
        (status = 401, response = Unauthorized),
        (status = 404, response = NotFound),
        (status = 406, response = NotAcceptable),
        (status = 410, response = Gone),
        (status = 429, response = TooManyRequests),
    ),
)]
#[get("/datasets/{slug}/diff")]
pub async fn show_diff(
    house: Data<House>,
    asker: Asker,
    slug: Path<Named<Slug>>,
    asked: Ask<DiffQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (slug, asker) = (slug.get()?, asker.0.as_ref());
    let (from, to) = asked.0.revisions(&house, asker, &slug).await?;
    let form = negotiate::choose(&request, &[Form::Json, Form::Html])?;
    let tag = tag(&slug, &from, &to, form.media_type());
    let mut answer = match unchanged(&request, &tag) {
        Some(known) => known,
        None => {
            let diff = listed(&house, &slug, &from, &to).await?;
            let answer = match form {
                Form::Html => {
                    let city = browse::city(&house.store).await?;
                    let dataset = browse::dataset(&house.store, asker, &slug).await?;
                    Answer::html(pages::diff(&house.iris, &city, &dataset, diff))
                }
                _ => Answer::json(&diff),
            };
            answer.respond_to(&request)
        }
    };
    answer.headers_mut().insert(header::VARY, HeaderValue::from_static("accept, authorization"));
    Ok(tagged(answer, &tag))
}

/// Download everything that changed from one revision to another
///
/// One line for each cell that is another, and one for each row that is new or gone, with its cells as a JSON object.
#[utoipa::path(
    tag = "revisions",
    operation_id = "download_diff",
    security((), ("token" = [])),
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        DiffQuery,
    ),
    responses(
        (status = 200, description = "The difference", body = String, content_type = "text/csv",
         example = "change,key,row_before,row_after,field,before,after\r\nchanged,LL0420219001,2,2,名称,古いトイレ,新しいトイレ\r\n"),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 400, response = BadQuery),
        (status = 401, response = Unauthorized),
        (status = 404, response = NotFound),
        (status = 410, response = Gone),
        (status = 429, response = TooManyRequests),
    ),
)]
#[get("/datasets/{slug}/diff.csv")]
pub async fn download_diff(
    house: Data<House>,
    asker: Asker,
    slug: Path<Named<Slug>>,
    asked: Ask<DiffQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (slug, asker) = (slug.get()?, asker.0.as_ref());
    let (from, to) = asked.0.revisions(&house, asker, &slug).await?;
    let tag = tag(&slug, &from, &to, "text/csv");
    if let Some(known) = unchanged(&request, &tag) {
        return Ok(known);
    }
    let comparison = Comparison::of(&house.store, &house.schemas, &slug, &from, &to).await?;
    let (before, after) = (comparison.names_before().to_vec(), comparison.names_after().to_vec());
    let fault = |cause: io::Error| Problem::fault(&cause);
    let mut lines = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Scratch::begin().map_err(fault)?);
    let header = ["change", "key", "row_before", "row_after", "field", "before", "after"];
    lines.write_record(header).map_err(|cause| fault(cause.into()))?;
    let put = move |lines: &mut csv::Writer<Scratch>, change| put(lines, change, &before, &after);
    let (_, lines) = comparison.run(lines, put).await?;
    let file = lines.into_inner().map_err(|cause| fault(cause.into_error()))?.end().map_err(fault)?;
    let name = format!("{slug}-{}-{}-diff.csv", from.number, to.number);
    Ok(tagged(file.answer("text/csv; charset=utf-8", &name), &tag))
}

impl DiffQuery {
    /// The two revisions.
    async fn revisions(
        &self,
        house: &House,
        asker: Option<&Staff>,
        slug: &Slug,
    ) -> Result<(Revision, Revision), Problem> {
        let number = |name, value: &Option<String>| {
            let wanted = ("1 以上の整数です。", "it is a whole number from 1 on");
            ask::read::<std::num::NonZeroU32>(name, value.as_deref(), wanted)
        };
        let (from, to) = (number("from", &self.from)?, number("to", &self.to)?);
        let mut published = browse::revisions(&house.store, asker, slug).await?; // the newest first
        published.retain(|revision| revision.state == RevisionState::Published);
        let to = match (to, published.first()) {
            (None, Some(newest)) => newest.clone(),
            (to, _) => browse::revision(&house.store, asker, slug, to.map_or(0, u32::from)).await?,
        };
        let from = match from {
            Some(from) => browse::revision(&house.store, asker, slug, from.get()).await?,
            // Before the first there is nothing to compare with: nothing changed.
            None => published.into_iter().find(|it| it.number < to.number).unwrap_or_else(|| to.clone()),
        };
        Ok((from, to))
    }
}

/// The tag of a difference: of what it is made from, so that nobody compares for somebody who has it.
fn tag(slug: &Slug, from: &Revision, to: &Revision, media_type: &str) -> String {
    let csv = |revision: &Revision| {
        let form = revision.distributions.iter().find(|form| form.format == Format::Csv);
        form.map(|form| form.sha256.to_string()).unwrap_or_default()
    };
    let numbers = (from.number, to.number);
    let made_from =
        format!("{slug} {numbers:?} {} {} {media_type} {}", csv(from), csv(to), env!("CARGO_PKG_VERSION"));
    tag_of(&Sha256::of(made_from.as_bytes()))
}

fn tagged(mut answer: HttpResponse, tag: &str) -> HttpResponse {
    if let (Ok(tag), true) = (HeaderValue::from_str(tag), answer.status().is_success()) {
        answer.headers_mut().insert(header::ETAG, tag);
    }
    answer
}

/// The rows that are listed.
#[derive(Default)]
struct Listed {
    rows: Vec<DiffRow>,
    bytes: usize,
    truncated: bool,
}

async fn listed(house: &House, slug: &Slug, from: &Revision, to: &Revision) -> Result<DiffView, Problem> {
    let comparison = Comparison::of(&house.store, &house.schemas, slug, from, to).await?;
    let (before, after) = (comparison.names_before().to_vec(), comparison.names_after().to_vec());
    let only_in = |one: &[String], other: &[String]| {
        one.iter().filter(|name| !other.contains(name)).cloned().collect::<Vec<_>>()
    };
    let columns = DiffColumns { added: only_in(&after, &before), removed: only_in(&before, &after) };
    let key = comparison.key().to_vec();
    let list = move |listed: &mut Listed, change: Change| {
        let Some(row) = DiffRow::of(change, &before, &after) else { return Ok(()) };
        listed.bytes += row.bytes();
        if listed.rows.len() < ROWS_LISTED_MAX && listed.bytes <= BYTES_LISTED_MAX {
            listed.rows.push(row);
        } else {
            listed.truncated = true;
        }
        Ok(())
    };
    let (counts, Listed { rows, truncated, .. }) = comparison.run(Listed::default(), list).await?;
    let (from, to) = (from.number, to.number);
    Ok(DiffView { from, to, key, counts: counts.into(), columns, rows, truncated })
}

/// Writes the lines of one change.
fn put(
    lines: &mut csv::Writer<Scratch>,
    change: Change,
    before: &[String],
    after: &[String],
) -> io::Result<()> {
    let Some(row) = DiffRow::of(change, before, after) else { return Ok(()) };
    let number = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
    let (key, was, is) = (row.key.join(";"), number(row.row_before), number(row.row_after));
    let mut put = |field: &str, before: &str, after: &str| -> io::Result<()> {
        Ok(lines.write_record([row.change, &key, &was, &is, field, before, after])?)
    };
    if row.change == "changed" {
        return row.cells.iter().try_for_each(|cell| {
            put(
                &cell.field,
                cell.before.as_deref().unwrap_or_default(),
                cell.after.as_deref().unwrap_or_default(),
            )
        });
    }
    let cell = |text: &Option<String>| text.clone().unwrap_or_default().into();
    let cells = row
        .cells
        .iter()
        .map(|it| (it.field.clone(), cell(if it.after.is_some() { &it.after } else { &it.before })));
    let object = serde_json::Value::Object(cells.collect()).to_string();
    if row.row_after.is_some() { put("", "", &object) } else { put("", &object, "") }
}
