//! What the reader tells anyway, and a rule speaks of as well: it is not looked for twice.
//!
//! Blanks at an end of a cell (L1-06) in every column; in columns that a schema knows, cells that are no plain
//! number (L2-01), no listed choice (L2-04, L2-05), no standard date (L3-05). A cell that was repaired stood as
//! it was before. All of it is heard while the file is read, whether the report lists it or not and whichever
//! kinds of repair are made.

use super::breach::{Place, What};
use super::figures::{self, TimeForm};
use super::standard::{Wanted, sure_values};
use super::table::Table;
use super::writing;
use crate::finding::{Code, Severity};
use crate::reading::cells::without_blanks;
use crate::schema::Field;
use crate::sentence::About;

/// What the reader told of one cell.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Heard {
    /// Row as the spreadsheet shows it.
    pub row: u64,
    column: u32,
    /// There are blanks for looks at an end of it.
    blanks: Option<What>,
    /// What it is in a column of its kind.
    misfit: Option<What>,
    /// How the time in it is written, where its column is one of dates.
    time: Option<TimeForm>,
}

impl Heard {
    /// What a finding tells; `None` where no rule minds.
    pub fn of_finding(code: Code, severity: Severity, about: &About<'_>) -> Option<Heard> {
        let is_misfit = severity == Severity::Error
            && matches!(
                code,
                Code::NotANumber | Code::NotAnInteger | Code::NotInList | Code::NotADate | Code::NoSuchDate
            );
        let has_blanks = code == Code::SurroundingBlank;
        if is_misfit || has_blanks { Heard::of(about, has_blanks) } else { None }
    }

    /// What a repair tells; `None` where no rule minds.
    pub fn of_repair(about: &About<'_>) -> Option<Heard> {
        Heard::of(about, without_blanks(about.value).len() != about.value.len())
    }

    /// The same, of a table that stands behind `columns` others.
    pub fn behind(self, columns: u32) -> Heard {
        Heard { column: self.column.saturating_add(columns), ..self }
    }

    fn of(about: &About<'_>, has_blanks: bool) -> Option<Heard> {
        let (row, column) = about.row.zip(about.column)?;
        // A cell counts once a rule, and line breaks for looks are seen already.
        let is_seen = || about.value.contains(['\r', '\n']) && writing::layout(about.value, true).is_some();
        let blanks = Some(about.value).filter(|_| has_blanks && !is_seen()).and_then(writing::blanks_at_end);
        let misfit = about.field.and_then(|field| misfit(about.value, field));
        let is_date = about.field.is_some_and(|field| Wanted::of(&field.kind) == Wanted::Date);
        let time = if is_date { TimeForm::of(about.value) } else { None };
        let heard = Heard { row, column, blanks, misfit, time };
        (blanks.is_some() || misfit.is_some() || time.is_some()).then_some(heard)
    }
}

impl Table {
    /// Takes over what was heard of a cell, where it is one of its own.
    pub fn hear(&mut self, heard: Heard) {
        let Heard { row, column, blanks, misfit, time } = heard;
        if self.puts_off(heard) || !self.area().holds(row, column) {
            return;
        }
        let index = usize::try_from(column).unwrap_or(usize::MAX).saturating_sub(1 + self.left);
        let Some(of_table) = self.columns.get_mut(index) else { return };
        let is_of_schema = of_table.standard.is_some() && !self.header_rows.contains(&row);
        if let (true, Some(form)) = (is_of_schema, time) {
            of_table.sees_time(form);
        }
        for what in blanks.into_iter().chain(misfit.filter(|_| is_of_schema)) {
            if of_table.hears(row, what.rule()) {
                self.tally.add(Place::Cell(row, column), what);
            }
        }
    }
}

/// What `value` is in a column of which a schema says `field`; `None` where no rule minds.
fn misfit(value: &str, field: &Field) -> Option<What> {
    let text = value.trim();
    match Wanted::of(&field.kind) {
        Wanted::Number if text.contains(char::is_numeric) => figures::beside_number(text),
        Wanted::Number | Wanted::Other => None,
        Wanted::Text => {
            let listed = sure_values(field);
            let is_listed = listed.is_empty() || listed.iter().any(|value| value == text);
            let what = if text.contains("その他") { What::DetailOfOther } else { What::Spelling };
            (!is_listed).then_some(what)
        }
        Wanted::Date => match TimeForm::of(text)? {
            TimeForm::Era | TimeForm::JisEra => Some(What::EraDate),
            TimeForm::Odd => Some(What::OddDate),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schemas::Schemas;

    /// What is heard of `value` in `field` of a national schema.
    #[track_caller]
    fn is_heard(schema: &str, field: &str, value: &str, expected: Option<What>) {
        let schemas = Schemas::embedded();
        let schema = schemas.iter().find(|it| it.id.to_string() == schema).expect("the schema is embedded");
        let field = schema.field(field).expect("the schema has the field");
        assert_eq!(misfit(value, field), expected, "{value}");
    }

    #[test]
    fn a_misfit_is_what_the_rules_call_it() {
        is_heard("hyojun/public_toilet", "男性トイレ総数", "50人", Some(What::Unit));
        is_heard("hyojun/public_toilet", "男性トイレ総数", "不明", None);
        is_heard("hyojun/event", "開始日", "令和6年4月1日", Some(What::EraDate));
        is_heard("hyojun/event", "開始日", "2024/4/1", None);
        is_heard("hyojun/event", "開始日", "2024-02-30", None);
    }

    #[test]
    fn blanks_are_heard_at_either_end_and_once_a_cell() {
        let heard = |value| {
            let about = About { row: Some(2), column: Some(1), value, ..About::default() };
            Heard::of_repair(&about).and_then(|heard| heard.blanks)
        };
        assert_eq!(heard(" 有"), Some(What::BlankAtEnd));
        assert_eq!(heard("有\u{3000}"), Some(What::BlankAtEnd));
        assert_eq!(heard("あり"), None);
        assert_eq!(heard(" 青森県\n（東北）"), None, "the line break is told of this cell");
    }
}
