//! A canonical file made ready to be a table of the database: what its columns hold, and each row as it is kept.
//!
//! A file is read twice: the first reading ([`survey`]) settles what every column is, so that the second
//! ([`prepare`]) writes rows of known types. Tables, indexes and transactions are [`crate::store`]'s business.

mod prepared;
mod subject;
mod survey;

use serde::{Deserialize, Serialize};

use crate::asking::place::EARTH_RADIUS;
use crate::asking::{Bbox, ColumnKind, Columns, Point, Scalar};

pub(crate) use self::prepared::{Prepared, prepare};
pub use self::subject::Subject;
pub(crate) use self::subject::{EDITION, Origin, Source};
pub(crate) use self::survey::survey;

/// Columns that are columns of the table, too: those beyond are given and cannot be asked about.
///
/// A row of PostgreSQL has to fit a page of 8 kB, where each of its texts takes up to 18 bytes.
pub(crate) const COLUMNS_MAX: usize = crate::asking::bounds::COLUMNS_MAX;

/// What is known of a table of rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Shape {
    /// The names of all columns of the file.
    pub names: Vec<String>,
    /// What the values of each are.
    pub kinds: Vec<ColumnKind>,
    /// What there is in each.
    pub facts: Vec<FieldFacts>,
    /// How many rows there are.
    pub rows: u64,
    /// How a row is named.
    pub keyed: Keyed,
    /// Which columns its coordinates stand in: latitude, longitude.
    pub places: Option<(usize, usize)>,
    /// Where how many rows are.
    pub spread: Option<Spread>,
}

/// How a row is named, and where the name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Keyed {
    /// By its number: there is no key.
    Number,
    /// By the text of one column.
    Column(usize),
    /// By several cells together, in a column of their own.
    Joined,
}

/// What there is in one column.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FieldFacts {
    /// Rows in which it is blank.
    pub blank: u64,
    /// How many different values there are; it is not counted of a column that cannot be asked about.
    pub distinct: Option<u64>,
    /// The least value.
    pub least: Option<Scalar>,
    /// The greatest value.
    pub greatest: Option<Scalar>,
    /// The length of the longest cell in bytes.
    pub(crate) bytes_max: usize,
    /// The length of all cells together in bytes.
    pub(crate) bytes: u64,
}

impl FieldFacts {
    /// Whether every cell that is not blank says the same.
    pub(crate) fn is_constant(&self) -> bool {
        self.least == self.greatest
    }
}

/// How many rows are in each field of a grid over all of them: to guess how many a box holds before they are looked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Spread {
    /// The least box around all rows.
    pub bounds: Bbox,
    /// Rows in each field, from the south-west eastwards and then northwards.
    pub fields: Vec<u32>,
}

/// Fields along each side of the grid.
const SIDE: usize = 32;

impl Spread {
    fn over(bounds: Bbox) -> Spread {
        Spread { bounds, fields: vec![0; SIDE * SIDE] }
    }

    fn add(&mut self, point: Point) {
        let place = self.row(point.latitude) * SIDE + self.column(point.longitude);
        if let Some(rows) = self.fields.get_mut(place) {
            *rows += 1;
        }
    }

    /// No fewer rows than are in the box `west`, `south`, `east`, `north`.
    pub(crate) fn at_most(&self, bbox: Bbox) -> u64 {
        let across = match bbox.crosses() {
            true => 0..=SIDE - 1,
            false => self.column(bbox.west)..=self.column(bbox.east),
        };
        let rows = (self.row(bbox.south)..=self.row(bbox.north)).flat_map(|row| {
            let across = across.clone();
            across.filter_map(move |column| self.fields.get(row * SIDE + column))
        });
        rows.map(|rows| u64::from(*rows)).sum()
    }

    fn row(&self, latitude: f64) -> usize {
        step(latitude, self.bounds.south, self.bounds.north)
    }

    fn column(&self, longitude: f64) -> usize {
        step(longitude, self.bounds.west, self.bounds.east)
    }
}

/// Which of the fields between `from` and `to` holds `value`; the outermost where it is beyond them.
fn step(value: f64, from: f64, to: f64) -> usize {
    let share = (value - from) / (to - from);
    // A cast of a float ends at the bounds of its type, and makes 0 of what is no number.
    ((share * SIDE as f64) as usize).min(SIDE - 1)
}

impl Shape {
    /// The columns that are columns of the table.
    pub(crate) fn asked(&self) -> usize {
        self.kinds.len().min(COLUMNS_MAX)
    }

    /// As they can be asked about.
    pub(crate) fn columns(&self, schema: Option<&ingestion::Schema>) -> Columns {
        Columns::of(&self.names, schema, &self.kinds)
    }
}

/// A point on the ball of radius 1 from its middle: between two such points the way is the longer the longer the
/// straight line is, so that distances compare without sines.
pub(crate) fn on_ball(point: Point) -> [f64; 3] {
    let (sin, cos) = point.latitude.to_radians().sin_cos();
    let (sine, cosine) = point.longitude.to_radians().sin_cos();
    [cos * cosine, cos * sine, sin]
}

/// The square of the straight line that goes with `metres` along the Earth.
pub(crate) fn straight(metres: f64) -> f64 {
    let half = (metres / EARTH_RADIUS / 2.0).min(std::f64::consts::FRAC_PI_2).sin();
    4.0 * half * half
}

#[cfg(test)]
mod tests;
