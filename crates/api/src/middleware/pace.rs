//! Tells the connection that it is busy, from a request's head to the last byte of its answer.

use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::Error;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use bytes::Bytes;

use crate::connection::{Answering, Pace};
use crate::metrics::InFlight;

/// Holds the connection's pace for as long as the answer takes.
pub async fn hold(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let held = Held::begin(request.conn_data::<Pace>());
    let response = next.call(request).await?.map_into_boxed_body();
    Ok(response.map_body(|_, body| BoxBody::new(Holding { body, _held: held })))
}

/// A request that is being answered, until it is dropped.
#[derive(Debug)]
pub struct Held {
    _answering: Option<Answering>,
    _counted: InFlight,
}

impl Held {
    /// A request has come, on a connection with this `pace`.
    pub fn begin(pace: Option<&Pace>) -> Held {
        Held { _answering: pace.map(Pace::begin), _counted: InFlight::begin() }
    }
}

struct Holding {
    body: BoxBody,
    _held: Held,
}

impl MessageBody for Holding {
    type Error = Box<dyn std::error::Error>;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        self.get_mut().body.as_pin_mut().poll_next(context)
    }
}
