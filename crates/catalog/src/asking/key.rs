//! What a row is called in addresses: `…/records/{key}`.
//!
//! The cells of the schema's key, a comma between several; a comma or backslash within a cell has a backslash before it. Where
//! the schema has no key it is the row's number, from 1; where a cell of the key is blank, the number with an `@` before it.

use std::borrow::Cow;

/// The name of row `number`, whose key cells are `cells`: none where there is no key.
pub fn of<'a>(cells: impl IntoIterator<Item = &'a str>, number: u64) -> String {
    let mut parts: Vec<Cow<'a, str>> = Vec::new();
    for cell in cells {
        if cell.trim().is_empty() {
            return format!("@{number}");
        }
        parts.push(Cow::Borrowed(cell));
    }
    match parts.as_slice() {
        [] => number.to_string(),
        [alone] => alone.clone().into_owned(),
        several => several.iter().map(|part| escaped(part)).collect::<Vec<_>>().join(","),
    }
}

fn escaped(part: &str) -> String {
    part.replace('\\', "\\\\").replace(',', "\\,")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn is_called(cells: &[&str], name: &str) {
        assert_eq!(of(cells.iter().copied(), 7), name);
    }

    #[test]
    fn a_row_is_called_by_its_key() {
        is_called(&["LL042021000001"], "LL042021000001");
        is_called(&["042021", "A,1"], r"042021,A\,1");
        is_called(&["A,1"], "A,1");
    }

    #[test]
    fn a_row_without_a_key_is_called_by_its_number() {
        is_called(&[], "7");
        is_called(&[""], "@7");
        is_called(&["042021", "　"], "@7");
    }
}
