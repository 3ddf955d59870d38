//! What became of a file that was converted, as a person reads it in a terminal.

use std::io::{self, Write};

use ingestion::Language;
use ingestion::convert::Conversion;

use super::table::{grouped, visible};

/// Writes the account of `made` in `language`: what it is now, what could not be carried, what is to be filled.
///
/// # Errors
/// What `out` cannot do.
pub fn write(out: &mut impl Write, made: &Conversion, language: Language) -> io::Result<()> {
    let say = |ja: String, en: String| if language == Language::Ja { ja } else { en };
    let rows = |rows: u64| say(format!("{}行", grouped(rows)), format!("{} rows", grouped(rows)));
    writeln!(out, "{} → {}  {}", made.from, made.to, rows(made.rows))?;
    if made.rows_left_count > 0 {
        let (count, first) = (grouped(made.rows_left_count), made.rows_left.first().copied().unwrap_or(0));
        let told = say(
            format!("列の数が合わない{count}行は書き出していません（{first}行目など）。"),
            format!(
                "{count} rows whose cells are not as many as the columns were left out (row {first} and so on)."
            ),
        );
        writeln!(out, "{told}")?;
    }
    let errors = made.report.counts.error;
    if errors > 0 {
        let told = say(
            format!(
                "元のファイルに直すところが{}件あります。hiyori validate で確かめてください。",
                grouped(errors)
            ),
            format!("The file has {} errors; see them with `hiyori validate`.", grouped(errors)),
        );
        writeln!(out, "{told}")?;
    }
    if !made.not_carried.is_empty() {
        writeln!(out, "\n{}", say("引き継げなかったもの".to_owned(), "Not carried".to_owned()))?;
        for left in &made.not_carried {
            let reason = left.reason.in_language(language);
            writeln!(out, "  {} ({})  {reason}", visible(&left.field), rows(left.rows))?;
        }
    }
    let wanted = |required: bool| {
        let fields = made.to_fill.iter().filter(move |fill| fill.required == required);
        fields.map(|fill| format!("{} ({})", fill.field, rows(fill.rows))).collect::<Vec<_>>()
    };
    for (required, heading) in [
        (true, say("空のままの必須の項目".to_owned(), "Required and still empty".to_owned())),
        (false, say("空のままの推奨の項目".to_owned(), "Recommended and still empty".to_owned())),
    ] {
        let fields = wanted(required);
        if !fields.is_empty() {
            writeln!(out, "\n{heading}\n  {}", fields.join(&say("、".to_owned(), ", ".to_owned())))?;
        }
    }
    Ok(())
}
