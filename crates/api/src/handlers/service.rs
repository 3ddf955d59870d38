//! Whether the service lives and can work, and what it offers.

use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpMessage, HttpRequest, HttpResponse, get};

use crate::address::{Neighbours, Origin};
use crate::answer::Answer;
use crate::log::chain;
use crate::metrics;
use crate::openapi;
use crate::prepared::Key;
use crate::problem::responses::{NotFound, NotReady};
use crate::problem::{Kind, Problem};
use crate::state::House;
use crate::views::service::HealthView;

/// Whether the program lives
#[utoipa::path(
    tag = "service",
    operation_id = "healthz",
    responses((status = 200, description = "It lives", body = HealthView)),
)]
#[get("/healthz")]
pub async fn healthz() -> HttpResponse {
    HttpResponse::Ok().insert_header(("Cache-Control", "no-store")).json(HealthView::OK)
}

/// Whether the program can read and write
#[utoipa::path(
    tag = "service",
    operation_id = "readyz",
    responses(
        (status = 200, description = "It can", body = HealthView),
        (status = 503, response = NotReady),
    ),
)]
#[get("/readyz")]
pub async fn readyz(house: Data<House>) -> Result<HttpResponse, Problem> {
    if let Err(cause) = house.store.ready().await {
        let cause = chain(&cause);
        tracing::warn!(error = %cause, "not ready: {cause}");
        return Err(Problem::not_ready());
    }
    Ok(HttpResponse::Ok().insert_header(("Cache-Control", "no-store")).json(HealthView::OK))
}

/// What is counted, for Prometheus
///
/// For this machine and private networks unless `HIYORI_METRICS_FROM` says otherwise; nobody else finds anything here.
#[utoipa::path(
    tag = "service",
    operation_id = "metrics",
    responses(
        (status = 200, description = "The text format of Prometheus", body = String, content_type = "text/plain",
         example = "# TYPE hiyori_requests_in_flight gauge\nhiyori_requests_in_flight 1\n"),
        (status = 404, response = NotFound),
    ),
)]
#[get("/metrics")]
pub async fn show_metrics(
    neighbours: Data<Neighbours>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let origin = request.extensions().get::<Origin>().copied();
    if !origin.is_some_and(|origin| !origin.by_stranger && neighbours.metrics_from.hold(origin.client)) {
        return Err(Problem::new(
            Kind::NoSuchPage,
            "`/metrics` には何もありません。入り口は / 、API の一覧は /docs にあります。",
            "There is nothing at `/metrics`. Start at / ; /docs lists the API.",
        ));
    }
    let mut answer = HttpResponse::Ok();
    answer.content_type("text/plain; version=0.0.4; charset=utf-8");
    Ok(answer.insert_header((header::CACHE_CONTROL, "no-store")).body(metrics::text()))
}

/// The OpenAPI document of this service
#[utoipa::path(
    tag = "service",
    operation_id = "openapi",
    responses((status = 200, description = "OpenAPI 3.1", body = Object, example = json!({"openapi": "3.1.0"}))),
)]
#[get("/openapi.json")]
pub async fn openapi_json(house: Data<House>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let make = async || Ok(Answer::new("application/json", openapi::document_bytes().to_vec()));
    house.prepared.respond(&request, Key::new("openapi", "json"), make).await
}
