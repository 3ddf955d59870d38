//! `/distributions/{slug}/{format}`: one form of a dataset as it stands now; with a number between them, of one revision.
//!
//! People and programs are led to the page or the JSON of what it is a form of.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, Responder, get};
use catalog::browse::{self, InDetail};
use catalog::dcat::{self, Detail};
use catalog::{CatalogError, Slug};

use super::{rdf, see};
use crate::handlers::catalog::Words;
use crate::handlers::{downloads, revisions};
use crate::named::Named;
use crate::negotiate::{self, Form};
use crate::problem::Problem;
use crate::problem::responses::{Gone, NotAcceptable, NotFound, NotMadeYet};
use crate::state::House;

/// A distribution's IRI
///
/// Linked data as `Accept` likes best; people are led to the page of the dataset.
#[utoipa::path(
    tag = "harvest",
    operation_id = "distribution_thing",
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        ("format" = String, Path, description = "`csv`, `json`, `geojson`, `parquet` or `xlsx`", example = "csv"),
    ),
    responses(
        (status = 200, description = "The distribution", content(
            (String = "text/turtle", example = "<http://127.0.0.1:8080/distributions/open-data-list/csv> a dcat:Distribution ."),
            (String = "application/rdf+xml", example = "<rdf:RDF/>"),
            (Object = "application/ld+json", example = json!({"@graph": []})),
        )),
        (status = 303, description = "The page or the JSON of the dataset"),
        (status = 404, response = NotFound),
        (status = 406, response = NotAcceptable),
        (status = 410, response = Gone),
        (status = 503, response = NotMadeYet),
    ),
)]
#[get("/distributions/{slug}/{format}")]
pub async fn distribution_thing(
    house: Data<House>,
    path: Path<(Named<Slug>, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let slug = path.0.get()?;
    let seen = browse::in_detail(&house.store, &slug, None).await?;
    let form = negotiate::choose(&request, &negotiate::ALL)?;
    show(&house, &seen, &path.1, form, &request).await
}

/// A distribution in the form that the extension names
#[utoipa::path(
    tag = "harvest",
    operation_id = "distribution_in_form",
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        ("format" = String, Path, description = "`csv`, `json`, `geojson`, `parquet` or `xlsx`", example = "csv"),
        ("extension" = String, Path, description = "`html`, `json`, `ttl`, `rdf` or `jsonld`", example = "ttl"),
    ),
    responses(
        (status = 200, description = "The distribution", content(
            (String = "text/turtle", example = "<http://127.0.0.1:8080/distributions/open-data-list/csv> a dcat:Distribution ."),
            (String = "application/rdf+xml", example = "<rdf:RDF/>"),
            (Object = "application/ld+json", example = json!({"@graph": []})),
        )),
        (status = 303, description = "The page or the JSON of the dataset"),
        (status = 404, response = NotFound),
        (status = 410, response = Gone),
        (status = 503, response = NotMadeYet),
    ),
)]
#[get("/distributions/{slug}/{format}.{extension}")]
pub async fn distribution_in_form(
    house: Data<House>,
    path: Path<(Named<Slug>, String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let slug = path.0.get()?;
    let form = Form::of_extension(&path.2)?;
    let seen = browse::in_detail(&house.store, &slug, None).await?;
    show(&house, &seen, &path.1, form, &request).await
}

/// The IRI of a distribution that never changes
///
/// One form of one revision: its bytes and its checksum stay as they are.
#[utoipa::path(
    tag = "harvest",
    operation_id = "revision_distribution_thing",
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        ("number" = u32, Path, description = "The revision's number", example = 1),
        ("format" = String, Path, description = "`csv`, `json`, `geojson`, `parquet` or `xlsx`", example = "csv"),
    ),
    responses(
        (status = 200, description = "The distribution", content(
            (String = "text/turtle", example = "<http://127.0.0.1:8080/distributions/open-data-list/1/csv> a dcat:Distribution ."),
            (String = "application/rdf+xml", example = "<rdf:RDF/>"),
            (Object = "application/ld+json", example = json!({"@graph": []})),
        )),
        (status = 303, description = "The page or the JSON of the revision"),
        (status = 404, response = NotFound),
        (status = 406, response = NotAcceptable),
        (status = 410, response = Gone),
        (status = 503, response = NotMadeYet),
    ),
)]
#[get("/distributions/{slug}/{number}/{format}")]
pub async fn revision_distribution_thing(
    house: Data<House>,
    path: Path<(Named<Slug>, String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (slug, number) = revisions::named(&path.0, &path.1)?;
    let seen = browse::in_detail(&house.store, &slug, Some(number)).await?;
    let form = negotiate::choose(&request, &negotiate::ALL)?;
    show_frozen(&house, &seen, &path.2, form, &request).await
}

/// A distribution that never changes in the form that the extension names
#[utoipa::path(
    tag = "harvest",
    operation_id = "revision_distribution_in_form",
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        ("number" = u32, Path, description = "The revision's number", example = 1),
        ("format" = String, Path, description = "`csv`, `json`, `geojson`, `parquet` or `xlsx`", example = "csv"),
        ("extension" = String, Path, description = "`html`, `json`, `ttl`, `rdf` or `jsonld`", example = "ttl"),
    ),
    responses(
        (status = 200, description = "The distribution", content(
            (String = "text/turtle", example = "<http://127.0.0.1:8080/distributions/open-data-list/1/csv> a dcat:Distribution ."),
            (String = "application/rdf+xml", example = "<rdf:RDF/>"),
            (Object = "application/ld+json", example = json!({"@graph": []})),
        )),
        (status = 303, description = "The page or the JSON of the revision"),
        (status = 404, response = NotFound),
        (status = 410, response = Gone),
        (status = 503, response = NotMadeYet),
    ),
)]
#[get("/distributions/{slug}/{number}/{format}.{extension}")]
pub async fn revision_distribution_in_form(
    house: Data<House>,
    path: Path<(Named<Slug>, String, String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (slug, number) = revisions::named(&path.0, &path.1)?;
    let form = Form::of_extension(&path.3)?;
    let seen = browse::in_detail(&house.store, &slug, Some(number)).await?;
    show_frozen(&house, &seen, &path.2, form, &request).await
}

async fn show(
    house: &House,
    seen: &InDetail,
    format: &str,
    form: Form,
    request: &HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (slug, iris) = (&seen.dataset.slug, &house.iris);
    let current = seen.dataset.current.as_ref().ok_or_else(|| CatalogError::NoSuchDataset(slug.clone()))?;
    let format = downloads::find(house, slug, current, format).await?.format;
    match form {
        Form::Html => Ok(see(&iris.dataset(slug))),
        Form::Json => Ok(see(&iris.dataset_json(slug))),
        Form::Rdf(syntax) => {
            let words = Words::read(house).await?;
            let detail = Detail { report: Some(&seen.report), ..Detail::default() };
            let triples = dcat::distribution(&words.scope(house), &seen.dataset, format, &detail);
            Ok(rdf(&triples, syntax).varies("accept").respond_to(request))
        }
    }
}

async fn show_frozen(
    house: &House,
    seen: &InDetail,
    format: &str,
    form: Form,
    request: &HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (slug, iris) = (&seen.dataset.slug, &house.iris);
    let revision = seen.revisions.first().ok_or_else(|| CatalogError::NoSuchDataset(slug.clone()))?;
    let format = downloads::find(house, slug, revision, format).await?.format;
    match form {
        Form::Html => Ok(see(&iris.dataset_revision(slug, revision.number))),
        Form::Json => Ok(see(&iris.revision(slug, revision.number))),
        Form::Rdf(syntax) => {
            let words = Words::read(house).await?;
            let detail = Detail { report: Some(&seen.report), ..Detail::default() };
            let scope = words.scope(house);
            let triples = dcat::revision_distribution(&scope, &seen.dataset, revision, format, &detail);
            Ok(rdf(&triples, syntax).varies("accept").respond_to(request))
        }
    }
}
