//! Where a server is to listen, and whether it does.

use std::net::{TcpListener, TcpStream};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::Outcome;

/// A port that nobody listens on.
pub fn free_port() -> Outcome<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// Waits until somebody listens on `port`.
pub fn wait_for(port: u16, patience: Duration) -> Outcome<()> {
    let begun = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        if begun.elapsed() > patience {
            return Err(format!("nobody listens on port {port}").into());
        }
        sleep(Duration::from_millis(50));
    }
    Ok(())
}
