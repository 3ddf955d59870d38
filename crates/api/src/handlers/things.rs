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
use actix_web::{HttpResponse, get};
use catalog::browse;
use catalog::dcat::{self, Syntax};

use crate::answer::Answer;
use crate::ask::Ask;
use crate::handlers::datasets::DatasetsQuery;
use crate::named::Address;
use crate::pages;
use crate::problem::Problem;
use crate::problem::responses::BadQuery;
use crate::state::House;

/// Triples in the syntax that was asked for.
pub fn rdf(triples: &[dcat::Triple], syntax: Syntax) -> Answer {
    Answer::new(syntax.media_type(), dcat::write(triples, syntax))
}

/// Leads to where a thing is shown in the form that was asked for.
pub fn see(place: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, place)).insert_header((header::VARY, "accept")).finish()
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
) -> Result<Answer, Problem> {
    let words = asked.0.q.clone().unwrap_or_default();
    let listing = browse::datasets(&house.store, None, &asked.0.read()?).await?;
    let city = browse::city(&house.store).await?;
    let next = listing.next.as_ref().map(|cursor| uri.with(&house.iris, "cursor", &cursor.to_string()));
    Ok(Answer::html(pages::datasets(&house.iris, &city, &words, &listing, next)))
}
