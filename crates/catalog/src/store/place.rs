//! Where a catalog is kept: which database, which files. Secrets in it are never shown.
//!
//! How the database is reached is [`super::connection`]'s business, how bytes are kept [`super::files`]'s.

use std::fmt;
use std::path::{Path, PathBuf};

/// Where a catalog is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The database.
    pub database: DatabaseUrl,
    /// The kept files.
    pub files: FilesAt,
    /// The local folder of files that are not kept yet.
    pub work: PathBuf,
}

impl Place {
    /// A catalog in one folder: `hiyori.sqlite`, `files/` and `work/`.
    pub fn in_folder(data: &Path) -> Place {
        Place {
            database: DatabaseUrl::of_file(&data.join("hiyori.sqlite")),
            files: FilesAt::Folder(data.join("files")),
            work: data.join("work"),
        }
    }
}

/// The address of a database: `sqlite://…` or `postgres://…`. It may hold a password; what is shown of it does not.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(String);

/// An address that names no database this program can use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "`sqlite://FILE` か `postgres://USER@HOST/DATABASE` の形で書いてください (write sqlite://… or postgres://…)"
)]
pub struct BadDatabaseUrl;

impl DatabaseUrl {
    /// Reads an address.
    ///
    /// # Errors
    /// [`BadDatabaseUrl`], which does not repeat it.
    pub fn parse(text: &str) -> Result<DatabaseUrl, BadDatabaseUrl> {
        let known = ["sqlite:", "postgres://", "postgresql://"];
        match known.iter().any(|scheme| text.starts_with(scheme)) {
            true => Ok(DatabaseUrl(text.to_owned())),
            false => Err(BadDatabaseUrl),
        }
    }

    /// The SQLite database in `file`, whatever letters its path has.
    pub fn of_file(file: &Path) -> DatabaseUrl {
        let mut url = "sqlite://".to_owned();
        for c in file.to_string_lossy().chars() {
            match c {
                '%' => url.push_str("%25"),
                '?' => url.push_str("%3F"),
                '#' => url.push_str("%23"),
                c => url.push(c),
            }
        }
        DatabaseUrl(url)
    }

    /// Whether it is a file of SQLite.
    pub(super) fn is_sqlite(&self) -> bool {
        self.0.starts_with("sqlite:")
    }

    /// All of it, the password included.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

/// Without the password, and without parameters, among which one may stand.
impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.0.split('?').next().unwrap_or_default();
        let Some((scheme, rest)) = shown.split_once("://").filter(|_| !self.is_sqlite()) else {
            return f.write_str(shown);
        };
        // An `@` in a password stands before the last one; a host has none.
        match rest.rsplit_once('@') {
            Some((who, place)) => {
                let user = who.split(':').next().unwrap_or_default();
                write!(f, "{scheme}://{user}@{place}")
            }
            None => f.write_str(shown),
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DatabaseUrl({self})")
    }
}

/// Where the kept files are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilesAt {
    /// In a folder.
    Folder(PathBuf),
    /// In a bucket of an S3-compatible storage.
    Bucket(Bucket),
}

impl fmt::Display for FilesAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FilesAt::Folder(folder) => folder.display().fmt(f),
            FilesAt::Bucket(bucket) => write!(f, "s3://{}/{}", bucket.name, bucket.prefix),
        }
    }
}

/// A bucket, and who we are there.
#[derive(Clone, PartialEq, Eq)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// What every name in it begins with; may be empty.
    pub prefix: String,
    /// `http(s)://host[:port]` of the storage; `None`: that of the region.
    pub endpoint: Option<String>,
    /// Its region.
    pub region: String,
    /// The name of the key.
    pub key_id: String,
    /// The key.
    pub secret: String,
    /// What goes with a key that was lent for a time.
    pub session_token: Option<String>,
}

impl fmt::Debug for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bucket")
            .field("name", &self.name)
            .field("prefix", &self.prefix)
            .field("endpoint", &self.endpoint)
            .field("region", &self.region)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[track_caller]
    fn shows(url: &str, expected: &str) {
        let url = DatabaseUrl::parse(url).unwrap();
        assert_eq!(url.to_string(), expected);
        assert_eq!(format!("{url:?}"), format!("DatabaseUrl({expected})"));
    }

    #[test]
    fn no_password_is_shown() {
        shows("postgres://city:pa:ss@db.example:5432/hiyori", "postgres://city@db.example:5432/hiyori");
        shows("postgresql://city:p@ss@db/hiyori?sslmode=require", "postgresql://city@db/hiyori");
        shows("postgres://db/hiyori?user=city&password=secret", "postgres://db/hiyori");
        shows("sqlite:///data/hiyori.sqlite", "sqlite:///data/hiyori.sqlite");
    }

    #[test]
    fn no_key_is_shown() {
        let bucket = Bucket {
            name: "hiyori".to_owned(),
            prefix: "files".to_owned(),
            endpoint: None,
            region: "ap-northeast-1".to_owned(),
            key_id: "THE-ID".to_owned(),
            secret: "THE-SECRET".to_owned(),
            session_token: Some("THE-TOKEN".to_owned()),
        };
        let shown = format!("{bucket:?} {}", FilesAt::Bucket(bucket.clone()));
        assert!(!shown.contains("THE-"), "{shown}");
        assert!(shown.ends_with("s3://hiyori/files"), "{shown}");
    }

    #[test]
    fn an_address_of_something_else_is_refused_without_being_repeated() {
        for url in ["mysql://root:secret@db/x", "hiyori.sqlite", ""] {
            let refusal = DatabaseUrl::parse(url).unwrap_err();
            assert!(!refusal.to_string().contains("secret"));
        }
    }
}
