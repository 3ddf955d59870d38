//! What was measured, as Markdown.

use std::fmt::Write;
use std::fs;
use std::io;
use std::time::Duration;

use crate::measure::Measured;
use crate::round::{Line, Outcome};

/// The day and the machine.
pub fn machine() -> io::Result<String> {
    let told = fs::read_to_string("/proc/cpuinfo")?;
    let of = |names: [&str; 2]| {
        let line = |name: &&str| told.lines().find_map(|line| line.strip_prefix(*name));
        names.iter().find_map(line).map_or("", |rest| rest.trim_start_matches([' ', '\t', ':']))
    };
    let flags = of(["flags", "Features"]);
    let has_sha = flags.split(' ').any(|flag| matches!(flag, "sha_ni" | "sha2"));
    let cores = std::thread::available_parallelism()?;
    let day = jiff::Zoned::now().date();
    let model = of(["model name", "CPU part"]);
    let has = if has_sha { "with" } else { "without" };
    Ok(format!("{day}, {model}, {cores} cores, {has} SHA instructions.\n"))
}

/// The medians of the rounds.
pub fn table(outcome: &Outcome) -> String {
    let Outcome { rows, bytes, rounds, lines, first_finding } = outcome;
    let mut text = format!("{rows} rows, {} MB, medians of {rounds}:\n\n", bytes / 1_000_000);
    text += "| | CPU s | wall s | × | what | memory MB | bytes a row beyond 16 MB |\n|---|--:|--:|--:|---|--:|--:|\n";
    for Line { name, median: Measured { cpu, wall, memory, .. }, beside, times } in lines {
        let beyond = memory.saturating_sub(16 << 20) as f64 / *rows as f64;
        let _ = writeln!(
            text,
            "| {name} | {} | {} | {times:.2} | {beside} | {:.1} | {beyond:.1} |",
            seconds(*cpu),
            seconds(*wall),
            *memory as f64 / f64::from(1 << 20),
        );
    }
    let (first, all) = (first_finding.first_finding, first_finding.wall);
    let _ = write!(text, "\nThe first finding is told after {first:.1?}, the last after {}.\n", seconds(all));
    text
}

fn seconds(time: Duration) -> String {
    format!("{:.3}", time.as_secs_f64())
}
