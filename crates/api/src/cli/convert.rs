//! `hiyori convert`: a table of the old national standard becomes one of the new.
//!
//! A file comes in; the new one goes to a path or to standard output, and the account of it to standard error.
//! Converting is [`ingestion::convert()`]'s business.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;
use ingestion::convert::{CannotConvert, Conversion};
use ingestion::{Drifts, Expected, Language, Options, Schemas, Text, convert};

use super::schemas::named;
use super::show::Lang;
use super::show::conversion;
use super::show::out::{Patient, complain, refuse, unwritable, whole};
use super::validate::because;
use super::validate::source::Source;
use crate::views::conversion::ConversionView;

const AFTER_HELP: &str = "\
新しいファイルは -o の名前で（なければ標準出力へ）UTF-8のCSVで書き出し、引き継げなかったものは標準エラーに示します。
元のファイルは書き換えません。

終了コード: 0 変換した  1 変換したが元のファイルに直すところがある、または変換できないファイル  2 実行できなかった

例:
  hiyori convert --to hyojun 042021_public_toilet.csv -o 新しい公衆トイレ一覧.csv";

/// What to convert, and where to.
#[derive(Debug, Clone, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct ConvertArgs {
    /// The file; `-` is standard input.
    #[arg(value_name = "FILE", help = "変換するファイル（- は標準入力）")]
    pub file: PathBuf,
    /// The standard to convert to.
    #[arg(long, value_enum, help = "変換先の標準")]
    pub to: To,
    /// Where the new file goes; standard output when absent.
    #[arg(short, long, value_name = "OUT", help = "書き出すファイル（なければ標準出力）")]
    pub output: Option<PathBuf>,
    /// The id of the schema that the file has; guessed from the header when absent.
    #[arg(
        long,
        value_name = "ID",
        help = "元の様式の名前（例: suisho/public_toilet）。なければ見出しから判断します"
    )]
    pub schema: Option<String>,
    /// How the account is shown.
    #[arg(long, value_enum, default_value_t, help = "引き継ぎの結果の形")]
    pub format: Format,
    /// The language of the account.
    #[arg(long, value_enum, default_value_t, help = "結果の言語")]
    pub lang: Lang,
}

/// The standard to convert to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum To {
    /// 自治体標準オープンデータセット
    #[value(help = "自治体標準オープンデータセット")]
    Hyojun,
}

/// How the account is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Sentences for people.
    #[default]
    #[value(help = "人が読む文")]
    Text,
    /// One line of JSON.
    #[value(help = "1行のJSON")]
    Json,
}

impl From<io::Error> for Failure {
    fn from(cause: io::Error) -> Failure {
        Failure::Unwritable(cause)
    }
}

/// Why nothing was converted.
enum Failure {
    /// The file cannot be read.
    Unreadable(io::Error),
    /// The new file cannot be written.
    Unwritable(io::Error),
    /// The file is not one to convert.
    Refused(Box<CannotConvert>),
}

/// Converts the file that `args` name.
pub fn run(args: &ConvertArgs) -> ExitCode {
    let language = Language::from(args.lang);
    let schemas = Schemas::embedded();
    let expected = match args.schema.as_deref().map(|id| named(&schemas, id)) {
        None => Expected::Guess,
        Some(Ok(schema)) => Expected::Schema(schema),
        Some(Err(unknown)) => return refuse(&unknown, language),
    };
    match converted(args, &schemas, expected) {
        Ok(made) => match tell(&made, args, &mut io::stderr().lock()) {
            Ok(()) if made.report.accepted() => ExitCode::SUCCESS,
            Ok(()) => ExitCode::from(1),
            Err(_) => ExitCode::from(2),
        },
        Err(Failure::Unreadable(cause)) => refuse(&because(&args.file, &cause), language),
        Err(Failure::Unwritable(cause)) => refuse(&unwritable(&cause), language),
        Err(Failure::Refused(why)) => {
            complain(&refused(&args.file, &why), language);
            ExitCode::from(1)
        }
    }
}

/// Converts into a file beside its last place, which takes that place once it is whole; or to standard output.
fn converted(args: &ConvertArgs, schemas: &Schemas, expected: Expected<'_>) -> Result<Conversion, Failure> {
    let Some(place) = &args.output else {
        return convert_to(args, schemas, expected, Patient::new(io::stdout().lock()));
    };
    whole(place, |file| convert_to(args, schemas, expected, file))
}

fn convert_to(
    args: &ConvertArgs,
    schemas: &Schemas,
    expected: Expected<'_>,
    out: impl Write,
) -> Result<Conversion, Failure> {
    let mut source = Source::open(&args.file, args.output.is_some()).map_err(Failure::Unreadable)?;
    let options = Options { file_name: args.file.display().to_string(), expected, ..Options::default() };
    let mut out = BufWriter::new(out);
    let made = convert(&mut source, schemas, &Drifts::embedded(), &options, &mut out);
    source.close().map_err(Failure::Unreadable)?;
    let made = made.map_err(|why| match why {
        CannotConvert::Write(cause) => Failure::Unwritable(cause),
        why => Failure::Refused(Box::new(why)),
    })?;
    out.flush().map_err(Failure::Unwritable)?;
    Ok(made)
}

fn tell(made: &Conversion, args: &ConvertArgs, out: &mut impl Write) -> io::Result<()> {
    match args.format {
        Format::Text => conversion::write(out, made, args.lang.into()),
        Format::Json => {
            serde_json::to_writer(&mut *out, &ConversionView::new(made, args.lang.into()))?;
            writeln!(out)
        }
    }
}

fn refused(file: &Path, why: &CannotConvert) -> Text {
    let file = file.display();
    let (ja, en) = match why {
        CannotConvert::IsNew(id) => (
            format!("はもう新しい様式（{id}）です。変換はいりません。"),
            format!("has the new schema `{id}` already; there is nothing to convert"),
        ),
        CannotConvert::NoMap(id) => (
            format!("の様式 {id} から新しい様式への対応表はありません。"),
            format!("there is no map from its schema `{id}` to the new standard"),
        ),
        CannotConvert::FitsNone(_) | CannotConvert::Write(_) => (
            "は古い様式（推奨データセット）のどれにも当てはまりません。--schema で指定できます。".to_owned(),
            "fits no schema of the old standard; --schema can name one".to_owned(),
        ),
    };
    Text::new(format!("{file} {ja}"), format!("{file}: {en}"))
}
