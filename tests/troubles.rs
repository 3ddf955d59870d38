//! A full disk, a folder that takes no writes, a file that rots: refusals that say so, reads that go on, and writes
//! that work again by themselves.
//!
//! Disks are made with `mount`, which takes root; where that cannot be had, those tests say that they were left out.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::city::City;
use crate::desk::{Desk, rows_of};
use crate::keeping::IN_FOLDER;
use crate::terminal::{Ran, hiyori};

/// Something that is mounted, until it is dropped.
struct Mounted(PathBuf);

impl Mounted {
    /// Mounts at `at`, or says that it cannot be done here.
    fn at(at: &Path, arguments: &[&str]) -> Option<Mounted> {
        let done = Command::new("mount").args(arguments).arg(at).stderr(Stdio::null()).status();
        if done.is_ok_and(|status| status.success()) {
            return Some(Mounted(at.to_owned()));
        }
        eprintln!("left out: nothing can be mounted here");
        None
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        // Lazily, as a test that failed may leave something open.
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

fn publishes(folder: &Path, data: &Path) -> Ran {
    hiyori(&["publish".as_ref(), folder.as_os_str(), "--data".as_ref(), data.as_os_str()])
}

#[tokio::test]
async fn on_a_full_disk_reads_go_on_and_writes_work_again_once_there_is_room() {
    let data = TempDir::new().unwrap();
    let Some(_disk) = Mounted::at(data.path(), &["-t", "tmpfs", "-o", "size=24m", "tmpfs"]) else { return };
    if !IN_FOLDER {
        return; // a server's disk is the server's
    }
    let desk = Desk::of_a_city();
    let folder = desk.dataset("table", "", "番号\n1\n");
    let city = City::opening().loading(desk.path()).on(data).open().await;
    let office = city.office("mihon").await;
    office.creates("upload", "").await.is(201);
    let filler = city.data().join("filler");
    fill(&filler);
    let long = format!("番号\n{}", "1234567\n".repeat(100_000));
    office.uploads("upload", &long).await.problem(507, "no-room");

    desk.dataset("table", "", format!("番号\n{}", "1234567\n".repeat(200_000)));
    publishes(&folder, city.data()).exits(2).says("No space left");
    let visitor = city.visitor();
    visitor.gets("/readyz").await.problem(503, "not-ready");
    visitor.gets("/healthz").await.is(200);
    assert_eq!(visitor.gets("/api/v1/datasets/table").await.is(200).json()["revision"], 1);
    assert_eq!(visitor.gets("/api/v1/datasets/table/download.csv").await.is(200).text(), "番号\r\n1\r\n");

    fs::remove_file(&filler).unwrap();
    visitor.gets("/readyz").await.is(200);
    office.uploads("upload", "番号\n1\n").await.is(201);
    desk.dataset("table", "", "番号\n2\n");
    publishes(&folder, city.data()).exits(0);
    assert_eq!(visitor.gets("/api/v1/datasets/table/download.csv").await.is(200).text(), "番号\r\n2\r\n");
    hiyori(&["verify".as_ref(), "--data".as_ref(), city.data().as_os_str()]).exits(0);
    drop(city.closes_after_trouble().await);
}

/// Writes until nothing more can be.
fn fill(filler: &Path) {
    let mut file = fs::File::create(filler).unwrap();
    let mut piece = 1 << 20;
    while piece > 0 {
        if std::io::Write::write_all(&mut file, &vec![0; piece]).is_err() {
            piece /= 2;
        }
    }
}

#[tokio::test]
async fn where_files_cannot_be_written_they_can_still_be_read() {
    if !IN_FOLDER {
        return;
    }
    let desk = Desk::of_a_city();
    let folder = desk.dataset("table", "", "番号\n1\n");
    let city = City::opening().loading(desk.path()).open().await;
    let visitor = city.visitor();
    let files = city.data().join("files");
    let Some(bound) = Mounted::at(&files, &["--bind", files.to_str().unwrap()]) else { return };
    let read_only = Command::new("mount").args(["-o", "remount,bind,ro"]).arg(&files).status().unwrap();
    assert!(read_only.success());

    desk.dataset("table", "", "番号\n2\n");
    publishes(&folder, city.data()).exits(2).says("Read-only");
    let refusal = visitor.gets("/readyz").await;
    assert_ne!(refusal.problem(503, "not-ready").header("retry-after"), "");
    assert_eq!(visitor.gets("/api/v1/datasets/table/download.csv").await.is(200).text(), "番号\r\n1\r\n");

    drop(bound);
    visitor.gets("/readyz").await.is(200);
    publishes(&folder, city.data()).exits(0);
    drop(city.closes_after_trouble().await);
}

#[tokio::test]
async fn a_damaged_file_is_never_served_and_the_log_and_the_inspection_name_it() {
    if !IN_FOLDER {
        return;
    }
    let city = City::open().await;
    let visitor = city.visitor();
    let dataset = visitor.gets("/api/v1/datasets/sample-aed").await.is(200).json();
    let csv =
        dataset["distributions"].as_array().unwrap().iter().find(|form| form["format"] == "csv").unwrap();
    let name = csv["sha256"].as_str().unwrap();
    let file = city.data().join("files").join(&name[..2]).join(name);
    let whole = fs::read(&file).unwrap();
    for damage in [whole.iter().map(|byte| byte ^ 1).collect(), whole[1..].to_vec(), Vec::new()] {
        fs::write(&file, damage).unwrap();
        visitor.gets("/api/v1/datasets/sample-aed/download.csv").await.problem(500, "fault");
    }
    city.comes_to_say(name).await;
    visitor.gets("/api/v1/datasets/sample-evacuation-spaces/download.csv").await.is(200);
    hiyori(&["verify".as_ref(), "--data".as_ref(), city.data().as_os_str()]).exits(1).says(name);
    fs::remove_file(&file).unwrap();
    visitor.gets("/api/v1/datasets/sample-aed/download.csv").await.problem(500, "fault");
    hiyori(&["verify".as_ref(), "--data".as_ref(), city.data().as_os_str()]).exits(1).says(name);

    // The same bytes mend it, whoever brings them.
    let desk = Desk::new();
    publishes(&desk.dataset("same", "hyojun/aed", rows_of("sample-aed")), city.data()).exits(0);
    visitor.gets("/api/v1/datasets/sample-aed/download.csv").await.is(200);
    hiyori(&["verify".as_ref(), "--data".as_ref(), city.data().as_os_str()]).exits(0);
    drop(city.closes_after_trouble().await);
}
