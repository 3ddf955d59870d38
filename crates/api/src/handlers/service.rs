//! Whether the service lives and can work, what it offers, and what robots may read.

use actix_web::web::Data;
use actix_web::{HttpResponse, get};

use crate::answer::Answer;
use crate::openapi;
use crate::problem::responses::NotReady;
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
        tracing::warn!(error = %cause, "not ready: {cause}");
        return Err(Problem::new(
            Kind::NotReady,
            "データベースかファイルの置き場所に書き込めません。",
            "The database or the file store cannot be written to.",
        ));
    }
    Ok(HttpResponse::Ok().insert_header(("Cache-Control", "no-store")).json(HealthView::OK))
}

/// The OpenAPI document of this service
#[utoipa::path(
    tag = "service",
    operation_id = "openapi",
    responses((status = 200, description = "OpenAPI 3.1", body = Object, example = json!({"openapi": "3.1.0"}))),
)]
#[get("/openapi.json")]
pub async fn openapi_json() -> Answer {
    Answer::new("application/json", openapi::document_bytes().to_vec())
}

/// What robots may read
#[utoipa::path(
    tag = "service",
    operation_id = "robots",
    responses((status = 200, description = "Everything", body = String, content_type = "text/plain", example = "User-agent: *\nAllow: /\n")),
)]
#[get("/robots.txt")]
pub async fn robots() -> Answer {
    Answer::new("text/plain; charset=utf-8", b"User-agent: *\nAllow: /\n".to_vec())
}
