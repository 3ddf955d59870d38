//! How long a file takes to be validated, and how much memory, beside a bare read of the same file.
//!
//! `cargo bench -p ingestion --bench speed` writes the tables of `docs/benchmarks.md`. The files are made anew (and
//! taken away again) in the folder for temporary files, which needs 4 GB for a million rows; `-- --rows 100000` is
//! content with 400 MB. Each figure is the median of several rounds, and each measurement a process of its own, so
//! that its peak of memory is its own as well. Linux only: processor time and memory are asked of its kernel.

mod facilities;
mod measure;
mod round;
mod table;

use std::io;
use std::path::PathBuf;

use self::facilities::Dirt;
use self::measure::Way;

/// What is measured, in the order of the table, and in which line stands what it is held against.
const ROUND: [(&str, Way, Dirt, usize); 10] = [
    ("bare read: `csv` and SHA-256", Way::Bare, Dirt::None, 0),
    ("validate, gate and readability off", Way::Core, Dirt::None, 0),
    ("validate", Way::Everything, Dirt::None, 0),
    ("validate, 1 % of the rows bad", Way::Everything, Dirt::Some, 2),
    ("validate, every row bad", Way::Everything, Dirt::All, 2),
    ("validate, CP932", Way::Everything, Dirt::Cp932, 2),
    ("validate, gate and readability off, 1 % of the rows bad", Way::Core, Dirt::Some, 1),
    ("validate, gate and readability off, every row bad", Way::Core, Dirt::All, 1),
    ("validate, gate and readability off, CP932", Way::Core, Dirt::Cp932, 1),
    ("validate, two cores", Way::TwoCores, Dirt::None, 2),
];

fn main() -> io::Result<()> {
    let mut args = std::env::args().skip(1).filter(|arg| arg != "--bench");
    let (mut rows, mut rounds) = (vec![100_000, 1_000_000], 5);
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or_else(|| bad(&arg));
        match arg.as_str() {
            "--rows" => rows = vec![value()?.parse().map_err(|_| bad(&arg))?],
            "--rounds" => rounds = value()?.parse().map_err(|_| bad(&arg))?,
            // What this program calls itself with.
            "--measure" => {
                let way = Way::named(&value()?).ok_or_else(|| bad(&arg))?;
                println!("{}", measure::measure(way, &PathBuf::from(value()?))?);
                return Ok(());
            }
            _ => return Err(bad(&arg)),
        }
    }
    println!("{}", table::machine()?);
    for rows in rows {
        let folder = tempfile::tempdir()?;
        let outcome = round::rounds(&ROUND, rows, rounds, folder.path())?;
        println!("{}", table::table(&outcome));
    }
    Ok(())
}

fn bad(arg: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, format!("`{arg}` is none of [--rows N] [--rounds N]"))
}
