//! Where log lines go, which are written, and how an error stands in one.

pub mod access;

use std::error::Error;
use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::Format;

/// What is written unless told otherwise. The HTTP layer calls it an error when somebody sends what is no HTTP; that is
/// theirs, and anybody could fill the log with it. The pool warns of a connection that it could not look at again after use,
/// as happens when a worker ends first; it makes another, and what does not answer is told by whoever asked.
const USUAL: &str =
    "info,sqlx=warn,sqlx_core::pool::connection=error,sea_orm_migration=warn,actix_http::h1=off";

/// How a log line is written.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line, for programs.
    Json,
}

/// Writes log lines to standard error, filtered by `HIYORI_LOG` (default: `info`, the database's own quieter).
pub fn to_stderr(format: LogFormat) {
    let filter = EnvFilter::try_from_env("HIYORI_LOG").unwrap_or_else(|_| EnvFilter::new(USUAL));
    let is_terminal = std::io::stderr().is_terminal();
    let lines =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(is_terminal);
    match format {
        LogFormat::Text => lines.event_format(access::Lines(Format::default().with_ansi(is_terminal))).init(),
        LogFormat::Json => lines.json().flatten_event(true).init(),
    }
}

/// An error with all that lies beneath it, in one line.
pub fn chain(error: &dyn Error) -> String {
    let mut said = error.to_string();
    let mut source = error.source();
    while let Some(deeper) = source {
        said = format!("{said}: {deeper}");
        source = deeper.source();
    }
    said
}
