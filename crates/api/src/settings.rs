//! Settings: flags and `HIYORI_*` variables, the same on every command that touches the catalog.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;

use catalog::store::Place;
use catalog::{PublicUrl, Rules};
use clap::Args;
use jiff::{SignedDuration, Timestamp};

/// Where the catalog is kept.
#[derive(Debug, Clone, Args)]
pub struct Keeping {
    /// データの置き場所: the folder for everything the program keeps
    #[arg(long = "data", env = "HIYORI_DATA", value_name = "DIR", default_value = "data")]
    pub data: PathBuf,
    /// データベース: `sqlite://…` or `postgres://…` [default: a file in the data folder]
    #[arg(long, env = "HIYORI_DATABASE_URL", value_name = "URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// ファイルの置き場所: the folder for the bytes of revisions [default: in the data folder]
    #[arg(long, env = "HIYORI_FILES", value_name = "DIR")]
    pub files: Option<PathBuf>,
}

impl Keeping {
    /// Where the store keeps what.
    pub fn place(&self) -> Place {
        let mut place = Place::in_folder(&self.data);
        if let Some(url) = &self.database_url {
            place.database_url.clone_from(url);
        }
        if let Some(files) = &self.files {
            place.files.clone_from(files);
        }
        place
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
    /// 受け取るファイルの上限: bytes of one uploaded file that are taken
    #[arg(long, env = "HIYORI_UPLOAD_BYTES_MAX", value_name = "BYTES", default_value_t = 50 * 1024 * 1024)]
    pub upload_bytes_max: u64,
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
    /// 使えないトークンの回数: wrong tokens a minute from one address that are answered plainly; 0: any number
    #[arg(long, env = "HIYORI_GUESSES_PER_MINUTE", value_name = "COUNT", default_value_t = 30)]
    pub guesses_per_minute: u32,
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
