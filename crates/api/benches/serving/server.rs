//! The program that is measured.

use std::fs::File;
use std::path::Path;
use std::process::{Child, Command};
use std::time::Duration;

use super::Outcome;
use super::client::get;
use super::port::{free_port, wait_for};

/// The command `program`, on the first core where there are several.
pub fn on_first_core(program: &Path) -> Command {
    pinned("0", program)
}

/// The command `program`, on the second core where there is one.
pub fn on_second_core(program: &Path) -> Command {
    pinned("1", program)
}

fn pinned(core: &str, program: &Path) -> Command {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    if cores < 2 {
        return Command::new(program);
    }
    let mut command = Command::new("taskset");
    command.args(["-c", core]).arg(program);
    command
}

/// A server of the catalog, ended when it is dropped. It writes a line a request into a file, as nginx does.
pub struct Hiyori {
    program: Child,
    pub port: u16,
}

impl Hiyori {
    /// Starts it in `folder` with what is in the folder `datasets`.
    pub fn start(program: &Path, folder: &Path, datasets: &Path) -> Outcome<Hiyori> {
        let port = free_port()?;
        let log = File::create(folder.join("hiyori.log"))?;
        let program = on_first_core(program)
            .arg("serve")
            .args(["--listen", &format!("127.0.0.1:{port}"), "--reads-per-second", "400000000"])
            .arg("--data")
            .arg(folder.join("data"))
            .arg("--init")
            .arg(datasets)
            .stderr(log)
            .spawn()?;
        let hiyori = Hiyori { program, port };
        wait_for(port, Duration::from_secs(3_600))?;
        get(port, "/readyz", None)?; // it takes connections a little before it answers
        Ok(hiyori)
    }
}

impl Drop for Hiyori {
    fn drop(&mut self) {
        // There is nobody left to tell.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}
