//! Work that may take its time: on a thread of its own that steps back behind readers.

use std::io;
use std::thread;

use tokio::runtime::Handle;
use tokio::sync::oneshot;

use crate::error::CatalogError;

/// How far it steps back, as `nice` counts.
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

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

/// As [`run`], for work that also asks the database: what is made ready for it and what comes back is not the business of a
/// thread that answers readers either. It goes on when nobody waits for it any more.
///
/// # Errors
/// What `work` says, or the system when it gives no thread.
pub(crate) async fn drive<T: Send + 'static>(
    work: impl Future<Output = Result<T, CatalogError>> + Send + 'static,
) -> Result<T, CatalogError> {
    let runtime = Handle::current();
    run(move || Ok(runtime.block_on(work))).await?
}

/// Linux counts the priority of each thread by itself; elsewhere it is the whole program's and stays.
pub(crate) fn step_back() {
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
        let own = rustix::process::getpriority_process(None).ok();
        let other = run(|| Ok(rustix::process::getpriority_process(Some(rustix::thread::gettid()))?)).await;
        assert_eq!(other.ok(), Some(NICE));
        assert_eq!(rustix::process::getpriority_process(None).ok(), own);
    }
}
