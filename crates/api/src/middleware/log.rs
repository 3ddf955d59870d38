//! One line a request, and the number by which it can be found again.
//!
//! No query string, as people put secrets there; no address, no name of a browser. The number is the answer's
//! `X-Request-Id`, stands in every line that is written on the way, and in the answer to a fault of ours.

use std::cell::Cell;
use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage};
use tracing::{Instrument, info_span};

use crate::address::{Neighbours, Origin};
use crate::log::access;
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
    let id = id(request.headers(), origin);
    request.extensions_mut().insert(RequestId(id.clone()));
    if let Some(origin) = origin {
        request.extensions_mut().insert(origin);
    }
    let method = request.method().clone();
    let path = request.path().to_owned();
    // What stands before every line that is written on the way.
    let span = info_span!("request", request.id = %id, http.method = %method, http.path = %path);
    let began = Instant::now();
    let answering = async {
        let mut response = next.call(request).await?;
        let (status, took) = (response.status(), began.elapsed());
        let route = response.request().match_pattern();
        metrics::answered(method.as_str(), route.as_deref().unwrap_or("none"), status.as_u16(), took);
        access::line(&id, method.as_str(), &path, status, took);
        put_id(response.headers_mut(), &id);
        Ok(response)
    };
    answering.instrument(span).await
}

/// The number of a request with these headers.
pub fn id(headers: &HeaderMap, origin: Option<Origin>) -> String {
    given(headers, origin).unwrap_or_else(made)
}

/// Tells the number with an answer.
pub fn put_id(headers: &mut HeaderMap, id: &str) {
    if let Ok(value) = HeaderValue::from_str(id) {
        headers.insert(X_REQUEST_ID, value);
    }
}

/// The number that a trusted proxy gave, where it reads as one.
fn given(headers: &HeaderMap, origin: Option<Origin>) -> Option<String> {
    let id = headers.get(X_REQUEST_ID)?.to_str().ok()?;
    let reads =
        (1..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (reads && origin?.by_proxy).then(|| id.to_owned())
}

/// 128 bits that no other request has: what this thread drew at its beginning, and how many it has numbered since.
fn made() -> String {
    thread_local! {
        static NEXT: Cell<u128> = const { Cell::new(0) };
    }
    let number = match NEXT.get() {
        0 => {
            let mut bits = [0; 16];
            // Without randomness the number is only less telling.
            let _ = getrandom::fill(&mut bits);
            u128::from_be_bytes(bits) | 1
        }
        next => next,
    };
    NEXT.set(number.wrapping_add(1));
    format!("{number:032x}")
}
