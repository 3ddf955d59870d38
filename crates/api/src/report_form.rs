//! The forms in which it is told what was found in a file: the report as JSON, every finding as CSV, or a copy of the
//! file as a workbook with the findings marked.
//!
//! The file comes in once and is judged while it comes. What is found is `ingestion`'s business.

use std::io::{self, Read};
use std::str::FromStr;

use catalog::counted;
use ingestion::{Discard, Language, Marked, Options, Report, Schemas, validate};

use crate::answer::XLSX;
use crate::cli::show::csv::{Findings, write_header};
use crate::scratch::{Scratch, Written};

/// A form in which it is told what was found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ReportForm {
    /// The report.
    #[default]
    Json,
    /// Every finding, one line each.
    Csv,
    /// A copy of the file with the findings marked.
    Xlsx,
}

/// The text names no form of a report.
#[derive(Debug, thiserror::Error)]
#[error("not a form of a report")]
pub struct BadReportForm;

/// What was found in a file.
#[derive(Debug)]
pub enum Told {
    /// The report itself.
    Report(Box<Report>),
    /// A file of this media type and ending.
    File(Written, &'static str, &'static str),
}

impl FromStr for ReportForm {
    type Err = BadReportForm;

    fn from_str(text: &str) -> Result<ReportForm, BadReportForm> {
        match text {
            "json" => Ok(ReportForm::Json),
            "csv" => Ok(ReportForm::Csv),
            "xlsx" => Ok(ReportForm::Xlsx),
            _ => Err(BadReportForm),
        }
    }
}

impl ReportForm {
    /// Judges `input` and tells what was found in this form.
    ///
    /// # Errors
    /// What the disk, on which the form is written, cannot do.
    pub fn judge(
        self,
        input: impl Read + Send,
        schemas: &Schemas,
        options: &Options<'_>,
        language: Language,
    ) -> io::Result<Told> {
        match self {
            ReportForm::Json => {
                let report = validate(input, schemas, options, &mut Discard);
                counted::judged(&report);
                Ok(Told::Report(Box::new(report)))
            }
            ReportForm::Csv => Ok(Told::File(
                every_finding(input, schemas, options, language)?,
                "text/csv; charset=utf-8",
                "csv",
            )),
            ReportForm::Xlsx => Ok(Told::File(marked(input, schemas, options, language)?, XLSX, "xlsx")),
        }
    }
}

/// Every finding in `input` as CSV, one line each, listed in its report or not.
///
/// # Errors
/// What the disk cannot do.
pub fn every_finding(
    input: impl Read + Send,
    schemas: &Schemas,
    options: &Options<'_>,
    language: Language,
) -> io::Result<Written> {
    let mut scratch = Scratch::begin()?;
    write_header(&mut scratch)?;
    let mut findings = Findings::new(&mut scratch, options.file_name.as_str(), language);
    validate(input, schemas, options, &mut findings);
    findings.finish()?;
    scratch.end()
}

fn marked(
    input: impl Read + Send,
    schemas: &Schemas,
    options: &Options<'_>,
    language: Language,
) -> io::Result<Written> {
    let (mut scratch, mut copy) = (Scratch::begin()?, Marked::begin(language));
    let report = validate(input, schemas, options, &mut copy);
    copy.end(&report, &mut scratch)?;
    scratch.end()
}
