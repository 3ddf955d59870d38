//! What a `package_search` or a `resource_search` asks for.

use std::str::FromStr;

use crate::asking::Pattern;
use crate::distribution::Format;

use super::asked::Asked;

/// Packages on a page, unless told otherwise. Rule: CKAN's `package_search`.
pub const ROWS_DEFAULT: u32 = 10;

/// Packages on a page; more are not given, whatever is asked. Rule: CKAN's `ckan.search.rows_max`.
pub const ROWS_MAX: u32 = 1_000;

/// Values of a facet, unless told otherwise. Rule: CKAN's `search.facets.limit`.
pub const FACET_DEFAULT: u32 = 50;

/// Which packages, in which order, from where on, and how they are counted.
#[derive(Debug, Clone, PartialEq)]
pub struct PackageQuery {
    /// Which.
    pub asked: Asked,
    /// By what they are sorted, the first first; what is equal stands by name.
    pub sort: Vec<Order>,
    /// How many are passed over.
    pub start: u64,
    /// How many at most; [`ROWS_MAX`] whatever is said.
    pub rows: u32,
    /// What they are counted by.
    pub facets: Vec<By>,
    /// Values of each facet; `None` for all.
    pub facet_limit: Option<u32>,
    /// Values that fewer packages have are left out.
    pub facet_least: u32,
}

impl Default for PackageQuery {
    fn default() -> PackageQuery {
        PackageQuery {
            asked: Asked::ANYTHING,
            sort: Vec::new(),
            start: 0,
            rows: ROWS_DEFAULT,
            facets: Vec::new(),
            facet_limit: Some(FACET_DEFAULT),
            facet_least: 1,
        }
    }
}

/// One order of packages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// By what.
    pub by: SortKey,
    /// The greatest first.
    pub descending: bool,
}

/// What packages can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SortKey {
    /// `id`: the order in which they were published. What is published during a walk from page to page comes last,
    /// so that no package is missed or met twice.
    Id,
    /// `name`
    Name,
    /// `title`
    Title,
    /// `metadata_modified`
    Modified,
    /// `metadata_created`
    Created,
}

/// A text that names no order.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no order: write `name asc`, by id, name, title, metadata_created or metadata_modified")]
pub struct BadOrder(pub String);

/// The orders that `text` names, with commas between: `title_string asc, metadata_modified desc`. Without any, the latest
/// change comes first; how well something fits (`score`) is no order here.
///
/// # Errors
/// [`BadOrder`] with the part that names none.
pub fn orders(text: &str) -> Result<Vec<Order>, BadOrder> {
    let mut orders = Vec::new();
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let bad = || BadOrder(part.chars().take(80).collect());
        let mut words = part.split_whitespace();
        let by = match words.next().unwrap_or_default() {
            "id" => Some(SortKey::Id),
            "name" => Some(SortKey::Name),
            "title" | "title_string" => Some(SortKey::Title),
            "metadata_modified" => Some(SortKey::Modified),
            "metadata_created" => Some(SortKey::Created),
            "score" | "relevance" => None,
            _ => return Err(bad()),
        };
        let descending = match words.next().map(str::to_ascii_lowercase).as_deref() {
            None | Some("asc") => false,
            Some("desc") => true,
            Some(_) => return Err(bad()),
        };
        if words.next().is_some() {
            return Err(bad());
        }
        orders.extend(by.map(|by| Order { by, descending }));
    }
    if orders.is_empty() {
        orders.push(Order { by: SortKey::Modified, descending: true });
    }
    Ok(orders)
}

/// What packages can be counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum By {
    /// `organization`
    Organization,
    /// `groups`
    Group,
    /// `tags`
    Tag,
    /// `res_format`
    Format,
    /// `license_id`
    Licence,
}

impl By {
    /// All of them.
    pub const ALL: [By; 5] = [By::Organization, By::Group, By::Tag, By::Format, By::Licence];

    /// The name of the facet.
    pub fn as_str(self) -> &'static str {
        match self {
            By::Organization => "organization",
            By::Group => "groups",
            By::Tag => "tags",
            By::Format => "res_format",
            By::Licence => "license_id",
        }
    }
}

impl FromStr for By {
    type Err = BadFacet;

    fn from_str(text: &str) -> Result<By, BadFacet> {
        By::ALL.into_iter().find(|by| by.as_str() == text).ok_or(BadFacet)
    }
}

/// The text names nothing that packages can be counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a facet: organization, groups, tags, res_format or license_id")]
pub struct BadFacet;

/// Which resources, in which order, from where on.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ResourceQuery {
    /// What must be true of them, all of it.
    pub terms: Vec<ResourceTerm>,
    /// By what they are sorted; by name of the package and form otherwise.
    pub order: Option<ResourceKey>,
    /// How many are passed over.
    pub offset: u64,
    /// How many at most; [`ROWS_MAX`] whatever is said.
    pub limit: u32,
}

/// What must be true of a resource.
#[derive(Debug, Clone, PartialEq)]
pub enum ResourceTerm {
    /// Its name, which begins with the title of its package, fits.
    Name(Pattern),
    /// Its address fits.
    Url(Pattern),
    /// It is in one of these forms.
    Format(Vec<Format>),
    /// Its hash begins so.
    Hash(String),
}

/// What resources can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResourceKey {
    /// `name`
    Name,
    /// `format`
    Format,
    /// `size`
    Size,
    /// `last_modified`
    Modified,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(text: &str, expected: &[(SortKey, bool)]) {
        let expected = expected.iter().map(|&(by, descending)| Order { by, descending }).collect();
        assert_eq!(orders(text), Ok(expected), "{text:?}");
    }

    #[test]
    fn orders_are_read_as_clients_send_them() {
        reads("id asc", &[(SortKey::Id, false)]);
        reads("score desc, metadata_modified desc", &[(SortKey::Modified, true)]);
        reads("title_string ASC,name", &[(SortKey::Title, false), (SortKey::Name, false)]);
        reads("metadata_created DESC", &[(SortKey::Created, true)]);
    }

    #[test]
    fn without_an_order_the_latest_change_comes_first() {
        reads("", &[(SortKey::Modified, true)]);
        reads("score desc", &[(SortKey::Modified, true)]);
    }

    #[test]
    fn what_is_no_order_is_refused() {
        for text in ["views_recent desc", "name up", "name asc desc", "name asc, ; drop table"] {
            assert!(orders(text).is_err(), "{text}");
        }
    }
}
