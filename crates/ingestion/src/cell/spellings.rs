//! What offices write for a value of a list: the versioned table `tables/spellings.toml`.
//!
//! Which field has which values is its schema's business; that a spelling becomes a repair is `cell`'s.

use std::sync::LazyLock;

use serde::Deserialize;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    toml::from_str(include_str!("../../tables/spellings.toml")).expect("a test reads the table")
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[expect(dead_code, reason = "for whoever reads the table")]
    edition: String,
    spelling: Vec<Spelling>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Spelling {
    /// The list in which it counts, in any order.
    values: Vec<String>,
    /// What is meant.
    value: String,
    /// What is written.
    written: Vec<String>,
}

/// The one of `values` that is meant by `written` (half-width, without blanks).
pub(crate) fn meant(written: &str, values: &[String]) -> Option<&'static str> {
    let same_list = |spelling: &&Spelling| {
        spelling.values.len() == values.len() && spelling.values.iter().all(|value| values.contains(value))
    };
    let meant = TABLE.spelling.iter().filter(same_list);
    meant
        .filter(|spelling| spelling.written.iter().any(|text| text == written))
        .map(|it| it.value.as_str())
        .next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_means_one_value_of_its_list() {
        for spelling in &TABLE.spelling {
            assert!(spelling.values.contains(&spelling.value), "{}", spelling.value);
            for written in &spelling.written {
                assert!(!spelling.values.contains(written), "{written} is a value itself");
                assert_eq!(meant(written, &spelling.values), Some(spelling.value.as_str()), "{written}");
            }
        }
    }
}
