//! How long readers wait over HTTP while somebody publishes a large file.
//!
//! `cargo bench -p api --bench read_latency` writes the tables of `docs/benchmarks.md`: the release program (built for it, or
//! the one that `HIYORI_PROGRAM` names) on SQLite and a folder; 消防水利施設一覧 (16 columns, made up, 【見本】) of 100,000 rows is uploaded, submitted
//! and published, while four readers ask for another dataset and its CSV every 10 ms. `-- --rounds N` publishes so often, each time
//! to a new dataset, `-- --rows N` so much. Readers and server share the machine. Linux only.

mod http;
#[path = "../../../catalog/benches/publishing/hydrants.rs"]
mod hydrants;
#[path = "../common/memory.rs"]
mod memory;
#[path = "../common/port.rs"]
mod port;
#[path = "../common/program.rs"]
mod program;
mod publication;
mod readers;
mod rounds;
mod server;

use std::error::Error;
use std::fs;

use self::publication::Department;
use self::rounds::Round;
use self::server::Server;

/// What a step of the measurement gives, or what stood in its way.
type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let (mut count, mut rows) = (5, 100_000);
    for pair in args.chunks(2) {
        match pair {
            [name, number] if name == "--rounds" => count = number.parse()?,
            [name, number] if name == "--rows" => rows = number.parse()?,
            _ => return Err("the arguments are none of [--rounds N] [--rows N]".into()),
        }
    }
    measure(count, rows)
}

fn measure(count: u64, rows: u64) -> Outcome<()> {
    let program = program::program()?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("hydrants.csv");
    hydrants::write(&file, rows)?;
    let mut file = fs::read(file)?;
    let server = Server::start(&program, folder.path())?;
    let department = Department::at(&server)?;
    server.settle()?;
    let before = server.memory_bytes("VmRSS:")?;

    println!("\n{rows} rows, {} MB:\n\n{}", file.len() / 1_000_000, Round::head());
    let mut rounds = Vec::new();
    for number in 1..=count {
        renew(&mut file, number)?;
        let round = Round::of(&server, &department, number, &file)?;
        println!("{}", round.told(number));
        rounds.push(round);
    }
    println!("\n{}", rounds::all(&rounds, rows));
    let megabytes = |bytes: u64| bytes / 1_000_000;
    println!("| memory of the server before | {} MB |", megabytes(before));
    println!("| its peak | {} MB |", megabytes(server.memory_bytes("VmHWM:")?));
    Ok(())
}

/// Makes another file of it: the rows of a file that was published before are there already, and publishing it again costs
/// next to nothing.
fn renew(file: &mut [u8], number: u64) -> Outcome<()> {
    // The key of the first row, out of the way of all others.
    let key = format!(",H{:07},", 9_000_000 + number);
    let place = file.windows(2).position(|window| window == b",H").ok_or("a file without keys")?;
    let cell = file.get_mut(place..place + key.len()).ok_or("a key that is cut short")?;
    cell.copy_from_slice(key.as_bytes());
    Ok(())
}
