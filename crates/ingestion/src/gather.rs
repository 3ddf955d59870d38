//! Gathers what is found: counts all of it, tells the sink, and lists as much as a report holds.
//!
//! What a finding says is made by [`crate::sentence`], and only for those that somebody will read.

mod asked;
mod listing;

use std::borrow::Cow;

use self::asked::Asked;
use self::listing::Listing;
use crate::finding::{Code, Finding, Severity};
use crate::personal;
use crate::question::QuestionCode;
use crate::readability::Heard;
use crate::repair::RepairCode;
use crate::report::{Counts, Question, Repair};
use crate::sentence::{self, About, Detail};
use crate::sink::Sink;

/// The JSON of all that are listed stays below this.
const LISTED_BYTES_MAX: usize = 900_000;
/// As much of it is left for repairs, where there are so many.
const REPAIRS_BYTES_MIN: usize = 200_000;
/// No more of it is taken by questions.
const QUESTIONS_BYTES_MAX: usize = 300_000;
/// Values are cut at this many characters.
const VALUE_CHARS_MAX: usize = 200;

/// What was found so far.
pub(crate) struct Gather<'s, S> {
    sink: &'s mut S,
    sink_wants: bool,
    counts: Counts,
    findings: Listing<Finding>,
    repairs: Listing<Repair>,
    asked: Asked,
    /// Whether somebody listens, and what was told since [`Gather::heard`].
    listens: bool,
    heard: Vec<Heard>,
    /// Columns of the sheet before the first that is read: places are told as the sheet shows them.
    columns_before: u32,
}

/// All that was found.
pub(crate) struct Gathered {
    /// How many, listed or not.
    pub counts: Counts,
    /// Those that are listed, by row and column.
    pub findings: Vec<Finding>,
    /// Those that are listed, by row and column, those of one cell in the order they were made.
    pub repairs: Vec<Repair>,
    /// By code and column.
    pub questions: Vec<Question>,
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
            findings: Listing::default(),
            repairs: Listing::default(),
            asked: Asked::default(),
            listens: false,
            heard: Vec::new(),
            columns_before: 0,
        }
    }

    /// From now on the first column that is read stands behind `columns` others.
    pub fn read_behind(&mut self, columns: u32) {
        self.columns_before = columns;
    }

    /// Where the rows go.
    pub fn sink(&mut self) -> &mut S {
        self.sink
    }

    /// How many errors there are so far.
    pub fn errors(&self) -> u64 {
        self.counts.error
    }

    /// From now on somebody asks for what was [heard](Gather::heard).
    pub fn listen(&mut self) {
        self.listens = true;
    }

    /// Whether anything was [heard](Gather::heard).
    pub fn has_heard(&self) -> bool {
        !self.heard.is_empty()
    }

    /// What findings and repairs tell of cells to who judges how well a machine can read them; each once.
    pub fn heard(&mut self) -> impl Iterator<Item = Heard> {
        self.heard.drain(..)
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
        if self.listens {
            self.hear(Heard::of_finding(code, severity, about));
        }
        let lists = self.findings.takes(code as usize);
        if !(lists || self.sink_wants) {
            return;
        }
        let finding = finding(code, severity, &self.in_sheet(about));
        if self.sink_wants {
            self.sink.finding(&finding);
        }
        if lists {
            self.findings.push(finding);
        }
    }

    /// One repair: [`About::value`] became [`About::proposal`].
    pub fn repair(&mut self, code: RepairCode, about: &About<'_>) {
        self.counts.repair += 1;
        if self.listens {
            self.hear(Heard::of_repair(about));
        }
        let lists = self.repairs.takes(code as usize);
        if !(lists || self.sink_wants) {
            return;
        }
        let repair = repair(code, &self.in_sheet(about));
        if self.sink_wants {
            self.sink.repair(&repair);
        }
        if lists {
            self.repairs.push(repair);
        }
    }

    fn hear(&mut self, heard: Option<Heard>) {
        self.heard.extend(heard.map(|heard| heard.behind(self.columns_before)));
    }

    /// Asks about a column, or about the file where `about` has none. Another row of the same column and code is
    /// the same question; what was seen may stand in [`sentence::Detail::Words`].
    pub fn question(&mut self, code: QuestionCode, about: &About<'_>) {
        self.asked.ask(code, &self.in_sheet(about));
    }

    /// `about`, with its columns as the sheet shows them.
    fn in_sheet<'a>(&self, about: &About<'a>) -> About<'a> {
        let shown = |column: u32| column.saturating_add(self.columns_before);
        let detail = match about.detail {
            Detail::EarlierColumn(column) => Detail::EarlierColumn(shown(column)),
            detail => detail,
        };
        About { column: about.column.map(shown), detail, ..*about }
    }

    /// What to report: where there is more than a report holds, the errors first.
    pub fn finish(mut self, answers: &[(String, String)]) -> Gathered {
        self.counts.question = self.asked.count();
        let (mut questions, withheld) = std::mem::take(&mut self.asked).listing(answers);
        for one in withheld {
            let about = About { column: one.column, name: one.name.as_deref(), ..About::default() };
            self.error(Code::Withheld, &about);
        }
        let (listed_questions, of_questions) = questions.fit(QUESTIONS_BYTES_MAX, |_| ());
        let left = LISTED_BYTES_MAX - of_questions;
        let for_repairs = self.repairs.bytes().min(REPAIRS_BYTES_MIN);
        let (mut findings, of_findings) =
            self.findings.fit(left - for_repairs, |finding| std::cmp::Reverse(finding.severity));
        let (repairs, _) = self.repairs.fit(left - of_findings, |repair| (repair.row, repair.column));
        findings.sort_by_key(|finding| (finding.row, finding.column));
        Gathered {
            counts: self.counts,
            findings,
            repairs,
            questions: listed_questions,
            truncated: self.findings.truncated || self.repairs.truncated || questions.truncated,
        }
    }
}

fn finding(code: Code, severity: Severity, about: &About<'_>) -> Finding {
    let (value, proposal) = (shown(about.value, about), about.proposal.map(|text| shown(text, about)));
    let about = &About { value: &value, proposal: proposal.as_deref(), ..*about };
    let (message, hint) = sentence::of(code, severity, about);
    Finding {
        code,
        severity,
        row: about.row,
        column: about.column,
        field: about.field.map(|field| field.name.clone()),
        value: cut(about.value),
        message,
        hint,
        proposal: about.proposal.map(cut),
    }
}

fn repair(code: RepairCode, about: &About<'_>) -> Repair {
    let (value, proposal) = (shown(about.value, about), about.proposal.map(|text| shown(text, about)));
    let about = &About { value: &value, proposal: proposal.as_deref(), ..*about };
    Repair {
        code,
        row: about.row.unwrap_or(0),
        column: about.column.unwrap_or(0),
        field: about.field.map(|field| field.name.clone()),
        before: cut(about.value),
        after: cut(about.proposal.unwrap_or_default()),
        reason: sentence::reason(code, about),
    }
}

/// `text` as a report may show it.
fn shown<'a>(text: &'a str, about: &About<'_>) -> Cow<'a, str> {
    personal::shown(text, about.field, about.name)
}

fn cut(value: &str) -> String {
    value.chars().take(VALUE_CHARS_MAX).collect()
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
        let all = gather.finish(&[]);
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
        let places: Vec<_> =
            gather.finish(&[]).findings.iter().map(|found| (found.row, found.column)).collect();
        assert_eq!(places, [(None, None), (Some(1), Some(9)), (Some(3), Some(1)), (Some(3), Some(2))]);
    }

    #[test]
    fn columns_are_told_as_the_sheet_shows_them() {
        let mut sink = Discard;
        let mut gather = Gather::new(&mut sink);
        gather.read_behind(2);
        let detail = Detail::EarlierColumn(1);
        gather.error(Code::DuplicateHeader, &About { detail, ..at(1, 3, "") });
        let all = gather.finish(&[]);
        let found = all.findings.first().expect("it was found");
        assert_eq!(found.column, Some(5));
        assert!(found.message.ja.contains("C列"), "{}", found.message.ja);
    }

    #[test]
    fn a_value_is_cut_at_200_characters() {
        let mut sink = Discard;
        let mut gather = Gather::new(&mut sink);
        gather.error(Code::NotANumber, &at(2, 1, &"あ".repeat(1000)));
        assert_eq!(gather.finish(&[]).findings.first().map(|found| found.value.chars().count()), Some(200));
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
        let all = gather.finish(&[]);
        let json = serde_json::to_vec(&all.findings).map(|json| json.len());
        assert!(json.as_ref().is_ok_and(|bytes| *bytes < 1_000_000), "{json:?}");
        assert!(all.truncated);
    }
}
