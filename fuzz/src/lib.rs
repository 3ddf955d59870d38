//! What the targets share: the schemas, a sink that keeps the rows, and what holds of every report.

use std::sync::LazyLock;

use ingestion::{Report, Row, Schemas, Severity, Sha256, Sink};

/// The national schemas, read once.
pub static SCHEMAS: LazyLock<Schemas> = LazyLock::new(Schemas::embedded);

/// A report is not longer than this, in bytes of its texts.
const TEXTS_BYTES_MAX: usize = 1_000_000;

/// A sink that keeps the good rows.
#[derive(Debug, Default, PartialEq)]
pub struct Rows(pub Vec<(u64, Vec<String>)>);

impl Sink for Rows {
    fn row(&mut self, row: &Row<'_>) {
        self.0.push((row.number, row.cells.iter().map(|cell| cell.raw.to_owned()).collect()));
    }
}

/// Fails where `report` of `file` and the good `rows` contradict each other, or themselves.
pub fn holds(file: &[u8], report: &Report, rows: &Rows) {
    assert_eq!(report.file.bytes, file.len() as u64);
    assert_eq!(report.file.sha256, Sha256::of(file));
    let listed = |severity| report.findings.iter().filter(|it| it.severity == severity).count() as u64;
    assert!(report.counts.error >= listed(Severity::Error));
    assert!(report.counts.warning >= listed(Severity::Warning));
    assert!(report.counts.note >= listed(Severity::Note));
    assert!(report.counts.repair >= report.repairs.len() as u64);
    assert_eq!(report.accepted(), report.counts.error == 0);
    assert!(report.findings.is_sorted_by_key(|found| (found.row, found.column)));
    assert!(report.rows >= rows.0.len() as u64);
    assert!(rows.0.is_sorted_by_key(|(number, _)| *number));
    let header = report.file.header_row.unwrap_or(0);
    assert!(rows.0.iter().all(|(number, _)| *number > header));
    if let Some(schema) = &report.schema {
        assert!(schema.matched <= schema.fields && (0.0..=1.0).contains(&schema.confidence));
    }
    let texts = report.findings.iter().map(|it| {
        let words = [&it.message.ja, &it.message.en, &it.hint.ja, &it.hint.en, &it.value];
        words.iter().map(|text| text.len()).sum::<usize>()
    });
    assert!(texts.sum::<usize>() < TEXTS_BYTES_MAX);
}
