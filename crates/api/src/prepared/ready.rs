//! One answer that is ready for whoever asks: plain, packed, in part, or the word that nothing changed.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue, HttpDate};
use actix_web::{HttpRequest, HttpResponse};
use bytes::Bytes;
use catalog::{CatalogError, Packed, Store, browse};
use futures_util::TryStreamExt;
use ingestion::Sha256;
use jiff::Timestamp;
use tokio::sync::OnceCell;
use tokio::task::spawn_blocking;

use crate::answer::{Answer, known_tag, modified_since, tag_of};
use crate::middleware::headers::EVERYWHERE;
use crate::middleware::tag::in_one;
use crate::packing::Coding;
use crate::ranges::{self, Part};

/// Shorter texts are not packed: it would gain nothing.
const PACKED_BYTES_MIN: usize = 512;

/// What an answer takes in memory beside its bytes, about: headers, and places for its packed forms.
const OVERHEAD_BYTES: usize = 4 << 10;

/// An answer that is ready.
#[derive(Debug)]
pub struct Ready {
    plain: Form,
    packed: [OnceCell<Option<Form>>; Coding::ALL.len()],
    /// What the packed forms take together.
    packed_bytes: AtomicUsize,
    kept_packed: Vec<Packed>,
    /// The tag of the plain bytes.
    tag: String,
    modified: Option<Modified>,
    is_text: bool,
    is_cut: bool,
}

/// The bytes in one coding, with every header that goes with them.
#[derive(Debug)]
struct Form {
    headers: HeaderMap,
    bytes: Bytes,
}

/// Since when the content is so, in seconds of 1970, and as a header.
#[derive(Debug)]
struct Modified {
    second: i64,
    header: HeaderValue,
}

/// What is sent.
#[derive(Debug)]
pub struct Reply {
    /// 200, 206, 304 or 416.
    pub status: StatusCode,
    /// All of its headers.
    pub headers: HeaderMap,
    /// Its body; none goes with 304 and 416.
    pub bytes: Bytes,
}

impl Ready {
    /// `answer`, ready.
    pub fn of(answer: Answer) -> Ready {
        let Answer { media_type, bytes, headers: mut all, modified, tag, packed } = answer;
        let tag = tag.unwrap_or_else(|| tag_of(&Sha256::of(&bytes)));
        let is_text = is_text(media_type);
        if is_text {
            all.append(header::VARY, HeaderValue::from_static("accept-encoding"));
        }
        if let Some(vary) = in_one(&all) {
            all.insert(header::VARY, vary);
        }
        for (name, value) in EVERYWHERE {
            if !all.contains_key(&name) {
                all.insert(name, value);
            }
        }
        all.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
        put(&mut all, header::ETAG, &tag);
        let modified = modified.and_then(|time| {
            let written = HttpDate::from(SystemTime::from(time)).to_string();
            Some(Modified { second: time.as_second(), header: HeaderValue::try_from(written).ok()? })
        });
        Ready {
            is_cut: all.contains_key(header::ACCEPT_RANGES),
            plain: Form { headers: all, bytes: Bytes::from(bytes) },
            packed: Default::default(),
            packed_bytes: AtomicUsize::new(0),
            kept_packed: packed,
            tag,
            modified,
            is_text,
        }
    }

    /// At most what it takes in memory, in bytes.
    pub fn weight(&self) -> usize {
        let packed = if self.can_be_packed() { self.packed_bytes_max() } else { 0 };
        self.plain.bytes.len() + packed + OVERHEAD_BYTES
    }

    /// What a reader gets who sends `headers`, where that is ready. Nothing has changed since the time `settled`.
    pub fn reply(&self, headers: &HeaderMap, settled: Timestamp) -> Option<Reply> {
        if self.is_cut && headers.contains_key(header::RANGE) {
            return Some(self.part(headers, settled));
        }
        let form = match self.coding(headers) {
            None => &self.plain,
            Some(coding) => self.cell(coding).get()?.as_ref().unwrap_or(&self.plain),
        };
        Some(self.whole(form, headers, settled))
    }

    /// As [`Ready::reply`]; what is not ready yet is made so.
    ///
    /// # Errors
    /// What stands in the way of reading a kept file.
    pub async fn reply_when_ready(
        &self,
        store: &Store,
        headers: &HeaderMap,
        settled: Timestamp,
    ) -> Result<Reply, CatalogError> {
        if let Some(reply) = self.reply(headers, settled) {
            return Ok(reply);
        }
        let form = match self.coding(headers) {
            None => &self.plain,
            Some(coding) => {
                let packed = self.cell(coding).get_or_try_init(|| self.pack(store, coding)).await?;
                packed.as_ref().unwrap_or(&self.plain)
            }
        };
        Ok(self.whole(form, headers, settled))
    }

    /// The plain answer to a request, for somebody who is the only one to get it; it may be compressed on its way out.
    pub fn plainly(&self, request: &HttpRequest) -> HttpResponse {
        let headers = request.headers();
        let settled = Timestamp::now();
        if self.is_cut && headers.contains_key(header::RANGE) {
            return self.part(headers, settled).into_response();
        }
        self.whole(&self.plain, headers, settled).into_response()
    }

    fn can_be_packed(&self) -> bool {
        self.is_text && self.plain.bytes.len() >= PACKED_BYTES_MIN
    }

    /// The packed forms together take no more than this: one that would is not kept, and the plain one is sent.
    fn packed_bytes_max(&self) -> usize {
        2 * self.plain.bytes.len()
    }

    fn coding(&self, headers: &HeaderMap) -> Option<Coding> {
        if self.can_be_packed() { Coding::liked(headers, &Coding::ALL) } else { None }
    }

    fn cell(&self, coding: Coding) -> &OnceCell<Option<Form>> {
        let [brotli, zstd, gzip] = &self.packed;
        match coding {
            Coding::Brotli => brotli,
            Coding::Zstd => zstd,
            Coding::Gzip => gzip,
        }
    }

    /// The packed form: as it is kept, or packed now; none where it takes too much room.
    async fn pack(&self, store: &Store, coding: Coding) -> Result<Option<Form>, CatalogError> {
        let kept = self.kept_packed.iter().find(|packed| Coding::of(packed.packing) == coding);
        let bytes = match kept {
            Some(kept) => read(store, &kept.sha256).await?,
            None => {
                let plain = self.plain.bytes.clone();
                let packing = spawn_blocking(move || coding.pack(&plain));
                packing.await.map_err(io::Error::other)??
            }
        };
        let together = self.packed_bytes.fetch_add(bytes.len(), Ordering::Relaxed) + bytes.len();
        if together > self.packed_bytes_max() {
            self.packed_bytes.fetch_sub(bytes.len(), Ordering::Relaxed);
            return Ok(None);
        }
        let mut headers = self.plain.headers.clone();
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding.as_str()));
        headers.remove(header::ACCEPT_RANGES); // parts are cut from the plain bytes
        put(&mut headers, header::ETAG, &marked(&self.tag, coding.as_str()));
        Ok(Some(Form { headers, bytes: Bytes::from(bytes) }))
    }

    fn whole(&self, form: &Form, headers: &HeaderMap, settled: Timestamp) -> Reply {
        let now = Timestamp::now().as_second();
        let mut reply = match known_tag(headers, &self.tag) {
            Some(known) => known_already(form, Some(known)),
            None if self.is_known_by_time(headers, settled, now) => known_already(form, None),
            None => {
                Reply { status: StatusCode::OK, headers: form.headers.clone(), bytes: form.bytes.clone() }
            }
        };
        self.tell_modified(&mut reply.headers, now);
        reply
    }

    fn part(&self, headers: &HeaderMap, settled: Timestamp) -> Reply {
        let now = Timestamp::now().as_second();
        let modified = self.modified.as_ref().map(|modified| modified.second);
        let length = self.plain.bytes.len() as u64;
        let has_it = known_tag(headers, &self.tag).is_some() || self.is_known_by_time(headers, settled, now);
        let part = ranges::asked(headers, &self.tag, modified, length);
        let mut reply = match part {
            Part::Some { first, last } if !has_it => {
                let (first, end) = (first as usize, last as usize + 1);
                Reply {
                    status: StatusCode::PARTIAL_CONTENT,
                    headers: self.plain.headers.clone(),
                    bytes: self.plain.bytes.slice(first..end),
                }
            }
            Part::Nothing if !has_it => Reply {
                status: StatusCode::RANGE_NOT_SATISFIABLE,
                headers: HeaderMap::new(),
                bytes: Bytes::new(),
            },
            _ => return self.whole(&self.plain, headers, settled),
        };
        put(&mut reply.headers, header::CONTENT_RANGE, &part.content_range(length));
        self.tell_modified(&mut reply.headers, now);
        reply
    }

    /// Whether whoever names a time and no tag has the content: it is the time that was told, or nothing at all has changed
    /// since. A time that is still to come tells nothing.
    fn is_known_by_time(&self, headers: &HeaderMap, settled: Timestamp, now: i64) -> bool {
        let (Some(modified), Some(since)) = (&self.modified, modified_since(headers)) else { return false };
        let is_told = since == modified.second && modified.second < now;
        let is_settled = since > settled.as_second() && since >= modified.second && since <= now;
        is_told || is_settled
    }

    /// Says since when the content is so, once the second is over: until then it may change again in it.
    fn tell_modified(&self, headers: &mut HeaderMap, now: i64) {
        if let Some(modified) = self.modified.as_ref().filter(|modified| modified.second < now) {
            headers.insert(header::LAST_MODIFIED, modified.header.clone());
        }
    }
}

impl Reply {
    /// The reply as the handlers give it.
    pub fn into_response(self) -> HttpResponse {
        let mut response = HttpResponse::new(self.status).set_body(BoxBody::new(self.bytes));
        *response.headers_mut() = self.headers;
        response
    }
}

/// The word that nothing changed, to somebody who `knows` the content by a tag.
fn known_already(form: &Form, knows: Option<&str>) -> Reply {
    let mut headers = form.headers.clone();
    for name in [header::CONTENT_TYPE, header::CONTENT_ENCODING, header::CONTENT_DISPOSITION] {
        headers.remove(name);
    }
    if let Some(known) = knows {
        put(&mut headers, header::ETAG, known);
    }
    Reply { status: StatusCode::NOT_MODIFIED, headers, bytes: Bytes::new() }
}

/// The tag of a content in a coding: `"abc"` becomes `"abc-gzip"` (RFC 9110 §8.8.3.3).
pub fn marked(tag: &str, coding: &str) -> String {
    match tag.strip_suffix('"') {
        Some(begin) => format!("{begin}-{coding}\""),
        None => tag.to_owned(),
    }
}

/// Whether bytes of this type become shorter when they are packed.
fn is_text(media_type: &str) -> bool {
    let plain = media_type.split(';').next().unwrap_or_default();
    plain.starts_with("text/") || plain.ends_with("json") || plain.ends_with("xml")
}

fn put(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// All bytes of a kept file.
///
/// # Errors
/// As [`browse::open`].
pub async fn read(store: &Store, name: &Sha256) -> Result<Vec<u8>, CatalogError> {
    let kept = browse::open(store, name).await?;
    let whole = Vec::with_capacity(usize::try_from(kept.bytes).unwrap_or_default());
    kept.stream
        .try_fold(whole, async |mut whole, piece| {
            whole.extend_from_slice(&piece);
            Ok(whole)
        })
        .await
}

#[cfg(test)]
mod tests;
