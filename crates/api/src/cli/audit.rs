//! `hiyori audit verify`: looks through the chain of the audit.

use std::process::ExitCode;

use catalog::audit;
use clap::{Args, Subcommand};

use super::could_not_run;
use crate::log::LogFormat;
use crate::settings::Keeping;
use crate::{log, start};

#[derive(Debug, Args)]
pub(super) struct AuditArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// 監査記録を確かめる: whether no entry of the audit was changed, removed or put in (exit 1 names the first)
    Verify {
        #[command(flatten)]
        keeping: Keeping,
    },
}

pub(super) fn run(args: AuditArgs) -> ExitCode {
    log::to_stderr(LogFormat::default());
    let What::Verify { keeping } = args.what;
    let verified = actix_web::rt::System::new().block_on(async {
        let rooms = start::open(&keeping, None).await.map_err(|why| why.to_string())?;
        audit::verify(&rooms.store).await.map_err(|why| start::explain(&why))
    });
    match verified {
        Err(why) => could_not_run(why),
        Ok(verdict) => match verdict.broken {
            None => {
                println!(
                    "監査記録は{}件すべてつながっています。最後の記録: {}\nthe audit is whole: {} entries",
                    verdict.entries, verdict.head, verdict.entries
                );
                ExitCode::SUCCESS
            }
            Some(broken) => {
                println!(
                    "監査記録のつながりが切れています。はじめの{}件は無事です。\n{broken}",
                    verdict.entries
                );
                ExitCode::from(1)
            }
        },
    }
}
