//! Finding what is open to everybody: datasets and what else is in the index, their rows, and what a word may have meant.
//!
//! One statement asks the index for every word at once; what the documents are called and counted by stands in memory
//! ([`known`]) and is as old as the index's answer. Drafts and what was withdrawn are not there for anybody, neither in what
//! is found nor in counts, suggestions and corrections; lists of staff ([`crate::browse`]) look at them by themselves.
//!
//! Rows are found once they are in the index, where they follow their publication ([`rows`]); until then those of that
//! dataset are not found.

mod ranked;
pub mod rows;
mod shown;

use crate::error::CatalogError;
use crate::query::{BadCursor, Facets};
use crate::search::{DocumentKind, Last, Part, Place, Question, Suggestion, Tier, Within};
use crate::store::Store;
use crate::store::search::Asked;

use ranked::Ranked;

/// Rows that are counted; of more it is only said that they are more.
pub const ROWS_COUNTED_MAX: u64 = 1_000;

/// How often a list of rows is gone on with where most of them are not what is asked for.
const ROUNDS_MAX: usize = 5;

/// Rows that are asked for when a list is gone on with.
const ROWS_MORE: u64 = 10_000;

/// What somebody looks for, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// The words.
    pub question: Question,
    /// What is looked for.
    pub kinds: Kinds,
    /// What must hold of a document; of a row it is its dataset's.
    pub within: Within,
    /// From the place that an earlier page named.
    pub after: Option<Place>,
    /// How many at most; 1 to 100, whatever is said.
    pub limit: u32,
}

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Kinds {
    /// データセット
    pub datasets: bool,
    /// 取組事項
    pub initiatives: bool,
    /// 進捗報告
    pub reports: bool,
    /// Rows of datasets.
    pub rows: bool,
}

impl Kinds {
    /// Everything there is.
    pub const ALL: Kinds = Kinds { datasets: true, initiatives: true, reports: true, rows: true };

    fn any_document(self) -> bool {
        self.datasets || self.initiatives || self.reports
    }

    fn has(self, kind: DocumentKind) -> bool {
        match kind {
            DocumentKind::Dataset => self.datasets,
            DocumentKind::Initiative => self.initiatives,
            DocumentKind::Report => self.reports,
        }
    }
}

/// A page of what was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Findings {
    /// What was found, the best first; rows come last.
    pub items: Vec<Item>,
    /// How much there is of each kind on all pages together.
    pub totals: Totals,
    /// How the datasets of all pages spread. There are no keywords among them.
    pub facets: Facets,
    /// What may have been meant, when nothing was found.
    pub did_you_mean: Option<String>,
    /// Where the next page begins, if there is one.
    pub next: Option<Place>,
}

/// How much was found of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Datasets.
    pub datasets: u64,
    /// Initiatives.
    pub initiatives: u64,
    /// Reports.
    pub reports: u64,
    /// Rows, as far as they were counted.
    pub rows: u64,
    /// Whether there are more rows than were counted.
    pub more_rows: bool,
}

impl Totals {
    /// All of them together.
    pub fn all(&self) -> u64 {
        self.datasets + self.initiatives + self.reports + self.rows
    }
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What kind of document it is, or belongs to.
    pub kind: DocumentKind,
    /// The document's name among its kind.
    pub name: String,
    /// The document's title.
    pub title: String,
    /// The slug of the document's department.
    pub department: Option<String>,
    /// Where in the document the first of the words stands; `None` of a row, and when nothing is asked.
    pub found_in: Option<Tier>,
    /// The row, if it is one.
    pub row: Option<RowItem>,
    /// An extract around it; empty when nothing is asked.
    pub snippet: Vec<Part>,
}

/// What a row that was found has beside its dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowItem {
    /// The revision it stands in.
    pub revision: u32,
    /// Its place in the file, from 1.
    pub number: u64,
    /// By what it is asked for.
    pub key: String,
    /// The column in which the first of the words stands.
    pub field: Option<String>,
}

/// Looks for what `search` asks.
///
/// # Errors
/// [`CatalogError::BadCursor`] when the cursor belongs to another question.
#[tracing::instrument(skip_all)]
pub async fn find(store: &Store, search: &Search) -> Result<Findings, CatalogError> {
    let asked_for = (&search.question, search.kinds, &search.within);
    if search.after.as_ref().is_some_and(|place| !place.is_of(&asked_for)) {
        return Err(BadCursor.into());
    }
    let limit = search.limit.clamp(1, 100) as usize;
    let wants_rows = search.kinds.rows && search.question.words().next().is_some();
    let row_after = match search.after.as_ref().map(|place| &place.last) {
        Some(Last::Row(row)) => Some(*row),
        _ => None,
    };
    let mut asked =
        Asked { question: &search.question, documents: search.kinds.any_document(), rows: Vec::new() };
    if wants_rows {
        asked.rows.push((0, ROWS_COUNTED_MAX + 1));
        asked.rows.extend(row_after.map(|row| (row, limit as u64 + 1)));
    }
    let found = store.known().find(store.database(), &asked).await?;
    let listed = found.rows.first().map_or(&[][..], Vec::as_slice);

    let (mut ranked, facets, rows_counted, did_you_mean) = store.known().read(|registry| {
        let is_unknown: Vec<bool> = found.documents.iter().map(|hits| hits.is_empty()).collect();
        let ranked =
            Ranked::of(registry, search, registry.together(&search.question, found.documents), limit + 1);
        let rows = registry.rows_within(listed, &search.within).len() as u64;
        let is_nothing = ranked.totals.all() + rows == 0;
        let meant = is_nothing.then(|| registry.meant(&search.question, &is_unknown)).flatten();
        let facets = registry.facets(&ranked.datasets);
        (ranked, facets, rows, meant)
    });
    ranked.totals.rows = rows_counted.min(ROWS_COUNTED_MAX);
    ranked.totals.more_rows = listed.len() as u64 > ROWS_COUNTED_MAX;

    let mut more = ranked.best.len() > limit;
    ranked.best.truncate(limit);
    let mut rows = Vec::new();
    if wants_rows && !more {
        let wanted = limit - ranked.best.len();
        let from = found.rows.get(usize::from(row_after.is_some())).map_or(&[][..], Vec::as_slice);
        rows = rows_from(store, search, from, wanted + 1).await?;
        more = rows.len() > wanted;
        rows.truncate(wanted);
    }
    let last = match (rows.last(), ranked.best.last()) {
        (Some(row), _) => Some(Last::Row(*row)),
        (None, Some(last)) => Some(last.place()),
        (None, None) => None,
    };
    let next = last.filter(|_| more).map(|last| Place::of(&asked_for, last));

    let mut items = shown::documents(store, &search.question, ranked.best).await?;
    items.extend(shown::rows(store, &search.question, &rows).await?);
    Ok(Findings { items, totals: ranked.totals, facets, did_you_mean, next })
}

/// At least `wanted` rows, where there are so many, of those that begin with `listed` and are what is looked for: some may
/// belong to other datasets than are asked for, or to revisions that readers do not get any more.
async fn rows_from(
    store: &Store,
    search: &Search,
    listed: &[i64],
    wanted: usize,
) -> Result<Vec<i64>, CatalogError> {
    let within = |rows: &[i64]| store.known().read(|registry| registry.rows_within(rows, &search.within));
    let mut rows = within(listed);
    let mut last = listed.last().copied();
    let mut is_whole = listed.len() < wanted;
    for _ in 0..ROUNDS_MAX {
        let Some(after) = last.filter(|_| !is_whole && rows.len() < wanted) else { break };
        let asked = Asked { question: &search.question, documents: false, rows: vec![(after, ROWS_MORE)] };
        let more = store.known().find(store.database(), &asked).await?.rows.pop().unwrap_or_default();
        is_whole = (more.len() as u64) < ROWS_MORE;
        last = more.last().copied();
        rows.extend(within(&more));
    }
    rows.truncate(wanted);
    Ok(rows)
}

/// What begins like `typed` among titles, keywords and names of columns; at most `most` (up to 50).
///
/// # Errors
/// [`CatalogError::Database`].
pub async fn suggest(store: &Store, typed: &str, most: u32) -> Result<Vec<Suggestion>, CatalogError> {
    store.known().bring_up(store.database()).await?;
    Ok(store.known().read(|registry| registry.suggests(typed, most.min(50) as usize)))
}

#[cfg(test)]
mod tests;
