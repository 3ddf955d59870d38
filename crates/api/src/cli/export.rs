//! `hiyori export`: オープンデータ一覧 as a file, with the drafts if wanted.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use catalog::{Iris, PublicUrl, listed};
use clap::{Args, Subcommand};
use ingestion::Language;

use super::could_not_run;
use super::show::out::{Patient, refuse, unwritable, whole};
use crate::log::LogFormat;
use crate::settings::Keeping;
use crate::{log, start};

#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// オープンデータ一覧: the list in the national layout, one row for each file
    OpenDataList(ListArgs),
}

#[derive(Debug, Args)]
struct ListArgs {
    /// 下書きも書く: with the drafts, which only the city itself should see
    #[arg(long)]
    drafts: bool,
    /// 公開アドレス: the base of every address in the list, as the server has it
    #[arg(long, env = "HIYORI_PUBLIC_URL", value_name = "URL", value_parser = PublicUrl::parse)]
    public_url: PublicUrl,
    /// 書き出すファイル: where it goes; standard output when absent
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    #[command(flatten)]
    keeping: Keeping,
}

pub(super) fn run(args: ExportArgs) -> ExitCode {
    log::to_stderr(LogFormat::default());
    let What::OpenDataList(args) = args.what;
    let csv = actix_web::rt::System::new().block_on(async {
        let rooms = start::open(&args.keeping, None).await.map_err(|why| why.to_string())?;
        let iris = Iris::new(args.public_url.clone());
        let csv = listed::csv(&rooms.store, &rooms.schemas, &iris, args.drafts).await;
        csv.map_err(|why| start::explain(&why))
    });
    let csv = match csv {
        Ok(csv) => csv,
        Err(why) => return could_not_run(why),
    };
    let written = match &args.output {
        Some(place) => whole(place, |mut file| file.write_all(&csv)),
        None => Patient::new(io::stdout().lock()).write_all(&csv),
    };
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(failed) => refuse(&unwritable(&failed), Language::Ja),
    }
}
