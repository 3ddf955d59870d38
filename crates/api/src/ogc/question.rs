//! What the parameters of a collection of features ask of its rows.

use std::fmt;
use std::str::FromStr;

use catalog::CatalogError;
use catalog::asking::{Ask, Columns, Filter, Region, Times};
use catalog::query::BadCursor;
use catalog::records::Rows;

use crate::ogc::classes::CRS84;
use crate::ogc::datetime;
use crate::ogc::query::{FeaturesQuery, Given, limit};
use crate::problem::Problem;
use crate::rows::question::{Language, after, digest, edges, fields, filter};

/// Features on a page, unless told otherwise.
pub const FEATURES_DEFAULT: u32 = 100;

/// Features on a page of JSON at most, and on one for people.
pub const FEATURES_MAX: u32 = 10_000;
/// See [`FEATURES_MAX`].
pub const FEATURES_SHOWN_MAX: u32 = 1_000;

/// What is asked of the rows of a collection.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Which rows.
    pub ask: Ask,
    /// What a cursor of the list has to be of.
    pub list: u64,
}

/// Where a page of features begins, and in which revision: whoever walks from page to page sees one state of the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageCursor {
    /// The revision's number.
    pub revision: u32,
    /// The place in its list.
    pub place: String,
}

impl fmt::Display for PageCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.revision, self.place)
    }
}

impl FromStr for PageCursor {
    type Err = BadCursor;

    fn from_str(text: &str) -> Result<PageCursor, BadCursor> {
        let (revision, place) = text.split_once('-').ok_or(BadCursor)?;
        let is_number = revision.bytes().all(|byte| byte.is_ascii_digit()) && !revision.starts_with('0');
        let revision = revision.parse().map_err(|_| BadCursor)?;
        if is_number { Ok(PageCursor { revision, place: place.to_owned() }) } else { Err(BadCursor) }
    }
}

impl Question {
    /// What `given` asks of `rows`; the page begins at `cursor` and has `max` features at most.
    ///
    /// # Errors
    /// The problem with the first parameter that does not read.
    pub fn read(
        given: &Given,
        rows: &Rows,
        cursor: Option<&PageCursor>,
        max: u32,
    ) -> Result<Question, Problem> {
        let columns = rows.columns();
        reference_systems(given)?;
        let mut filter = fields(&given.properties, &FeaturesQuery::PARAMETERS, columns)?;
        if let Some(condition) = condition(given, columns)? {
            filter = filter.and(condition);
        }
        if let Some(text) = given.get("bbox") {
            filter = filter.and(around(text, rows)?);
        }
        if let Some(text) = given.get("datetime") {
            let days = datetime::read(text)?;
            filter = filter.and(Times::of(columns).map_or(Filter::ANYTHING, |times| times.within(days)));
        }
        let limit = limit(given.get("limit"), FEATURES_DEFAULT, max)?;
        let mut ask = Ask { filter, limit: Some(limit), wants_total: true, ..Ask::default() };
        let of = format!("{} {}", rows.dataset().slug, rows.revision().number);
        let list = digest(&of, &ask);
        ask.after = cursor.map(|cursor| after(&cursor.place, list)).transpose()?;
        Ok(Question { ask, list })
    }
}

/// The cursor that `given` has.
///
/// # Errors
/// When it is none.
pub fn cursor(given: &Given) -> Result<Option<PageCursor>, Problem> {
    let cursor = given.get("cursor").map(PageCursor::from_str).transpose();
    cursor.map_err(|why| CatalogError::BadCursor(why).into())
}

/// The condition that `filter` is, if there is one.
///
/// # Errors
/// Where it stops to read, and why; when its language is not known.
pub fn condition(given: &Given, columns: &Columns) -> Result<Option<Filter>, Problem> {
    let language = Language::read(given.get("filter-lang"))?;
    given.get("filter").map(|text| filter(text, language, columns)).transpose()
}

/// Refuses every reference system but the one there is.
///
/// Rule: OGC 18-058r1, /req/crs/fc-bbox-crs-valid-value and fc-crs-valid-value.
///
/// # Errors
/// When another is wanted.
pub fn reference_systems(given: &Given) -> Result<(), Problem> {
    let other = ["crs", "bbox-crs", "filter-crs"]
        .into_iter()
        .find(|name| given.get(name).is_some_and(|crs| crs != CRS84));
    match other {
        None => Ok(()),
        Some(name) => Err(Problem::bad_parameter(
            name,
            format_args!("使える座標参照系は {CRS84} だけです。"),
            format_args!("the only reference system is {CRS84}"),
        )),
    }
}

/// Rows in the box `text`, and those without coordinates.
///
/// Rule: OGC 17-069r4, /req/core/fc-bbox-response.
fn around(text: &str, rows: &Rows) -> Result<Filter, Problem> {
    let columns = rows.columns();
    let bbox = Filter::Intersects(Region::Box(edges(text, columns)?));
    let has_blanks = |column: &usize| rows.facts().get(*column).is_some_and(|facts| facts.blank > 0);
    let places = columns.places().map(|places| [places.latitude, places.longitude]);
    let blank = places.into_iter().flatten().filter(has_blanks).map(|column| Filter::IsNull { column });
    let mut any: Vec<Filter> = [bbox].into_iter().chain(blank).collect();
    Ok(match any.len() {
        1 => any.pop().unwrap_or(Filter::ANYTHING),
        _ => Filter::Any(any),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_names_its_revision() {
        let cursor = PageCursor { revision: 3, place: "00ff".to_owned() };
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
        for text in ["", "-", "3", "0-00ff", "-3-00ff", "+3-00ff", "03-00ff", "99999999999-00ff"] {
            assert_eq!(text.parse::<PageCursor>(), Err(BadCursor), "{text}");
        }
    }
}
