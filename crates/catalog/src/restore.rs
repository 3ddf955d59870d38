//! 復元: puts back what [`crate::backup`] copied, into an empty place and into either database.
//!
//! The copy is looked through before anything is written. Then the files are kept, then all rows are put back in one
//! transaction: a restore that is cut short leaves no catalog, and may be begun again.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use ingestion::Sha256;

use crate::backup::{FORM, Manifest, place_of};
use crate::error::CatalogError;
use crate::store::files::{Staging, measure};
use crate::store::tables::{self, CHANGES, Row};
use crate::store::{Place, Store};

/// Rows of at most this length go into one statement.
const BYTES_TOGETHER: usize = 4 << 20;

/// A copy whose tables are whole.
#[derive(Debug, Clone)]
pub struct Backup {
    folder: PathBuf,
    manifest: Manifest,
}

impl Backup {
    /// Opens the copy in `folder`: every table is there and as it was written, every kept file is there at its length.
    ///
    /// # Errors
    /// [`CatalogError::BadBackup`] names the first file that is not.
    pub fn open(folder: &Path) -> Result<Backup, CatalogError> {
        let place = folder.join("manifest.json");
        let file = File::open(&place).map_err(|error| bad(&place, error))?;
        let manifest: Manifest =
            serde_json::from_reader(BufReader::new(file)).map_err(|error| bad(&place, error))?;
        if manifest.form != FORM {
            return Err(bad(&place, format!("its form is {}, and this program reads {FORM}", manifest.form)));
        }
        let backup = Backup { folder: folder.to_owned(), manifest };
        for table in &backup.manifest.tables {
            let place = backup.table(&table.name);
            let measured = File::open(&place).and_then(|mut file| measure(&mut file));
            let (bytes, sha256) = measured.map_err(|error| bad(&place, error))?;
            if (bytes, sha256) != (table.bytes, table.sha256) {
                return Err(bad(&place, "it is not what was written"));
            }
        }
        for file in &backup.manifest.files {
            let place = backup.file(&file.sha256);
            let bytes = place.metadata().map_err(|error| bad(&place, error))?.len();
            if bytes != file.bytes {
                return Err(bad(&place, "it is not as long as it was written"));
            }
        }
        Ok(backup)
    }

    /// What is in it.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The changes that the tables of the plan had been through.
    pub fn plan_changes(&self) -> &[String] {
        self.changes(CHANGES[1])
    }

    fn changes(&self, table: &str) -> &[String] {
        self.manifest.changes.get(table).map_or(&[], Vec::as_slice)
    }

    fn table(&self, name: &str) -> PathBuf {
        self.folder.join("tables").join(format!("{name}.ndjson"))
    }

    fn file(&self, name: &Sha256) -> PathBuf {
        place_of(&self.folder.join("files"), name)
    }
}

/// Makes the catalog's tables in an empty place, as they were when the copy was made. Those of the plan are to be made
/// likewise before [`finish`].
///
/// # Errors
/// [`CatalogError::CatalogExists`] when a catalog is there; nothing is touched then. [`CatalogError::NewerDatabase`]
/// when a newer program made the copy.
pub async fn begin(place: &Place, backup: &Backup) -> Result<Store, CatalogError> {
    Store::create_as_of(place, backup.changes(CHANGES[0])).await
}

/// Puts back the files, then all rows.
///
/// # Errors
/// [`CatalogError::BadBackup`] when a file is damaged or a row does not read; there is no catalog then.
pub async fn finish(store: &Store, backup: &Backup) -> Result<(), CatalogError> {
    for file in &backup.manifest.files {
        let place = backup.file(&file.sha256);
        let mut staging = Staging::begin(store.files().work())?;
        let mut from = File::open(&place).map_err(|error| bad(&place, error))?;
        io::copy(&mut from, &mut staging)?;
        let staged = staging.end()?;
        if staged.sha256 != file.sha256 {
            return Err(bad(&place, "it is damaged"));
        }
        store.files().keep(staged).await?;
    }
    let write = store.writing_at_length().await?;
    let tables = tables::all(&write).await?;
    tables::empty(&write, &tables).await?;
    for table in &tables {
        let mut rows = Vec::new();
        let mut bytes = 0;
        let place = backup.table(&table.name);
        let file = File::open(&place).map_err(|error| bad(&place, error))?;
        for (number, line) in BufReader::new(file).lines().enumerate() {
            let line = line.map_err(|error| bad(&place, error))?;
            let row: Row = serde_json::from_str(&line)
                .map_err(|error| bad(&place, format!("line {}: {error}", number + 1)))?;
            rows.push(row);
            bytes += line.len();
            if rows.len() >= tables::rows_together(table) || bytes >= BYTES_TOGETHER {
                tables::write(&write, table, &rows).await?;
                rows.clear();
                bytes = 0;
            }
        }
        tables::write(&write, table, &rows).await?;
    }
    if let Some(lost) =
        backup.manifest.tables.iter().find(|kept| !tables.iter().any(|table| table.name == kept.name))
    {
        return Err(bad(&backup.table(&lost.name), "this program has no such table"));
    }
    tables::count_on(&write).await?;
    write.commit().await?;
    tracing::info!(files = backup.manifest.files.len(), "put back the copy of {}", backup.manifest.made_at);
    Ok(())
}

fn bad(path: &Path, why: impl std::fmt::Display) -> CatalogError {
    CatalogError::BadBackup { path: path.display().to_string(), why: why.to_string() }
}
