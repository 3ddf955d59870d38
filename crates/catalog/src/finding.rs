//! Finding what is open to everybody: datasets and what else is in the index, their rows, and what a word may have meant.
//!
//! Which documents have a word, what they are called and what they are counted by stands in memory ([`Registry`]); one statement
//! asks the index for rows, and how old it is: what is in memory is as old. A catalog whose words take more memory than they may has
//! them asked of the index, too. [`Registry`]: crate::store::search::Registry
//! Drafts and what was withdrawn are not there for anybody, neither in what
//! is found nor in counts, suggestions and corrections; lists of staff ([`crate::browse`]) look at them by themselves.
//!
//! Rows are found once they are in the index, where they follow their publication ([`rows`]); until then those of that
//! dataset are not found.

mod ranked;
pub mod rows;
mod shown;

use std::sync::Arc;

use crate::error::CatalogError;
use crate::query::BadCursor;
use crate::search::{Last, Place, Suggestion};
use crate::store::Store;
use crate::store::search::Asked;

pub use crate::search::{Findings, Item, Kinds, RowItem, Search, Totals};

/// Rows that are counted; of more it is only said that they are more.
pub const ROWS_COUNTED_MAX: u64 = 1_000;

/// How often a list of rows is gone on with where most of them are not what is asked for.
const ROUNDS_MAX: usize = 5;

/// Rows that are asked for when a list is gone on with.
const ROWS_MORE: u64 = 10_000;

/// Looks for what `search` asks.
///
/// # Errors
/// [`CatalogError::BadCursor`] when the cursor belongs to another question.
#[tracing::instrument(skip_all)]
pub async fn find(store: &Store, search: &Search) -> Result<Arc<Findings>, CatalogError> {
    if search.after.as_ref().is_some_and(|place| !place.is_of(&search.list())) {
        return Err(BadCursor.into());
    }
    if let Some(known) = store.known().answered(store.database(), search).await? {
        return Ok(known);
    }
    let (number, findings) = look(store, search).await?;
    let findings = Arc::new(findings);
    store.known().keep(search, number, Arc::clone(&findings));
    Ok(findings)
}

/// Asks the index; also tells the number of its last change that the answer knows of.
async fn look(store: &Store, search: &Search) -> Result<(i64, Findings), CatalogError> {
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

    let (mut best, mut totals, facets, rows_counted, did_you_mean) = store.known().read(|registry| {
        let documents = search.kinds.any_document();
        let hits = if documents { registry.hits(search, found.documents.clone()) } else { Vec::new() };
        let best = ranked::best(registry, search, &hits, limit + 1);
        let (totals, facets) = registry.counted(&hits);
        let rows = registry.rows_within(listed, &search.within).len() as u64;
        let is_nothing = totals.all() + rows == 0;
        let meant =
            is_nothing.then(|| registry.meant(&search.question, found.documents.as_deref())).flatten();
        (best, totals, facets, rows, meant)
    });
    totals.rows = rows_counted.min(ROWS_COUNTED_MAX);
    totals.more_rows = listed.len() as u64 > ROWS_COUNTED_MAX;

    let mut more = best.len() > limit;
    best.truncate(limit);
    let mut rows = Vec::new();
    if wants_rows && !more {
        let wanted = limit - best.len();
        let from = found.rows.get(usize::from(row_after.is_some())).map_or(&[][..], Vec::as_slice);
        rows = rows_from(store, search, from, wanted + 1).await?;
        more = rows.len() > wanted;
        rows.truncate(wanted);
    }
    let last = match (rows.last(), best.last()) {
        (Some(row), _) => Some(Last::Row(*row)),
        (None, Some(last)) => Some(last.place()),
        (None, None) => None,
    };
    let next = last.filter(|_| more).map(|last| Place::of(&search.list(), last));

    let mut items = shown::documents(&search.question, best);
    items.extend(shown::rows(store, &search.question, &rows).await?);
    let findings = Findings { items, totals, facets, did_you_mean, next };
    Ok((found.number, findings))
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
