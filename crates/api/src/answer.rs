//! What a read gives: bytes of one media type, with a tag of their content, and since when they are so.
//!
//! Whether the asker has them already is looked at here and nowhere else. What is prepared for many readers is
//! [`crate::prepared`]'s; anything else is compressed later, which marks the tag ([`crate::middleware::tag`]); a marked
//! tag matches the plain one.

use std::time::SystemTime;

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{
    self, ContentDisposition, DispositionParam, DispositionType, HeaderMap, HeaderName, HeaderValue, HttpDate,
};
use actix_web::{HttpRequest, HttpResponse, Responder};
use catalog::Packed;
use ingestion::Sha256;
use jiff::Timestamp;
use serde::Serialize;

use crate::prepared::Ready;

/// The media type of a workbook (.xlsx).
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What a read gives.
#[derive(Debug, Clone)]
pub struct Answer {
    pub(crate) media_type: &'static str,
    pub(crate) bytes: Vec<u8>,
    pub(crate) headers: HeaderMap,
    /// Since when the content is so, where that is known.
    pub(crate) modified: Option<Timestamp>,
    /// The tag, where it is not that of the bytes.
    pub(crate) tag: Option<String>,
    /// The same bytes as they are kept packed.
    pub(crate) packed: Vec<Packed>,
}

impl Answer {
    /// `bytes` of `media_type`.
    pub fn new(media_type: &'static str, bytes: Vec<u8>) -> Answer {
        Answer { media_type, bytes, headers: HeaderMap::new(), modified: None, tag: None, packed: Vec::new() }
    }

    /// `value` as JSON.
    pub fn json(value: &impl Serialize) -> Answer {
        let bytes = serde_json::to_vec(value).expect("views hold nothing that JSON cannot say");
        Answer::new("application/json", bytes)
    }

    /// A page.
    pub fn html(page: String) -> Answer {
        Answer::new("text/html; charset=utf-8", page.into_bytes())
    }

    /// The same answer under another media type: a JSON that has a name of its own.
    pub fn of_type(self, media_type: &'static str) -> Answer {
        Answer { media_type, ..self }
    }

    /// The same answer with one more header. A value that no header can hold is left out.
    pub fn header(mut self, name: HeaderName, value: &str) -> Answer {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.append(name, value);
        }
        self
    }

    /// The same answer with the address of the next page, where there is one.
    pub fn next(self, next: Option<&str>) -> Answer {
        match next {
            Some(address) => self.header(header::LINK, &format!("<{address}>; rel=\"next\"")),
            None => self,
        }
    }

    /// The same answer with an address that stands in the relation `rel` to it.
    pub fn link(self, rel: &str, address: &str) -> Answer {
        self.header(header::LINK, &format!("<{address}>; rel=\"{rel}\""))
    }

    /// As [`Answer::link`], to something of this media type.
    pub fn typed_link(self, rel: &str, address: &str, media_type: &str) -> Answer {
        self.header(header::LINK, &format!("<{address}>; rel=\"{rel}\"; type=\"{media_type}\""))
    }

    /// The same answer, which another `Accept` or `Accept-Language` would have changed.
    pub fn varies(self, on: &'static str) -> Answer {
        self.header(header::VARY, on)
    }

    /// The same answer, whose content is so since `modified`; `None` where it may change without being told.
    pub fn modified(self, modified: impl Into<Option<Timestamp>>) -> Answer {
        Answer { modified: modified.into(), ..self }
    }

    /// The same answer under a tag of its own.
    pub fn tagged(self, tag: String) -> Answer {
        Answer { tag: Some(tag), ..self }
    }

    /// The same answer, which is kept packed as well.
    pub fn packed(self, packed: Vec<Packed>) -> Answer {
        Answer { packed, ..self }
    }
}

impl Responder for Answer {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        Ready::of(self).plainly(request)
    }
}

/// The tag of bytes whose digest is `digest`: its first 128 bits.
pub fn tag_of(digest: &Sha256) -> String {
    let digits: String = digest.to_string().chars().take(32).collect();
    format!("\"{digits}\"")
}

/// A 304 when the asker already has the content tagged `tag`.
pub fn unchanged(request: &HttpRequest, tag: &str) -> Option<HttpResponse> {
    let known = known_tag(request.headers(), tag)?;
    Some(HttpResponse::build(StatusCode::NOT_MODIFIED).insert_header((header::ETAG, known)).finish())
}

/// The tag by which the asker knows the content tagged `tag`, if they do.
pub fn known_tag<'a>(headers: &'a HeaderMap, tag: &'a str) -> Option<&'a str> {
    let known = headers
        .get_all(header::IF_NONE_MATCH)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .find(|known| *known == "*" || same_content(known, tag))?;
    Some(if known == "*" { tag } else { known })
}

/// A 304 when the asker, who names no tag, has what was `modified` last at the time they say. What changed in this very
/// second may change again in it, and is not told by a time in seconds.
pub fn unchanged_since(request: &HttpRequest, tag: &str, modified: Timestamp) -> Option<HttpResponse> {
    let since = modified_since(request.headers())?;
    let is_known = modified.as_second() <= since && modified.as_second() < Timestamp::now().as_second();
    is_known
        .then(|| HttpResponse::build(StatusCode::NOT_MODIFIED).insert_header((header::ETAG, tag)).finish())
}

/// The second that the asker, who names no tag, says to have the content of.
pub fn modified_since(headers: &HeaderMap) -> Option<i64> {
    if headers.contains_key(header::IF_NONE_MATCH) {
        return None;
    }
    date(headers.get(header::IF_MODIFIED_SINCE)?)
}

/// The second that the value of a header names.
pub fn date(value: &HeaderValue) -> Option<i64> {
    let date = SystemTime::from(value.to_str().ok()?.parse::<HttpDate>().ok()?);
    i64::try_from(date.duration_since(SystemTime::UNIX_EPOCH).ok()?.as_secs()).ok()
}

/// Whether two tags stand for one content: weak comparison (RFC 9110 §8.8.3.2), with the marks of compression taken off.
pub fn same_content(known: &str, tag: &str) -> bool {
    let plain = |text: &str| {
        let text = text.strip_prefix("W/").unwrap_or(text).trim_matches('"').to_owned();
        match text.rsplit_once('-') {
            Some((content, "gzip" | "br" | "zstd")) => content.to_owned(),
            _ => text,
        }
    };
    plain(known) == plain(tag)
}

/// The header that has a browser save what it gets under `file_name`.
pub fn attachment(file_name: &str) -> ContentDisposition {
    let name = if file_name.is_ascii() {
        DispositionParam::Filename(file_name.to_owned())
    } else {
        DispositionParam::FilenameExt(header::ExtendedValue {
            charset: header::Charset::Ext("UTF-8".to_owned()),
            language_tag: None,
            value: file_name.as_bytes().to_vec(),
        })
    };
    ContentDisposition { disposition: DispositionType::Attachment, parameters: vec![name] }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    /// `TAG` in `known` stands for the content's own tag.
    #[track_caller]
    fn answers(known: &str, status: u16) {
        let tag = tag_of(&Sha256::of(b"hiyori"));
        let known = known.replace("TAG", tag.trim_matches('"'));
        let request =
            TestRequest::default().insert_header(("If-None-Match", known.clone())).to_http_request();
        let response = Answer::new("text/plain", b"hiyori".to_vec()).respond_to(&request);
        assert_eq!(response.status().as_u16(), status, "{known}");
    }

    #[test]
    fn whoever_has_the_content_is_told_so() {
        answers("\"TAG\"", 304);
        answers("W/\"TAG\"", 304);
        answers("\"TAG-gzip\"", 304);
        answers("\"other\", \"TAG-br\"", 304);
        answers("*", 304);
    }

    #[test]
    fn whoever_has_something_else_gets_the_content() {
        answers("\"other\"", 200);
        answers("\"TAG-cp932\"", 200);
        answers("", 200);
    }
}
