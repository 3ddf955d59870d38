//! `hiyori import`: drafts from what another portal or an older list tells of the city's datasets.
//!
//! From a file: nothing is fetched. What each dataset became, and what somebody should look at, goes to standard output,
//! dataset by dataset.

use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use catalog::imports::{self, Brought, Listed, Outcome, Wishes};
use catalog::{Actor, Slug};
use clap::{Args, Subcommand};
use ingestion::{Language, Schemas, Text};

use super::could_not_run;
use super::show::Lang;
use super::show::out::{Patient, refuse, unwritable};
use super::show::table::visible;
use super::validate::because;
use crate::log::LogFormat;
use crate::settings::Keeping;
use crate::{log, start};

const AFTER_HELP: &str = "\
作るのは下書きだけで、公開するまで担当課と管理者のほかには見えません。ファイルは取りに行きません。元のファイルの場所は、
下書きの控えとして残ります（GET /api/v1/datasets/名前/origin）。同じファイルをもう一度取り込んでも、二重には作りません。
担当課は、連絡先の名前が departments.toml の課の名前と同じときにその課になります。ほかは --department の課が受け持ちます。

終了コード: 0 すべて下書きになった（もうあったものを含む）  1 下書きにできないものがあった、または読めないファイル  2 実行できなかった

例:
  hiyori import open-data-list 042021_open_data_list.csv --dry-run
  hiyori import ckan package_search.json --department dx";

/// An answer of a portal is held in memory; one that is larger is none.
const ANSWER_BYTES_MAX: u64 = 512 << 20;

#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct ImportArgs {
    #[command(subcommand)]
    source: Source,
}

#[derive(Debug, Subcommand)]
enum Source {
    /// CKAN から: a saved answer of `package_search` (or lines of packages, as `ckanapi dump` writes them)
    Ckan(FileArgs),
    /// オープンデータ一覧から: a table in the national layout, of the new edition or the old
    OpenDataList(FileArgs),
}

#[derive(Debug, Args)]
struct FileArgs {
    /// 取り込むファイル: the file
    file: PathBuf,
    /// 担当課が分からないものを受け持つ課: the department that takes datasets of no known one
    #[arg(long, value_name = "SLUG")]
    department: Option<Slug>,
    /// 試すだけ: tell what would be made, and make nothing
    #[arg(long)]
    dry_run: bool,
    /// 結果の言語: the language of the account
    #[arg(long, value_enum, default_value_t)]
    lang: Lang,
    #[command(flatten)]
    keeping: Keeping,
}

/// Why a file is not brought in.
enum Failure {
    /// It cannot be read.
    Unreadable(io::Error),
    /// It is none of the kind.
    Unfit(Text),
}

/// Reads of a file what it tells of each dataset.
type Reader = fn(&Path, &Schemas) -> Result<Vec<Listed>, Failure>;

pub(super) fn run(args: ImportArgs) -> ExitCode {
    log::to_stderr(LogFormat::default());
    let (read, args): (Reader, FileArgs) = match args.source {
        Source::Ckan(args) => (read_answer, args),
        Source::OpenDataList(args) => (read_list, args),
    };
    let language = Language::from(args.lang);
    let listed = match read(&args.file, &Schemas::embedded()) {
        Ok(listed) => listed,
        Err(Failure::Unreadable(cause)) => return refuse(&because(&args.file, &cause), language),
        Err(Failure::Unfit(why)) => {
            super::show::out::complain(&why, language);
            return ExitCode::from(1);
        }
    };
    let wishes = Wishes { department: args.department.clone(), dry_run: args.dry_run };
    let brought = actix_web::rt::System::new().block_on(async {
        let rooms = start::open(&args.keeping, None).await.map_err(|why| why.to_string())?;
        let brought =
            imports::bring_in(&rooms.store, &rooms.schemas, &Actor::Operator, listed, &wishes).await;
        brought.map_err(|why| start::explain(&why))
    });
    match brought {
        Err(why) => could_not_run(why),
        Ok(brought) => match tell(&mut Patient::new(io::stdout().lock()), &brought, args.dry_run, language) {
            Err(failed) => refuse(&unwritable(&failed), language),
            Ok(()) if brought.iter().any(|one| matches!(one.outcome, Outcome::NotMade(_))) => {
                ExitCode::from(1)
            }
            Ok(()) => ExitCode::SUCCESS,
        },
    }
}

fn read_answer(file: &Path, _: &Schemas) -> Result<Vec<Listed>, Failure> {
    let mut bytes = Vec::new();
    let opened = File::open(file).map_err(Failure::Unreadable)?;
    opened.take(ANSWER_BYTES_MAX + 1).read_to_end(&mut bytes).map_err(Failure::Unreadable)?;
    let unfit = |ja: String, en: String| {
        let file = file.display();
        Failure::Unfit(Text::new(format!("{file} {ja}"), format!("{file}: {en}")))
    };
    if bytes.len() as u64 > ANSWER_BYTES_MAX {
        let (ja, en) = (
            "は大きすぎます（512 MB まで）。分けて保存してください。",
            "it is too large (up to 512 MB): save it in parts",
        );
        return Err(unfit(ja.to_owned(), en.to_owned()));
    }
    imports::ckan::read(&bytes).map_err(|why| {
        unfit(
            match &why {
                imports::ckan::NoAnswer::NotJson(why) => format!("は JSON として読めません（{why}）。"),
                imports::ckan::NoAnswer::NoPackages => {
                    "に CKAN のデータセットがありません。package_search の答えを保存したファイルを指定してください。".to_owned()
                }
            },
            why.to_string(),
        )
    })
}

fn read_list(file: &Path, schemas: &Schemas) -> Result<Vec<Listed>, Failure> {
    let opened = File::open(file).map_err(Failure::Unreadable)?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    imports::list::read(BufReader::new(opened), &name, schemas).map_err(|_| {
        let file = file.display();
        Failure::Unfit(Text::new(
            format!(
                "{file} はオープンデータ一覧として読めません。hiyori validate {file} で確かめてください。"
            ),
            format!("{file} does not read as an オープンデータ一覧: hiyori validate tells why"),
        ))
    })
}

fn tell(out: &mut impl Write, all: &[Brought], dry_run: bool, language: Language) -> io::Result<()> {
    let (mut made, mut there, mut not_made) = (0, 0, 0);
    for one in all {
        let slug = one.slug.as_ref().map_or("", Slug::as_str);
        let become_of = match &one.outcome {
            Outcome::Made => {
                made += 1;
                match dry_run {
                    false => {
                        Text::new(format!("下書き {slug} を作りました。"), format!("made the draft {slug}"))
                    }
                    true => Text::new(
                        format!("下書き {slug} を作ります。"),
                        format!("would make the draft {slug}"),
                    ),
                }
            }
            Outcome::There => {
                there += 1;
                Text::new(
                    format!("{slug} はもうあります。何もしませんでした。"),
                    format!("there is {slug} already; nothing was done"),
                )
            }
            Outcome::NotMade(_) => {
                not_made += 1;
                Text::new("下書きにできません。", "cannot be made a draft")
            }
        };
        let place = one.place.in_language(language);
        writeln!(out, "{place}「{}」: {}", visible(&one.title), visible(become_of.in_language(language)))?;
        let why = match &one.outcome {
            Outcome::NotMade(why) => why.as_slice(),
            Outcome::Made | Outcome::There => &[],
        };
        // What is there already stays as it is, whatever the file says of it.
        let remarks = if one.outcome == Outcome::There { &[] } else { one.remarks.as_slice() };
        for text in why.iter().chain(remarks) {
            writeln!(out, "    {}", visible(text.in_language(language)))?;
        }
    }
    let whole = Text::new(
        format!(
            "\n{} {made}件、もうあったもの {there}件、下書きにできないもの {not_made}件。",
            if dry_run { "下書きにできるもの" } else { "作った下書き" }
        ),
        format!(
            "\n{made} {}, {there} there already, {not_made} not made",
            if dry_run { "to make" } else { "made" }
        ),
    );
    writeln!(out, "{}", whole.in_language(language))
}
