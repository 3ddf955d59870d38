//! `/datasets/{slug}`: a dataset as it stands now.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use catalog::dcat::{self, Detail};
use catalog::{Slug, browse};

use super::{liked, named, rdf};
use crate::answer::Answer;
use crate::handlers::catalog::Words;
use crate::handlers::datasets::settled;
use crate::links;
use crate::named::Named;
use crate::negotiate::Form;
use crate::pages;
use crate::prepared::Thing;
use crate::problem::Problem;
use crate::problem::responses::{Gone, NotAcceptable, NotFound};
use crate::state::House;
use crate::views::dataset::DatasetView;

/// A dataset's IRI
///
/// A page, JSON, Turtle, RDF/XML or JSON-LD, as `Accept` likes best. Linked data tells here what the catalog's pages
/// leave out: the revisions, the measurements of quality, and what of the plan names the dataset as its evidence.
#[utoipa::path(
    tag = "harvest",
    operation_id = "dataset_thing",
    params(("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list")),
    responses(
        (status = 200, description = "The dataset", content(
            (String = "text/html", example = "<!doctype html>"),
            (DatasetView = "application/json"),
            (String = "text/turtle", example = "<http://127.0.0.1:8080/datasets/open-data-list> a dcat:Dataset ."),
            (String = "application/rdf+xml", example = "<rdf:RDF/>"),
            (Object = "application/ld+json", example = json!({"@graph": []})),
        )),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 404, response = NotFound),
        (status = 406, response = NotAcceptable),
        (status = 410, response = Gone),
    ),
)]
#[get("/datasets/{slug}")]
pub async fn dataset_thing(
    house: Data<House>,
    slug: Path<Named<Slug>>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let slug = slug.get()?;
    let thing = Thing::of(&slug, "dataset");
    liked(&house, &request, thing, async |form| show(&house, &slug, form).await).await
}

/// A dataset in the form that the extension names
///
/// `html`, `json`, `ttl`, `rdf` or `jsonld`, whatever `Accept` says.
#[utoipa::path(
    tag = "harvest",
    operation_id = "dataset_in_form",
    params(
        ("slug" = String, Path, description = "The dataset's stable name", example = "open-data-list"),
        ("extension" = String, Path, description = "`html`, `json`, `ttl`, `rdf` or `jsonld`", example = "ttl"),
    ),
    responses(
        (status = 200, description = "The dataset", content(
            (String = "text/turtle", example = "<http://127.0.0.1:8080/datasets/open-data-list> a dcat:Dataset ."),
            (String = "application/rdf+xml", example = "<rdf:RDF/>"),
            (Object = "application/ld+json", example = json!({"@graph": []})),
            (DatasetView = "application/json"),
        )),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 404, response = NotFound),
        (status = 410, response = Gone),
    ),
)]
#[get("/datasets/{slug}.{extension}")]
pub async fn dataset_in_form(
    house: Data<House>,
    path: Path<(Named<Slug>, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let slug = path.0.get()?;
    let thing = Thing::of(&slug, "dataset");
    named(&house, &request, thing, &path.1, async |form| show(&house, &slug, form).await).await
}

async fn show(house: &House, slug: &Slug, form: Form) -> Result<Answer, Problem> {
    let words = Words::read(house).await?;
    if let Form::Rdf(syntax) = form {
        let seen = browse::in_detail(&house.store, slug, None).await?;
        let cited_by = cited_by(house, slug).await?;
        let detail = Detail { revisions: &seen.revisions, report: Some(&seen.report), cited_by: &cited_by };
        let answer = rdf(&dcat::dataset(&words.scope(house), &seen.dataset, &detail), syntax);
        // What the plan says of it has no time of its own here.
        let modified = if cited_by.is_empty() { settled(&seen.dataset) } else { None };
        return Ok(links::of_dataset(answer, &seen.dataset, &house.iris).modified(modified));
    }
    let dataset = browse::dataset(&house.store, None, slug).await?;
    let answer = match form {
        Form::Json => {
            Answer::json(&DatasetView::new(&dataset, &words.city, &house.iris)).modified(settled(&dataset))
        }
        // A page may look otherwise tomorrow, without the dataset having changed.
        _ => Answer::html(pages::dataset(&words, &dataset, house)),
    };
    Ok(links::of_dataset(answer, &dataset, &house.iris))
}

/// The IRIs of what of the plan names the dataset as its evidence.
async fn cited_by(house: &House, slug: &Slug) -> Result<Vec<String>, Problem> {
    let citing = plan::citing(&house.plans, slug).await?;
    let plan = citing.plan.then(|| house.iris.plan());
    let initiatives = citing.initiatives.iter().map(|code| house.iris.initiative(&code.to_string()));
    Ok(plan.into_iter().chain(initiatives).collect())
}
