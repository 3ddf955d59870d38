//! `field=value`: the field has this value. The same field several times: any of the values. No value: the cell is blank.

use super::bounds::VALUES_MAX;
use super::build::Builder;
use super::columns::{Columns, Scalar};
use super::filter::{Comparison, Filter};
use super::misread::{Much, Why};

/// What is true of rows whose column at `column` has any of `values`, written as its cells are.
///
/// # Errors
/// Why a value is none that the column could have.
pub fn equals(columns: &Columns, column: usize, values: &[String]) -> Result<Filter, Why> {
    if values.len() > VALUES_MAX {
        return Err(Why::TooMuch { what: Much::Values, max: VALUES_MAX });
    }
    let builder = Builder::of(columns);
    let written = values.iter().filter(|value| !value.is_empty());
    let mut scalars: Vec<Scalar> =
        written.map(|value| builder.plain(column, value)).collect::<Result<_, _>>()?;
    let mut any = Vec::new();
    if scalars.len() < values.len() {
        any.push(Filter::IsNull { column });
    }
    if scalars.len() > 1 {
        any.push(Filter::In { column, values: scalars });
    } else if let Some(value) = scalars.pop() {
        any.push(Filter::Compare { column, with: Comparison::Equal, value });
    }
    Ok(match any.len() {
        1 => any.pop().unwrap_or(Filter::ANYTHING),
        _ => Filter::Any(any),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asking::columns::ColumnKind;
    use crate::asking::testing::columns;

    #[track_caller]
    fn reads(name: &str, values: &[&str], expected: Result<Filter, Why>) {
        let columns = columns();
        let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
        let column = columns.find(name).unwrap_or_default();
        assert_eq!(equals(&columns, column, &values), expected, "{name}={values:?}");
    }

    fn text(column: usize, value: &str) -> Filter {
        Filter::Compare { column, with: Comparison::Equal, value: Scalar::Text(value.to_owned()) }
    }

    #[test]
    fn a_value_is_of_its_columns_kind() {
        reads("名称", &["12"], Ok(text(0, "12")));
        let twelve = Filter::Compare { column: 1, with: Comparison::Equal, value: Scalar::Integer(12) };
        reads("階数", &["12"], Ok(twelve));
        reads("開始日", &["2026-11-26"], Ok(text(3, "2026-11-26")));
        reads("開始時刻", &["09:00:00"], Ok(text(4, "09:00")));
    }

    #[test]
    fn several_values_are_any_of_them() {
        let values = vec![Scalar::Integer(1), Scalar::Integer(2)];
        reads("階数", &["1", "2"], Ok(Filter::In { column: 1, values }));
    }

    #[test]
    fn no_value_is_a_blank_cell() {
        reads("名称", &[""], Ok(Filter::IsNull { column: 0 }));
        reads("名称", &["", "a"], Ok(Filter::Any(vec![Filter::IsNull { column: 0 }, text(0, "a")])));
    }

    #[test]
    fn what_the_column_cannot_have_is_refused() {
        let other =
            Why::OtherKind { field: "階数".to_owned(), kind: ColumnKind::Integer, value: "二".to_owned() };
        reads("階数", &["1", "二"], Err(other));
    }
}
