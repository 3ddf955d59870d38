//! `hiyori token`: makes, lists and revokes the tokens of the staff, as the operator of this machine.
//!
//! Works while the server runs. The token stands alone on standard output, so that it can be handed on without being
//! seen; everything else is said on standard error.

use std::io::{self, Write};
use std::process::ExitCode;

use catalog::tokens::{self, NewToken};
use catalog::{Actor, PersonName, Role, Slug, TokenRecord};
use clap::{Args, Subcommand};
use jiff::Timestamp;

use super::could_not_run;
use crate::log::LogFormat;
use crate::settings::{Days, Keeping};
use crate::start::Rooms;
use crate::{log, start};

#[derive(Debug, Args)]
pub(super) struct TokenArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// トークンを作る: make a token for one person and print it, this once
    Create(CreateArgs),
    /// トークンの一覧: list all tokens, without their secrets
    List {
        #[command(flatten)]
        keeping: Keeping,
    },
    /// トークンを取り消す: make a token good for nothing, at once
    Revoke {
        /// トークンの番号: the number that `list` shows
        id: u64,
        #[command(flatten)]
        keeping: Keeping,
    },
}

#[derive(Debug, Args)]
struct CreateArgs {
    /// 担当課: the slug of the person's department
    #[arg(long, value_name = "SLUG")]
    department: Slug,
    /// 役割: editor (作成者), approver (承認者) or admin (管理者)
    #[arg(long)]
    role: Role,
    /// 氏名: whose token it is; a name is one person
    #[arg(long, value_parser = PersonName::parse)]
    name: PersonName,
    /// 有効日数: days that it is good for
    #[arg(long, env = "HIYORI_TOKEN_DAYS", default_value_t)]
    days: Days,
    #[command(flatten)]
    keeping: Keeping,
}

pub(super) fn run(args: TokenArgs) -> ExitCode {
    log::to_stderr(LogFormat::default());
    let done = actix_web::rt::System::new().block_on(async {
        match args.what {
            What::Create(args) => create(args).await,
            What::List { keeping } => list(&keeping).await,
            What::Revoke { id, keeping } => revoke(&keeping, id).await,
        }
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => could_not_run(why),
    }
}

async fn create(args: CreateArgs) -> Result<(), String> {
    let store = open(&args.keeping).await?.store;
    let CreateArgs { department, role, name, days, .. } = args;
    let new = NewToken { name, department, role, expires: days.after(Timestamp::now()) };
    let (secret, record) =
        tokens::create(&store, &Actor::Operator, new).await.map_err(|why| start::explain(&why))?;
    eprintln!(
        "「{}」（{}、{}）のトークン（番号 {}）を作りました。{} まで使えます。\n\
         下の1行がトークンです。もう一度表示することはできません。本人にだけ、安全な方法で渡してください。",
        record.name, record.department, record.role, record.id, record.expires
    );
    say(format_args!("{}", secret.reveal()))
}

async fn list(keeping: &Keeping) -> Result<(), String> {
    let store = open(keeping).await?.store;
    let all = tokens::list(&store, &Actor::Operator).await.map_err(|why| start::explain(&why))?;
    let now = Timestamp::now();
    say(format_args!("番号\t状態\t氏名\t担当課\t役割\t作成\t期限"))?;
    all.iter().try_for_each(|record| {
        let TokenRecord { id, name, department, role, created, expires, .. } = record;
        let state = match record.revoked {
            Some(_) => "取消済み",
            None if record.is_good(now) => "有効",
            None => "期限切れ",
        };
        say(format_args!("{id}\t{state}\t{name}\t{department}\t{role}\t{created}\t{expires}"))
    })
}

async fn revoke(keeping: &Keeping, id: u64) -> Result<(), String> {
    let store = open(keeping).await?.store;
    let record = tokens::revoke(&store, &Actor::Operator, id).await.map_err(|why| start::explain(&why))?;
    eprintln!("「{}」のトークン（番号 {id}）を取り消しました。もう使えません。", record.name);
    Ok(())
}

async fn open(keeping: &Keeping) -> Result<Rooms, String> {
    start::open(keeping, None).await.map_err(|why| why.to_string())
}

fn say(line: std::fmt::Arguments<'_>) -> Result<(), String> {
    writeln!(io::stdout(), "{line}").map_err(|error| format!("標準出力に書けません: {error}"))
}
