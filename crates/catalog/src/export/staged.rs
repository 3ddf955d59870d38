//! Rows as a file that has to be whole before its first byte is given: Parquet and Excel.

use std::fs::File;
use std::io::{self, Seek};
use std::path::Path;

use futures_util::TryStreamExt;
use ingestion::Field;
use tokio::io::AsyncWriteExt;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::{Shown, Text, everything, page};
use crate::asking::Ask;
use crate::error::CatalogError;
use crate::forms::{Table, parquet, xlsx};
use crate::records::Rows;
use crate::store::Store;
use crate::store::files::Staging;

/// So many files are made at a time; others wait.
const AT_A_TIME: usize = 2;

static MAKING: Semaphore = Semaphore::const_new(AT_A_TIME);

/// A form whose files are made whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableForm {
    /// Typed columns.
    Parquet,
    /// A workbook.
    Xlsx,
}

/// A file that has no name and is gone once it is closed.
#[derive(Debug)]
pub struct Staged {
    /// The file, at its first byte.
    pub file: File,
    /// Its length.
    pub bytes: u64,
    /// The number of the last row in it, where more follow.
    pub last: Option<u64>,
}

/// What was asked for, up to its limit, as a file that says `notes` of itself; `None` where the form does not take so many rows, or
/// so long a text.
///
/// # Errors
/// As [`Rows::stream`], and what the disk says.
pub async fn file(
    store: &Store,
    rows: &Rows,
    ask: Ask,
    form: TableForm,
    notes: Vec<(String, String)>,
) -> Result<Option<Staged>, CatalogError> {
    let _making = MAKING.acquire().await.map_err(io::Error::other)?;
    let work = store.files().work().to_path_buf();
    let shown = Shown::of(rows, &ask)?;
    let fields = shown.fields();
    let (csv, last) = csv(rows, ask, &shown, &work).await?;
    let making = move || made(csv, &fields, form, &notes, &work);
    let made = spawn_blocking(making).await.map_err(io::Error::other)??;
    Ok(made.map(|(file, bytes)| Staged { file, bytes, last }))
}

/// The rows as a CSV with its header, and the number of the last one where more follow.
async fn csv(rows: &Rows, ask: Ask, shown: &Shown, work: &Path) -> Result<(File, Option<u64>), CatalogError> {
    let mut csv = tokio::fs::File::from_std(tempfile::tempfile_in(work)?);
    csv.write_all(&shown.header()?).await?;
    let mut last = None;
    if ask.limit.is_some() {
        let page = page(rows, &ask, Text::Csv).await?;
        csv.write_all(&page.text).await?;
        last = page.last;
    } else {
        let mut blocks = everything(rows, ask, Text::Csv);
        while let Some(block) = blocks.try_next().await? {
            csv.write_all(&block.text).await?;
        }
    }
    csv.flush().await?;
    let mut csv = csv.into_std().await;
    csv.rewind()?;
    Ok((csv, last))
}

fn made(
    csv: File,
    fields: &[Option<Field>],
    form: TableForm,
    notes: &[(String, String)],
    work: &Path,
) -> io::Result<Option<(File, u64)>> {
    let table = Table::of(csv, fields.iter().map(Option::as_ref).collect())?;
    let mut out = Staging::begin(work)?;
    let staged = match form {
        TableForm::Parquet => parquet::write(&table, out, notes)?.end()?,
        TableForm::Xlsx if xlsx::write(&table, work, &mut out, notes)? => out.end()?,
        TableForm::Xlsx => return Ok(None),
    };
    Ok(Some((staged.file, staged.bytes)))
}
