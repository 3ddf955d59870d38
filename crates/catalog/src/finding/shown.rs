//! What was found, as it is shown: where the words stand, and an extract around them.

use std::collections::HashMap;

use super::ranked::{Best, extract};
use crate::error::CatalogError;
use crate::search::{DocumentKind, Item, Question, RowItem, Tier};
use crate::store::Store;
use crate::store::search::{block, row};

/// Documents of a page, each with the first of the words where that is worth most.
pub(super) fn documents(question: &Question, best: Vec<Best>) -> Vec<Item> {
    let shown = best.into_iter().map(|Best { document, .. }| {
        let of_tier =
            |tier| Some((tier, extract(document.texts(tier).iter().map(String::as_str), question)?));
        let (found_in, snippet) = Tier::ALL.into_iter().find_map(of_tier).unzip();
        Item {
            kind: document.kind,
            name: document.name.clone(),
            title: document.title.clone(),
            department: document.department.clone(),
            found_in,
            row: None,
            snippet: snippet.unwrap_or_default(),
        }
    });
    shown.collect()
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
