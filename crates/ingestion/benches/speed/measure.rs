//! One measurement, in a process of its own.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::time::{Duration, Instant};

use ingestion::{Expected, Finding, Looks, Options, Report, Schemas, Sink, validate};
use rustix::thread::{CpuSet, sched_setaffinity};
use rustix::time::{ClockId, clock_gettime};
use sha2::Digest;

use crate::facilities;

/// How a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// By the `csv` crate, record by record, and hashed: the least that any reader does.
    Bare,
    /// Validated, without the gate for personal data and the rules on machine readability.
    Core,
    /// Validated.
    Everything,
    /// Validated, with as many cores as there are.
    TwoCores,
    /// Validated for somebody who takes every finding: how soon comes the first?
    FirstFinding,
}

impl Way {
    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Way::Bare => "bare",
            Way::Core => "core",
            Way::Everything => "everything",
            Way::TwoCores => "two-cores",
            Way::FirstFinding => "first-finding",
        }
    }

    /// The way named `name`.
    pub fn named(name: &str) -> Option<Way> {
        [Way::Bare, Way::Core, Way::Everything, Way::TwoCores, Way::FirstFinding]
            .into_iter()
            .find(|way| way.name() == name)
    }
}

/// What one measurement came to.
#[derive(Debug, Clone, Copy, Default)]
pub struct Measured {
    /// Time on the processor, of all threads.
    pub cpu: Duration,
    /// Time by the clock.
    pub wall: Duration,
    /// What the process took at its peak beyond what it took before, in bytes.
    pub memory: u64,
    /// When the first finding was told; nothing where none was asked for.
    pub first_finding: Duration,
}

/// Reads the file at `path` the way it is asked.
pub fn measure(way: Way, path: &Path) -> io::Result<Measured> {
    if way != Way::TwoCores {
        let mut one = CpuSet::new();
        one.set(0);
        sched_setaffinity(None, &one)?;
    }
    let schemas = Schemas::embedded();
    let file = File::open(path)?;
    let bytes = file.metadata()?.len();
    // The peak counts from here.
    fs::write("/proc/self/clear_refs", "5")?;
    let before = memory("VmRSS")?;
    let (started, cpu) = (Instant::now(), cpu());
    let mut first = FirstFinding { wanted: way == Way::FirstFinding, at: None };
    match way {
        Way::Bare => bare(file)?,
        _ => {
            let looks = match way {
                Way::Core => Looks::NONE,
                _ => Looks::default(),
            };
            let schema = facilities::schema(&schemas);
            let options = Options { expected: Expected::Schema(schema), looks, ..Options::default() };
            let report = validate(file, &schemas, &options, &mut first);
            check(&report, bytes);
        }
    }
    let measured = Measured {
        cpu: self::cpu() - cpu,
        wall: started.elapsed(),
        memory: memory("VmHWM")?.saturating_sub(before),
        first_finding: first.at.map_or(Duration::ZERO, |at| at - started),
    };
    Ok(measured)
}

/// A measurement that read something else than the file says nothing.
fn check(report: &Report, bytes: u64) {
    assert_eq!(report.file.bytes, bytes, "all of the file is read");
    assert!(report.schema.as_ref().is_some_and(|fit| fit.matched == 56), "all columns are known");
}

/// Reads every record of `file` and hashes what is read.
fn bare(file: File) -> io::Result<()> {
    let mut hashing = Hashing { file, hasher: sha2::Sha256::new() };
    let mut reader =
        csv::ReaderBuilder::new().buffer_capacity(64 << 10).flexible(true).from_reader(&mut hashing);
    let (mut record, mut cells) = (csv::ByteRecord::new(), 0);
    while reader.read_byte_record(&mut record)? {
        cells += record.len();
    }
    let digest: [u8; 32] = hashing.hasher.finalize().into();
    std::hint::black_box((cells, digest));
    Ok(())
}

struct Hashing {
    file: File,
    hasher: sha2::Sha256,
}

impl Read for Hashing {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(to)?;
        self.hasher.update(to.get(..read).unwrap_or_default());
        Ok(read)
    }
}

/// Remembers when the first finding was told.
struct FirstFinding {
    wanted: bool,
    at: Option<Instant>,
}

impl Sink for FirstFinding {
    fn finding(&mut self, _: &Finding) {
        self.at.get_or_insert_with(Instant::now);
    }

    fn wants_findings(&self) -> bool {
        self.wanted
    }

    fn wants_rows(&self) -> bool {
        false
    }
}

fn cpu() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or_default())
}

/// What the kernel tells of this process under `name`, in bytes.
fn memory(name: &str) -> io::Result<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let kilobytes = status.lines().find_map(|line| {
        line.strip_prefix(name)?.strip_prefix(':')?.trim().strip_suffix(" kB")?.parse().ok()
    });
    kilobytes.map(|kilobytes: u64| kilobytes * 1024).ok_or_else(|| io::Error::other("no such line"))
}

/// As one process tells it to another.
impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Measured { cpu, wall, memory, first_finding } = self;
        write!(f, "{} {} {memory} {}", cpu.as_nanos(), wall.as_nanos(), first_finding.as_nanos())
    }
}

impl Measured {
    /// What another process told.
    pub fn parse(line: &str) -> Option<Measured> {
        let mut numbers = line.split_whitespace().map(|number| number.parse::<u64>().ok());
        let mut next = || numbers.next().flatten();
        Some(Measured {
            cpu: Duration::from_nanos(next()?),
            wall: Duration::from_nanos(next()?),
            memory: next()?,
            first_finding: Duration::from_nanos(next()?),
        })
    }
}
