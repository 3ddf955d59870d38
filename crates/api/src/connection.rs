//! A socket that is given up on: when no request comes, or when nobody takes the answer.
//!
//! The HTTP layer watches only the first head of a connection, and no reader at all. What a connection is doing is
//! told by [`crate::middleware::pace`] through its [`Pace`].

use std::cell::{Cell, RefCell};
use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use actix_web::rt::time::{Instant, Sleep, sleep_until};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::metrics;

/// What of an answer is gathered before it goes out: a head and a body of usual length in one call of the system, which costs
/// more than to copy them. What is longer goes out in pieces, so that each is still in the processor's cache when it is sent.
pub const GATHERED_BYTES: usize = 64 << 10;

/// How long a connection may do nothing.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// Without a request being answered.
    pub idle: Option<Duration>,
    /// Without anything of an answer being taken.
    pub reading: Option<Duration>,
}

/// What a connection is doing: how many requests are being answered, and since when there is none.
#[derive(Debug, Clone)]
pub struct Pace(Rc<Doing>);

#[derive(Debug)]
struct Doing {
    under_way: Cell<u32>,
    idle_since: Cell<Instant>,
    /// Who waits for the socket: is told to look again when the connection becomes idle, so that its alarm is set.
    waits: RefCell<Option<Waker>>,
}

impl Pace {
    fn starting() -> Pace {
        Pace(Rc::new(Doing {
            under_way: Cell::new(0),
            idle_since: Cell::new(Instant::now()),
            waits: RefCell::new(None),
        }))
    }

    /// A request has come; it is being answered until what is given here is dropped.
    pub fn begin(&self) -> Answering {
        self.0.under_way.set(self.0.under_way.get() + 1);
        Answering(self.clone())
    }

    fn idle_since(&self) -> Option<Instant> {
        (self.0.under_way.get() == 0).then(|| self.0.idle_since.get())
    }

    fn remember(&self, context: &Context<'_>) {
        let mut waits = self.0.waits.borrow_mut();
        if !waits.as_ref().is_some_and(|waker| waker.will_wake(context.waker())) {
            *waits = Some(context.waker().clone());
        }
    }
}

/// A request that is being answered.
#[derive(Debug)]
pub struct Answering(Pace);

impl Drop for Answering {
    fn drop(&mut self) {
        let Doing { under_way, idle_since, waits } = &*self.0.0;
        under_way.set(under_way.get().saturating_sub(1));
        idle_since.set(Instant::now());
        if let Some(waker) = waits.borrow().as_ref() {
            waker.wake_by_ref();
        }
    }
}

/// A socket with patience.
#[derive(Debug)]
pub struct Paced<T> {
    socket: T,
    patience: Patience,
    pace: Pace,
    request: Alarm,
    answer: Alarm,
}

impl<T> Paced<T> {
    /// `socket`, which is idle from now on.
    pub fn new(socket: T, patience: Patience) -> Paced<T> {
        metrics::connection_opened();
        Paced { socket, patience, pace: Pace::starting(), request: Alarm(None), answer: Alarm(None) }
    }

    /// What it is doing.
    pub fn pace(&self) -> Pace {
        self.pace.clone()
    }
}

impl<T> Drop for Paced<T> {
    fn drop(&mut self) {
        metrics::connection_closed();
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Paced<T> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        this.pace.remember(context);
        match this.pace.idle_since().zip(this.patience.idle) {
            None => this.request.stop(),
            Some((since, idle)) => {
                if this.request.rings(context, since + idle) {
                    return Poll::Ready(Err(given_up("request")));
                }
            }
        }
        Pin::new(&mut this.socket).poll_read(context, buffer)
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Paced<T> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.socket).poll_write(context, bytes);
        match this.patience.reading {
            Some(reading) if written.is_pending() => {
                let until = this.answer.until().unwrap_or_else(|| Instant::now() + reading);
                if this.answer.rings(context, until) {
                    return Poll::Ready(Err(given_up("answer")));
                }
            }
            _ => this.answer.stop(),
        }
        written
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().socket).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().socket).poll_shutdown(context)
    }
}

fn given_up(waited_for: &'static str) -> io::Error {
    metrics::connection_cut(waited_for);
    io::Error::from(io::ErrorKind::TimedOut)
}

/// A time at which whoever waits is woken.
#[derive(Debug)]
struct Alarm(Option<Pin<Box<Sleep>>>);

impl Alarm {
    fn until(&self) -> Option<Instant> {
        self.0.as_ref().map(|sleep| sleep.deadline())
    }

    fn stop(&mut self) {
        self.0 = None;
    }

    /// Whether it is `until` already; if not, the waiting task is woken then.
    fn rings(&mut self, context: &mut Context<'_>, until: Instant) -> bool {
        let sleep = self.0.get_or_insert_with(|| Box::pin(sleep_until(until)));
        if sleep.deadline() != until {
            sleep.as_mut().reset(until);
        }
        sleep.as_mut().poll(context).is_ready()
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    use super::*;

    const SHORT: Patience =
        Patience { idle: Some(Duration::from_millis(50)), reading: Some(Duration::from_millis(50)) };

    #[actix_web::test]
    async fn a_head_that_trickles_in_is_given_up_on() {
        let (mut client, server) = duplex(64);
        let mut server = Paced::new(server, SHORT);
        client.write_all(b"G").await.unwrap();
        assert_eq!(server.read_u8().await.unwrap(), b'G');
        assert_eq!(server.read_u8().await.unwrap_err().kind(), io::ErrorKind::TimedOut);
    }

    #[actix_web::test]
    async fn a_body_may_take_longer_while_its_request_is_answered() {
        let (mut client, server) = duplex(64);
        let mut server = Paced::new(server, SHORT);
        let answering = server.pace().begin();
        let sending = async {
            actix_web::rt::time::sleep(Duration::from_millis(200)).await;
            client.write_all(b"1").await.unwrap();
            client
        };
        let (read, client) = tokio::join!(server.read_u8(), sending);
        assert_eq!(read.unwrap(), b'1');
        drop(answering);
        assert_eq!(server.read_u8().await.unwrap_err().kind(), io::ErrorKind::TimedOut);
        drop(client);
    }

    #[actix_web::test]
    async fn an_answer_that_nobody_takes_is_given_up_on() {
        let (client, server) = duplex(64);
        let mut server = Paced::new(server, SHORT);
        let written = server.write_all(&[0; 1_000]).await;
        assert_eq!(written.unwrap_err().kind(), io::ErrorKind::TimedOut);
        drop(client);
    }
}
