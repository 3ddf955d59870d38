//! datasette, where it is installed, with the same rows in a SQLite database of its own.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::port::{free_port, wait_for};
use crate::{Outcome, run};

/// A server that runs.
pub struct Datasette {
    child: Child,
    address: SocketAddr,
}

/// Makes the database: typed columns, the key, and an index for every column that is asked about.
const IMPORT: &str = r#"
import csv, sqlite3, sys
source, target = sys.argv[1:]
with open(source, encoding="utf-8", newline="") as file:
    rows = csv.reader(file)
    header = next(rows)
    kinds = {"緯度": "REAL", "経度": "REAL", "口径": "INTEGER"}
    columns = ", ".join(f'"{name}" {kinds.get(name, "TEXT")}' for name in header)
    database = sqlite3.connect(target)
    database.execute(f'CREATE TABLE hydrants ({columns}, PRIMARY KEY ("ID"))')
    marks = ", ".join("?" * len(header))
    database.executemany(f"INSERT INTO hydrants VALUES ({marks})", ([cell or None for cell in row] for row in rows))
    for number, name in enumerate(["所在地_町字", "口径", "緯度", "経度"]):
        database.execute(f'CREATE INDEX i{number} ON hydrants ("{name}")')
    database.execute("ANALYZE")
    database.commit()
"#;

impl Datasette {
    /// Serves the rows of `file`; `None` where datasette is not installed.
    pub fn start(folder: &Path, file: &Path) -> Outcome<Option<Datasette>> {
        let program = std::env::var_os("HIYORI_DATASETTE").map_or(PathBuf::from("datasette"), PathBuf::from);
        if Command::new(&program)
            .arg("--version")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_err()
        {
            return Ok(None);
        }
        let database = folder.join("hydrants.db");
        run(Command::new("python3").args(["-c", IMPORT]).arg(file).arg(&database))?;
        let port = free_port()?;
        let child = Command::new(&program)
            .args(["serve", "--immutable"])
            .arg(&database)
            .args(["--port", &port.to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let address = ([127, 0, 0, 1], port).into();
        wait_for(port, Duration::from_secs(120))?;
        Ok(Some(Datasette { child, address }))
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Datasette {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
