//! Other people's programs read `/ogc`: GDAL (Debian: gdal-bin), owslib (PyPI) and QGIS (Debian: python3-qgis,
//! qgis-providers). Where one is not installed its part says that it was left out, and fails if `CI=true`; only QGIS, which is
//! large, may be missing there, too.

use std::ffi::OsString;
use std::process::{Command, Output};

use crate::city::City;
use crate::desk::{Desk, repository, rows_of};

/// QGIS' module belongs to the system's Python, whatever else comes first in `PATH`.
const QGIS_PYTHON: &str = "/usr/bin/python3";

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

/// A city whose rows are unlike on their first page, by which readers guess what a field holds, and behind it.
async fn city_of_surprises() -> City {
    let desk = Desk::of_a_city();
    let spaces = String::from_utf8(rows_of("sample-evacuation-spaces")).unwrap();
    let mut spaces = spaces.lines();
    let (header, first) = spaces.next().zip(spaces.next()).unwrap();
    let mut rows = format!("{header}\n");
    let mut events =
        "全国地方公共団体コード,ID,イベント名,開始日,終了日,緯度,経度,料金(基本),備考\n".to_owned();
    for number in 1..=25 {
        let late = number > 12;
        let height = if late { "12.75" } else { "12" };
        let space = first
            .replace("CC0420210001", &format!("CC{number:010}"))
            .replace(",12.0,", &format!(",{height},"));
        rows.push_str(&format!("{space}\n"));
        let (place, fee) = match number {
            3 | 20 => (",".to_owned(), ""),
            _ => (format!("38.4{number:02},141.3{number:02}"), if late { "500" } else { "" }),
        };
        let about = if late { "\"雨天は\n\"\"中止\"\", または延期\"" } else { "" };
        events.push_str(&format!(
            "042021,EV{number:010},催し{number},2026-04-{number:02},2026-05-{number:02},{place},{fee},{about}\n"
        ));
    }
    desk.dataset("spaces", "hyojun/evacuation_space", rows);
    desk.dataset("events", "hyojun/event", events);
    City::opening().loading(desk.path()).open().await
}

/// Runs one of the scripts beside this file, and holds it to succeed.
async fn passes(python: OsString, script: &str, args: Vec<OsString>) {
    let script = repository().join("tests/gdal").join(script);
    let args = [script.into_os_string()].into_iter().chain(args).collect();
    let output = runs(python, args).await.unwrap();
    let (said, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && !said.is_empty(), "{said}\n{errors}");
}

#[tokio::test]
async fn gdal_reads_every_collection_with_every_value() {
    if runs("ogrinfo".into(), vec!["--version".into()]).await.is_none() {
        return left_out("GDAL (ogrinfo)");
    }
    let (city, desk) = (City::shared().await, Desk::new());
    passes(python(), "with_gdal.py", vec![city.address().into(), desk.path().into()]).await;
    let (city, desk) = (city_of_surprises().await, Desk::new());
    passes(python(), "with_gdal.py", vec![city.address().into(), desk.path().into()]).await;
    city.close().await;
}

#[tokio::test]
async fn qgis_reads_every_collection_with_every_value() {
    let known = runs(QGIS_PYTHON.into(), vec!["-c".into(), "import qgis.core".into()]).await;
    if !known.is_some_and(|output| output.status.success()) {
        eprintln!("left out: {QGIS_PYTHON} has no QGIS, so nothing here was read with it");
        return;
    }
    let (city, desk) = (City::shared().await, Desk::new());
    passes(QGIS_PYTHON.into(), "with_qgis.py", vec![city.address().into(), desk.path().into()]).await;
    let (city, desk) = (city_of_surprises().await, Desk::new());
    passes(QGIS_PYTHON.into(), "with_qgis.py", vec![city.address().into(), desk.path().into()]).await;
    city.close().await;
}

#[tokio::test]
async fn owslib_reads_every_collection_and_the_records() {
    let known = runs(python(), vec!["-c".into(), "import owslib.ogcapi.records".into()]).await;
    if !known.is_some_and(|output| output.status.success()) {
        return left_out("Python with owslib");
    }
    let city = City::shared().await;
    passes(python(), "with_owslib.py", vec![city.address().into()]).await;
}
