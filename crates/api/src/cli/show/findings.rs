//! The findings of a report as a table: errors first, the same finding in one column told together.
//!
//! What stands around the table (file, schema, verdict) is [`super::report`]'s business; all findings one by
//! one are [`super::csv`]'s.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::io::{self, Write};

use ingestion::finding::{Finding, Severity};
use ingestion::place::column_letter;
use ingestion::{Language, Report};

use super::paint::{Ink, Paint};
use super::table::{grouped, pad, visible, width_of};

/// The table ends with the group that reaches this many lines.
const LINES_MAX: usize = 100;
/// Of each group so many findings are told in full.
const IN_FULL: usize = 3;
/// Of each group so many further places are named.
const PLACES_MAX: usize = 10;

/// Writes the findings of `report`, if there are any.
///
/// # Errors
/// What `out` cannot do.
pub fn write(out: &mut impl Write, report: &Report, language: Language, paint: Paint) -> io::Result<()> {
    let groups = groups(report);
    let shown = || groups.iter().flat_map(|group| group.iter().take(IN_FULL));
    if groups.is_empty() {
        return Ok(());
    }
    let titles = match language {
        Language::Ja => ["場所", "重さ", "項目", "内容"],
        Language::En => ["place", "weight", "field", "finding"],
    };
    let [place, weight, field, finding] = titles;
    let places: Vec<String> = shown().map(|finding| place_of(finding, language)).collect();
    let columns = Columns {
        place: width_of(places.iter().map(String::as_str).chain([place])),
        weight: width_of(shown().map(|finding| weight_of(finding.severity, language)).chain([weight])),
        field: width_of(shown().map(|finding| field_of(finding)).chain([field])),
    };
    writeln!(
        out,
        "\n{}",
        paint.paint(Ink::Faint, &format!("{}{finding}", columns.before(place, weight, field)))
    )?;

    let (mut lines, mut told) = (0, 0);
    for group in &groups {
        if lines >= LINES_MAX {
            break;
        }
        lines += write_group(out, group, &columns, language, paint)?;
        told += group.len() as u64;
    }
    let all = report.counts.error + report.counts.warning + report.counts.note;
    if all > told {
        let more = grouped(all - told);
        let said = match language {
            Language::Ja => format!("  ほか {more}件。すべての指摘は --format csv で見られます。"),
            Language::En => format!("  and {more} more: --format csv shows every finding."),
        };
        writeln!(out, "{}", paint.paint(Ink::Faint, &said))?;
    }
    Ok(())
}

/// Writes one group and tells how many lines it took.
fn write_group(
    out: &mut impl Write,
    group: &[&Finding],
    columns: &Columns,
    language: Language,
    paint: Paint,
) -> io::Result<usize> {
    let (in_full, rest) = group.split_at(group.len().min(IN_FULL));
    let below = columns.before("", "", "");
    let mut lines = 0;
    let mut hint_before = "";
    for finding in in_full {
        let place = pad(&place_of(finding, language), columns.place);
        let weight = pad(weight_of(finding.severity, language), columns.weight);
        let field = pad(&visible(field_of(finding)), columns.field);
        let message = visible(finding.message.in_language(language));
        let place = paint.paint(Ink::Strong, &place);
        let weight = paint.paint(Ink::Severity(finding.severity), &weight);
        writeln!(out, "  {place}  {weight}  {field}  {message}")?;
        lines += 1;
        let hint = finding.hint.in_language(language);
        if !hint.is_empty() && hint != hint_before {
            writeln!(out, "{below}{}", paint.paint(Ink::Faint, &format!("→ {}", visible(hint))))?;
            lines += 1;
        }
        hint_before = hint;
    }
    if !rest.is_empty() {
        let places: Vec<String> =
            rest.iter().take(PLACES_MAX).map(|finding| label_of(finding, language)).collect();
        let places = places.join(" ");
        let more = if rest.len() > PLACES_MAX { " …" } else { "" };
        let said = match language {
            Language::Ja => format!("同じ指摘がほか{}件: {places}{more}", rest.len()),
            Language::En => format!("the same {} more times: {places}{more}", rest.len()),
        };
        writeln!(out, "{below}{}", paint.paint(Ink::Faint, &visible(&said)))?;
        lines += 1;
    }
    Ok(lines)
}

/// The same finding in the same column, the heaviest first, else in the order of the file. In the header
/// (or where there is no column) the same finding is one group, whatever the column.
fn groups(report: &Report) -> Vec<Vec<&Finding>> {
    let mut groups: Vec<Vec<&Finding>> = Vec::new();
    let mut known = HashMap::new();
    for finding in &report.findings {
        let column = finding.column.filter(|_| finding.row != report.file.header_row);
        let at = *known.entry((finding.severity, finding.code, column)).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.push(finding),
            None => groups.push(vec![finding]),
        }
    }
    groups.sort_by_key(|group| Reverse(group.first().map(|finding| finding.severity)));
    groups
}

/// The widths of the columns before the last.
struct Columns {
    place: usize,
    weight: usize,
    field: usize,
}

impl Columns {
    fn before(&self, place: &str, weight: &str, field: &str) -> String {
        format!("  {}  {}  {}  ", pad(place, self.place), pad(weight, self.weight), pad(field, self.field))
    }
}

/// `D3`, or as much of it as there is.
fn place_of(finding: &Finding, language: Language) -> String {
    match (finding.row, finding.column.map(column_letter), language) {
        (Some(row), Some(letter), _) => format!("{letter}{row}"),
        (Some(row), None, Language::Ja) => format!("{row}行目"),
        (Some(row), None, Language::En) => format!("row {row}"),
        (None, Some(letter), Language::Ja) => format!("{letter}列"),
        (None, Some(letter), Language::En) => format!("column {letter}"),
        (None, None, Language::Ja) => "全体".to_owned(),
        (None, None, Language::En) => "file".to_owned(),
    }
}

/// What tells a finding from others of its group: its place, or its field where it has no column.
fn label_of(finding: &Finding, language: Language) -> String {
    match &finding.field {
        Some(field) if finding.column.is_none() => field.clone(),
        _ => place_of(finding, language),
    }
}

fn field_of(finding: &Finding) -> &str {
    finding.field.as_deref().unwrap_or_default()
}

fn weight_of(severity: Severity, language: Language) -> &'static str {
    match (severity, language) {
        (Severity::Error, Language::Ja) => "エラー",
        (Severity::Warning, Language::Ja) => "注意",
        (Severity::Note, Language::Ja) => "参考",
        (Severity::Error, Language::En) => "error",
        (Severity::Warning, Language::En) => "warning",
        (Severity::Note, Language::En) => "note",
    }
}

#[cfg(test)]
mod tests {
    use ingestion::Text;

    use super::*;
    use crate::report_view::sample;

    fn table(report: &Report) -> String {
        let mut out = Vec::new();
        write(&mut out, report, Language::Ja, Paint::OFF).expect("memory takes everything");
        String::from_utf8(out).expect("sentences are UTF-8")
    }

    /// A report whose first finding stands in `columns` columns of `rows` rows.
    fn repeated(rows: u64, columns: u32) -> Report {
        let mut report = sample::report();
        let first = report.findings.swap_remove(0);
        report.findings = (0..rows)
            .flat_map(|row| (1..=columns).map(move |column| (row + 2, column)))
            .map(|(row, column)| Finding { row: Some(row), column: Some(column), ..first.clone() })
            .collect();
        report.counts.error = rows * u64::from(columns);
        (report.counts.warning, report.counts.note) = (0, 0);
        report
    }

    #[test]
    fn the_same_finding_down_a_column_is_told_once_with_its_places() {
        let table = table(&repeated(40, 1));
        assert_eq!(table.matches('→').count(), 1, "{table}");
        assert!(table.ends_with("同じ指摘がほか37件: A5 A6 A7 A8 A9 A10 A11 A12 A13 A14 …\n"), "{table}");
    }

    #[test]
    fn the_same_finding_of_several_columns_that_are_not_there_names_them() {
        let mut report = sample::report();
        let missing = report.findings.swap_remove(2);
        report.findings = ["名称", "住所", "電話番号", "備考", "URL"]
            .map(|field| Finding { field: Some(field.to_owned()), ..missing.clone() })
            .into();
        assert!(table(&report).contains("同じ指摘がほか2件: 備考 URL\n"), "{}", table(&report));
    }

    #[test]
    fn a_long_table_ends_and_says_how_much_is_left() {
        let table = table(&repeated(5, 200));
        let lines = table.lines().count();
        assert!((LINES_MAX..LINES_MAX + 10).contains(&lines), "{lines} lines");
        assert!(table.ends_with("  ほか 900件。すべての指摘は --format csv で見られます。\n"), "{table}");
    }

    #[test]
    fn what_the_report_does_not_list_is_counted_all_the_same() {
        let mut report = repeated(100, 1);
        report.counts.error = 5_000;
        report.truncated = true;
        assert!(table(&report).contains("ほか 4,900件"), "{}", table(&report));
    }

    #[test]
    fn errors_come_first_wherever_they_stand() {
        let table = table(&sample::report());
        let at = |word| table.find(word).expect("the sample has one of each");
        assert!(at("B40") < at("AE12") && at("AE12") < at("全体"), "{table}");
    }

    #[test]
    fn a_file_cannot_move_the_cursor_through_a_message() {
        let mut report = sample::report();
        for finding in &mut report.findings {
            finding.message = Text::new("\u{1b}[2J\r", "");
            finding.field = Some("名\u{1b}称".to_owned());
        }
        let table = table(&report);
        assert!(!table.contains(['\u{1b}', '\r']), "{table:?}");
    }
}
