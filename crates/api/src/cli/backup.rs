//! `hiyori backup TO`: copies everything into a folder, while servers go on.

use std::path::PathBuf;
use std::process::ExitCode;

use catalog::backup;
use clap::Args;

use super::could_not_run;
use crate::log::LogFormat;
use crate::settings::Keeping;
use crate::{log, start};

#[derive(Debug, Args)]
pub(super) struct BackupArgs {
    /// 控えのフォルダ: where the copy goes; not there yet, or empty
    to: PathBuf,
    #[command(flatten)]
    keeping: Keeping,
}

pub(super) fn run(args: BackupArgs) -> ExitCode {
    log::to_stderr(LogFormat::default());
    actix_web::rt::System::new().block_on(async {
        let rooms = match start::open(&args.keeping, None).await {
            Ok(rooms) => rooms,
            Err(why) => return could_not_run(why),
        };
        match backup::backup(&rooms.store, &args.to).await {
            Ok(manifest) => {
                let rows: u64 = manifest.tables.iter().map(|table| table.rows).sum();
                let (files, to) = (manifest.files.len(), args.to.display());
                println!("{to} に控えを取りました。{rows}行、ファイル{files}個。");
                ExitCode::SUCCESS
            }
            Err(why) => could_not_run(start::explain(&why)),
        }
    })
}
