//! One line a request. The query string stays out: people put secrets there.

use std::time::Instant;

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use tracing::{Instrument, info, info_span};

/// Writes the line when the answer's head is ready.
pub async fn line(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let method = request.method().clone();
    let path = request.path().to_owned();
    let span = info_span!("request", http.method = %method, http.path = %path);
    let began = Instant::now();
    let response = next.call(request).instrument(span).await;
    let status = match &response {
        Ok(response) => response.status().as_u16(),
        Err(error) => error.as_response_error().status_code().as_u16(),
    };
    let elapsed_ms = began.elapsed().as_millis() as u64;
    info!(http.method = %method, http.path = %path, http.status = status, elapsed_ms, "{method} {path} {status}");
    response
}
