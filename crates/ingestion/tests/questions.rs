//! What is asked about a file, how it is answered, and what follows from the answer.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use std::io::Cursor;

use common::table::{Table, good_table, repaired};
use common::{SCHEMAS, places, report_of_any_table};
use ingestion::{
    Code, Expected, Language, Marked, Options, Question, QuestionCode, RepairCode, Report, Severity, validate,
};

const FACILITIES: &str = "hyojun/public_facility";

/// The good table with these cells in its first row of data, under `options`.
fn judged(cells: &[(&str, &str)], options: &Options<'_>) -> (Report, Table) {
    let mut table = good_table(FACILITIES);
    cells.iter().for_each(|(name, value)| *table.cell(0, name) = (*value).to_owned());
    repaired(&table.write(), SCHEMAS.get(&FACILITIES.parse().unwrap()).unwrap(), options)
}

/// What is asked: code, column, rows.
fn asked(report: &Report) -> Vec<(QuestionCode, Option<&str>, &[u64])> {
    assert_eq!(report.counts.question, report.questions.len() as u64);
    report.questions.iter().map(|it| (it.code, it.field.as_deref(), it.rows.as_slice())).collect()
}

#[track_caller]
fn asks(field: &str, value: &str, code: QuestionCode) -> Question {
    let (report, _) = judged(&[(field, value)], &Options::default());
    assert_eq!(asked(&report), [(code, Some(field), &[2][..])], "{field} {value:?}");
    report.questions.into_iter().next().unwrap()
}

#[track_caller]
fn asks_nothing(field: &str, value: &str) {
    let (report, _) = judged(&[(field, value)], &Options::default());
    assert_eq!(asked(&report), [], "{field} {value:?}");
}

/// A table of one column, of any kind.
fn of_column(name: &str, cells: &[&str]) -> Report {
    report_of_any_table(format!("番号順,{name}\n1,{}\n", cells.join("\n2,")).as_bytes())
}

#[test]
fn what_may_be_about_a_person_is_asked() {
    for (field, value, seen) in [
        ("備考", "夜間は090-1234-5678へ", "携帯電話"),
        ("電話番号", "090-1234-5678", "携帯電話"),
        ("電話番号", "０９０ー１２３４ー５６７８", "携帯電話"),
        ("連絡先メールアドレス", "mihon@gmail.com", "メールアドレス"),
        ("備考", "見本太郎様が管理", "「様」の付いた名前"),
    ] {
        let question = asks(field, value, QuestionCode::PersonalData);
        assert!(question.ask.ja.contains(seen) && question.ask.ja.contains("2行目"), "{}", question.ask.ja);
        assert!(!question.ask.ja.contains("5678"), "{}", question.ask.ja);
    }
}

#[test]
fn what_belongs_to_an_office_is_not_asked() {
    asks_nothing("電話番号", "0225-95-1111");
    asks_nothing("備考", "お問い合わせは0225-95-1111、info@city.ishinomaki.lg.jpへ");
    asks_nothing("備考", "様式は窓口で配布。多様な催しあり");
}

#[test]
fn columns_of_persons_are_asked_about_once() {
    for (name, cell) in [("氏名", "見本太郎"), ("世帯主", "見本"), ("生年月日", "1990-01-01")]
    {
        let report = of_column(name, &[cell, cell, cell]);
        assert_eq!(asked(&report), [(QuestionCode::PersonalData, Some(name), &[2, 3, 4][..])]);
    }
    assert_eq!(asked(&of_column("氏名", &["", ""])), []);
    assert_eq!(asked(&of_column("施設名", &["見本", "見本"])), []);
}

#[test]
fn a_my_number_is_an_error_and_stands_nowhere_in_the_report() {
    const NUMBER: &str = "123456789018";
    for value in [NUMBER.to_owned(), format!(" 世帯番号{NUMBER} "), format!("=\"{NUMBER}\"")] {
        let (report, _) = judged(&[("備考", &value)], &Options::default());
        assert_eq!(report.counts.error, 1, "{value}");
        let found = &report.findings[0];
        assert_eq!((found.code, found.severity, found.row), (Code::MyNumber, Severity::Error, Some(2)));
        assert!(!serde_json::to_string(&report).unwrap().contains(NUMBER), "{value}");
    }
    let report = of_column("備考", &["1234 5678 9018", "x"]);
    assert_eq!(places(&report)[0].0, Code::MyNumber);
    let file = format!("a,b\n1,2,{NUMBER}\n");
    let report = report_of_any_table(file.as_bytes());
    assert_eq!(places(&report)[0].0, Code::TooManyCells);
    assert!(!serde_json::to_string(&report).unwrap().contains(NUMBER));
}

/// Everything that is said of a file: its report, every finding, and all parts of the marked copy.
fn all_that_is_said(file: &[u8], schema: Option<&str>) -> String {
    let expected =
        schema.map_or(Expected::AnyTable, |id| Expected::Schema(SCHEMAS.get(&id.parse().unwrap()).unwrap()));
    let options = Options { expected, ..Options::default() };
    let mut copy = Marked::begin(Language::Ja);
    let report = validate(file, &SCHEMAS, &options, &mut copy);
    let mut book = Vec::new();
    copy.end(&report, &mut book).unwrap();
    let mut parts = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut said = serde_json::to_string(&report).unwrap() + &format!("{report:?}");
    for part in 0..parts.len() {
        std::io::Read::read_to_string(&mut parts.by_index(part).unwrap(), &mut said).unwrap();
    }
    said
}

#[test]
fn a_my_number_is_shown_whole_nowhere_wherever_it_stands() {
    const NUMBER: &str = "123456789018";
    const WIDE: &str = "１２３４５６７８９０１８";
    let mut files = vec![
        (format!("値,備考\n1,{NUMBER}\n2,x\n"), None),
        (format!("値,備考\n1, 番号 {WIDE}\n2,x\n"), None),
        (format!("値,{NUMBER}\n1,x\n2,y\n"), None),
        (format!("世帯主の番号 {NUMBER}\n\n値,備考\n1,x\n2,y\n"), None),
        (format!("値,備考\n1,x\n2,y\n※{NUMBER}\n"), None),
        (format!("値,備考\n1,x,{NUMBER}\n2,\"{NUMBER}\n"), None),
        (format!("値,備考\n1,x\n\"{NUMBER}\" x,y\n"), None),
    ];
    let headers = good_table(FACILITIES).header;
    for name in [
        "電話番号",
        "郵便番号",
        "説明",
        "緯度",
        "開始時間",
        "URL",
        "団体名",
        "連絡先メールアドレス",
        "車椅子可",
    ] {
        assert!(headers.iter().any(|header| header == name), "{name}");
        let mut table = good_table(FACILITIES);
        *table.cell(0, name) = NUMBER.to_owned();
        files.push((String::from_utf8(table.write()).unwrap(), Some(FACILITIES)));
    }
    for (file, schema) in files {
        let said = all_that_is_said(file.as_bytes(), schema);
        assert!(!said.contains(NUMBER) && !said.contains(WIDE), "{file}");
        assert!(said.contains("****"), "{file}");
    }
}

#[test]
fn other_numbers_of_twelve_digits_are_none() {
    for (name, cell) in [("備考", "123456789017"), ("施設コード", "123456789018"), ("備考", "1234567890182")]
    {
        assert_eq!(of_column(name, &[cell, "x"]).counts.error, 0, "{name} {cell}");
    }
}

#[test]
fn what_may_stand_for_no_value_is_asked_once_for_each_column() {
    for mark in ["-", "－", "***", "不明"] {
        let report = of_column("値", &[mark, "5", mark]);
        let question = report.questions.first().unwrap();
        assert_eq!(asked(&report), [(QuestionCode::MissingValue, Some("値"), &[2, 4][..])]);
        assert!(question.ask.ja.contains(&format!("「{mark}」")), "{}", question.ask.ja);
    }
    let report = of_column("値", &["-", "***", "－"]);
    assert!(report.questions[0].ask.ja.contains("-、***、－"), "{}", report.questions[0].ask.ja);
}

#[test]
fn words_that_say_what_they_say_are_not_asked() {
    asks_nothing("備考", "なし");
    // 無 is what the list means by it.
    asks_nothing("車椅子貸出", "なし");
    assert_eq!(asked(&of_column("値", &["-5", "0", "5"])), []);
}

#[test]
fn a_mark_in_a_column_that_cannot_read_it_is_told_and_asked() {
    let (report, _) = judged(&[("電話番号", "-")], &Options::default());
    assert_eq!(asked(&report), [(QuestionCode::MissingValue, Some("電話番号"), &[2][..])]);
    assert_eq!(report.findings.iter().map(|it| it.code).collect::<Vec<_>>(), [Code::NotATelephone]);
}

/// The report with these answers, each by its question's key.
fn answered(cells: &[(&str, &str)], answers: &[(&str, &str)]) -> (Report, Table) {
    let answers: Vec<(String, String)> =
        answers.iter().map(|(key, answer)| ((*key).to_owned(), (*answer).to_owned())).collect();
    judged(cells, &Options { answers: &answers, ..Options::default() })
}

#[test]
fn a_file_is_accepted_once_every_question_is_answered() {
    let cells = [("備考", "090-1234-5678"), ("電話番号", "080-1234-5678")];
    let (report, _) = answered(&cells, &[]);
    let keys: Vec<String> = report.questions.iter().map(Question::key).collect();
    assert_eq!(keys, ["personal-data:電話番号", "personal-data:備考"]);
    assert_eq!(report.questions.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), ["q1", "q2"]);
    let fine = report.questions[0].choices[0].ja.clone();
    assert!(report.accepted() && report.accept().is_err());

    let (report, _) = answered(&cells, &[(&keys[0], &fine)]);
    assert!(report.accept().is_err());
    let (report, _) = answered(&cells, &[(&keys[0], &fine), (&keys[1], &fine)]);
    assert_eq!(report.questions[1].answer.as_deref(), Some(fine.as_str()));
    assert!(report.accept().is_ok());
}

#[test]
fn an_answer_may_be_given_in_english_and_none_that_was_not_offered_counts() {
    let cells = [("備考", "090-1234-5678")];
    let choice = answered(&cells, &[]).0.questions[0].choices[0].clone();
    let (report, _) = answered(&cells, &[("personal-data:備考", &choice.en)]);
    assert_eq!(report.questions[0].answer, Some(choice.ja));
    let (report, _) = answered(&cells, &[("personal-data:備考", "たぶん")]);
    assert_eq!(report.questions[0].answer, None);
}

#[test]
fn what_must_not_be_published_is_an_error_from_then_on() {
    let cells = [("備考", "090-1234-5678")];
    let withheld = answered(&cells, &[]).0.questions[0].choices[2].ja.clone();
    let (report, _) = answered(&cells, &[("personal-data:備考", &withheld)]);
    let found = report.findings.first().unwrap();
    assert_eq!((found.code, found.severity, found.row), (Code::Withheld, Severity::Error, None));
    assert!(found.message.ja.contains("「備考」"), "{}", found.message.ja);
    assert!(!report.accepted());
}

#[test]
fn a_mark_that_stands_for_no_value_becomes_an_empty_cell() {
    let cells = [("電話番号", "-")];
    let choices = answered(&cells, &[]).0.questions[0].choices.clone();
    let (report, mut table) = answered(&cells, &[("missing-value:電話番号", &choices[0].ja)]);
    assert_eq!(report.findings, []);
    let repair = report.repairs.first().unwrap();
    assert_eq!(
        (repair.code, repair.before.as_str(), repair.after.as_str()),
        (RepairCode::MissingValue, "-", "")
    );
    assert_eq!(table.cell(0, "電話番号"), "");
    assert!(report.accept().is_ok());

    let (report, mut table) = answered(&cells, &[("missing-value:電話番号", &choices[1].ja)]);
    assert_eq!((report.counts.error, report.counts.repair), (1, 0));
    assert_eq!(table.cell(0, "電話番号"), "-");
}

#[test]
fn of_many_rows_the_first_hundred_are_named() {
    let report = of_column("氏名", &vec!["見本"; 5_000]);
    assert_eq!(report.questions[0].rows, (2..=101).collect::<Vec<u64>>());
    assert_eq!((report.counts.question, report.questions.len()), (1, 1));
}
