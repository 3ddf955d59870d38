//! Work that may take its time: on a thread of its own that steps back behind readers.
//!
//! A thread that is merely nicer than others keeps the processor until its slice of some 3 ms is over, whoever wakes meanwhile
//! (Linux from 6.6 on): many times what a reader waits otherwise. One that runs when nothing else does is set aside at once. What
//! it gets on a machine that is busy throughout is little, so it must hold nothing that others wait for, and start no thread that
//! outlives it: that would be as patient.

use std::io;
use std::thread;

#[cfg(target_os = "linux")]
use thread_priority::{
    NormalThreadSchedulePolicy, ThreadPriority, ThreadSchedulePolicy, set_thread_priority_and_policy,
    thread_native_id,
};
use tokio::runtime::Handle;
use tokio::sync::oneshot;

use crate::error::CatalogError;

/// How far a thread steps back that cannot do so altogether, as `nice` counts.
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// Does `work` on a thread that may block and that gets what the others leave of the processor.
///
/// # Errors
/// What `work` says, or the system when it gives no thread.
pub async fn run<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    on_a_thread(step_back, work).await
}

/// As [`run`], for work that also asks the database: what is made ready for it and what comes back is not the business of a
/// thread that answers readers either. It goes on when nobody waits for it any more, and may hold what others wait for.
///
/// # Errors
/// What `work` says, or the system when it gives no thread.
pub(crate) async fn drive<T: Send + 'static>(
    work: impl Future<Output = Result<T, CatalogError>> + Send + 'static,
) -> Result<T, CatalogError> {
    let runtime = Handle::current();
    on_a_thread(be_nicer, move || Ok(runtime.block_on(work))).await?
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

/// This thread runs when nobody else wants to (`SCHED_IDLE`); there is no way back. Where the system has no such word, nothing
/// changes.
pub(crate) fn step_back() {
    #[cfg(target_os = "linux")]
    {
        let idle = ThreadSchedulePolicy::Normal(NormalThreadSchedulePolicy::Idle);
        if let Err(error) = set_thread_priority_and_policy(thread_native_id(), ThreadPriority::Min, idle) {
            tracing::debug!(?error, "the thread does not step back altogether");
            be_nicer();
        }
    }
}

/// This thread gets less than others. Linux counts the priority of each thread by itself; elsewhere it is the whole program's and
/// stays.
pub(crate) fn be_nicer() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::setpriority_process(Some(rustix::thread::gettid()), NICE) {
        tracing::debug!(%error, "the thread does not step back");
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

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn the_thread_steps_back_and_the_program_does_not() {
        let policy = || Ok(thread_priority::thread_schedule_policy().ok());
        let before = policy().ok();
        let idle = ThreadSchedulePolicy::Normal(NormalThreadSchedulePolicy::Idle);
        assert_eq!(run(policy).await.ok(), Some(Some(idle)));
        assert_eq!(policy().ok(), before);
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn whoever_asks_the_database_is_nicer_and_the_program_is_not() {
        let nice = || rustix::process::getpriority_process(Some(rustix::thread::gettid())).ok();
        let before = nice();
        assert_eq!(drive(async move { Ok(nice()) }).await.ok(), Some(Some(NICE)));
        assert_eq!(nice(), before);
    }
}
