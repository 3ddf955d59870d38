//! What the catalog counts, by way of the `metrics` facade: where the counts go is for whoever runs it to say.

use ingestion::Report;
use metrics::counter;

/// The counter of acts in the audit, by `action` and `result` (`done`, or the code of the refusal).
pub const ACTS: &str = "hiyori_acts_total";
/// The counter of findings in judged files, by `severity`.
pub const FINDINGS: &str = "hiyori_findings_total";

/// A file was judged.
pub fn judged(report: &Report) {
    let counts = &report.counts;
    for (severity, count) in [("error", counts.error), ("warning", counts.warning), ("note", counts.note)] {
        counter!(FINDINGS, "severity" => severity).increment(count);
    }
}

/// An act was written in the audit.
pub(crate) fn act(action: &str, result: &str) {
    counter!(ACTS, "action" => action.to_owned(), "result" => result.to_owned()).increment(1);
}
