//! `/distributions/{slug}/{format}`: one form of a dataset as it stands now; with a number between them, of one revision.
//!
//! People and programs are led to the page or the JSON of what it is a form of.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use catalog::browse::{self, InDetail};
use catalog::dcat::{self, Detail, Syntax};
use catalog::{CatalogError, Format, Slug};

use super::{rdf, see};
use crate::answer::Answer;
use crate::handlers::catalog::Words;
use crate::handlers::{downloads, revisions};
use crate::links;
use crate::named::Named;
use crate::negotiate::{self, Form};
use crate::prepared::{Key, Thing};
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
    let form = negotiate::choose(&request, &negotiate::ALL)?;
    show(&house, &slug, None, &path.1, form, &request).await
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
    show(&house, &slug, None, &path.1, Form::of_extension(&path.2)?, &request).await
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
    let form = negotiate::choose(&request, &negotiate::ALL)?;
    show(&house, &slug, Some(number), &path.2, form, &request).await
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
    show(&house, &slug, Some(number), &path.2, Form::of_extension(&path.3)?, &request).await
}

/// The distribution of the revision `number`, or of the current one, in `form`.
async fn show(
    house: &House,
    slug: &Slug,
    number: Option<u32>,
    format: &str,
    form: Form,
    request: &HttpRequest,
) -> Result<HttpResponse, Problem> {
    if let Form::Rdf(syntax) = form {
        let of = number.map(|number| number.to_string()).unwrap_or_default();
        let thing = Thing::of(slug, format_args!("distribution {of} {format}"));
        let key = Key::new(thing, syntax.media_type());
        let make = async || describe(house, &Found::find(house, slug, number, format).await?, syntax).await;
        return house.prepared.respond(request, key, make).await;
    }
    Found::find(house, slug, number, format).await?;
    let iris = &house.iris;
    Ok(see(&match (form, number) {
        (Form::Json, None) => iris.dataset_json(slug),
        (Form::Json, Some(number)) => iris.revision(slug, number),
        (_, None) => iris.dataset(slug),
        (_, Some(number)) => iris.dataset_revision(slug, number),
    }))
}

/// A distribution with what it is of.
struct Found {
    seen: InDetail,
    /// Whether it is named by its revision's number.
    is_frozen: bool,
    format: Format,
}

impl Found {
    async fn find(house: &House, slug: &Slug, number: Option<u32>, format: &str) -> Result<Found, Problem> {
        let seen = browse::in_detail(&house.store, slug, number).await?;
        let revision = match number {
            Some(_) => seen.revisions.first(),
            None => seen.dataset.current.as_ref(),
        };
        let revision = revision.ok_or_else(|| CatalogError::NoSuchDataset(slug.clone()))?;
        let format = downloads::find(house, slug, revision, format).await?.format;
        Ok(Found { seen, is_frozen: number.is_some(), format })
    }
}

async fn describe(house: &House, found: &Found, syntax: Syntax) -> Result<Answer, Problem> {
    let Found { seen, is_frozen, format } = found;
    let words = Words::read(house).await?;
    let scope = words.scope(house);
    let detail = Detail { report: Some(&seen.report), ..Detail::default() };
    let triples = match seen.revisions.first().filter(|_| *is_frozen) {
        Some(revision) => dcat::revision_distribution(&scope, &seen.dataset, revision, *format, &detail),
        None => dcat::distribution(&scope, &seen.dataset, *format, &detail),
    };
    Ok(links::of_dataset(rdf(&triples, syntax).varies("accept"), &seen.dataset, &house.iris))
}
