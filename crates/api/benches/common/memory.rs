//! What the kernel tells of the memory of a process. Linux only.

use std::fs;

use crate::Outcome;

/// A figure of `/proc/PID/status`, such as `VmHWM:`, in bytes.
pub fn bytes(process: u32, name: &str) -> Outcome<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let figure = status.lines().find_map(|line| line.strip_prefix(name)).ok_or("the kernel does not tell")?;
    Ok(figure.trim().trim_end_matches(" kB").parse::<u64>()? * 1024)
}
