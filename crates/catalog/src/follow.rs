//! The forms that follow a publication: JSON, GeoJSON, Parquet, Excel, and the texts packed beside themselves.
//!
//! A publish is answered once the canonical CSV is kept. What else a revision comes in is made afterwards from that CSV
//! and the schema of its report, one form after the other, in memory that does not grow with the rows. A revision's
//! forms are appended, never changed. Two servers may make the same form at once: the bytes are the same, and the
//! second is passed over.

use std::fs::File;
use std::io;
use std::path::Path;

use ingestion::{Schema, Schemas};
use tokio::task::spawn_blocking;

use crate::distribution::{Distribution, Format, Packed, Packing};
use crate::error::CatalogError;
use crate::forms::{Table, geojson, json, packed, parquet, xlsx};
use crate::gently;
use crate::made::Made;
use crate::revision::{Revision, RevisionState};
use crate::slug::Slug;
use crate::store::files::{Staged, Staging};
use crate::store::{self, Changes, Store};

/// A table of up to this many rows has all its forms before its publication is answered.
pub const SMALL_ROWS_MAX: u64 = 20_000;

/// Makes every form that is missing, of the published revisions of at most `rows_max` rows. Tells how many revisions
/// were completed.
///
/// # Errors
/// What stood in the way of the last revision that could not be completed; the others are.
pub async fn catch_up(store: &Store, schemas: &Schemas, rows_max: u64) -> Result<u64, CatalogError> {
    let mut completed = 0;
    loop {
        let missing = store::revision::not_followed(store.database(), rows_max).await?;
        let (mut failed, count) = (None, missing.len());
        for (slug, number) in missing {
            match complete(store, schemas, &slug, number).await {
                Ok(()) => completed += 1,
                Err(error) => {
                    tracing::debug!(dataset.slug = %slug, revision = number, "its forms cannot be made yet");
                    failed = Some(error);
                }
            }
        }
        match failed {
            Some(error) => return Err(error),
            None if count == 0 => return Ok(completed),
            None => {}
        }
    }
}

/// Makes the forms of a revision that was just published, where its table is small. The publication stands whatever
/// comes of this: what fails is tried again by [`catch_up`].
pub async fn at_once(store: &Store, schemas: &Schemas, slug: &Slug, revision: &Revision) {
    if revision.rows > SMALL_ROWS_MAX {
        return;
    }
    if let Err(error) = complete(store, schemas, slug, revision.number).await {
        let number = revision.number;
        tracing::warn!(dataset.slug = %slug, revision = number, %error, "the forms of `{slug}` revision {number} have to wait: {error}");
    }
}

/// Whether `revision` of the dataset `slug` will come in `format`, but does not yet.
///
/// # Errors
/// [`CatalogError::Database`].
pub async fn awaits(
    store: &Store,
    schemas: &Schemas,
    slug: &Slug,
    revision: &Revision,
    format: Format,
) -> Result<bool, CatalogError> {
    let is_there = revision.distributions.iter().any(|form| form.format == format);
    let db = store.database();
    if is_there
        || revision.state != RevisionState::Published
        || store::followed::is_marked(db, slug.as_str(), revision.number).await?
    {
        return Ok(false);
    }
    Ok(match format {
        Format::GeoJson => {
            geojson::may_be_of(schema_of(store, schemas, slug, revision.number).await?.as_ref())
        }
        Format::Xlsx => revision.rows <= xlsx::ROWS_MAX,
        Format::Csv | Format::Json | Format::Parquet => true,
    })
}

/// What `revision` of the dataset `slug` is kept packed as, in `format`.
///
/// # Errors
/// [`CatalogError::Database`].
pub async fn packed_of(
    store: &Store,
    slug: &Slug,
    revision: &Revision,
    format: Format,
) -> Result<Vec<Packed>, CatalogError> {
    let mut packed = store::packed::of(store.database(), slug, revision.number).await?;
    packed.retain(|packed| packed.format == format);
    Ok(packed)
}

/// The schema that a revision was judged by.
async fn schema_of(
    store: &Store,
    schemas: &Schemas,
    slug: &Slug,
    number: u32,
) -> Result<Option<Schema>, CatalogError> {
    let report = store::report::find(store.database(), slug, number).await?;
    Ok(report.schema.and_then(|fit| schemas.get(&fit.id).cloned()))
}

/// Makes every form that the revision lacks.
#[tracing::instrument(skip_all, fields(dataset.slug = %slug, revision.number = number))]
async fn complete(store: &Store, schemas: &Schemas, slug: &Slug, number: u32) -> Result<(), CatalogError> {
    let revision = store::revision::find(store.database(), slug, number).await?;
    let schema = schema_of(store, schemas, slug, number).await?;
    let packed = store::packed::of(store.database(), slug, number).await?;
    let mut made =
        Making { store, slug, number, in_one: revision.rows <= SMALL_ROWS_MAX, news: News::default() };
    let mut texts: Vec<Distribution> = revision.distributions.clone();

    for format in Format::ALL {
        let is_there = revision.distributions.iter().any(|form| form.format == format);
        let Some(csv) = texts.iter().find(|form| form.format == Format::Csv).filter(|_| !is_there) else {
            continue;
        };
        let csv = store.files().fetch(&csv.sha256).await?;
        let (work, schema, rows) = (store.files().work().to_path_buf(), schema.clone(), revision.rows);
        let writing = move || form(format, csv, schema.as_ref(), rows, &work);
        if let Some(staged) = made.run(writing).await? {
            let form = Distribution { format, bytes: staged.bytes, sha256: staged.sha256 };
            store.files().keep(staged).await?;
            texts.push(form.clone());
            made.add(|news| news.forms.push(form)).await?;
        }
    }
    for text in texts.iter().filter(|form| Format::TEXTS.contains(&form.format)) {
        for packing in Packing::ALL {
            let format = text.format;
            if packed.iter().any(|known| known.format == format && known.packing == packing) {
                continue;
            }
            let (mut from, bytes) = (store.files().fetch(&text.sha256).await?, text.bytes);
            let mut out = Staging::begin(store.files().work())?;
            let packing_it = move || {
                packed::write(packing, &mut from, bytes, &mut out)?;
                out.end()
            };
            let staged = made.run(packing_it).await?;
            let packed = Packed { format, packing, bytes: staged.bytes, sha256: staged.sha256 };
            store.files().keep(staged).await?;
            made.add(|news| news.packed.push(packed)).await?;
        }
    }
    made.end().await?;
    tracing::info!(dataset.slug = %slug, revision = number, "made every form of `{slug}` revision {number}");
    Ok(())
}

/// One form of the table in `csv`; `None` where there is none.
fn form(
    format: Format,
    csv: File,
    schema: Option<&Schema>,
    rows: u64,
    work: &Path,
) -> io::Result<Option<Staged>> {
    let table = Table::open(csv, schema)?;
    let mut out = Staging::begin(work)?;
    let is_one = match format {
        Format::Csv => false, // it is where the others come from
        Format::Json => json::write(&table, &mut out).map(|()| true)?,
        Format::GeoJson => geojson::write(&table, &mut out)?,
        Format::Parquet => return parquet::write(&table, out, &[])?.end().map(Some),
        Format::Xlsx => rows <= xlsx::ROWS_MAX && xlsx::write(&table, work, &mut out, &[])?,
    };
    if is_one { out.end().map(Some) } else { Ok(None) }
}

/// What was made of one revision and is not told yet.
#[derive(Default)]
struct News {
    forms: Vec<Distribution>,
    packed: Vec<Packed>,
}

/// Tells readers what was made of one revision: of a small table everything in one moment, of a large one each form as
/// soon as it is there.
struct Making<'a> {
    store: &'a Store,
    slug: &'a Slug,
    number: u32,
    in_one: bool,
    news: News,
}

impl Making<'_> {
    /// Does `work` on a thread that may block: at once while somebody waits for it, at leisure otherwise.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> io::Result<T> + Send + 'static,
    ) -> io::Result<T> {
        if self.in_one {
            spawn_blocking(work).await.map_err(io::Error::other)?
        } else {
            gently::at_leisure(work).await
        }
    }

    async fn add(&mut self, one: impl FnOnce(&mut News)) -> Result<(), CatalogError> {
        one(&mut self.news);
        if self.in_one { Ok(()) } else { self.tell(false).await }
    }

    async fn end(mut self) -> Result<(), CatalogError> {
        self.tell(true).await
    }

    async fn tell(&mut self, is_all: bool) -> Result<(), CatalogError> {
        let News { forms, packed } = std::mem::take(&mut self.news);
        let files = forms.iter().map(|form| form.sha256).chain(packed.iter().map(|packed| packed.sha256));
        let write = self.store.naming(&files.collect::<Vec<_>>()).await?;
        let new = store::distribution::append(&write, self.slug, self.number, &forms).await?;
        store::packed::append(&write, self.slug, self.number, &packed).await?;
        if is_all {
            store::followed::mark(&write, self.slug, self.number).await?;
        }
        if new > 0 {
            store::search::dataset::put_again(&write, self.slug).await?;
            // To オープンデータ一覧 its own forms are no change, or it would be made anew for ever.
            match store::dataset::made_as(&write, Made::OpenDataList).await? {
                Some(list) if list == *self.slug => store::change::count_unlisted(&write).await?,
                _ => store::change::count(&write).await?,
            }
        }
        self.store.commit(write, Changes::Dataset(self.slug)).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
