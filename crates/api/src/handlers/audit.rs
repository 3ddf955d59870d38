//! `/api/v1/audit`: who did what, for admins.

use std::io;
use std::str::FromStr;

use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpResponse, get};
use bytes::Bytes;
use catalog::audit::{self, Filter};
use catalog::query::BadCursor;
use catalog::{CatalogError, Slug};
use futures_util::stream::once;
use futures_util::{StreamExt, TryStreamExt};
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::answer::{Answer, attachment};
use crate::ask::{self, Ask};
use crate::encoding::{BOM, Encoding};
use crate::log::chain;
use crate::named::Address;
use crate::problem::Problem;
use crate::problem::responses::{BadQuery, Forbidden, TooManyRequests, Unauthorized};
use crate::staff::Signed;
use crate::state::House;
use crate::views::audit::AuditView;
use crate::views::listing::ListView;

/// Which entries, and how many of them.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AuditQuery {
    /// Only of this person, of `operator` or of `hiyori`.
    #[param(example = "operator")]
    pub who: Option<String>,
    /// Only of this act: `publish`, `withdraw`, `create-token`, …
    #[param(example = "publish")]
    pub action: Option<String>,
    /// Only about the dataset with this slug.
    #[param(pattern = "^([a-z0-9][a-z0-9_-]{1,99})?$", example = "open-data-list")]
    pub dataset: Option<String>,
    /// Only with this result: `done`, or the code of a refusal.
    #[param(example = "done")]
    pub result: Option<String>,
    /// Only from this moment (RFC 3339) or day (in Japan) on.
    #[param(example = "2026-04-01")]
    pub since: Option<String>,
    /// Only before this moment (RFC 3339), or up to the end of this day (in Japan).
    #[param(example = "2027-03-31")]
    pub until: Option<String>,
    /// How many on a page, 1 to 100; 20 unless told otherwise.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100, example = 20)]
    pub limit: Option<String>,
    /// Where the page begins; only `next` of another page gives one.
    #[param(pattern = "^[0-9]*$")]
    pub cursor: Option<String>,
}

/// Which entries, and in which letters.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AuditCsvQuery {
    /// Only of this person, of `operator` or of `hiyori`.
    #[param(example = "operator")]
    pub who: Option<String>,
    /// Only of this act: `publish`, `withdraw`, `create-token`, …
    #[param(example = "publish")]
    pub action: Option<String>,
    /// Only about the dataset with this slug.
    #[param(pattern = "^([a-z0-9][a-z0-9_-]{1,99})?$", example = "open-data-list")]
    pub dataset: Option<String>,
    /// Only with this result: `done`, or the code of a refusal.
    #[param(example = "done")]
    pub result: Option<String>,
    /// Only from this moment (RFC 3339) or day (in Japan) on.
    #[param(example = "2026-04-01")]
    pub since: Option<String>,
    /// Only before this moment (RFC 3339), or up to the end of this day (in Japan).
    #[param(example = "2027-03-31")]
    pub until: Option<String>,
    /// `utf-8` (the default) or `utf-8-bom` (Excel reads it at a double click).
    #[param(pattern = "^(utf-8|utf-8-bom)?$", example = "utf-8-bom")]
    pub encoding: Option<String>,
}

/// Read the audit
///
/// The newest entries first. Each carries a hash over itself and the entry before it; `hiyori audit verify` looks
/// through the whole chain.
#[utoipa::path(
    tag = "staff",
    operation_id = "list_audit",
    security(("token" = [])),
    params(AuditQuery),
    responses(
        (status = 200, description = "A page of entries", body = ListView<AuditView>),
        (status = 400, response = BadQuery),
        (status = 401, response = Unauthorized),
        (status = 403, response = Forbidden),
        (status = 429, response = TooManyRequests),
    ),
)]
#[get("/audit")]
pub async fn list_audit(
    house: Data<House>,
    signed: Signed,
    asked: Ask<AuditQuery>,
    address: Address,
) -> Result<Answer, Problem> {
    let AuditQuery { who, action, dataset, result, since, until, limit, cursor } = asked.0;
    let filter = filter(who, action, dataset, result, since, until)?;
    let limit = ask::limit(limit.as_deref(), 20, 100)?;
    let cursor = cursor.filter(|cursor| !cursor.is_empty());
    let before = cursor.map(|cursor| cursor.parse::<u64>()).transpose();
    let before = before.map_err(|_| CatalogError::from(BadCursor))?;
    let page = audit::page(&house.store, &signed.0, &filter, before, limit).await?;
    let next = page.next.map(|last| address.with(&house.iris, "cursor", &last.to_string()));
    let items = page.items.into_iter().map(AuditView::from).collect();
    let list = ListView { items, total: page.total, next: next.clone() };
    Ok(Answer::json(&list).next(next.as_deref()))
}

/// Export the audit
///
/// All entries that the filters let through, the oldest first, one line each; `before` and `after` are JSON.
#[utoipa::path(
    tag = "staff",
    operation_id = "export_audit",
    security(("token" = [])),
    params(AuditCsvQuery),
    responses(
        (status = 200, description = "The entries", body = String, content_type = "text/csv",
         example = "id,at,who,action,dataset,revision,result,before,after,hash,previous\r\n"),
        (status = 400, response = BadQuery),
        (status = 401, response = Unauthorized),
        (status = 403, response = Forbidden),
        (status = 429, response = TooManyRequests),
    ),
)]
#[get("/audit.csv")]
pub async fn export_audit(
    house: Data<House>,
    signed: Signed,
    asked: Ask<AuditCsvQuery>,
) -> Result<HttpResponse, Problem> {
    let AuditCsvQuery { who, action, dataset, result, since, until, encoding } = asked.0;
    let filter = filter(who, action, dataset, result, since, until)?;
    let marked =
        ask::read::<Marked>("encoding", encoding.as_deref(), Marked::WANTED)?.unwrap_or(Marked(false));
    let pieces = audit::all(&house.store, &signed.0, filter).await?;
    let mark: &[u8] = if marked.0 { BOM } else { b"" };
    let head = once(async move { Ok(Bytes::from([mark, &lines([AuditView::COLUMNS])?].concat())) });
    let rest = pieces.map(|piece| {
        let entries = piece.map_err(io::Error::other)?.into_iter().map(AuditView::from);
        Ok(Bytes::from(lines(entries.map(|entry| entry.cells()))?))
    });
    let whole = head.chain(rest).inspect_err(|error: &io::Error| {
        tracing::error!(error = %chain(error), "the export of the audit broke off");
    });
    Ok(HttpResponse::Ok()
        .content_type(Encoding::Utf8.content_type())
        .insert_header(attachment("audit.csv"))
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .streaming(whole))
}

fn filter(
    who: Option<String>,
    action: Option<String>,
    dataset: Option<String>,
    result: Option<String>,
    since: Option<String>,
    until: Option<String>,
) -> Result<Filter, Problem> {
    let slug = ("データセットの名前です。", "it is the slug of a dataset");
    let time = (
        "2026-04-01 か 2026-04-01T00:00:00+09:00 のように書きます。",
        "it is a day, like 2026-04-01, or an RFC 3339 moment",
    );
    Ok(Filter {
        who: who.filter(|who| !who.is_empty()),
        action: action.filter(|action| !action.is_empty()),
        dataset: ask::read::<Slug>("dataset", dataset.as_deref(), slug)?,
        result: result.filter(|result| !result.is_empty()),
        since: ask::read::<When>("since", since.as_deref(), time)?.map(|when| when.begins),
        until: ask::read::<When>("until", until.as_deref(), time)?.map(|when| when.ends),
    })
}

/// A moment, or a day in Japan.
struct When {
    begins: Timestamp,
    ends: Timestamp,
}

impl FromStr for When {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<When, jiff::Error> {
        if let Ok(moment) = text.parse::<Timestamp>() {
            return Ok(When { begins: moment, ends: moment });
        }
        let (day, japan) = (text.parse::<Date>()?, TimeZone::fixed(Offset::constant(9)));
        let begins = |day: Date| day.to_zoned(japan.clone()).map(|midnight| midnight.timestamp());
        Ok(When { begins: begins(day)?, ends: begins(day.checked_add(1.day())?)? })
    }
}

/// Whether the export begins with a mark that it is UTF-8.
struct Marked(bool);

impl Marked {
    const WANTED: (&str, &str) = ("utf-8, utf-8-bom のどちらかです。", "it is utf-8 or utf-8-bom");
}

impl FromStr for Marked {
    type Err = ();

    fn from_str(text: &str) -> Result<Marked, ()> {
        match text.parse() {
            Ok(Encoding::Utf8) => Ok(Marked(false)),
            Ok(Encoding::Utf8Bom) => Ok(Marked(true)),
            _ => Err(()),
        }
    }
}

fn lines<T: AsRef<[u8]>, const N: usize>(rows: impl IntoIterator<Item = [T; N]>) -> io::Result<Vec<u8>> {
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        csv.write_record(row)?;
    }
    csv.into_inner().map_err(|error| io::Error::other(error.to_string()))
}
