//! The bytes of a dataset: each form of the current revision and of every other, and the file as it came.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use catalog::{AsOf, CatalogError, Dataset, Distribution, Format, Revision, Slug, as_of, browse, follow};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::ask::{self, Ask};
use crate::download::{self, Download};
use crate::encoding::Encoding;
use crate::handlers::revisions::{RevisionPath, named};
use crate::named::Named;
use crate::prepared::{Key, Thing};
use crate::problem::responses::{
    BadQuery, Gone, NoSuchPart, NotAcceptable, NotFound, NotMadeYet, TooManyRequests, Unauthorized,
};
use crate::problem::{Kind, Problem};
use crate::staff::Asker;
use crate::state::House;

/// In which letters a CSV is written.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DownloadQuery {
    /// `utf-8` (the default), `utf-8-bom` (Excel reads it at a double click) or `cp932`; of CSV only.
    #[param(pattern = "^(utf-8|utf-8-bom|cp932)?$", example = "utf-8-bom")]
    pub encoding: Option<String>,
}

/// In which letters a CSV is written, and at what time it was the current one.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CurrentQuery {
    /// `utf-8` (the default), `utf-8-bom` (Excel reads it at a double click) or `cp932`; of CSV only.
    #[param(example = "utf-8-bom")]
    pub encoding: Option<String>,
    /// The revision that was current then instead: a day (its end in Japan) or an RFC 3339 moment.
    #[param(example = "2030-12-31")]
    pub as_of: Option<String>,
}

/// The time that a reader looks back to, if one is given.
///
/// # Errors
/// [`Kind::BadParameter`] when it is no time.
pub fn read_as_of(value: Option<&str>) -> Result<Option<AsOf>, Problem> {
    let wanted = (
        "2026-11-26 のような日付か、2026-11-26T09:00:00+09:00 のような日時です。",
        "it is a day like 2026-11-26 or an RFC 3339 moment with its zone, like 2026-11-26T09:00:00+09:00",
    );
    ask::read::<AsOf>("as_of", value, wanted)
}

/// The encoding that a reader of `format` asks for.
fn read_encoding(value: Option<&str>, format: Format) -> Result<Encoding, Problem> {
    let wanted = ("utf-8, utf-8-bom, cp932 のどれかです。", "it is utf-8, utf-8-bom or cp932");
    let encoding = ask::read::<Encoding>("encoding", value, wanted)?.unwrap_or_default();
    if format == Format::Csv || encoding == Encoding::Utf8 {
        return Ok(encoding);
    }
    Err(Problem::bad_parameter(
        "encoding",
        "文字コードを選べるのは CSV だけです。",
        "only CSV comes in several encodings",
    ))
}

/// Download the current revision
///
/// Or, with `as_of`, the one that was current then. `Content-Location` tells which revision was served. JSON is an array of row
/// objects; GeoJSON exists where the rows have coordinates; Parquet has typed columns; Excel (`xlsx`) takes up to 1,048,575 rows.
/// CSV is there at once, the others follow: until then they answer 503 with `Retry-After`.
/// An encoding that lacks a letter of the data answers 406 and names the cells.
#[utoipa::path(
    tag = "downloads",
    operation_id = "download_current",
    security((), ("token" = [])),
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        ("format" = String, Path, description = "`csv`, `json`, `geojson`, `parquet` or `xlsx`", example = "csv"),
        CurrentQuery,
    ),
    responses(
        (status = 200, description = "The bytes", content(
            (String = "text/csv", example = "ID,名称\r\nLL0420210001,見本トイレ\r\n"),
            (Vec<Object> = "application/json", example = json!([{"ID": "LL0420210001", "名称": "見本トイレ"}])),
            (Object = "application/geo+json", example = json!({"type": "FeatureCollection", "features": []})),
            (String = "application/vnd.apache.parquet", example = "PAR1…PAR1"),
            (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", example = "PK…"),
        )),
        (status = 206, description = "The part that `Range` asks for", content_type = "application/octet-stream", body = String,
         headers(("Content-Range" = String, description = "Which part of how many bytes")), example = "ID,名称"),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 400, response = BadQuery),
        (status = 401, response = Unauthorized),
        (status = 404, response = NotFound),
        (status = 406, response = NotAcceptable),
        (status = 410, response = Gone),
        (status = 416, response = NoSuchPart),
        (status = 429, response = TooManyRequests),
        (status = 503, response = NotMadeYet),
    ),
)]
#[get("/datasets/{slug}/download.{format}")]
pub async fn download_current(
    house: Data<House>,
    asker: Asker,
    path: Path<(Named<Slug>, String)>,
    asked: Ask<CurrentQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let slug = path.0.get()?;
    let asker = asker.0.as_ref();
    let CurrentQuery { encoding, as_of } = asked.0;
    let as_of = read_as_of(as_of.as_deref())?;
    let key = as_of.is_none().then(|| key(&slug, None, &path.1, encoding.as_deref())).flatten();
    if let Some(key) = &key
        && let Some(ready) = house.prepared.recall(&request, key).await?
    {
        return Ok(ready);
    }
    let dataset = browse::dataset(&house.store, asker, &slug).await?;
    let revision = match as_of {
        Some(as_of) => as_of::revision(&house.store, asker, &slug, as_of).await?,
        None => dataset.current.clone().ok_or_else(|| CatalogError::NoSuchDataset(slug.clone()))?,
    };
    let asked = Wanted { dataset: &dataset, revision: &revision, format: &path.1, encoding, key };
    serve(&house, asked, &request).await
}

/// Download one revision
#[utoipa::path(
    tag = "downloads",
    operation_id = "download_revision",
    security((), ("token" = [])),
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        ("number" = u32, Path, description = "The revision's number", example = 1),
        ("format" = String, Path, description = "`csv`, `json`, `geojson`, `parquet` or `xlsx`", example = "csv"),
        DownloadQuery,
    ),
    responses(
        (status = 200, description = "The bytes, the same for ever", content(
            (String = "text/csv", example = "ID,名称\r\nLL0420210001,見本トイレ\r\n"),
            (Vec<Object> = "application/json", example = json!([{"ID": "LL0420210001", "名称": "見本トイレ"}])),
            (Object = "application/geo+json", example = json!({"type": "FeatureCollection", "features": []})),
            (String = "application/vnd.apache.parquet", example = "PAR1…PAR1"),
            (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", example = "PK…"),
        )),
        (status = 206, description = "The part that `Range` asks for", content_type = "application/octet-stream", body = String,
         headers(("Content-Range" = String, description = "Which part of how many bytes")), example = "ID,名称"),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 400, response = BadQuery),
        (status = 401, response = Unauthorized),
        (status = 404, response = NotFound),
        (status = 406, response = NotAcceptable),
        (status = 410, response = Gone),
        (status = 416, response = NoSuchPart),
        (status = 429, response = TooManyRequests),
        (status = 503, response = NotMadeYet),
    ),
)]
#[get("/datasets/{slug}/revisions/{number}/download.{format}")]
pub async fn download_revision(
    house: Data<House>,
    asker: Asker,
    path: Path<(Named<Slug>, String, String)>,
    asked: Ask<DownloadQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (slug, number) = named(&path.0, &path.1)?;
    let asker = asker.0.as_ref();
    let encoding = asked.0.encoding;
    let key = key(&slug, Some(number), &path.2, encoding.as_deref());
    if let Some(key) = &key
        && let Some(ready) = house.prepared.recall(&request, key).await?
    {
        return Ok(ready);
    }
    let dataset = browse::dataset(&house.store, asker, &slug).await?;
    let revision = browse::revision(&house.store, asker, &slug, number).await?;
    let asked = Wanted { dataset: &dataset, revision: &revision, format: &path.2, encoding, key };
    serve(&house, asked, &request).await
}

/// Download a revision's file as it came
///
/// Byte for byte what was handed in, before any repair.
#[utoipa::path(
    tag = "downloads",
    operation_id = "download_original",
    security((), ("token" = [])),
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        ("number" = u32, Path, description = "The revision's number", example = 1),
    ),
    responses(
        (status = 200, description = "The bytes as they came", body = String, content_type = "application/octet-stream",
         example = "ID,名称\nLL0420210001,見本トイレ\n"),
        (status = 206, description = "The part that `Range` asks for", content_type = "application/octet-stream", body = String,
         headers(("Content-Range" = String, description = "Which part of how many bytes")), example = "ID,名称"),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 401, response = Unauthorized),
        (status = 404, response = NotFound),
        (status = 410, response = Gone),
        (status = 416, response = NoSuchPart),
        (status = 429, response = TooManyRequests),
    ),
)]
#[get("/datasets/{slug}/revisions/{number}/original")]
pub async fn download_original(
    house: Data<House>,
    asker: Asker,
    path: RevisionPath,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (slug, number) = named(&path.0, &path.1)?;
    let asker = asker.0.as_ref();
    let dataset = browse::dataset(&house.store, asker, &slug).await?;
    let revision = browse::revision(&house.store, asker, &slug, number).await?;
    download::original(&house, &dataset, &revision, &request).await
}

/// What somebody wants to have.
struct Wanted<'a> {
    dataset: &'a Dataset,
    revision: &'a Revision,
    /// As the address calls it.
    format: &'a str,
    encoding: Option<String>,
    /// Under what it is kept ready.
    key: Option<Key>,
}

/// Under what a file of the revision `number`, or of the current one, is kept ready; only for forms and letters that there are.
fn key(slug: &Slug, number: Option<u32>, format: &str, encoding: Option<&str>) -> Option<Key> {
    let format: Format = format.parse().ok()?;
    let encoding = read_encoding(encoding, format).ok()?;
    let thing = Thing::of(slug, format_args!("download {number:?}"));
    Some(Key::new(thing, format_args!("{format} {encoding:?}")))
}

async fn serve(house: &House, wanted: Wanted<'_>, request: &HttpRequest) -> Result<HttpResponse, Problem> {
    let Wanted { dataset, revision, format, encoding, key } = wanted;
    let distribution = find(house, &dataset.slug, revision, format).await?;
    let encoding = read_encoding(encoding.as_deref(), distribution.format)?;
    let saved_as = format!("{}.{}", dataset.slug, distribution.format);
    let download = Download { house, dataset, revision, distribution, encoding, saved_as };
    download.respond(request, key).await
}

/// The distribution of `revision` in the form that an address calls `format`.
///
/// # Errors
/// [`Kind::NotMadeYet`] where it is on its way, [`Kind::NoSuchFormat`] with the forms there are where it is not.
pub async fn find<'a>(
    house: &House,
    slug: &Slug,
    revision: &'a Revision,
    format: &str,
) -> Result<&'a Distribution, Problem> {
    let forms = &revision.distributions;
    let wanted = format.parse::<Format>().ok();
    if let Some(found) = forms.iter().find(|form| Some(form.format) == wanted) {
        return Ok(found);
    }
    if let Some(format) = wanted
        && follow::awaits(&house.store, &house.schemas, slug, revision, format).await?
    {
        return Err(Problem::new(
            Kind::NotMadeYet,
            format!(
                "`{slug}` の {format} は、いま作っているところです。しばらくしてからもう一度お試しください。"
            ),
            format!("The {format} of `{slug}` is being made. Please try again in a while."),
        ));
    }
    let forms = forms.iter().map(|form| form.format.to_string()).collect::<Vec<_>>().join(", ");
    Err(Problem::new(
        Kind::NoSuchFormat,
        format!("`{slug}` にその形式の配信はありません。あるもの: {forms}"),
        format!("`{slug}` does not come in that form. There are: {forms}."),
    ))
}
