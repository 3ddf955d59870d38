//! A tag names one sequence of bytes: once an answer is compressed, its tag says how (RFC 9110 §8.8.3.3).

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::middleware::Next;

use crate::prepared::marked;

/// Marks the tag of an answer that was compressed on its way: `"abc"` becomes `"abc-gzip"`. The coding `identity`, by which an
/// answer says that it is not to be compressed, is taken off: HTTP has no such header (RFC 9110 §8.4.1). What an answer depends on
/// is said in one `Vary`, each word once.
pub async fn mark(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let mut response = next.call(request).await?;
    let headers = response.headers_mut();
    if headers.get(header::CONTENT_ENCODING).is_some_and(|coding| coding == "identity") {
        headers.remove(header::CONTENT_ENCODING);
    }
    if let Some(marked) = newly_marked(headers) {
        headers.insert(header::ETAG, marked);
    }
    if let Some(vary) = in_one(headers) {
        headers.insert(header::VARY, vary);
    }
    Ok(response)
}

/// The tag with its mark, where it lacks one.
fn newly_marked(headers: &HeaderMap) -> Option<HeaderValue> {
    let tag = headers.get(header::ETAG)?.to_str().ok()?;
    let coding = headers.get(header::CONTENT_ENCODING)?.to_str().ok()?;
    let is_marked = tag.ends_with(&format!("-{coding}\""));
    if is_marked { None } else { HeaderValue::from_str(&marked(tag, coding)).ok() }
}

/// All values of `Vary` in one, where there are several.
pub fn in_one(headers: &HeaderMap) -> Option<HeaderValue> {
    let mut values = headers.get_all(header::VARY);
    if values.len() < 2 {
        return None;
    }
    let mut words: Vec<String> = Vec::new();
    for word in values.by_ref().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')) {
        let word = word.trim().to_ascii_lowercase();
        if !word.is_empty() && !words.contains(&word) {
            words.push(word);
        }
    }
    HeaderValue::from_str(&words.join(", ")).ok()
}
