//! A made-up report, for the tests of whatever shows reports.

use std::sync::LazyLock;

use ingestion::{Discard, Expected, Options, Readability, Report, Schemas};
use serde_json::{Value, json};

/// The national schemas, read once.
static SCHEMAS: LazyLock<Schemas> = LazyLock::new(Schemas::embedded);

/// A table whose numbers lack their unit, and that breaks no other rule on machine readability.
const TABLE: &str = "名称,規模\n見本1,120\n見本2,95\n";

/// A report of two errors, a warning, a note, a repair and an open question.
pub(crate) fn report() -> Report {
    let mut report: Report = read(json!({
        "file": {
            "name": "見本トイレ.csv", "bytes": 1203,
            "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "kind": "csv", "encoding": "cp932", "delimiter": ",", "line_ending": "crlf", "sheet": null,
            "header_row": 1
        },
        "schema": {
            "id": "hyojun/public_toilet", "title": "公衆トイレ一覧", "edition": "【見本】第1版",
            "fields": 39, "matched": 36, "confidence": 0.92
        },
        "rows": 1204,
        "counts": {"error": 2, "warning": 1, "note": 1, "repair": 1, "question": 1},
        "findings": [
            finding("required-missing", "error", Some((3, 4)), "名称", [
                "D3「名称」が空です。必須の項目なので、このままでは公開できません。",
                "施設の名前を入れてください。例: ○○公園トイレ",
                "D3 (名称) is empty. It is required.",
                "Write the name of the facility.",
            ]),
            finding("not-in-list", "warning", Some((12, 31)), "車椅子使用者用トイレ有無", [
                "AE12「車椅子使用者用トイレ有無」の「あり」は、決められた値ではありません。",
                "「有」か「無」と書いてください。",
                "AE12 (車椅子使用者用トイレ有無) is not one of the listed values.",
                "Write 有 or 無.",
            ]),
            finding("missing-column", "note", None, "画像", [
                "「画像」の列がありません。",
                "任意の項目なので、なくてもかまいません。",
                "There is no column 画像.",
                "It is optional.",
            ]),
            finding("not-a-date", "error", Some((40, 2)), "更新日", [
                "B40「更新日」の「令和6年」は、日付として読めません。",
                "2024-04-01 のように書いてください。",
                "B40 (更新日) is not a date.",
                "Write it like 2024-04-01.",
            ])
        ],
        "repairs": [
            {
                "code": "full-width", "row": 3, "column": 20, "field": "男性トイレ総数", "before": "２", "after": "2",
                "reason": {"ja": "T3「男性トイレ総数」を半角にしました。", "en": "T3 was made half-width."}
            }
        ],
        "questions": [{
            "id": "q1", "code": "personal-data", "field": "備考", "rows": [4],
            "ask": {"ja": "備考に個人の名前がありますか。", "en": "Does 備考 hold the name of a person?"},
            "choices": [{"ja": "ない", "en": "No"}, {"ja": "ある", "en": "Yes"}],
            "answer": null
        }],
        "truncated": false
    }));
    report.readability = readability(TABLE.as_bytes());
    report
}

/// The report of a file without a byte.
pub(crate) fn empty() -> Report {
    validated(b"")
}

/// A report in which nothing was found.
pub(crate) fn clean() -> Report {
    let mut clean = report();
    clean.counts = ingestion::Counts::default();
    clean.findings.clear();
    clean.repairs.clear();
    clean.questions.clear();
    clean
}

/// The report of a photograph.
pub(crate) fn photograph() -> Report {
    let mut photograph = clean();
    photograph.file.name = "写真.csv".to_owned();
    photograph.file.kind = "png".to_owned();
    photograph.file.encoding = None;
    photograph.file.delimiter = None;
    photograph.file.line_ending = None;
    photograph.file.header_row = None;
    photograph.schema = None;
    photograph.rows = 0;
    photograph.counts.error = 1;
    photograph.readability = readability(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    photograph.findings = vec![read(finding(
        "not-a-table",
        "error",
        None,
        "",
        [
            "写真か図（PNG）で、表ではありません。",
            "表計算ソフトの元のファイルか、CSVを選んでください。",
            "This is a picture (PNG), not a table.",
            "Choose the spreadsheet or a CSV file.",
        ],
    ))];
    photograph
}

fn validated(file: &[u8]) -> Report {
    let options = Options { expected: Expected::AnyTable, ..Options::default() };
    ingestion::validate(file, &SCHEMAS, &options, &mut Discard)
}

fn readability(file: &[u8]) -> Readability {
    validated(file).readability
}

fn finding(code: &str, severity: &str, cell: Option<(u64, u32)>, field: &str, said: [&str; 4]) -> Value {
    let [ja, hint_ja, en, hint_en] = said;
    json!({
        "code": code, "severity": severity, "row": cell.map(|(row, _)| row),
        "column": cell.map(|(_, column)| column), "field": Some(field).filter(|field| !field.is_empty()),
        "value": "", "message": {"ja": ja, "en": en}, "hint": {"ja": hint_ja, "en": hint_en},
        "proposal": null
    })
}

fn read<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).expect("the sample has the shape of what it is a sample of")
}
