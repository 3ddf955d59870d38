//! The name of a schema.
//!
//! Whether there is one of that name is [`crate::schemas`]'s business.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The name of a schema: `suisho/<slug>` or `hyojun/<slug>`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct SchemaId {
    standard: Standard,
    slug: String,
}

/// The two national standards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Standard {
    /// 自治体標準オープンデータセット (2023 and later)
    Hyojun,
    /// 推奨データセット (2017 to 2022)
    Suisho,
}

/// The text names no schema.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a schema id: write `hyojun/…` or `suisho/…`")]
pub struct BadSchemaId(String);

impl Standard {
    /// The name in IRIs and ids.
    pub fn as_str(self) -> &'static str {
        match self {
            Standard::Hyojun => "hyojun",
            Standard::Suisho => "suisho",
        }
    }

    /// 自治体標準オープンデータセット, 推奨データセット
    pub fn title(self) -> &'static str {
        match self {
            Standard::Hyojun => "自治体標準オープンデータセット",
            Standard::Suisho => "推奨データセット",
        }
    }
}

impl SchemaId {
    /// The standard it belongs to.
    pub fn standard(&self) -> Standard {
        self.standard
    }

    /// Its name within the standard: `public_toilet`.
    pub fn slug(&self) -> &str {
        &self.slug
    }
}

impl fmt::Display for SchemaId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.standard.as_str(), self.slug)
    }
}

impl FromStr for SchemaId {
    type Err = BadSchemaId;

    fn from_str(text: &str) -> Result<SchemaId, BadSchemaId> {
        let bad = || BadSchemaId(text.to_owned());
        let (standard, slug) = text.split_once('/').ok_or_else(bad)?;
        let standard = match standard {
            "hyojun" => Standard::Hyojun,
            "suisho" => Standard::Suisho,
            _ => return Err(bad()),
        };
        if slug.is_empty() || !slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        {
            return Err(bad());
        }
        Ok(SchemaId { standard, slug: slug.to_owned() })
    }
}

impl From<SchemaId> for String {
    fn from(id: SchemaId) -> String {
        id.to_string()
    }
}

impl TryFrom<String> for SchemaId {
    type Error = BadSchemaId;

    fn try_from(text: String) -> Result<SchemaId, BadSchemaId> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_as_it_is_written() {
        for text in ["hyojun/public_toilet", "suisho/aed"] {
            assert_eq!(text.parse::<SchemaId>().map(String::from), Ok(text.to_owned()));
        }
    }

    #[test]
    fn what_names_no_schema_is_refused() {
        for text in ["", "hyojun", "hyojun/", "hyojun/AED", "hyojun/a/b", "other/aed", "hyojun/トイレ"] {
            assert_eq!(text.parse::<SchemaId>(), Err(BadSchemaId(text.to_owned())), "{text:?}");
        }
    }
}
