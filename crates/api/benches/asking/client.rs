//! Connections that ask again as soon as they are answered. No library: the asking shares the machine with the answering.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use crate::Outcome;

const CONNECTIONS: u64 = 4;

/// How questions were answered.
pub struct Asked {
    waits: Vec<Duration>,
    time: Duration,
}

impl Asked {
    /// Answers a second.
    pub fn rate(&self) -> f64 {
        self.waits.len() as f64 / self.time.as_secs_f64()
    }

    /// What 99 of 100 waited at most, in words.
    pub fn p99(&self) -> String {
        let place = (self.waits.len() * 99 / 100).min(self.waits.len().saturating_sub(1));
        self.waits.get(place).map_or("–".to_owned(), |wait| format!("{:.1} ms", wait.as_secs_f64() * 1e3))
    }
}

/// Asks for `path` of each number for so long. An answer that is not 200 is an error.
pub fn ask_for(address: SocketAddr, time: Duration, path: &(dyn Fn(u64) -> String + Sync)) -> Outcome<Asked> {
    asks(address, path, 1, 0, Duration::from_millis(300).min(time))?; // to be warm
    let begun = Instant::now();
    let all = std::thread::scope(|scope| {
        let asking: Vec<_> = (0..CONNECTIONS)
            .map(|own| {
                scope.spawn(move || {
                    asks(address, path, CONNECTIONS, own, time).map_err(|error| error.to_string())
                })
            })
            .collect();
        asking
            .into_iter()
            .map(|it| it.join().map_err(|_| "a connection failed".to_owned())?)
            .collect::<Result<Vec<_>, String>>()
    })?;
    let mut waits = all.concat();
    waits.sort();
    Ok(Asked { waits, time: begun.elapsed() })
}

fn asks(
    address: SocketAddr,
    path: &(dyn Fn(u64) -> String + Sync),
    of: u64,
    own: u64,
    time: Duration,
) -> Outcome<Vec<Duration>> {
    let mut connection = BufReader::with_capacity(1 << 16, TcpStream::connect(address)?);
    connection.get_ref().set_nodelay(true)?;
    let (begun, mut waits, mut number, mut body) = (Instant::now(), Vec::new(), own, Vec::new());
    while begun.elapsed() < time {
        let path = path(number);
        number += of;
        let asked = Instant::now();
        // In one piece: each write is a packet of its own.
        let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept: application/json\r\n\r\n");
        connection.get_mut().write_all(request.as_bytes())?;
        read(&mut connection, &path, |bytes| {
            body.clear();
            body.extend_from_slice(bytes);
        })?;
        waits.push(asked.elapsed());
    }
    Ok(waits)
}

/// Fetches `path` to its end; gives the length of what came.
pub fn fetch_whole(address: SocketAddr, path: &str) -> Outcome<u64> {
    let mut connection = BufReader::with_capacity(1 << 18, TcpStream::connect(address)?);
    write!(connection.get_mut(), "GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n")?;
    let mut length = 0;
    read(&mut connection, path, |bytes| length += bytes.len() as u64)?;
    Ok(length)
}

/// The body of `path`.
pub fn fetch(address: SocketAddr, path: &str) -> Outcome<Vec<u8>> {
    let mut connection = BufReader::new(TcpStream::connect(address)?);
    write!(connection.get_mut(), "GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n")?;
    let mut body = Vec::new();
    read(&mut connection, path, |bytes| body.extend_from_slice(bytes))?;
    Ok(body)
}

/// Reads one answer; its body goes to `take` piece by piece.
fn read(connection: &mut BufReader<TcpStream>, path: &str, mut take: impl FnMut(&[u8])) -> Outcome<()> {
    let mut line = String::new();
    connection.read_line(&mut line)?;
    if !line.contains(" 200 ") {
        return Err(format!("{path}: {line}").into());
    }
    let (mut length, mut in_chunks) = (0, false);
    loop {
        line.clear();
        connection.read_line(&mut line)?;
        let Some((name, value)) = line.split_once(':') else { break };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse()?;
        } else if name.eq_ignore_ascii_case("transfer-encoding") {
            in_chunks = value.trim() == "chunked";
        }
    }
    if !in_chunks {
        return pass(connection, length, &mut take);
    }
    loop {
        line.clear();
        connection.read_line(&mut line)?;
        let length = u64::from_str_radix(line.trim_end(), 16)?;
        pass(connection, length, &mut take)?;
        line.clear();
        connection.read_line(&mut line)?;
        if length == 0 {
            return Ok(());
        }
    }
}

fn pass(connection: &mut BufReader<TcpStream>, length: u64, take: &mut impl FnMut(&[u8])) -> Outcome<()> {
    let mut limited = connection.take(length);
    loop {
        let bytes = limited.fill_buf()?;
        if bytes.is_empty() {
            break;
        }
        let count = bytes.len();
        take(bytes);
        limited.consume(count);
    }
    if limited.limit() > 0 { Err("the answer was cut short".into()) } else { Ok(()) }
}
