//! Puts conditions together, whichever way they were written: every value becomes one of its column's kind, everything
//! is counted against its bound. Where something stands is the reader's business; here is only why it does not do.

use super::bounds::{DEPTH_MAX, NODES_MAX, PATTERN_LETTERS_MAX, POINTS_MAX, RADIUS_MAX, VALUES_MAX};
use super::columns::{Column, ColumnKind, Columns, Scalar, is_day, time};
use super::filter::{Comparison, Filter};
use super::misread::{Much, NotTaken, Wanted, Why, short};
use super::pattern::Pattern;
use super::place::{Bbox, Point, Polygon, Region};

/// A value as it was written.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Written {
    /// A number, in the letters that were written.
    Number(String),
    /// A text.
    Text(String),
    /// `DATE('…')`
    Day(String),
    /// `TIMESTAMP('…')`
    Moment,
    /// `TRUE` or `FALSE`
    Truth(bool),
    /// `NULL`
    Null,
}

/// Puts conditions on `columns` together, and counts.
#[derive(Debug)]
pub(super) struct Builder<'c> {
    columns: &'c Columns,
    nodes: usize,
    points: usize,
}

impl<'c> Builder<'c> {
    pub(super) fn of(columns: &'c Columns) -> Builder<'c> {
        Builder { columns, nodes: 0, points: 0 }
    }

    /// Counts one condition more, at a `depth` of nested ones.
    pub(super) fn count(&mut self, depth: usize) -> Result<(), Why> {
        self.nodes += 1;
        if depth > DEPTH_MAX {
            return Err(Why::TooMuch { what: Much::Depth, max: DEPTH_MAX });
        }
        if self.nodes > NODES_MAX {
            return Err(Why::TooMuch { what: Much::Nodes, max: NODES_MAX });
        }
        Ok(())
    }

    /// Where the column `name` stands.
    pub(super) fn column(&self, name: &str) -> Result<usize, Why> {
        self.columns.asked(name)
    }

    pub(super) fn compare(&self, column: usize, with: Comparison, value: &Written) -> Result<Filter, Why> {
        let (with, value) = match self.scalar(column, value) {
            Ok(value) => (with, value),
            Err(why) => self.rounded(column, with, value).ok_or(why)?,
        };
        Ok(Filter::Compare { column, with, value })
    }

    pub(super) fn is_among(&self, column: usize, values: Vec<Scalar>) -> Filter {
        Filter::In { column, values }
    }

    /// The next value of an `in` that has `taken` so many already.
    pub(super) fn one_more(&self, taken: usize, column: usize, value: &Written) -> Result<Scalar, Why> {
        if taken >= VALUES_MAX {
            return Err(Why::TooMuch { what: Much::Values, max: VALUES_MAX });
        }
        self.scalar(column, value)
    }

    /// One end of a `between`: that of a column of integers may have a fraction.
    pub(super) fn end(&self, column: usize, with: Comparison, value: &Written) -> Result<Scalar, Why> {
        match self.scalar(column, value) {
            Ok(value) => Ok(value),
            Err(why) => self.rounded(column, with, value).map(|(_, value)| value).ok_or(why),
        }
    }

    pub(super) fn like(&self, column: usize, pattern: &str) -> Result<Filter, Why> {
        let Column { name, kind, .. } = self.named(column)?;
        if *kind != ColumnKind::Text {
            return Err(Why::NotOfKind { field: name.clone(), kind: *kind, what: "like".to_owned() });
        }
        if pattern.chars().count() > PATTERN_LETTERS_MAX {
            return Err(Why::TooMuch { what: Much::PatternLetters, max: PATTERN_LETTERS_MAX });
        }
        if pattern.contains('\0') {
            return Err(Why::Nul);
        }
        Ok(Filter::Like { column, pattern: Pattern::of(pattern) })
    }

    /// Whether `name` asks for the place of a row.
    pub(super) fn geometry(&self, name: &str) -> Result<(), Why> {
        if name != GEOMETRY {
            return Err(Why::NoGeometry);
        }
        self.columns.places().map(|_| ()).ok_or(Why::NoPlaces)
    }

    /// Whether a row has no place, which `name` asks for.
    pub(super) fn nowhere(&self, name: &str) -> Result<Filter, Why> {
        self.geometry(name)?;
        let places = self.columns.places().ok_or(Why::NoPlaces)?;
        let blank = [places.latitude, places.longitude].map(|column| Filter::IsNull { column });
        Ok(Filter::Any(blank.to_vec()))
    }

    pub(super) fn point(&mut self, longitude: f64, latitude: f64) -> Result<Point, Why> {
        self.points += 1;
        if self.points > POINTS_MAX {
            return Err(Why::TooMuch { what: Much::Points, max: POINTS_MAX });
        }
        Point::of(longitude, latitude).ok_or(Why::NoPoint)
    }

    /// The box of four edges (west, south, east, north), or of six numbers with heights, which are passed over.
    pub(super) fn bbox(&self, edges: &[f64]) -> Result<Region, Why> {
        let (west, south, east, north) = match *edges {
            [west, south, east, north] | [west, south, _, east, north, _] => (west, south, east, north),
            _ => return Err(Why::Wanted { wanted: Wanted::Number, found: None }),
        };
        let corners = Point::of(west, south).zip(Point::of(east, north));
        corners.ok_or(Why::NoPoint)?;
        Bbox::of(west, south, east, north).map(Region::Box).ok_or(Why::NoBox)
    }

    pub(super) fn polygon(&self, rings: Vec<Vec<Point>>) -> Result<Polygon, Why> {
        let is_ring = |ring: &Vec<Point>| ring.len() >= 4 && ring.first() == ring.last();
        if rings.is_empty() || !rings.iter().all(is_ring) {
            return Err(Why::NoRing);
        }
        Ok(Polygon { rings })
    }

    pub(super) fn within(&self, of: Point, metres: f64) -> Result<Filter, Why> {
        if !(0.0..=RADIUS_MAX).contains(&metres) {
            return Err(Why::NoDistance);
        }
        Ok(Filter::Within { of, metres })
    }

    /// `value` as one of the column's kind.
    fn scalar(&self, column: usize, value: &Written) -> Result<Scalar, Why> {
        let Column { name, kind, .. } = self.named(column)?;
        let read = match (kind, value) {
            (_, Written::Moment) => return Err(Why::NotTaken(NotTaken::Moments)),
            (_, Written::Null) => return Err(Why::NotTaken(NotTaken::Null)),
            (_, Written::Text(text)) if text.contains('\0') => return Err(Why::Nul),
            (ColumnKind::Text, Written::Text(text)) => Some(Scalar::Text(text.clone())),
            (ColumnKind::Date, Written::Text(text) | Written::Day(text)) => {
                is_day(text).then(|| Scalar::Text(text.clone()))
            }
            (ColumnKind::Time, Written::Text(text)) => time(text).map(|text| Scalar::Text(text.to_owned())),
            (ColumnKind::Integer, Written::Number(digits)) => whole(digits).map(Scalar::Integer),
            (ColumnKind::Number, Written::Number(digits)) => finite(digits).map(Scalar::Number),
            _ => None,
        };
        read.ok_or_else(|| Why::OtherKind { field: name.clone(), kind: *kind, value: value.shown() })
    }

    /// Whole numbers compared with one that is not whole: the same with the nearest whole one that does.
    fn rounded(&self, column: usize, with: Comparison, value: &Written) -> Option<(Comparison, Scalar)> {
        let is_whole = self.columns.get(column)?.kind == ColumnKind::Integer;
        let Written::Number(digits) = value else { return None };
        let number = finite(digits).filter(|_| is_whole)?;
        let (with, number) = match with {
            Comparison::Less | Comparison::AtMost => (Comparison::AtMost, number.floor()),
            Comparison::Greater | Comparison::AtLeast => (Comparison::AtLeast, number.ceil()),
            Comparison::Equal | Comparison::NotEqual => return None,
        };
        (number.abs() < WHOLE_MAX).then_some((with, Scalar::Integer(number as i64)))
    }

    fn named(&self, column: usize) -> Result<&'c Column, Why> {
        self.columns.get(column).ok_or_else(|| Why::NoField { name: String::new(), near: Vec::new() })
    }

    /// The value that `text` is in a column, as it stands beside a `=` in an address: written as its cells are.
    pub(super) fn plain(&self, column: usize, text: &str) -> Result<Scalar, Why> {
        let written = match self.named(column)?.kind {
            ColumnKind::Integer | ColumnKind::Number => Written::Number(text.to_owned()),
            ColumnKind::Text | ColumnKind::Date | ColumnKind::Time => Written::Text(text.to_owned()),
        };
        self.scalar(column, &written)
    }
}

/// The name by which the place of a row is asked for.
pub const GEOMETRY: &str = "geometry";

/// Up to here doubles are whole numbers without a gap.
const WHOLE_MAX: f64 = 9_007_199_254_740_992.0;

impl Written {
    /// As it may stand in a message.
    fn shown(&self) -> String {
        match self {
            Written::Number(text) | Written::Text(text) | Written::Day(text) => short(text),
            Written::Moment => "TIMESTAMP".to_owned(),
            Written::Truth(truth) => truth.to_string(),
            Written::Null => "null".to_owned(),
        }
    }
}

/// A number as CQL2 and JSON write it; `None` where it is none, or too large for a double.
pub(super) fn finite(digits: &str) -> Option<f64> {
    let unsigned = digits.strip_prefix(['+', '-']).unwrap_or(digits);
    let is_number = unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.');
    digits.parse().ok().filter(|number: &f64| is_number && number.is_finite())
}

/// A whole number, `5`, `+5`, `5.0` or `5e0`.
fn whole(digits: &str) -> Option<i64> {
    digits.parse().ok().or_else(|| {
        let number = finite(digits)?;
        (number.fract() == 0.0 && number.abs() < WHOLE_MAX).then_some(number as i64)
    })
}
