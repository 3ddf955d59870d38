//! `hiyori schemas`: the national schemas that come with the program, and the fields of one.
//!
//! Also finds a schema by the name a person typed. What a schema holds is `ingestion`'s business.

use std::cmp::Reverse;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use clap::ValueEnum;
use ingestion::{Language, Schema, Schemas, Text};

use super::show::Lang;
use super::show::out::{Patient, refuse, unwritable};
use super::show::paint::Paint;
use super::show::schema;

/// How many ids are named to somebody who mistyped one.
const NEAREST: usize = 3;

/// Which schemas to show, and how.
#[derive(Debug, Clone, clap::Args)]
pub struct SchemasArgs {
    /// The schema whose fields are shown; all schemas when absent.
    #[arg(value_name = "ID", help = "項目を見たい様式の名前（例: hyojun/aed）。なければ一覧")]
    pub id: Option<String>,
    /// How the result is shown.
    #[arg(long, value_enum, default_value_t, help = "結果の形")]
    pub format: Format,
    /// The language of the result.
    #[arg(long, value_enum, default_value_t, help = "結果の言語")]
    pub lang: Lang,
}

/// How the result is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A table for people.
    #[default]
    #[value(help = "人が読む表")]
    Text,
    /// An array of schemas, or one schema with its fields.
    #[value(help = "様式の配列か、項目まで含む1つの様式")]
    Json,
}

/// Shows the schemas that `args` ask for on standard output.
pub fn run(args: &SchemasArgs) -> ExitCode {
    let language = Language::from(args.lang);
    let schemas = Schemas::embedded();
    let one = match args.id.as_deref().map(|id| named(&schemas, id)) {
        None => None,
        Some(Ok(schema)) => Some(schema),
        Some(Err(unknown)) => return refuse(&unknown, language),
    };
    let mut out = BufWriter::new(Patient::new(io::stdout().lock()));
    let written = match (one, args.format) {
        (None, Format::Text) => schema::write_list(&mut out, &schemas, language, Paint::for_stdout()),
        (Some(one), Format::Text) => schema::write_one(&mut out, one, language, Paint::for_stdout()),
        (None, Format::Json) => schema::json::write_list(&mut out, &schemas),
        (Some(one), Format::Json) => schema::json::write_one(&mut out, one),
    };
    match written.and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failed) => refuse(&unwritable(&failed), language),
    }
}

/// The schema whose id somebody wrote as `id`.
///
/// # Errors
/// No schema has this id; the sentence names the nearest ones.
pub fn named<'a>(schemas: &'a Schemas, id: &str) -> Result<&'a Schema, Text> {
    id.parse().ok().and_then(|parsed| schemas.get(&parsed)).ok_or_else(|| {
        let nearest = nearest(schemas, id);
        let list = |between: &str| {
            nearest
                .iter()
                .map(|schema| format!("{} ({})", schema.id, schema.title))
                .collect::<Vec<_>>()
                .join(between)
        };
        Text::new(
            format!(
                "「{id}」という様式はありません。近いもの: {}。一覧は hiyori schemas で見られます。",
                list("、")
            ),
            format!("there is no schema `{id}`. Near: {}. `hiyori schemas` lists all.", list(", ")),
        )
    })
}

/// The schemas whose id, slug or title is most like `text`, best first.
pub fn nearest<'a>(schemas: &'a Schemas, text: &str) -> Vec<&'a Schema> {
    let likeness = |schema: &Schema| {
        [schema.id.to_string().as_str(), schema.id.slug(), &schema.title]
            .map(|name| (strsim::jaro_winkler(name, text) * 1e6) as u64)
            .into_iter()
            .max()
    };
    let mut all: Vec<&Schema> = schemas.iter().collect();
    all.sort_by_cached_key(|schema| Reverse(likeness(schema)));
    all.truncate(NEAREST);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn names(typed: &str, expected: &str) {
        let unknown = named(&Schemas::embedded(), typed).map(|schema| schema.id.to_string());
        let said = unknown.expect_err("no schema has this id");
        assert!(said.ja.contains(expected) && said.en.contains(expected), "{said:?}");
    }

    #[test]
    fn a_schema_is_found_by_its_id() {
        let schemas = Schemas::embedded();
        assert_eq!(named(&schemas, "hyojun/aed").map(|schema| schema.title.as_str()), Ok("AED設置箇所一覧"));
    }

    #[test]
    fn a_mistyped_id_is_told_the_nearest() {
        names("hyojun/public_toilets", "hyojun/public_toilet (公衆トイレ一覧)");
        names("hyoujun/aed", "hyojun/aed");
    }

    #[test]
    fn a_slug_alone_or_a_title_names_both_standards() {
        for standard in ["hyojun", "suisho"] {
            names("public_toilet", &format!("{standard}/public_toilet"));
            names("公衆トイレ", &format!("{standard}/public_toilet"));
        }
    }

    #[test]
    fn anything_at_all_may_be_typed() {
        names("", "/");
        names(&"あ".repeat(10_000), "/");
    }
}
