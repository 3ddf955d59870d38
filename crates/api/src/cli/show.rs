//! How things are shown on the command line: tables in a terminal, CSV for programs.
//!
//! JSON is [`crate::report_view`]'s business. What is shown was found or read elsewhere.

pub mod conversion;
pub mod csv;
pub mod findings;
pub mod out;
pub mod paint;
pub mod questions;
pub mod repairs;
pub mod report;
pub mod schema;
pub mod score;
pub mod table;

use ingestion::Language;

/// The language of the output, as it is asked for with `--lang`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Lang {
    /// 日本語
    #[default]
    #[value(help = "日本語")]
    Ja,
    /// English
    #[value(help = "English")]
    En,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Language {
        match lang {
            Lang::Ja => Language::Ja,
            Lang::En => Language::En,
        }
    }
}
