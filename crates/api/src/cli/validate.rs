//! `hiyori validate`: holds files against their schema and says what is to be mended.
//!
//! Files and words come in, an exit code goes out: 0 when every file is accepted, 1 when errors were found,
//! 2 when it could not run. Judging is [`ingestion::validate()`]'s business, showing is [`super::show`]'s.

mod repaired;
pub(super) mod source;

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use catalog::folder;
use clap::ValueEnum;
use ingestion::{CityArea, Expected, Language, Marked, Options, RepairSet, Report, Schemas, Text, validate};

use self::repaired::Repaired;
use self::source::Source;
use super::could_not_run;
use super::schemas::named;
use super::show::out::{Patient, complain, refuse, unwritable, whole};
use super::show::paint::Paint;
use super::show::score::ScoreForm;
use super::show::{self, Lang};
use crate::replies;
use crate::report_view::ReportView;
use crate::start;

const AFTER_HELP: &str = "\
終了コード: 0 すべて受理  1 直すところがある  2 調べられなかった（ファイルが読めない、様式の名前が違うなど）

表では同じ指摘をまとめ、長いときは途中までにします。csv は1件も省きません。
ファイルは書き換えません。外部との通信もしません。

例:
  hiyori validate 042021_public_toilet.csv
  hiyori validate --schema hyojun/aed --format csv aed.csv > aed_指摘.csv
  hiyori validate --score csv *.csv > 機械可読性.csv
  hiyori validate --marked 直すところ.xlsx toilet.csv
  hiyori validate --repaired 直した表.csv --answer personal-data:備考=1 toilet.csv
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
    /// The scores of machine readability alone, in the form of the agency's checker.
    #[arg(
        long,
        value_enum,
        value_name = "FORM",
        conflicts_with = "format",
        help = "機械可読性の採点だけを、デジタル庁のチェッカーと同じ形で"
    )]
    pub score: Option<ScoreForm>,
    /// Where a copy of the file goes, as a workbook with the findings marked in it.
    #[arg(
        long,
        value_name = "OUT.xlsx",
        help = "指摘のあるセルに色とコメントを付けた写しを書き出す（1ファイルだけ）"
    )]
    pub marked: Option<PathBuf>,
    /// Where the table goes as it was repaired.
    #[arg(
        long,
        value_name = "OUT.csv",
        help = "直した表を書き出す（UTF-8、様式の見出し、様式にない列は右端。1ファイルだけ）"
    )]
    pub repaired: Option<PathBuf>,
    /// The kinds of repair that are left to people.
    #[arg(
        long,
        value_name = "KIND,…",
        help = "直さずに知らせるだけにする種類（例: full-width,unit。all はすべて）"
    )]
    pub no_repair: Option<RepairSet>,
    /// Answers to questions, by their keys.
    #[arg(
        long = "answer",
        value_name = "質問=番号",
        value_parser = answer,
        help = "質問への答え（例: \"personal-data:備考=1\"。いくつでも）"
    )]
    pub answers: Vec<(String, String)>,
    /// The folder that says which city's files these are.
    #[arg(
        long,
        value_name = "DIR",
        help = "city.toml のあるフォルダ（例: datasets）。市から遠く離れた場所を知らせます"
    )]
    pub city: Option<PathBuf>,
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

/// `personal-data:備考=1`: a question and its answer.
fn answer(text: &str) -> Result<(String, String), String> {
    replies::one(text).ok_or_else(|| "質問=番号 の形で書きます (it is written QUESTION=NUMBER)".to_owned())
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
    let of_one_file = [("--marked", args.marked.is_some()), ("--repaired", args.repaired.is_some())];
    if let Some((flag, _)) = of_one_file.into_iter().find(|(_, is_given)| *is_given && args.files.len() > 1) {
        let (ja, en) = ("は1つのファイルにだけ使えます。", "takes one file at a time.");
        return refuse(&Text::new(format!("{flag} {ja}"), format!("{flag} {en}")), language);
    }
    let city = match args.city.as_deref().map(folder::read_city) {
        None => None,
        Some(Ok(city)) => Some(city.place()),
        Some(Err(why)) => return could_not_run(start::explain(&why)),
    };
    let asked = Asked { args, schemas: &schemas, expected, city: city.as_ref() };
    let mut out = BufWriter::new(Patient::new(io::stdout().lock()));
    match judge_all(&asked, &mut out) {
        Ok(verdict) => ExitCode::from(verdict.exit_code()),
        Err(failed) => refuse(&unwritable(&failed), language),
    }
}

/// What is asked of every file.
struct Asked<'a> {
    args: &'a ValidateArgs,
    schemas: &'a Schemas,
    expected: Expected<'a>,
    city: Option<&'a CityArea>,
}

/// Judges one file after the other. A file that cannot be read is told of on stderr and the next one follows;
/// when the reader of `out` leaves, the files that are left are not judged.
fn judge_all(asked: &Asked<'_>, out: &mut BufWriter<Patient<impl Write>>) -> io::Result<Verdict> {
    let args = asked.args;
    let (mut worst, mut scored) = (Verdict::Accepted, Vec::new());
    let is_text = args.format == Format::Text && args.score.is_none();
    if args.format == Format::Csv {
        show::csv::write_header(out)?;
    }
    for (at, path) in args.files.iter().enumerate() {
        if at > 0 && is_text {
            writeln!(out)?;
        }
        let verdict = match judge(path, asked, out)? {
            Ok(report) => {
                let verdict = Verdict::of(&report);
                scored.extend(args.score.is_some().then_some(report));
                verdict
            }
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
    if let Some(form) = args.score {
        show::score::write(out, &scored, form)?;
        out.flush()?;
    }
    Ok(worst)
}

/// Judges the file at `path` and shows its report. The outer error is the output's, the inner one the file's.
fn judge(path: &Path, asked: &Asked<'_>, out: &mut impl Write) -> io::Result<Result<Report, io::Error>> {
    let Asked { args, schemas, expected, city } = *asked;
    let language = Language::from(args.lang);
    let file_name = path.display().to_string();
    let lines_pass_the_terminal = args.format == Format::Csv && io::stdout().is_terminal();
    let mut source = match Source::open(path, !lines_pass_the_terminal) {
        Ok(source) => source,
        Err(unreadable) => return Ok(Err(unreadable)),
    };
    let options = Options {
        file_name: file_name.clone(),
        expected,
        repairs: RepairSet::ALL.except(args.no_repair.unwrap_or(RepairSet::NONE)),
        answers: &args.answers,
        city,
        ..Options::default()
    };
    let repaired = args.repaired.as_ref().map(|_| Repaired::begin()).transpose()?;
    let (report, copy, repaired) = {
        let lines = match args.format {
            Format::Csv => Some(show::csv::Findings::new(&mut *out, file_name, language)),
            Format::Text | Format::Json => None,
        };
        let copies = (args.marked.as_ref().map(|_| Marked::begin(language)), repaired);
        let mut sinks = (lines, copies);
        let report = validate(&mut source, schemas, &options, &mut sinks);
        let (lines, (copy, repaired)) = sinks;
        lines.map_or(Ok(()), show::csv::Findings::finish)?;
        (report, copy, repaired)
    };
    if let Err(unreadable) = source.close() {
        return Ok(Err(unreadable));
    }
    if let (Some(copy), Some(place)) = (copy, &args.marked) {
        whole(place, |file| copy.end(&report, file))?;
    }
    if let (Some(repaired), Some(place)) = (repaired, &args.repaired) {
        repaired.end(place)?;
    }
    match args.format {
        // The scores follow when all files are judged.
        _ if args.score.is_some() => {}
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
pub(super) fn because(path: &Path, cause: &io::Error) -> Text {
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
        let schemas = Schemas::embedded();
        let asked = Asked { args: &args, schemas: &schemas, expected: Expected::Guess, city: None };
        let verdict = judge_all(&asked, &mut out);
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
        for words in [
            &[][..],
            &["a.csv", "--format", "xml"],
            &["a.csv", "--lang", "fr"],
            &["a.csv", "--x"],
            &["a.csv", "--score", "csv", "--format", "csv"],
            &["a.csv", "--no-repair", "全角"],
            &["a.csv", "--answer", "personal-data:備考"],
        ] {
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
    fn kinds_of_repair_are_switched_off_and_questions_answered() {
        let args = args(&["a.csv", "--no-repair", "unit,full-width", "--answer", "personal-data:a=b=2"]);
        let args = args.expect("good arguments");
        assert_eq!(args.no_repair, "full-width,unit".parse().ok());
        assert_eq!(args.answers, [("personal-data:a=b".to_owned(), "2".to_owned())]);
    }

    #[test]
    fn the_help_tells_the_exit_codes() {
        let mut command = ValidateArgs::augment_args(clap::Command::new("validate"));
        assert!(command.render_help().to_string().contains("終了コード: 0"));
    }
}
