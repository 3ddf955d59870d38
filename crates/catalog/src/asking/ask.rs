//! A whole question about rows: which, in which order, from where on, how many, and what of each.

use super::filter::Filter;
use super::place::Point;
use crate::search::fold;

/// A question about rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// Which rows: conditions of every kind, boxes and distances too.
    pub filter: Filter,
    /// Words, folded, that all stand somewhere in the row's cells.
    pub words: Vec<String>,
    /// Whence the distance of every row is told; and unless [`Ask::sort`] says otherwise, the nearest comes first.
    pub near: Option<Near>,
    /// The columns that are given, in this order; all of them where there are none.
    pub select: Vec<usize>,
    /// By which columns rows are sorted, the first first. What is equal stands as in the file, or the other way round where
    /// the last of them has the greatest first.
    pub sort: Vec<Order>,
    /// Only rows after the one with this number, in the order asked for.
    pub after: Option<u64>,
    /// How many rows at most; `None` for all there are.
    pub limit: Option<u32>,
    /// Whether to count the rows of all pages.
    pub wants_total: bool,
}

impl Default for Ask {
    fn default() -> Ask {
        Ask {
            filter: Filter::ANYTHING,
            words: Vec::new(),
            near: None,
            select: Vec::new(),
            sort: Vec::new(),
            after: None,
            limit: None,
            wants_total: false,
        }
    }
}

impl Ask {
    /// Whether it asks for all rows with all that they have, in the order of the file.
    pub fn is_of_all_rows_as_they_are(&self) -> bool {
        let Ask { filter, words, near, select, sort, after, limit, wants_total: _ } = self;
        filter.is_anything()
            && words.is_empty()
            && near.is_none()
            && select.is_empty()
            && sort.is_empty()
            && after.is_none()
            && limit.is_none()
    }

    /// Whether it asks for all rows in the order of the file, whatever of each.
    pub fn is_of_all_rows_in_their_order(&self) -> bool {
        self.filter.is_anything() && self.words.is_empty() && self.near.is_none() && self.sort.is_empty()
    }

    /// Whether rows come by their distance, the nearest first, those without coordinates last.
    pub fn by_distance(&self) -> Option<Point> {
        self.near.filter(|_| self.sort.is_empty()).map(|near| near.of)
    }
}

/// A point that distances are told from. How far rows may be is a condition of [`Ask::filter`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near {
    /// The point.
    pub of: Point,
}

/// A column that rows are sorted by. Blank cells come last, whichever way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// The column's place.
    pub column: usize,
    /// The greatest first.
    pub descending: bool,
}

/// Words of a `q` that are looked at: every one is compared with every row.
const WORDS_MAX: usize = 20;

/// The words of a `q`, folded as cells are; the first 20 of them.
pub fn words(text: &str) -> Vec<String> {
    fold([text]).split(' ').filter(|word| !word.is_empty()).take(WORDS_MAX).map(str::to_owned).collect()
}
