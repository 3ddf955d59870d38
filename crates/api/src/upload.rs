//! A file on its way in: a multipart part named `file`, or the raw body.
//!
//! The body is never held: chunks pass through a short queue into [`Read`], so that a reader on another thread
//! judges the file while it arrives. Bytes, parts and silence are bounded here.

use std::fmt::Display;
use std::io::{self, Read};
use std::time::Duration;

use actix_multipart::Multipart;
use actix_web::HttpRequest;
use actix_web::http::header::{self, ContentDisposition};
use actix_web::web::Payload;
use bytes::{Buf, Bytes};
use futures_util::{Stream, StreamExt, TryStreamExt};
use tokio::sync::mpsc;

use crate::problem::{Kind, Problem};

/// Parts of a multipart body that are looked at before the one named `file` is given up on.
const PARTS_MAX: usize = 20;
/// How long the next chunk may take.
const SILENCE_MAX: Duration = Duration::from_secs(30);
/// Chunks that wait for the reader.
const CHUNKS_WAITING: usize = 8;

/// What may be sent.
#[derive(Debug, Clone, Copy)]
pub struct UploadLimits {
    /// Of one file, in bytes.
    pub bytes_max: u64,
}

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
    limits: UploadLimits,
    read: impl FnOnce(String, Arriving) -> T + Send + 'static,
) -> Result<T, Problem> {
    if stated_length(request).is_some_and(|length| length > limits.bytes_max.saturating_add(64 * 1024)) {
        return Err(too_large(limits));
    }
    let is_multipart = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.trim_start().to_ascii_lowercase().starts_with("multipart/"));
    if is_multipart {
        let mut parts = Multipart::new(request.headers(), payload);
        let (name, part) = file_part(&mut parts).await?;
        forward(name, part.map_err(broken_off), limits, read).await
    } else {
        let name = request
            .headers()
            .get(header::CONTENT_DISPOSITION)
            .and_then(|value| ContentDisposition::from_raw(value).ok())
            .and_then(|disposition| disposition.get_filename().map(str::to_owned))
            .unwrap_or_default();
        forward(name, payload.map_err(broken_off), limits, read).await
    }
}

fn stated_length(request: &HttpRequest) -> Option<u64> {
    request.headers().get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// What the framework says of a body that does not come whole, as an error that may cross threads.
fn broken_off(error: impl Display) -> io::Error {
    io::Error::other(error.to_string())
}

/// The part named `file`; those before it are passed over.
async fn file_part(parts: &mut Multipart) -> Result<(String, actix_multipart::Field), Problem> {
    for _ in 0..PARTS_MAX {
        let next = tokio::time::timeout(SILENCE_MAX, parts.next()).await.map_err(|_| timed_out())?;
        let Some(part) = next else { break };
        let part = part.map_err(|error| {
            Problem::new(
                Kind::BadRequest,
                format!("multipart の本文が読めません（{error}）。"),
                format!("The multipart body does not read: {error}."),
            )
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
    body: impl Stream<Item = io::Result<Bytes>>,
    limits: UploadLimits,
    read: impl FnOnce(String, Arriving) -> T + Send + 'static,
) -> Result<T, Problem> {
    let mut body = std::pin::pin!(body);
    let (sender, receiver) = mpsc::channel(CHUNKS_WAITING);
    let reading = tokio::task::spawn_blocking(move || read(name, Arriving { receiver, chunk: Bytes::new() }));

    let mut bytes = 0;
    let broken = loop {
        match tokio::time::timeout(SILENCE_MAX, body.next()).await {
            Err(_) => break Some(timed_out()),
            Ok(None) if bytes == 0 => break Some(no_file()),
            Ok(None) => break None,
            Ok(Some(Err(error))) => {
                break Some(Problem::new(
                    Kind::BadRequest,
                    "ファイルが最後まで届きませんでした。もう一度送ってください。",
                    format!("The file did not arrive whole: {error}."),
                ));
            }
            Ok(Some(Ok(chunk))) => {
                bytes += chunk.len() as u64;
                if bytes > limits.bytes_max {
                    break Some(too_large(limits));
                }
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
    let made = reading.await.map_err(|error| Problem::fault(&error))?;
    broken.map_or(Ok(made), Err)
}

fn no_file() -> Problem {
    Problem::new(
        Kind::NoFile,
        "ファイルがありません。multipart の `file` に入れるか、本文としてそのまま送ってください。例: curl -F file=@データ.csv …",
        "There is no file: send it as the multipart part `file` or as the body. Example: curl -F file=@data.csv …",
    )
}

fn timed_out() -> Problem {
    let seconds = SILENCE_MAX.as_secs();
    Problem::new(
        Kind::Timeout,
        format!("{seconds}秒のあいだ続きが届きませんでした。もう一度送ってください。"),
        format!("Nothing arrived for {seconds} seconds. Please send it again."),
    )
}

fn too_large(limits: UploadLimits) -> Problem {
    let max = limits.bytes_max;
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
