//! Marked copies, read back by a reader of workbooks that is not their writer.

#![allow(clippy::unwrap_used)]

use std::io::Cursor;
use std::sync::LazyLock;

use calamine::{Data, Reader, Xlsx};

use super::*;
use crate::schemas::Schemas;
use crate::validate::{Expected, Options, validate};

static SCHEMAS: LazyLock<Schemas> = LazyLock::new(Schemas::embedded);

/// The marked copy of `file` as a table of any kind.
fn marked(file: &str) -> (Report, Vec<u8>) {
    let mut copy = Marked::begin(Language::Ja);
    let options = Options { expected: Expected::AnyTable, ..Options::default() };
    let report = validate(file.as_bytes(), &SCHEMAS, &options, &mut copy);
    let mut book = Vec::new();
    copy.end(&report, &mut book).unwrap();
    (report, book)
}

/// The cells of the sheet at `sheet`, with the place of the first.
fn cells(book: &[u8], sheet: usize) -> (Option<(u32, u32)>, Vec<Vec<String>>) {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book)).unwrap();
    let range = book.worksheet_range_at(sheet).unwrap().unwrap();
    let text = |cell: &Data| cell.to_string();
    (range.start(), range.rows().map(|row| row.iter().map(text).collect()).collect())
}

/// The text of a part of the workbook.
fn part(book: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    io::read_to_string(archive.by_name(name).unwrap()).unwrap()
}

#[test]
fn rows_stand_where_they_stand_in_the_file() {
    let (_, book) = marked("\n番号,値\n007,=1+1\n\n8,x \n");
    let (start, rows) = cells(&book, 0);
    assert_eq!(start, Some((1, 0)));
    assert_eq!(rows, [["番号", "値"], ["007", "=1+1"], ["", ""], ["8", rows[3][1].as_str()]]);
}

#[test]
fn a_cell_with_a_finding_has_a_comment_that_says_what_and_how_to_mend_it() {
    let (report, book) = marked("番号,値\n1,=1+1\n");
    let found = report.findings.first().unwrap();
    let comments = part(&book, "xl/comments1.xml");
    assert!(comments.contains("ref=\"B2\""), "{comments}");
    let hint = found.hint.ja.as_str();
    assert!(comments.contains(hint), "{comments}");
    let styles = part(&book, "xl/styles.xml");
    assert!(styles.contains("FFFFE8A3"), "{styles}");
}

#[test]
fn rows_with_errors_are_in_the_copy_with_all_their_cells() {
    let (_, book) = marked("番号,値\n1,a\u{fffd}\n2,b,余り\n3,c\n");
    let (_, rows) = cells(&book, 0);
    let rows: Vec<_> = rows.iter().map(|row| row.join("|")).collect();
    assert_eq!(rows, ["番号|値|", "1|a\u{fffd}|", "2|b|余り", "3|c|"]);
    let styles = part(&book, "xl/styles.xml");
    assert!(styles.contains("FFF8B4B4"), "{styles}");
}

/// The cells of `book` that carry a comment, with what it says.
fn comments(book: &[u8]) -> Vec<(String, String)> {
    let part = part(book, "xl/comments1.xml");
    let comments = part.split("<comment ").skip(1);
    let of = |comment: &str| {
        let place = comment.split('"').nth(1).unwrap().to_owned();
        let texts = comment.split("<t").skip(1).filter_map(|text| text.split(['>', '<']).nth(1));
        (place, texts.collect())
    };
    comments.map(of).collect()
}

#[test]
fn a_header_keeps_what_was_found_in_it_when_more_is_found_at_the_end() {
    let schema = SCHEMAS.get(&"hyojun/public_toilet".parse().unwrap()).unwrap();
    let options = Options { expected: Expected::Schema(schema), ..Options::default() };
    let mut copy = Marked::begin(Language::Ja);
    let file = "ID,名称,名称_ｶﾅ\n1,見本,\n2,見本,\n";
    let report = validate(file.as_bytes(), &SCHEMAS, &options, &mut copy);
    let mut book = Vec::new();
    copy.end(&report, &mut book).unwrap();
    let of_header = report.findings.iter().filter(|found| found.row == Some(1) && found.column == Some(3));
    let messages: Vec<_> = of_header.map(|found| found.message.ja.as_str()).collect();
    assert_eq!(messages.len(), 2, "{messages:?}");
    let comments = comments(&book);
    let (_, said) = comments.iter().find(|(place, _)| place == "C1").unwrap();
    assert!(messages.iter().all(|message| said.contains(message)), "{said}");
}

#[test]
fn what_stands_above_and_below_the_table_is_in_the_copy() {
    let (_, book) = marked("公衆トイレの一覧\n番号,値,備考\n1,a,\n2,b,\n※見本です\n");
    let (_, rows) = cells(&book, 0);
    let rows: Vec<_> = rows.iter().map(|row| row.join("|")).collect();
    assert_eq!(rows, ["公衆トイレの一覧||", "番号|値|備考", "1|a|", "2|b|", "※見本です||"]);
    assert!(comments(&book).iter().any(|(place, _)| place == "A5"), "a remark is marked at its first cell");
}

#[test]
fn a_sheet_keeps_its_own_rows_and_columns() {
    let mut original = Workbook::new();
    let sheet = original.add_worksheet();
    for (row, cells) in [["番号", "値"], ["1", "=1"], ["2", "b"]].into_iter().enumerate() {
        for (column, cell) in cells.into_iter().enumerate() {
            sheet.write_string(row as u32 + 3, column as u16 + 2, cell).unwrap();
        }
    }
    sheet.merge_range(5, 2, 5, 3, "2", &rust_xlsxwriter::Format::new()).unwrap();
    let mut copy = Marked::begin(Language::Ja);
    let options = Options { expected: Expected::AnyTable, ..Options::default() };
    let bytes = original.save_to_buffer().unwrap();
    let report = validate(&bytes[..], &SCHEMAS, &options, &mut copy);
    let mut book = Vec::new();
    copy.end(&report, &mut book).unwrap();
    let (start, rows) = cells(&book, 0);
    assert_eq!(start, Some((3, 2)));
    assert_eq!(rows, [["番号", "値"], ["1", "=1"], ["2", ""]]);
    let places: Vec<_> = comments(&book).into_iter().map(|(place, _)| place).collect();
    assert_eq!(places, ["C1", "C2", "C3", "D5", "C6"], "blank rows, the formula, and what is merged");
}

#[test]
fn a_repair_says_what_stood_there_and_why_it_was_mended() {
    let (report, book) = marked("番号,値\n1, x\n");
    let repair = report.repairs.first().unwrap();
    let comments = comments(&book);
    let (place, said) = comments.first().unwrap();
    assert_eq!(place, "B2");
    assert!(said.contains("「 x」を「x」に直しました。"), "{said}");
    assert!(said.contains(repair.reason.ja.as_str()), "{said}");
    assert!(part(&book, "xl/styles.xml").contains("FFC8E6C9"));
}

#[test]
fn a_question_stands_at_its_cells_and_on_the_list() {
    let (report, book) = marked("番号,備考\n1,x\n2,携帯 090-1234-5678\n");
    let question = report.questions.first().unwrap();
    let comments = comments(&book);
    let (place, said) = comments.first().unwrap();
    assert_eq!(place, "B3");
    assert!(said.contains(question.ask.ja.as_str()), "{said}");
    let (_, list) = cells(&book, 1);
    assert!(list.iter().any(|row| row[2] == "B3" && row[3] == "質問"), "{list:?}");
}

#[test]
fn rows_beyond_the_last_of_a_sheet_are_told_of() {
    let mut copy = Marked::begin(Language::Ja);
    let columns = [Column { name: "番号".to_owned(), field: None }];
    copy.table(1, None);
    copy.header(&columns);
    let cells = [crate::sink::Cell { raw: "1", value: crate::sink::Value::Text("1") }];
    for number in ROWS_MAX - 1..=ROWS_MAX + 3 {
        copy.row(&Row { number, cells: &cells });
    }
    let report = validate(&b"a\n1\n"[..], &SCHEMAS, &Options::default(), &mut crate::sink::Discard);
    let mut book = Vec::new();
    copy.end(&report, &mut book).unwrap();
    let (_, about) = self::cells(&book, 2);
    assert!(about.iter().any(|row| row[1].ends_with("(3)")), "{about:?}");
}

#[test]
fn the_list_has_every_finding() {
    let rows: String = (0..300).map(|row| format!("{row},=1\n")).collect();
    let (report, book) = marked(&format!("番号,値\n{rows}"));
    assert!(report.truncated);
    let (_, list) = cells(&book, 1);
    assert_eq!(list.len() as u64 - 1, report.counts.warning);
    assert_eq!(list[1][..4], ["2", "B", "B2", "注意"]);
}

#[test]
fn what_is_no_table_is_told_on_the_list() {
    let (report, book) = marked("");
    let (_, list) = cells(&book, 1);
    assert_eq!(list.len(), 2);
    assert_eq!(list[1][8], report.findings.first().unwrap().code.to_string());
    let (_, about) = cells(&book, 2);
    assert!(about.iter().any(|row| row[0] == "エラー" && row[1] == "1"), "{about:?}");
}

#[test]
fn comments_beyond_the_limit_are_told_of() {
    let rows: String = (0..NOTES_MAX + 7).map(|row| format!("{row},=1\n")).collect();
    let (_, book) = marked(&format!("番号,値\n{rows}"));
    assert_eq!(part(&book, "xl/comments1.xml").matches("<comment ").count(), NOTES_MAX);
    let (_, about) = cells(&book, 2);
    assert!(about.iter().any(|row| row[1].ends_with("(7)")), "{about:?}");
}

#[test]
fn a_cell_that_no_sheet_holds_is_cut_and_told_of() {
    let (_, book) = marked(&format!("番号,値\n1,{}\n", "あ".repeat(CELL_MAX + 1)));
    let (_, rows) = cells(&book, 0);
    assert_eq!(rows[1][1].chars().count(), CELL_MAX);
    let (_, about) = cells(&book, 2);
    assert!(about.iter().any(|row| row[1].contains("長すぎるセル")), "{about:?}");
}

#[test]
fn the_same_file_gives_the_same_bytes() {
    assert!(marked("番号,値\n1,=1\n").1 == marked("番号,値\n1,=1\n").1);
}
