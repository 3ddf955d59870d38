//! `wrk` against a server, and what it says.

use std::path::Path;

use super::Outcome;
use super::server::on_second_core;

/// Connections at a time.
const CONNECTIONS: &str = "32";

/// An answer that is measured.
pub struct Shown {
    pub called: &'static str,
    pub path: &'static str,
    pub coding: Option<&'static str>,
    pub bytes: Vec<u8>,
    pub media_type: String,
}

impl Shown {
    /// What the same bytes are called as a file.
    pub fn static_name(&self) -> String {
        let name: String =
            self.path.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        format!("{}{name}", self.coding.unwrap_or("plain"))
    }

    /// The address of that file.
    pub fn static_path(&self) -> String {
        format!("/{}", self.static_name())
    }
}

/// What a server did under load.
pub struct Load {
    pub per_second: f64,
    pub p99_ms: f64,
}

impl Load {
    /// Of the server at `port`, asked for `path` for some seconds.
    pub fn of(port: u16, path: &str, coding: Option<&str>, seconds: u32) -> Outcome<Load> {
        let mut wrk = on_second_core(Path::new("wrk"));
        wrk.args(["-t1", "-c", CONNECTIONS, "-d", &format!("{seconds}s"), "--latency"]);
        if let Some(coding) = coding {
            wrk.args(["-H", &format!("Accept-Encoding: {coding}")]);
        }
        let said = wrk.arg(format!("http://127.0.0.1:{port}{path}")).output()?;
        let said = String::from_utf8(said.stdout)?;
        if said.contains("Non-2xx") || said.contains("Socket errors") {
            return Err(format!("{path}: {said}").into());
        }
        let word = |begin: &str| {
            let line = said.lines().find(|line| line.trim_start().starts_with(begin));
            line.and_then(|line| line.split_whitespace().last()).ok_or_else(|| format!("{path}: {said}"))
        };
        Ok(Load { per_second: word("Requests/sec:")?.parse()?, p99_ms: milliseconds(word("99%")?)? })
    }

    /// The round in the middle.
    pub fn median(mut rounds: Vec<Load>) -> Load {
        rounds.sort_by(|one, other| one.per_second.total_cmp(&other.per_second));
        let middle = rounds.len() / 2;
        rounds.swap_remove(middle)
    }
}

/// `1.23ms`, `456.00us` or `1.02s`.
fn milliseconds(text: &str) -> Outcome<f64> {
    for (unit, factor) in [("us", 0.001), ("ms", 1.0), ("s", 1_000.0)] {
        if let Some(number) = text.strip_suffix(unit) {
            return Ok(number.parse::<f64>()? * factor);
        }
    }
    Err(format!("`{text}` is no time").into())
}
