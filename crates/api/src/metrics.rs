//! What is counted, and how Prometheus reads it.
//!
//! Labels come from closed sets: a route is named by its pattern, never by the path somebody typed.

use std::sync::OnceLock;
use std::time::Duration;

use actix_web::http::StatusCode;
use catalog::counted;
use metrics::{
    Counter, Gauge, Histogram, counter, describe_counter, describe_gauge, describe_histogram, gauge,
    histogram,
};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

use crate::rounds::Rounds;

const REQUESTS: &str = "hiyori_requests_total";
const REQUEST_SECONDS: &str = "hiyori_request_seconds";
const IN_FLIGHT: &str = "hiyori_requests_in_flight";
const CONNECTIONS: &str = "hiyori_connections";
const CUT: &str = "hiyori_connections_cut_total";
const UPLOAD_BYTES: &str = "hiyori_upload_bytes_total";
const FAULTS: &str = "hiyori_faults_total";
const BUILD: &str = "hiyori_build_info";

/// Upper bounds of the histogram of answering times, in seconds.
const SECONDS: [f64; 11] = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];
/// How often what the histograms have gathered is put in its place.
pub const UPKEEP: Duration = Duration::from_secs(5);

static BOOK: OnceLock<PrometheusHandle> = OnceLock::new();

/// Begins to count, for the whole program. Called once.
///
/// # Errors
/// When somebody counts already.
pub fn begin() -> Result<(), Box<dyn std::error::Error>> {
    let builder = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Full(REQUEST_SECONDS.to_owned()), &SECONDS)?;
    let book = builder.install_recorder()?;
    describe_counter!(REQUESTS, "Requests answered, by method, route pattern and status");
    describe_histogram!(REQUEST_SECONDS, "Seconds until the head of an answer was ready");
    describe_gauge!(IN_FLIGHT, "Requests that are being answered");
    describe_gauge!(CONNECTIONS, "Open connections");
    describe_counter!(CUT, "Connections given up on, by what they were waited for");
    describe_counter!(UPLOAD_BYTES, "Bytes of files that were taken in");
    describe_counter!(FAULTS, "Faults of ours, by where they lie");
    describe_counter!(counted::ACTS, "Acts in the audit, by action and result");
    describe_counter!(counted::FINDINGS, "Findings in judged files, by severity");
    describe_gauge!(BUILD, "The program that runs");
    gauge!(BUILD, "version" => env!("CARGO_PKG_VERSION")).set(1.0);
    // Nobody else begins: a second recorder would have been refused above.
    let _ = BOOK.set(book);
    Ok(())
}

/// Keeps the histograms small, for as long as the server runs.
pub async fn keep_up(mut rounds: Rounds) {
    while rounds.next().await {
        if let Some(book) = BOOK.get() {
            book.run_upkeep();
        }
    }
}

/// Everything counted so far, in the text format of Prometheus.
pub fn text() -> String {
    BOOK.get().map(PrometheusHandle::render).unwrap_or_default()
}

/// A request was answered.
pub fn answered(method: &str, route: &str, status: u16, took: Duration) {
    let method = known(method);
    let route = route.to_owned();
    counter!(REQUESTS, "method" => method, "route" => route.clone(), "status" => status.to_string())
        .increment(1);
    histogram!(REQUEST_SECONDS, "method" => method, "route" => route).record(took.as_secs_f64());
}

/// What is counted of the answers to one method at one route, at hand: looking it up takes longer than an answer that is ready.
pub struct Tally {
    method: &'static str,
    route: String,
    whole: Counter,
    known: Counter,
    seconds: Histogram,
}

impl Tally {
    /// Of `method` at `route`.
    pub fn of(method: &'static str, route: &str) -> Tally {
        let route = route.to_owned();
        let of = |status: &'static str| counter!(REQUESTS, "method" => method, "route" => route.clone(), "status" => status);
        Tally {
            whole: of("200"),
            known: of("304"),
            seconds: histogram!(REQUEST_SECONDS, "method" => method, "route" => route.clone()),
            method,
            route,
        }
    }

    /// As [`answered`].
    pub fn answered(&self, status: StatusCode, took: Duration) {
        match status {
            StatusCode::OK => self.whole.increment(1),
            StatusCode::NOT_MODIFIED => self.known.increment(1),
            other => return answered(self.method, &self.route, other.as_u16(), took),
        }
        self.seconds.record(took.as_secs_f64());
    }
}

/// A method, or `other` for one that somebody made up.
fn known(method: &str) -> &'static str {
    const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    METHODS.into_iter().find(|known| *known == method).unwrap_or("other")
}

/// A request that is being answered, until it is dropped.
#[derive(Debug)]
pub struct InFlight(());

impl InFlight {
    /// A request has come.
    pub fn begin() -> InFlight {
        in_flight().increment(1.0);
        InFlight(())
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        in_flight().decrement(1.0);
    }
}

fn in_flight() -> &'static Gauge {
    static GAUGE: OnceLock<Gauge> = OnceLock::new();
    GAUGE.get_or_init(|| gauge!(IN_FLIGHT))
}

/// A connection was opened.
pub fn connection_opened() {
    gauge!(CONNECTIONS).increment(1.0);
}

/// A connection was closed.
pub fn connection_closed() {
    gauge!(CONNECTIONS).decrement(1.0);
}

/// A connection was given up on, having waited for a `request` or for an `answer` to be taken.
pub fn connection_cut(waited_for: &'static str) {
    counter!(CUT, "waited_for" => waited_for).increment(1);
}

/// Bytes of a file were taken in.
pub fn uploaded(bytes: usize) {
    counter!(UPLOAD_BYTES).increment(bytes as u64);
}

/// Something of ours failed: the `database`, the file `store`, the `disk` or something `else`.
pub fn failed(place: &'static str) {
    counter!(FAULTS, "of" => place).increment(1);
}
