//! How many requests for what is prepared are answered in a second, beside nginx with the same bytes as static files; and
//! how soon the first byte of a page of a large catalog comes.
//!
//! `cargo bench -p api --bench serving` writes the tables of `docs/benchmarks.md`: the release program (built for it, or
//! the one that `HIYORI_PROGRAM` names) on SQLite and a folder, with so many datasets as `-- --datasets 300` says. `wrk` and
//! `nginx` have to be installed; without them only the first bytes are measured. Server and client have a core each where
//! there are two.

mod catalog;
mod client;
mod nginx;
#[path = "../common/port.rs"]
mod port;
#[path = "../common/program.rs"]
mod program;
mod rounds;
mod server;

use std::error::Error;
use std::process::{Command, ExitCode};

use self::client::get;
use self::rounds::{Load, Shown};
use self::server::Hiyori;

/// What a step of the measurement gives, or what stood in its way.
pub type Outcome<T> = Result<T, Box<dyn Error>>;

/// Rounds of a few seconds each; the median counts.
const ROUNDS: usize = 5;
const SECONDS: u32 = 3;

/// What is asked for, and how it is called in the table.
const ASKED: [(&str, &str, Option<&str>); 8] = [
    ("one dataset, JSON", "/api/v1/datasets/sample-public-toilets", None),
    ("one dataset, JSON, gzip", "/api/v1/datasets/sample-public-toilets", Some("gzip")),
    ("one dataset, JSON-LD", "/datasets/sample-public-toilets.jsonld", None),
    ("one dataset, JSON-LD, gzip", "/datasets/sample-public-toilets.jsonld", Some("gzip")),
    ("a page of the catalog, JSON-LD, gzip", "/catalog.jsonld", Some("gzip")),
    ("a page of the catalog, JSON-LD", "/catalog.jsonld", None),
    ("the page of the datasets, HTML, gzip", "/datasets", Some("gzip")),
    ("a CSV, gzip", "/api/v1/datasets/sample-public-toilets/download.csv", Some("gzip")),
];

fn main() -> ExitCode {
    match measure() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn measure() -> Outcome<()> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let datasets: u32 = match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => 300,
        ["--datasets", count] => count.parse()?,
        _ => return Err("the arguments are none of [--datasets N]".into()),
    };
    let program = program::program()?;
    let folder = tempfile::tempdir()?;
    let from = folder.path().join("datasets");
    catalog::write(&from, datasets)?;
    let hiyori = Hiyori::start(&program, folder.path(), &from)?;

    first_bytes(&hiyori, datasets)?;
    if !is_there("wrk") || !is_there("nginx") {
        println!("\nwrk or nginx is not installed: nothing is held against anything.");
        return Ok(());
    }
    let mut shown = Vec::new();
    for (called, path, coding) in ASKED {
        let headers = coding.map(|coding| ("Accept-Encoding", coding));
        let answer = get(hiyori.port, path, headers)?;
        shown.push(Shown { called, path, coding, bytes: answer.body, media_type: answer.media_type });
    }
    let nginx = nginx::Nginx::start(folder.path(), &shown)?;
    println!("\n| | bytes | nginx, requests/s | hiyori, requests/s | × | nginx p99 | hiyori p99 |");
    println!("|---|--:|--:|--:|--:|--:|--:|");
    for it in &shown {
        let (mut theirs, mut ours) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            theirs.push(Load::of(nginx.port, &it.static_path(), it.coding, SECONDS)?);
            ours.push(Load::of(hiyori.port, it.path, it.coding, SECONDS)?);
        }
        let (theirs, ours) = (Load::median(theirs), Load::median(ours));
        println!(
            "| {} | {} | {:.0} | {:.0} | {:.2} | {:.2} ms | {:.2} ms |",
            it.called,
            it.bytes.len(),
            theirs.per_second,
            ours.per_second,
            ours.per_second / theirs.per_second,
            theirs.p99_ms,
            ours.p99_ms,
        );
    }
    Ok(())
}

/// How long each page of the catalog lets wait for its first byte when it is asked for the first time, and again.
fn first_bytes(hiyori: &Hiyori, datasets: u32) -> Outcome<()> {
    println!("\nThe first byte of each page of a catalog of {} datasets:\n", datasets + catalog::LOADED);
    println!(
        "| | pages | not prepared, median | not prepared, worst | prepared, worst |\n|---|--:|--:|--:|--:|"
    );
    let pages = (datasets + catalog::LOADED).div_ceil(100);
    for (called, extension, coding) in [
        ("Turtle", "ttl", None),
        ("RDF/XML", "rdf", None),
        ("JSON-LD", "jsonld", None),
        ("Turtle, gzip", "ttl", Some("gzip")),
        ("JSON-LD, Brotli", "jsonld", Some("br")),
    ] {
        let headers = coding.map(|coding| ("Accept-Encoding", coding));
        let ask = |page| get(hiyori.port, &format!("/catalog.{extension}?page={page}"), headers);
        let mut first = Vec::new();
        let mut again = Vec::new();
        for page in 1..=pages {
            first.push(ask(page)?.first_byte);
            again.push(ask(page)?.first_byte);
        }
        first.sort();
        again.sort();
        let ms = |times: &[std::time::Duration], at: usize| {
            times.get(at).map_or(f64::NAN, |time| time.as_secs_f64() * 1_000.0)
        };
        println!(
            "| {called} | {pages} | {:.1} ms | {:.1} ms | {:.1} ms |",
            ms(&first, first.len() / 2),
            ms(&first, first.len() - 1),
            ms(&again, again.len() - 1),
        );
    }
    Ok(())
}

fn is_there(program: &str) -> bool {
    Command::new(program).arg("-v").output().is_ok()
}
