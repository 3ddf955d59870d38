//! What is said about a finding: where, what and why it matters, and how to mend it, in both languages.
//!
//! One table ([`Saying`]), in files by family; a page of documentation per code can be printed from the same
//! table. What is wrong is decided elsewhere; here it is only said. The words are those of somebody who looks at
//! the file in a spreadsheet.

mod cells;
mod file;
mod letters;
mod questions;
mod repairs;
mod table;
mod words;

pub(crate) use self::questions::{choice, choices, question};
pub(crate) use self::repairs::{reason, title as repair_title};
use crate::finding::{Code, Severity};
use crate::schema::Field;
use crate::text::{Language, Text};

/// What a sentence is about.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct About<'a> {
    /// Row as the spreadsheet shows it.
    pub row: Option<u64>,
    /// Column as the spreadsheet shows it.
    pub column: Option<u32>,
    /// The column's name in the file's header; the field's own name serves where it is missing.
    pub name: Option<&'a str>,
    /// The schema's field, where the column is one of its fields.
    pub field: Option<&'a Field>,
    /// The cell as it stands; of any length.
    pub value: &'a str,
    /// What the cell would be once mended.
    pub proposal: Option<&'a str>,
    /// What only this code has to say.
    pub detail: Detail<'a>,
}

/// What only some codes have to say.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) enum Detail<'a> {
    /// Nothing more.
    #[default]
    None,
    /// The row that has the same key.
    EarlierRow(u64),
    /// The column that has the same name, from 1.
    EarlierColumn(u32),
    /// Cells in the row, and columns in the header.
    Cells {
        /// Cells in the row.
        found: u64,
        /// Columns in the header.
        expected: u64,
    },
    /// What the file is by its content: `png`, `pdf`, `xlsx`.
    Kind(&'a str),
    /// The encoding that was tried: `utf-8`, `cp932`.
    Encoding(&'a str),
    /// The limit that was exceeded; bytes or columns, as the code says.
    Limit(u64),
    /// The name of something else: a missing column, a near schema.
    Name(&'a str),
    /// What was seen, in Japanese and in English.
    Words([&'a str; 2]),
}

/// What is said of one code. Words in braces are filled in by [`words`]; the first text is Japanese.
struct Saying {
    code: Code,
    /// A few words, as a heading.
    title: [&'static str; 2],
    /// Where, what and why it matters; what follows from its weight is added to it.
    message: [&'static str; 2],
    /// How to mend it.
    hint: [&'static str; 2],
}

/// What follows from the weight of a finding.
const CONSEQUENCES: [(Severity, [&str; 2]); 3] = [
    (Severity::Error, ["このままでは公開できません。", "The file cannot be published like this."]),
    (
        Severity::Warning,
        [
            "できるだけ直してください（このままでも公開はできます）。",
            "Please mend it if you can; it does not stand in the way of publication.",
        ],
    ),
    (Severity::Note, ["", ""]),
];

/// What stands at the end of a hint where the cell can be mended in one way only.
const PROPOSAL: [&str; 2] = ["→「{proposal}」に直せます。", "It would then read \"{proposal}\"."];

/// What stands at the end of the hint otherwise, where the schema has a good cell to show.
const EXAMPLE: [&str; 2] = ["例: {example}", "For example: {example}"];

/// The message (where, what, why) and the hint (how to mend) of a finding.
///
/// Only a message of [`Severity::Error`] says that the file cannot be published as it is. Both stay short
/// whatever the cell holds.
pub(crate) fn of(code: Code, severity: Severity, about: &About<'_>) -> (Text, Text) {
    let saying = saying(code);
    let consequence =
        CONSEQUENCES.iter().find(|(weight, _)| *weight == severity).map_or(["", ""], |(_, texts)| *texts);
    let ending = match (about.proposal, about.field.and_then(|field| field.example.as_ref())) {
        (Some(_), _) => PROPOSAL,
        (None, Some(_)) if saying.hint.iter().any(|hint| hint.contains("{how}")) => EXAMPLE,
        (None, _) => ["", ""],
    };
    let text = |first: [&str; 2], then: [&str; 2]| {
        Text::new(
            words::joined(Language::Ja, first[0], then[0], about),
            words::joined(Language::En, first[1], then[1], about),
        )
    };
    (text(saying.message, consequence), text(saying.hint, ending))
}

/// What a code is in a few words.
pub(crate) fn title(code: Code) -> Text {
    let [ja, en] = saying(code).title;
    Text::new(ja, en)
}

fn saying(code: Code) -> &'static Saying {
    [file::SAYINGS, table::SAYINGS, letters::SAYINGS, cells::SAYINGS]
        .into_iter()
        .flatten()
        .find(|saying| saying.code == code)
        .expect("a test finds a saying for every code")
}

#[cfg(test)]
mod tests;
