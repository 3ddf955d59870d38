//! What was found, as it is shown: where the words stand, and an extract around them.

use std::collections::HashMap;

use super::ranked::{Best, extract};
use crate::error::CatalogError;
use crate::search::{DocumentKind, Item, Question, RowItem, Tier};
use crate::store::Store;
use crate::store::search::{self as index, block, row};

/// The parts of a document that are not known in memory.
const LATER: [Tier; 3] = [Tier::Description, Tier::About, Tier::Fields];

/// Documents of a page.
pub(super) async fn documents(
    store: &Store,
    question: &Question,
    best: Vec<Best>,
) -> Result<Vec<Item>, CatalogError> {
    let is_asked = question.words().next().is_some();
    let unknown: Vec<i64> =
        best.iter().filter(|best| is_asked && best.place.is_none()).map(|best| best.id).collect();
    let texts: HashMap<i64, _> = index::texts_of(store.database(), &unknown).await?.into_iter().collect();
    let shown = best.into_iter().map(|best| {
        let later = || {
            let texts = texts.get(&best.id)?;
            LATER.into_iter().find_map(|tier| {
                let of_tier = texts.get(tier as usize)?;
                Some((tier, extract(of_tier.iter().map(String::as_str), question)?))
            })
        };
        let (found_in, snippet) = best.place.or_else(later).unzip();
        Item {
            kind: best.kind,
            name: best.name,
            title: best.title,
            department: best.department,
            found_in,
            row: None,
            snippet: snippet.unwrap_or_default(),
        }
    });
    Ok(shown.collect())
}

/// Rows of a page, by their numbers in the index. One that is gone meanwhile is left out.
pub(super) async fn rows(
    store: &Store,
    question: &Question,
    rows: &[i64],
) -> Result<Vec<Item>, CatalogError> {
    let kept = row::among(store.database(), rows).await?;
    let kept: HashMap<i64, row::Kept> = kept.into_iter().map(|row| (row.number, row)).collect();
    let mut blocks: Vec<i64> = rows.iter().map(|row| block::place_of(*row).0).collect();
    blocks.dedup();
    let fields: HashMap<i64, Vec<String>> =
        block::fields(store.database(), &blocks).await?.into_iter().collect();
    let shown = store.known().read(|registry| {
        let item = |number: &i64| {
            let (kept, dataset) = (kept.get(number)?, registry.dataset_of(*number)?);
            let (block, place) = block::place_of(*number);
            let found = kept
                .cells
                .iter()
                .enumerate()
                .find_map(|(column, cell)| Some((column, extract([cell.as_str()], question)?)));
            let (column, snippet) = found.unzip();
            Some(Item {
                kind: DocumentKind::Dataset,
                name: dataset.name.clone(),
                title: dataset.title.clone(),
                department: dataset.department.clone(),
                found_in: None,
                row: Some(RowItem {
                    revision: dataset.revision?,
                    number: place,
                    key: kept.key.clone(),
                    field: column.and_then(|column| fields.get(&block)?.get(column).cloned()),
                }),
                snippet: snippet.unwrap_or_default(),
            })
        };
        rows.iter().filter_map(item).collect()
    });
    Ok(shown)
}
