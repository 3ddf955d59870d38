//! The front page, the page that explains a kind of problem, and the pages' own files.

use actix_web::http::header;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use catalog::query::Query;
use catalog::{browse, dcat};
use rust_embed::Embed;

use crate::answer::Answer;
use crate::handlers::catalog::Words;
use crate::handlers::things;
use crate::links;
use crate::negotiate::{self, Form};
use crate::pages;
use crate::prepared::Key;
use crate::problem::responses::NotFound;
use crate::problem::{Kind, Problem};
use crate::state::House;

#[derive(Embed)]
#[folder = "assets/"]
struct Assets;

/// What this is and where to go
///
/// The IRI of the municipality, `/#city`, leads here too: harvesters get linked data about it.
#[utoipa::path(
    tag = "service",
    operation_id = "home",
    responses(
        (status = 200, description = "A page for people, or the municipality in linked data", content(
            (String = "text/html", example = "<!doctype html>"),
            (String = "text/turtle", example = "<http://127.0.0.1:8080/#city> a foaf:Agent ."),
            (String = "application/rdf+xml", example = "<rdf:RDF/>"),
            (Object = "application/ld+json", example = json!({"@graph": []})),
        )),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
    ),
)]
#[get("/")]
pub async fn home(house: Data<House>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    // Whoever asks for something else gets the page all the same: it is the way in.
    let form = negotiate::choose(&request, &negotiate::PAGE_OR_RDF).unwrap_or(Form::Html);
    let make = async || {
        let answer = match form {
            Form::Rdf(syntax) => {
                let words = Words::read(&house).await?;
                things::rdf(&dcat::publisher(&words.scope(&house)), syntax)
            }
            Form::Html | Form::Json => {
                let city = browse::city(&house.store).await?;
                let latest = Query { limit: 5, ..Query::default() };
                let listing = browse::datasets(&house.store, None, &latest).await?;
                let plan = ::plan::plan(&house.plans).await?;
                Answer::html(pages::home(&house.iris, &city, &listing, &plan))
            }
        };
        Ok(links::of_home(answer, &house.iris).varies("accept"))
    };
    house.prepared.respond(&request, Key::new("home", form.media_type()), make).await
}

/// Where the API is described
#[utoipa::path(
    tag = "service",
    operation_id = "api_root",
    responses((status = 303, description = "The description of the API")),
)]
#[get("/api/v1")]
pub async fn api_root(house: Data<House>) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, format!("{}/docs/", house.iris.base())))
        .finish()
}

/// What a kind of problem means
#[utoipa::path(
    tag = "service",
    operation_id = "problem",
    params(("code" = String, Path, description = "The problem's `code`", example = "no-such-dataset")),
    responses(
        (status = 200, description = "A page for people", body = String, content_type = "text/html", example = "<!doctype html>"),
        (status = 404, response = NotFound),
    ),
)]
#[get("/problems/{code}")]
pub async fn problem(house: Data<House>, code: Path<String>) -> Result<Answer, Problem> {
    let kind = Kind::from_code(&code).ok_or_else(no_such_page)?;
    let city = browse::city(&house.store).await?;
    Ok(Answer::html(pages::kind_of_problem(&house.iris, &city, kind)))
}

/// A file that the pages use
#[utoipa::path(
    tag = "service",
    operation_id = "asset",
    params(("name" = String, Path, description = "The file's name", example = "hiyori.css")),
    responses(
        (status = 200, description = "The file", body = String, content_type = "text/css", example = "body {}"),
        (status = 404, response = NotFound),
    ),
)]
#[get("/assets/{name}")]
pub async fn asset(
    house: Data<House>,
    name: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let make = async || {
        let file = Assets::get(&name).ok_or_else(no_such_page)?;
        Ok(Answer::new("text/css; charset=utf-8", file.data.into_owned()))
    };
    house.prepared.respond(&request, Key::new(format_args!("asset {name}"), "css"), make).await
}

fn no_such_page() -> Problem {
    Problem::new(Kind::NoSuchPage, "ここには何もありません。", "There is nothing here.")
}
