//! The scores of several files, and what can be said only of all together (L3-07).

use std::collections::BTreeMap;

use ingestion::Report;
use ingestion::readability::{Gravity, Outcome, RuleId, alike};
use serde::Serialize;

use super::check::{Check, Violation};
use super::file::{FileScore, file_name};

/// The sheet that a place across files stands on.
const SHEET: &str = "(bulk)";
/// How sure a comparison of columns is, in hundredths.
const CONFIDENCE: u8 = 80;
/// And where there was nothing to compare.
const CONFIDENCE_OF_NOTHING: u8 = 50;

/// The scores of several files.
#[derive(Debug, Clone, Serialize)]
pub(super) struct BulkScore {
    #[serde(rename = "複数ファイル総合スコア")]
    total: i64,
    #[serde(rename = "ファイル数")]
    count: usize,
    #[serde(rename = "ファイル横断チェック")]
    across: BTreeMap<String, Check>,
    #[serde(rename = "ファイル別平均スコア")]
    averages: Vec<Average>,
    #[serde(rename = "ファイル別結果")]
    files: Vec<FileScore>,
}

#[derive(Debug, Clone, Serialize)]
struct Average {
    #[serde(rename = "ファイル名")]
    name: String,
    #[serde(rename = "平均スコア")]
    points: Option<i64>,
}

impl BulkScore {
    /// The scores of the files of `reports`.
    pub fn of(reports: &[Report]) -> BulkScore {
        let files: Vec<FileScore> = reports.iter().map(FileScore::of).collect();
        let averages: Vec<Average> =
            files.iter().map(|file| Average { name: file.name.clone(), points: file.average() }).collect();
        let across = across(reports);
        let points: Vec<f64> =
            averages.iter().filter_map(|average| average.points).map(|it| it as f64).collect();
        let mean = if points.is_empty() { 100.0 } else { points.iter().sum::<f64>() / points.len() as f64 };
        let total = match &across {
            Some(check) => 0.7 * mean + 0.3 * if check.passes { 100.0 } else { 0.0 },
            None => mean,
        };
        BulkScore {
            total: total.round_ties_even() as i64,
            count: files.len(),
            across: across.into_iter().map(|check| (check.rule.clone(), check)).collect(),
            averages,
            files,
        }
    }
}

/// L3-07: whether all files have the same columns; `None` where there are not two files.
pub(super) fn across(reports: &[Report]) -> Option<Check> {
    let rule = RuleId::try_from("L3-07").ok().filter(|_| reports.len() > 1)?;
    let columns: Vec<Vec<String>> = reports.iter().map(labels).collect();
    let place = |description: String, gravity| Violation {
        sheet: SHEET.to_owned(),
        range: String::new(),
        description,
        gravity,
    };
    let unnamed = reports.iter().zip(&columns).filter(|(_, columns)| columns.is_empty());
    let mut places: Vec<Violation> = unnamed
        .map(|(report, _)| place(format!("{}に項目名がありません", file_name(report)), Gravity::Warning))
        .collect();
    let named: Vec<&[String]> =
        columns.iter().map(Vec::as_slice).filter(|columns| !columns.is_empty()).collect();
    let compares = named.len() > 1;
    if compares {
        places.extend(alike(&named).into_iter().map(|what| place(what.describe().ja, what.gravity())));
    }
    let outcome = if places.is_empty() { Outcome::Kept } else { Outcome::Broken };
    let confidence = if compares { CONFIDENCE } else { CONFIDENCE_OF_NOTHING };
    let count = places.len() as u64;
    Some(Check::new(rule, (outcome, rule.rule().weight.to_string(), confidence), places, count))
}

/// The names of the columns of the first table that has any.
fn labels(report: &Report) -> Vec<String> {
    let named = |table: &ingestion::readability::JudgedTable| {
        table.columns.iter().map(|column| column.label.clone()).filter(|label| !label.is_empty()).collect()
    };
    report
        .readability
        .tables
        .iter()
        .map(named)
        .find(|labels: &Vec<String>| !labels.is_empty())
        .unwrap_or_default()
}
