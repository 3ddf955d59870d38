//! 様式: a national schema, as it is written in its TOML file.
//!
//! The files live in `schemas/`; finding one by name is [`crate::schemas`]'s business, holding a table
//! against one is [`crate::validate`]'s.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// 様式: the columns a national standard wants of one kind of dataset.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schema {
    /// `hyojun/public_toilet`
    pub id: SchemaId,
    /// 公衆トイレ一覧
    pub title: String,
    /// The number in the national definition book: `A-13`.
    pub number: String,
    /// The edition that was transcribed.
    pub edition: String,
    /// Where the transcription comes from, best first.
    pub source: Vec<String>,
    /// The agency's page of the standard, where there is one.
    pub page: Option<String>,
    /// The name a published file has: `{code}_public_toilet.csv`.
    pub file_name: String,
    /// The fields that together name a row; empty where nothing does.
    #[serde(default)]
    pub key: Vec<String>,
    /// Whether every column of the standard is known; if not, a missing one is a note.
    pub columns_complete: bool,
    /// Columns that published files carry and that may or may not belong to the standard.
    #[serde(default)]
    pub optional_extra_columns: Vec<String>,
    /// The fields, in the standard's order.
    #[serde(rename = "field")]
    pub fields: Vec<Field>,
}

/// 項目: one column of a schema.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// The column's exact name.
    pub name: String,
    /// The standard's own English name, where a source gives one.
    pub name_en: Option<String>,
    /// How much the standard wants it.
    pub need: Need,
    /// How we know [`Field::need`]: a breach is an error only when the mark is sure.
    pub required_basis: Basis,
    /// How we know the column and its spelling.
    pub evidence: Evidence,
    /// What its cells hold.
    pub kind: Kind,
    /// What an empty cell says, where the standard says so.
    pub blank: Option<String>,
    /// How a cell is written, in the standard's words or ours.
    pub rule: Option<String>,
    /// A good cell.
    pub example: Option<String>,
}

/// How much the standard wants a field: ◎, ○ or no mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// 必須 (◎)
    Required,
    /// 推奨 (○)
    Recommended,
    /// 任意 (no mark)
    Optional,
    /// The mark is not known.
    Unknown,
}

/// How the mark of a field is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Read in the definition book.
    Definition,
    /// Listed as required in a published model of the old standard.
    Model,
    /// The same mark as in the sheets that are known, for the columns they share.
    Siblings,
    /// Carried over from the old standard; may have been relaxed.
    Carried,
    /// No source.
    Unknown,
}

/// How a column and its spelling are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// Read in the definition book.
    Definition,
    /// A published model of the standard.
    Model,
    /// The header of a published file.
    Header,
    /// A name known to a reader of many published files.
    Alias,
    /// Put in by analogy.
    Inferred,
}

/// What the cells of a field hold.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Kind {
    /// Any text.
    Text,
    /// Printable ASCII: 名称_英字.
    Ascii,
    /// 全角カタカナ; letters of other scripts and signs may stand beside it, kanji and hiragana may not.
    Katakana,
    /// A code of a given shape; `shape` is a regular expression the whole cell must match.
    Code {
        /// The regular expression, anchored.
        shape: String,
    },
    /// A whole number.
    Integer {
        /// The smallest that makes sense.
        min: Option<i64>,
    },
    /// A number.
    Number,
    /// `YYYY-MM-DD`.
    Date,
    /// `HH:MM` or `HH:MM:SS`, 24 hours.
    Time {
        /// Whether it ends something: then `24:00` is good.
        #[serde(default)]
        end: bool,
    },
    /// Decimal degrees, 20 to 46.
    Latitude,
    /// Decimal degrees, 122 to 154.5.
    Longitude,
    /// One telephone number, or several between ` / `.
    Telephone,
    /// An http or https URL.
    Url,
    /// A mail address.
    Email,
    /// 郵便番号: seven digits without a hyphen.
    PostalCode,
    /// 法人番号: 13 digits, the first a check digit.
    CorporateNumber,
    /// 全国地方公共団体コード: 6 digits, the last a check digit.
    MunicipalityCode,
    /// One of a list of values.
    OneOf(Vec<String>),
    /// Weekdays by their first letter from Monday on, nothing between: `月火水木金`.
    Weekdays,
    /// Several texts with a half-width semicolon between.
    List,
}

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

impl Basis {
    /// Whether a breach of the mark may be called an error.
    pub fn is_sure(self) -> bool {
        matches!(self, Basis::Definition | Basis::Model)
    }
}

impl Evidence {
    /// Whether a breach of the spelling or of the value list may be called an error.
    pub fn is_sure(self) -> bool {
        matches!(self, Evidence::Definition | Evidence::Model)
    }
}
