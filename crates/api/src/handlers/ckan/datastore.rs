//! Rows as one asks CKAN's datastore: `datastore_search`, `datastore_info`, over what rows answer to everybody
//! ([`catalog::records`]). Rows are streamed; the rows of a dataset stand behind its CSV.

mod question;

use std::sync::Arc;

use actix_web::body::BodyStream;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use bytes::Bytes;
use catalog::CatalogError;
use catalog::asking::bounds::COLUMNS_MAX;
use catalog::records::{self, Rows, Subject, Which};
use futures_util::{StreamExt, TryStreamExt, stream};
use ingestion::Sha256;
use serde::Serialize;
use serde_json::{Value, json};

use super::{Call, not_found};
use crate::answer::{tag_of, unchanged};
use crate::named::escape;
use crate::problem::Problem;
use crate::views::ckan::records::{FieldView, Records};
use crate::views::ckan::resource::has_rows;

use self::question::Question;

pub(super) async fn search(call: &Call<'_>) -> Result<HttpResponse, Problem> {
    call.params.only(&question::PARAMETERS)?;
    let id = call.params.needed("resource_id", &["id"])?;
    let subject = subject(call, &id).await?;
    let tag = tag(call.request, &subject, &call.help);
    if let Some(known) = tag.as_deref().and_then(|tag| unchanged(call.request, tag)) {
        return Ok(known);
    }
    let rows = subject.rows(&call.house.store).await?;
    let question = Question::read(&call.params, rows.columns())?;
    let mut answer = HttpResponse::Ok();
    answer.content_type("application/json");
    if let Some(tag) = tag {
        answer.insert_header((header::ETAG, tag));
    }
    let told = Told::of(call, &id, &rows, &question).await?;
    let records = Records::of(&rows, &question.ask, question.form, question.shows_id, question.shows_columns);
    let records = records.map_err(|error| Problem::fault(&error))?;
    let (begin, end) = (begin(&call.help, &records), told.end(&records)?);
    let Some(ask) = question.behind_offset(&rows).await? else {
        return Ok(answer.body([begin, end].concat()));
    };
    let mut blocks = Box::pin(rows.stream_lines(ask));
    // What cannot be begun is refused with a status; later there is only breaking off.
    let first = blocks.next().await.transpose()?;
    let mut is_first = true;
    let texts = stream::iter(first.map(Ok)).chain(blocks).and_then(move |lines| {
        let text = records.written(&lines, is_first).map(Bytes::from).map_err(CatalogError::from);
        is_first = false;
        async move { text }
    });
    let begin = stream::once(async move { Ok(Bytes::from(begin)) });
    let end = stream::once(async move { Ok(Bytes::from(end)) });
    let body = begin.chain(texts).chain(end).map_err(|error| actix_web::Error::from(Problem::from(error)));
    Ok(answer.body(BodyStream::new(body)))
}

pub(super) async fn info(call: &Call<'_>) -> Result<HttpResponse, Problem> {
    let id = call.params.needed("id", &["resource_id"])?;
    let subject = subject(call, &id).await?;
    let rows = subject.rows(&call.house.store).await?;
    let fields = rows.columns().all().iter().map(FieldView::told);
    Ok(call.gives(json!({
        "meta": {
            "id": id,
            "count": rows.revision().rows,
            "table_type": "BASE TABLE",
            "aliases": [],
            "revision": rows.revision().number,
            "columns_that_can_be_asked_about": COLUMNS_MAX.min(rows.columns().all().len()),
        },
        "fields": std::iter::once(FieldView::id()).chain(fields).collect::<Vec<_>>(),
    })))
}

/// The current revision of the dataset whose CSV has the id `id`.
async fn subject(call: &Call<'_>, id: &str) -> Result<Arc<Subject>, Problem> {
    let missing = || not_found("resource", id);
    let found = call.portal().resource(id).await?.ok_or_else(missing)?;
    if !has_rows(found.format) {
        return Err(missing());
    }
    let house = call.house;
    Ok(records::find(&house.store, &house.schemas, &found.dataset.slug, Which::Current).await?)
}

/// The tag of an answer to GET: of what it is made from, so that nobody looks for rows that the asker has.
fn tag(request: &HttpRequest, subject: &Subject, help: &str) -> Option<String> {
    if request.method() != actix_web::http::Method::GET {
        return None;
    }
    let (content, query, version) =
        (subject.revision.sha256, request.query_string(), env!("CARGO_PKG_VERSION"));
    let number = subject.revision.number;
    Some(tag_of(&Sha256::of(format!("{version} {help} {number} {content} {query}").as_bytes())))
}

/// What is told beside the records.
#[derive(Serialize)]
struct Told {
    include_total: bool,
    limit: u32,
    offset: u64,
    records_format: &'static str,
    resource_id: String,
    total_estimation_threshold: Option<u64>,
    fields: Vec<FieldView>,
    #[serde(rename = "_links")]
    links: Links,
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<u64>,
    total_was_estimated: bool,
}

/// Where the pages before and behind are.
#[derive(Serialize)]
struct Links {
    start: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    prev: Option<String>,
    next: String,
}

impl Told {
    async fn of(call: &Call<'_>, id: &str, rows: &Rows, question: &Question) -> Result<Told, Problem> {
        let total = match question.ask.wants_total {
            true => Some(rows.total(&question.ask).await?),
            false => None,
        };
        let (limit, offset) = (question.limit, question.offset);
        let before = offset.saturating_sub(u64::from(limit));
        Ok(Told {
            include_total: question.ask.wants_total,
            limit,
            offset,
            records_format: question.form.as_str(),
            resource_id: id.to_owned(),
            total_estimation_threshold: None,
            fields: question.fields(rows.columns()),
            links: Links {
                start: page(call, 0),
                prev: (offset > 0).then(|| page(call, before)),
                next: page(call, offset.saturating_add(u64::from(limit))),
            },
            total,
            total_was_estimated: false,
        })
    }

    /// The answer from the last record on.
    fn end(&self, records: &Records) -> Result<Vec<u8>, Problem> {
        let rest = serde_json::to_string(self).map_err(|error| Problem::fault(&error))?;
        // An object without its opening brace goes on the one that was begun.
        Ok(format!("{},{}}}", records.end(), rest.strip_prefix('{').unwrap_or(&rest)).into_bytes())
    }
}

/// The answer up to the first record.
fn begin(help: &str, records: &Records) -> Vec<u8> {
    let help = json!(help);
    format!("{{\"help\":{help},\"success\":true,\"result\":{{\"records\":{}", records.begin()).into_bytes()
}

/// The address of the page from `offset` on, below the host, as CKAN gives it.
fn page(call: &Call<'_>, offset: u64) -> String {
    let base = call.house.iris.base().as_str();
    let host = base.split_once("://").map_or(base, |(_, rest)| rest);
    let path = host.split_once('/').map(|(_, path)| format!("/{path}")).unwrap_or_default();
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let kept = call.params.iter().filter(|(name, _)| *name != "offset");
    let mut query: Vec<String> =
        kept.map(|(name, value)| format!("{}={}", escape(name), escape(&text(value)))).collect();
    if offset > 0 {
        query.push(format!("offset={offset}"));
    }
    format!("{path}/api/3/action/datastore_search?{}", query.join("&"))
}
