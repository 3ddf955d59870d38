//! `hiyori openapi`: prints the document that `openapi/openapi.json` keeps.

use std::io::Write;
use std::process::ExitCode;

use super::could_not_run;
use crate::openapi::document_bytes;

pub(super) fn run() -> ExitCode {
    match std::io::stdout().write_all(document_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => could_not_run(format_args!("標準出力に書けません: {error}")),
    }
}
