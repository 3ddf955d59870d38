//! How fast rows are asked for over HTTP, beside datasette on the same file in the same run.
//!
//! `cargo bench -p api --bench asking` writes the tables of `docs/benchmarks.md`: 消防水利施設一覧 (16 columns, made up, 【見本】) of 100,000 rows,
//! published to the real program on SQLite; four connections that ask again as soon as they are answered. `-- --rows N`, `-- --seconds N` for
//! each question. datasette (from PyPI) takes part where it is on the PATH or `HIYORI_DATASETTE` names it; it gets the same
//! rows with an index for every column that is asked about. Linux only.

mod client;
mod datasette;
#[path = "../../../catalog/benches/publishing/hydrants.rs"]
mod hydrants;
#[path = "../common/memory.rs"]
mod memory;
#[path = "../common/port.rs"]
mod port;
#[path = "../common/program.rs"]
mod program;
mod questions;
mod server;

use std::error::Error;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use self::client::{Asked, ask_for};
use self::datasette::Datasette;
use self::server::Server;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let (rows, seconds) = (number(&args, "--rows", 100_000)?, number(&args, "--seconds", 4)?);
    let time = Duration::from_secs(seconds);

    let folder = tempfile::tempdir()?;
    let file = folder.path().join("data.csv");
    hydrants::write(&file, rows)?;
    println!(
        "\n{rows} rows, {} MB; four connections, {seconds} s for each question:\n",
        fs::metadata(&file)?.len() / 1_000_000
    );
    let server = Server::start(folder.path(), &file)?;
    let rival = Datasette::start(folder.path(), &file)?;
    compare(&server, rival.as_ref(), rows, time)?;
    among_themselves(&server, rows, time)?;
    exports(&server)
}

/// The number behind `name`, or the usual one.
fn number(args: &[String], name: &str, usual: u64) -> Outcome<u64> {
    match args.iter().position(|arg| arg == name) {
        Some(place) => Ok(args.get(place + 1).ok_or("a number is missing")?.parse()?),
        None => Ok(usual),
    }
}

/// The same questions to both.
fn compare(server: &Server, rival: Option<&Datasette>, rows: u64, time: Duration) -> Outcome<()> {
    println!("| | requests a second | p99 | datasette | times |\n|---|--:|--:|--:|--:|");
    for question in questions::common(rows) {
        let own = ask_for(server.address(), time, &|number| (question.own)(number))?;
        let other = match rival {
            Some(rival) => Some(ask_for(rival.address(), time, &|number| (question.datasettes)(number))?),
            None => None,
        };
        let (figure, times) = match &other {
            Some(other) => (format!("{:.0}", other.rate()), format!("{:.1}", own.rate() / other.rate())),
            None => ("not there".to_owned(), String::new()),
        };
        println!("| {} | {:.0} | {} | {figure} | {times} |", question.name, own.rate(), own.p99());
    }
    Ok(())
}

/// What a question costs beside another of ours.
fn among_themselves(server: &Server, rows: u64, time: Duration) -> Outcome<()> {
    println!("\n| | requests a second | p99 | time beside | |\n|---|--:|--:|--:|--:|");
    let rate = |path: String| -> Outcome<Asked> { ask_for(server.address(), time, &|_| path.clone()) };
    let tell = |name: &str, asked: &Asked, beside: Option<(&str, &Asked)>| {
        let (other, times) = match beside {
            Some((name, other)) => (name, format!("{:.2}", other.rate() / asked.rate())),
            None => ("", String::new()),
        };
        println!("| {name} | {:.0} | {} | {other} | {times} |", asked.rate(), asked.p99());
    };
    let records = "/api/v1/datasets/hydrants/records";
    let first = rate(format!("{records}?count=false"))?;
    tell("a page of 100", &first, None);
    let counted = rate(records.to_owned())?;
    tell("… with the total", &counted, Some(("without", &first)));
    let row = rate(format!("{records}/H0000001"))?;
    tell("one row by its key, asked again", &row, None);
    let last = server.cursor_near_the_end(rows)?;
    let last = rate(format!("{records}?count=false&cursor={last}"))?;
    tell("the last page", &last, Some(("the first", &first)));
    for (name, sort) in
        [("sorted", "口径"), ("sorted, the other way", "-口径"), ("sorted by a text", "所在地_連結表記")]
    {
        let sorted = rate(questions::path(&format!("{records}?count=false&sort={sort}")))?;
        tell(name, &sorted, Some(("not sorted", &first)));
    }
    let filter = |number: u64| {
        questions::path(&format!("{records}?count=false&種別=プール&limit={}", 50 + number % 50))
    };
    let filtered = ask_for(server.address(), time, &filter)?;
    tell("filtered, 50 to 99 rows", &filtered, None);
    let counted = ask_for(server.address(), time, &|number| filter(number).replace("count=false&", ""))?;
    tell("… with the total", &counted, Some(("without", &filtered)));
    let words = rate(questions::path(&format!("{records}?count=false&q=例示町 見本")))?;
    tell("words in any cell", &words, None);
    Ok(())
}

/// Everything, as fast as it comes.
fn exports(server: &Server) -> Outcome<()> {
    println!("\n| everything | MB | MB/s | memory before | peak |\n|---|--:|--:|--:|--:|");
    for form in ["csv", "ndjson", "geojson"] {
        let before = server.memory_bytes("VmRSS:")?;
        let begun = Instant::now();
        let bytes =
            client::fetch_whole(server.address(), &format!("/api/v1/datasets/hydrants/records.{form}"))?;
        let seconds = begun.elapsed().as_secs_f64();
        let megabytes = |bytes: u64| bytes as f64 / 1e6;
        println!(
            "| {form} | {:.0} | {:.0} | {:.0} MB | {:.0} MB |",
            megabytes(bytes),
            megabytes(bytes) / seconds,
            megabytes(before),
            megabytes(server.memory_bytes("VmHWM:")?)
        );
    }
    Ok(())
}

/// Runs a program to its end.
fn run(command: &mut std::process::Command) -> Outcome<()> {
    let output = command.output()?;
    if !output.status.success() {
        return Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(())
}

/// Where the samples are.
fn datasets() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../datasets")
}
