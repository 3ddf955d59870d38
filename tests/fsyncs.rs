//! When a publish is acknowledged, everything that was written for it is on the disk: each file that was written and
//! each folder in which a name was made. What the program asks of the system is looked at with strace.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::city::City;
use crate::desk::Desk;
use crate::keeping::IN_FOLDER;

const WATCHED: &str = "trace=openat,write,writev,pwrite64,pwritev,ftruncate,copy_file_range,sendfile,fsync,fdatasync,\
                       rename,renameat,renameat2,link,linkat,mkdir,mkdirat";

#[tokio::test]
async fn whatever_was_written_for_a_publish_is_on_the_disk_when_it_is_acknowledged() {
    if !IN_FOLDER {
        return; // a server's disk is the server's
    }
    if Command::new("strace").arg("-V").stdout(Stdio::null()).status().is_err() {
        assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true"), "there is no strace");
        eprintln!("left out: there is no strace here");
        return;
    }
    let desk = Desk::of_a_city();
    let folder = desk.dataset("table", "", "番号\n1\n");
    let city = City::opening().loading(desk.path()).open().await;
    let data = city.data().canonicalize().unwrap();
    desk.dataset("table", "", "番号\n2\n");
    let seen = desk.path().join("seen");
    let mut strace = Command::new("strace");
    strace.args(["-f", "-y", "-s", "4096", "-e", WATCHED, "-o"]).arg(&seen);
    strace.arg(env!("CARGO_BIN_EXE_hiyori")).arg("publish").arg(&folder).arg("--data").arg(&data);
    let ran = strace.output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    city.close().await;

    let seen = std::fs::read_to_string(seen).unwrap();
    let mut disk = Disk::default();
    for call in calls(&seen) {
        if call.starts_with("write(1<") {
            break; // the acknowledgment
        }
        disk.looks_at(&call, &data);
    }
    assert!(
        disk.synced.iter().any(|path| path.ends_with("hiyori.sqlite-wal")),
        "the commit: {:?}",
        disk.synced
    );
    assert!(
        disk.synced.iter().filter(|path| path.contains("/files/")).count() > 2,
        "files: {:?}",
        disk.synced
    );
    assert_eq!(disk.unsynced, BTreeSet::new(), "written or named, and not on the disk");
}

/// The calls in the order in which they ended, each in one line and without the number of its thread.
fn calls(seen: &str) -> Vec<String> {
    let mut begun: Vec<(&str, &str)> = Vec::new();
    let mut calls = Vec::new();
    for line in seen.lines() {
        let (thread, call) = line.split_once(' ').unwrap();
        let call = call.trim_start();
        if let Some(first) = call.strip_suffix(" <unfinished ...>") {
            begun.push((thread, first));
        } else if let Some((_, rest)) = call.split_once(" resumed>").filter(|_| call.starts_with("<... ")) {
            let place = begun.iter().position(|(other, _)| *other == thread).unwrap();
            calls.push(format!("{}{rest}", begun.remove(place).1));
        } else {
            calls.push(call.to_owned());
        }
    }
    calls
}

/// What is not on the disk yet.
#[derive(Default)]
struct Disk {
    unsynced: BTreeSet<String>,
    synced: BTreeSet<String>,
}

impl Disk {
    fn looks_at(&mut self, call: &str, data: &Path) {
        let (name, arguments) = call.split_once('(').unwrap_or((call, ""));
        if call.contains(" = -1 ") {
            return;
        }
        let opened = arguments.split('<').nth(1).and_then(|rest| rest.split('>').next()).unwrap_or_default();
        let quoted: Vec<&str> = arguments.split('"').skip(1).step_by(2).collect();
        match name {
            "write" | "writev" | "pwrite64" | "pwritev" | "ftruncate" => self.changes(opened, data),
            "copy_file_range" | "sendfile" => panic!("not looked at: {call}"),
            "fsync" | "fdatasync" => {
                self.unsynced.remove(opened);
                self.synced.insert(opened.to_owned());
            }
            "openat" if arguments.contains("O_CREAT") && arguments.contains("O_EXCL") => {
                self.names(quoted[0], data)
            }
            "mkdir" | "mkdirat" => self.names(quoted[0], data),
            "rename" | "renameat" | "renameat2" | "link" | "linkat" => {
                let (from, to) = (quoted[0], quoted[1]);
                if self.unsynced.remove(from) {
                    self.changes(to, data);
                }
                self.names(to, data);
            }
            _ => {}
        }
    }

    /// The bytes of a file are not what is on the disk.
    fn changes(&mut self, path: &str, data: &Path) {
        // Files that are staged, and what SQLite shares between processes, need not survive.
        let passing = path.contains("/work/") || path.ends_with("-shm");
        if Path::new(path).starts_with(data) && !passing {
            self.unsynced.insert(path.to_owned());
        }
    }

    /// A name was made in the folder of `path`. One that is given up again for another is no loss.
    fn names(&mut self, path: &str, data: &Path) {
        if !path.contains('#') {
            self.changes(Path::new(path).parent().unwrap().to_str().unwrap(), data);
        }
    }
}
