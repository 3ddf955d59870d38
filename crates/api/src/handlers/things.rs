//! The IRIs of things: each answers a page to people, JSON to programs and linked data to harvesters.
//!
//! A thing answers at its IRI in the form that `Accept` likes best, and under `.html`, `.json`, `.ttl`, `.rdf` and
//! `.jsonld` in that form, whatever `Accept` says.

pub mod dataset;
pub mod department;
pub mod distribution;
pub mod plan;
pub mod revision;
pub mod schema;
pub mod vocabulary;

use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use catalog::browse;
use catalog::dcat::{self, Syntax};

use crate::answer::Answer;
use crate::ask::Ask;
use crate::handlers::datasets::DatasetsQuery;
use crate::links;
use crate::named::Address;
use crate::negotiate::{self, Form};
use crate::pages;
use crate::prepared::{Key, Thing};
use crate::problem::Problem;
use crate::problem::responses::BadQuery;
use crate::state::House;

/// A thing in the form that `request` likes best: as it is ready, or as `show` shows it now.
///
/// # Errors
/// [`Kind::NotAcceptable`](crate::problem::Kind::NotAcceptable) when it wants none of them, and what `show` refuses.
pub async fn liked(
    house: &House,
    request: &HttpRequest,
    thing: impl Into<Thing>,
    show: impl AsyncFnOnce(Form) -> Result<Answer, Problem>,
) -> Result<HttpResponse, Problem> {
    let form = negotiate::choose(request, &negotiate::ALL)?;
    let key = Key::new(thing, format_args!("{}, as liked", form.media_type()));
    house.prepared.respond(request, key, async || Ok(show(form).await?.varies("accept"))).await
}

/// A thing in the form that `extension` names, whatever `request` likes.
///
/// # Errors
/// [`Kind::NoSuchPage`](crate::problem::Kind::NoSuchPage) for another extension, and what `show` refuses.
pub async fn named(
    house: &House,
    request: &HttpRequest,
    thing: impl Into<Thing>,
    extension: &str,
    show: impl AsyncFnOnce(Form) -> Result<Answer, Problem>,
) -> Result<HttpResponse, Problem> {
    let form = Form::of_extension(extension)?;
    house.prepared.respond(request, Key::new(thing, form.media_type()), async || show(form).await).await
}

/// What is told in the syntax that was asked for.
pub fn rdf(told: &[dcat::Statement], syntax: Syntax) -> Answer {
    Answer::new(syntax.media_type(), dcat::write(told, syntax))
}

/// Leads to where a thing is shown in the form that was asked for.
pub fn see(place: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, place))
        .insert_header((header::VARY, "accept"))
        .finish()
}

/// The list of datasets, as a page
///
/// The same parameters as `/api/v1/datasets`.
#[utoipa::path(
    tag = "harvest",
    operation_id = "datasets_page",
    params(DatasetsQuery),
    responses(
        (status = 200, description = "A page for people", body = String, content_type = "text/html", example = "<!doctype html>"),
        (status = 400, response = BadQuery),
    ),
)]
#[get("/datasets")]
pub async fn datasets_page(
    house: Data<House>,
    uri: Address,
    asked: Ask<DatasetsQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let words = asked.0.q.clone().unwrap_or_default();
    let query = asked.0.read()?;
    let make = async || {
        let listing = browse::datasets(&house.store, None, &query).await?;
        let city = browse::city(&house.store).await?;
        let next = listing.next.as_ref().map(|cursor| uri.with(&house.iris, "cursor", &cursor.to_string()));
        let page = pages::datasets(&house, &city, &words, &query, &listing, &uri);
        Ok(links::of_list(Answer::html(page).next(next.as_deref()), &house.iris))
    };
    let key = Key::new(format_args!("datasets?{}", request.query_string()), "html");
    house.prepared.respond(&request, key, make).await
}
