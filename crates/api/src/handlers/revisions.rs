//! `/api/v1/datasets/{slug}/revisions`: what a dataset was and is.

use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use catalog::{CatalogError, Slug, as_of, browse};
use ingestion::{Expected, Options, Question};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::answer::{Answer, unchanged};
use crate::ask::Ask;
use crate::handlers::downloads::read_as_of;
use crate::kept::KeptBytes;
use crate::language::Reader;
use crate::named::Named;
use crate::problem::Problem;
use crate::problem::responses::{BadQuery, Gone, NotFound, TooManyRequests, Unauthorized};
use crate::report_form::every_finding;
use crate::report_view::ReportView;
use crate::staff::Asker;
use crate::state::House;
use crate::views::listing::ListView;
use crate::views::revision::RevisionView;

/// A dataset and the number of one of its revisions, from the path.
pub type RevisionPath = Path<(Named<Slug>, String)>;

/// The dataset `slug` and the revision `number`, as a path names them.
///
/// # Errors
/// The problem of a thing that is not there.
pub fn named(slug: &Named<Slug>, number: &str) -> Result<(Slug, u32), Problem> {
    let slug = slug.get()?;
    let number = number.parse().unwrap_or(0);
    if number == 0 {
        return Err(CatalogError::NoSuchRevision { slug, number }.into());
    }
    Ok((slug, number))
}

/// Which revisions are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RevisionsQuery {
    /// Only the one that was current then: a day (its end in Japan) or an RFC 3339 moment.
    #[param(example = "2030-12-31")]
    pub as_of: Option<String>,
}

/// List a dataset's revisions, newest first
///
/// Those that are published; to its department all of them. With `as_of`, the one that readers got then.
#[utoipa::path(
    tag = "revisions",
    operation_id = "list_revisions",
    security((), ("token" = [])),
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        RevisionsQuery,
    ),
    responses(
        (status = 200, description = "All revisions that the asker may see", body = ListView<RevisionView>),
        (status = 400, response = BadQuery),
        (status = 401, response = Unauthorized),
        (status = 404, response = NotFound),
        (status = 410, response = Gone),
        (status = 429, response = TooManyRequests),
    ),
)]
#[get("/datasets/{slug}/revisions")]
pub async fn list_revisions(
    house: Data<House>,
    asker: Asker,
    slug: Path<Named<Slug>>,
    asked: Ask<RevisionsQuery>,
) -> Result<Answer, Problem> {
    let (slug, asker) = (slug.get()?, asker.0.as_ref());
    let dataset = browse::dataset(&house.store, asker, &slug).await?;
    let revisions = match read_as_of(asked.0.as_of.as_deref())? {
        Some(as_of) => vec![as_of::revision(&house.store, asker, &slug, as_of).await?],
        None => browse::revisions(&house.store, asker, &slug).await?,
    };
    let views = revisions.iter();
    let views = views.map(|revision| RevisionView::seen_by(asker, &dataset, revision, &house.iris));
    Ok(Answer::json(&ListView::whole(views.collect())).varies("authorization"))
}

/// Show one revision
#[utoipa::path(
    tag = "revisions",
    operation_id = "show_revision",
    security((), ("token" = [])),
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        ("number" = u32, Path, description = "The revision's number", example = 1),
    ),
    responses(
        (status = 200, description = "The revision", body = RevisionView),
        (status = 401, response = Unauthorized),
        (status = 404, response = NotFound),
        (status = 410, response = Gone),
        (status = 429, response = TooManyRequests),
    ),
)]
#[get("/datasets/{slug}/revisions/{number}")]
pub async fn show_revision(house: Data<House>, asker: Asker, path: RevisionPath) -> Result<Answer, Problem> {
    let (slug, number) = named(&path.0, &path.1)?;
    let asker = asker.0.as_ref();
    let dataset = browse::dataset(&house.store, asker, &slug).await?;
    let revision = browse::revision(&house.store, asker, &slug, number).await?;
    let view = RevisionView::seen_by(asker, &dataset, &revision, &house.iris);
    Ok(Answer::json(&view).varies("authorization"))
}

/// Show what was found in a revision's file
#[utoipa::path(
    tag = "revisions",
    operation_id = "show_report",
    security((), ("token" = [])),
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        ("number" = u32, Path, description = "The revision's number", example = 1),
    ),
    responses(
        (status = 200, description = "The report, in the reader's language", body = ReportView),
        (status = 401, response = Unauthorized),
        (status = 404, response = NotFound),
        (status = 410, response = Gone),
        (status = 429, response = TooManyRequests),
    ),
)]
#[get("/datasets/{slug}/revisions/{number}/report")]
pub async fn show_report(
    house: Data<House>,
    asker: Asker,
    path: RevisionPath,
    reader: Reader,
) -> Result<Answer, Problem> {
    let (slug, number) = named(&path.0, &path.1)?;
    let report = browse::report(&house.store, asker.0.as_ref(), &slug, number).await?;
    Ok(Answer::json(&ReportView::new(&report, reader.0)).varies("accept-language, authorization"))
}

/// Download everything that was found in a revision's file
///
/// Every finding, one line each, listed in the report or not: the file as it came is judged once more.
#[utoipa::path(
    tag = "revisions",
    operation_id = "download_report",
    security((), ("token" = [])),
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        ("number" = u32, Path, description = "The revision's number", example = 1),
    ),
    responses(
        (status = 200, description = "The findings, in the reader's language", body = String, content_type = "text/csv",
         example = "file,severity,code,row,column,column_letter,field,value,message,hint\n"),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 401, response = Unauthorized),
        (status = 404, response = NotFound),
        (status = 410, response = Gone),
        (status = 429, response = TooManyRequests),
    ),
)]
#[get("/datasets/{slug}/revisions/{number}/report.csv")]
pub async fn download_report(
    house: Data<House>,
    asker: Asker,
    path: RevisionPath,
    reader: Reader,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (slug, number) = named(&path.0, &path.1)?;
    let report = browse::report(&house.store, asker.0.as_ref(), &slug, number).await?;
    let revision = browse::revision(&house.store, asker.0.as_ref(), &slug, number).await?;
    let kept = browse::open(&house.store, &revision.sha256).await?;
    let mut bytes = KeptBytes::of(kept.stream);
    let (schemas, city) = (house.schemas.clone(), browse::city(&house.store).await?.place());
    let judging = tokio::task::spawn_blocking(move || {
        let schema = report.schema.as_ref().and_then(|fit| schemas.get(&fit.id));
        let expected = schema.map_or(Expected::AnyTable, Expected::Schema);
        let answered = |question: &Question| Some((question.key(), question.answer.clone()?));
        let answers: Vec<(String, String)> = report.questions.iter().filter_map(answered).collect();
        let options = Options {
            file_name: revision.file_name,
            expected,
            answers: &answers,
            city: Some(&city),
            ..Options::default()
        };
        let findings = every_finding(&mut bytes, &schemas, &options, reader.0);
        bytes.close().map(|()| findings)
    });
    let findings = judging.await.map_err(|error| Problem::fault(&error))??;
    let file = findings.map_err(|cause| Problem::fault(&cause))?;
    let mut answer = match unchanged(&request, file.tag()) {
        Some(known) => known,
        None => file.answer("text/csv; charset=utf-8", &format!("{slug}-{number}-report.csv")),
    };
    answer.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-language, authorization"));
    Ok(answer)
}
