//! One request at a time, with a look at the clock when the first byte of the answer comes.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::Outcome;

/// What came back.
pub struct Got {
    pub first_byte: Duration,
    pub media_type: String,
    pub body: Vec<u8>,
}

/// Asks the server at `port` for `path`; anything but 200 is an error.
pub fn get(port: u16, path: &str, header: Option<(&str, &str)>) -> Outcome<Got> {
    let mut socket = TcpStream::connect(("127.0.0.1", port))?;
    let header = header.map(|(name, value)| format!("{name}: {value}\r\n")).unwrap_or_default();
    let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{header}\r\n");
    let began = Instant::now();
    socket.write_all(request.as_bytes())?;
    let mut answer = vec![0; 1];
    socket.read_exact(&mut answer)?;
    let first_byte = began.elapsed();
    socket.read_to_end(&mut answer)?;
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n").ok_or("an answer without a head")?;
    let body = answer.split_off(end + 4);
    let head = String::from_utf8(answer)?;
    if !head.starts_with("HTTP/1.1 200") {
        return Err(format!("{path}: {head}").into());
    }
    let type_of = |line: &str| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-type").then(|| value.trim().to_owned())
    };
    let media_type = head.lines().find_map(type_of).ok_or("an answer without a type")?;
    Ok(Got { first_byte, media_type, body })
}
