//! `/datasets/{slug}/revisions/{number}`: a revision, which never changes.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use catalog::dcat::{self, Detail};
use catalog::{CatalogError, Slug, browse};

use super::{liked, named, rdf};
use crate::answer::Answer;
use crate::handlers::catalog::Words;
use crate::handlers::revisions::{self, RevisionPath};
use crate::links;
use crate::named::Named;
use crate::negotiate::Form;
use crate::pages;
use crate::prepared::Thing;
use crate::problem::Problem;
use crate::problem::responses::{Gone, NotAcceptable, NotFound};
use crate::state::House;
use crate::views::revision::RevisionView;

/// A revision's IRI
///
/// A page, JSON, Turtle, RDF/XML or JSON-LD, as `Accept` likes best. In linked data it is a dataset that never changes, with
/// its frozen distributions, and it tells which revision came before it.
#[utoipa::path(
    tag = "harvest",
    operation_id = "revision_thing",
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        ("number" = u32, Path, description = "The revision's number", example = 1),
    ),
    responses(
        (status = 200, description = "The revision", content(
            (String = "text/html", example = "<!doctype html>"),
            (RevisionView = "application/json"),
            (String = "text/turtle", example = "<http://127.0.0.1:8080/datasets/open-data-list/revisions/1> a dcat:Dataset ."),
            (String = "application/rdf+xml", example = "<rdf:RDF/>"),
            (Object = "application/ld+json", example = json!({"@graph": []})),
        )),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 404, response = NotFound),
        (status = 406, response = NotAcceptable),
        (status = 410, response = Gone),
    ),
)]
#[get("/datasets/{slug}/revisions/{number}")]
pub async fn revision_thing(
    house: Data<House>,
    path: RevisionPath,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (slug, number) = revisions::named(&path.0, &path.1)?;
    let thing = Thing::of(&slug, format_args!("revision {number}"));
    liked(&house, &request, thing, async |form| show(&house, &slug, number, form).await).await
}

/// A revision in the form that the extension names
#[utoipa::path(
    tag = "harvest",
    operation_id = "revision_in_form",
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        ("number" = u32, Path, description = "The revision's number", example = 1),
        ("extension" = String, Path, description = "`html`, `json`, `ttl`, `rdf` or `jsonld`", example = "ttl"),
    ),
    responses(
        (status = 200, description = "The revision", content(
            (String = "text/turtle", example = "<http://127.0.0.1:8080/datasets/open-data-list/revisions/1> a dcat:Dataset ."),
            (String = "application/rdf+xml", example = "<rdf:RDF/>"),
            (Object = "application/ld+json", example = json!({"@graph": []})),
            (RevisionView = "application/json"),
        )),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 404, response = NotFound),
        (status = 410, response = Gone),
    ),
)]
#[get("/datasets/{slug}/revisions/{number}.{extension}")]
pub async fn revision_in_form(
    house: Data<House>,
    path: Path<(Named<Slug>, String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (slug, number) = revisions::named(&path.0, &path.1)?;
    let thing = Thing::of(&slug, format_args!("revision {number}"));
    named(&house, &request, thing, &path.2, async |form| show(&house, &slug, number, form).await).await
}

async fn show(house: &House, slug: &Slug, number: u32, form: Form) -> Result<Answer, Problem> {
    let words = Words::read(house).await?;
    let seen = browse::in_detail(&house.store, slug, Some(number)).await?;
    let none = || CatalogError::NoSuchRevision { slug: slug.clone(), number };
    let revision = seen.revisions.first().ok_or_else(none)?;
    let answer = match form {
        Form::Html => Answer::html(pages::revision(&words, &seen.dataset, revision, house)),
        Form::Json => Answer::json(&RevisionView::new(slug, revision, &house.iris)),
        Form::Rdf(syntax) => {
            let detail = Detail { revisions: &seen.revisions, report: Some(&seen.report), cited_by: &[] };
            rdf(&dcat::revision(&words.scope(house), &seen.dataset, revision, &detail), syntax)
        }
    };
    Ok(links::of_dataset(answer, &seen.dataset, &house.iris))
}
