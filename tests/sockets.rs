//! Clients that speak HTTP badly, slowly or not at all: a bare socket.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

use crate::city::City;

/// Nobody waits longer for anything: a test that would hang fails instead.
const PATIENCE: Duration = Duration::from_secs(60);

/// A socket to the program.
pub struct Socket(TcpStream);

impl Socket {
    /// Connects to `city`.
    pub fn to(city: &City) -> Socket {
        let socket = TcpStream::connect(city.address().trim_start_matches("http://")).unwrap();
        socket.set_read_timeout(Some(PATIENCE)).unwrap();
        Socket(socket)
    }

    /// Sends `bytes`; a server that has closed its end meanwhile is heard later.
    pub fn says(mut self, bytes: impl AsRef<[u8]>) -> Socket {
        let _ = self.0.write_all(bytes.as_ref());
        self
    }

    /// Sends `bytes` one at a time, `pause` after each, until the server has enough of it.
    pub fn trickles(self, bytes: impl Into<Vec<u8>>, pause: Duration) -> Socket {
        let (mut socket, bytes) = (self.0.try_clone().unwrap(), bytes.into());
        thread::spawn(move || {
            for byte in bytes {
                if socket.write_all(&[byte]).is_err() {
                    return;
                }
                thread::sleep(pause);
            }
        });
        self
    }

    /// Everything the server says until it closes the connection.
    #[track_caller]
    pub fn hears(mut self) -> String {
        let mut heard = Vec::new();
        match self.0.read_to_end(&mut heard) {
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                panic!("the connection is still open after {PATIENCE:?}")
            }
            // One that is cut while there is more to say is cut all the same.
            _ => String::from_utf8_lossy(&heard).into_owned(),
        }
    }

    /// The status of the first answer; `None` when the connection was closed without a word.
    #[track_caller]
    pub fn status(self) -> Option<u16> {
        self.hears().strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()
    }
}
