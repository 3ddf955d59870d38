//! 一覧: everything that is published at a glance: which datasets there are, what they are found by, where and when their
//! rows are.
//!
//! For lists that are narrowed down by place, time or a filter, which no index of the database knows. What is said of a
//! dataset beyond that is [`crate::browse`]'s business.

use std::collections::BTreeSet;

use ingestion::Sha256;

use crate::asking::{Bbox, ColumnKind, Columns, Days, Filter, Scalar, Times, TypedRow};
use crate::dataset::Period;
use crate::search;
use crate::slug::Slug;
use crate::tabled::Shape;

/// Phrases of one question that are looked for.
const PHRASES_MAX: usize = 20;

/// What filters know of a dataset: its name in filters, and what its values are.
const COLUMNS: [(&str, ColumnKind); 9] = [
    ("id", ColumnKind::Text),
    ("type", ColumnKind::Text),
    ("title", ColumnKind::Text),
    ("department", ColumnKind::Text),
    ("theme", ColumnKind::Text),
    ("license", ColumnKind::Text),
    ("schema", ColumnKind::Text),
    ("created", ColumnKind::Date),
    ("updated", ColumnKind::Date),
];

/// What a dataset is to filters.
pub const TYPE: &str = "dataset";

/// The published datasets by slug.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Overview {
    entries: Vec<Entry>,
}

/// One published dataset.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its name.
    pub slug: Slug,
    /// The time its rows speak of, as its department says.
    pub temporal: Option<Period>,
    /// Where and when its rows are.
    pub whereabouts: Whereabouts,
    /// What it is found by, folded.
    pub(crate) folded: String,
    /// The values of its [`columns`].
    pub(crate) values: Vec<Option<Scalar>>,
    /// The canonical file of its current revision.
    pub(crate) content: Sha256,
}

/// Where and when the rows of a revision are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Whereabouts {
    /// Its rows are not loaded yet.
    Unknown,
    /// No row has coordinates.
    Nowhere,
    /// Some row has.
    Within(Extent),
}

/// The space and the time that rows take up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extent {
    /// The least box around the rows that have coordinates.
    pub bbox: Bbox,
    /// The days from the first row to the last, where a column says when rows are.
    pub days: Option<Days>,
}

/// Which datasets of an overview are wanted. What is `None` or empty wants all.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Wanted {
    /// Those that are named so.
    pub slugs: Option<BTreeSet<String>>,
    /// Those in which any of these phrases stands ([`phrases`]).
    pub phrases: Vec<String>,
    /// Those whose rows are in or around this box, and those whose rows are nowhere.
    pub bbox: Option<Bbox>,
    /// Those that speak of one of these days, and those of which nobody says of which time they speak.
    pub days: Option<Days>,
    /// Those that pass this filter on [`columns`].
    pub filter: Option<Filter>,
    /// Only those with a row that has coordinates.
    pub placed: bool,
}

/// A page of an overview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The datasets on the page.
    pub slugs: Vec<Slug>,
    /// How many there are on all pages.
    pub total: u64,
    /// Whether another page follows.
    pub more: bool,
}

/// What filters know of a dataset: `id` (its slug), `type` (always [`TYPE`]), `title`, `department` and `theme` (their
/// names in the API), `license`, `schema`, and the days on which it was `created` (published first) and `updated`.
pub fn columns() -> Columns {
    let (names, kinds): (Vec<String>, Vec<ColumnKind>) =
        COLUMNS.into_iter().map(|(name, kind)| (name.to_owned(), kind)).unzip();
    Columns::of(&names, None, &kinds)
}

/// The phrases of a text, commas between them, folded; the first 20.
pub fn phrases(text: &str) -> Vec<String> {
    let folded = text.split(',').map(|phrase| search::fold([phrase]));
    folded.filter(|phrase| !phrase.is_empty()).take(PHRASES_MAX).collect()
}

impl Overview {
    pub(crate) fn of(mut entries: Vec<Entry>) -> Overview {
        entries.sort_by(|one, other| one.slug.cmp(&other.slug));
        Overview { entries }
    }

    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The dataset named `slug`, if it is published.
    pub fn find(&self, slug: &Slug) -> Option<&Entry> {
        let place = self.entries.binary_search_by(|entry| entry.slug.cmp(slug)).ok()?;
        self.entries.get(place)
    }

    /// The first `limit` of the datasets that are `wanted`, behind the one named `after`.
    pub fn page(&self, wanted: &Wanted, after: Option<&Slug>, limit: usize) -> Chosen {
        let mut chosen = Chosen { slugs: Vec::new(), total: 0, more: false };
        for entry in self.entries.iter().filter(|entry| wanted.takes(entry)) {
            chosen.total += 1;
            if after.is_some_and(|after| entry.slug <= *after) {
                continue;
            }
            match chosen.slugs.len() < limit {
                true => chosen.slugs.push(entry.slug.clone()),
                false => chosen.more = true,
            }
        }
        chosen
    }
}

impl Entry {
    /// Where and when its rows are, if any row has coordinates.
    pub fn extent(&self) -> Option<Extent> {
        match self.whereabouts {
            Whereabouts::Within(extent) => Some(extent),
            Whereabouts::Unknown | Whereabouts::Nowhere => None,
        }
    }
}

impl Wanted {
    fn takes(&self, entry: &Entry) -> bool {
        let named = self.slugs.as_ref().is_none_or(|slugs| slugs.contains(entry.slug.as_str()));
        let said = self.phrases.is_empty() || self.phrases.iter().any(|phrase| entry.folded.contains(phrase));
        let extent = entry.extent();
        let near = self.bbox.is_none_or(|bbox| extent.is_none_or(|extent| bbox.meets(extent.bbox)));
        let then = self.days.is_none_or(|days| {
            entry.temporal.is_none_or(|period| days.meet(Days { from: period.start, to: period.end }))
        });
        let row = TypedRow { values: &entry.values, point: None };
        let passes = self.filter.as_ref().is_none_or(|filter| filter.passes(row));
        named && said && near && then && passes && (extent.is_some() || !self.placed)
    }
}

impl Whereabouts {
    /// Of the rows of a table.
    pub(crate) fn of(shape: &Shape) -> Whereabouts {
        let Some(spread) = &shape.spread else { return Whereabouts::Nowhere };
        let columns = shape.names.iter().map(String::as_str).zip(shape.kinds.iter().copied());
        let days = Times::among(columns).map(|times| days(shape, times));
        Whereabouts::Within(Extent { bbox: spread.bounds, days })
    }
}

/// From the first day to the last. An end that is blank somewhere is open.
fn days(shape: &Shape, times: Times) -> Days {
    let facts = |column: usize| {
        shape.facts.get(column).filter(|_| shape.kinds.get(column) == Some(&ColumnKind::Date))
    };
    let day = |value: &Option<Scalar>| match value {
        Some(Scalar::Text(day)) => day.parse().ok(),
        _ => None,
    };
    let end = times.end.unwrap_or(times.start);
    let (from, to) = (facts(times.start), facts(end));
    let is_bounded = |facts: &&crate::tabled::FieldFacts| times.end.is_none() || facts.blank == 0;
    Days {
        from: from.filter(is_bounded).and_then(|facts| day(&facts.least)),
        to: to.filter(is_bounded).and_then(|facts| day(&facts.greatest)),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;

    fn entry(slug: &str, words: &str, whereabouts: Whereabouts, temporal: Option<Period>) -> Entry {
        let mut values = vec![None; COLUMNS.len()];
        values[0] = Some(Scalar::Text(slug.to_owned()));
        let (content, folded) = (Sha256::of(slug.as_bytes()), search::fold([words]));
        Entry { slug: Slug::parse(slug).unwrap(), temporal, whereabouts, folded, values, content }
    }

    fn within(west: f64, south: f64, east: f64, north: f64) -> Whereabouts {
        Whereabouts::Within(Extent { bbox: Bbox { west, south, east, north }, days: None })
    }

    fn overview() -> Overview {
        let then = Period { start: "2025-04-01".parse().ok(), end: "2026-03-31".parse().ok() };
        Overview::of(vec![
            entry("toilets", "公衆トイレ 一覧", within(141.2, 38.4, 141.3, 38.5), None),
            entry("aed", "ＡＥＤ 設置箇所 一覧", within(141.0, 38.0, 141.1, 38.1), Some(then)),
            entry("list", "オープンデータ一覧", Whereabouts::Nowhere, None),
            entry("new", "新しい一覧", Whereabouts::Unknown, None),
        ])
    }

    #[track_caller]
    fn finds(wanted: &Wanted, expected: &[&str]) {
        let chosen = overview().page(wanted, None, 10);
        assert_eq!(chosen.slugs.iter().map(Slug::as_str).collect::<Vec<_>>(), expected, "{wanted:?}");
        assert_eq!((chosen.total, chosen.more), (expected.len() as u64, false));
    }

    #[test]
    fn phrases_are_alternatives_and_their_words_stand_together() {
        finds(&Wanted { phrases: phrases("トイレ　一覧"), ..Wanted::default() }, &["toilets"]);
        finds(&Wanted { phrases: phrases("一覧 トイレ"), ..Wanted::default() }, &[]);
        finds(&Wanted { phrases: phrases("aed,,ｵｰﾌﾟﾝ"), ..Wanted::default() }, &["aed", "list"]);
    }

    #[test]
    fn a_box_finds_what_it_meets_and_what_is_nowhere() {
        let bbox = Bbox::of(141.25, 38.45, 142.0, 39.0);
        finds(&Wanted { bbox, ..Wanted::default() }, &["list", "new", "toilets"]);
        finds(&Wanted { bbox, placed: true, ..Wanted::default() }, &["toilets"]);
    }

    #[test]
    fn days_find_what_speaks_of_them_and_what_says_of_none() {
        let days = |from: &str| Some(Days { from: from.parse().ok(), to: None });
        finds(&Wanted { days: days("2026-03-31"), ..Wanted::default() }, &["aed", "list", "new", "toilets"]);
        finds(&Wanted { days: days("2026-04-01"), ..Wanted::default() }, &["list", "new", "toilets"]);
    }

    #[test]
    fn a_filter_asks_about_what_is_said_of_a_dataset() {
        let filter = |text: &str| Some(crate::asking::text::read(text, &columns()).unwrap());
        finds(
            &Wanted { filter: filter("id in ('aed', 'new', 'other')"), ..Wanted::default() },
            &["aed", "new"],
        );
        finds(
            &Wanted { filter: filter("id > 'list' and theme is null"), ..Wanted::default() },
            &["new", "toilets"],
        );
    }

    #[test]
    fn pages_follow_each_other() {
        let (overview, all) = (overview(), Wanted::default());
        let first = overview.page(&all, None, 3);
        assert_eq!((first.slugs.len(), first.total, first.more), (3, 4, true));
        let second = overview.page(&all, first.slugs.last(), 3);
        assert_eq!((second.slugs.len(), second.total, second.more), (1, 4, false));
    }
}
