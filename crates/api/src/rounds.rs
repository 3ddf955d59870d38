//! What works beside the requests does so in rounds, and ends between two of them: a round that were cut off would leave a
//! transaction behind on a connection that others use.

use std::time::Duration;

use actix_web::rt::spawn;
use actix_web::rt::task::JoinHandle;
use tokio::sync::watch;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval, timeout_at};

/// Those who work beside the requests.
#[derive(Debug)]
pub struct Beside {
    /// Dropped when they are to end.
    stop: watch::Sender<()>,
    working: Vec<JoinHandle<()>>,
}

/// Tells when it is time for another round.
#[derive(Debug)]
pub struct Rounds {
    ticks: Interval,
    until: watch::Receiver<()>,
}

impl Beside {
    /// Nobody works yet.
    pub fn nobody() -> Beside {
        Beside { stop: watch::Sender::new(()), working: Vec::new() }
    }

    /// Lets somebody work, in rounds once in `pace`.
    pub fn begin<W: Future<Output = ()> + 'static>(
        &mut self,
        pace: Duration,
        work: impl FnOnce(Rounds) -> W,
    ) {
        let mut ticks = interval(pace);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        self.working.push(spawn(work(Rounds { ticks, until: self.stop.subscribe() })));
    }

    /// Lets each finish its round, and waits for all of them; whoever takes longer than `patience` is cut off.
    pub async fn end(self, patience: Duration) {
        drop(self.stop);
        let latest = Instant::now() + patience;
        for mut work in self.working {
            if timeout_at(latest, &mut work).await.is_err() {
                work.abort();
                // Waited for, so that what it holds is given back.
                let _ = work.await;
            }
        }
    }
}

impl Rounds {
    /// Waits until it is time for another round, the first at once; false when there is none any more.
    pub async fn next(&mut self) -> bool {
        tokio::select! {
            biased;
            _ = self.until.changed() => false,
            _ = self.ticks.tick() => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::rc::Rc;

    use tokio::sync::oneshot;

    use super::*;

    const PATIENCE: Duration = Duration::from_secs(60);

    #[actix_web::test]
    async fn a_round_is_finished_and_no_other_begun() {
        let finished = Rc::new(Cell::new(0));
        let (begin, begun) = oneshot::channel();
        let mut beside = Beside::nobody();
        let rounds_done = Rc::clone(&finished);
        beside.begin(Duration::from_millis(1), async move |mut rounds: Rounds| {
            let mut begin = Some(begin);
            while rounds.next().await {
                begin.take().map(|begin| begin.send(()));
                tokio::task::yield_now().await;
                rounds_done.set(rounds_done.get() + 1);
                if begin.is_none() && rounds_done.get() == 1 {
                    // The end is told while the first round goes on.
                    rounds.until.clone().changed().await.unwrap_err();
                }
            }
        });
        begun.await.unwrap();
        beside.end(PATIENCE).await;
        assert_eq!(finished.get(), 1);
    }

    #[actix_web::test]
    async fn whoever_takes_too_long_is_cut_off() {
        let mut beside = Beside::nobody();
        beside.begin(PATIENCE, async |mut rounds: Rounds| {
            rounds.next().await;
            std::future::pending::<()>().await;
        });
        beside.end(Duration::from_millis(1)).await;
    }
}
