//! The program as it is typed in a terminal.

use std::ffi::OsStr;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use serde_json::Value;

/// The program, with none of the settings of whoever runs the tests.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hiyori"));
    for (name, _) in std::env::vars_os() {
        if ["HIYORI_", "AWS_", "FAILPOINTS"].iter().any(|ours| name.to_string_lossy().starts_with(ours)) {
            command.env_remove(name);
        }
    }
    command
}

/// The program with what it keeps for the data folder `data`, wherever that is in this suite.
pub fn program_on(data: &Path) -> Command {
    let mut command = program();
    command.envs(crate::keeping::settings(data));
    command
}

/// What came of one command.
pub struct Ran {
    line: String,
    code: Option<i32>,
    /// What it wrote on standard output.
    pub stdout: Vec<u8>,
    /// What it wrote on standard error.
    pub stderr: String,
}

/// Types `hiyori ARGS…`, with nothing on standard input.
pub fn hiyori<S: AsRef<OsStr>>(args: &[S]) -> Ran {
    hiyori_reading(std::io::empty(), args)
}

/// Types `hiyori ARGS…`, with `input` coming in on standard input.
pub fn hiyori_reading<S: AsRef<OsStr>>(mut input: impl Read + Send, args: &[S]) -> Ran {
    let data = args.iter().position(|arg| arg.as_ref() == "--data").and_then(|place| args.get(place + 1));
    let mut command = data.map_or_else(program, |data| program_on(Path::new(data)));
    command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let line = format!("{command:?}");
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let output = thread::scope(|scope| {
        scope.spawn(move || {
            // A program that has seen enough closes its end; what it says then is looked at, not this.
            let _ = std::io::copy(&mut input, &mut stdin).and_then(|_| stdin.flush());
        });
        child.wait_with_output().unwrap()
    });
    Ran {
        line,
        code: output.status.code(),
        stdout: output.stdout,
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

impl Ran {
    /// It ended with `code`.
    #[track_caller]
    pub fn exits(&self, code: i32) -> &Ran {
        assert_eq!(self.code, Some(code), "{}\n{}{}", self.line, self.out(), self.stderr);
        self
    }

    /// Standard output as text.
    #[track_caller]
    pub fn out(&self) -> &str {
        std::str::from_utf8(&self.stdout).unwrap()
    }

    /// It said `words`, on whichever of its two outputs.
    #[track_caller]
    pub fn says(&self, words: &str) -> &Ran {
        let said = self.out().contains(words) || self.stderr.contains(words);
        assert!(said, "{} never says {words:?}:\n{}{}", self.line, self.out(), self.stderr);
        self
    }

    /// It said nothing on standard output.
    #[track_caller]
    pub fn prints_nothing(&self) -> &Ran {
        assert_eq!(self.out(), "", "{}", self.line);
        self
    }

    /// Standard output is one JSON value and nothing else.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.stdout)
            .unwrap_or_else(|error| panic!("{}: {error}\n{}", self.line, self.out()))
    }
}
