//! A file on its way in: a multipart part named `file`, or the raw body.
//!
//! The body is never held: chunks pass through a short queue into [`Read`], so that a reader on another thread
//! judges the file while it arrives. Bytes of the file and parts before it are bounded here, the pace of the body in
//! [`crate::middleware::body`].

use std::io::{self, Read};

use actix_multipart::{Multipart, MultipartError};
use actix_web::error::PayloadError;
use actix_web::http::header::{self, ContentDisposition};
use actix_web::web::Payload;
use actix_web::{FromRequest, HttpRequest};
use bytes::{Buf, Bytes};
use catalog::gently;
use futures_util::{Stream, StreamExt, TryStreamExt};
use tokio::sync::mpsc;
use utoipa::ToSchema;

use crate::limits::{Limits, set, size};
use crate::metrics;
use crate::problem::{Kind, Problem};

/// Bytes of a multipart body that are no file: its other parts, boundaries and headers.
pub const FORM_BYTES_MAX: u64 = 64 * 1024;
/// A file as the body of a request.
#[derive(Debug, ToSchema)]
#[schema(min_length = 1, example = "ID,名称\nLL0420210001,見本トイレ\n")]
pub struct FileBody(#[allow(dead_code, reason = "read by the derive")] String);

/// A file as a part of a form.
#[derive(Debug, ToSchema)]
pub struct FileForm {
    /// The file, with its name.
    #[schema(value_type = String, format = Binary, example = "ID,名称\nLL0420210001,見本トイレ\n")]
    #[allow(dead_code, reason = "read by the derive")]
    file: Vec<u8>,
}

/// Chunks that wait for the reader.
const CHUNKS_WAITING: usize = 8;

/// Hands the file in the request to `read`, on a thread where it may block, and gives what that makes of it.
///
/// `read` gets the file's name (empty where none is told) and its bytes; when the request breaks off or is too
/// long it sees an [`io::Error`], and what it makes of that is thrown away.
///
/// # Errors
/// [`Kind::NoFile`], [`Kind::TooLarge`], [`Kind::Timeout`] or [`Kind::BadRequest`].
pub async fn receive<T: Send + 'static>(
    request: &HttpRequest,
    payload: Payload,
    limits: Limits,
    read: impl FnOnce(String, Arriving) -> T + Send + 'static,
) -> Result<T, Problem> {
    if let (Some(max), Some(length)) = (set(limits.upload_bytes_max), stated_length(request))
        && length > max.saturating_add(FORM_BYTES_MAX)
    {
        return Err(too_large(max));
    }
    let is_multipart = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.trim_start().to_ascii_lowercase().starts_with("multipart/"));
    if is_multipart {
        let mut parts = Multipart::from_request(request, &mut payload.into_inner())
            .await
            .map_err(|error| unreadable_form(&error))?;
        let (name, part) = file_part(&mut parts, limits).await?;
        forward(name, part.map_err(Broken::form), limits, read).await
    } else {
        let name = request
            .headers()
            .get(header::CONTENT_DISPOSITION)
            .and_then(|value| ContentDisposition::from_raw(value).ok())
            .and_then(|disposition| disposition.get_filename().map(str::to_owned))
            .unwrap_or_default();
        forward(name, payload.map_err(Broken::body), limits, read).await
    }
}

fn stated_length(request: &HttpRequest) -> Option<u64> {
    request.headers().get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Why a body does not come whole.
enum Broken {
    /// It was silent or slow for too long.
    Slow,
    /// It is longer than a file may be.
    Long,
    /// What the framework says.
    Off(String),
}

impl Broken {
    fn body(error: PayloadError) -> Broken {
        match error {
            PayloadError::Io(cause) if cause.kind() == io::ErrorKind::TimedOut => Broken::Slow,
            PayloadError::Io(cause) if cause.kind() == io::ErrorKind::FileTooLarge => Broken::Long,
            other => Broken::Off(other.to_string()),
        }
    }

    fn form(error: MultipartError) -> Broken {
        match error {
            MultipartError::Payload(cause) => Broken::body(cause),
            other => Broken::Off(other.to_string()),
        }
    }

    fn problem(self, limits: Limits) -> Problem {
        match self {
            Broken::Slow => too_slow(),
            Broken::Long => too_large(limits.upload_bytes_max),
            Broken::Off(why) => Problem::new(
                Kind::BadRequest,
                "ファイルが最後まで届きませんでした。もう一度送ってください。",
                format!("The file did not arrive whole: {why}."),
            ),
        }
    }
}

/// The part named `file`; those before it are passed over.
async fn file_part(
    parts: &mut Multipart,
    limits: Limits,
) -> Result<(String, actix_multipart::Field), Problem> {
    for _ in 0..size(limits.parts_max) {
        let Some(part) = parts.next().await else { break };
        let part = part.map_err(|error| match error {
            // What the form reader itself gathers is the header of a part.
            MultipartError::Payload(PayloadError::Overflow) => {
                let max = limits.part_header_bytes_max;
                Problem::new(
                    Kind::TooLarge,
                    format!("multipart の部分の見出しが大きすぎます。{max} バイトまでです。"),
                    format!("The header of a part is too large: up to {max} bytes are taken."),
                )
                .with("bytes_max", max)
            }
            MultipartError::Payload(cause) => Broken::body(cause).problem(limits),
            other => unreadable_form(&other),
        })?;
        if part.name() == Some("file") {
            let name = part.content_disposition().and_then(|d| d.get_filename()).unwrap_or_default();
            return Ok((name.to_owned(), part));
        }
    }
    Err(no_file())
}

/// Passes `body` on to `read`, counting.
async fn forward<T: Send + 'static>(
    name: String,
    body: impl Stream<Item = Result<Bytes, Broken>>,
    limits: Limits,
    read: impl FnOnce(String, Arriving) -> T + Send + 'static,
) -> Result<T, Problem> {
    let mut body = std::pin::pin!(body);
    let (sender, receiver) = mpsc::channel(CHUNKS_WAITING);
    let reading =
        tokio::spawn(gently::run(move || Ok(read(name, Arriving { receiver, chunk: Bytes::new() }))));

    let mut bytes = 0;
    let broken = loop {
        match body.next().await {
            None if bytes == 0 => break Some(no_file()),
            None => break None,
            Some(Err(broken)) => break Some(broken.problem(limits)),
            Some(Ok(chunk)) => {
                bytes += chunk.len() as u64;
                if set(limits.upload_bytes_max).is_some_and(|max| bytes > max) {
                    break Some(too_large(limits.upload_bytes_max));
                }
                metrics::uploaded(chunk.len());
                if sender.send(Ok(chunk)).await.is_err() {
                    break None; // the reader has seen enough
                }
            }
        }
    };
    if broken.is_some() {
        // A reader that is gone needs no telling.
        let _ = sender.send(Err(io::Error::from(io::ErrorKind::UnexpectedEof))).await;
    }
    drop(sender);
    let made = reading.await.map_err(io::Error::other).flatten().map_err(|error| Problem::fault(&error))?;
    broken.map_or(Ok(made), Err)
}

fn no_file() -> Problem {
    Problem::new(
        Kind::NoFile,
        "ファイルがありません。multipart の `file` に入れるか、本文としてそのまま送ってください。例: curl -F file=@データ.csv …",
        "There is no file: send it as the multipart part `file` or as the body. Example: curl -F file=@data.csv …",
    )
}

fn unreadable_form(error: &impl std::fmt::Display) -> Problem {
    Problem::new(
        Kind::BadRequest,
        format!("multipart の本文が読めません（{error}）。"),
        format!("The multipart body does not read: {error}."),
    )
}

/// The body was silent or slow for too long.
pub fn too_slow() -> Problem {
    Problem::new(
        Kind::Timeout,
        "送られてくるのが遅すぎるか、途中で止まりました。もう一度送ってください。",
        "The body came too slowly, or stopped coming. Please send it again.",
    )
}

/// The body is longer than `max` bytes.
pub fn too_large(max: u64) -> Problem {
    Problem::new(
        Kind::TooLarge,
        format!("ファイルが大きすぎます。受け取れるのは {max} バイトまでです。"),
        format!("The file is too large: up to {max} bytes are taken."),
    )
    .with("bytes_max", max)
}

/// The bytes of a file as they arrive.
#[derive(Debug)]
pub struct Arriving {
    receiver: mpsc::Receiver<io::Result<Bytes>>,
    chunk: Bytes,
}

impl Read for Arriving {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.chunk.is_empty() {
            match self.receiver.blocking_recv() {
                Some(next) => self.chunk = next?,
                None => return Ok(0),
            }
        }
        let taken = buffer.len().min(self.chunk.len());
        self.chunk.split_to(taken).copy_to_slice(buffer.get_mut(..taken).unwrap_or_default());
        Ok(taken)
    }
}
