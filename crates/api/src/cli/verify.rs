//! `hiyori verify`: reads everything that is kept, and names what is not as it was promised.

use std::process::ExitCode;

use catalog::verify;
use clap::Args;

use super::could_not_run;
use crate::log::LogFormat;
use crate::settings::Keeping;
use crate::{log, start};

#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    #[command(flatten)]
    keeping: Keeping,
}

pub(super) fn run(args: VerifyArgs) -> ExitCode {
    log::to_stderr(LogFormat::default());
    actix_web::rt::System::new().block_on(async {
        let rooms = match start::open(&args.keeping, None).await {
            Ok(rooms) => rooms,
            Err(why) => return could_not_run(why),
        };
        let verdict = match verify::verify(&rooms.store).await {
            Ok(verdict) => verdict,
            Err(why) => return could_not_run(start::explain(&why)),
        };
        let (files, bytes, faults) = (verdict.files, verdict.bytes, verdict.faults.len());
        for fault in verdict.faults {
            println!("{fault}");
        }
        if faults > 0 {
            println!("ファイル{files}個を点検しました。誤りが{faults}件あります。");
            return ExitCode::from(1);
        }
        println!("ファイル{files}個（{bytes}バイト）を点検しました。誤りはありません。");
        ExitCode::SUCCESS
    })
}
