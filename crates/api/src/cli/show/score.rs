//! Machine readability as the sample checker of デジタル庁 (Harunobu) writes it: JSON and CSV of its newer edition.
//!
//! Reports come in; names, order and form of what goes out are the agency's. What was judged is `ingestion`'s
//! business, and so are the points.
//!
//! Source: digital-go-jp/machine_readability_rule, analysis-output.schema.json and the CSV of `analyze`.

mod bulk;
mod check;
mod file;
mod lines;

use std::io::{self, Write};

use ingestion::Report;

use bulk::BulkScore;
use file::FileScore;

/// The form of the scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ScoreForm {
    /// JSON
    #[value(help = "デジタル庁のチェッカーと同じ形のJSON")]
    Json,
    /// CSV, UTF-8 with BOM
    #[value(help = "デジタル庁のチェッカーと同じ形のCSV（UTF-8、BOM付き）")]
    Csv,
}

/// Writes the scores of `reports`: of one file alone, or of several with what can be said of all together.
///
/// # Errors
/// What `out` cannot do.
pub fn write(out: &mut impl Write, reports: &[Report], form: ScoreForm) -> io::Result<()> {
    match (form, reports) {
        (ScoreForm::Csv, reports) => lines::write(out, reports),
        (ScoreForm::Json, [report]) => json(out, &FileScore::of(report)),
        (ScoreForm::Json, reports) => json(out, &BulkScore::of(reports)),
    }
}

fn json(out: &mut impl Write, value: &impl serde::Serialize) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::report_view::sample;

    fn written(reports: &[Report], form: ScoreForm) -> String {
        let mut out = Vec::new();
        write(&mut out, reports, form).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn one_file_is_written_as_the_agency_s_checker_does() {
        insta::assert_snapshot!(written(&[sample::report()], ScoreForm::Json));
    }

    #[test]
    fn several_files_are_compared_with_each_other() {
        let mut other = sample::report();
        other.file.name = "folder/別の見本.csv".to_owned();
        let bulk: serde_json::Value =
            serde_json::from_str(&written(&[sample::report(), other], ScoreForm::Json)).unwrap();
        assert_eq!(bulk.pointer("/ファイル数"), Some(&2.into()));
        assert_eq!(bulk.pointer("/ファイル横断チェック/L3-07/合否"), Some(&true.into()));
        assert_eq!(bulk.pointer("/ファイル別平均スコア/1/ファイル名"), Some(&"別の見本.csv".into()));
        // 97 on average, and every check across files is passed.
        assert_eq!(bulk.pointer("/ファイル別平均スコア/0/平均スコア"), Some(&97.into()));
        assert_eq!(bulk.pointer("/複数ファイル総合スコア"), Some(&98.into()));
    }

    #[test]
    fn a_file_that_is_no_table_has_no_table_and_no_points() {
        let photograph: serde_json::Value =
            serde_json::from_str(&written(&[sample::photograph()], ScoreForm::Json)).unwrap();
        assert_eq!(photograph.pointer("/レベル別スコア/1/スコア"), Some(&0.into()));
        assert_eq!(photograph.pointer("/レベル別スコア/2"), Some(&serde_json::Value::Null));
        assert_eq!(photograph.pointer("/sheets/0/評価対象エリア"), Some(&serde_json::json!([])));
    }

    #[test]
    fn the_csv_has_17_columns_a_bom_and_a_line_for_each_rule() {
        let csv = written(&[sample::report()], ScoreForm::Csv);
        insta::assert_snapshot!(csv.replace('\u{feff}', "<BOM>").replace("\r\n", "\n"));
        assert!(csv.starts_with('\u{feff}') && csv.matches("\r\n").count() == 26);
    }

    #[test]
    fn the_csv_of_several_files_ends_with_what_is_said_of_all() {
        let csv = written(&[sample::report(), sample::report()], ScoreForm::Csv);
        assert!(csv.lines().last().unwrap().starts_with("(bulk),,,,,L3-07,"), "{csv}");
    }
}
