//! Templates to fill in: the header of a schema as CSV, and as a workbook that helps with the cells.

use std::io;

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook,
    Worksheet, XlsxError,
};

use super::{how, label, need, title};
use crate::place::column_letter;
use crate::schema::{Field, Kind, Schema};
use crate::writer;

/// The last row of a sheet, from 0.
const ROW_LAST: u32 = 1_048_575;
/// What Excel shows of the title and the text of a message beside a cell, in characters.
const MESSAGE_TITLE_MAX: usize = 32;
const MESSAGE_MAX: usize = 255;

/// The header of `schema` as a CSV file without rows: UTF-8 with a BOM, by which Excel knows its letters, and
/// CRLF. It comes back as it went: a leading BOM is no finding.
pub fn template_csv(schema: &Schema) -> Vec<u8> {
    let mut file = writer::BOM.to_vec();
    file.extend(writer::record(schema.fields.iter().map(|field| field.name.as_str())));
    file
}

/// The header of `schema` as a workbook: the first sheet is to be filled in, the second explains each field, the
/// third says which standard it is.
///
/// Columns that hold no numbers are set to text, so that zeros at the start and dates stay as they are typed.
/// Lists of values drop down; another value is refused where the standard is sure of the list, and asked about
/// where it is not.
///
/// # Errors
/// The schema holds more than a sheet can: over 16,384 fields, or a list of values over 255 characters.
pub fn template_xlsx(schema: &Schema) -> io::Result<Vec<u8>> {
    write(schema).map_err(io::Error::other)
}

fn write(schema: &Schema) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(&title(schema))?);
    fill_in(workbook.add_worksheet(), schema)?;
    explain(workbook.add_worksheet(), schema)?;
    tell_standard(workbook.add_worksheet(), schema)?;
    workbook.save_to_buffer()
}

/// The properties of a workbook named `title`. Its date is fixed: this crate has no clock, and the same thing
/// gives the same bytes.
pub(crate) fn properties(title: &str) -> Result<DocProperties, XlsxError> {
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    Ok(DocProperties::new().set_title(title).set_author("hiyori").set_creation_datetime(&made))
}

/// How the first row of a sheet looks.
pub(crate) fn head_format() -> Format {
    Format::new().set_bold().set_background_color("#E8F1FE").set_num_format("@")
}

fn fill_in(sheet: &mut Worksheet, schema: &Schema) -> Result<(), XlsxError> {
    let text = Format::new().set_num_format("@");
    sheet.set_name("データ")?.set_freeze_panes(1, 0)?;
    for (column, field) in (0_u16..).zip(&schema.fields) {
        if !is_number(field) {
            sheet.set_column_format(column, &text)?;
        }
        sheet.set_column_width(column, width(&field.name))?;
        sheet.write_string_with_format(0, column, &field.name, &head_format())?;
        sheet.add_data_validation(1, column, ROW_LAST, column, &help(field)?)?;
    }
    Ok(())
}

/// What Excel says beside a cell of `field`, and the values that drop down.
fn help(field: &Field) -> Result<DataValidation, XlsxError> {
    let said = match need(field).ja {
        need if need.is_empty() => how(field).ja,
        need => format!("{need}。{}", how(field).ja),
    };
    let help = DataValidation::new();
    let help = match &field.kind {
        Kind::OneOf(values) => {
            let style = if field.list_is_sure() {
                DataValidationErrorStyle::Stop
            } else {
                DataValidationErrorStyle::Warning
            };
            help.allow_list_strings(values)?.set_error_style(style)
        }
        _ => help.allow_any_value(),
    };
    help.set_input_title(cut(&label(field), MESSAGE_TITLE_MAX))?.set_input_message(cut(&said, MESSAGE_MAX))
}

fn explain(sheet: &mut Worksheet, schema: &Schema) -> Result<(), XlsxError> {
    const HEADER: [(&str, f64); 8] = [
        ("列", 6.0),
        ("項目", 32.0),
        ("英語の項目名", 24.0),
        ("必須・推奨", 14.0),
        ("書き方", 70.0),
        ("例", 28.0),
        ("How it is written", 60.0),
        ("行を見分ける項目", 16.0),
    ];
    let wrapped = Format::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_name("項目の説明")?.set_freeze_panes(1, 2)?;
    for (column, (name, width)) in (0_u16..).zip(HEADER) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, name, &head_format())?;
    }
    for (row, (number, field)) in (1_u32..).zip((1_u32..).zip(&schema.fields)) {
        let is_key = schema.key.contains(&field.name);
        let said = how(field);
        let cells: [&str; HEADER.len()] = [
            &column_letter(number),
            &label(field),
            field.name_en.as_deref().unwrap_or_default(),
            &need(field).ja,
            &said.ja,
            field.example.as_deref().unwrap_or_default(),
            &said.en,
            if is_key { "○" } else { "" },
        ];
        for (column, cell) in (0_u16..).zip(cells) {
            sheet.write_string_with_format(row, column, cell, &wrapped)?;
        }
    }
    Ok(())
}

fn tell_standard(sheet: &mut Worksheet, schema: &Schema) -> Result<(), XlsxError> {
    let file_name = schema.file_name.replace("{code}", "（全国地方公共団体コード）");
    let id = schema.id.to_string();
    let facts = [
        ("様式", schema.title.as_str()),
        ("標準", schema.id.standard().title()),
        ("番号", &schema.number),
        ("版", &schema.edition),
        ("様式の名前", &id),
        ("標準のページ", schema.page.as_deref().unwrap_or_default()),
        ("公開するときのファイル名", &file_name),
        ("注意", schema.note.as_deref().unwrap_or_default()),
    ];
    sheet.set_name("この様式について")?.set_column_width(0, 26)?.set_column_width(1, 80)?;
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    for (row, (name, fact)) in (0_u32..).zip(facts) {
        sheet.write_string_with_format(row, 0, name, &head_format())?;
        sheet.write_string_with_format(row, 1, fact, &wrapped)?;
    }
    Ok(())
}

fn is_number(field: &Field) -> bool {
    matches!(field.kind, Kind::Integer { .. } | Kind::Number | Kind::Latitude | Kind::Longitude)
}

/// A width in which a header of Japanese letters can be read, in the letters of a spreadsheet.
pub(crate) fn width(name: &str) -> f64 {
    let letters: f64 = name.chars().map(|letter| if letter.is_ascii() { 1.1 } else { 2.2 }).sum();
    (letters + 2.0).clamp(10.0, 50.0)
}

/// The first `max` letters of `text`, as Excel counts them (UTF-16).
pub(crate) fn cut(text: &str, max: usize) -> String {
    let mut units = 0;
    text.chars()
        .take_while(|letter| {
            units += letter.len_utf16();
            units <= max
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::schemas::Schemas;
    use crate::validate::Options;
    use crate::{Code, Discard, validate};

    #[test]
    fn a_template_is_recognised_and_lacks_nothing_but_data() {
        let schemas = Schemas::embedded();
        for schema in schemas.iter() {
            let report = validate(&template_csv(schema)[..], &schemas, &Options::default(), &mut Discard);
            assert_eq!(report.schema.as_ref().map(|fit| &fit.id), Some(&schema.id));
            assert_eq!(report.file.encoding.as_deref(), Some("utf-8-bom"));
            let codes: Vec<_> = report.findings.iter().map(|found| found.code).collect();
            assert_eq!(codes, [Code::NoData], "{}", schema.id);
        }
    }

    #[test]
    fn every_schema_has_a_workbook_that_is_the_same_each_time() {
        for schema in Schemas::embedded().iter() {
            let book = template_xlsx(schema).unwrap();
            assert!(book.starts_with(b"PK"), "{}", schema.id);
            assert_eq!(book, template_xlsx(schema).unwrap(), "{}", schema.id);
        }
    }

    #[test]
    fn another_reader_opens_the_workbook_and_finds_each_field_in_both_sheets() {
        for schema in Schemas::embedded().iter() {
            let book = std::io::Cursor::new(template_xlsx(schema).unwrap());
            let mut book: calamine::Xlsx<_> = calamine::Reader::new(book).unwrap();
            let names: Vec<&str> = schema.fields.iter().map(|field| field.name.as_str()).collect();
            let sheet = calamine::Reader::worksheet_range_at(&mut book, 0).unwrap().unwrap();
            let header: Vec<String> = sheet.rows().next().unwrap().iter().map(ToString::to_string).collect();
            assert_eq!(header, names, "{}", schema.id);
            let sheet = calamine::Reader::worksheet_range_at(&mut book, 1).unwrap().unwrap();
            let told = |name: &str| sheet.cells().any(|(_, _, cell)| cell.to_string().starts_with(name));
            assert!(names.iter().all(|name| told(name)), "{}", schema.id);
        }
    }

    #[test]
    fn a_long_message_is_cut_where_excel_would_refuse_it() {
        assert_eq!(cut("あいう", 2), "あい");
        assert_eq!(cut("𠮷野", 1), "");
        assert_eq!(cut("𠮷野", 3), "𠮷野");
    }
}
