//! File bytes, kept for ever under the name that their content gives them: `ab/<sha256>`.
//!
//! Bytes are staged first, in a file without a name that vanishes with the process, and then kept: written beside,
//! fsynced, renamed, folder fsynced. As the name is the content's digest, keeping the same bytes twice is
//! harmless and mends a damaged file; so it is always written, never trusted to be there.
//! Which row points at a file is the tables' business.

use std::fs::File;
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::{self, BoxStream, StreamExt, TryStreamExt};
use ingestion::Sha256;
use object_store::buffered::BufWriter;
use object_store::local::LocalFileSystem;
use object_store::{ObjectStore, ObjectStoreExt};
use sha2::Digest;
use tokio::io::AsyncWriteExt;

use crate::error::CatalogError;

/// Of a file that is being kept, this many bytes are in memory at a time: a larger one goes in parts.
const PART_BYTES: usize = 8 << 20;

/// A file up to this size is read once and held while it is sent; a larger one is read twice.
const HELD_BYTES_MAX: u64 = 1 << 20;

/// The kept files of one catalog.
#[derive(Debug, Clone)]
pub(crate) struct Files {
    kept: Arc<dyn ObjectStore>,
    work: PathBuf,
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
        let file = io::BufWriter::new(tempfile::tempfile_in(work)?);
        Ok(Staging { file, bytes: 0, hasher: sha2::Sha256::new() })
    }

    /// Ends it.
    pub(crate) fn end(self) -> io::Result<Staged> {
        let mut file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        Ok(Staged { file, bytes: self.bytes, sha256: self.hasher.into() })
    }
}

impl Write for Staging {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write_all(bytes)?;
        self.hasher.update(bytes);
        self.bytes += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Files {
    /// Files kept in the folder `kept`, staged in the folder `work`; both are there.
    pub(super) fn in_folder(kept: &Path, work: &Path) -> Result<Files, CatalogError> {
        let kept = LocalFileSystem::new_with_prefix(kept)?.with_fsync(true);
        Ok(Files { kept: Arc::new(kept), work: work.to_path_buf() })
    }

    /// The folder where files are staged.
    pub(crate) fn work(&self) -> &Path {
        &self.work
    }

    /// Keeps a staged file. When this returns, the bytes survive a power cut.
    pub(crate) async fn keep(&self, staged: Staged) -> Result<(), CatalogError> {
        let mut from = tokio::fs::File::from_std(staged.file);
        let mut to = BufWriter::with_capacity(Arc::clone(&self.kept), path(&staged.sha256), PART_BYTES)
            .with_max_concurrency(1);
        tokio::io::copy(&mut from, &mut to).await?;
        to.shutdown().await?;
        Ok(())
    }

    /// Opens the kept file named `name`. Its bytes are hashed before the first of them is given.
    ///
    /// # Errors
    /// [`CatalogError::Damaged`] when they are not what the name says; [`CatalogError::Files`] when it is missing.
    pub(crate) async fn open(&self, name: &Sha256) -> Result<Kept, CatalogError> {
        let place = path(name);
        let found = self.kept.get(&place).await?;
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
            self.kept.get(&place).await?.into_stream().map_err(CatalogError::from).boxed()
        };
        Ok(Kept { bytes, stream })
    }

    /// Whether files can be staged and kept.
    pub(super) async fn ready(&self) -> Result<(), CatalogError> {
        let mut probe = Staging::begin(&self.work)?;
        probe.write_all(PROBE)?;
        self.keep(probe.end()?).await
    }
}

/// What is kept to see whether anything can be: always the same few bytes.
const PROBE: &[u8] = b"hiyori";

fn path(name: &Sha256) -> object_store::path::Path {
    let name = name.to_string();
    let folder: String = name.chars().take(2).collect();
    object_store::path::Path::from_iter([folder, name])
}
