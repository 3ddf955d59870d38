//! `/departments/{slug}`: an office that answers for datasets.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use catalog::query::Query;
use catalog::{Slug, browse, dcat};

use super::{liked, named, rdf};
use crate::answer::Answer;
use crate::handlers::catalog::Words;
use crate::named::Named;
use crate::negotiate::Form;
use crate::pages;
use crate::problem::Problem;
use crate::problem::responses::{NotAcceptable, NotFound};
use crate::state::House;
use crate::views::department::DepartmentView;

/// A department's IRI
#[utoipa::path(
    tag = "harvest",
    operation_id = "department_thing",
    params(("slug" = String, Path, description = "The department's stable name", example = "dx")),
    responses(
        (status = 200, description = "The department", content(
            (String = "text/html", example = "<!doctype html>"),
            (DepartmentView = "application/json"),
            (String = "text/turtle", example = "<http://127.0.0.1:8080/departments/dx> a foaf:Agent ."),
            (String = "application/rdf+xml", example = "<rdf:RDF/>"),
            (Object = "application/ld+json", example = json!({"@graph": []})),
        )),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 404, response = NotFound),
        (status = 406, response = NotAcceptable),
    ),
)]
#[get("/departments/{slug}")]
pub async fn department_thing(
    house: Data<House>,
    slug: Path<Named<Slug>>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let slug = slug.get()?;
    let thing = format!("department {slug}");
    liked(&house, &request, thing, async |form| show(&house, &slug, form).await).await
}

/// A department in the form that the extension names
#[utoipa::path(
    tag = "harvest",
    operation_id = "department_in_form",
    params(
        ("slug" = String, Path, description = "The department's stable name", example = "dx"),
        ("extension" = String, Path, description = "`html`, `json`, `ttl`, `rdf` or `jsonld`", example = "ttl"),
    ),
    responses(
        (status = 200, description = "The department", content(
            (String = "text/turtle", example = "<http://127.0.0.1:8080/departments/dx> a foaf:Agent ."),
            (String = "application/rdf+xml", example = "<rdf:RDF/>"),
            (Object = "application/ld+json", example = json!({"@graph": []})),
            (DepartmentView = "application/json"),
        )),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 404, response = NotFound),
    ),
)]
#[get("/departments/{slug}.{extension}")]
pub async fn department_in_form(
    house: Data<House>,
    path: Path<(Named<Slug>, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let slug = path.0.get()?;
    let thing = format!("department {slug}");
    named(&house, &request, thing, &path.1, async |form| show(&house, &slug, form).await).await
}

async fn show(house: &House, slug: &Slug, form: Form) -> Result<Answer, Problem> {
    let department = browse::department(&house.store, slug).await?;
    let words = Words::read(house).await?;
    Ok(match form {
        Form::Html => {
            let query = Query { department: Some(department.slug.clone()), limit: 100, ..Default::default() };
            let listing = browse::datasets(&house.store, None, &query).await?;
            Answer::html(pages::department(&house.iris, &words.city, &department, &listing))
        }
        Form::Json => Answer::json(&DepartmentView::new(department, &house.iris)),
        Form::Rdf(syntax) => rdf(&dcat::department(&words.scope(house), &department), syntax),
    })
}
