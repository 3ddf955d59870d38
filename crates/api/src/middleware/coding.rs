//! Whoever takes no coding, not even the plain text, gets the plain text all the same: it serves a reader better than a
//! refusal (RFC 9110 §12.5.3 leaves the choice).

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::Next;

use crate::packing::takes_nothing;

/// Does not let an `Accept-Encoding` that excludes everything refuse the answer.
pub async fn give_plain(
    mut request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    if takes_nothing(request.headers()) {
        request.headers_mut().remove(header::ACCEPT_ENCODING);
    }
    next.call(request).await
}
