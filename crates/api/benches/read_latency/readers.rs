//! Readers who come by regularly: each asks for a dataset and downloads its CSV.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{JoinHandle, sleep, spawn};
use std::time::{Duration, Instant};

use crate::Outcome;
use crate::http::{Answer, Connection, get};

/// So many, one after the other, each due again so long after it was due before.
const READERS: u32 = 4;
const PACE: Duration = Duration::from_millis(10);

const ASKED: [&str; 2] =
    ["/api/v1/datasets/sample-public-toilets", "/api/v1/datasets/sample-public-toilets/download.csv"];

/// When a read was due, and how long after that both answers were there.
type Read = (Instant, Duration);

/// Readers at their reading.
pub struct Readers {
    closing: Arc<AtomicBool>,
    readers: Vec<JoinHandle<Result<Vec<Read>, String>>>,
}

/// What all of them waited.
pub struct Reads(Vec<Read>);

impl Readers {
    /// Lets them come to the server at `port`, each over a connection that it keeps.
    pub fn start(port: u16) -> Outcome<Readers> {
        let closing = Arc::new(AtomicBool::new(false));
        let begin = Instant::now() + PACE;
        let mut readers = Vec::new();
        for number in 0..READERS {
            let (connection, closing) = (Connection::open(port)?, Arc::clone(&closing));
            let first = begin + PACE * number / READERS;
            readers.push(spawn(move || {
                reads(connection, first, &closing).map_err(|error| format!("a reader: {error}"))
            }));
        }
        Ok(Readers { closing, readers })
    }

    /// Sends them home once they have asked for everything that was due.
    pub fn stop(self) -> Outcome<Reads> {
        self.closing.store(true, Ordering::Relaxed);
        let mut reads = Vec::new();
        for reader in self.readers {
            reads.extend(reader.join().map_err(|_| "a reader fell over")??);
        }
        Ok(Reads(reads))
    }
}

/// Reads on a fixed schedule. Who had to wait for an answer is late for the next and asks at once, and its wait counts from
/// when it was due: else a server that stands still for a second would be felt by four reads, and not by four hundred.
fn reads(mut connection: Connection, first: Instant, closing: &AtomicBool) -> Outcome<Vec<Read>> {
    let requests = ASKED.map(get);
    let mut answer = Answer::default();
    // Enough for a round, so that growing does not disturb it.
    let mut reads = Vec::with_capacity(10_000);
    let mut due = first;
    loop {
        let early = due.saturating_duration_since(Instant::now());
        if !early.is_zero() {
            if closing.load(Ordering::Relaxed) {
                return Ok(reads);
            }
            sleep(early);
        }
        for request in &requests {
            connection.ask(request, b"", &mut answer)?;
        }
        reads.push((due, due.elapsed()));
        due += PACE;
    }
}

/// How long was waited in some time, in milliseconds.
#[derive(Clone, Copy)]
pub struct Waits {
    pub p50: f64,
    pub p99: f64,
    pub max: f64,
}

impl Reads {
    /// The waits of those that were due from `begin` until before `end`.
    pub fn between(&self, begin: Instant, end: Instant) -> Waits {
        let mut waits: Vec<Duration> =
            self.0.iter().filter(|(due, _)| (begin..end).contains(due)).map(|(_, wait)| *wait).collect();
        waits.sort();
        let at = |place: usize| waits.get(place).map_or(f64::NAN, |wait| wait.as_secs_f64() * 1e3);
        Waits {
            p50: at(waits.len() / 2),
            p99: at(waits.len() * 99 / 100),
            max: at(waits.len().wrapping_sub(1)),
        }
    }
}
