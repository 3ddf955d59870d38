//! A body that is no file: read whole, within a bound; JSON into the type of an operation's words.
//!
//! It is read by the handler and not by an extractor, so that nobody's body is taken before they are known.

use std::io;

use actix_web::HttpRequest;
use actix_web::error::PayloadError;
use actix_web::http::header;
use actix_web::web::{Data, Payload};
use futures_util::StreamExt;
use serde::de::DeserializeOwned;

use crate::limits::size;
use crate::problem::{Kind, Problem};
use crate::state::House;
use crate::upload;

/// What the body says.
///
/// # Errors
/// [`Kind::UnsupportedBody`] for another media type than JSON, [`Kind::TooLarge`], [`Kind::Timeout`] when it comes too
/// slowly, [`Kind::BadRequest`] when it breaks off or is no JSON of that shape.
pub async fn read<T: DeserializeOwned>(request: &HttpRequest, payload: Payload) -> Result<T, Problem> {
    if !is_json(request) {
        return Err(Problem::new(
            Kind::UnsupportedBody,
            "本文は JSON です。`Content-Type: application/json` を付けて送ってください。",
            "The body is JSON: send it with `Content-Type: application/json`.",
        ));
    }
    serde_json::from_slice(&bytes(request, payload).await?).map_err(|why| unreadable(&why))
}

/// The bytes of a body that is no file.
///
/// # Errors
/// [`Kind::TooLarge`], [`Kind::Timeout`], [`Kind::BadRequest`] when it breaks off.
pub async fn bytes(request: &HttpRequest, mut payload: Payload) -> Result<Vec<u8>, Problem> {
    let house = request.app_data::<Data<House>>().expect("every server has a house");
    let bytes_max = size(house.limits.json_bytes_max);
    let mut bytes = Vec::new();
    while let Some(piece) = payload.next().await {
        let piece = piece.map_err(|why| broken(&why))?;
        if bytes.len() + piece.len() > bytes_max {
            return Err(Problem::new(
                Kind::TooLarge,
                format!("本文が大きすぎます。受け取れるのは {bytes_max} バイトまでです。"),
                format!("The body is too large: up to {bytes_max} bytes are taken."),
            )
            .with("bytes_max", bytes_max));
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

fn is_json(request: &HttpRequest) -> bool {
    let stated = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let media_type = stated.and_then(|value| value.split(';').next()).map(str::trim);
    media_type.is_none_or(|media_type| media_type.eq_ignore_ascii_case("application/json"))
}

fn broken(why: &PayloadError) -> Problem {
    match why {
        PayloadError::Io(cause) if cause.kind() == io::ErrorKind::TimedOut => upload::too_slow(),
        other => unreadable(other),
    }
}

fn unreadable(why: &dyn std::fmt::Display) -> Problem {
    Problem::new(
        Kind::BadRequest,
        format!("本文の JSON が読めません（{why}）。"),
        format!("The body does not read as the JSON it should be: {why}."),
    )
}
