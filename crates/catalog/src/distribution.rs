//! 配信: one form in which a revision can be fetched.

use std::fmt;
use std::str::FromStr;

use ingestion::Sha256;
use serde::{Deserialize, Serialize};

/// 配信: one form in which a revision can be fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Distribution {
    /// The form.
    pub format: Format,
    /// Length in bytes.
    pub bytes: u64,
    /// Digest of the bytes.
    pub sha256: Sha256,
}

/// A form as a revision is told to come in: its file may still be on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form<'a> {
    /// The form.
    pub format: Format,
    /// The file, once it is made.
    pub made: Option<&'a Distribution>,
}

/// The forms that a revision is made in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Comma-separated values in UTF-8, without a BOM.
    Csv,
    /// An array of row objects under the columns' names.
    Json,
    /// A feature collection, where the rows have coordinates.
    GeoJson,
    /// Typed columns, for notebooks and databases.
    Parquet,
    /// An Excel workbook, where a sheet takes the rows.
    Xlsx,
}

impl Format {
    /// All of them.
    pub const ALL: [Format; 5] = [Format::Csv, Format::Json, Format::GeoJson, Format::Parquet, Format::Xlsx];

    /// Those that are texts, which are also kept packed.
    pub const TEXTS: [Format; 3] = [Format::Csv, Format::Json, Format::GeoJson];

    /// The extension in addresses, which is also its name in the API.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Json => "json",
            Format::GeoJson => "geojson",
            Format::Parquet => "parquet",
            Format::Xlsx => "xlsx",
        }
    }

    /// The IANA media type, without parameters.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Csv => "text/csv",
            Format::Json => "application/json",
            Format::GeoJson => "application/geo+json",
            Format::Parquet => "application/vnd.apache.parquet",
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// The name people read.
    pub fn title(self) -> &'static str {
        match self {
            Format::Csv => "CSV",
            Format::Json => "JSON",
            Format::GeoJson => "GeoJSON",
            Format::Parquet => "Parquet",
            Format::Xlsx => "XLSX",
        }
    }

    /// The code in the European file-type table.
    pub fn eu(self) -> &'static str {
        match self {
            Format::Csv => "CSV",
            Format::Json => "JSON",
            Format::GeoJson => "GEOJSON",
            Format::Parquet => "PARQUET",
            Format::Xlsx => "XLSX",
        }
    }
}

/// A text form that is kept packed beside itself. It is no 配信 of its own: whoever takes packed answers gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed {
    /// The form.
    pub format: Format,
    /// How it is packed.
    pub packing: Packing,
    /// Length of what was packed, in bytes.
    pub bytes: u64,
    /// Digest of what was packed.
    pub sha256: Sha256,
}

/// How a text is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Packing {
    /// gzip (RFC 1952)
    Gzip,
    /// Brotli (RFC 7932)
    Brotli,
}

impl Packing {
    /// All of them.
    pub const ALL: [Packing; 2] = [Packing::Gzip, Packing::Brotli];

    /// The name among the content codings of HTTP.
    pub fn as_str(self) -> &'static str {
        match self {
            Packing::Gzip => "gzip",
            Packing::Brotli => "br",
        }
    }

    /// The packing that HTTP calls `name`.
    pub fn from_name(name: &str) -> Option<Packing> {
        Packing::ALL.into_iter().find(|packing| packing.as_str() == name)
    }
}

/// The text names no form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a form of download: csv, json, geojson, parquet or xlsx")]
pub struct BadFormat(String);

impl FromStr for Format {
    type Err = BadFormat;

    fn from_str(text: &str) -> Result<Format, BadFormat> {
        Format::ALL
            .into_iter()
            .find(|format| format.extension() == text)
            .ok_or_else(|| BadFormat(text.to_owned()))
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.extension())
    }
}
