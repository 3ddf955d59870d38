//! `hiyori validate`: holds files against their schema and says what is to be mended.
//!
//! Files and words come in, an exit code goes out: 0 when every file is accepted, 1 when errors were found,
//! 2 when it could not run. Judging is [`ingestion::validate()`]'s business, showing is [`super::show`]'s.

mod source;

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;
use ingestion::{Discard, Expected, Language, Options, Report, Schemas, Text, validate};

use self::source::Source;
use super::schemas::named;
use super::show::out::{Patient, complain, refuse, unwritable};
use super::show::paint::Paint;
use super::show::{self, Lang};
use crate::report_view::ReportView;

const AFTER_HELP: &str = "\
終了コード: 0 すべて受理  1 直すところがある  2 調べられなかった（ファイルが読めない、様式の名前が違うなど）

表では同じ指摘をまとめ、長いときは途中までにします。csv は1件も省きません。
ファイルは書き換えません。外部との通信もしません。

例:
  hiyori validate 042021_public_toilet.csv
  hiyori validate --schema hyojun/aed --format csv aed.csv > aed_指摘.csv
  cat toilet.csv | hiyori validate --format json -";

/// What to validate, against what, and how to show it.
#[derive(Debug, Clone, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct ValidateArgs {
    /// The files; `-` is standard input.
    #[arg(value_name = "FILE", required = true, help = "調べるファイル（いくつでも。- は標準入力）")]
    pub files: Vec<PathBuf>,
    /// The id of the schema; guessed from the header when absent.
    #[arg(
        long,
        value_name = "ID",
        help = "様式の名前（例: hyojun/public_toilet）。なければ見出しから判断します"
    )]
    pub schema: Option<String>,
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
    /// The report, one line a file.
    #[value(help = "検証結果を1ファイル1行のJSONで")]
    Json,
    /// Every finding, one line each.
    #[value(help = "すべての指摘を1件1行で")]
    Csv,
}

/// What the exit code says; the worst of all files counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Accepted,
    ErrorsFound,
    CouldNotRun,
}

impl Verdict {
    fn of(report: &Report) -> Verdict {
        if report.accepted() { Verdict::Accepted } else { Verdict::ErrorsFound }
    }

    fn exit_code(self) -> u8 {
        match self {
            Verdict::Accepted => 0,
            Verdict::ErrorsFound => 1,
            Verdict::CouldNotRun => 2,
        }
    }
}

/// Validates the files that `args` name and shows what was found on standard output.
pub fn run(args: &ValidateArgs) -> ExitCode {
    let language = Language::from(args.lang);
    let schemas = Schemas::embedded();
    let expected = match args.schema.as_deref().map(|id| named(&schemas, id)) {
        None => Expected::Guess,
        Some(Ok(schema)) => Expected::Schema(schema),
        Some(Err(unknown)) => return refuse(&unknown, language),
    };
    let mut out = BufWriter::new(Patient::new(io::stdout().lock()));
    match judge_all(args, &schemas, expected, &mut out) {
        Ok(verdict) => ExitCode::from(verdict.exit_code()),
        Err(failed) => refuse(&unwritable(&failed), language),
    }
}

/// Judges one file after the other. A file that cannot be read is told of on stderr and the next one follows;
/// when the reader of `out` leaves, the files that are left are not judged.
fn judge_all(
    args: &ValidateArgs,
    schemas: &Schemas,
    expected: Expected<'_>,
    out: &mut BufWriter<Patient<impl Write>>,
) -> io::Result<Verdict> {
    let mut worst = Verdict::Accepted;
    if args.format == Format::Csv {
        show::csv::write_header(out)?;
    }
    for (at, path) in args.files.iter().enumerate() {
        if at > 0 && args.format == Format::Text {
            writeln!(out)?;
        }
        let verdict = match judge(path, args, schemas, expected, out)? {
            Ok(report) => Verdict::of(&report),
            Err(unreadable) => {
                complain(&because(path, &unreadable), args.lang.into());
                Verdict::CouldNotRun
            }
        };
        worst = worst.max(verdict);
        out.flush()?;
        if out.get_ref().reader_left() && at + 1 < args.files.len() {
            return Ok(Verdict::CouldNotRun);
        }
    }
    Ok(worst)
}

/// Judges the file at `path` and shows its report. The outer error is the output's, the inner one the file's.
fn judge(
    path: &Path,
    args: &ValidateArgs,
    schemas: &Schemas,
    expected: Expected<'_>,
    out: &mut impl Write,
) -> io::Result<Result<Report, io::Error>> {
    let language = Language::from(args.lang);
    let file_name = path.display().to_string();
    let lines_pass_the_terminal = args.format == Format::Csv && io::stdout().is_terminal();
    let mut source = match Source::open(path, !lines_pass_the_terminal) {
        Ok(source) => source,
        Err(unreadable) => return Ok(Err(unreadable)),
    };
    let options = Options { file_name: file_name.clone(), expected, ..Options::default() };
    let report = if args.format == Format::Csv {
        let mut findings = show::csv::Findings::new(&mut *out, file_name, language);
        let report = validate(&mut source, schemas, &options, &mut findings);
        findings.finish()?;
        report
    } else {
        validate(&mut source, schemas, &options, &mut Discard)
    };
    if let Err(unreadable) = source.close() {
        return Ok(Err(unreadable));
    }
    match args.format {
        Format::Text => show::report::write(out, &report, language, Paint::for_stdout())?,
        Format::Json => {
            serde_json::to_writer(&mut *out, &ReportView::new(&report, language))?;
            writeln!(out)?;
        }
        Format::Csv => {}
    }
    Ok(Ok(report))
}

/// Why the file at `path` could not be read, in words.
fn because(path: &Path, cause: &io::Error) -> Text {
    let path = path.display();
    let (ja, en) = match cause.kind() {
        io::ErrorKind::NotFound => (
            "というファイルがありません。名前と場所を確かめてください。".to_owned(),
            "no such file".to_owned(),
        ),
        io::ErrorKind::IsADirectory => (
            "はフォルダーです。中のファイルを指定してください。".to_owned(),
            "is a folder, not a file".to_owned(),
        ),
        io::ErrorKind::PermissionDenied => {
            ("を読む許可がありません。".to_owned(), "may not be read".to_owned())
        }
        _ => (format!("を読めませんでした（{cause}）。"), format!("could not be read ({cause})")),
    };
    Text::new(format!("{path} {ja}"), format!("{path}: {en}"))
}

#[cfg(test)]
mod tests {
    use clap::{Args, FromArgMatches};

    use super::*;
    use crate::report_view::sample;

    fn args(words: &[&str]) -> Result<ValidateArgs, clap::Error> {
        let command = ValidateArgs::augment_args(clap::Command::new("validate").no_binary_name(true));
        ValidateArgs::from_arg_matches(&command.try_get_matches_from(words)?)
    }

    #[track_caller]
    fn ends(words: &[&str], expected: Verdict) {
        let mut out = BufWriter::new(Patient::new(Vec::new()));
        let args = args(words).expect("good arguments");
        let verdict = judge_all(&args, &Schemas::embedded(), Expected::Guess, &mut out);
        assert_eq!(verdict.expect("memory takes everything"), expected);
    }

    #[test]
    fn the_exit_code_says_what_became_of_the_file() {
        assert_eq!(Verdict::of(&sample::clean()).exit_code(), 0);
        assert_eq!(Verdict::of(&sample::report()).exit_code(), 1);
        assert_eq!(Verdict::of(&sample::photograph()).exit_code(), 1);
        assert_eq!(Verdict::CouldNotRun.exit_code(), 2);
    }

    #[test]
    fn the_worst_file_decides() {
        assert_eq!(Verdict::Accepted.max(Verdict::ErrorsFound), Verdict::ErrorsFound);
        assert_eq!(Verdict::CouldNotRun.max(Verdict::ErrorsFound), Verdict::CouldNotRun);
    }

    #[test]
    fn a_path_that_leads_nowhere_could_not_run() {
        ends(&["ありません.csv"], Verdict::CouldNotRun);
    }

    #[test]
    fn a_folder_could_not_run() {
        ends(&["--format", "csv", env!("CARGO_MANIFEST_DIR")], Verdict::CouldNotRun);
    }

    #[test]
    fn a_refused_path_says_what_it_is() {
        let said = because(Path::new("見本"), &io::ErrorKind::IsADirectory.into());
        assert_eq!(said.ja, "見本 はフォルダーです。中のファイルを指定してください。");
        assert_eq!(said.en, "見本: is a folder, not a file");
    }

    #[test]
    fn bad_arguments_end_with_exit_code_2() {
        for words in [&[][..], &["a.csv", "--format", "xml"], &["a.csv", "--lang", "fr"], &["a.csv", "--x"]] {
            assert_eq!(args(words).map(|_| ()).map_err(|error| error.exit_code()), Err(2), "{words:?}");
        }
    }

    #[test]
    fn standard_input_stands_where_a_file_may_stand() {
        let args = args(&["-", "--format", "json", "--lang", "en"]).expect("good arguments");
        assert_eq!(args.files, [PathBuf::from("-")]);
        assert_eq!((args.format, args.lang), (Format::Json, Lang::En));
    }

    #[test]
    fn the_help_tells_the_exit_codes() {
        let mut command = ValidateArgs::augment_args(clap::Command::new("validate"));
        assert!(command.render_help().to_string().contains("終了コード: 0"));
    }
}
