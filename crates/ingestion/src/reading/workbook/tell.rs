//! Tells what a workbook has beside the table that was read: merged cells, other sheets, what it hides.

use super::looks::Run;
use super::{Area, Sheet, Workbook};
use crate::finding::Code;
use crate::gather::Gather;
use crate::place::column_letter;
use crate::question::QuestionCode;
use crate::readability::{self, LookRun, SheetFacts};
use crate::sentence::{About, Detail};
use crate::sink::{Column, Sink};

impl Workbook {
    /// Tells what stands beside the table in the sheet at `chosen`, which was judged: a table with `columns`, and with
    /// its header in `header_row`.
    pub fn tell_beside<S: Sink>(
        &self,
        chosen: usize,
        header_row: Option<u64>,
        columns: &[Column<'_>],
        gather: &mut Gather<'_, S>,
    ) {
        self.tell_other_sheets(Some(chosen), gather);
        let Some(sheet) = self.sheets.get(chosen) else { return };
        let before = sheet.extent.columns_before();
        let column_at = |index: u32| index.checked_sub(before).and_then(|at| columns.get(at as usize));
        for area in &sheet.traits.merged {
            // A title may stand over several columns.
            if header_row.is_some_and(|header| u64::from(area.rows.1) + 1 >= header) {
                let range = area.to_string();
                let about = About {
                    row: Some(u64::from(area.rows.0) + 1),
                    value: &range,
                    ..at(area.columns.0, column_at(area.columns.0))
                };
                gather.warning(Code::MergedCells, &about);
            }
        }
        for row in sheet.extent.hidden_rows() {
            let about = About { row: Some(u64::from(*row) + 1), ..About::default() };
            gather.question(QuestionCode::HiddenRows, &about);
        }
        for index in sheet.extent.hidden_columns() {
            gather.question(QuestionCode::HiddenColumns, &at(*index, column_at(*index)));
        }
    }

    /// Tells the sheets that hold something and were not read, and asks about those that are hidden.
    pub fn tell_other_sheets<S: Sink>(&self, chosen: Option<usize>, gather: &mut Gather<'_, S>) {
        let others = || {
            let sheets = self.sheets.iter().enumerate();
            sheets.filter(|(index, sheet)| Some(*index) != chosen && !sheet.extent.is_empty())
        };
        for (_, sheet) in others().filter(|(_, sheet)| sheet.hidden) {
            let name = sheet.name.as_str();
            let about = About { detail: Detail::Words([name, name]), ..About::default() };
            gather.question(QuestionCode::HiddenSheets, &about);
        }
        let shown: Vec<&str> =
            others().filter(|(_, sheet)| !sheet.hidden).map(|(_, sheet)| sheet.name.as_str()).collect();
        if let Some(chosen) = chosen.and_then(|chosen| self.sheets.get(chosen))
            && !shown.is_empty()
        {
            let value = shown.join("、");
            let about = About { value: &value, detail: Detail::Name(&chosen.name), ..About::default() };
            gather.warning(Code::OtherSheets, &about);
        }
    }
}

/// What is known of `sheet` beside its cells, for who looks on while it is read.
pub(super) fn facts(sheet: &Sheet) -> SheetFacts {
    let shown = |index: u32| index.saturating_add(1);
    let row = |index: u32| u64::from(index) + 1;
    let within = |ranges: &[(u32, u32)], behind: u32| -> Vec<(u32, u32)> {
        let used = ranges.iter().filter(|(first, _)| *first < behind);
        used.map(|(first, last)| (*first, (*last).min(behind - 1))).collect()
    };
    let (rows, columns) = sheet.extent.behind();
    let merged = sheet.traits.merged.iter().map(|area| readability::Area {
        top: row(area.rows.0),
        left: shown(area.columns.0),
        bottom: row(area.rows.1),
        right: shown(area.columns.1),
    });
    let hidden_rows = within(&sheet.traits.hidden_rows, rows);
    let hidden_columns = within(&sheet.traits.hidden_columns, columns);
    let formulas = sheet.traits.formulas.iter();
    SheetFacts {
        merged: merged.collect(),
        hidden_rows: hidden_rows.into_iter().map(|(first, last)| (row(first), row(last))).collect(),
        hidden_columns: hidden_columns.into_iter().map(|(first, last)| (shown(first), shown(last))).collect(),
        formulas: Some(formulas.map(|(at, column, broken)| (row(*at), shown(*column), *broken)).collect()),
        objects: sheet
            .traits
            .objects
            .as_ref()
            .map(|objects| objects.iter().map(|(at, column)| (row(*at), shown(*column))).collect()),
        looks: sheet.traits.looks.as_ref().map(|runs| {
            let shown = |run: &Run| LookRun {
                column: shown(run.column),
                top: row(run.rows.0),
                bottom: row(run.rows.1),
                look: run.look,
            };
            runs.iter().map(shown).collect()
        }),
    }
}

/// What is said of the column at `index`, from 0, in the sheet.
fn at<'a>(index: u32, column: Option<&'a Column<'_>>) -> About<'a> {
    About {
        column: Some(index.saturating_add(1)),
        name: column.map(|column| column.name.as_str()),
        field: column.and_then(|column| column.field),
        ..About::default()
    }
}

impl std::fmt::Display for Area {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let cell = |column: u32, row: u32| {
            format!("{}{}", column_letter(column.saturating_add(1)), u64::from(row) + 1)
        };
        write!(f, "{}:{}", cell(self.columns.0, self.rows.0), cell(self.columns.1, self.rows.1))
    }
}
