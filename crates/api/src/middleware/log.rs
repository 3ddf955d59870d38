//! One line a request, and the number by which it can be found again.
//!
//! No query string, as people put secrets there; no address, no name of a browser. The number is the answer's
//! `X-Request-Id`, stands in every line that is written on the way, and in the answer to a fault of ours.

use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage};
use tracing::{Instrument, info, info_span};

use crate::address::{Neighbours, Origin};
use crate::metrics;

/// The header that carries the number.
pub const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The number of a request.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

/// Numbers the request, says where it comes from, and writes the line when the answer's head is ready.
pub async fn line(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let origin = request
        .app_data::<Data<Neighbours>>()
        .and_then(|neighbours| Origin::of(&request, &neighbours.trusted_proxies));
    let id = given(&request, origin).unwrap_or_else(made);
    request.extensions_mut().insert(RequestId(id.clone()));
    if let Some(origin) = origin {
        request.extensions_mut().insert(origin);
    }
    let method = request.method().clone();
    let path = request.path().to_owned();
    let span = info_span!("request", request.id = %id, http.method = %method, http.path = %path);
    let began = Instant::now();
    let answering = async {
        let mut response = next.call(request).await?;
        let (status, took) = (response.status().as_u16(), began.elapsed());
        let route = response.request().match_pattern();
        metrics::answered(method.as_str(), route.as_deref().unwrap_or("none"), status, took);
        let elapsed_ms = took.as_millis() as u64;
        info!(http.status = status, elapsed_ms, "{method} {path} {status}");
        if let Ok(value) = HeaderValue::from_str(&id) {
            response.headers_mut().insert(X_REQUEST_ID, value);
        }
        Ok(response)
    };
    answering.instrument(span).await
}

/// The number that a trusted proxy gave, where it reads as one.
fn given(request: &ServiceRequest, origin: Option<Origin>) -> Option<String> {
    let id = request.headers().get(X_REQUEST_ID)?.to_str().ok()?;
    let reads =
        (1..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (reads && origin?.by_proxy).then(|| id.to_owned())
}

/// 128 random bits.
fn made() -> String {
    let mut bits = [0; 16];
    // Without randomness the number is only less telling.
    let _ = getrandom::fill(&mut bits);
    format!("{:032x}", u128::from_be_bytes(bits))
}
