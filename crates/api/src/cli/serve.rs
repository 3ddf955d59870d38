//! `hiyori serve`: opens the catalog (or makes it, with `--init`) and serves it until told to stop.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::could_not_run;
use crate::log::LogFormat;
use crate::settings::{Keeping, Office, Serving};
use crate::{log, server, start};

#[derive(Debug, Args)]
pub(super) struct ServeArgs {
    #[command(flatten)]
    keeping: Keeping,
    #[command(flatten)]
    serving: Serving,
    #[command(flatten)]
    office: Office,
    /// 最初の起動: make the catalog and load this folder when nothing is there yet
    #[arg(long, value_name = "FOLDER")]
    init: Option<PathBuf>,
    /// ログの書き方: how log lines are written
    #[arg(long, env = "HIYORI_LOG_FORMAT", value_enum, default_value_t)]
    log_format: LogFormat,
}

pub(super) fn run(args: ServeArgs) -> ExitCode {
    log::to_stderr(args.log_format);
    let outcome = actix_web::rt::System::new().block_on(async {
        let rooms = start::open(&args.keeping, args.init.as_deref()).await?;
        server::serve(rooms, &args.serving, args.office).await
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => could_not_run(why),
    }
}
