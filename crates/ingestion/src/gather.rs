//! Gathers what is found: counts all of it, tells the sink, and lists as much as a report holds.
//!
//! What a finding says is made by [`crate::sentence`], and only for those that somebody will read.

use crate::finding::{Code, Finding, Severity};
use crate::report::Counts;
use crate::sentence::{self, About};
use crate::sink::Sink;

/// Of one code, this many are listed.
const LISTED_OF_CODE_MAX: usize = 100;
/// Of all codes together, this many are listed.
const LISTED_MAX: usize = 1_000;
/// The JSON of all that are listed stays below this.
const LISTED_BYTES_MAX: usize = 900_000;
/// Values are cut at this many characters.
const VALUE_CHARS_MAX: usize = 200;

/// What was found so far.
pub(crate) struct Gather<'s, S> {
    sink: &'s mut S,
    sink_wants: bool,
    counts: Counts,
    listed: Vec<Finding>,
    listed_of_code: Vec<usize>,
    truncated: bool,
}

/// All that was found.
pub(crate) struct Gathered {
    /// How many, listed or not.
    pub counts: Counts,
    /// Those that are listed, by row and column.
    pub findings: Vec<Finding>,
    /// Whether more was found than is listed.
    pub truncated: bool,
}

impl<'s, S: Sink> Gather<'s, S> {
    pub fn new(sink: &'s mut S) -> Gather<'s, S> {
        let sink_wants = sink.wants_findings();
        Gather {
            sink,
            sink_wants,
            counts: Counts::default(),
            listed: Vec::new(),
            listed_of_code: Vec::new(),
            truncated: false,
        }
    }

    /// Where the rows go.
    pub fn sink(&mut self) -> &mut S {
        self.sink
    }

    /// How many errors there are so far.
    pub fn errors(&self) -> u64 {
        self.counts.error
    }

    /// Something that stands in the way.
    pub fn error(&mut self, code: Code, about: &About<'_>) {
        self.add(code, Severity::Error, about);
    }

    /// Something that should be mended.
    pub fn warning(&mut self, code: Code, about: &About<'_>) {
        self.add(code, Severity::Warning, about);
    }

    /// Something that is good to know.
    pub fn note(&mut self, code: Code, about: &About<'_>) {
        self.add(code, Severity::Note, about);
    }

    /// One finding.
    pub fn add(&mut self, code: Code, severity: Severity, about: &About<'_>) {
        self.counts.add(severity);
        let index = code as usize;
        if self.listed_of_code.len() <= index {
            self.listed_of_code.resize(index + 1, 0);
        }
        let lists = match self.listed_of_code.get_mut(index) {
            Some(listed) if *listed < LISTED_OF_CODE_MAX => {
                *listed += 1;
                true
            }
            _ => false,
        };
        self.truncated |= !lists;
        if !(lists || self.sink_wants) {
            return;
        }
        let finding = finding(code, severity, about);
        if self.sink_wants {
            self.sink.finding(&finding);
        }
        if lists {
            self.listed.push(finding);
        }
    }

    /// What to report: where there is more than a report holds, the errors first.
    pub fn finish(mut self) -> Gathered {
        self.listed.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        let mut bytes = 0;
        let fit = self.listed.iter().take(LISTED_MAX).take_while(|finding| {
            bytes += json_bytes(finding);
            bytes <= LISTED_BYTES_MAX
        });
        let fit = fit.count();
        self.truncated |= fit < self.listed.len();
        self.listed.truncate(fit);
        self.listed.sort_by_key(|finding| (finding.row, finding.column));
        Gathered { counts: self.counts, findings: self.listed, truncated: self.truncated }
    }
}

fn finding(code: Code, severity: Severity, about: &About<'_>) -> Finding {
    let (message, hint) = sentence::of(code, severity, about);
    Finding {
        code,
        severity,
        row: about.row,
        column: about.column,
        field: about.field.map(|field| field.name.clone()),
        value: about.value.chars().take(VALUE_CHARS_MAX).collect(),
        message,
        hint,
        proposal: about.proposal.map(|proposal| proposal.chars().take(VALUE_CHARS_MAX).collect()),
    }
}

/// About how many bytes of JSON a finding takes, in both languages and at most.
fn json_bytes(finding: &Finding) -> usize {
    const KEYS_AND_NUMBERS: usize = 250;
    [
        finding.field.as_deref().unwrap_or_default(),
        &finding.value,
        &finding.message.ja,
        &finding.message.en,
        &finding.hint.ja,
        &finding.hint.en,
        finding.proposal.as_deref().unwrap_or_default(),
    ]
    .iter()
    .map(|text| text.bytes().map(escaped_bytes).sum::<usize>())
    .sum::<usize>()
        + KEYS_AND_NUMBERS
}

fn escaped_bytes(byte: u8) -> usize {
    match byte {
        0..=0x1f => r"\u0000".len(),
        b'"' | b'\\' => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sink::Discard;

    fn at(row: u64, column: u32, value: &str) -> About<'_> {
        About { row: Some(row), column: Some(column), value, ..About::default() }
    }

    #[test]
    fn what_is_not_listed_is_counted() {
        let mut sink = Discard;
        let mut gather = Gather::new(&mut sink);
        for row in 1..=150 {
            gather.warning(Code::BlankRow, &at(row, 1, ""));
        }
        gather.error(Code::NotANumber, &at(7, 2, "x"));
        let all = gather.finish();
        assert_eq!((all.counts.warning, all.counts.error), (150, 1));
        assert_eq!((all.findings.len(), all.truncated), (101, true));
    }

    #[test]
    fn findings_are_listed_by_row_and_column_with_those_of_the_whole_file_first() {
        let mut sink = Discard;
        let mut gather = Gather::new(&mut sink);
        gather.warning(Code::NotATime, &at(3, 2, ""));
        gather.error(Code::NotATime, &at(3, 1, ""));
        gather.note(Code::EmptyColumn, &at(1, 9, ""));
        gather.note(Code::NoSchema, &About::default());
        let places: Vec<_> = gather.finish().findings.iter().map(|found| (found.row, found.column)).collect();
        assert_eq!(places, [(None, None), (Some(1), Some(9)), (Some(3), Some(1)), (Some(3), Some(2))]);
    }

    #[test]
    fn a_value_is_cut_at_200_characters() {
        let mut sink = Discard;
        let mut gather = Gather::new(&mut sink);
        gather.error(Code::NotANumber, &at(2, 1, &"あ".repeat(1000)));
        assert_eq!(gather.finish().findings.first().map(|found| found.value.chars().count()), Some(200));
    }

    #[test]
    fn however_much_is_found_the_report_stays_below_a_megabyte() {
        let mut sink = Discard;
        let mut gather = Gather::new(&mut sink);
        let value = "\0".repeat(1000);
        let codes = [
            Code::NotANumber,
            Code::NotADate,
            Code::NotAUrl,
            Code::NotATime,
            Code::NotInList,
            Code::NotACode,
        ];
        for row in 1..=2000 {
            for code in codes {
                gather.error(code, &at(row, 1, &value));
            }
        }
        let all = gather.finish();
        let json = serde_json::to_vec(&all.findings).map(|json| json.len());
        assert!(json.as_ref().is_ok_and(|bytes| *bytes < 1_000_000), "{json:?}");
        assert!(all.truncated);
    }
}
