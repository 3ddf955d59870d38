//! Workbooks: which sheet is read, what its cells say, and what it hides.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::books::{label, ods, parts, with_part, workbook, write, xls, zipped};
use common::{SCHEMAS, places, report, report_against, report_of_any_table};
use ingestion::readability::Outcome;
use ingestion::{Code, Discard, Options, QuestionCode, Report, Severity, validate};
use proptest::prelude::*;
use rust_xlsxwriter::{Color, ExcelDateTime, Format, Formula, Shape, Workbook, Worksheet};

/// The rows that were good, as a table of `hyojun/public_toilet` gives them.
fn rows(file: &[u8]) -> Vec<(u64, Vec<String>)> {
    report_against("hyojun/public_toilet", file).1
}

#[track_caller]
fn asks(report: &Report, expected: &[(QuestionCode, Option<&str>, &[u64])]) {
    let asked: Vec<_> =
        report.questions.iter().map(|it| (it.code, it.field.as_deref(), it.rows.as_slice())).collect();
    assert_eq!(asked, expected);
}

#[test]
fn a_clean_workbook_is_read_without_a_word() {
    let file = workbook(|sheet| {
        write(sheet, 0, 0, &["a", "b", "c"]);
        write(sheet, 1, 0, &["名称", "見本, その1\n二行", "x"]);
        write(sheet, 2, 0, &["1", "2", "3"]);
    });
    let report = report_of_any_table(&file[..]);
    assert_eq!(places(&report), []);
    assert!(report.accepted() && report.questions.is_empty());
    assert_eq!((report.file.kind.as_str(), report.file.sheet.as_deref()), ("xlsx", Some("一覧")));
    assert_eq!((report.file.encoding, report.file.delimiter, report.file.line_ending), (None, None, None));
    assert_eq!((report.file.header_row, report.rows), (Some(1), 2));
}

#[test]
fn cells_say_what_a_csv_would_by_the_national_rules() {
    let date = Format::new().set_num_format("ggge\"年\"m\"月\"d\"日\"");
    let time = Format::new().set_num_format("h:mm");
    let hours = Format::new().set_num_format("[h]:mm");
    let file = workbook(|sheet| {
        write(sheet, 0, 0, &["a", "b", "c", "d", "e", "f"]);
        sheet.write_number(1, 0, 36.40).unwrap();
        sheet.write_with_format(1, 1, ExcelDateTime::from_ymd(2024, 4, 1).unwrap(), &date).unwrap();
        sheet.write_with_format(1, 2, ExcelDateTime::from_hms(9, 0, 0).unwrap(), &time).unwrap();
        sheet.write_number_with_format(1, 3, 1.0, &hours).unwrap();
        sheet.write_boolean(1, 4, true).unwrap();
        sheet.write_formula(1, 5, Formula::new("=1+1").set_result("2")).unwrap();
        write(sheet, 2, 0, &["1"]);
        sheet.write_formula(2, 5, Formula::new("=A9").set_result("#REF!")).unwrap();
    });
    let (report, rows) = report_against("hyojun/public_toilet", &file[..]);
    assert_eq!(
        rows,
        [(2, ["36.4", "2024-04-01", "09:00", "24:00", "TRUE", "2"].map(str::to_owned).to_vec())]
    );
    let failed = report.findings.iter().find(|found| found.code == Code::SpreadsheetError).unwrap();
    assert_eq!((failed.row, failed.column, failed.value.as_str()), (Some(3), Some(6), "#REF!"));
}

#[test]
fn a_workbook_whose_list_of_sheets_comes_last_is_one_all_the_same() {
    let file = workbook(|sheet| {
        write(sheet, 0, 0, &["名称", "備考"]);
        write(sheet, 1, 0, &["見本", "x"]);
    });
    // Other programs than Excel write the sheets first, and letters that no compression makes small.
    let mut parts = parts(&file);
    let mut noise = 1_u32;
    let mut roll = || {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (noise >> 24) as u8
    };
    parts.insert(0, ("xl/media/image1.png".to_owned(), (0..100_000).map(|_| roll()).collect()));
    parts.sort_by_key(|(name, _)| name.starts_with("xl/workbook") || name.starts_with('['));
    let parts: Vec<_> = parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    assert_eq!(rows(&zipped(&parts)), [(2, vec!["見本".to_owned(), "x".to_owned()])]);
}

#[test]
fn readings_above_a_text_are_not_part_of_it() {
    let file = workbook(|sheet| {
        write(sheet, 0, 0, &["名称", "備考"]);
        write(sheet, 1, 0, &["日和山", "x"]);
    });
    let reading = "日和山</t><rPh sb=\"0\" eb=\"3\"><t>ヒヨリヤマ</t></rPh><phoneticPr fontId=\"1\"/>";
    let file = with_part(&file, "xl/sharedStrings.xml", |xml| xml.replace("日和山</t>", reading));
    assert_eq!(rows(&file), [(2, vec!["日和山".to_owned(), "x".to_owned()])]);
}

#[test]
fn rows_and_columns_count_as_the_sheet_shows_them() {
    let file = workbook(|sheet| {
        write(sheet, 2, 1, &["a", "b", "a"]);
        write(sheet, 3, 1, &["1", "2\u{202e}", "3"]);
        write(sheet, 5, 1, &["3", "4", "5"]);
        sheet.set_row_hidden(5).unwrap().set_column_hidden(2).unwrap();
    });
    let report = report_of_any_table(&file[..]);
    assert_eq!((report.file.header_row, report.rows), (Some(3), 2));
    assert_eq!(
        places(&report),
        [
            (Code::BlankRow, Severity::Warning, Some(1), None),
            (Code::BlankRow, Severity::Warning, Some(2), None),
            (Code::DuplicateHeader, Severity::Error, Some(3), Some(4)),
            (Code::BidiControl, Severity::Error, Some(4), Some(3)),
            (Code::BlankRow, Severity::Warning, Some(5), None),
        ]
    );
    assert!(report.findings[2].message.ja.contains("B列"), "{}", report.findings[2].message.ja);
    asks(&report, &[(QuestionCode::HiddenRows, None, &[6]), (QuestionCode::HiddenColumns, Some("b"), &[])]);
}

#[test]
fn the_sheet_whose_header_fits_a_schema_is_read_and_the_others_are_told() {
    let mut book = Workbook::new();
    write(book.add_worksheet().set_name("説明").unwrap(), 0, 0, &["この表について"]);
    let list = book.add_worksheet().set_name("一覧").unwrap();
    let schema = SCHEMAS.get(&"hyojun/public_toilet".parse().unwrap()).unwrap();
    let names: Vec<&str> = schema.fields.iter().map(|field| field.name.as_str()).collect();
    write(list, 0, 0, &["公衆トイレ一覧"]);
    write(list, 2, 0, &names);
    write(list, 3, 0, &["042021", "1", "宮城県石巻市", "見本"]);
    book.add_worksheet().set_name("空").unwrap();
    write(book.add_worksheet().set_name("下書き").unwrap().set_hidden(true), 0, 0, &["メモ"]);
    let report = report(&book.save_to_buffer().unwrap()[..]);
    assert_eq!(report.file.sheet.as_deref(), Some("一覧"));
    assert_eq!(report.schema.as_ref().unwrap().id, schema.id);
    assert_eq!(report.file.header_row, Some(3));
    let others = report.findings.iter().find(|found| found.code == Code::OtherSheets).unwrap();
    assert_eq!((others.severity, others.value.as_str()), (Severity::Warning, "説明"));
    asks(&report, &[(QuestionCode::HiddenSheets, None, &[])]);
    assert!(report.questions[0].ask.ja.contains("下書き"));
}

#[test]
fn without_a_schema_the_first_sheet_with_rows_is_read() {
    let mut book = Workbook::new();
    book.add_worksheet();
    write(book.add_worksheet().set_name("表紙").unwrap(), 0, 0, &["表紙"]);
    let sheet = book.add_worksheet().set_name("数").unwrap();
    write(sheet, 0, 0, &["区", "数"]);
    write(sheet, 1, 0, &["あ", "1"]);
    assert_eq!(report(&book.save_to_buffer().unwrap()[..]).file.sheet.as_deref(), Some("数"));
}

#[test]
fn what_is_hidden_is_asked_about() {
    let file = workbook(|sheet| {
        write(sheet, 0, 0, &["区", "数", "担当"]);
        for row in 1..6 {
            write(sheet, row, 0, &["あ", "1", "見本"]);
        }
        sheet.set_row_hidden(2).unwrap().set_row_hidden(4).unwrap().set_row_hidden(9).unwrap();
        sheet.set_column_hidden(2).unwrap().set_column_hidden(5).unwrap();
    });
    let report = report_of_any_table(&file[..]);
    asks(
        &report,
        &[(QuestionCode::HiddenRows, None, &[3, 5]), (QuestionCode::HiddenColumns, Some("担当"), &[])],
    );
    assert_eq!((report.rows, report.accept().is_ok()), (5, false));
}

#[test]
fn merged_cells_are_told_with_their_range() {
    let file = workbook(|sheet| {
        sheet.merge_range(0, 0, 0, 2, "表題", &Format::new()).unwrap();
        write(sheet, 1, 0, &["区", "数", "備考"]);
        write(sheet, 2, 1, &["1", "a"]);
        write(sheet, 3, 1, &["2", "b"]);
        sheet.merge_range(2, 0, 3, 0, "中央", &Format::new()).unwrap();
    });
    let report = report_of_any_table(&file[..]);
    assert_eq!(
        places(&report),
        [
            (Code::RowsAboveHeader, Severity::Note, Some(1), None),
            (Code::MergedCells, Severity::Warning, Some(3), Some(1)),
        ]
    );
    assert_eq!(report.findings[1].value, "A3:A4");
}

#[test]
fn what_makes_a_sheet_hard_to_read_for_a_machine_stands_where_the_sheet_shows_it() {
    let file = workbook(|sheet| {
        write(sheet, 0, 1, &["区", "数", "備考"]);
        for row in 1..5 {
            write(sheet, row, 1, &["あ", "1", "見本"]);
        }
        sheet.write_formula(2, 2, Formula::new("=1+1").set_result("2")).unwrap();
        sheet.merge_range(3, 1, 4, 1, "中央", &Format::new()).unwrap();
        sheet.set_row_hidden(1).unwrap().set_column_hidden(3).unwrap();
    });
    let readability = report_of_any_table(&file[..]).readability;
    let places = |rule: &str| -> Vec<String> {
        let verdicts = readability.tables.iter().flat_map(|table| &table.verdicts);
        let of_rule = verdicts.filter(|verdict| verdict.rule.to_string() == rule);
        of_rule.flat_map(|it| &it.breaches).map(|breach| breach.place.to_string()).collect()
    };
    assert_eq!(places("L1-12"), ["B4:B5"]);
    assert_eq!(places("L1-13"), ["行2", "列4"]);
    assert_eq!(places("L2-06"), ["C3"]);
}

/// The agency's sample workbooks, rebuilt from their description: the sheet, the rule, and whether it is kept.
#[track_caller]
fn sample_breaks(rule: &str, fill: impl Fn(&mut Worksheet), expected: &[&str]) {
    const BASE: [[&str; 3]; 4] = [
        ["都道府県", "2023年", "2024年"],
        ["北海道", "5140", "5092"],
        ["青森県", "1193", "1175"],
        ["岩手県", "1178", "1162"],
    ];
    let file = workbook(|sheet| {
        for (row, [name, one, other]) in (0..).zip(BASE) {
            sheet.write_string(row, 0, name).unwrap();
            for (column, number) in [(1, one), (2, other)] {
                match number.parse::<f64>() {
                    Ok(number) => sheet.write_number(row, column, number).unwrap(),
                    Err(_) => sheet.write_string(row, column, number).unwrap(),
                };
            }
        }
        fill(sheet);
    });
    let readability = report_of_any_table(&file[..]).readability;
    let verdict = readability.tables[0].verdicts.iter().find(|verdict| verdict.rule.to_string() == rule);
    let places: Vec<String> =
        verdict.unwrap().breaches.iter().map(|breach| breach.place.to_string()).collect();
    assert_eq!(places, expected);
    assert_eq!(verdict.unwrap().outcome == Outcome::Kept, expected.is_empty());
}

#[test]
fn shapes_and_pictures_lie_on_the_data_or_beside_it() {
    let at = |row, column| {
        move |sheet: &mut Worksheet| {
            sheet.insert_shape(row, column, &Shape::textbox().set_text("青森")).unwrap();
        }
    };
    sample_breaks("L1-10", |_| (), &[]);
    sample_breaks("L1-10", at(5, 3), &[]);
    sample_breaks("L1-10", at(1, 0), &["A2"]);
}

#[test]
fn colours_and_bold_type_that_tell_data_apart_are_seen() {
    let at = |row, column, format: Format| {
        move |sheet: &mut Worksheet| {
            sheet.set_cell_format(row, column, &format).unwrap();
        }
    };
    let filled = |colour: u32| Format::new().set_background_color(Color::RGB(colour));
    sample_breaks("L1-11", |_| (), &[]);
    sample_breaks("L1-11", at(0, 0, Format::new().set_bold()), &[]);
    sample_breaks("L1-11", at(2, 0, Format::new().set_font_color(Color::Red)), &["列1"]);
    sample_breaks("L1-11", at(2, 1, Format::new().set_bold()), &["列2"]);
    sample_breaks("L1-11", at(3, 1, Format::new().set_italic()), &["列2"]);
    sample_breaks(
        "L1-11",
        |sheet| {
            for (row, colour) in [(1, 0x00b050), (2, 0xff0000), (3, 0xffff00)] {
                at(row, 0, filled(colour))(sheet);
            }
        },
        &["列1"],
    );
    sample_breaks("L1-11", |sheet| (1..4).for_each(|row| at(row, 0, filled(0xdae9f8))(sheet)), &[]);
}

#[test]
fn merged_cells_and_hidden_lines_of_the_samples_are_seen() {
    sample_breaks(
        "L1-12",
        |sheet| {
            sheet.merge_range(2, 0, 3, 0, "東北", &Format::new()).unwrap();
        },
        &["A3:A4"],
    );
    sample_breaks(
        "L1-13",
        |sheet| {
            sheet.set_row_hidden(2).unwrap().set_column_hidden(2).unwrap();
        },
        &["行3", "列3"],
    );
    sample_breaks(
        "L2-06",
        |sheet| {
            sheet.write_formula(1, 2, Formula::new("=B2-1").set_result("5139")).unwrap();
        },
        &["C2"],
    );
}

#[test]
fn opendocument_is_read_alike() {
    let file = ods(
        "<table:table table:name=\"一覧\"><table:table-column/><table:table-column table:visibility=\"collapse\"/>\
         <table:table-column table:number-columns-repeated=\"1022\"/>\
         <table:table-row><table:table-cell office:value-type=\"string\"><text:p>日</text:p></table:table-cell>\
         <table:table-cell office:value-type=\"string\"><text:p>数</text:p></table:table-cell>\
         <table:table-cell table:number-columns-repeated=\"1022\"/></table:table-row>\
         <table:table-row><table:table-cell office:value-type=\"date\" office:date-value=\"2024-04-01\">\
         <text:p>令和6年4月1日</text:p></table:table-cell>\
         <table:table-cell office:value-type=\"float\" office:value=\"3.50\"><text:p>3.5</text:p></table:table-cell></table:table-row>\
         <table:table-row table:visibility=\"filter\"><table:table-cell table:number-rows-spanned=\"2\" office:value-type=\"string\">\
         <text:p>a</text:p></table:table-cell><table:table-cell office:value-type=\"string\"><text:p>b</text:p></table:table-cell></table:table-row>\
         <table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"1024\"/>\
         </table:table-row></table:table>",
    );
    let report = report_of_any_table(&file[..]);
    assert_eq!(
        (report.file.kind.as_str(), report.file.sheet.as_deref(), report.rows),
        ("ods", Some("一覧"), 2)
    );
    assert_eq!(places(&report), [(Code::MergedCells, Severity::Warning, Some(3), Some(1))]);
    asks(&report, &[(QuestionCode::HiddenRows, None, &[3]), (QuestionCode::HiddenColumns, Some("数"), &[])]);
    assert_eq!(rows(&file)[0], (2, vec!["2024-04-01".to_owned(), "3.5".to_owned()]));
}

#[test]
fn an_old_workbook_is_read_alike() {
    let numbers =
        |numbers: &[u16]| numbers.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>();
    let file = xls(&[
        (0x007d, numbers(&[1, 1, 0, 0, 1])),
        (0x0208, numbers(&[2, 0, 2, 0, 0, 0, 0x20, 0])),
        label(0, 0, "区"),
        label(0, 1, "数"),
        label(1, 0, "あ"),
        (0x0203, [numbers(&[1, 1, 0]), 36.4_f64.to_le_bytes().to_vec()].concat()),
        label(2, 0, "い"),
        label(2, 1, "2"),
        (0x00e5, numbers(&[1, 1, 2, 0, 0])),
    ]);
    let report = report_of_any_table(&file[..]);
    assert_eq!(
        (report.file.kind.as_str(), report.file.sheet.as_deref(), report.rows),
        ("xls", Some("一覧"), 2)
    );
    assert_eq!(places(&report), [(Code::MergedCells, Severity::Warning, Some(2), Some(1))]);
    asks(&report, &[(QuestionCode::HiddenRows, None, &[3]), (QuestionCode::HiddenColumns, Some("数"), &[])]);
    assert_eq!(rows(&file)[0], (2, vec!["あ".to_owned(), "36.4".to_owned()]));
}

#[test]
fn a_workbook_is_told_by_its_content_whatever_it_is_called() {
    let table = b"a,b\n1,2\n";
    let options = Options { file_name: "表.xlsx".into(), ..Options::default() };
    assert_eq!(validate(&table[..], &SCHEMAS, &options, &mut Discard).file.kind, "csv");
    let options = Options { file_name: "表.csv".into(), ..Options::default() };
    let file = workbook(|sheet| write(sheet, 0, 0, &["a", "b"]));
    assert_eq!(validate(&file[..], &SCHEMAS, &options, &mut Discard).file.kind, "xlsx");
}

fn cells() -> impl Strategy<Value = Vec<Vec<String>>> {
    let cell = "[a-zあ-ん漢字,;\"]([a-zあ-ん漢字表,;\t\n\"]{0,4}[a-zあ-ん表])?";
    prop::collection::vec(prop::collection::vec(cell, 3), 1..6)
}

/// The table as text, cells between `delimiter` and lines ended by `end`.
fn text(table: &[Vec<String>], delimiter: u8, end: csv::Terminator) -> String {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).terminator(end).from_writer(Vec::new());
    table.iter().for_each(|row| writer.write_record(row).unwrap());
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// How many rows there are, what is found and where, and the rows that are good.
type Meaning = (u64, Vec<common::Place>, Vec<(u64, Vec<String>)>);

/// What is found and which rows are good, but for how the file is written.
fn meaning(file: &[u8]) -> Meaning {
    let (report, rows) = report_against("hyojun/public_toilet", file);
    (report.rows, places(&report), rows)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_table_means_the_same_however_it_is_written(
        table in cells(),
        delimiter in prop::sample::select(vec![b',', b'\t', b';']),
        end in prop::sample::select(vec!["\r\n", "\n", "\r"]),
    ) {
        let header = ["名称", "所在地_連結表記", "備考"].map(str::to_owned).to_vec();
        let meant: Vec<(u64, Vec<String>)> = (2..).zip(table.iter().cloned()).collect();
        let table = [vec![header], table].concat();
        let terminator = match end {
            "\r\n" => csv::Terminator::CRLF,
            other => csv::Terminator::Any(other.as_bytes()[0]),
        };
        let text = text(&table, delimiter, terminator);
        let expected = meaning(&workbook(|sheet| {
            for (row, cells) in (0..).zip(&table) {
                write(sheet, row, 0, &cells.iter().map(String::as_str).collect::<Vec<_>>());
            }
        }));
        prop_assert_eq!(&expected.2, &meant);
        prop_assert_eq!(meaning(text.as_bytes()), expected.clone());
        prop_assert_eq!(meaning(format!("\u{feff}{text}").as_bytes()), expected.clone());
        let utf_16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            format!("\u{feff}{text}").encode_utf16().flat_map(bytes).collect()
        };
        prop_assert_eq!(meaning(&utf_16(u16::to_le_bytes)), expected.clone());
        prop_assert_eq!(meaning(&utf_16(u16::to_be_bytes)), expected.clone());
        for encoding in [encoding_rs::SHIFT_JIS, encoding_rs::EUC_JP, encoding_rs::ISO_2022_JP] {
            prop_assert_eq!(meaning(&encoding.encode(&text).0), expected.clone(), "{}", encoding.name());
        }
    }
}
