//! One file of a revision on its way to a reader: small ones are kept ready, large ones stream from where they are kept, in
//! part where that is asked for.

use actix_web::body::SizedStream;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use catalog::store::Store;
use catalog::{Dataset, Distribution, Format, Packed, Revision, browse, follow};
use futures_util::TryStreamExt;
use ingestion::Sha256;
use jiff::Timestamp;

use crate::answer::{Answer, attachment, modified_since, tag_of, unchanged};
use crate::encoding::{self, Encoding};
use crate::limits::size;
use crate::links;
use crate::packing::Coding;
use crate::prepared::{Key, read};
use crate::problem::{Kind, Problem};
use crate::ranges::{self, Part};
use crate::state::House;

/// No browser runs anything of what somebody handed in.
pub const SANDBOX: (HeaderName, HeaderValue) =
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));

/// Nothing is packed while a reader waits, so that every answer tells its length.
const UNPACKED: (HeaderName, HeaderValue) = (header::CONTENT_ENCODING, HeaderValue::from_static("identity"));

/// Parts of it can be asked for.
const IN_PARTS: (HeaderName, HeaderValue) = (header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));

/// A file of a revision.
pub struct Download<'a> {
    /// Where it is kept.
    pub house: &'a House,
    /// Whose it is.
    pub dataset: &'a Dataset,
    /// Of which revision.
    pub revision: &'a Revision,
    /// In which form.
    pub distribution: &'a Distribution,
    /// In which letters.
    pub encoding: Encoding,
    /// What a browser calls the file that it saves.
    pub saved_as: String,
}

impl Download<'_> {
    /// The answer to `request`: kept ready under `key` for visitors where it is small.
    ///
    /// # Errors
    /// [`Kind::NotEncodable`], [`Kind::NoSuchPart`], or what stands in the way of reading it.
    pub async fn respond(&self, request: &HttpRequest, key: Option<Key>) -> Result<HttpResponse, Problem> {
        let small = self.distribution.bytes <= size(self.house.limits.prepared_file_bytes_max) as u64;
        match key.filter(|_| small) {
            Some(key) => self.house.prepared.respond(request, key, async || self.whole().await).await,
            None => self.streamed(request).await,
        }
    }

    /// All of it, in memory.
    async fn whole(&self) -> Result<Answer, Problem> {
        let name = &self.distribution.sha256;
        let (bytes, packed) = match self.encoding {
            Encoding::Utf8 => (read(&self.house.store, name).await?, self.packed().await?),
            encoding => {
                let first = browse::open(&self.house.store, name).await?;
                let length = encoding::measure(encoding, first.stream).await?;
                let second = browse::open(&self.house.store, name).await?;
                let whole = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
                let encoded = encoding::encode(encoding, second.stream);
                let bytes = encoded.try_fold(whole, async |mut whole, piece| {
                    whole.extend_from_slice(&piece);
                    Ok(whole)
                });
                (bytes.await?, Vec::new())
            }
        };
        let mut answer = Answer::new(self.content_type(), bytes);
        for (name, value) in self.headers() {
            answer.headers.append(name, value);
        }
        let answer = links::of_dataset(answer, self.dataset, &self.house.iris);
        Ok(answer.tagged(self.tag()).modified(self.modified()).packed(packed))
    }

    /// What goes with it, whole or not.
    fn headers(&self) -> Vec<(HeaderName, HeaderValue)> {
        let (slug, format) = (&self.dataset.slug, self.distribution.format);
        let saved = attachment(&self.saved_as).to_string();
        let base = self.house.iris.base().path();
        let location =
            format!("{base}/api/v1/datasets/{slug}/revisions/{}/download.{format}", self.revision.number);
        let told = [(header::CONTENT_DISPOSITION, saved), (header::CONTENT_LOCATION, location)];
        let told =
            told.into_iter().filter_map(|(name, value)| Some((name, HeaderValue::try_from(value).ok()?)));
        told.chain([SANDBOX, IN_PARTS]).collect()
    }

    fn content_type(&self) -> &'static str {
        match self.distribution.format {
            Format::Csv => self.encoding.content_type(),
            other => other.media_type(),
        }
    }

    fn tag(&self) -> String {
        self.encoding.mark(&tag_of(&self.distribution.sha256))
    }

    /// Since when these are the bytes.
    fn modified(&self) -> Timestamp {
        self.revision.published_at.unwrap_or(self.revision.made_at)
    }

    async fn packed(&self) -> Result<Vec<Packed>, Problem> {
        let Download { house, dataset, revision, distribution, .. } = self;
        Ok(follow::packed_of(&house.store, &dataset.slug, revision, distribution.format).await?)
    }

    /// The bytes as they are kept: some of them, packed where the reader likes that better, or all.
    async fn streamed(&self, request: &HttpRequest) -> Result<HttpResponse, Problem> {
        let (tag, store) = (self.tag(), &self.house.store);
        let is_text = Format::TEXTS.contains(&self.distribution.format);
        let mut answer = match unchanged(request, &tag) {
            Some(known) => known,
            None if self.is_known_by_time(request) => {
                HttpResponse::NotModified().insert_header((header::ETAG, tag)).finish()
            }
            None => {
                let mut answer = HttpResponse::Ok();
                answer.content_type(self.content_type()).insert_header((header::ETAG, tag.clone()));
                if self.encoding != Encoding::Utf8 {
                    let first = browse::open(store, &self.distribution.sha256).await?;
                    let length = encoding::measure(self.encoding, first.stream).await?;
                    let second = browse::open(store, &self.distribution.sha256).await?;
                    answer.insert_header(UNPACKED);
                    answer.body(SizedStream::new(length, encoding::encode(self.encoding, second.stream)))
                } else if request.headers().contains_key(header::RANGE) {
                    let Distribution { bytes, sha256, .. } = self.distribution;
                    let since = self.modified().as_second();
                    let part = ranges::asked(request.headers(), &tag, Some(since), *bytes);
                    in_part(store, sha256, *bytes, part, answer).await?
                } else {
                    self.plain_or_packed(request.headers(), answer).await?
                }
            }
        };
        for (name, value) in self.headers() {
            if self.encoding == Encoding::Utf8 || name != header::ACCEPT_RANGES {
                answer.headers_mut().insert(name, value);
            }
        }
        let modified = header::HttpDate::from(std::time::SystemTime::from(self.modified())).to_string();
        if let Ok(value) = HeaderValue::try_from(modified) {
            answer.headers_mut().insert(header::LAST_MODIFIED, value);
        }
        let links = links::of_dataset(Answer::new("", Vec::new()), self.dataset, &self.house.iris);
        for value in links.headers.get_all(header::LINK) {
            answer.headers_mut().append(header::LINK, value.clone());
        }
        if is_text {
            answer.headers_mut().append(header::VARY, HeaderValue::from_static("accept-encoding"));
        }
        Ok(answer)
    }

    fn is_known_by_time(&self, request: &HttpRequest) -> bool {
        let modified = self.modified().as_second();
        modified_since(request.headers()) == Some(modified) && modified < Timestamp::now().as_second()
    }

    async fn plain_or_packed(
        &self,
        headers: &HeaderMap,
        mut answer: HttpResponseBuilder,
    ) -> Result<HttpResponse, Problem> {
        let packed = self.packed().await?;
        let is_kept = |coding: &Coding| packed.iter().any(|packed| Coding::of(packed.packing) == *coding);
        let offered: Vec<Coding> = Coding::ALL.into_iter().filter(is_kept).collect();
        let liked = Coding::liked(headers, &offered);
        let name = match packed.iter().find(|packed| Some(Coding::of(packed.packing)) == liked) {
            Some(packed) => {
                answer.insert_header((header::CONTENT_ENCODING, packed.packing.as_str()));
                packed.sha256
            }
            None => {
                answer.insert_header(UNPACKED);
                self.distribution.sha256
            }
        };
        let kept = browse::open(&self.house.store, &name).await?;
        Ok(answer.body(SizedStream::new(kept.bytes, kept.stream)))
    }
}

/// `part` of the kept file `sha256` of `bytes`, as it is.
async fn in_part(
    store: &Store,
    sha256: &Sha256,
    bytes: u64,
    part: Part,
    mut answer: HttpResponseBuilder,
) -> Result<HttpResponse, Problem> {
    answer.insert_header(UNPACKED);
    let kept = match part {
        Part::Whole => browse::open(store, sha256).await?,
        Part::Some { first, last } => {
            answer.status(StatusCode::PARTIAL_CONTENT);
            answer.insert_header((header::CONTENT_RANGE, part.content_range(bytes)));
            browse::open_part(store, sha256, first..last + 1).await?
        }
        Part::Nothing => return Ok(beyond_the_end(bytes)),
    };
    Ok(answer.body(SizedStream::new(kept.bytes, kept.stream)))
}

/// The refusal of a part that lies beyond the end of a file of `bytes`.
fn beyond_the_end(bytes: u64) -> HttpResponse {
    let problem = Problem::new(
        Kind::NoSuchPart,
        format!("求められた範囲は、ファイルの終わり（{bytes}バイト）より後ろにあります。"),
        format!("The part that was asked for lies beyond the end of the file ({bytes} bytes)."),
    );
    let mut response = actix_web::ResponseError::error_response(&problem);
    if let Ok(value) = HeaderValue::try_from(Part::Nothing.content_range(bytes)) {
        response.headers_mut().insert(header::CONTENT_RANGE, value);
    }
    response
}

/// A kept file that is given as it came.
pub async fn original(
    house: &House,
    dataset: &Dataset,
    revision: &Revision,
    request: &HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (slug, number) = (&dataset.slug, revision.number);
    let tag = tag_of(&revision.sha256);
    let base = house.iris.base().path();
    let location = format!("{base}/api/v1/datasets/{slug}/revisions/{number}/original");
    let part = ranges::asked(request.headers(), &tag, Some(revision.made_at.as_second()), revision.bytes);
    let mut answer = match unchanged(request, &tag) {
        Some(known) => known,
        None => {
            let mut answer = HttpResponse::Ok();
            // A browser is never to look into what somebody handed in.
            answer.content_type("application/octet-stream").insert_header((header::ETAG, tag));
            answer.insert_header(attachment(&revision.file_name)).insert_header(SANDBOX);
            in_part(&house.store, &revision.sha256, revision.bytes, part, answer).await?
        }
    };
    let told = [
        (header::CONTENT_LOCATION, location),
        (header::LINK, format!("<{}>; rel=\"license\"", dataset.metadata.licence.iri())),
    ];
    for (name, value) in told {
        if let Ok(value) = HeaderValue::try_from(value) {
            answer.headers_mut().insert(name, value);
        }
    }
    answer.headers_mut().insert(IN_PARTS.0, IN_PARTS.1);
    Ok(answer)
}
