//! The commands of `hiyori`, each in its own file.
//!
//! Exit codes: 0 done, 1 done and something was found wrong with a file, 2 could not run.

mod audit;
mod backup;
mod convert;
mod export;
mod import;
mod migrate;
mod openapi;
mod publish;
mod restore;
pub mod schemas;
mod serve;
pub mod show;
mod token;
pub mod validate;
mod verify;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// 日和 (hiyori): the city's open-data catalog, which is also its plan for the use of data.
#[derive(Debug, Parser)]
#[command(
    name = "hiyori",
    version,
    about = "日和 — オープンデータカタログと市町村官民データ活用推進計画\nhiyori: an open-data catalog and the plan it stands for"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// サーバーを動かす: serve the catalog and the plan over HTTP
    Serve(Box<serve::ServeArgs>),
    /// ファイルを検証する: judge files against the national schemas
    Validate(validate::ValidateArgs),
    /// フォルダのデータセットを公開する: publish the dataset in a folder
    Publish(publish::PublishArgs),
    /// よそから取り込む: make drafts of what another portal or an older list tells of
    Import(import::ImportArgs),
    /// 書き出す: take オープンデータ一覧 away, with drafts if wanted
    Export(export::ExportArgs),
    /// 新しい様式に変換する: convert a table of the old national standard to the new one
    Convert(convert::ConvertArgs),
    /// 様式を見る: show the national schemas
    Schemas(schemas::SchemasArgs),
    /// 職員のトークン: make, list and revoke the tokens of the staff
    Token(token::TokenArgs),
    /// 監査記録: look through the audit
    Audit(audit::AuditArgs),
    /// 控えを取る: copy everything into a folder, while servers go on
    Backup(backup::BackupArgs),
    /// 控えから元に戻す: put a copy back where no catalog is yet
    Restore(restore::RestoreArgs),
    /// 点検する: read everything that is kept and name what is damaged
    Verify(verify::VerifyArgs),
    /// データベースを新しい形にする: bring the tables of an older program up to date
    Migrate(migrate::MigrateArgs),
    /// OpenAPI 文書を書き出す: print the OpenAPI document
    Openapi,
}

/// Reads the command line and does what it says.
pub fn run() -> ExitCode {
    match Cli::parse().command {
        Command::Serve(args) => serve::run(*args),
        Command::Validate(args) => validate::run(&args),
        Command::Publish(args) => publish::run(args),
        Command::Import(args) => import::run(args),
        Command::Export(args) => export::run(args),
        Command::Convert(args) => convert::run(&args),
        Command::Schemas(args) => schemas::run(&args),
        Command::Token(args) => token::run(args),
        Command::Audit(args) => audit::run(args),
        Command::Backup(args) => backup::run(args),
        Command::Restore(args) => restore::run(args),
        Command::Verify(args) => verify::run(args),
        Command::Migrate(args) => migrate::run(args),
        Command::Openapi => openapi::run(),
    }
}

/// Says why a command could not run, and gives the exit code of that.
fn could_not_run(why: impl std::fmt::Display) -> ExitCode {
    eprintln!("hiyori: {why}");
    ExitCode::from(2)
}
