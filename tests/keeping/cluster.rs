//! A temporary PostgreSQL server, made by the binaries that are installed. It is run as a plain user, listens on a
//! socket in its own folder only, and is gone once whoever started it is, however that ended.

use std::io::Write;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, Database};
use tempfile::TempDir;

/// A server that runs.
pub struct Cluster {
    folder: PathBuf,
    /// The watchman ends the server when this closes.
    _alive: ChildStdin,
}

/// Makes and runs the server; `restart` on its input starts it anew, and the end of its input ends it.
const WATCHMAN: &str = r#"
dir=$1 bin=$2; shift 2
"$@" "$bin/initdb" -D "$dir/data" -U hiyori -A trust -E UTF8 --no-sync --locale=C \
    --locale-provider=icu --icu-locale=ja >"$dir/log" 2>&1 || { echo failed >"$dir/ended"; exit 1; }
serve() {
    "$@" "$bin/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c fsync=off -c full_page_writes=off \
        -c synchronous_commit=off -c max_connections=300 -c log_min_messages=fatal >>"$dir/log" 2>&1 &
    pid=$!
}
serve "$@"
while read -r word; do
    case $word in
    stop) kill -INT $pid; wait $pid; echo "$word" >"$dir/done" ;;
    start) serve "$@" ;;
    esac
done
kill -INT $pid; wait $pid
rm -rf "$dir"
"#;

impl Cluster {
    /// Starts one, or says why there is none.
    pub fn start() -> Result<Cluster, String> {
        let bin = binaries().ok_or("There is no PostgreSQL here: initdb and postgres are neither on the PATH nor in /usr/lib/postgresql.")?;
        // Short, as the name of a socket must be; the watchman removes it.
        let folder = TempDir::with_prefix("hiyori-pg-").unwrap().keep();
        let mut watchman = Command::new("sh");
        watchman.args(["-c", WATCHMAN, "sh"]).arg(&folder).arg(&bin);
        if std::fs::metadata(&folder).unwrap().uid() == 0 {
            // PostgreSQL refuses to be run by root.
            std::os::unix::fs::chown(&folder, Some(65534), Some(65534)).unwrap();
            watchman.args(["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]);
        } else {
            watchman.arg("env");
        }
        watchman.current_dir(&folder).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child: Child = watchman.spawn().map_err(|error| error.to_string())?;
        let alive = child.stdin.take().unwrap();
        let cluster = Cluster { folder, _alive: alive };
        cluster.answers()?;
        Ok(cluster)
    }

    /// The address of one of its databases.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://hiyori@{}/{database}", self.folder.display().to_string().replace('/', "%2F"))
    }

    /// Makes a database.
    pub fn makes_database(&self, name: &str) {
        self.run(&format!("CREATE DATABASE {name}")).unwrap();
    }

    /// Stops it at once, connections or not.
    pub fn stop(&mut self) {
        self.say("stop");
        while std::fs::remove_file(self.folder.join("done")).is_err() {
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Starts it again, and waits until it answers.
    pub fn start_again(&mut self) {
        self.say("start");
        self.answers().unwrap();
    }

    fn say(&mut self, word: &str) {
        writeln!(self._alive, "{word}").unwrap();
    }

    /// Waits until it answers.
    fn answers(&self) -> Result<(), String> {
        let begun = Instant::now();
        loop {
            let said = match self.run("SELECT 1") {
                Ok(()) => return Ok(()),
                Err(said) => said,
            };
            let log = || std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            if self.folder.join("ended").exists() || begun.elapsed() > Duration::from_secs(60) {
                return Err(format!("PostgreSQL would not start: {said}\n{}", log()));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Runs a statement beside whatever else is run.
    fn run(&self, sql: &str) -> Result<(), String> {
        let (url, sql) = (self.url("postgres"), sql.to_owned());
        // On a thread of its own: the caller may be within a runtime.
        let running = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let database = Database::connect(url).await.map_err(|error| error.to_string())?;
                let done = database.execute_unprepared(&sql).await.map_err(|error| error.to_string());
                database.close().await.map_err(|error| error.to_string())?;
                done.map(drop)
            })
        });
        running.join().unwrap()
    }
}

/// The folder of the binaries: on the PATH, or where Debian keeps them.
fn binaries() -> Option<PathBuf> {
    let is_it = |folder: &Path| folder.join("initdb").is_file() && folder.join("postgres").is_file();
    let path = std::env::var_os("PATH").unwrap_or_default();
    if let Some(found) = std::env::split_paths(&path).find(|folder| is_it(folder)) {
        return Some(found);
    }
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .map(|entry| entry.unwrap().path().join("bin"))
        .collect();
    versions.sort();
    versions.into_iter().rev().find(|folder| is_it(folder))
}
