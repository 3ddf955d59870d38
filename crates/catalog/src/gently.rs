//! Work that may take its time: on a thread of its own that steps back behind readers.
//!
//! A thread that is merely nicer than others keeps the processor until its slice of some 3 ms is over, whoever wakes meanwhile
//! (Linux from 6.6 on): many times what a reader waits otherwise. One that runs when nothing else does is set aside at once. What
//! it gets on a machine that is busy throughout is little, so it holds nothing for long that others wait for, and starts no thread
//! that outlives it: that would be as patient.

use std::io;
use std::thread;

#[cfg(target_os = "linux")]
use thread_priority::{
    NormalThreadSchedulePolicy, ThreadPriority, ThreadSchedulePolicy, set_thread_priority_and_policy,
    thread_native_id,
};
use tokio::sync::oneshot;

/// Does `work` on a thread that may block and that gets what the others leave of the processor.
///
/// # Errors
/// What `work` says, or the system when it gives no thread.
pub async fn run<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    let (tell, done) = oneshot::channel();
    thread::Builder::new().name("gently".to_owned()).spawn(move || {
        step_back();
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

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn the_thread_steps_back_and_the_program_does_not() {
        let policy = || Ok(thread_priority::thread_schedule_policy().ok());
        let before = policy().ok();
        let idle = ThreadSchedulePolicy::Normal(NormalThreadSchedulePolicy::Idle);
        assert_eq!(run(policy).await.ok(), Some(Some(idle)));
        assert_eq!(policy().ok(), before);
    }
}
