//! The questions of a file: one for each code and column, however many rows it is about.

use std::collections::BTreeMap;

use super::listing::Listing;
use crate::place::column_letter;
use crate::question::{QuestionCode, key};
use crate::report::Question;
use crate::sentence::{self, About, Detail};

/// Of one question, this many rows are listed.
const ROWS_MAX: usize = 100;
/// Of one question, this many words of what was seen are kept.
const WORDS_MAX: usize = 10;

/// What was asked so far, by code and column.
#[derive(Default)]
pub(super) struct Asked(BTreeMap<(QuestionCode, Option<u32>), Ask>);

#[derive(Default)]
struct Ask {
    name: Option<String>,
    rows: Vec<u64>,
    words: Vec<[String; 2]>,
}

/// A column, or the file, that somebody said must not be published as it is.
pub(super) struct Withheld {
    /// From 1.
    pub column: Option<u32>,
    pub name: Option<String>,
}

impl Asked {
    /// Asks about what `about` says: its column, its row, and in [`Detail::Words`] what was seen there.
    pub fn ask(&mut self, code: QuestionCode, about: &About<'_>) {
        let place = (code, about.column);
        let ask = self.0.entry(place).or_insert_with(|| Ask { name: name(about), ..Ask::default() });
        if let Some(row) = about.row
            && ask.rows.len() < ROWS_MAX
            && ask.rows.last() != Some(&row)
        {
            ask.rows.push(row);
        }
        if let Detail::Words(words) = about.detail
            && ask.words.len() < WORDS_MAX
            && !ask.words.iter().any(|known| *known == words)
        {
            ask.words.push(words.map(str::to_owned));
        }
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        self.0.len() as u64
    }

    /// The questions in words, each with its answer if it has one; and the columns that must not be published as
    /// they are, because somebody answered so.
    pub fn listing(self, answers: &[(String, String)]) -> (Listing<Question>, Vec<Withheld>) {
        let (mut listing, mut withheld) = (Listing::default(), Vec::new());
        for (number, ((code, column), ask)) in (1..).zip(self.0) {
            let key = key(code, ask.name.as_deref());
            let answer = answers.iter().find(|(about, _)| *about == key).map(|(_, answer)| answer.as_str());
            let answer = answer.and_then(|answer| sentence::choice(code, answer));
            if answer.is_some_and(|choice| choice.withholds) {
                withheld.push(Withheld { column, name: ask.name.clone() });
            }
            if listing.takes(code as usize) {
                listing.push(Question {
                    id: format!("q{number}"),
                    code,
                    ask: sentence::question(code, ask.name.as_deref(), &ask.rows, &ask.words),
                    choices: sentence::choices(code),
                    answer: answer.map(|choice| choice.text[0].to_owned()),
                    field: ask.name,
                    rows: ask.rows,
                });
            }
        }
        (listing, withheld)
    }
}

/// What the column is called: by the schema, by the file, or by its letter.
fn name(about: &About<'_>) -> Option<String> {
    let name = about.field.map(|field| field.name.as_str()).or(about.name).filter(|name| !name.is_empty());
    name.map(str::to_owned).or_else(|| about.column.map(column_letter))
}
