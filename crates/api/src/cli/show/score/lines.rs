//! The scores as CSV: one line for each file, table and rule.

use std::io::{self, Write};

use csv::{Terminator, Writer, WriterBuilder};
use ingestion::Report;
use ingestion::readability::Gravity;

use super::bulk;
use super::check::{Check, PLACES_MAX, Violation};
use super::file::FileScore;

const HEADER: [&str; 17] = [
    "ファイル名",
    "シート名",
    "テーブル範囲",
    "ヘッダー範囲",
    "列数",
    "ルールID",
    "ルール名",
    "ルール説明",
    "合否",
    "判定対象外",
    "重大度",
    "信頼度",
    "違反数",
    "違反箇所",
    "違反内容",
    "違反重大度",
    "メッセージ",
];

/// Where there are many places, this many are named.
const NAMED_OF_MANY: usize = 3;

/// Writes the scores of `reports`, in UTF-8 with a BOM.
///
/// # Errors
/// What `out` cannot do.
pub(super) fn write(out: &mut impl Write, reports: &[Report]) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut csv = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
    csv.write_record(HEADER)?;
    for file in reports.iter().map(FileScore::of) {
        for sheet in &file.sheets {
            for table in &sheet.tables {
                let header = table.header_range.as_deref().unwrap_or_default();
                let width = table.width.to_string();
                for check in &table.checks {
                    line(&mut csv, [&file.name, &sheet.name, &table.range, header, &width], check)?;
                }
            }
        }
    }
    if let Some(check) = bulk::across(reports) {
        line(&mut csv, ["(bulk)", "", "", "", ""], &check)?;
    }
    csv.flush()
}

fn line(csv: &mut Writer<impl Write>, place: [&str; 5], check: &Check) -> io::Result<()> {
    let passes = if check.passes { "合格" } else { "不合格" };
    let not_judged = if check.not_judged { "○" } else { "" };
    let (confidence, count) = (format!("{:.2}", check.confidence), check.count.to_string());
    let [places, descriptions, gravities] = told(check);
    csv.write_record(place.into_iter().chain([
        check.rule.as_str(),
        check.title,
        check.about,
        passes,
        not_judged,
        &check.weight,
        &confidence,
        &count,
        &places,
        &descriptions,
        &gravities,
        &check.message,
    ]))
    .map_err(io::Error::from)
}

/// The places, what stands there, and how bad that is; of many places, how many there are of each kind.
fn told(check: &Check) -> [String; 3] {
    let joined = |texts: Vec<String>| texts.join("; ");
    let range = |place: &Violation| format!("{}!{}", place.sheet, place.range);
    let Some(groups) = check.groups.as_ref().filter(|_| check.count > PLACES_MAX) else {
        let each = |text: fn(&Violation) -> String| joined(check.places.iter().map(text).collect());
        return [
            joined(check.places.iter().map(range).collect()),
            each(|place| place.description.clone()),
            each(|place| Gravity::to_string(&place.gravity)),
        ];
    };
    let first = joined(check.places.iter().take(NAMED_OF_MANY).map(range).collect());
    let groups = &groups.groups;
    [
        format!("{first} 他（計 {} 件）", check.count),
        joined(
            groups
                .iter()
                .map(|group| format!("{}/{}: {}件", group.sheet, group.gravity, group.count))
                .collect(),
        ),
        joined(groups.iter().map(|group| format!("{}: {}件", group.gravity, group.count)).collect()),
    ]
}
