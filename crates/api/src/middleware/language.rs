//! Writes problems in the reader's language: as JSON, or as a page for somebody who asked for one.
//!
//! Handlers and extractors answer with a [`Problem`] that is not written yet; refusals of the framework itself
//! carry none and get the one that stands for their status. Calls of the CKAN-compatible API are told as CKAN would.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage, HttpRequest, HttpResponse};
use catalog::browse;

use crate::handlers::ckan::actions::Action;
use crate::language::asked;
use crate::middleware::log::RequestId;
use crate::negotiate::{self, Form};
use crate::pages;
use crate::problem::{Kind, PROBLEM, Problem, ProblemView};
use crate::state::House;
use crate::views::ckan::failure;

/// Turns every refusal into an RFC 9457 problem.
pub async fn write_problems(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let language = asked(&request);
    let wants_page = !request.path().starts_with("/api/")
        && negotiate::choose(request.request(), &[Form::Json, Form::Html])
            .is_ok_and(|form| form == Form::Html);
    let (request, response) = {
        let response = next.call(request).await?;
        let (request, response) = response.into_parts();
        (request, response.map_into_boxed_body())
    };
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return Ok(ServiceResponse::new(request, response));
    }
    let problem = response.extensions().get::<Problem>().cloned();
    let problem = problem.unwrap_or_else(|| standing_for(status));
    let mut written = HttpResponse::build(problem.kind().status());
    for (name, value) in response.headers() {
        if name != header::CONTENT_TYPE && name != header::CONTENT_LENGTH {
            written.append_header((name.clone(), value.clone()));
        }
    }
    written.append_header((header::VARY, HeaderValue::from_static("accept, accept-language")));
    let problem = match request.extensions().get::<RequestId>() {
        Some(RequestId(id)) if problem.kind() == Kind::Fault => problem.with("request_id", id.as_str()),
        _ => problem,
    };
    if failure::is_call(request.path())
        && let Some(house) = request.app_data::<Data<House>>()
    {
        let name = request.path().rsplit('/').next().and_then(Action::named).unwrap_or(Action::HelpShow);
        let (status, body) = failure::of(&problem, language, &failure::help(&house.iris, name.name()));
        let answer = written.status(status).json(body);
        return Ok(ServiceResponse::new(request, answer));
    }
    let view = problem.view(language);
    if wants_page && let Some(page) = page(&request, &view).await {
        let answer = written.content_type("text/html; charset=utf-8").body(page);
        return Ok(ServiceResponse::new(request, answer));
    }
    let answer = written.content_type(PROBLEM).json(view);
    Ok(ServiceResponse::new(request, answer))
}

/// The problem as a page; `None` when not even the city's name can be read.
async fn page(request: &HttpRequest, problem: &ProblemView) -> Option<String> {
    let house = request.app_data::<Data<House>>()?;
    let city = browse::city(&house.store).await.ok()?;
    Some(pages::problem(&house.iris, &city, problem))
}

fn standing_for(status: StatusCode) -> Problem {
    let kind = Kind::of_status(status);
    let title = kind.title();
    Problem::new(kind, format!("{}。", title.ja), format!("{}.", title.en))
}
