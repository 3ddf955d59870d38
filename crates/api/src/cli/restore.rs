//! `hiyori restore FROM`: puts a copy back where no catalog is yet.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use catalog::restore::{self, Backup};
use catalog::store::Alone;
use catalog::{CatalogError, verify};
use clap::Args;
use plan::Plans;

use super::could_not_run;
use crate::log::LogFormat;
use crate::log::{self, chain};
use crate::settings::Keeping;
use crate::start::{self, CannotStart};

#[derive(Debug, Args)]
pub(super) struct RestoreArgs {
    /// 控えのフォルダ: a copy that `hiyori backup` made
    from: PathBuf,
    #[command(flatten)]
    keeping: Keeping,
}

pub(super) fn run(args: RestoreArgs) -> ExitCode {
    log::to_stderr(LogFormat::default());
    actix_web::rt::System::new().block_on(async {
        match put_back(&args.from, &args.keeping).await {
            Ok(files) => {
                println!(
                    "{} の控えから元に戻しました。ファイル{files}個を確かめました。",
                    args.from.display()
                );
                ExitCode::SUCCESS
            }
            Err(why) => could_not_run(why),
        }
    })
}

async fn put_back(from: &Path, keeping: &Keeping) -> Result<usize, CannotStart> {
    let explain = |error: CatalogError| CannotStart(start::explain(&error));
    let backup = Backup::open(from).map_err(explain)?;
    let place = keeping.place()?;
    let alone = Alone::at(&place).await.map_err(explain)?;
    let store = restore::begin(&place, &backup).await.map_err(explain)?;
    let plan = Plans::create_as_of(store.database(), backup.plan_changes()).await;
    plan.map_err(|error| CannotStart(chain(&error)))?;
    restore::finish(&store, &backup).await.map_err(explain)?;
    drop(alone);
    let rooms = start::open(keeping, None).await?;
    let verdict = verify::verify(&rooms.store).await.map_err(explain)?;
    match verdict.faults.first() {
        Some(fault) => Err(CannotStart(format!("元に戻しましたが、点検で誤りが見つかりました: {fault}"))),
        None => Ok(verdict.files),
    }
}
