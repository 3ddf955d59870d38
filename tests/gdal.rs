//! Other people's programs read `/ogc`: GDAL (Debian: gdal-bin) and owslib (PyPI). Where one is not installed its part says
//! that it was left out, and fails if `CI=true`.

use std::ffi::OsString;
use std::process::{Command, Output};

use crate::city::City;
use crate::desk::{Desk, repository};

/// Runs `program ARGS…`; `None` where there is no such program.
async fn runs(program: OsString, args: Vec<OsString>) -> Option<Output> {
    let running = move || Command::new(program).args(args).env("PYTHONUTF8", "1").output();
    tokio::task::spawn_blocking(running).await.unwrap().ok()
}

/// A Python; `HIYORI_PYTHON` names one that has what is looked for.
fn python() -> OsString {
    std::env::var_os("HIYORI_PYTHON").unwrap_or_else(|| "python3".into())
}

/// Says that `what` is not there.
#[track_caller]
fn left_out(what: &str) {
    eprintln!("left out: there is no {what}");
    assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true"), "CI=true, and there is no {what}");
}

/// Runs one of the scripts beside this file, and holds it to succeed.
async fn passes(script: &str, args: Vec<OsString>) {
    let script = repository().join("tests/gdal").join(script);
    let args = [script.into_os_string()].into_iter().chain(args).collect();
    let output = runs(python(), args).await.unwrap();
    let (said, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && !said.is_empty(), "{said}\n{errors}");
}

#[tokio::test]
async fn gdal_reads_every_collection_with_every_value() {
    if runs("ogrinfo".into(), vec!["--version".into()]).await.is_none() {
        return left_out("GDAL (ogrinfo)");
    }
    let city = City::shared().await;
    let desk = Desk::new();
    passes("with_gdal.py", vec![city.address().into(), desk.path().into()]).await;
}

#[tokio::test]
async fn owslib_reads_every_collection_and_the_records() {
    let known = runs(python(), vec!["-c".into(), "import owslib.ogcapi.records".into()]).await;
    if !known.is_some_and(|output| output.status.success()) {
        return left_out("Python with owslib");
    }
    let city = City::shared().await;
    passes("with_owslib.py", vec![city.address().into()]).await;
}
