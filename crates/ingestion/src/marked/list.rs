//! The sheets beside the data: what was found, one row each, and what the file is.

use rust_xlsxwriter::{Format, FormatAlign, Worksheet, XlsxError};

use super::{CELL_MAX, LeftOut, NOTES_MAX, ROWS_MAX};
use crate::describe::{cut, head_format};
use crate::finding::{Finding, Severity};
use crate::place::column_letter;
use crate::report::{Question, Repair, Report};
use crate::text::Language;

/// The list of findings and repairs while it is written.
pub(super) struct List {
    sheet: Worksheet,
    language: Language,
    rows: u32,
    left_out: u64,
    text: Format,
}

const HEADER: [(&str, &str, f64); 9] = [
    ("行", "row", 8.0),
    ("列", "column", 6.0),
    ("場所", "place", 10.0),
    ("重さ", "severity", 12.0),
    ("項目", "field", 24.0),
    ("値", "value", 24.0),
    ("内容", "message", 70.0),
    ("直し方", "hint", 70.0),
    ("符号", "code", 24.0),
];

impl List {
    pub fn begin(mut sheet: Worksheet, language: Language) -> Result<List, XlsxError> {
        sheet.set_name(language.say("指摘の一覧", "Findings"))?.set_freeze_panes(1, 0)?;
        for (place, (ja, en, width)) in (0_u16..).zip(HEADER) {
            sheet.set_column_width(place, width)?;
            sheet.write_string_with_format(0, place, language.say(ja, en), &head_format())?;
        }
        let text = Format::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top);
        Ok(List { sheet, language, rows: 0, left_out: 0, text })
    }

    pub fn finding(&mut self, finding: &Finding) -> Result<(), XlsxError> {
        let severity = match finding.severity {
            Severity::Error => self.language.say("エラー", "error"),
            Severity::Warning => self.language.say("注意", "warning"),
            Severity::Note => self.language.say("参考", "note"),
        };
        let [message, hint] = [&finding.message, &finding.hint].map(|text| text.in_language(self.language));
        let cells = [
            severity,
            finding.field.as_deref().unwrap_or_default(),
            finding.value.as_str(),
            message,
            hint,
            &finding.code.to_string(),
        ];
        self.add(finding.row, finding.column, cells)
    }

    pub fn repair(&mut self, repair: &Repair) -> Result<(), XlsxError> {
        let done = match self.language {
            Language::Ja => format!("「{}」に直しました。", repair.after),
            Language::En => format!("Mended to \"{}\".", repair.after),
        };
        let code = repair.code.to_string();
        let reason = repair.reason.in_language(self.language);
        let field = repair.field.as_deref().unwrap_or_default();
        self.add(
            Some(repair.row),
            Some(repair.column),
            [self.language.say("直し", "repair"), field, repair.before.as_str(), &done, reason, &code],
        )
    }

    /// A question about the cells of a column of the sheet, from 0, or about the file.
    pub fn question(&mut self, question: &Question, column: Option<u16>) -> Result<(), XlsxError> {
        let field = question.field.as_deref().unwrap_or_default();
        let choices: Vec<&str> =
            question.choices.iter().map(|choice| choice.in_language(self.language)).collect();
        let choices = choices.join(" / ");
        let (ask, code) = (question.ask.in_language(self.language), question.code.to_string());
        let column = column.map(|column| u32::from(column) + 1);
        let weight = self.language.say("質問", "question");
        self.add(question.rows.first().copied(), column, [weight, field, "", ask, &choices, &code])
    }

    fn add(&mut self, row: Option<u64>, column: Option<u32>, cells: [&str; 6]) -> Result<(), XlsxError> {
        if u64::from(self.rows) + 1 >= ROWS_MAX {
            self.left_out += 1;
            return Ok(());
        }
        self.rows += 1;
        let letter = column.map(column_letter).unwrap_or_default();
        if let Some(row) = row {
            self.sheet.write_number(self.rows, 0, row as f64)?;
        }
        self.sheet.write_string(self.rows, 1, &letter)?;
        if let (Some(row), Some(_)) = (row, column) {
            self.sheet.write_string(self.rows, 2, format!("{letter}{row}"))?;
        }
        for (place, cell) in (3_u16..).zip(cells) {
            self.sheet.write_string_with_format(self.rows, place, cut(cell, CELL_MAX), &self.text)?;
        }
        Ok(())
    }

    /// Findings for which the sheet had no row.
    pub fn left_out(&self) -> u64 {
        self.left_out
    }

    /// The sheet, whole.
    pub fn end(self) -> Worksheet {
        self.sheet
    }
}

/// The sheet that says what the file is, what was found, and what the copy does not show.
pub(super) fn about(
    report: &Report,
    language: Language,
    left: LeftOut,
    findings_left: u64,
) -> Result<Worksheet, XlsxError> {
    let say = |ja: &str, en: &str| language.say(ja, en).to_owned();
    let file = &report.file;
    let schema = report.schema.as_ref();
    let mut facts = vec![
        (say("ファイル", "File"), file.name.clone()),
        (say("SHA-256", "SHA-256"), file.sha256.to_string()),
        (say("様式", "Schema"), schema.map(|fit| format!("{} {}", fit.title, fit.id)).unwrap_or_default()),
        (say("データの行", "Rows"), report.rows.to_string()),
        (say("エラー", "Errors"), report.counts.error.to_string()),
        (say("注意", "Warnings"), report.counts.warning.to_string()),
        (say("参考", "Notes"), report.counts.note.to_string()),
        (say("直し", "Repairs"), report.counts.repair.to_string()),
        (say("質問", "Questions"), report.counts.question.to_string()),
        (
            say("色の意味", "Colours"),
            say(
                "赤: エラー、黄: 注意、紫: 質問、緑: 直したところ、青: 参考",
                "red: error, yellow: warning, violet: question, green: mended, blue: note",
            ),
        ),
    ];
    let notes = say(
        &format!("コメントは{NOTES_MAX}セルまでです。ほかのセルの内容は一覧にあります。"),
        &format!("Up to {NOTES_MAX} cells carry a comment; the list tells of the others."),
    );
    for (count, told) in [
        (left.notes, notes),
        (
            left.rows,
            say(
                "シートに入りきらない行があり、写していません。",
                "Rows beyond the last of a sheet are not here.",
            ),
        ),
        (left.cells_cut, say("長すぎるセルを途中で切りました。", "Cells too long for a sheet were cut.")),
        (
            findings_left,
            say(
                "一覧に入りきらない指摘があります。",
                "Findings beyond the last row of the list are not here.",
            ),
        ),
    ] {
        if count > 0 {
            facts.push((say("この写しにないもの", "Not shown here"), format!("{told} ({count})")));
        }
    }
    let mut sheet = Worksheet::new();
    sheet.set_name(language.say("この写しについて", "About"))?;
    sheet.set_column_width(0, 22)?.set_column_width(1, 90)?;
    for (row, (name, fact)) in (0_u32..).zip(&facts) {
        sheet.write_string_with_format(row, 0, name, &head_format())?;
        sheet.write_string(row, 1, cut(fact, CELL_MAX))?;
    }
    Ok(sheet)
}
