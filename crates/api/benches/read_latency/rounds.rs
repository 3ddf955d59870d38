//! One publish after the other, each beside the quiet before it, and the tables of them.

use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::Outcome;
use crate::publication::Department;
use crate::readers::{Readers, Waits};
use crate::server::Server;

/// Not counted: connections are opened, and what was not asked for lately is fetched.
const WARMING: Duration = Duration::from_millis(500);
const QUIET: Duration = Duration::from_secs(8);

/// What readers waited in a round, how long the publish took, and how many forms there were so long after it.
pub struct Round {
    quiet: Waits,
    publishing: Waits,
    following: Waits,
    published_seconds: f64,
    forms: usize,
    forms_seconds: f64,
}

impl Round {
    /// Publishes `file` as the dataset of that `number`. The readers come all the while, and each read belongs to the time in
    /// which it was due.
    pub fn of(server: &Server, department: &Department, number: u64, file: &[u8]) -> Outcome<Round> {
        let publication = department.prepare(number)?;
        server.settle()?;
        let readers = Readers::start(server.port)?;
        sleep(WARMING);
        let begin = Instant::now();
        sleep(QUIET);
        let upload = Instant::now();
        publication.publish(file)?;
        let published = Instant::now();
        let forms = publication.wait_for_forms()?;
        let end = Instant::now();
        let reads = readers.stop()?;
        Ok(Round {
            quiet: reads.between(begin, upload),
            publishing: reads.between(upload, published),
            following: reads.between(published, end),
            published_seconds: (published - upload).as_secs_f64(),
            forms,
            forms_seconds: (end - published).as_secs_f64(),
        })
    }

    /// The head of the table that has a line of each round.
    pub fn head() -> &'static str {
        "| round | p99, quiet | while it is published | × | while its forms follow | × | published in | forms there |\n\
         |--:|--:|--:|--:|--:|--:|--:|--:|"
    }

    /// Its line.
    pub fn told(&self, number: u64) -> String {
        format!(
            "| {number} | {:.2} ms | {:.2} ms | {:.1} | {:.2} ms | {:.1} | {:.2} s | {} after {:.2} s |",
            self.quiet.p99,
            self.publishing.p99,
            self.publishing.p99 / self.quiet.p99,
            self.following.p99,
            self.following.p99 / self.quiet.p99,
            self.published_seconds,
            self.forms,
            self.forms_seconds,
        )
    }
}

/// One of the times of a round.
type WaitsOf = fn(&Round) -> Waits;

/// The table of all rounds: medians, but of `max` the worst.
pub fn all(rounds: &[Round], rows: u64) -> String {
    let times: [(&str, WaitsOf); 3] = [
        ("quiet", |round| round.quiet),
        ("while it is published", |round| round.publishing),
        ("while its forms follow", |round| round.following),
    ];
    let mut table =
        "| a reader waits | p50 | p99 | max | p99 beside quiet |\n|---|--:|--:|--:|--:|\n".to_owned();
    for (name, waits) in times {
        table += &format!(
            "| {name} | {:.2} ms | {:.2} ms | {:.1} ms | {:.2} |\n",
            median(rounds, |round| waits(round).p50),
            median(rounds, |round| waits(round).p99),
            rounds.iter().map(|round| waits(round).max).fold(f64::NAN, f64::max),
            median(rounds, |round| waits(round).p99 / round.quiet.p99),
        );
    }
    let rate = median(rounds, |round| rows as f64 / round.published_seconds);
    table + &format!("\n| | |\n|---|--:|\n| rows a second, from upload to publish | {rate:.0} |")
}

fn median(rounds: &[Round], figure: impl Fn(&Round) -> f64) -> f64 {
    let mut figures: Vec<f64> = rounds.iter().map(figure).collect();
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}
