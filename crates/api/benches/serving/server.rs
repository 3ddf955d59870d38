//! The program that is measured.

use std::fs::File;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::Duration;

use super::Outcome;

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

/// A port that nobody listens on.
pub fn free_port() -> Outcome<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// Waits until somebody listens on `port`.
pub fn wait_for(port: u16, patience: Duration) -> Outcome<()> {
    let pause = Duration::from_millis(100);
    for _ in 0..patience.as_millis() / pause.as_millis() {
        if TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return Ok(());
        }
        sleep(pause);
    }
    Err("the server does not listen".into())
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
