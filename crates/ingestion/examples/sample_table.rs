//! Writes the table of `docs/samples.md`: what is found in each file of a folder.
//!
//! `cargo run -p ingestion --example sample_table -- DIR > docs/samples.md`. The files are judged as any other: their
//! schema is guessed, every repair is made, no question is answered.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::PathBuf;

use ingestion::{Discard, Options, Report, Schemas, validate};

const HEAD: &str = "\
# 公開されている実際のファイル / Real files that were published

自治体が公開しているCSVをそのまま検証した結果です。様式は見出しから判断し、質問には答えていません。
Real CSV files of municipalities, validated as they are: the schema is guessed from the header and no question is answered.
Where each comes from, and what is known to be wrong in it, stands in the `SOURCES.md` beside them; `tests/samples.rs` finds
each of those defects in its cell, as a finding or as a repair.

`cargo run -p ingestion --example sample_table -- DIR > docs/samples.md` writes this page.

| file | schema | rows | errors | warnings | notes | repairs | questions |
|---|---|--:|--:|--:|--:|--:|--:|
";

fn main() -> io::Result<()> {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        return Err(io::Error::other("sample_table DIR: which folder?"));
    };
    let entries: io::Result<Vec<PathBuf>> = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect();
    let mut files = entries?;
    files.retain(|file| file.is_file() && file.extension().is_none_or(|extension| extension != "md"));
    files.sort();
    let schemas = Schemas::embedded();
    let mut out = io::stdout().lock();
    out.write_all(HEAD.as_bytes())?;
    for file in files {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let options = Options { file_name: name, ..Options::default() };
        let report = validate(File::open(&file)?, &schemas, &options, &mut Discard);
        writeln!(out, "{}", line(&report))?;
    }
    Ok(())
}

fn line(report: &Report) -> String {
    let schema = report.schema.as_ref().map_or_else(|| "none".to_owned(), |schema| schema.id.to_string());
    let counts = &report.counts;
    let numbers = [report.rows, counts.error, counts.warning, counts.note, counts.repair, counts.question];
    let numbers: Vec<String> = numbers.iter().map(u64::to_string).collect();
    format!("| `{}` | {schema} | {} |", report.file.name, numbers.join(" | "))
}
