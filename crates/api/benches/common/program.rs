//! Which program is measured.

use std::path::PathBuf;
use std::process::Command;

use crate::Outcome;

/// The release program: the one that `HIYORI_PROGRAM` names, or one built now. What a benchmark is built with has points at
/// which tests let it fail.
pub fn program() -> Outcome<PathBuf> {
    if let Some(program) = std::env::var_os("HIYORI_PROGRAM") {
        return Ok(program.into());
    }
    let built = Command::new(env!("CARGO")).args(["build", "--release", "--bin", "hiyori"]).status()?;
    if !built.success() {
        return Err("the program could not be built".into());
    }
    Ok(env!("CARGO_BIN_EXE_hiyori").into())
}
