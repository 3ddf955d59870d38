//! The bytes of a dataset: each form of the current revision and of every other, and the file as it came.

use actix_web::body::SizedStream;
use actix_web::get;
use actix_web::http::header;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use catalog::{CatalogError, Distribution, Format, Revision, Slug, browse};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::answer::{attachment, tag_of, unchanged};
use crate::ask::{self, Ask};
use crate::encoding::{self, Encoding};
use crate::handlers::revisions::{RevisionPath, named};
use crate::named::Named;
use crate::problem::responses::{BadQuery, Gone, NotAcceptable, NotFound};
use crate::problem::{Kind, Problem};
use crate::state::House;

/// In which letters a CSV is written.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DownloadQuery {
    /// `utf-8` (the default), `utf-8-bom` (Excel reads it at a double click) or `cp932`; of CSV only.
    #[param(example = "utf-8-bom")]
    pub encoding: Option<String>,
}

impl DownloadQuery {
    fn read(&self, format: Format) -> Result<Encoding, Problem> {
        let wanted = ("utf-8, utf-8-bom, cp932 のどれかです。", "it is utf-8, utf-8-bom or cp932");
        let encoding =
            ask::read::<Encoding>("encoding", self.encoding.as_deref(), wanted)?.unwrap_or_default();
        if format == Format::Csv || encoding == Encoding::Utf8 {
            Ok(encoding)
        } else {
            Err(Problem::bad_parameter(
                "encoding",
                "文字コードを選べるのは CSV だけです。",
                "only CSV comes in several encodings",
            ))
        }
    }
}

/// Download the current revision
///
/// `Content-Location` tells which revision was served. JSON is an array of row objects; GeoJSON exists where the
/// rows have coordinates. An encoding that lacks a letter of the data answers 406 and names the cells.
#[utoipa::path(
    tag = "downloads",
    operation_id = "download_current",
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        ("format" = String, Path, description = "`csv`, `json` or `geojson`", example = "csv"),
        DownloadQuery,
    ),
    responses(
        (status = 200, description = "The bytes", content(
            (String = "text/csv", example = "ID,名称\r\nLL0420210001,見本トイレ\r\n"),
            (Object = "application/json", example = json!([{"ID": "LL0420210001", "名称": "見本トイレ"}])),
            (Object = "application/geo+json", example = json!({"type": "FeatureCollection", "features": []})),
        )),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 400, response = BadQuery),
        (status = 404, response = NotFound),
        (status = 406, response = NotAcceptable),
        (status = 410, response = Gone),
    ),
)]
#[get("/datasets/{slug}/download.{format}")]
pub async fn download_current(
    house: Data<House>,
    path: Path<(Named<Slug>, String)>,
    asked: Ask<DownloadQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let slug = path.0.get()?;
    let dataset = browse::dataset(&house.store, &slug).await?;
    let current = dataset.current.ok_or_else(|| CatalogError::NoSuchDataset(slug.clone()))?;
    serve(&house, &slug, &current, &path.1, &asked.0, &request).await
}

/// Download one revision
#[utoipa::path(
    tag = "downloads",
    operation_id = "download_revision",
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        ("number" = u32, Path, description = "The revision's number", example = 1),
        ("format" = String, Path, description = "`csv`, `json` or `geojson`", example = "csv"),
        DownloadQuery,
    ),
    responses(
        (status = 200, description = "The bytes, the same for ever", content(
            (String = "text/csv", example = "ID,名称\r\nLL0420210001,見本トイレ\r\n"),
            (Object = "application/json", example = json!([{"ID": "LL0420210001", "名称": "見本トイレ"}])),
            (Object = "application/geo+json", example = json!({"type": "FeatureCollection", "features": []})),
        )),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 400, response = BadQuery),
        (status = 404, response = NotFound),
        (status = 406, response = NotAcceptable),
        (status = 410, response = Gone),
    ),
)]
#[get("/datasets/{slug}/revisions/{number}/download.{format}")]
pub async fn download_revision(
    house: Data<House>,
    path: Path<(Named<Slug>, String, String)>,
    asked: Ask<DownloadQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (slug, number) = named(&path.0, &path.1)?;
    let revision = browse::revision(&house.store, &slug, number).await?;
    serve(&house, &slug, &revision, &path.2, &asked.0, &request).await
}

/// Download a revision's file as it came
///
/// Byte for byte what was handed in, before any repair.
#[utoipa::path(
    tag = "downloads",
    operation_id = "download_original",
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        ("number" = u32, Path, description = "The revision's number", example = 1),
    ),
    responses(
        (status = 200, description = "The bytes as they came", body = String, content_type = "application/octet-stream",
         example = "ID,名称\nLL0420210001,見本トイレ\n"),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 404, response = NotFound),
        (status = 410, response = Gone),
    ),
)]
#[get("/datasets/{slug}/revisions/{number}/original")]
pub async fn download_original(
    house: Data<House>,
    path: RevisionPath,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (slug, number) = named(&path.0, &path.1)?;
    let revision = browse::revision(&house.store, &slug, number).await?;
    let tag = tag_of(&revision.sha256);
    if let Some(known) = unchanged(&request, &tag) {
        return Ok(known);
    }
    let kept = browse::open(&house.store, &revision.sha256).await?;
    let mut answer = HttpResponse::Ok();
    // A browser is never to look into what somebody handed in.
    answer.content_type("application/octet-stream").insert_header((header::ETAG, tag));
    answer.insert_header(attachment(&revision.file_name));
    Ok(answer.body(SizedStream::new(kept.bytes, kept.stream)))
}

async fn serve(
    house: &House,
    slug: &Slug,
    revision: &Revision,
    format: &str,
    asked: &DownloadQuery,
    request: &HttpRequest,
) -> Result<HttpResponse, Problem> {
    let distribution = find(slug, revision, format)?;
    let format = distribution.format;
    let encoding = asked.read(format)?;
    let tag = encoding.mark(&tag_of(&distribution.sha256));
    let location = format!("/api/v1/datasets/{slug}/revisions/{}/download.{format}", revision.number);
    if let Some(mut known) = unchanged(request, &tag) {
        if let Ok(value) = header::HeaderValue::from_str(&location) {
            known.headers_mut().insert(header::CONTENT_LOCATION, value);
        }
        return Ok(known);
    }

    let mut answer = HttpResponse::Ok();
    answer.insert_header((header::ETAG, tag)).insert_header((header::CONTENT_LOCATION, location));
    answer.insert_header(attachment(&format!("{slug}.{format}")));
    answer.insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"));
    match format {
        Format::Csv => answer.content_type(encoding.content_type()),
        other => answer.content_type(other.media_type()),
    };
    if encoding == Encoding::Utf8 {
        let kept = browse::open(&house.store, &distribution.sha256).await?;
        return Ok(answer.body(SizedStream::new(kept.bytes, kept.stream)));
    }
    let first = browse::open(&house.store, &distribution.sha256).await?;
    let length = encoding::measure(encoding, first.stream).await?;
    let second = browse::open(&house.store, &distribution.sha256).await?;
    Ok(answer.body(SizedStream::new(length, encoding::encode(encoding, second.stream))))
}

/// The distribution of `revision` in the form that an address calls `format`.
///
/// # Errors
/// [`Kind::NoSuchFormat`] with the forms there are.
pub fn find<'a>(slug: &Slug, revision: &'a Revision, format: &str) -> Result<&'a Distribution, Problem> {
    let forms = &revision.distributions;
    let found =
        format.parse::<Format>().ok().and_then(|format| forms.iter().find(|form| form.format == format));
    found.ok_or_else(|| {
        let forms = forms.iter().map(|form| form.format.to_string()).collect::<Vec<_>>().join(", ");
        Problem::new(
            Kind::NoSuchFormat,
            format!("`{slug}` にその形式の配信はありません。あるもの: {forms}"),
            format!("`{slug}` does not come in that form. There are: {forms}."),
        )
    })
}
