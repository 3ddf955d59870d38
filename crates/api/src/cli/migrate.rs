//! `hiyori migrate`: brings the tables of an older program up to date, as every start does, and does no more.

use std::process::ExitCode;

use clap::Args;

use super::could_not_run;
use crate::log::LogFormat;
use crate::settings::Keeping;
use crate::{log, start};

#[derive(Debug, Args)]
pub(super) struct MigrateArgs {
    #[command(flatten)]
    keeping: Keeping,
}

pub(super) fn run(args: MigrateArgs) -> ExitCode {
    log::to_stderr(LogFormat::default());
    actix_web::rt::System::new().block_on(async {
        match start::open(&args.keeping, None).await {
            Ok(_) => {
                println!("データベースはこのプログラムの形になっています。");
                ExitCode::SUCCESS
            }
            Err(why) => could_not_run(why),
        }
    })
}
