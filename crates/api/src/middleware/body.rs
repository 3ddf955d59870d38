//! Bodies that are refused before anybody reads them.

use actix_web::Error;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::Next;

use crate::problem::{Kind, Problem};

/// Refuses a compressed body: a bomb would unpack in memory.
pub async fn refuse_packed(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let packed =
        request.headers().get(header::CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity");
    if packed {
        return Ok(request.error_response(Problem::new(
            Kind::UnsupportedBody,
            "圧縮した本文（Content-Encoding）は受け取れません。圧縮せずに送ってください。",
            "A body with a Content-Encoding is not taken: send it uncompressed.",
        )));
    }
    Ok(next.call(request).await?.map_into_boxed_body())
}
