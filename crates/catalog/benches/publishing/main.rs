//! How fast a revision is published, how soon its other forms follow, and what readers feel of it meanwhile.
//!
//! `cargo bench -p catalog --bench publishing` writes the tables of `docs/benchmarks.md`: a fresh catalog on SQLite and a folder, files of
//! 消防水利施設一覧 (16 columns), 100,000 and 1,000,000 rows; `-- --rows 100000` is content with the first. Each size has a process of its own, so that
//! its peak of memory is its own as well. Linux only: memory is asked of its kernel.

mod hydrants;
mod readers;

use std::error::Error;
use std::fs::{self, File};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use catalog::publish::{self, Offer};
use catalog::store::{Place, Store};
use catalog::{Actor, Format, Slug, browse, folder, follow};
use ingestion::Schemas;

use self::readers::Readers;

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let rows: Vec<u64> = match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => vec![100_000, 1_000_000],
        ["--rows", rows] => vec![rows.parse()?],
        // What this program calls itself with.
        ["--measure", rows] => {
            let runtime = tokio::runtime::Runtime::new()?;
            return runtime.block_on(measure(rows.parse()?));
        }
        _ => return Err("the arguments are none of [--rows N]".into()),
    };
    for rows in rows {
        let status =
            Command::new(std::env::current_exe()?).args(["--measure", &rows.to_string()]).status()?;
        if !status.success() {
            return Err(format!("the measurement of {rows} rows ended with {status}").into());
        }
    }
    Ok(())
}

async fn measure(rows: u64) -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("hydrants.csv");
    hydrants::write(&file, rows)?;
    let bytes = fs::metadata(&file)?.len();

    let schemas = Schemas::embedded();
    let store = Store::create(&Place::in_folder(&folder.path().join("data"))).await?;
    let datasets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../datasets");
    folder::load(&store, &schemas, &datasets).await?;
    store.finish_init().await?;
    follow::catch_up(&store, &schemas, u64::MAX).await?;
    let read = Slug::parse("sample-public-toilets")?;

    let readers = Readers::start(&store, &read);
    tokio::time::sleep(Duration::from_secs(5)).await;
    let unloaded = readers.stop().await?;

    let before = memory_bytes("VmRSS:")?;
    let slug = Slug::parse("hydrants")?;
    let readers = Readers::start(&store, &read);
    let begin = Instant::now();
    let offer = Offer { input: Box::new(File::open(&file)?), ..offer(&store, &slug, &read).await? };
    let published = publish::publish(&store, &schemas, &Actor::Operator, offer).await?;
    let publishing = begin.elapsed();
    let while_publishing = readers.stop().await?;
    if published.revision.rows != rows || published.report.counts.warning > 0 {
        return Err(format!("not as clean as meant: {:?}", published.report.counts).into());
    }
    let memory_of_publish = memory_bytes("VmHWM:")?.saturating_sub(before);

    let readers = Readers::start(&store, &read);
    let begin = Instant::now();
    let made = tokio::spawn(watch(store.clone(), slug.clone(), begin));
    follow::catch_up(&store, &schemas, u64::MAX).await?;
    let following = begin.elapsed();
    let while_following = readers.stop().await?;
    let made = made.await?;
    let memory = memory_bytes("VmHWM:")?.saturating_sub(before);

    let seconds = |time: Duration| format!("{:.2} s", time.as_secs_f64());
    let megabytes = |bytes: u64| format!("{} MB", bytes / 1_000_000);
    println!("\n{rows} rows, {}:\n", megabytes(bytes));
    println!("| | |\n|---|--:|");
    println!("| published (validated, stored, CSV made, pointer moved) | {} |", seconds(publishing));
    println!("| rows a second | {:.0} |", rows as f64 / publishing.as_secs_f64());
    println!("| peak memory of it | {} |", megabytes(memory_of_publish));
    for (format, time, bytes) in made {
        println!("| {} there after | {} ({}) |", format.title(), seconds(time), megabytes(bytes));
    }
    println!("| everything there, packed as well, after | {} |", seconds(following));
    println!("| peak memory of all | {} |", megabytes(memory));
    println!("| a reader's p99, nothing else going on | {} |", unloaded.told());
    println!("| … while it is published | {} |", while_publishing.told());
    println!("| … while the forms follow | {} |", while_following.told());
    Ok(())
}

/// An offer like the dataset that is read, in another schema.
async fn offer(store: &Store, slug: &Slug, like: &Slug) -> Outcome<Offer> {
    let like = browse::dataset(store, None, like).await?;
    let mut metadata = like.metadata;
    metadata.title = "【見本】消防水利施設一覧".to_owned();
    metadata.schema = Some("hyojun/fire_hydrant".parse()?);
    Ok(Offer {
        slug: slug.clone(),
        department: like.department.slug,
        metadata,
        file_name: "042021_fire_hydrant.csv".to_owned(),
        input: Box::new(std::io::empty()),
    })
}

/// When each form was there, and how long it is.
async fn watch(store: Store, slug: Slug, begin: Instant) -> Vec<(Format, Duration, u64)> {
    let mut made: Vec<(Format, Duration, u64)> = Vec::new();
    let following = [Format::Json, Format::GeoJson, Format::Parquet, Format::Xlsx];
    while made.len() < following.len() {
        tokio::time::sleep(Duration::from_millis(20)).await;
        let Ok(dataset) = browse::dataset(&store, None, &slug).await else { continue };
        for form in dataset.current.iter().flat_map(|revision| &revision.distributions) {
            let is_new = made.iter().all(|(format, ..)| *format != form.format);
            if is_new && following.contains(&form.format) {
                made.push((form.format, begin.elapsed(), form.bytes));
            }
        }
    }
    made
}

/// A figure of this process, in bytes.
fn memory_bytes(name: &str) -> Outcome<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(name)).ok_or("the kernel does not tell")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? * 1024)
}
