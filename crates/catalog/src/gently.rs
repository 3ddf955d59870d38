//! Work that may take its time: on a thread of its own that steps back behind readers.
//!
//! What somebody waits for gets less of the processor than readers, but always its share. Linux lets such a thread keep the processor
//! until its slice of some 3 ms is over, whoever wakes meanwhile (from 6.6 on): many times what a reader waits otherwise. So it
//! lets others pass of its own accord, many times within a slice ([`let_others_pass`]). What nobody waits for runs when nothing else
//! does and is set aside at once; on a machine that is busy throughout it gets next to nothing, so it holds nothing that others
//! wait for, and starts no thread that outlives it: that would be as patient.

use std::cell::Cell;
use std::io::{self, Read};
use std::thread;
use std::time::{Duration, Instant};

#[cfg(target_os = "linux")]
use thread_priority::{
    NormalThreadSchedulePolicy, ThreadPriority, ThreadSchedulePolicy, set_thread_priority_and_policy,
    thread_native_id,
};
use tokio::sync::oneshot;

/// How far a thread steps back for which somebody waits, as `nice` counts.
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// How long a thread that steps back keeps the processor before it lets others pass: a fraction of what an answer takes.
const KEPT_MAX: Duration = Duration::from_micros(50);

thread_local! {
    /// When this thread last let others pass.
    static PASSED: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// Does `work` on a thread that may block and that gets less of the processor than the others.
///
/// # Errors
/// What `work` says, or the system when it gives no thread.
pub async fn run<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    on_a_thread(be_nicer, work).await
}

/// As [`run`], for what nobody waits for: it gets what the others leave of the processor.
///
/// # Errors
/// As [`run`].
pub(crate) async fn at_leisure<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    on_a_thread(step_back, work).await
}

async fn on_a_thread<T: Send + 'static>(
    begin: fn(),
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    let (tell, done) = oneshot::channel();
    thread::Builder::new().name("gently".to_owned()).spawn(move || {
        begin();
        // Whoever asked may be gone: then nobody is told.
        let _ = tell.send(work());
    })?;
    done.await.map_err(io::Error::other)?
}

/// This thread gets less than others. Linux counts the priority of each thread by itself; elsewhere it is the whole program's and
/// stays.
pub(crate) fn be_nicer() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::setpriority_process(Some(rustix::thread::gettid()), NICE) {
        tracing::debug!(%error, "the thread gets as much as others");
    }
}

/// Lets whoever waits for this processor go first, if this thread has kept it for a while. Long work calls this after every small
/// piece: each row, or some steps of the database. Where nobody waits it costs next to nothing.
pub(crate) fn let_others_pass() {
    let now = Instant::now();
    if PASSED.get().is_none_or(|passed| now.duration_since(passed) >= KEPT_MAX) {
        thread::yield_now();
        PASSED.set(Some(Instant::now()));
    }
}

/// As [`let_others_pass`], for what is too short to look at the clock each time: it looks every 256th time.
pub(crate) fn now_and_then() -> impl FnMut() {
    let mut times = 0_u8;
    move || {
        times = times.wrapping_add(1);
        if times == 0 {
            let_others_pass();
        }
    }
}

/// Lets others pass each time something is read.
pub(crate) struct Passing<R>(pub R);

impl<R: Read> Read for Passing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let_others_pass();
        self.0.read(buffer)
    }
}

/// This thread runs when nobody else wants to (`SCHED_IDLE`); there is no way back. Where the system has no such word, nothing
/// changes.
fn step_back() {
    #[cfg(target_os = "linux")]
    {
        let idle = ThreadSchedulePolicy::Normal(NormalThreadSchedulePolicy::Idle);
        if let Err(error) = set_thread_priority_and_policy(thread_native_id(), ThreadPriority::Min, idle) {
            tracing::debug!(?error, "the thread does not step back");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_the_work_says_is_told() {
        assert_eq!(run(|| Ok(7)).await.ok(), Some(7));
        assert!(run(|| Err::<(), _>(io::Error::other("no room"))).await.is_err());
    }

    #[test]
    fn others_pass_once_the_processor_was_kept_for_a_while() {
        let_others_pass();
        let before = PASSED.get();
        while before.is_some() && PASSED.get() == before {
            let_others_pass();
        }
        assert!(PASSED.get() > before);
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn what_somebody_waits_for_gets_less_and_the_program_does_not() {
        let nice = || Ok(rustix::process::getpriority_process(Some(rustix::thread::gettid()))?);
        let before = nice().ok();
        assert_eq!(run(nice).await.ok(), Some(NICE));
        assert_eq!(nice().ok(), before);
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn what_nobody_waits_for_runs_when_nothing_else_does() {
        let policy = || Ok(thread_priority::thread_schedule_policy().ok());
        let before = policy().ok();
        let idle = ThreadSchedulePolicy::Normal(NormalThreadSchedulePolicy::Idle);
        assert_eq!(at_leisure(policy).await.ok(), Some(Some(idle)));
        assert_eq!(policy().ok(), before);
    }
}
