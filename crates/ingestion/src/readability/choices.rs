//! The values of a column of choices: other spellings (L2-04) and その他 with its details (L2-05).
//!
//! A column counts as one of choices with 20 cells or more of 20 values or fewer; one with more values is let
//! go at once.

use unicode_normalization::UnicodeNormalization;

use super::breach::What;

/// A column has at most this many values, or is none of choices.
const VALUES_MAX: usize = 20;
/// A column has at least this many cells, or is none of choices.
const CELLS_MIN: u64 = 20;
/// A longer value is no choice, in bytes.
const VALUE_BYTES_MAX: usize = 200;

/// The values of one column so far.
#[derive(Debug, Default)]
pub(super) struct Choices {
    values: Vec<Choice>,
    /// The value of the last cell, which the next most likely repeats.
    last: usize,
}

#[derive(Debug)]
struct Choice {
    value: Box<[u8]>,
    cells: u64,
    first_row: u64,
}

impl Choices {
    /// Takes the next cell, without blanks around it. False when this is no column of choices.
    pub fn add(&mut self, cell: &[u8], row: u64) -> bool {
        let known = match self.values.get(self.last) {
            Some(choice) if *choice.value == *cell => Some(self.last),
            _ => self.values.iter().position(|choice| *choice.value == *cell),
        };
        if let Some(choice) = known.and_then(|index| self.values.get_mut(index)) {
            choice.cells += 1;
            self.last = known.unwrap_or(0);
            return true;
        }
        if self.values.len() == VALUES_MAX || cell.len() > VALUE_BYTES_MAX {
            return false;
        }
        self.last = self.values.len();
        self.values.push(Choice { value: cell.into(), cells: 1, first_row: row });
        true
    }

    /// The rows that have a value in another spelling or その他 with its details; `None` where the cells are too
    /// few for choices.
    pub fn finish(&self) -> Option<Vec<(u64, What)>> {
        let cells: u64 = self.values.iter().map(|choice| choice.cells).sum();
        if cells < CELLS_MIN {
            return None;
        }
        let values: Vec<(String, &Choice)> = self
            .values
            .iter()
            .map(|choice| (String::from_utf8_lossy(&choice.value).into_owned(), choice))
            .collect();
        let is_rare = |choice: &Choice| choice.cells <= 2 && choice.cells * 20 <= cells;
        let common: Vec<String> = values
            .iter()
            .filter(|(_, choice)| !is_rare(choice))
            .map(|(value, _)| normalised(value))
            .collect();
        let spellings = values
            .iter()
            .filter(|(value, choice)| {
                let rare = normalised(value);
                is_rare(choice) && common.iter().any(|common| are_alike(&rare, common))
            })
            .map(|(_, choice)| (choice.first_row, What::Spelling));
        let others: Vec<&Choice> =
            values.iter().filter(|(value, _)| value.contains("その他")).map(|(_, choice)| *choice).collect();
        let details = others
            .iter()
            .filter(|choice| others.len() > 1 && choice.cells < 3)
            .map(|choice| (choice.first_row, What::DetailOfOther));
        Some(spellings.chain(details).collect())
    }
}

/// NFKC, without what stands in brackets or behind a mark.
fn normalised(value: &str) -> String {
    let value: String = value.nfkc().collect();
    let mut before_is_blank = true;
    let end = value.char_indices().find(|(_, letter)| {
        let cuts =
            !before_is_blank && matches!(letter, '※' | '＊' | '*' | '＃' | '#' | '（' | '(' | '「' | '【');
        before_is_blank = letter.is_whitespace();
        cuts
    });
    let end = end.map_or(value.len(), |(end, _)| end);
    value.get(..end).unwrap_or_default().trim().to_owned()
}

/// Equal, or of two letters or more with a Ratcliff/Obershelp ratio of 0.75 or more.
fn are_alike(one: &str, other: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    one == other || (a.len() >= 2 && b.len() >= 2 && matches(&a, &b) * 2 * 4 >= (a.len() + b.len()) * 3)
}

/// The letters of the longest run in common, and of those to its left and to its right.
fn matches(a: &[char], b: &[char]) -> usize {
    let mut longest = (0, 0, 0);
    let mut before = vec![0; b.len() + 1];
    for (i, one) in a.iter().enumerate() {
        let mut runs = vec![0; b.len() + 1];
        for (j, other) in b.iter().enumerate() {
            let run = if one == other { before.get(j).map_or(1, |run| run + 1) } else { 0 };
            if let Some(here) = runs.get_mut(j + 1) {
                *here = run;
            }
            if run > longest.2 {
                longest = (i + 1 - run, j + 1 - run, run);
            }
        }
        before = runs;
    }
    let (i, j, run) = longest;
    if run == 0 {
        return 0;
    }
    let part = |text: &[char], from: usize, to: usize| text.get(from..to).unwrap_or_default().to_vec();
    run + matches(&part(a, 0, i), &part(b, 0, j))
        + matches(&part(a, i + run, a.len()), &part(b, j + run, b.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn finds(values: &[(&str, u64)], expected: Option<&[(u64, What)]>) {
        let mut choices = Choices::default();
        let mut row = 1;
        for (value, cells) in values {
            for _ in 0..*cells {
                row += 1;
                assert!(choices.add(value.as_bytes(), row), "{value}");
            }
        }
        assert_eq!(choices.finish().as_deref(), expected);
    }

    #[test]
    fn choices_of_one_spelling_each_are_good() {
        finds(&[("取組済", 30), ("未定", 20), ("取組予定", 50)], Some(&[]));
    }

    #[test]
    fn a_rare_spelling_of_a_common_choice_is_told_at_its_first_row() {
        finds(&[("取組済", 40), ("取組済み", 2), ("未定", 1)], Some(&[(42, What::Spelling)]));
        finds(&[("あり", 40), ("ｱﾘ", 1), ("あり（一部）", 1)], Some(&[(43, What::Spelling)]));
    }

    #[test]
    fn details_of_other_are_told_where_they_are_few() {
        finds(
            &[("済", 30), ("その他: 準備中", 1), ("その他: 別の課", 1)],
            Some(&[(32, What::DetailOfOther), (33, What::DetailOfOther)]),
        );
        finds(&[("済", 30), ("その他", 1)], Some(&[]));
    }

    #[test]
    fn a_column_of_few_cells_or_many_values_is_none_of_choices() {
        finds(&[("有", 10), ("無", 9)], None);
        let mut choices = Choices::default();
        assert!((0..20).all(|value| choices.add(value.to_string().as_bytes(), 2)));
        assert!(!choices.add(b"20", 2));
        assert!(!Choices::default().add(&[b'x'; 201], 2));
    }

    #[test]
    fn likeness_is_that_of_ratcliff_and_obershelp() {
        assert!(are_alike("取組予定", "取組み予定"));
        assert!(!are_alike("有", "有り"));
        assert!(!are_alike("未定", "予定"));
    }
}
