//! Settings: flags and `HIYORI_*` variables, the same on every command that touches the catalog.

use std::net::SocketAddr;
use std::path::PathBuf;

use catalog::PublicUrl;
use catalog::store::Place;
use clap::Args;

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
