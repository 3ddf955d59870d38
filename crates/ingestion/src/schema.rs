//! 様式: a national schema, as it is written in its TOML file.
//!
//! The files live in `schemas/`; finding one by name is [`crate::schemas`]'s business, holding a table
//! against one is [`crate::validate()`]'s, one cell `cell`'s, one row `relation`'s.

mod id;
mod kind;
mod steps;

use serde::{Deserialize, Serialize};

pub use id::{BadSchemaId, SchemaId, Standard};
pub use kind::{BadShape, Kind, Shape};

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
    /// How sure the transcription is as a whole.
    pub confidence: Confidence,
    /// Whether the order of the fields is the standard's; if not, nobody should insist on it.
    pub order_known: bool,
    /// Whether every column of the standard is known; if not, a missing one is a note.
    pub columns_complete: bool,
    /// Columns that published files carry and that may or may not belong to the standard.
    #[serde(default)]
    pub optional_extra_columns: Vec<String>,
    /// The state of [`Field::aliases`], by the day it was last changed.
    pub aliases_edition: Option<String>,
    /// What a reader of the schema should know, in Japanese.
    pub note: Option<String>,
    /// The fields, in the standard's order.
    #[serde(rename = "field")]
    pub fields: Vec<Field>,
    /// What cells of one row say together.
    #[serde(default, rename = "relation")]
    pub relations: Vec<Relation>,
}

/// 項目: one column of a schema.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// The column's exact name.
    pub name: String,
    /// Other names under which published files carry the column, or which the other standard has for it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The standard's own English name, where a source gives one.
    pub name_en: Option<String>,
    /// The name in the core data model of 政府相互運用性フレームワーク (GIF), where the column comes from it.
    pub gif_name: Option<String>,
    /// How much the standard wants it.
    pub need: Need,
    /// How we know [`Field::need`]: a breach is an error only when the mark is sure.
    pub required_basis: Basis,
    /// How we know the column and its spelling.
    pub evidence: Evidence,
    /// What its cells hold.
    pub kind: Kind,
    /// Where the values of [`Kind::OneOf`] come from.
    #[serde(default)]
    pub values_from: ValuesFrom,
    /// What its numbers count: `m`, `mm`, `円`. It is not written in the cell.
    pub unit: Option<String>,
    /// What an empty cell says, where the standard says so. A required column must then be there, and its
    /// cells may be empty.
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

/// Where a list of values comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValuesFrom {
    /// The standard, as far as [`Field::evidence`] goes.
    #[default]
    Standard,
    /// What published files have; the standard may list others.
    Published,
}

/// How sure a transcription is as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Names from readers of published files; lists are not complete.
    Low,
    /// Between low and medium.
    MediumLow,
    /// Names from published files; some places are inferred.
    Medium,
    /// Between medium and high.
    MediumHigh,
    /// Columns and order checked against the definition or published files.
    High,
}

/// What cells of one row say together; `relation` holds a row against it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Relation {
    /// The full address begins with the prefecture and the city that stand beside it.
    ///
    /// Rule: 共通ルール, 住所 (新): 連結表記は都道府県から建物名まで.
    Address {
        /// The field of the full address.
        full: String,
        /// The field of the prefecture.
        prefecture: String,
        /// The field of the city.
        city: String,
        /// The fields that follow, in the order they are written.
        rest: Vec<String>,
    },
    /// Something begins and ends at different times.
    TimeSpan {
        /// The field of its begin.
        start: String,
        /// The field of its end.
        end: String,
    },
}

impl Schema {
    /// The field named `name`, spelt exactly so.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl Field {
    /// Whether a cell outside the list of values may be called an error.
    pub fn list_is_sure(&self) -> bool {
        self.values_from == ValuesFrom::Standard && self.evidence.is_sure()
    }
}

impl Relation {
    /// The names of the fields it speaks of.
    pub fn fields(&self) -> Vec<&str> {
        match self {
            Relation::Address { full, prefecture, city, rest } => {
                [full, prefecture, city].into_iter().chain(rest).map(String::as_str).collect()
            }
            Relation::TimeSpan { start, end } => vec![start, end],
        }
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
