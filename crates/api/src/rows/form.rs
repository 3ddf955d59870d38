//! The forms in which rows are given.

use actix_web::HttpRequest;

use crate::answer::XLSX;
use crate::negotiate;
use crate::problem::{Kind, Problem};

/// A form in which rows are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowsForm {
    /// An object around an array of row objects.
    Json,
    /// Row objects, each on a line.
    NdJson,
    /// Comma-separated values.
    Csv,
    /// A feature collection.
    GeoJson,
    /// Typed columns.
    Parquet,
    /// A workbook.
    Xlsx,
}

impl RowsForm {
    /// All of them; who does not mind gets the first.
    pub const ALL: [RowsForm; 6] = [
        RowsForm::Json,
        RowsForm::NdJson,
        RowsForm::Csv,
        RowsForm::GeoJson,
        RowsForm::Parquet,
        RowsForm::Xlsx,
    ];

    /// The ending of its addresses.
    pub fn extension(self) -> &'static str {
        match self {
            RowsForm::Json => "json",
            RowsForm::NdJson => "ndjson",
            RowsForm::Csv => "csv",
            RowsForm::GeoJson => "geojson",
            RowsForm::Parquet => "parquet",
            RowsForm::Xlsx => "xlsx",
        }
    }

    /// Its media type, without parameters.
    pub fn media_type(self) -> &'static str {
        match self {
            RowsForm::Json => "application/json",
            RowsForm::NdJson => "application/x-ndjson",
            RowsForm::Csv => "text/csv",
            RowsForm::GeoJson => "application/geo+json",
            RowsForm::Parquet => "application/vnd.apache.parquet",
            RowsForm::Xlsx => XLSX,
        }
    }

    /// Its media type as it is sent.
    pub fn content_type(self) -> &'static str {
        match self {
            RowsForm::Csv => "text/csv; charset=utf-8",
            other => other.media_type(),
        }
    }

    /// The form whose addresses end in `extension`.
    ///
    /// # Errors
    /// [`Kind::NoSuchFormat`], with the forms there are.
    pub fn of_extension(extension: &str) -> Result<RowsForm, Problem> {
        let form = RowsForm::ALL.into_iter().find(|form| form.extension() == extension);
        form.ok_or_else(|| {
            let forms = RowsForm::ALL.map(RowsForm::extension).join(", ");
            Problem::new(
                Kind::NoSuchFormat,
                format!("行をその形式では渡せません。使える形式: {forms}"),
                format!("Rows do not come in that form. There are: {forms}."),
            )
        })
    }

    /// The form that `request` likes best.
    ///
    /// # Errors
    /// [`Kind::NotAcceptable`] when it wants none of them.
    pub fn of_request(request: &HttpRequest) -> Result<RowsForm, Problem> {
        let liked = negotiate::best(request, &RowsForm::ALL.map(RowsForm::media_type))?;
        Ok(RowsForm::ALL.get(liked).copied().unwrap_or(RowsForm::Json))
    }
}
