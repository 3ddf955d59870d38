//! 控え: a copy of everything, taken while others publish, that [`crate::restore`] puts back into either database.
//!
//! ```text
//! manifest.json            what is in the copy, with the length and SHA-256 of each file
//! tables/<table>.ndjson    the rows of each table, one JSON object each, as of one moment
//! files/<ab>/<sha256>      every kept file that those rows name
//! ```
//!
//! It is written under another name and gets its own when it is whole and on the disk; a copy that was cut short is
//! none.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use futures_util::TryStreamExt;
use ingestion::Sha256;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::error::CatalogError;
use crate::store::files::{Staged, Staging};
use crate::store::tables::{self, CHANGES};
use crate::store::{Store, migration, now, pointers};

/// The form of what is written; a later one counts on.
pub(crate) const FORM: u32 = 1;

/// What a copy holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of the copy.
    pub form: u32,
    /// The version of the program that made it.
    pub program: String,
    /// When it was begun.
    pub made_at: Timestamp,
    /// The changes that the tables had been through, by the table that keeps them.
    pub changes: BTreeMap<String, Vec<String>>,
    /// The tables, each after those that it points at.
    pub tables: Vec<TableFile>,
    /// The kept files.
    pub files: Vec<KeptFile>,
}

/// The rows of one table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableFile {
    /// Its name.
    pub name: String,
    /// How many rows there are.
    pub rows: u64,
    /// The length of its file.
    pub bytes: u64,
    /// The SHA-256 of its file.
    pub sha256: Sha256,
}

/// One kept file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptFile {
    /// Its name.
    pub sha256: Sha256,
    /// Its length.
    pub bytes: u64,
}

/// Copies everything into the folder `to`, which is not there yet, or empty.
///
/// # Errors
/// [`CatalogError::BadBackup`] when something is in `to`; [`CatalogError::Damaged`] and [`CatalogError::Missing`] when a
/// kept file is not what it was: what cannot be put back whole is no copy.
pub async fn backup(store: &Store, to: &Path) -> Result<Manifest, CatalogError> {
    let refuse = |why: &str| CatalogError::BadBackup { path: to.display().to_string(), why: why.to_owned() };
    let name = to.file_name().ok_or_else(|| refuse("it has no name of its own"))?.to_string_lossy();
    if to.try_exists()? && (!to.is_dir() || fs::read_dir(to)?.next().is_some()) {
        return Err(refuse("there is something already, and nothing was written"));
    }
    let parent = to.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent)?;
    let unfinished = tempfile::Builder::new().prefix(&format!(".{name}.unfinished-")).tempdir_in(parent)?;
    let manifest = copy(store, unfinished.path()).await?;
    fs::rename(unfinished.keep(), to)?;
    File::open(parent)?.sync_all()?;
    tracing::info!(
        tables = manifest.tables.len(),
        files = manifest.files.len(),
        "copied everything to {}",
        to.display()
    );
    Ok(manifest)
}

async fn copy(store: &Store, to: &Path) -> Result<Manifest, CatalogError> {
    let made_at = now();
    let (changes, tables, named) = copy_rows(store, &to.join("tables")).await?;
    let files = copy_files(store, &to.join("files"), named).await?;
    let program = env!("CARGO_PKG_VERSION").to_owned();
    let manifest = Manifest { form: FORM, program, made_at, changes, tables, files };
    let mut file = Staging::over(File::create_new(to.join("manifest.json"))?);
    serde_json::to_writer_pretty(&mut file, &manifest).map_err(io::Error::from)?;
    end(file)?;
    File::open(to)?.sync_all()?;
    Ok(manifest)
}

type Rows = (BTreeMap<String, Vec<String>>, Vec<TableFile>, BTreeSet<Sha256>);

/// Copies all rows as of one moment; gives the kept files that they name, too.
async fn copy_rows(store: &Store, to: &Path) -> Result<Rows, CatalogError> {
    fs::create_dir(to)?;
    let read = store.reading_at_length().await?;
    let mut changes = BTreeMap::new();
    for table in CHANGES {
        changes.insert(table.to_owned(), migration::made_in(&read, table).await?);
    }
    let mut copied = Vec::new();
    for table in tables::all(&read).await? {
        let mut file = Staging::over(File::create_new(to.join(format!("{}.ndjson", table.name)))?);
        let mut rows = 0;
        tables::read(&read, &table, |row| {
            rows += 1;
            serde_json::to_writer(&mut file, &row).map_err(io::Error::from)?;
            Ok(file.write_all(b"\n")?)
        })
        .await?;
        let (bytes, sha256) = end(file)?;
        copied.push(TableFile { name: table.name, rows, bytes, sha256 });
    }
    let named = pointers::named(&read).await?;
    read.rollback().await?;
    File::open(to)?.sync_all()?;
    Ok((changes, copied, named))
}

async fn copy_files(
    store: &Store,
    to: &Path,
    named: BTreeSet<Sha256>,
) -> Result<Vec<KeptFile>, CatalogError> {
    fs::create_dir(to)?;
    let mut copied = Vec::new();
    let mut folders = BTreeSet::new();
    for name in named {
        let place = place_of(to, &name);
        if let Some(folder) = place.parent().map(Path::to_path_buf)
            && !folders.contains(&folder)
        {
            fs::create_dir(&folder)?;
            folders.insert(folder);
        }
        let mut kept = store.files().open(&name).await?;
        let mut file = Staging::over(File::create_new(&place)?);
        while let Some(piece) = kept.stream.try_next().await? {
            file.write_all(&piece)?;
        }
        let (bytes, sha256) = end(file)?;
        if sha256 != name {
            return Err(CatalogError::Damaged(name));
        }
        copied.push(KeptFile { sha256, bytes });
    }
    for folder in folders {
        File::open(folder)?.sync_all()?;
    }
    File::open(to)?.sync_all()?;
    Ok(copied)
}

/// Where a kept file is in a copy whose files are in `files`.
pub(crate) fn place_of(files: &Path, name: &Sha256) -> PathBuf {
    let name = name.to_string();
    let folder: String = name.chars().take(2).collect();
    files.join(folder).join(name)
}

/// Ends a file of the copy: its length and digest, once it is on the disk.
fn end(copying: Staging) -> io::Result<(u64, Sha256)> {
    let Staged { file, bytes, sha256 } = copying.end()?;
    file.sync_all()?;
    Ok((bytes, sha256))
}

#[cfg(test)]
mod tests;
