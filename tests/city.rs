//! A city that runs the real program: opened on a free port, visited, closed, and its log looked through.
//!
//! [`City::shared`] is one city for all who only read; [`City::open`] is one of your own. What an answer must
//! be is [`crate::answers`]'s business.

use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use reqwest::header::{
    ACCEPT, ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, IF_NONE_MATCH,
};
use reqwest::redirect::Policy;
use reqwest::{Body, Client, Method};
use serde_json::Value;
use tempfile::TempDir;
use tokio::task::spawn_blocking;

use crate::answers::Answer;
use crate::desk::datasets;
use crate::terminal::{Ran, hiyori};

/// What may come in and be let go at once makes the allocator hold some 60 MB, however long it is; what were held whole
/// would exceed this where it is [`LONG_BYTES`] long.
const MORE_BYTES_MAX: u64 = 100 << 20;
/// Far longer than what a city may hold of it.
pub const LONG_BYTES: usize = 200 << 20;

/// A running program with its data folder.
pub struct City {
    program: Child,
    log: Arc<Mutex<Vec<String>>>,
    log_keeper: Option<JoinHandle<()>>,
    address: String,
    data: Option<TempDir>,
}

/// What a city is opened with.
pub struct Opening {
    data: TempDir,
    init: PathBuf,
    settings: Vec<(&'static str, String)>,
}

impl City {
    /// A city of your own, freshly loaded from `datasets/`.
    pub async fn open() -> City {
        City::opening().open().await
    }

    /// A city that is opened another way.
    pub fn opening() -> Opening {
        Opening { data: TempDir::new().unwrap(), init: datasets(), settings: Vec::new() }
    }

    /// The city of everybody who only reads. Whoever leaves last closes it.
    pub async fn shared() -> SharedCity {
        static SHARED: Mutex<Weak<City>> = Mutex::new(Weak::new());
        let shared = || {
            let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
            shared.upgrade().unwrap_or_else(|| {
                let city = Arc::new(City::opening().start());
                *shared = Arc::downgrade(&city);
                city
            })
        };
        let city = SharedCity(spawn_blocking(shared).await.unwrap());
        // The time of what was published is told once its second is over; this list is published last.
        let visitor = city.visitor();
        while visitor.gets("/api/v1/datasets/open-data-list").await.is(200).header("last-modified").is_empty()
        {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        city
    }

    /// Where it answers: `http://127.0.0.1:PORT`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Where it keeps everything.
    pub fn data(&self) -> &Path {
        self.data.as_ref().unwrap().path()
    }

    /// Somebody who comes by.
    pub fn visitor(&self) -> Visitor {
        Visitor { base: self.address.clone(), client: client(), headers: HeaderMap::new() }
    }

    /// Makes a token of `name`, who is in `role` in the office `department`, while the city is open.
    pub async fn token(&self, department: &str, role: &str, name: &str) -> String {
        let made = self
            .types(&["token", "create", "--department", department, "--role", role, "--name", name])
            .await;
        made.exits(0).out().trim_end().to_owned()
    }

    /// Somebody of the staff, who shows a token of their own.
    pub async fn staff(&self, department: &str, role: &str, name: &str) -> Visitor {
        self.visitor().showing(&self.token(department, role, name).await)
    }

    /// Types `hiyori ARGS… --data …` on the city's own machine.
    pub async fn types(&self, args: &[&str]) -> Ran {
        let mut line: Vec<OsString> = args.iter().map(OsString::from).collect();
        line.extend(["--data".into(), self.data().into()]);
        spawn_blocking(move || hiyori(&line)).await.unwrap()
    }

    /// Waits until a line of its log holds `words`, which may come a little after the answer.
    pub async fn comes_to_say(&self, words: &str) {
        let waiting = async {
            while !self.has_said(words) {
                tokio::task::yield_now().await;
            }
        };
        let said = tokio::time::timeout(Duration::from_secs(30), waiting).await;
        assert!(said.is_ok(), "nothing in the log says {words}");
    }

    /// Whether a line of its log holds `words`.
    pub fn has_said(&self, words: &str) -> bool {
        self.log.lock().unwrap().iter().any(|line| line.contains(words))
    }

    /// Every line of its log so far.
    pub fn said(&self) -> Vec<String> {
        self.log.lock().unwrap().clone()
    }

    /// How many files and sockets the program has open, where the system tells (Linux).
    pub fn descriptors(&self) -> usize {
        std::fs::read_dir(format!("/proc/{}/fd", self.program.id())).map_or(0, Iterator::count)
    }

    /// The most memory the program has held so far, where the system tells (Linux).
    pub fn memory_bytes_max(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.program.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        Some(line.trim().trim_end_matches(" kB").parse::<u64>().ok()? * 1024)
    }

    /// Holds it to having held no more than [`MORE_BYTES_MAX`] beyond the most `before`.
    #[track_caller]
    pub fn has_held_little_more_than(&self, before: Option<u64>) {
        if let (Some(held), Some(before)) = (self.memory_bytes_max(), before) {
            assert!(held - before < MORE_BYTES_MAX, "{held} bytes were held, {before} before");
        }
    }

    /// Tells it to stop, and holds it to ending in good order without having warned of anything. Its data
    /// remain, for another opening.
    pub async fn close(mut self) -> TempDir {
        spawn_blocking(move || {
            self.stop();
            self.data.take().unwrap()
        })
        .await
        .unwrap()
    }

    /// Is cut off without a word, as by a power cut. Its data remain, for another opening.
    pub async fn killed(mut self) -> TempDir {
        spawn_blocking(move || {
            self.program.kill().unwrap();
            self.program.wait().unwrap();
            self.log_keeper.take().unwrap().join().unwrap();
            self.data.take().unwrap()
        })
        .await
        .unwrap()
    }

    /// Tells it to stop after a test that gave it reason to complain.
    pub async fn closes_after_trouble(self) -> TempDir {
        self.log.lock().unwrap().retain(|line| !is_complaint(line) || line.contains("panicked at"));
        self.close().await
    }

    fn stop(&mut self) {
        // The standard library sends no SIGTERM, the shell does.
        let pid = self.program.id().to_string();
        let told = Command::new("sh").args(["-c", r#"kill -TERM "$1""#, "sh", &pid]).status().unwrap();
        assert!(
            told.success(),
            "the program had stopped before it was told to: {:?}",
            self.program.try_wait()
        );
        let ended = self.program.wait().unwrap();
        self.log_keeper.take().unwrap().join().unwrap();
        let log = self.log.lock().unwrap();
        assert!(ended.success(), "it ended with {ended}:\n{}", log.join("\n"));
        let complaints: Vec<_> = log.iter().filter(|line| is_complaint(line)).collect();
        assert!(complaints.is_empty(), "somebody warned in the log:\n{complaints:#?}");
    }
}

/// Connections are given up before the program does so, as what is sent just then would be lost.
fn client() -> Client {
    let idle = Duration::from_secs(2);
    Client::builder().redirect(Policy::none()).no_proxy().pool_idle_timeout(idle).build().unwrap()
}

/// `TIMESTAMP WARN target: message`, or the last words of a thread.
fn is_complaint(line: &str) -> bool {
    matches!(line.split_whitespace().nth(1), Some("WARN" | "ERROR")) || line.contains("panicked at")
}

impl Drop for City {
    fn drop(&mut self) {
        if thread::panicking() {
            // The test has failed already. A program that is gone needs no end.
            let _ = self.program.kill();
            let _ = self.program.wait();
        } else if self.log_keeper.is_some() {
            self.stop();
        }
    }
}

impl Opening {
    /// Loads another folder than `datasets/`.
    pub fn loading(mut self, folder: &Path) -> Opening {
        self.init = folder.to_owned();
        self
    }

    /// Opens on what another city has left.
    pub fn on(mut self, data: TempDir) -> Opening {
        self.data = data;
        self
    }

    /// With a `HIYORI_*` setting.
    pub fn setting(mut self, name: &'static str, value: impl Into<String>) -> Opening {
        self.settings.push((name, value.into()));
        self
    }

    /// Starts the program and waits until it listens.
    pub async fn open(self) -> City {
        spawn_blocking(|| self.start()).await.unwrap()
    }

    fn start(self) -> City {
        let mut command = crate::terminal::program_on(self.data.path());
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(self.data.path());
        command.arg("--init").arg(&self.init).envs(self.settings);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut program = command.spawn().unwrap();
        let (ready, listening) = channel();
        let stderr = program.stderr.take().unwrap();
        let log = Arc::default();
        let kept = Arc::clone(&log);
        let log_keeper = Some(thread::spawn(move || keep_log(stderr, &kept, &ready)));
        match listening.recv() {
            Ok(address) => City { program, log, log_keeper, address, data: Some(self.data) },
            Err(_) => panic!("it did not start:\n{}", log.lock().unwrap().join("\n")),
        }
    }
}

/// Keeps every line of the log, and tells the address when the program says that it listens.
fn keep_log(stderr: ChildStderr, log: &Mutex<Vec<String>>, ready: &Sender<String>) {
    for line in BufReader::new(stderr).lines().map_while(Result::ok) {
        let address = line.split_once("listening on http://").map(|(_, rest)| {
            let end = rest.find(|sign: char| sign.is_whitespace() || sign == '"').unwrap_or(rest.len());
            format!("http://{}", &rest[..end])
        });
        log.lock().unwrap().push(line);
        if let Some(address) = address {
            // Told once; nobody waits for it a second time.
            let _ = ready.send(address);
        }
    }
}

/// The city of everybody who only reads.
pub struct SharedCity(Arc<City>);

impl Deref for SharedCity {
    type Target = City;

    fn deref(&self) -> &City {
        &self.0
    }
}

/// Somebody who asks over HTTP, and follows no redirect unseen.
#[derive(Clone)]
pub struct Visitor {
    base: String,
    client: Client,
    headers: HeaderMap,
}

impl Visitor {
    /// The same person, sending one more header.
    pub fn sending(mut self, name: HeaderName, value: &str) -> Visitor {
        self.headers.insert(name, HeaderValue::from_str(value).unwrap());
        self
    }

    /// The same person, who takes only `media_types`.
    pub fn taking(self, media_types: &str) -> Visitor {
        self.sending(ACCEPT, media_types)
    }

    /// The same person, who reads English.
    pub fn reading_english(self) -> Visitor {
        self.sending(ACCEPT_LANGUAGE, "en")
    }

    /// The same person, who shows `token`.
    pub fn showing(self, token: &str) -> Visitor {
        self.sending(AUTHORIZATION, &format!("Bearer {token}"))
    }

    /// The same person, who knows the content tagged `tag`.
    pub fn knowing(self, tag: &str) -> Visitor {
        self.sending(IF_NONE_MATCH, tag)
    }

    /// GET of a path, or of a whole address that an answer gave.
    pub async fn gets(&self, path: &str) -> Answer {
        self.asks(Method::GET, path, None).await
    }

    /// GET of a path with parameters, whatever letters they have.
    pub async fn asks_with(&self, path: &str, query: &[(&str, &str)]) -> Answer {
        let escaped = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        let pairs: Vec<String> =
            query.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value))).collect();
        self.gets(&format!("{path}?{}", pairs.join("&"))).await
    }

    /// POST of raw bytes.
    pub async fn posts(&self, path: &str, body: impl Into<Body>) -> Answer {
        self.asks(Method::POST, path, Some(body.into())).await
    }

    /// POST of JSON.
    pub async fn tells(&self, path: &str, value: &Value) -> Answer {
        self.clone().sending(CONTENT_TYPE, "application/json").posts(path, value.to_string()).await
    }

    /// POST of a file as the multipart part `file`.
    pub async fn hands_in(&self, path: &str, name: &str, bytes: impl Into<Vec<u8>>) -> Answer {
        let part = reqwest::multipart::Part::bytes(bytes.into()).file_name(name.to_owned());
        let form = reqwest::multipart::Form::new().part("file", part);
        let request = self.client.post(self.url(path)).headers(self.headers.clone()).multipart(form);
        Answer::of(format!("POST {path} ({name})"), request.send().await.unwrap()).await
    }

    /// Any method.
    pub async fn asks(&self, method: Method, path: &str, body: Option<Body>) -> Answer {
        self.tries(method, path, body).await.unwrap()
    }

    /// Any method, of a program that may be gone before it answers.
    pub async fn tries(&self, method: Method, path: &str, body: Option<Body>) -> reqwest::Result<Answer> {
        let asked = format!("{method} {path}");
        let mut request = self.client.request(method, self.url(path)).headers(self.headers.clone());
        if let Some(body) = body {
            request = request.body(body);
        }
        Answer::tried(asked, request.send().await?).await
    }

    fn url(&self, path: &str) -> String {
        if path.starts_with("http://") { path.to_owned() } else { format!("{}{path}", self.base) }
    }
}
