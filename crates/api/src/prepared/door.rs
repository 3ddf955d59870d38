//! The door: whoever asks for what is ready gets it here, and does not go through the house.
//!
//! What an address and an `Accept` mean is found out once, by the handlers and all they pass through; the door remembers the
//! [`Key`] that came of it. Addresses of single rows it understands by itself: there are too many to be remembered. What is
//! sent, counted, logged and limited is the same on both ways. Requests with a token, a body or a range always go through the
//! house.

use std::cell::RefCell;
use std::collections::HashMap;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Instant;

use actix_http::{HttpMessage, Request, Response};
use actix_service::{Service, ServiceFactory};
use actix_web::body::{BodySize, EitherBody, MessageBody};
use actix_web::dev::ServiceResponse;
use actix_web::http::header::{self, HeaderMap, HeaderName};
use actix_web::http::{Method, StatusCode};
use actix_web::web::Data;
use bytes::Bytes;
use futures_util::future::{Either, LocalBoxFuture, Ready as AtOnce, ready};
use jiff::Timestamp;

use super::{Key, Prepared, Ready, Reply};
use crate::address::{Neighbours, Origin};
use crate::connection::{GATHERED_BYTES, Pace};
use crate::log::access;
use crate::metrics::Tally;
use crate::middleware::log;
use crate::middleware::pace::Held;
use crate::rates::Rates;

/// Addresses that one worker remembers, and how long one may be, with its `Accept`.
const REMEMBERED_MAX: usize = 8_192;
const ADDRESS_BYTES_MAX: usize = 512;

/// The route of single rows.
const ROW: &str = "/api/v1/datasets/{slug}/records/{key}";

/// What takes a request through the house.
const INSIDE: [HeaderName; 6] = [
    header::AUTHORIZATION,
    header::RANGE,
    header::CONTENT_LENGTH,
    header::TRANSFER_ENCODING,
    header::CONTENT_ENCODING,
    header::EXPECT,
];

/// What the door needs to know.
#[derive(Clone)]
pub struct Porch {
    /// What is ready.
    pub prepared: Prepared,
    /// How often everybody has asked.
    pub rates: Data<Rates>,
    /// Whose word counts.
    pub neighbours: Data<Neighbours>,
}

/// The door in front of the house that `F` builds.
pub struct DoorTo<F> {
    house: F,
    porch: Porch,
}

impl<F> DoorTo<F> {
    /// A door in front of `house`.
    pub fn new(house: F, porch: Porch) -> DoorTo<F> {
        DoorTo { house, porch }
    }
}

impl<F, B> ServiceFactory<Request> for DoorTo<F>
where
    F: ServiceFactory<Request, Response = ServiceResponse<B>>,
    <F::Service as Service<Request>>::Future: 'static,
    F::Future: 'static,
    B: MessageBody + 'static,
{
    type Response = Response<EitherBody<Whole, B>>;
    type Error = F::Error;
    type Config = F::Config;
    type Service = Door<F::Service>;
    type InitError = F::InitError;
    type Future = LocalBoxFuture<'static, Result<Self::Service, Self::InitError>>;

    fn new_service(&self, config: F::Config) -> Self::Future {
        let (house, porch) = (self.house.new_service(config), self.porch.clone());
        Box::pin(async move { Ok(Door { house: house.await?, porch, remembered: Rc::default() }) })
    }
}

/// The door of one worker.
pub struct Door<S> {
    house: S,
    porch: Porch,
    remembered: Rc<Remembered>,
}

impl<S, B> Service<Request> for Door<S>
where
    S: Service<Request, Response = ServiceResponse<B>>,
    S::Future: 'static,
    B: MessageBody + 'static,
{
    type Response = Response<EitherBody<Whole, B>>;
    type Error = S::Error;
    type Future = Either<
        AtOnce<Result<Self::Response, S::Error>>,
        LocalBoxFuture<'static, Result<Self::Response, S::Error>>,
    >;

    fn poll_ready(&self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.house.poll_ready(context)
    }

    fn call(&self, request: Request) -> Self::Future {
        if !is_for_anybody(&request) {
            let answering = self.house.call(request);
            return Either::Right(Box::pin(async move {
                Ok(Response::from(answering.await?).map_body(|_, body| EitherBody::right(body)))
            }));
        }
        if let Some(answer) = self.porch.answer(&request, &self.remembered) {
            return Either::Left(ready(Ok(answer.map_body(|_, body| EitherBody::left(body)))));
        }
        let place = Remembered::place(&request);
        let remembered = Rc::clone(&self.remembered);
        let answering = self.house.call(request);
        Either::Right(Box::pin(async move {
            let answer = answering.await?;
            if let Some(place) = place {
                remembered.look(place, &answer);
            }
            Ok(Response::from(answer).map_body(|_, body| EitherBody::right(body)))
        }))
    }
}

/// Whether anybody who sends this request gets the same.
fn is_for_anybody(request: &Request) -> bool {
    let reads = *request.method() == Method::GET || *request.method() == Method::HEAD;
    reads && !INSIDE.iter().any(|name| request.headers().contains_key(name))
}

impl Porch {
    /// The answer to `request`, if it is ready.
    fn answer(&self, request: &Request, remembered: &Remembered) -> Option<Response<Whole>> {
        let began = Instant::now();
        let Found { ready, since, counts } = self.find(request, remembered)?;
        let Reply { status, headers, bytes } = ready.reply(request.headers(), since)?;
        let peer = request.peer_addr()?.ip();
        let origin = Origin::of_headers(peer, request.headers(), &self.neighbours.trusted_proxies);
        // Somebody who asks too often is told so inside.
        self.rates.count(origin.client, true, None).ok()?;

        let held = Held::begin(request.conn_data::<Pace>());
        let mut answer = Response::with_body(status, Whole { bytes, _held: held });
        *answer.headers_mut() = headers;
        let id = log::id(request.headers(), Some(origin));
        log::put_id(answer.headers_mut(), &id);
        let took = began.elapsed();
        let tally = if *request.method() == Method::HEAD { &counts.heads } else { &counts.gets };
        tally.answered(status, took);
        let method = request.method().as_str();
        access::line(&id, method, request.path(), status, took);
        Some(answer)
    }

    fn find(&self, request: &Request, remembered: &Remembered) -> Option<Found> {
        if let Some(known) = remembered.find(request)
            && let Some((ready, since)) = self.prepared.ready_now(&known.key)
        {
            return Some(Found { ready, since, counts: Rc::clone(&known.counts) });
        }
        let (dataset, name) = row_of(request)?;
        let (answer, since) = self.prepared.row_now(dataset, name)?;
        Some(Found { ready: Arc::new(Ready::of(answer)), since, counts: remembered.counts(ROW) })
    }
}

/// What is at hand for a request.
struct Found {
    ready: Arc<Ready>,
    since: Timestamp,
    counts: Rc<Counts>,
}

/// How requests of one route are counted.
struct Counts {
    gets: Tally,
    heads: Tally,
}

/// What the door remembers of addresses.
#[derive(Default)]
struct Remembered {
    known: RefCell<HashMap<Box<[u8]>, Rc<Known>>>,
    counts: RefCell<HashMap<String, Rc<Counts>>>,
    scratch: RefCell<Vec<u8>>,
}

/// What an address means.
struct Known {
    key: Key,
    counts: Rc<Counts>,
}

impl Remembered {
    fn find(&self, request: &Request) -> Option<Rc<Known>> {
        let mut place = self.scratch.borrow_mut();
        place.clear();
        write_place(request, &mut place)?;
        self.known.borrow().get(place.as_slice()).cloned()
    }

    fn place(request: &Request) -> Option<Box<[u8]>> {
        let mut place = Vec::new();
        write_place(request, &mut place)?;
        Some(place.into())
    }

    /// Remembers what the house has found out about the address at `place`.
    fn look<B>(&self, place: Box<[u8]>, answer: &ServiceResponse<B>) {
        let is_good = matches!(answer.status(), StatusCode::OK | StatusCode::NOT_MODIFIED);
        let Some(key) = answer.response().extensions().get::<Key>().cloned().filter(|_| is_good) else {
            return;
        };
        let route = answer.request().match_pattern().unwrap_or_default();
        let known = Known { key, counts: self.counts(&route) };
        let mut all = self.known.borrow_mut();
        if all.len() >= REMEMBERED_MAX {
            all.clear();
        }
        all.insert(place, Rc::new(known));
    }

    /// Of the route `pattern`: there are not many.
    fn counts(&self, pattern: &str) -> Rc<Counts> {
        let mut all = self.counts.borrow_mut();
        if let Some(counts) = all.get(pattern) {
            return Rc::clone(counts);
        }
        let counts = Rc::new(Counts { gets: Tally::of("GET", pattern), heads: Tally::of("HEAD", pattern) });
        all.insert(pattern.to_owned(), Rc::clone(&counts));
        counts
    }
}

/// The dataset and the name of the row that a request asks for, as far as both stand in its address as they are.
fn row_of(request: &Request) -> Option<(&str, &str)> {
    let path = request.uri().path_and_query()?.as_str().strip_prefix("/api/v1/datasets/")?;
    let (dataset, row) = path.split_once('/')?;
    let name = row.strip_prefix("records/")?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~' | ',' | '@');
    (!name.is_empty() && name.chars().all(is_plain)).then_some((dataset, name))
}

/// Everything of a request that decides what it asks for: its address, and what it accepts.
fn write_place(request: &Request, place: &mut Vec<u8>) -> Option<()> {
    let address = request.uri().path_and_query()?;
    place.extend_from_slice(address.as_str().as_bytes());
    for accept in accepts(request.headers()) {
        place.push(b'\n');
        place.extend_from_slice(accept);
    }
    (place.len() <= ADDRESS_BYTES_MAX).then_some(())
}

fn accepts(headers: &HeaderMap) -> impl Iterator<Item = &[u8]> {
    headers.get_all(header::ACCEPT).map(|value| value.as_bytes())
}

/// A body that is there as a whole, handed on as it is gathered; the connection counts as busy until it is sent.
pub struct Whole {
    bytes: Bytes,
    _held: Held,
}

impl MessageBody for Whole {
    type Error = std::convert::Infallible;

    fn size(&self) -> BodySize {
        BodySize::Sized(self.bytes.len() as u64)
    }

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        let this = self.get_mut();
        if this.bytes.is_empty() {
            return Poll::Ready(None);
        }
        let piece = this.bytes.split_to(this.bytes.len().min(GATHERED_BYTES));
        Poll::Ready(Some(Ok(piece)))
    }
}
