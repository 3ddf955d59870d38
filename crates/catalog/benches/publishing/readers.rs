//! Readers who come by regularly: each looks up a dataset and reads its CSV to the end.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use catalog::store::Store;
use catalog::{CatalogError, Slug, browse};
use futures_util::TryStreamExt;
use tokio::task::JoinHandle;

/// So many at a time, each coming again so long after it came before.
const READERS: usize = 4;
const PACE: Duration = Duration::from_millis(10);

/// Readers at their reading.
pub struct Readers {
    closing: Arc<AtomicBool>,
    readers: Vec<JoinHandle<Result<Vec<Duration>, CatalogError>>>,
}

/// How long they waited.
pub struct Waits(Vec<Duration>);

impl Readers {
    /// Lets them come to the dataset `slug`.
    pub fn start(store: &Store, slug: &Slug) -> Readers {
        let closing = Arc::new(AtomicBool::new(false));
        let reader = |_| tokio::spawn(reads(store.clone(), slug.clone(), Arc::clone(&closing)));
        Readers { readers: (0..READERS).map(reader).collect(), closing }
    }

    /// Sends them home.
    pub async fn stop(self) -> Result<Waits, Box<dyn std::error::Error>> {
        self.closing.store(true, Ordering::Relaxed);
        let mut waits = Vec::new();
        for reader in self.readers {
            waits.extend(reader.await??);
        }
        waits.sort();
        Ok(Waits(waits))
    }
}

async fn reads(store: Store, slug: Slug, closing: Arc<AtomicBool>) -> Result<Vec<Duration>, CatalogError> {
    let mut waits = Vec::new();
    let mut ticks = tokio::time::interval(PACE);
    while !closing.load(Ordering::Relaxed) {
        ticks.tick().await;
        let begin = Instant::now();
        let dataset = browse::dataset(&store, None, &slug).await?;
        for form in dataset.current.iter().flat_map(|revision| revision.distributions.first()) {
            let _bytes: Vec<_> = browse::open(&store, &form.sha256).await?.stream.try_collect().await?;
        }
        waits.push(begin.elapsed());
    }
    Ok(waits)
}

impl Waits {
    /// The p99 and the median, in words.
    pub fn told(&self) -> String {
        let at = |share: f64| {
            let place = (self.0.len() as f64 * share) as usize;
            self.0.get(place.min(self.0.len().saturating_sub(1))).map_or(0.0, |wait| wait.as_secs_f64() * 1e3)
        };
        format!("{:.1} ms (median {:.1} ms, {} reads)", at(0.99), at(0.5), self.0.len())
    }
}
