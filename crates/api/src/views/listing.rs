//! The one shape of a list.

use serde::Serialize;
use utoipa::ToSchema;

/// A list, or a page of one.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListView<T> {
    /// The things on this page.
    pub items: Vec<T>,
    /// How many there are on all pages.
    #[schema(example = 9)]
    pub total: u64,
    /// The address of the next page; null on the last.
    pub next: Option<String>,
}

impl<T> ListView<T> {
    /// A list that fits on one page.
    pub fn whole(items: Vec<T>) -> ListView<T> {
        ListView { total: items.len() as u64, items, next: None }
    }
}
