//! A filter that has been read: columns are places, values are of their columns' kinds.
//!
//! Reading one is [`super::text`]'s, [`super::json`]'s and [`super::simple`]'s business; whether a row passes is
//! [`super::holds`]'. It follows SQL in what is null: a comparison with a blank cell is neither true nor false, and a row
//! passes only what is true of it.

use super::columns::Scalar;
use super::pattern::Pattern;
use super::place::{Point, Region};

/// What has to be true of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    /// All of these; of none, it is true.
    All(Vec<Filter>),
    /// Any of these; of none, it is false.
    Any(Vec<Filter>),
    /// Not this.
    Not(Box<Filter>),
    /// The column's value compared with one of its kind.
    Compare {
        /// The column's place.
        column: usize,
        /// How.
        with: Comparison,
        /// With what.
        value: Scalar,
    },
    /// The column's value is one of these, of which there is at least one.
    In {
        /// The column's place.
        column: usize,
        /// Values of its kind.
        values: Vec<Scalar>,
    },
    /// The column's value is none below the first and none above the second.
    Between {
        /// The column's place.
        column: usize,
        /// The least it may be.
        low: Scalar,
        /// The greatest it may be.
        high: Scalar,
    },
    /// The text of the column, which is one of texts, fits the pattern.
    Like {
        /// The column's place.
        column: usize,
        /// The pattern.
        pattern: Pattern,
    },
    /// The cell is blank. Never null itself.
    IsNull {
        /// The column's place.
        column: usize,
    },
    /// The row's point is in the region or on its edge; null where the row has no coordinates.
    Intersects(Region),
    /// The row's point is at most so far from another; null where the row has no coordinates.
    Within {
        /// From where.
        of: Point,
        /// How far, along the Earth ([`Point::metres_to`]).
        metres: f64,
    },
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `<>`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

impl Filter {
    /// What is true of every row.
    pub const ANYTHING: Filter = Filter::All(Vec::new());

    /// Whether it is plainly true of every row.
    pub fn is_anything(&self) -> bool {
        matches!(self, Filter::All(parts) if parts.iter().all(Filter::is_anything))
    }

    /// Both this and `other`.
    #[must_use]
    pub fn and(self, other: Filter) -> Filter {
        match (self, other) {
            (one, other) if one.is_anything() => other,
            (one, other) if other.is_anything() => one,
            (Filter::All(mut parts), other) => {
                parts.push(other);
                Filter::All(parts)
            }
            (one, other) => Filter::All(vec![one, other]),
        }
    }
}

impl Comparison {
    /// All of them.
    pub const ALL: [Comparison; 6] = [
        Comparison::Equal,
        Comparison::NotEqual,
        Comparison::Less,
        Comparison::AtMost,
        Comparison::Greater,
        Comparison::AtLeast,
    ];

    /// Its sign in CQL2 and in SQL.
    pub fn sign(self) -> &'static str {
        match self {
            Comparison::Equal => "=",
            Comparison::NotEqual => "<>",
            Comparison::Less => "<",
            Comparison::AtMost => "<=",
            Comparison::Greater => ">",
            Comparison::AtLeast => ">=",
        }
    }

    /// The comparison that `sign` stands for.
    pub fn of_sign(sign: &str) -> Option<Comparison> {
        Comparison::ALL.into_iter().find(|comparison| comparison.sign() == sign)
    }
}
