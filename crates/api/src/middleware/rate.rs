//! Requests that come too often are told to wait. Probes are answered always.

use actix_web::Error;
use actix_web::HttpMessage;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Data;
use tracing::info;

use crate::address::Origin;
use crate::problem::{Kind, Problem};
use crate::rates::Rates;

/// What watches over the program asks as often as it likes.
pub const PROBES: [&str; 3] = ["/healthz", "/readyz", "/metrics"];

/// Counts the request, and answers 429 with `Retry-After` when there were too many.
pub async fn limit(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let wait = if PROBES.contains(&request.path()) { None } else { counted(&request) };
    let Some(seconds) = wait else { return Ok(next.call(request).await?.map_into_boxed_body()) };
    let problem = Problem::new(
        Kind::TooManyRequests,
        format!("問い合わせが多すぎます。{seconds}秒待ってからもう一度お試しください。"),
        format!("There were too many requests. Wait {seconds} seconds and try again."),
    );
    Ok(request.error_response(problem.after(seconds)))
}

/// How many seconds to wait, when there were too many.
fn counted(request: &ServiceRequest) -> Option<u64> {
    let rates = request.app_data::<Data<Rates>>()?;
    let Origin { client, .. } = *request.extensions().get::<Origin>()?;
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let authorization = request.headers().get(header::AUTHORIZATION).map(HeaderValue::as_bytes);
    let wait = rates.count(client, reads, authorization).err()?;
    // The one line that names an address: whoever floods the server has to be found.
    info!(client.address = %client, "too many requests from {client}");
    Some(wait.as_secs() + 1)
}
