//! One connection that is kept, blocking. No library: the asking shares the machine with the answering.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::Outcome;

/// Nothing takes longer than this, however busy the machine is.
const PATIENCE: Duration = Duration::from_secs(300);

/// A connection to the server.
pub struct Connection(BufReader<TcpStream>);

/// What came back; the next answer may take its place.
#[derive(Default)]
pub struct Answer {
    head: String,
    pub body: Vec<u8>,
}

impl Connection {
    /// Connects to the server at `port`.
    pub fn open(port: u16) -> Outcome<Connection> {
        let socket = TcpStream::connect(("127.0.0.1", port))?;
        // A request is written at once; there is nothing to wait for.
        socket.set_nodelay(true)?;
        socket.set_read_timeout(Some(PATIENCE))?;
        Ok(Connection(BufReader::with_capacity(1 << 14, socket)))
    }

    /// Sends the head of a request and its body, and reads the answer to its end. Anything but 2xx is an error.
    pub fn ask(&mut self, head: &[u8], body: &[u8], answer: &mut Answer) -> Outcome<()> {
        self.0.get_mut().write_all(head)?;
        self.0.get_mut().write_all(body)?;
        answer.head.clear();
        let mut length: Option<usize> = None;
        loop {
            let begin = answer.head.len();
            if self.0.read_line(&mut answer.head)? == 0 {
                return Err("the server hung up".into());
            }
            let line = answer.head.get(begin..).unwrap_or_default().trim_end();
            if line.is_empty() {
                break;
            }
            if let Some(value) = value_of(line, "content-length") {
                length = Some(value.parse()?);
            }
        }
        answer.body.resize(length.ok_or("an answer without a length")?, 0);
        self.0.read_exact(&mut answer.body)?;
        if !answer.head.starts_with("HTTP/1.1 2") {
            return Err(format!("{}{}", answer.head, String::from_utf8_lossy(&answer.body)).into());
        }
        Ok(())
    }
}

impl Answer {
    /// The tag of what was answered, for `If-Match`.
    pub fn tag(&self) -> Outcome<&str> {
        let tag = self.head.lines().find_map(|line| value_of(line, "etag"));
        tag.ok_or_else(|| "an answer without a tag".into())
    }
}

fn value_of<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let (field, value) = line.split_once(':')?;
    field.eq_ignore_ascii_case(name).then(|| value.trim())
}

/// A request for `path`, to be asked over and over.
pub fn get(path: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").into_bytes()
}
