//! What a visitor may ask of the list of datasets, and what comes back.

use std::fmt;
use std::str::FromStr;

use ingestion::SchemaId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::dataset::Dataset;
use crate::distribution::Format;
use crate::licence::Licence;
use crate::opaque;
use crate::slug::Slug;

/// Which datasets, in which order, from where on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// A question ([`crate::search::Question`]) that what is said about a dataset answers: title, keywords, description, office,
    /// schema, slug, names of columns.
    pub q: Option<String>,
    /// Only of this department.
    pub department: Option<Slug>,
    /// Only of the 分類 with this code.
    pub theme: Option<String>,
    /// Only of this schema.
    pub schema: Option<SchemaId>,
    /// Only with exactly this keyword.
    pub keyword: Option<String>,
    /// Only those that come in this form.
    pub format: Option<Format>,
    /// Only under this licence.
    pub licence: Option<Licence>,
    /// Only of the 更新頻度 with this code.
    pub frequency: Option<String>,
    /// Only those in this state: `draft`, `published` or `withdrawn`; a visitor sees only what is published.
    pub state: Option<&'static str>,
    /// Only those that changed at this time or later.
    pub modified_since: Option<Timestamp>,
    /// In which order.
    pub sort: Sort,
    /// From the place that an earlier listing named.
    pub after: Option<Cursor>,
    /// How many at most; 1 to 100, whatever is said.
    pub limit: u32,
}

impl Default for Query {
    fn default() -> Query {
        Query {
            q: None,
            department: None,
            theme: None,
            schema: None,
            keyword: None,
            format: None,
            licence: None,
            frequency: None,
            state: None,
            modified_since: None,
            sort: Sort::default(),
            after: None,
            limit: 20,
        }
    }
}

/// The orders of a list; what is equal stands by slug.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// By slug.
    Slug,
    /// By title, by code point.
    Title,
    /// The latest change first.
    #[default]
    ModifiedDesc,
    /// The latest first publication first.
    IssuedDesc,
}

impl FromStr for Sort {
    type Err = BadSort;

    fn from_str(text: &str) -> Result<Sort, BadSort> {
        match text {
            "slug" => Ok(Sort::Slug),
            "title" => Ok(Sort::Title),
            "modified" => Ok(Sort::ModifiedDesc),
            "issued" => Ok(Sort::IssuedDesc),
            _ => Err(BadSort),
        }
    }
}

/// The text names no order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an order: slug, title, modified or issued")]
pub struct BadSort;

/// One page of a list of datasets.
#[derive(Debug, Clone, PartialEq)]
pub struct Listing {
    /// The datasets.
    pub items: Vec<Dataset>,
    /// How many there are on all pages together.
    pub total: u64,
    /// How they spread.
    pub facets: Facets,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
}

/// How the datasets of a whole list spread; the most frequent value first, then by value, at most 100 of each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// Slugs of departments, labelled by their titles.
    pub department: Vec<Facet>,
    /// Codes of themes, labelled by their Japanese labels.
    pub theme: Vec<Facet>,
    /// Ids of schemas, labelled by themselves: the titles are in [`ingestion::Schemas`].
    pub schema: Vec<Facet>,
    /// Forms, labelled as people write them: `CSV`.
    pub format: Vec<Facet>,
    /// Ids of licences, labelled by their titles.
    pub licence: Vec<Facet>,
    /// Keywords, labelled by themselves.
    pub keyword: Vec<Facet>,
}

/// One value, and how many datasets of the list have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// As it is filtered by.
    pub value: String,
    /// As people read it.
    pub label: String,
    /// How many.
    pub count: u64,
}

/// A page of the whole catalog, as harvesters walk it.
#[derive(Debug, Clone, PartialEq)]
pub struct CataloguePage {
    /// The datasets of this page, by slug.
    pub datasets: Vec<Dataset>,
    /// How many there are on all pages together.
    pub total: u64,
    /// How many pages there are; an empty catalog has one.
    pub pages: u32,
    /// When the first dataset was published; `None` while none is.
    pub issued: Option<Timestamp>,
    /// When any dataset last changed for readers; withdrawing one counts.
    pub modified: Option<Timestamp>,
}

/// The place in a list after which the next page begins. Its text is opaque.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// The order it belongs to.
    pub(crate) sort: Sort,
    /// What the last dataset is sorted by.
    pub(crate) key: Key,
    /// The last dataset.
    pub(crate) slug: Slug,
}

/// What a dataset is sorted by before its slug.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Key {
    /// A title.
    Text(String),
    /// Milliseconds since 1970.
    Time(i64),
}

/// The text is no cursor, or one of another list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the cursor is none that this list gave: begin again without one")]
pub struct BadCursor;

/// A cursor's text: hexadecimal of this, as JSON.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    sort: Sort,
    key: Key,
    slug: Slug,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        opaque::write(f, &Written { sort: self.sort, key: self.key.clone(), slug: self.slug.clone() })
    }
}

impl FromStr for Cursor {
    type Err = BadCursor;

    fn from_str(text: &str) -> Result<Cursor, BadCursor> {
        let Written { sort, key, slug } = opaque::read(text).ok_or(BadCursor)?;
        let fits = match sort {
            Sort::Slug | Sort::Title => matches!(key, Key::Text(_)),
            Sort::ModifiedDesc | Sort::IssuedDesc => matches!(key, Key::Time(_)),
        };
        if fits { Ok(Cursor { sort, key, slug }) } else { Err(BadCursor) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cursor(sort: Sort, key: Key) -> Cursor {
        Cursor { sort, key, slug: Slug::parse("public-toilets").expect("a good slug") }
    }

    #[test]
    fn a_cursor_reads_back() {
        for cursor in [
            cursor(Sort::Slug, Key::Text("public-toilets".to_owned())),
            cursor(Sort::Title, Key::Text("公衆トイレ一覧 \"％\"".to_owned())),
            cursor(Sort::ModifiedDesc, Key::Time(-1)),
        ] {
            assert_eq!(cursor.to_string().parse(), Ok(cursor));
        }
    }

    #[test]
    fn a_cursor_whose_key_does_not_fit_its_order_is_bad() {
        let odd = cursor(Sort::Title, Key::Time(1)).to_string();
        assert_eq!(odd.parse::<Cursor>(), Err(BadCursor));
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(text in ".*", hex in "([0-9a-f]{2})*") {
            prop_assert_eq!(text.parse::<Cursor>(), Err(BadCursor));
            prop_assert_eq!(hex.parse::<Cursor>(), Err(BadCursor));
        }
    }
}
