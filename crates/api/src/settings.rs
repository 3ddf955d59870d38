//! Settings: flags and `HIYORI_*` variables (`AWS_*` for the storage), the same on every command that touches the catalog.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;

use catalog::store::{Bucket, DatabaseUrl, FilesAt, Place};
use catalog::{PublicUrl, Rules};
use clap::Args;
use jiff::{SignedDuration, Timestamp};

use crate::address::Neighbours;
use crate::limits::Limits;
use crate::start::CannotStart;

/// Where the catalog is kept.
#[derive(Debug, Clone, Args)]
pub struct Keeping {
    /// データの置き場所: the folder for everything the program keeps
    #[arg(long = "data", env = "HIYORI_DATA", value_name = "DIR", default_value = "data")]
    pub data: PathBuf,
    /// データベース: `sqlite://…` or `postgres://…` [default: a file in the data folder]
    #[arg(long, env = "HIYORI_DATABASE_URL", value_name = "URL", hide_env_values = true)]
    database_url: Option<Secret>,
    /// ファイルの置き場所: a folder or `s3://BUCKET/PREFIX`, for the bytes of revisions [default: in the data folder]
    #[arg(long, env = "HIYORI_FILES", value_name = "PLACE")]
    pub files: Option<String>,
    #[command(flatten)]
    storage: Storage,
}

/// The S3-compatible storage of `s3://…`, by the variables that its other programs know, too.
#[derive(Debug, Clone, Args)]
struct Storage {
    /// ストレージのアドレス: where the storage answers [default: that of the region]
    #[arg(long = "s3-endpoint", env = "AWS_ENDPOINT_URL", value_name = "URL")]
    endpoint: Option<String>,
    /// ストレージの地域: the region of the bucket
    #[arg(long = "s3-region", env = "AWS_REGION", value_name = "REGION", default_value = "us-east-1")]
    region: String,
    /// 鍵の名前: the name of the key to the storage
    #[arg(long = "s3-key-id", env = "AWS_ACCESS_KEY_ID", value_name = "ID", hide_env_values = true)]
    key_id: Option<Secret>,
    /// 鍵: the key to the storage; better as a variable, as flags are seen by everybody on the machine
    #[arg(long = "s3-secret", env = "AWS_SECRET_ACCESS_KEY", value_name = "KEY", hide_env_values = true)]
    secret: Option<Secret>,
    /// 一時的な鍵のトークン: what goes with a key that was lent for a time
    #[arg(
        long = "s3-session-token",
        env = "AWS_SESSION_TOKEN",
        value_name = "TOKEN",
        hide_env_values = true
    )]
    session_token: Option<Secret>,
}

/// A value that is taken as it comes, and never shown: not even where it does not read.
#[derive(Clone)]
struct Secret(String);

impl From<String> for Secret {
    fn from(value: String) -> Secret {
        Secret(value)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

impl Keeping {
    /// Where the store keeps what.
    ///
    /// # Errors
    /// [`CannotStart`] when the database's address does not read, or the files are to be in a bucket and something that it
    /// takes is not said.
    pub fn place(&self) -> Result<Place, CannotStart> {
        let mut place = Place::in_folder(&self.data);
        if let Some(Secret(url)) = &self.database_url {
            place.database = DatabaseUrl::parse(url)
                .map_err(|why| CannotStart(format!("`--database-url` (HIYORI_DATABASE_URL): {why}")))?;
        }
        match self.files.as_deref().map(|files| (files, files.strip_prefix("s3://"))) {
            Some((_, Some(bucket))) => place.files = FilesAt::Bucket(self.storage.bucket(bucket)?),
            Some((folder, None)) => place.files = FilesAt::Folder(folder.into()),
            None => {}
        }
        Ok(place)
    }
}

impl Storage {
    fn bucket(&self, address: &str) -> Result<Bucket, CannotStart> {
        let (name, prefix) = address.split_once('/').unwrap_or((address, ""));
        let refuse = |ja: &str, en: &str| Err(CannotStart(format!("s3://{address}: {ja}\n{en}")));
        if name.is_empty() {
            return refuse(
                "バケットの名前がありません。`s3://バケット/接頭辞` と書いてください。",
                "The bucket has no name: write s3://BUCKET/PREFIX.",
            );
        }
        // Without a key the storage's library would go looking for one on the network.
        let (Some(key_id), Some(secret)) = (&self.key_id, &self.secret) else {
            return refuse(
                "ストレージの鍵がありません。AWS_ACCESS_KEY_ID と AWS_SECRET_ACCESS_KEY を設定してください。",
                "There is no key to the storage: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
            );
        };
        Ok(Bucket {
            name: name.to_owned(),
            prefix: prefix.trim_matches('/').to_owned(),
            endpoint: self.endpoint.clone(),
            region: self.region.clone(),
            key_id: key_id.0.clone(),
            secret: secret.0.clone(),
            session_token: self.session_token.as_ref().map(|token| token.0.clone()),
        })
    }
}

/// How the server listens, and what it takes.
#[derive(Debug, Clone, Args)]
pub struct Serving {
    /// 待ち受けるアドレス: the address to listen on
    #[arg(long, env = "HIYORI_LISTEN", value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// 公開アドレス: the base of every IRI, as the world sees it [default: the address listened on]
    #[arg(long, env = "HIYORI_PUBLIC_URL", value_name = "URL", value_parser = PublicUrl::parse)]
    pub public_url: Option<PublicUrl>,
    /// Whose word counts.
    #[command(flatten)]
    pub neighbours: Neighbours,
    /// What may be sent, and how fast.
    #[command(flatten)]
    pub limits: Limits,
}

/// What the city decided about its own office.
#[derive(Debug, Clone, Copy, Args)]
pub struct Office {
    /// 一人の課: who made a revision may publish it, for an office where nobody else is
    #[arg(long = "office-of-one", env = "HIYORI_OFFICE_OF_ONE")]
    pub maker_may_publish: bool,
    /// トークンの有効日数: days that a new token is good for, unless said otherwise
    #[arg(long, env = "HIYORI_TOKEN_DAYS", value_name = "DAYS", default_value_t)]
    pub token_days: Days,
}

impl Office {
    /// The rules of this office.
    pub fn rules(self) -> Rules {
        Rules { maker_may_publish: self.maker_may_publish }
    }
}

/// How long a new token is good: 1 to 3,650 days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days(u16);

/// The longest time that a token is good, in days.
pub const TOKEN_DAYS_MAX: u16 = 3650;

impl Days {
    /// `days`, if a token may be good for so long.
    pub fn new(days: u16) -> Option<Days> {
        (1..=TOKEN_DAYS_MAX).contains(&days).then_some(Days(days))
    }

    /// When a token made at `time` expires.
    pub fn after(self, time: Timestamp) -> Timestamp {
        time + SignedDuration::from_hours(24 * i64::from(self.0))
    }
}

impl Default for Days {
    fn default() -> Days {
        Days(365)
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Days {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Days, &'static str> {
        text.parse().ok().and_then(Days::new).ok_or("a number of days from 1 to 3650")
    }
}
