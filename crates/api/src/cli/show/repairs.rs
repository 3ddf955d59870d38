//! The repairs of a report by their kind: how many, and the first of each as an example.

use std::io::{self, Write};

use ingestion::place::column_letter;
use ingestion::{Language, Repair, RepairCode, Report};

use super::paint::{Ink, Paint};
use super::table::{grouped, pad, visible, width_of};

/// Of a value so many letters are shown.
const VALUE_CHARS_MAX: usize = 30;

/// Writes the repairs of `report`, if there are any.
///
/// # Errors
/// What `out` cannot do.
pub fn write(out: &mut impl Write, report: &Report, language: Language, paint: Paint) -> io::Result<()> {
    let kinds: Vec<(RepairCode, Vec<&Repair>)> = RepairCode::all()
        .iter()
        .map(|code| (*code, report.repairs.iter().filter(|repair| repair.code == *code).collect()))
        .filter(|(_, repairs): &(_, Vec<_>)| !repairs.is_empty())
        .collect();
    let all = grouped(report.counts.repair);
    let [heading, end] = match language {
        Language::Ja => [
            format!("直したところ: {all}件（元のファイルは変えていません）"),
            "直した表は --repaired OUT.csv で書き出せます。直さずに知らせるだけにするには --no-repair に種類を並べます。"
                .to_owned(),
        ],
        Language::En => [
            format!("repaired: {all} (the file itself is unchanged)"),
            "--repaired OUT.csv writes the repaired table; --no-repair KIND,… leaves kinds as they are.".to_owned(),
        ],
    };
    if kinds.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{heading}")?;
    let listed: usize = kinds.iter().map(|(_, repairs)| repairs.len()).sum();
    let is_cut = report.counts.repair > listed as u64;
    let titles: Vec<String> =
        kinds.iter().map(|(code, _)| code.title().in_language(language).to_owned()).collect();
    let counts: Vec<String> =
        kinds.iter().map(|(_, repairs)| count(repairs.len(), is_cut, language)).collect();
    let title_width = width_of(titles.iter().map(String::as_str));
    let count_width = width_of(counts.iter().map(String::as_str));
    for (((code, repairs), title), count) in kinds.iter().zip(&titles).zip(&counts) {
        let example = repairs.first().map(|repair| change(repair)).unwrap_or_default();
        let kind = paint.paint(Ink::Faint, &code.to_string());
        writeln!(out, "  {}  {}  {example}  {kind}", pad(title, title_width), pad(count, count_width))?;
    }
    writeln!(out, "  {}", paint.paint(Ink::Faint, &end))
}

/// A report lists so many of one kind; of a longer one nobody counts the rest.
fn count(listed: usize, is_cut: bool, language: Language) -> String {
    let at_least = is_cut && listed >= 100;
    match (language, at_least) {
        (Language::Ja, false) => format!("{listed}件"),
        (Language::Ja, true) => format!("{listed}件以上"),
        (Language::En, false) => format!("×{listed}"),
        (Language::En, true) => format!("×{listed} or more"),
    }
}

/// `T3 男性トイレ総数: ２ → 2`
fn change(repair: &Repair) -> String {
    let Repair { row, column, field, before, after, .. } = repair;
    let short = |text: &str| match text.char_indices().nth(VALUE_CHARS_MAX) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    };
    let place = format!("{}{row} {}", column_letter(*column), field.as_deref().unwrap_or_default());
    visible(&format!("{}: {} → {}", place.trim_end(), short(before), short(after)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report_view::sample;

    fn text(report: &Report) -> String {
        let mut out = Vec::new();
        write(&mut out, report, Language::Ja, Paint::OFF).expect("memory takes everything");
        String::from_utf8(out).expect("sentences are UTF-8")
    }

    #[test]
    fn each_kind_is_a_line_with_its_number_and_an_example() {
        let text = text(&sample::report());
        assert!(text.contains("全角→半角  1件  T3 男性トイレ総数: ２ → 2  full-width\n"), "{text}");
    }

    #[test]
    fn more_than_a_report_lists_are_told_as_such() {
        let mut report = sample::report();
        report.repairs = vec![report.repairs.remove(0); 100];
        report.counts.repair = 5_000;
        let text = text(&report);
        assert!(text.contains("5,000件（") && text.contains("  100件以上  "), "{text}");
    }

    #[test]
    fn a_file_without_repairs_says_nothing_of_them() {
        assert_eq!(text(&sample::clean()), "");
    }
}
