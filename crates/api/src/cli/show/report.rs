//! One report as a person reads it in a terminal: the file, the schema, its machine readability, the findings, the
//! repairs, the questions, the verdict.
//!
//! What stands between is the business of [`findings`], [`repairs`] and [`questions`].

use std::io::{self, Write};

use ingestion::finding::Severity;
use ingestion::{FileFacts, Language, Readability, Report, SchemaMatch};

use super::paint::{Ink, Paint};
use super::table::{grouped, visible};
use super::{findings, questions, repairs};

/// Writes `report` in `language`.
///
/// # Errors
/// What `out` cannot do.
pub fn write(out: &mut impl Write, report: &Report, language: Language, paint: Paint) -> io::Result<()> {
    let name = paint.paint(Ink::Strong, &visible(&report.file.name));
    writeln!(out, "{name}  {}", file_line(&report.file, report.rows, language))?;
    writeln!(out, "{}", schema_line(report.schema.as_ref(), language))?;
    for line in readability_lines(&report.readability, language) {
        writeln!(out, "{line}")?;
    }
    findings::write(out, report, language, paint)?;
    repairs::write(out, report, language, paint)?;
    questions::write(out, report, language, paint)?;
    let ink = if may_be_published(report) { Ink::Good } else { Ink::Severity(Severity::Error) };
    let verdict = paint.paint(ink, &verdict(report, language));
    writeln!(out, "\n{verdict}{}", to_look_at(report, language))
}

/// `CSV・CP932 (Shift_JIS)・見出しは1行目・データ1,204行`
fn file_line(file: &FileFacts, rows: u64, language: Language) -> String {
    let mut facts = vec![kind(&file.kind, language)];
    facts.extend(file.encoding.as_deref().map(|encoding| self::encoding(encoding, language)));
    let rows = grouped(rows);
    if let Some(sheet) = &file.sheet {
        facts.push(match language {
            Language::Ja => format!("シート「{}」", visible(sheet)),
            Language::En => format!("sheet {}", visible(sheet)),
        });
    }
    if let Some(header) = file.header_row {
        facts.push(match language {
            Language::Ja => format!("見出しは{header}行目"),
            Language::En => format!("header in row {header}"),
        });
        facts.push(match language {
            Language::Ja => format!("データ{rows}行"),
            Language::En => format!("{rows} rows of data"),
        });
    }
    match language {
        Language::Ja => facts.join("・"),
        Language::En => facts.join(", "),
    }
}

fn kind(kind: &str, language: Language) -> String {
    match (kind, language) {
        ("empty", Language::Ja) => "空のファイル".to_owned(),
        ("unknown", Language::Ja) => "種類の分からないファイル".to_owned(),
        ("empty", Language::En) => "an empty file".to_owned(),
        ("unknown", Language::En) => "a file of unknown kind".to_owned(),
        (kind, _) => kind.to_uppercase(),
    }
}

fn encoding(encoding: &str, language: Language) -> String {
    match (encoding, language) {
        ("cp932", _) => "CP932 (Shift_JIS)".to_owned(),
        ("utf-8-bom", Language::Ja) => "UTF-8 (BOM付き)".to_owned(),
        ("utf-8-bom", Language::En) => "UTF-8 (with BOM)".to_owned(),
        (encoding, _) => encoding.to_uppercase(),
    }
}

fn schema_line(schema: Option<&SchemaMatch>, language: Language) -> String {
    match (schema, language) {
        (None, Language::Ja) => "様式: 当てはまるものがありません".to_owned(),
        (None, Language::En) => "schema: none fits".to_owned(),
        (Some(schema), language) => {
            let SchemaMatch { id, title, fields, matched, .. } = schema;
            let percent = (schema.confidence * 100.0).round();
            match language {
                Language::Ja => format!(
                    "様式: {title} ({id})  {fields}項目のうち{matched}項目が一致・確からしさ {percent}%"
                ),
                Language::En => {
                    format!("schema: {title} ({id})  {matched} of {fields} fields, {percent}% sure")
                }
            }
        }
    }
}

/// The points of the three levels, and what gains most; nothing where nothing was judged.
fn readability_lines(readability: &Readability, language: Language) -> Vec<String> {
    let points: Vec<String> = (1..=3)
        .filter_map(|level| Some((level, readability.level(level)?.points)))
        .map(|(level, points)| format!("L{level} {points}"))
        .collect();
    let scores = match language {
        Language::Ja => format!("機械可読性: {}（各100点）", points.join("  ")),
        Language::En => format!("machine readability: {} (of 100 each)", points.join("  ")),
    };
    let hint =
        readability.gains().first().map(|gain| format!("  → {}", gain.describe().in_language(language)));
    if points.is_empty() { Vec::new() } else { [scores].into_iter().chain(hint).collect() }
}

/// Questions that nobody has answered yet: publication waits for them.
fn open_questions(report: &Report) -> usize {
    report.questions.iter().filter(|question| question.answer.is_none()).count()
}

fn may_be_published(report: &Report) -> bool {
    report.accepted() && open_questions(report) == 0
}

fn verdict(report: &Report, language: Language) -> String {
    let (errors, open) = (grouped(report.counts.error), open_questions(report));
    match (report.accepted(), open, language) {
        (false, _, Language::Ja) => format!("このままでは公開できません。直すところ: {errors}件"),
        (false, _, Language::En) => format!("Cannot be published yet. To mend: {errors}"),
        (true, 0, Language::Ja) => "公開できます。".to_owned(),
        (true, 0, Language::En) => "Can be published.".to_owned(),
        (true, _, Language::Ja) => format!("公開するには、あと{open}件の質問に答えてください。"),
        (true, _, Language::En) => format!("Can be published once {open} questions are answered."),
    }
}

/// What does not stand in the way: `、見直すところ: 1件、参考: 2件`.
fn to_look_at(report: &Report, language: Language) -> String {
    let (warning, note) = match language {
        Language::Ja => ("見直すところ", "参考"),
        Language::En => ("To look at", "Notes"),
    };
    let parts: Vec<String> = [(warning, report.counts.warning), (note, report.counts.note)]
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(what, count)| match language {
            Language::Ja => format!("{what}: {}件", grouped(count)),
            Language::En => format!("{what}: {}", grouped(count)),
        })
        .collect();
    match (parts.is_empty(), report.accepted(), language) {
        (true, _, _) => String::new(),
        (false, false, Language::Ja) => format!("、{}", parts.join("、")),
        (false, true, Language::Ja) => parts.join("、"),
        (false, false, Language::En) => format!(". {}", parts.join(". ")),
        (false, true, Language::En) => format!(" {}", parts.join(". ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report_view::sample;

    fn text(report: &Report, language: Language) -> String {
        let mut out = Vec::new();
        write(&mut out, report, language, Paint::OFF).expect("memory takes everything");
        String::from_utf8(out).expect("sentences are UTF-8")
    }

    #[test]
    fn a_report_reads_from_the_file_to_the_verdict() {
        insta::assert_snapshot!(text(&sample::report(), Language::Ja));
    }

    #[test]
    fn a_report_reads_in_english_too() {
        insta::assert_snapshot!(text(&sample::report(), Language::En));
    }

    #[test]
    fn a_photograph_is_told_to_be_one() {
        insta::assert_snapshot!(text(&sample::photograph(), Language::Ja));
    }

    #[test]
    fn a_clean_file_can_be_published() {
        assert!(text(&sample::clean(), Language::Ja).ends_with("\n公開できます。\n"));
    }

    #[test]
    fn an_open_question_waits_for_its_answer() {
        let mut report = sample::clean();
        report.questions = sample::report().questions;
        assert!(text(&report, Language::Ja).ends_with("\n公開するには、あと1件の質問に答えてください。\n"));
    }

    #[test]
    fn warnings_do_not_stand_in_the_way() {
        let mut report = sample::clean();
        report.counts.warning = 1_200;
        assert!(text(&report, Language::Ja).ends_with("\n公開できます。見直すところ: 1,200件\n"));
    }
}
