//! `hiyori publish FOLDER`: publishes the dataset in a folder, as the operator of this machine.

use std::path::PathBuf;
use std::process::ExitCode;

use catalog::publish::{Outcome, Published};
use catalog::{Actor, CatalogError, folder, follow};
use clap::Args;
use ingestion::Language;

use super::could_not_run;
use super::show::out::{refuse, unwritable};
use super::show::{self, paint::Paint};
use crate::log::LogFormat;
use crate::settings::Keeping;
use crate::{log, start};

#[derive(Debug, Args)]
pub(super) struct PublishArgs {
    /// データセットのフォルダ: a folder with dataset.toml and data.csv
    folder: PathBuf,
    #[command(flatten)]
    keeping: Keeping,
}

pub(super) fn run(args: PublishArgs) -> ExitCode {
    log::to_stderr(LogFormat::default());
    actix_web::rt::System::new().block_on(async {
        let rooms = match start::open(&args.keeping, None).await {
            Ok(rooms) => rooms,
            Err(why) => return could_not_run(why),
        };
        let folder = match folder::read_dataset(&args.folder) {
            Ok(folder) => folder,
            Err(why) => return could_not_run(start::explain(&why)),
        };
        match folder::publish(&rooms.store, &rooms.schemas, &Actor::Operator, folder).await {
            Ok(published) => {
                let (slug, number) = (&published.dataset.slug, published.revision.number);
                if let Err(why) = follow::catch_up(&rooms.store, &rooms.schemas, u64::MAX).await {
                    // What is published is published; a server that runs makes the rest.
                    tracing::warn!(%why, "the other forms of `{slug}` revision {number} have to wait: {why}");
                }
                println!("{}", said(&published));
                ExitCode::SUCCESS
            }
            Err(CatalogError::Refused(report)) => match show::report::write(
                &mut std::io::stdout().lock(),
                &report,
                Language::Ja,
                Paint::for_stdout(),
            ) {
                Ok(()) => ExitCode::from(1),
                Err(failed) => refuse(&unwritable(&failed), Language::Ja),
            },
            Err(why) => could_not_run(start::explain(&why)),
        }
    })
}

fn said(published: &Published) -> String {
    let (slug, title) = (&published.dataset.slug, &published.dataset.metadata.title);
    let (number, rows) = (published.revision.number, published.revision.rows);
    match published.outcome {
        Outcome::Published => format!("「{title}」（{slug}）の第{number}版を公開しました。{rows}行。"),
        Outcome::Described => {
            format!("「{title}」（{slug}）の説明を改めました。データは第{number}版のままです。")
        }
        Outcome::Unchanged => {
            format!("「{title}」（{slug}）は第{number}版から変わっていません。何もしませんでした。")
        }
    }
}
