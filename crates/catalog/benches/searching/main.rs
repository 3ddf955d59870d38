//! What a search costs the processor, among 1,000, 10,000 and 100,000 made-up datasets.
//!
//! `cargo bench -p catalog --bench searching` writes the table of `docs/benchmarks.md`: SQLite in a folder, every question by itself and one after
//! the other, asked for the first time since the last change and asked again. `-- --datasets 10000` is content with that
//! number. Linux only: processor time is asked of its kernel.

mod corpus;

use std::error::Error;
use std::time::{Duration, Instant};

use catalog::finding::{self, Kinds, Search};
use catalog::search::{Question, Within};
use catalog::store::search::put;
use catalog::store::{Place, Store};
use rustix::time::{ClockId, clock_gettime};
use sea_orm::TransactionTrait;

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// How often every question is asked again.
const ROUNDS: usize = 20;

fn main() -> Outcome<()> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let datasets: Vec<usize> = match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => vec![1_000, 10_000, 100_000],
        ["--datasets", datasets] => vec![datasets.parse()?],
        _ => return Err("the arguments are none of [--datasets N]".into()),
    };
    // One thread, as each worker of the server has.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    println!("| datasets | questions | hits, mean | asked | CPU mean | CPU p50 | CPU p99 | time p50 |");
    println!("|---:|---:|---:|---|---:|---:|---:|---:|");
    for count in datasets {
        runtime.block_on(measure(count))?;
    }
    Ok(())
}

async fn measure(count: usize) -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let store = Store::create(&Place::in_folder(folder.path())).await?;
    store.finish_init().await?;
    for some in (0..count).collect::<Vec<_>>().chunks(1_000) {
        let write = store.database().begin().await?;
        for number in some {
            put(&write, &corpus::document(*number)).await?;
        }
        write.commit().await?;
    }

    let questions = corpus::questions();
    ask(&store, "見本").await?; // what is known in memory is read by the first
    let mut first = Costs::default();
    let mut hits = 0;
    for question in &questions {
        hits += first.of(ask(&store, question)).await?;
    }
    let mut again = Costs::default();
    for _ in 0..ROUNDS {
        for question in &questions {
            again.of(ask(&store, question)).await?;
        }
    }
    for (name, costs) in [("first", &mut first), ("again", &mut again)] {
        println!(
            "| {count} | {} | {} | {name} | {} | {} | {} | {} |",
            questions.len(),
            hits / questions.len() as u64,
            shown(costs.mean()),
            shown(percentile(&mut costs.cpu, 50)),
            shown(percentile(&mut costs.cpu, 99)),
            shown(percentile(&mut costs.time, 50)),
        );
    }
    Ok(())
}

/// Asks, and gives how much there is of what was found.
async fn ask(store: &Store, question: &str) -> Outcome<u64> {
    let search = Search {
        question: Question::read(question),
        kinds: Kinds::ALL,
        within: Within::default(),
        after: None,
        limit: 20,
    };
    Ok(finding::find(store, &search).await?.totals.all())
}

/// What questions cost: time of all processors, and time that passed.
#[derive(Default)]
struct Costs {
    cpu: Vec<Duration>,
    time: Vec<Duration>,
}

impl Costs {
    async fn of<T>(&mut self, asking: impl Future<Output = Outcome<T>>) -> Outcome<T> {
        let (cpu, begin) = (cpu(), Instant::now());
        let answer = asking.await?;
        self.time.push(begin.elapsed());
        self.cpu.push(self::cpu().saturating_sub(cpu));
        Ok(answer)
    }

    fn mean(&self) -> Duration {
        self.cpu.iter().sum::<Duration>() / u32::try_from(self.cpu.len().max(1)).unwrap_or(u32::MAX)
    }
}

/// What the whole program has used of the processors so far.
fn cpu() -> Duration {
    let now = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(now.tv_sec.unsigned_abs(), u32::try_from(now.tv_nsec).unwrap_or_default())
}

fn percentile(all: &mut [Duration], percent: usize) -> Duration {
    all.sort_unstable();
    all.get((all.len() * percent / 100).min(all.len().saturating_sub(1))).copied().unwrap_or_default()
}

fn shown(time: Duration) -> String {
    format!("{:.3} ms", time.as_secs_f64() * 1_000.0)
}
