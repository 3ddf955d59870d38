//! File bytes, kept for ever under the name that their content gives them: `ab/<sha256>`.
//!
//! Bytes are staged first, in a local file without a name that vanishes with the process, and then kept: in a folder,
//! written beside, fsynced, renamed, folder fsynced; in a bucket, put under a name that nobody else has. As the
//! name is the content's digest, keeping the same bytes twice is harmless, and mends a damaged file.
//! Which row points at a file is the tables' business.

use std::fs::{self, File};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use futures_util::future;
use futures_util::stream::{self, BoxStream, StreamExt, TryStreamExt};
use ingestion::Sha256;
use jiff::Timestamp;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::buffered::BufWriter;
use object_store::local::LocalFileSystem;
use object_store::prefix::PrefixStore;
use object_store::{
    ClientOptions, GetResult, ObjectMeta, ObjectStore, ObjectStoreExt, PutMode, PutPayload, RetryConfig,
};
use sha2::Digest;
use tokio::io::AsyncWriteExt;
use tokio::sync::mpsc;

use super::{Bucket, FilesAt, Place};
use crate::error::CatalogError;
use crate::gently::{self, Passing};

mod parts;

use parts::Whole;

/// Of a file that is being kept, this many bytes are in memory at a time: a larger one goes in parts.
const PART_BYTES: usize = 8 << 20;

/// In a folder the parts are smaller: a thread that copies one keeps its processor from whoever waits to be answered.
const PIECE_BYTES: usize = 256 << 10;

/// A file up to this size is read once and held while it is sent; a larger one is read twice.
const HELD_BYTES_MAX: u64 = 1 << 20;

/// A store that fails or does not answer is given up after this; larger files get more, at the least rate below.
const PATIENCE: Duration = Duration::from_secs(25);
const BYTES_PER_SECOND_MIN: u64 = 1 << 20;

/// What a bucket gets of it: to be reached, to send the next bytes, and for all tries of one request together.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
const READ_TIMEOUT: Duration = Duration::from_secs(10);
const RETRY_TIMEOUT: Duration = Duration::from_secs(12);

/// The kept files of one catalog.
#[derive(Debug, Clone)]
pub(crate) struct Files {
    kept: Arc<dyn ObjectStore>,
    /// The folder, where it is one.
    folder: Option<PathBuf>,
    work: PathBuf,
    whole: Whole,
}

/// A file that is being staged: everything written to it is counted and hashed.
#[derive(Debug)]
pub(crate) struct Staging {
    file: io::BufWriter<File>,
    bytes: u64,
    hasher: sha2::Sha256,
}

/// A staged file, complete. Dropping it leaves nothing behind.
#[derive(Debug)]
pub(crate) struct Staged {
    /// The file, at its first byte.
    pub file: File,
    /// Its length.
    pub bytes: u64,
    /// Its name.
    pub sha256: Sha256,
}

/// A kept file whose bytes have been checked.
pub struct Kept {
    /// Its length.
    pub bytes: u64,
    /// Its bytes, in pieces.
    pub stream: BoxStream<'static, Result<Bytes, CatalogError>>,
}

impl Staging {
    /// Begins a file in the folder `work`.
    pub(crate) fn begin(work: &Path) -> io::Result<Staging> {
        Ok(Staging::over(tempfile::tempfile_in(work)?))
    }

    /// Begins with an empty file that has a name of its own already.
    pub(crate) fn over(file: File) -> Staging {
        Staging { file: io::BufWriter::new(file), bytes: 0, hasher: sha2::Sha256::new() }
    }

    /// Ends it.
    pub(crate) fn end(self) -> io::Result<Staged> {
        let mut file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        Ok(Staged { file, bytes: self.bytes, sha256: self.hasher.into() })
    }
}

impl Staged {
    fn into_bytes(mut self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(self.bytes as usize);
        self.file.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Hands on all of it in pieces of `piece` bytes, for as long as they are taken. With its last handle the file goes, which
    /// takes as long as its bytes are many: so it is done by whoever reads it.
    fn hand_on(self, piece: usize, take: impl Fn(Bytes) -> bool) -> io::Result<()> {
        loop {
            let mut bytes = Vec::with_capacity(piece);
            (&self.file).take(piece as u64).read_to_end(&mut bytes)?;
            gently::let_others_pass();
            if bytes.is_empty() || !take(bytes.into()) {
                return Ok(());
            }
        }
    }
}

impl Write for Staging {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write_all(bytes)?;
        self.hasher.update(bytes);
        self.bytes += bytes.len() as u64;
        gently::let_others_pass();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Files {
    /// The kept files of `place`; its folders are there.
    pub(super) fn at(place: &Place) -> Result<Files, CatalogError> {
        let kept: Arc<dyn ObjectStore> = match &place.files {
            FilesAt::Folder(folder) => Arc::new(LocalFileSystem::new_with_prefix(folder)?.with_fsync(true)),
            FilesAt::Bucket(bucket) => Arc::new(PrefixStore::new(connect(bucket)?, bucket.prefix.as_str())),
        };
        let folder = match &place.files {
            FilesAt::Folder(folder) => Some(folder.clone()),
            FilesAt::Bucket(_) => None,
        };
        Ok(Files { kept, folder, work: place.work.clone(), whole: Whole::default() })
    }

    /// The folder where files are staged.
    pub(crate) fn work(&self) -> &Path {
        &self.work
    }

    /// Keeps a staged file. When this returns, the bytes survive a power cut.
    pub(crate) async fn keep(&self, staged: Staged) -> Result<(), CatalogError> {
        let limit = PATIENCE + Duration::from_secs(staged.bytes / BYTES_PER_SECOND_MIN);
        within(limit, self.put(staged)).await?
    }

    async fn put(&self, staged: Staged) -> Result<(), CatalogError> {
        let place = path(&staged.sha256);
        let part = if self.folder.is_some() { PIECE_BYTES } else { PART_BYTES };
        if staged.bytes <= part as u64 {
            let name = staged.sha256;
            let bytes = PutPayload::from(gently::run(move || staged.into_bytes()).await?);
            match self.kept.put_opts(&place, bytes.clone(), PutMode::Create.into()).await {
                Err(object_store::Error::AlreadyExists { .. }) => {}
                other => return Ok(other.map(drop)?),
            }
            if !self.is_durable_already(&name).await? {
                self.kept.put(&place, bytes).await?;
            }
            return Ok(());
        }
        if self.is_durable_already(&staged.sha256).await? {
            return Ok(());
        }
        let mut to = BufWriter::with_capacity(Arc::clone(&self.kept), place, part).with_max_concurrency(1);
        let (hand_on, handed) = mpsc::channel(1);
        let reading = gently::run(move || staged.hand_on(part, |piece| hand_on.blocking_send(piece).is_ok()));
        let writing = async {
            let mut handed = handed; // closed when the store takes no more, so that the reading ends
            while let Some(piece) = handed.recv().await {
                to.put(piece).await?;
            }
            Ok::<_, CatalogError>(())
        };
        let (read, written) = tokio::join!(reading, writing);
        written?;
        read?;
        to.shutdown().await?;
        Ok(())
    }

    /// Whether a file is there, whole, and needs no more than that to be kept. In a folder another may have put it
    /// there without its name being fsynced yet, so there it is always written again; it mends a damaged one, too.
    async fn is_durable_already(&self, name: &Sha256) -> Result<bool, CatalogError> {
        if self.folder.is_some() {
            return Ok(false);
        }
        match self.check(name).await {
            Ok(_) => Ok(true),
            Err(CatalogError::Damaged(_) | CatalogError::Missing(_)) => Ok(false),
            Err(other) => Err(other),
        }
    }

    /// Reads the whole kept file named `name` and gives its length.
    ///
    /// # Errors
    /// [`CatalogError::Damaged`] when its bytes are not what the name says; [`CatalogError::Missing`].
    pub(crate) async fn check(&self, name: &Sha256) -> Result<u64, CatalogError> {
        Ok(self.open(name).await?.bytes)
    }

    /// Opens the kept file named `name`. Its bytes are hashed before the first of them is given.
    ///
    /// # Errors
    /// As [`Files::check`].
    pub(crate) async fn open(&self, name: &Sha256) -> Result<Kept, CatalogError> {
        let found = self.get(name).await?;
        let bytes = found.meta.size;
        let mut hasher = sha2::Sha256::new();
        let mut held = Vec::new();
        let mut stream = found.into_stream();
        while let Some(piece) = stream.try_next().await? {
            hasher.update(&piece);
            if bytes <= HELD_BYTES_MAX {
                held.push(piece);
            }
        }
        if Sha256::from(hasher) != *name {
            return Err(CatalogError::Damaged(*name));
        }
        let stream = if bytes <= HELD_BYTES_MAX {
            stream::iter(held.into_iter().map(Ok)).boxed()
        } else {
            self.get(name).await?.into_stream().map_err(CatalogError::from).boxed()
        };
        Ok(Kept { bytes, stream })
    }

    /// The kept file named `name` as a file of this machine, at its first byte, for whoever has to go to and fro in it: in a folder
    /// itself, which nobody writes to any more, otherwise a copy that has no name and is gone with its last handle.
    ///
    /// # Errors
    /// As [`Files::open`].
    pub(crate) async fn fetch(&self, name: &Sha256) -> Result<File, CatalogError> {
        if let Some(folder) = &self.folder {
            let (place, name) = (folder.join(path(name).as_ref()), *name);
            return gently::run(move || Ok(open_whole(&place, name))).await?;
        }
        let mut stream = self.get(name).await?.into_stream();
        let mut copy = Staging::begin(&self.work)?;
        while let Some(piece) = stream.try_next().await? {
            copy.write_all(&piece)?;
        }
        let copy = copy.end()?;
        if copy.sha256 != *name {
            return Err(CatalogError::Damaged(*name));
        }
        Ok(copy.file)
    }

    async fn get(&self, name: &Sha256) -> Result<GetResult, CatalogError> {
        self.kept.get(&path(name)).await.map_err(|error| missing(name, error))
    }

    /// Whether a file named `name` is there; its bytes are not looked at.
    ///
    /// # Errors
    /// [`CatalogError::Missing`] when it is not.
    pub(super) async fn is_there(&self, name: &Sha256) -> Result<(), CatalogError> {
        self.kept.head(&path(name)).await.map(drop).map_err(|error| missing(name, error))
    }

    /// The files that were kept before `moment` and not again since.
    pub(super) fn older_than(&self, moment: Timestamp) -> BoxStream<'static, Result<Sha256, CatalogError>> {
        let before =
            move |found: &ObjectMeta| found.last_modified.timestamp_millis() < moment.as_millisecond();
        self.kept
            .list(None)
            .map_err(CatalogError::from)
            .try_filter_map(move |found| {
                // What does not bear a digest as its name was not put there by us.
                let name = found.location.filename().and_then(|name| name.parse::<Sha256>().ok());
                future::ok(name.filter(|_| before(&found)))
            })
            .boxed()
    }

    /// Removes a kept file, unless it was kept again since `moment`.
    pub(super) async fn remove(&self, name: &Sha256, moment: Timestamp) -> Result<bool, CatalogError> {
        let place = path(name);
        let found = match self.kept.head(&place).await {
            Err(object_store::Error::NotFound { .. }) => return Ok(false),
            other => other?,
        };
        if found.last_modified.timestamp_millis() >= moment.as_millisecond() {
            return Ok(false);
        }
        self.kept.delete(&place).await?;
        Ok(true)
    }

    /// Removes from a folder what a program that was killed left half-written before `moment`. A bucket shows no
    /// such thing; parts of an upload that was never ended are removed by its own rules.
    pub(super) async fn remove_leftovers(&self, moment: Timestamp) -> Result<(), CatalogError> {
        let Some(folder) = self.folder.clone() else { return Ok(()) };
        let removing = tokio::task::spawn_blocking(move || remove_leftovers(&folder, moment.into()));
        Ok(removing.await.map_err(io::Error::other)??)
    }

    /// Whether files can be staged and kept.
    pub(super) async fn ready(&self) -> Result<(), CatalogError> {
        let mut probe = Staging::begin(&self.work)?;
        probe.write_all(PROBE)?;
        let probe = probe.end()?;
        // Written over the one before: what is there already would prove nothing.
        within(PATIENCE, self.kept.put(&path(&probe.sha256), PutPayload::from_static(PROBE))).await??;
        Ok(())
    }
}

/// The storage that holds `bucket`, with patience that ends. Only the given key is used: nothing is asked of a host
/// that was not named.
fn connect(bucket: &Bucket) -> Result<AmazonS3, CatalogError> {
    let client = ClientOptions::new()
        .with_connect_timeout(CONNECT_TIMEOUT)
        .with_timeout_disabled() // of a whole download: a slow reader is no failing storage
        .with_read_timeout(READ_TIMEOUT);
    let retry = RetryConfig { max_retries: 3, retry_timeout: RETRY_TIMEOUT, ..RetryConfig::default() };
    let mut builder = AmazonS3Builder::new()
        .with_client_options(client)
        .with_retry(retry)
        .with_bucket_name(&bucket.name)
        .with_region(&bucket.region)
        .with_access_key_id(&bucket.key_id)
        .with_secret_access_key(&bucket.secret);
    if let Some(token) = &bucket.session_token {
        builder = builder.with_token(token);
    }
    if let Some(endpoint) = &bucket.endpoint {
        builder = builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
    }
    Ok(builder.build()?)
}

/// A half-written file is called as the whole one will be, with `#` and a number behind.
fn remove_leftovers(folder: &Path, moment: SystemTime) -> io::Result<()> {
    for within in fs::read_dir(folder)? {
        let within = within?.path();
        if !within.is_dir() {
            continue;
        }
        for found in fs::read_dir(within)? {
            let found = found?;
            let name = found.file_name().to_string_lossy().into_owned();
            let half = name.split_once('#').is_some_and(|(whole, _)| whole.parse::<Sha256>().is_ok());
            if half && found.metadata()?.modified()? < moment {
                fs::remove_file(found.path())?;
            }
        }
    }
    Ok(())
}

/// What `work` gives, unless it takes longer than `limit`.
async fn within<T>(limit: Duration, work: impl Future<Output = T>) -> io::Result<T> {
    let late = |_| io::Error::new(io::ErrorKind::TimedOut, "the file store did not answer in time");
    tokio::time::timeout(limit, work).await.map_err(late)
}

/// The file at `place`, at its first byte, if it is all that `name` says.
fn open_whole(place: &Path, name: Sha256) -> Result<File, CatalogError> {
    let mut file = match File::open(place) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(CatalogError::Missing(name)),
        other => other?,
    };
    let (_, found) = measure(&mut Passing(&file))?;
    if found != name {
        return Err(CatalogError::Damaged(name));
    }
    file.rewind()?;
    Ok(file)
}

/// The length of what `from` reads, and the name that it would be kept under.
pub(crate) fn measure(from: &mut impl Read) -> io::Result<(u64, Sha256)> {
    struct Hashed(sha2::Sha256);
    impl Write for Hashed {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.update(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut hashed = Hashed(sha2::Sha256::new());
    let bytes = io::copy(from, &mut hashed)?;
    Ok((bytes, hashed.0.into()))
}

fn missing(name: &Sha256, error: object_store::Error) -> CatalogError {
    match error {
        object_store::Error::NotFound { .. } => CatalogError::Missing(*name),
        other => other.into(),
    }
}

/// What is kept to see whether anything can be: always the same few bytes.
const PROBE: &[u8] = b"hiyori";

fn path(name: &Sha256) -> object_store::path::Path {
    let name = name.to_string();
    let folder: String = name.chars().take(2).collect();
    object_store::path::Path::from_iter([folder, name])
}

#[cfg(test)]
mod tests;
