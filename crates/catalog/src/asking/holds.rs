//! Whether a filter is true of a row: the plain answer, which the database has to come to as well.

use std::cmp::Ordering;

use super::columns::Scalar;
use super::filter::{Comparison, Filter};
use super::place::Point;

/// A row as filters see it.
#[derive(Debug, Clone, Copy)]
pub struct TypedRow<'a> {
    /// The value of each column, of its kind; `None` where the cell is blank.
    pub values: &'a [Option<Scalar>],
    /// Where it is, if it says so.
    pub point: Option<Point>,
}

impl Filter {
    /// Whether it is true of `row`; `None` where SQL says null.
    pub fn truth(&self, row: TypedRow<'_>) -> Option<bool> {
        let value = |column: usize| row.values.get(column).and_then(Option::as_ref);
        match self {
            Filter::All(parts) => all(parts.iter().map(|part| part.truth(row))),
            Filter::Any(parts) => {
                all(parts.iter().map(|part| part.truth(row).map(|truth| !truth))).map(|none| !none)
            }
            Filter::Not(part) => part.truth(row).map(|truth| !truth),
            Filter::Compare { column, with, value: other } => {
                value(*column)?.order(other).map(|order| with.fits(order))
            }
            Filter::In { column, values } => {
                let value = value(*column)?;
                Some(values.iter().any(|other| value.order(other) == Some(Ordering::Equal)))
            }
            Filter::Between { column, low, high } => {
                let value = value(*column)?;
                Some(value.order(low)?.is_ge() && value.order(high)?.is_le())
            }
            Filter::Like { column, pattern } => match value(*column)? {
                Scalar::Text(text) => Some(pattern.holds(text)),
                Scalar::Integer(_) | Scalar::Number(_) => None,
            },
            Filter::IsNull { column } => Some(value(*column).is_none()),
            Filter::Intersects(region) => Some(region.holds(row.point?)),
            Filter::Within { of, metres } => Some(of.metres_to(row.point?) <= *metres),
        }
    }

    /// Whether `row` passes.
    pub fn passes(&self, row: TypedRow<'_>) -> bool {
        self.truth(row) == Some(true)
    }
}

impl Comparison {
    /// Whether a value that is `order` to another compares so with it.
    pub fn fits(self, order: Ordering) -> bool {
        match self {
            Comparison::Equal => order.is_eq(),
            Comparison::NotEqual => order.is_ne(),
            Comparison::Less => order.is_lt(),
            Comparison::AtMost => order.is_le(),
            Comparison::Greater => order.is_gt(),
            Comparison::AtLeast => order.is_ge(),
        }
    }
}

/// `and` of SQL: false where one is, else null where one is, else true.
fn all(truths: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut all = Some(true);
    for truth in truths {
        match truth {
            Some(false) => return Some(false),
            Some(true) => {}
            None => all = None,
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(with: Comparison, value: f64) -> Filter {
        Filter::Compare { column: 0, with, value: Scalar::Number(value) }
    }

    #[track_caller]
    fn says(filter: Filter, cell: Option<f64>, expected: Option<bool>) {
        let values = [cell.map(Scalar::Number)];
        assert_eq!(
            filter.truth(TypedRow { values: &values, point: None }),
            expected,
            "{filter:?} of {cell:?}"
        );
    }

    #[test]
    fn a_blank_cell_is_neither_equal_nor_unequal() {
        says(number(Comparison::Equal, 1.0), None, None);
        says(number(Comparison::NotEqual, 1.0), None, None);
        says(Filter::Not(Box::new(number(Comparison::Equal, 1.0))), None, None);
        says(Filter::IsNull { column: 0 }, None, Some(true));
    }

    #[test]
    fn null_gives_way_to_what_decides() {
        let null = number(Comparison::Equal, 1.0);
        says(Filter::Any(vec![null.clone(), Filter::IsNull { column: 0 }]), None, Some(true));
        says(Filter::All(vec![null.clone(), Filter::Any(vec![])]), None, Some(false));
        says(Filter::All(vec![null.clone(), Filter::ANYTHING]), None, None);
        says(Filter::Any(vec![null, Filter::Any(vec![])]), None, None);
    }

    #[test]
    fn each_comparison_is_its_sign() {
        for (with, below, same, above) in [
            (Comparison::Equal, false, true, false),
            (Comparison::NotEqual, true, false, true),
            (Comparison::Less, true, false, false),
            (Comparison::AtMost, true, true, false),
            (Comparison::Greater, false, false, true),
            (Comparison::AtLeast, false, true, true),
        ] {
            says(number(with, 1.0), Some(0.5), Some(below));
            says(number(with, 1.0), Some(1.0), Some(same));
            says(number(with, 1.0), Some(1.5), Some(above));
        }
    }

    #[test]
    fn a_row_without_coordinates_is_nowhere() {
        let near = Filter::Within { of: Point { longitude: 141.3, latitude: 38.4 }, metres: 100.0 };
        says(near.clone(), Some(1.0), None);
        let row = TypedRow { values: &[], point: Some(Point { longitude: 141.3, latitude: 38.4 }) };
        assert!(near.passes(row));
    }
}
