//! Answers for everybody, made once for each state of what they tell of and kept in a bounded number of bytes.
//!
//! A handler names what is asked for by a [`Key`] and says how it is made ([`Prepared::respond`]); whoever asks next gets
//! it from memory, in the coding they like, with its tag. [`door`] answers those without going through the house at all.
//! A row that is asked for by its name is made from the rows of its dataset, which are held in memory ([`held`]).
//! Only what a visitor sees is kept here: whoever shows a token is answered by the handlers alone.
//!
//! What this server changes is seen at once; what another one changes, by a look at the change counter, which is good for
//! [`TRUSTED_FOR`]. Where the database does not answer, what is ready is given for [`BLIND_FOR`], and then no more.

pub mod door;
mod held;
mod ready;

use std::fmt::Display;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, Responder};
use catalog::{Slug, Store};
use jiff::Timestamp;
use moka::sync::Cache;
use plan::{PlanError, Plans};
use tokio::runtime::Handle;
use tokio::sync::{Mutex, OnceCell};
use tokio::time::timeout;

use self::held::Held;
pub use self::ready::{Ready, Reply, marked, read};
use crate::answer::Answer;
use crate::limits::{Limits, set};
use crate::problem::Problem;

/// How long nobody looks again whether another server has changed the catalog.
const TRUSTED_FOR: Duration = Duration::from_millis(100);

/// So long before trust ends somebody looks beside those who are answered, so that under load nobody has to wait for it.
const RENEWED_BEFORE: Duration = Duration::from_millis(50);

/// How long a look may take, and how long nobody looks again after one that failed.
const PATIENCE: Duration = Duration::from_secs(1);

/// How long what is ready is given while nobody can look.
const BLIND_FOR: Duration = Duration::from_secs(60);

/// What is asked for: a thing, and the form in which it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key(Arc<Thing>);

/// What an answer tells of. Anything that can be written is one, of which nobody knows what changes it.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Thing {
    name: String,
    dataset: Option<Slug>,
}

impl Key {
    /// `thing` in `form`. Both together name one sequence of bytes in each state of the catalog.
    pub fn new(thing: impl Into<Thing>, form: impl Display) -> Key {
        let Thing { name, dataset } = thing.into();
        Key(Arc::new(Thing { name: format!("{name} as {form}"), dataset }))
    }

    fn weight(&self) -> usize {
        self.0.name.len() + size_of::<Thing>()
    }
}

impl Thing {
    /// What is told of `dataset` and of no other: it stays good while others change.
    pub fn of(dataset: &Slug, name: impl Display) -> Thing {
        Thing { name: name.to_string(), dataset: Some(dataset.clone()) }
    }
}

impl<D: Display> From<D> for Thing {
    fn from(name: D) -> Thing {
        Thing { name: name.to_string(), dataset: None }
    }
}

/// Answers that are ready.
#[derive(Debug, Clone)]
pub struct Prepared {
    store: Store,
    plans: Plans,
    cells: Cache<Key, Arc<Dated>>,
    held: Held,
    /// Heavier answers are given to those who wait for them, and not kept.
    bytes_max: usize,
    seen: Arc<Seen>,
    /// Where somebody looks beside the requests: it ends after the workers, with whose runtimes a connection would be lost.
    beside: Handle,
}

/// An answer in one state of what it tells of.
#[derive(Debug)]
struct Dated {
    version: u64,
    /// When somebody asked for it first in that state: nothing of it has changed since.
    since: Timestamp,
    ready: OnceCell<Arc<Ready>>,
}

/// What was seen of the catalog. Times are milliseconds since `begun`.
#[derive(Debug)]
struct Seen {
    begun: Instant,
    /// Until when nobody looks again.
    trusted_until: AtomicU64,
    /// When somebody looked last.
    looked: AtomicU64,
    /// How often the plan's records had changed then.
    plan: AtomicU64,
    /// Held by whoever looks.
    looking: Arc<Mutex<()>>,
}

impl Seen {
    fn now(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn is_trusted(&self) -> bool {
        self.now() < self.trusted_until.load(Ordering::Relaxed)
    }

    fn is_trusted_for_long(&self) -> bool {
        self.now() + (RENEWED_BEFORE.as_millis() as u64) < self.trusted_until.load(Ordering::Relaxed)
    }
}

impl Prepared {
    /// Nothing is ready yet. To be made by the runtime that outlives the workers.
    pub fn new(store: Store, plans: Plans, limits: &Limits) -> Prepared {
        let room = set(limits.prepared_bytes_max);
        let weigh = |key: &Key, dated: &Arc<Dated>| {
            let weight =
                dated.ready.get().map_or(0, |ready| ready.weight()) + key.weight() + size_of::<Dated>();
            u32::try_from(weight).unwrap_or(u32::MAX)
        };
        let cells = Cache::builder().weigher(weigh).max_capacity(room.unwrap_or(u64::MAX)).build();
        let seen = Seen {
            begun: Instant::now(),
            trusted_until: AtomicU64::new(0),
            looked: AtomicU64::new(0),
            plan: AtomicU64::new(0),
            looking: Arc::default(),
        };
        let bytes_max = room.and_then(|room| usize::try_from(room / 4).ok()).unwrap_or(usize::MAX);
        let (held, seen) = (Held::of(set(limits.rows_bytes_max)), Arc::new(seen));
        Prepared { store, plans, cells, held, bytes_max, seen, beside: Handle::current() }
    }

    /// Waits until nobody looks any more; nobody asks any more.
    pub async fn rest(&self) {
        drop(self.seen.looking.lock().await);
    }

    /// The answer to `request`, which asks for `key`: as it is ready, or as `make` makes it now. Of several who ask at once
    /// one makes it, the others wait.
    ///
    /// # Errors
    /// What `make` refuses.
    pub async fn respond(
        &self,
        request: &HttpRequest,
        key: Key,
        make: impl AsyncFnOnce() -> Result<Answer, Problem>,
    ) -> Result<HttpResponse, Problem> {
        if is_signed(request) {
            return Ok(make().await?.respond_to(request));
        }
        self.look().await;
        let make = async || Ok::<_, Problem>(Arc::new(Ready::of(make().await?)));
        let Some(version) = self.version(&key) else {
            // What is read while it changes may be of before or of after: it is good, and not kept.
            let ready = make().await?;
            return self.reply(request, key, &ready, Timestamp::now()).await;
        };
        let dated = self.dated(&key, version);
        let ready = match dated.ready.get() {
            Some(ready) => ready,
            None => {
                let ready = dated.ready.get_or_try_init(make).await?;
                match ready.weight() <= self.bytes_max {
                    true => self.cells.insert(key.clone(), Arc::clone(&dated)), // now that its weight is known
                    false => self.cells.invalidate(&key),
                }
                ready
            }
        };
        self.reply(request, key, ready, dated.since).await
    }

    /// As [`Prepared::respond`] where it is ready; `None` where it is not.
    ///
    /// # Errors
    /// A kept file that cannot be read.
    pub async fn recall(&self, request: &HttpRequest, key: &Key) -> Result<Option<HttpResponse>, Problem> {
        if is_signed(request) {
            return Ok(None);
        }
        self.look().await;
        match self.ready(key) {
            Some((ready, since)) => self.reply(request, key.clone(), &ready, since).await.map(Some),
            None => Ok(None),
        }
    }

    /// What is ready for `key`, and since when nothing of it has changed, if nothing has to be looked for before it can be given.
    fn ready_now(&self, key: &Key) -> Option<(Arc<Ready>, Timestamp)> {
        if self.trusts_what_it_has() { self.ready(key) } else { None }
    }

    /// As [`Prepared::ready_now`], of the row `name` of `dataset`.
    fn row_now(&self, dataset: &str, name: &str) -> Option<(Answer, Timestamp)> {
        if self.trusts_what_it_has() { self.row(dataset, name) } else { None }
    }

    /// Whether somebody has looked a moment ago. Before that is long ago somebody looks again, beside those who ask.
    fn trusts_what_it_has(&self) -> bool {
        if !self.seen.is_trusted() {
            return false;
        }
        if !self.seen.is_trusted_for_long()
            && let Ok(turn) = Arc::clone(&self.seen.looking).try_lock_owned()
        {
            let beside = self.clone();
            self.beside.spawn(async move {
                beside.look_now().await;
                drop(turn);
            });
        }
        true
    }

    fn ready(&self, key: &Key) -> Option<(Arc<Ready>, Timestamp)> {
        let version = self.version(key)?;
        let dated = self.cells.get(key).filter(|dated| dated.version == version)?;
        Some((Arc::clone(dated.ready.get()?), dated.since))
    }

    /// The place of what is made in the state `version`, or in a later one that somebody has seen meanwhile.
    fn dated(&self, key: &Key, version: u64) -> Arc<Dated> {
        let make = || Arc::new(Dated { version, since: Timestamp::now(), ready: OnceCell::new() });
        let place = self.cells.entry_by_ref(key).or_insert_with_if(make, |dated| dated.version < version);
        place.into_value()
    }

    async fn reply(
        &self,
        request: &HttpRequest,
        key: Key,
        ready: &Ready,
        since: Timestamp,
    ) -> Result<HttpResponse, Problem> {
        let reply = ready.reply_when_ready(&self.store, request.headers(), since).await?;
        let mut response = reply.into_response();
        if !response.headers().contains_key(header::CONTENT_ENCODING) {
            // It goes out as it is: compressing it again would cost its length.
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("identity"));
        }
        response.extensions_mut().insert(key);
        Ok(response)
    }

    /// Says that this server has changed something else than the catalog that answers are made of: the plan's records.
    pub fn forget(&self) {
        self.store.lose_sight();
    }

    /// Looks whether another server has changed the catalog or the plan, unless somebody did a moment ago.
    async fn look(&self) {
        if self.seen.is_trusted() {
            return;
        }
        let _turn = self.seen.looking.lock().await;
        if !self.seen.is_trusted() {
            self.look_now().await;
        }
    }

    /// Looks. Whoever does so holds the turn.
    async fn look_now(&self) {
        let seen = &self.seen;
        let began = seen.now();
        let trust = |time: Duration| {
            let until = began.saturating_add(time.as_millis() as u64);
            seen.trusted_until.store(until, Ordering::Relaxed);
        };
        let looking = async {
            self.store.look_around().await.ok()?;
            let plan = match plan::change(&self.plans).await {
                Err(PlanError::NoPlan) => 0,
                counted => counted.ok()?,
            };
            if seen.plan.swap(plan, Ordering::Relaxed) != plan {
                self.forget();
            }
            Some(())
        };
        match timeout(PATIENCE, looking).await {
            Ok(Some(())) => {
                seen.looked.store(began, Ordering::Relaxed);
                trust(TRUSTED_FOR);
            }
            // Whoever asks for what is not ready is told, and writes it into the log.
            Ok(None) | Err(_) => {
                if began.saturating_sub(seen.looked.load(Ordering::Relaxed)) > BLIND_FOR.as_millis() as u64 {
                    self.store.lose_sight();
                }
                trust(2 * PATIENCE);
            }
        }
    }

    /// Which state of what `key` asks for readers see.
    fn version(&self, key: &Key) -> Option<u64> {
        self.store.version(key.0.dataset.as_ref())
    }
}

/// Whoever shows a token may see more than a visitor.
fn is_signed(request: &HttpRequest) -> bool {
    request.headers().contains_key(header::AUTHORIZATION)
}
