//! The cities of this suite keep everything in PostgreSQL and in an S3-compatible storage: one temporary server of
//! each for the whole run, one database and one prefix for each data folder.

mod bucket;
pub mod cluster;

use std::collections::HashSet;
use std::io::Write;
use std::path::Path;
use std::sync::{LazyLock, Mutex, PoisonError};

use bucket::Storage;
use cluster::Cluster;

/// The servers of this run. They end with it.
static CLUSTER: LazyLock<Cluster> = LazyLock::new(|| Cluster::start().unwrap_or_else(|why| leave_out(&why)));
static STORAGE: LazyLock<Storage> = LazyLock::new(Storage::start);

/// Whether everything is kept in the data folder.
pub const IN_FOLDER: bool = false;

/// The settings with which the program finds what it keeps for the data folder `data`.
pub fn settings(data: &Path) -> Vec<(&'static str, String)> {
    static MADE: Mutex<Option<HashSet<String>>> = Mutex::new(None);
    let name = name_of(data);
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    if made.get_or_insert_default().insert(name.clone()) {
        CLUSTER.makes_database(&name);
    }
    drop(made);
    let mut settings = vec![("HIYORI_DATABASE_URL", CLUSTER.url(&name))];
    settings.extend(STORAGE.settings(&name));
    settings
}

/// A name that both servers take, the same for the same folder.
fn name_of(data: &Path) -> String {
    let digits: String = data.to_string_lossy().bytes().map(|byte| format!("{byte:02x}")).collect();
    format!("city_{}", digits.chars().rev().take(50).collect::<String>())
}

/// Says why this suite cannot be run here, and ends it. Where the tests must not be left out, it fails.
fn leave_out(why: &str) -> ! {
    let must = std::env::var_os("CI").is_some_and(|ci| ci == "true");
    // Past the test harness, which would keep it to itself.
    let _ = writeln!(std::io::stderr(), "\nLEFT OUT: the tests on PostgreSQL and S3. {why}");
    std::process::exit(i32::from(must));
}
