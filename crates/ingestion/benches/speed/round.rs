//! All measurements of a file size, round after round.

use std::io;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::facilities::{self, Dirt};
use crate::measure::{Measured, Way};

/// What the rounds over files of one size came to.
#[derive(Debug)]
pub struct Outcome {
    /// How many rows the files have.
    pub rows: u64,
    /// How large the clean one is, in bytes.
    pub bytes: u64,
    /// How many rounds there were.
    pub rounds: usize,
    /// By what was measured.
    pub lines: Vec<Line>,
    /// When the first finding came in a file in which one row of a hundred is bad, and when it was read.
    pub first_finding: Measured,
}

/// What one way of reading a file came to.
#[derive(Debug)]
pub struct Line {
    /// What was measured.
    pub name: &'static str,
    /// The median of all rounds.
    pub median: Measured,
    /// What it is held against.
    pub beside: &'static str,
    /// How often as long it takes: the median of what each round says, in which a slow moment meets both. Of two cores the
    /// time by the clock counts, of one that of the processor.
    pub times: f64,
}

/// Measures everything in `ways` on files of `rows` rows, `rounds` times one after the other, so that a slow moment of
/// the machine meets all alike.
pub fn rounds(
    ways: &[(&'static str, Way, Dirt, usize)],
    rows: u64,
    rounds: usize,
    folder: &Path,
) -> io::Result<Outcome> {
    for dirt in [Dirt::None, Dirt::Some, Dirt::All, Dirt::Cp932] {
        facilities::write(&folder.join(dirt.file_name()), rows, dirt)?;
    }
    let file = |dirt: Dirt| folder.join(dirt.file_name());
    let mut measured = vec![Vec::new(); ways.len()];
    for _ in 0..rounds {
        for ((_, way, dirt, _), all) in ways.iter().zip(&mut measured) {
            all.push(apart(*way, &file(*dirt))?);
        }
    }
    let line = |(place, (name, way, _, beside)): (usize, &(&'static str, Way, Dirt, usize))| {
        let of = |place: usize| measured.get(place).map(Vec::as_slice).unwrap_or_default();
        let time = |one: &Measured| match way {
            Way::TwoCores => one.wall.as_secs_f64(),
            _ => one.cpu.as_secs_f64(),
        };
        let mut times: Vec<f64> =
            of(place).iter().zip(of(*beside)).map(|(one, other)| time(one) / time(other)).collect();
        times.sort_by(f64::total_cmp);
        Line {
            name,
            median: median(of(place)),
            beside: ways.get(*beside).map_or("", |(name, ..)| name),
            times: times.get(times.len() / 2).copied().unwrap_or(f64::NAN),
        }
    };
    let lines = ways.iter().enumerate().map(line).collect();
    let first: Vec<Measured> =
        (0..rounds).map(|_| apart(Way::FirstFinding, &file(Dirt::Some))).collect::<io::Result<_>>()?;
    Ok(Outcome {
        rows,
        bytes: file(Dirt::None).metadata()?.len(),
        rounds,
        lines,
        first_finding: median(&first),
    })
}

/// One measurement, by another process.
fn apart(way: Way, file: &Path) -> io::Result<Measured> {
    let output = Command::new(std::env::current_exe()?).args(["--measure", way.name()]).arg(file).output()?;
    let told = String::from_utf8_lossy(&output.stdout);
    Measured::parse(&told)
        .ok_or_else(|| io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()))
}

fn median(all: &[Measured]) -> Measured {
    let time = |of: fn(&Measured) -> Duration| middle(all.iter().map(of).collect());
    Measured {
        cpu: time(|one| one.cpu),
        wall: time(|one| one.wall),
        memory: middle(all.iter().map(|one| one.memory).collect()),
        first_finding: time(|one| one.first_finding),
    }
}

fn middle<T: Ord + Copy + Default>(mut values: Vec<T>) -> T {
    values.sort();
    values.get(values.len() / 2).copied().unwrap_or_default()
}
