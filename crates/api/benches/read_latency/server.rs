//! The program that is measured, on as many cores as there are.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::port::{free_port, wait_for};
use crate::{Outcome, memory};

/// A server of a fresh catalog on SQLite and a folder, ended when it is dropped.
pub struct Server {
    program: PathBuf,
    data: PathBuf,
    child: Child,
    pub port: u16,
}

impl Server {
    /// Starts `program` in `folder` with the datasets that come with it.
    pub fn start(program: &Path, folder: &Path) -> Outcome<Server> {
        let (data, port) = (folder.join("data"), free_port()?);
        let child = Command::new(program)
            .args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--init"])
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../datasets"))
            .env("HIYORI_DATA", &data)
            .env("HIYORI_READS_PER_SECOND", "0")
            .env("HIYORI_UPLOAD_BYTES_MAX", "0") // a million rows are more than an upload may be
            .env("RUST_LOG", "warn")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let server = Server { program: program.to_owned(), data, child, port };
        wait_for(port, Duration::from_secs(120))?;
        Ok(server)
    }

    /// A token of somebody with `role`.
    pub fn token(&self, role: &str, name: &str) -> Outcome<String> {
        let output = Command::new(&self.program)
            .args(["token", "create", "--department", "mihon", "--role", role, "--name", name])
            .env("HIYORI_DATA", &self.data)
            .output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into());
        }
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }

    /// A figure of its memory, in bytes.
    pub fn memory_bytes(&self, name: &str) -> Outcome<u64> {
        memory::bytes(self.child.id(), name)
    }

    /// Waits until it has nothing left to do: files are packed after the last form is told, and that is not quiet.
    pub fn settle(&self) -> Outcome<()> {
        let begun = Instant::now();
        let mut before = self.ticks()?;
        loop {
            sleep(Duration::from_secs(1));
            let now = self.ticks()?;
            if now - before <= 2 {
                return Ok(());
            }
            if begun.elapsed() > Duration::from_secs(120) {
                return Err("the server does not come to rest".into());
            }
            before = now;
        }
    }

    /// The processor time it took, in ticks of the kernel (a hundred a second).
    fn ticks(&self) -> Outcome<u64> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        // The name of the program, in brackets, may have spaces in it.
        let (_, fields) = stat.rsplit_once(')').ok_or("the kernel does not tell")?;
        // The 14th and 15th of the line: in user mode, and in the kernel.
        let mut ticks = 0;
        for field in fields.split_whitespace().skip(11).take(2) {
            ticks += field.parse::<u64>()?;
        }
        Ok(ticks)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // There is nobody left to tell.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
