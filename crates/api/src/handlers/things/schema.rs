//! `/schemas/{standard}/{id}`: a national schema, as the standard that datasets conform to.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use catalog::dcat;

use super::{liked, named, rdf};
use crate::answer::Answer;
use crate::handlers::catalog::Words;
use crate::handlers::schemas;
use crate::negotiate::Form;
use crate::pages;
use crate::problem::Problem;
use crate::problem::responses::{NotAcceptable, NotFound};
use crate::state::House;
use crate::views::schema::SchemaView;

/// A schema's IRI
#[utoipa::path(
    tag = "harvest",
    operation_id = "schema_thing",
    params(
        ("standard" = String, Path, description = "`hyojun` or `suisho`", example = "hyojun"),
        ("id" = String, Path, description = "Its name in the standard", example = "public_toilet"),
    ),
    responses(
        (status = 200, description = "The schema", content(
            (String = "text/html", example = "<!doctype html>"),
            (SchemaView = "application/json"),
            (String = "text/turtle", example = "<http://127.0.0.1:8080/schemas/hyojun/public_toilet> a dct:Standard ."),
            (String = "application/rdf+xml", example = "<rdf:RDF/>"),
            (Object = "application/ld+json", example = json!({"@graph": []})),
        )),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 404, response = NotFound),
        (status = 406, response = NotAcceptable),
    ),
)]
#[get("/schemas/{standard}/{id}")]
pub async fn schema_thing(
    house: Data<House>,
    id: Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (standard, name) = id.into_inner();
    let thing = format!("schema {standard}/{name}");
    liked(&house, &request, thing, async |form| show(&house, &standard, &name, form).await).await
}

/// A schema in the form that the extension names
#[utoipa::path(
    tag = "harvest",
    operation_id = "schema_in_form",
    params(
        ("standard" = String, Path, description = "`hyojun` or `suisho`", example = "hyojun"),
        ("id" = String, Path, description = "Its name in the standard", example = "public_toilet"),
        ("extension" = String, Path, description = "`html`, `json`, `ttl`, `rdf` or `jsonld`", example = "ttl"),
    ),
    responses(
        (status = 200, description = "The schema", content(
            (String = "text/turtle", example = "<http://127.0.0.1:8080/schemas/hyojun/public_toilet> a dct:Standard ."),
            (String = "application/rdf+xml", example = "<rdf:RDF/>"),
            (Object = "application/ld+json", example = json!({"@graph": []})),
            (SchemaView = "application/json"),
        )),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 404, response = NotFound),
    ),
)]
#[get("/schemas/{standard}/{id}.{extension}")]
pub async fn schema_in_form(
    house: Data<House>,
    id: Path<(String, String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (standard, name, extension) = id.into_inner();
    let thing = format!("schema {standard}/{name}");
    named(&house, &request, thing, &extension, async |form| show(&house, &standard, &name, form).await).await
}

async fn show(house: &House, standard: &str, name: &str, form: Form) -> Result<Answer, Problem> {
    let schema = schemas::find(&house.schemas, standard, name)?;
    let words = Words::read(house).await?;
    Ok(match form {
        Form::Html => Answer::html(pages::schema(&house.iris, &words.city, schema)),
        Form::Json => Answer::json(&SchemaView::new(schema, &house.iris)),
        Form::Rdf(syntax) => rdf(&dcat::schema(&words.scope(house), schema), syntax),
    })
}
