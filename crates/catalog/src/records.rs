//! Rows: every row of every published revision can be asked for, by anybody.
//!
//! [`find`] tells which revision is meant, [`Subject::rows`] gives its table, and [`Rows`] answers. Drafts and withdrawn
//! datasets have no rows for anybody. Rows that are asked for by name are quicker had from memory ([`AtHand`]). What may be
//! asked is [`crate::asking`]'s business, how tables come into being [`crate::loading`]'s.

mod at_hand;
mod streams;

use std::sync::Arc;

use ingestion::Schemas;

use crate::as_of::{self, AsOf};
use crate::asking::{Ask, Columns, Grouping, bounds};
use crate::browse;
use crate::dataset::Dataset;
use crate::error::CatalogError;
use crate::loading;
use crate::revision::{Revision, RevisionState};
use crate::slug::Slug;
use crate::store::Store;
use crate::store::rows::{Joined, Limit, Table};

pub use self::at_hand::AtHand;
pub use crate::loading::catch_up;
pub use crate::store::rows::{Groups, Line};
pub use crate::tabled::{FieldFacts, Subject};

/// Which revision of a dataset is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The one that readers get.
    Current,
    /// The one with this number.
    Number(u32),
    /// The one that readers got then.
    At(AsOf),
}

/// The rows of a revision, ready to be asked. A clone is the same rows.
#[derive(Debug, Clone)]
pub struct Rows {
    store: Store,
    subject: Arc<Subject>,
    table: Arc<Table>,
    columns: Arc<Columns>,
}

/// A page of rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The rows as JSON objects, as in the JSON form of the revision: a comma and a line end between.
    pub items: String,
    /// How many rows these are.
    pub count: u32,
    /// How many rows there are on all pages, where that was asked.
    pub total: Option<u64>,
    /// The number of the last row, where more follow.
    pub last: Option<u64>,
}

/// A page of rows, one by one.
#[derive(Debug, Clone, PartialEq)]
pub struct Lines {
    /// The rows.
    pub rows: Vec<Line>,
    /// How many rows there are on all pages, where that was asked.
    pub total: Option<u64>,
    /// The number of the last row, where more follow.
    pub last: Option<u64>,
}

/// The ready texts of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ready {
    /// Lines of the canonical CSV, each with its end; no header.
    Csv,
    /// JSON objects, each on a line of its own.
    Json,
}

/// The revision of the dataset `slug` that is meant, as visitors see it.
///
/// # Errors
/// [`CatalogError::NoSuchDataset`], [`CatalogError::NoSuchRevision`], for drafts too; [`CatalogError::Withdrawn`];
/// [`CatalogError::NothingPublishedThen`].
pub async fn find(
    store: &Store,
    schemas: &Schemas,
    slug: &Slug,
    which: Which,
) -> Result<Arc<Subject>, CatalogError> {
    let known = match which {
        Which::Current => Some(None),
        Which::Number(number) => Some(Some(number)),
        Which::At(_) => None, // any moment may be asked for
    };
    let Some(number) = known else { return look_up(store, schemas, slug, which).await };
    store.remembered(slug, number, || look_up(store, schemas, slug, which)).await
}

async fn look_up(
    store: &Store,
    schemas: &Schemas,
    slug: &Slug,
    which: Which,
) -> Result<Arc<Subject>, CatalogError> {
    let dataset = browse::dataset(store, None, slug).await?;
    let revision = match which {
        Which::Current => dataset.current.clone().ok_or_else(|| CatalogError::NoSuchDataset(slug.clone()))?,
        Which::Number(number) => browse::revision(store, None, slug, number).await?,
        Which::At(moment) => as_of::revision(store, None, slug, moment).await?,
    };
    if revision.state != RevisionState::Published {
        return Err(CatalogError::NoSuchRevision { slug: slug.clone(), number: revision.number });
    }
    let source = loading::source_of(store, schemas, slug, &revision).await?;
    Ok(Arc::new(Subject::of(dataset, revision, source)))
}

impl Subject {
    /// Its rows. Where their table was dropped it is made again.
    ///
    /// # Errors
    /// [`CatalogError::RowsNotReady`] where that takes longer than anybody is to wait.
    pub async fn rows(self: &Arc<Self>, store: &Store) -> Result<Rows, CatalogError> {
        let table = loading::on_demand(store, &self.source, &self.dataset.slug).await?;
        let columns = self.columns(&table.shape);
        Ok(Rows { store: store.clone(), subject: Arc::clone(self), table, columns })
    }
}

impl Rows {
    /// The dataset.
    pub fn dataset(&self) -> &Dataset {
        &self.subject.dataset
    }

    /// The revision.
    pub fn revision(&self) -> &Revision {
        &self.subject.revision
    }

    /// What can be asked about.
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// Whether any row has coordinates.
    pub fn has_places(&self) -> bool {
        self.table.shape.spread.is_some()
    }

    /// What there is in each column, in their order.
    pub fn facts(&self) -> &[FieldFacts] {
        &self.table.shape.facts
    }

    /// The page that `ask` asks for, all columns of each row. Distances are not told.
    ///
    /// # Errors
    /// [`CatalogError::TooMuchWork`]
    pub async fn page(&self, ask: &Ask) -> Result<Page, CatalogError> {
        let limit = limit(ask);
        let joined = Joined { csv: false, between: ",\n" };
        let found =
            self.store.rows().texts(&self.table, ask, Limit::page(u64::from(limit) + 1), joined).await?;
        let (mut items, mut numbers) = (found.texts, found.numbers);
        let more = numbers.len() > limit as usize;
        if more {
            numbers.pop();
            items.truncate(items.rfind(joined.between).unwrap_or(0));
        }
        let last = numbers.last().copied().filter(|_| more);
        Ok(Page { items, count: numbers.len() as u32, total: self.wanted_total(ask).await?, last })
    }

    /// As [`Rows::page`], row by row.
    ///
    /// # Errors
    /// [`CatalogError::TooMuchWork`]
    pub async fn lines(&self, ask: &Ask) -> Result<Lines, CatalogError> {
        let limit = limit(ask);
        let mut rows = self.store.rows().lines(&self.table, ask, Limit::page(u64::from(limit) + 1)).await?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let last = rows.last().map(|line| line.number).filter(|_| more);
        Ok(Lines { rows, total: self.wanted_total(ask).await?, last })
    }

    async fn wanted_total(&self, ask: &Ask) -> Result<Option<u64>, CatalogError> {
        if ask.wants_total { self.total(ask).await.map(Some) } else { Ok(None) }
    }

    /// How many rows `ask` asks for, on all pages.
    ///
    /// # Errors
    /// [`CatalogError::TooMuchWork`]
    pub async fn total(&self, ask: &Ask) -> Result<u64, CatalogError> {
        self.store.rows().total(&self.table, ask).await
    }

    /// The number of the `count`th row that `ask` asks for, counted from 1: with it in [`Ask::after`] so many are passed
    /// over. `None` where there are not so many.
    ///
    /// # Errors
    /// [`CatalogError::TooMuchWork`]
    pub async fn nth(&self, ask: &Ask, count: u64) -> Result<Option<u64>, CatalogError> {
        if ask.is_of_all_rows_in_their_order() {
            return Ok((count <= self.table.shape.rows).then_some(count));
        }
        self.store.rows().nth(&self.table, ask, count).await
    }

    /// The row that is called `key` ([`crate::asking::key`]).
    ///
    /// # Errors
    /// [`CatalogError::Database`]
    pub async fn one(&self, key: &str) -> Result<Option<Line>, CatalogError> {
        self.store.rows().one(&self.table, key).await
    }

    /// The groups that the rows make that `ask` asks for.
    ///
    /// # Errors
    /// [`CatalogError::TooMuchWork`]
    pub async fn groups(&self, ask: &Ask, grouping: &Grouping) -> Result<Groups, CatalogError> {
        self.store.rows().groups(&self.table, ask, grouping).await
    }
}

fn limit(ask: &Ask) -> u32 {
    ask.limit.unwrap_or(bounds::ROWS_DEFAULT).min(bounds::ROWS_MAX)
}

#[cfg(test)]
mod tests;
