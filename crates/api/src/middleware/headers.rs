//! Headers that every answer carries.

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;

/// Answers are open to every page on the web, with the headers that such a page may look at; they are what they say they
/// are, are shown in no frame, and load nothing from elsewhere.
pub const EVERYWHERE: [(HeaderName, HeaderValue); 6] = [
    (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
    (
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static(
            "accept-ranges, allow, content-disposition, content-encoding, content-location, content-range, etag, link, \
             location, retry-after, vary, x-request-id",
        ),
    ),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (
        header::CONTENT_SECURITY_POLICY,
        // Swagger UI under /docs sets styles and draws icons from data: addresses.
        HeaderValue::from_static(
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
             connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        ),
    ),
];

/// Answers to somebody who sent a token are theirs alone: nothing in between keeps them for others.
const PRIVATE: HeaderValue = HeaderValue::from_static("private, no-store");

/// Adds them where an answer has none of its own.
pub async fn add(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let signed = request.headers().contains_key(header::AUTHORIZATION);
    let mut response = next.call(request).await?;
    if signed {
        response.headers_mut().insert(header::CACHE_CONTROL, PRIVATE);
    }
    for (name, value) in EVERYWHERE {
        if !response.headers().contains_key(&name) {
            response.headers_mut().insert(name, value);
        }
    }
    Ok(response)
}
