//! Bodies on their way in: refused before anybody reads them, or watched while they come.

use std::io;
use std::time::Duration;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::http::header;
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage};
use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};
use tokio::time::{Instant, timeout_at};

use crate::limits::{BODY_GRACE, Limits, seconds, set};
use crate::problem::{Kind, Problem};
use crate::state::House;
use crate::upload::FORM_BYTES_MAX;

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

/// Puts a watch on the body: whoever reads it sees it end in an error when it comes too slowly or is too long.
pub async fn watch(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if let Some(limits) = request.app_data::<Data<House>>().map(|house| house.limits) {
        let body = request.take_payload();
        request.set_payload(match body {
            Payload::None => Payload::None,
            body => Payload::Stream { payload: Box::pin(watched(body, limits)) },
        });
    }
    Ok(next.call(request).await?.map_into_boxed_body())
}

/// `body`, which ends in [`PayloadError::Io`] with [`io::ErrorKind::TimedOut`] when it is silent or slow for too long,
/// and with [`io::ErrorKind::FileTooLarge`] when it is longer than a file and the form around it.
fn watched(body: Payload, limits: Limits) -> impl Stream<Item = Result<Bytes, PayloadError>> {
    let began = Instant::now();
    let whole = seconds(limits.body_seconds_max).map(|time| began + time);
    let bytes_max = set(limits.upload_bytes_max).map(|bytes| bytes.saturating_add(FORM_BYTES_MAX));
    stream::try_unfold((body, 0), move |(mut body, arrived)| async move {
        let silence = seconds(limits.body_silence_seconds_max).map(|time| Instant::now() + time);
        let slow = set(limits.body_rate_min).map(|rate| began + BODY_GRACE + at_rate(arrived + 1, rate));
        let next = match [silence, whole, slow].into_iter().flatten().min() {
            Some(until) => timeout_at(until, body.next())
                .await
                .map_err(|_| PayloadError::Io(io::Error::from(io::ErrorKind::TimedOut)))?,
            None => body.next().await,
        };
        let Some(chunk) = next.transpose()? else { return Ok(None) };
        let arrived = arrived + chunk.len() as u64;
        if bytes_max.is_some_and(|max| arrived > max) {
            return Err(PayloadError::Io(io::Error::from(io::ErrorKind::FileTooLarge)));
        }
        Ok(Some((chunk, (body, arrived))))
    })
}

/// How long `bytes` take at `rate` bytes a second.
fn at_rate(bytes: u64, rate: u64) -> Duration {
    Duration::from_millis(bytes.saturating_mul(1_000) / rate.max(1))
}
