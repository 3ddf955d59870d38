//! Every finding and every repair of a file as a line of CSV, written while the file is read.
//!
//! A repair stands under the severity `repair`: its value is what came, its hint what it became.
//!
//! Values stay as they are, a leading `=` included: quoting is CSV's, nothing is put before a cell. UTF-8
//! without a BOM.

use std::io::{self, Write};

use ingestion::place::column_letter;
use ingestion::{Finding, Language, Repair, Sink};

/// The names of the columns.
const HEADER: [&str; 10] =
    ["file", "severity", "code", "row", "column", "column_letter", "field", "value", "message", "hint"];

/// Writes the names of the columns; once, before the findings of any file.
///
/// # Errors
/// What `out` cannot do.
pub fn write_header(out: &mut impl Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(HEADER)?;
    csv.flush()
}

/// A sink that writes the findings of one file as they come, listed in its report or not.
pub struct Findings<W: Write> {
    csv: csv::Writer<W>,
    file: String,
    language: Language,
    written: io::Result<()>,
}

impl<W: Write> Findings<W> {
    /// Writes the findings of the file named `file` to `out`.
    pub fn new(out: W, file: impl Into<String>, language: Language) -> Findings<W> {
        Findings { csv: csv::Writer::from_writer(out), file: file.into(), language, written: Ok(()) }
    }

    fn write(&mut self, cells: [&str; HEADER.len() - 1]) {
        if self.written.is_ok() {
            let line = [self.file.as_str()].into_iter().chain(cells);
            self.written = self.csv.write_record(line).map_err(io::Error::from);
        }
    }

    /// Tells whether everything was written.
    ///
    /// # Errors
    /// The first failure of the writer; nothing was written after it.
    pub fn finish(mut self) -> io::Result<()> {
        self.written?;
        self.csv.flush()
    }
}

impl<W: Write> Sink for Findings<W> {
    fn finding(&mut self, finding: &Finding) {
        let number = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
        self.write([
            &finding.severity.to_string(),
            &finding.code.to_string(),
            &number(finding.row),
            &number(finding.column.map(u64::from)),
            &finding.column_letter().unwrap_or_default(),
            finding.field.as_deref().unwrap_or_default(),
            &finding.value,
            finding.message.in_language(self.language),
            finding.hint.in_language(self.language),
        ]);
    }

    fn repair(&mut self, repair: &Repair) {
        self.write([
            "repair",
            &repair.code.to_string(),
            &repair.row.to_string(),
            &repair.column.to_string(),
            &column_letter(repair.column),
            repair.field.as_deref().unwrap_or_default(),
            &repair.before,
            repair.reason.in_language(self.language),
            &format!("→ {}", repair.after),
        ]);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::report_view::sample;

    fn lines(findings: &[Finding]) -> String {
        let mut out = Vec::new();
        write_header(&mut out).expect("memory takes everything");
        let mut sink = Findings::new(&mut out, "見本.csv", Language::Ja);
        findings.iter().for_each(|finding| sink.finding(finding));
        sink.finish().expect("memory takes everything");
        String::from_utf8(out).expect("sentences are UTF-8")
    }

    #[test]
    fn every_finding_is_a_line_and_the_first_names_the_columns() {
        insta::assert_snapshot!(lines(&sample::report().findings));
    }

    #[test]
    fn a_repair_is_a_line_with_what_came_and_what_it_became() {
        let mut out = Vec::new();
        let mut sink = Findings::new(&mut out, "見本.csv", Language::Ja);
        sample::report().repairs.iter().for_each(|repair| sink.repair(repair));
        sink.finish().expect("memory takes everything");
        let line = String::from_utf8(out).expect("sentences are UTF-8");
        let reason = "T3「男性トイレ総数」を半角にしました。";
        assert_eq!(line, format!("見本.csv,repair,full-width,3,20,T,男性トイレ総数,２,{reason},→ 2\n"));
    }

    #[test]
    fn a_file_without_findings_has_the_header_alone() {
        assert_eq!(lines(&[]), "file,severity,code,row,column,column_letter,field,value,message,hint\n");
    }

    #[track_caller]
    fn reads_back(value: &str) {
        let finding = Finding { value: value.to_owned(), ..sample::report().findings.remove(0) };
        let written = lines(&[finding]);
        let mut read = csv::Reader::from_reader(written.as_bytes());
        let record = read.records().next().expect("one finding").expect("good CSV");
        assert_eq!(record.get(7), Some(value));
    }

    #[test]
    fn a_value_that_looks_like_a_formula_is_left_as_it_is() {
        for value in ["=1+1", "-", "+81", "@x"] {
            reads_back(value);
            let finding = Finding { value: value.to_owned(), ..sample::report().findings.remove(0) };
            assert!(lines(&[finding]).contains(&format!(",{value},")), "{value}");
        }
    }

    proptest! {
        #[test]
        fn any_value_reads_back_as_it_stood(value in any::<String>(), hard in "[,\"\r\n =]{0,8}") {
            reads_back(&value);
            reads_back(&hard);
        }
    }

    #[test]
    fn a_writer_that_fails_is_told_of_at_the_end() {
        let mut room_for_little = [0; 16];
        let mut sink = Findings::new(&mut room_for_little[..], "見本.csv", Language::Ja);
        let finding = sample::report().findings.remove(0);
        (0..1_000).for_each(|_| sink.finding(&finding));
        assert!(sink.finish().is_err());
    }
}
