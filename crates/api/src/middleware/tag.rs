//! A tag names one sequence of bytes: once an answer is compressed, its tag says how (RFC 9110 §8.8.3.3).

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::Next;

/// Marks the tag of a compressed answer: `"abc"` becomes `"abc-gzip"`. The coding `identity`, by which an answer says that it is
/// not to be compressed, is taken off: HTTP has no such header (RFC 9110 §8.4.1).
pub async fn mark(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let mut response = next.call(request).await?;
    let headers = response.headers_mut();
    if headers.get(header::CONTENT_ENCODING).is_some_and(|coding| coding == "identity") {
        headers.remove(header::CONTENT_ENCODING);
    }
    let marked = match (headers.get(header::ETAG), headers.get(header::CONTENT_ENCODING)) {
        (Some(tag), Some(encoding)) => tag
            .to_str()
            .ok()
            .zip(encoding.to_str().ok())
            .and_then(|(tag, encoding)| Some((tag.strip_suffix('"')?, encoding)))
            .and_then(|(tag, encoding)| HeaderValue::from_str(&format!("{tag}-{encoding}\"")).ok()),
        _ => None,
    };
    if let Some(marked) = marked {
        headers.insert(header::ETAG, marked);
    }
    Ok(response)
}
