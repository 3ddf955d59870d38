//! `/vocabulary`: the words of our own in linked data, and what they mean.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use catalog::dcat;
use catalog::dcat::words::Word;
use plan::linked;

use super::{liked, named, rdf};
use crate::answer::Answer;
use crate::handlers::catalog::Words;
use crate::negotiate::Form;
use crate::pages;
use crate::problem::Problem;
use crate::problem::responses::{NotAcceptable, NotFound};
use crate::state::House;
use crate::views::listing::ListView;
use crate::views::vocabulary::WordView;

/// The IRI of our own vocabulary
///
/// Metrics of quality, and what the plan needs: words for which no vocabulary in wide use has a term.
#[utoipa::path(
    tag = "harvest",
    operation_id = "vocabulary_thing",
    responses(
        (status = 200, description = "The vocabulary", content(
            (String = "text/html", example = "<!doctype html>"),
            (ListView<WordView> = "application/json"),
            (String = "text/turtle", example = "<http://127.0.0.1:8080/vocabulary#rows> a dqv:Metric ."),
            (String = "application/rdf+xml", example = "<rdf:RDF/>"),
            (Object = "application/ld+json", example = json!({"@graph": []})),
        )),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 406, response = NotAcceptable),
    ),
)]
#[get("/vocabulary")]
pub async fn vocabulary_thing(house: Data<House>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    liked(&house, &request, "vocabulary", async |form| show(&house, form).await).await
}

/// Our own vocabulary in the form that the extension names
#[utoipa::path(
    tag = "harvest",
    operation_id = "vocabulary_in_form",
    params(("extension" = String, Path, description = "`html`, `json`, `ttl`, `rdf` or `jsonld`", example = "ttl")),
    responses(
        (status = 200, description = "The vocabulary", content(
            (String = "text/turtle", example = "<http://127.0.0.1:8080/vocabulary#rows> a dqv:Metric ."),
            (String = "application/rdf+xml", example = "<rdf:RDF/>"),
            (Object = "application/ld+json", example = json!({"@graph": []})),
            (ListView<WordView> = "application/json"),
        )),
        (status = 304, description = "Unchanged since the ETag in If-None-Match"),
        (status = 404, response = NotFound),
    ),
)]
#[get("/vocabulary.{extension}")]
pub async fn vocabulary_in_form(
    house: Data<House>,
    extension: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    named(&house, &request, "vocabulary", &extension, async |form| show(&house, form).await).await
}

async fn show(house: &House, form: Form) -> Result<Answer, Problem> {
    let ours: Vec<Word> = dcat::own_words().chain(linked::own_words()).collect();
    let views = || ours.iter().map(|word| WordView::new(word, &house.iris)).collect();
    let words = Words::read(house).await?;
    Ok(match form {
        Form::Html => Answer::html(pages::vocabulary(&house.iris, &words.city, views())),
        Form::Json => Answer::json(&ListView::whole(views())),
        Form::Rdf(syntax) => rdf(&dcat::vocabulary(&words.scope(house), &ours), syntax),
    })
}
