//! What is mended in a file, what is only told, and what becomes of its rows.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::table::{Table, good_table, repaired};
use common::{SCHEMAS, changes, places, report_of_any_table};
use ingestion::{Bbox, CityArea, Code, Options, RepairCode, RepairSet, Report, Schema, Severity};
use proptest::prelude::*;

const TOILETS: &str = "hyojun/public_toilet";
const FACILITIES: &str = "hyojun/public_facility";

fn schema(id: &str) -> &'static Schema {
    SCHEMAS.get(&id.parse().unwrap()).unwrap()
}

/// The good table of `id` in which the first row of data has these cells.
fn with(id: &str, cells: &[(&str, &str)]) -> Table {
    let mut table = good_table(id);
    cells.iter().for_each(|(name, value)| *table.cell(0, name) = (*value).to_owned());
    table
}

fn judged(id: &str, cells: &[(&str, &str)], options: &Options<'_>) -> (Report, Table) {
    repaired(&with(id, cells).write(), schema(id), options)
}

/// A cell of row 2 becomes `after` by repairs of these kinds in this order, and nothing is left to say but these.
#[track_caller]
fn mends_and_tells(
    id: &str,
    field: &str,
    [before, after]: [&str; 2],
    kinds: &[RepairCode],
    told: &[(Code, Severity)],
) {
    let (report, mut table) = judged(id, &[(field, before)], &Options::default());
    let column = table.column(field) as u32 + 1;
    let made: Vec<_> =
        report.repairs.iter().map(|it| (it.code, it.row, it.column, it.field.as_deref())).collect();
    let expected: Vec<_> = kinds.iter().map(|kind| (*kind, 2, column, Some(field))).collect();
    assert_eq!(made, expected, "{field} {before:?}");
    assert_eq!(report.repairs.first().map_or(before, |first| &first.before), before);
    assert_eq!(table.cell(0, field), after, "{field} {before:?}");
    let expected: Vec<_> =
        told.iter().map(|(code, severity)| (*code, *severity, Some(2), Some(column))).collect();
    assert_eq!(places(&report), expected, "{field} {before:?}");
    assert_eq!(report.counts.repair, kinds.len() as u64);
}

#[track_caller]
fn mends(id: &str, field: &str, cells: [&str; 2], kinds: &[RepairCode]) {
    mends_and_tells(id, field, cells, kinds, &[]);
}

/// A cell of row 2 stays as it is and is told.
#[track_caller]
fn tells(id: &str, field: &str, value: &str, code: Code, severity: Severity) {
    mends_and_tells(id, field, [value, value], &[], &[(code, severity)]);
}

#[test]
fn blanks_and_what_nobody_sees_are_taken_out_of_any_cell() {
    mends(TOILETS, "名称", ["\u{3000}見本1 ", "見本1"], &[RepairCode::SurroundingBlank]);
    mends(TOILETS, "名称", ["見\u{200b}本1", "見本1"], &[RepairCode::InvisibleCharacter]);
    mends(TOILETS, "名称", ["見\u{feff}本\u{a0}1", "見本 1"], &[RepairCode::InvisibleCharacter]);
    mends(TOILETS, "備考", ["か\u{3099}っこう", "がっこう"], &[RepairCode::Decomposed]);
    mends(TOILETS, "備考", ["\r\n見本\n2行目\n", "見本\n2行目"], &[RepairCode::SurroundingBlank]);
    mends(TOILETS, "男性トイレ総数", ["2\n", "2"], &[RepairCode::SurroundingBlank]);
}

#[test]
fn names_of_columns_are_mended_like_cells() {
    let file = "\u{feff}名称,\u{feff}備\u{200b}考 ,か\u{3099}\n見本,x,y\n".as_bytes();
    let (report, table) = repaired(file, schema(TOILETS), &Options::default());
    assert_eq!(table.header, ["名称", "備考", "が"]);
    let made: Vec<_> = report.repairs.iter().map(|it| (it.code, it.row, it.column)).collect();
    let expected = [
        (RepairCode::SurroundingBlank, 1, 2),
        (RepairCode::InvisibleCharacter, 1, 2),
        (RepairCode::Decomposed, 1, 3),
    ];
    assert!(made.len() == 3 && expected.iter().all(|it| made.contains(it)), "{made:?}");
    assert!(report.findings.iter().all(|found| found.code != Code::HeaderAssumed));
    let off = Options { repairs: RepairSet::NONE, ..Options::default() };
    let (report, _) = repaired(file, schema(TOILETS), &off);
    assert!(report.findings.iter().any(|found| found.code == Code::HeaderAssumed && found.column == Some(2)));
}

#[test]
fn a_telephone_number_gets_its_zero_back_where_its_length_proves_it() {
    mends(FACILITIES, "電話番号", ["225-95-1111", "0225-95-1111"], &[RepairCode::LostZero]);
    mends_and_tells(
        FACILITIES,
        "電話番号",
        ["225000002", "0225000002"],
        &[RepairCode::LostZero],
        &[(Code::NotATelephone, Severity::Warning)],
    );
    tells(FACILITIES, "電話番号", "95-1111", Code::NotATelephone, Severity::Error);
    mends(FACILITIES, "電話番号", ["(0225)95-1111", "(0225)95-1111"], &[]);
}

#[test]
fn a_cell_with_several_slips_is_mended_step_by_step() {
    mends(
        TOILETS,
        "利用開始時間",
        [" \u{200b}９：３０", "09:30"],
        &[RepairCode::InvisibleCharacter, RepairCode::SurroundingBlank, RepairCode::TimeForm],
    );
    let (report, _) = judged(TOILETS, &[("利用開始時間", " ９：３０")], &Options::default());
    let steps: Vec<_> = report.repairs.iter().map(|it| (it.before.as_str(), it.after.as_str())).collect();
    assert_eq!(steps, [(" ９：３０", "９：３０"), ("９：３０", "09:30")]);
}

#[test]
fn cells_are_mended_as_their_field_wants_them() {
    mends(TOILETS, "男性トイレ総数", ["２", "2"], &[RepairCode::FullWidth]);
    mends(TOILETS, "名称_カナ", ["ﾐﾎﾝ", "ミホン"], &[RepairCode::HalfWidthKana]);
    mends(TOILETS, "男性トイレ総数", ["1,200", "1200"], &[RepairCode::ThousandsSeparator]);
    mends(TOILETS, "高度の値", ["▲1.5", "-1.5"], &[RepairCode::MinusSign]);
    mends(TOILETS, "車椅子使用者用トイレ有無", ["○", "有"], &[RepairCode::ValueSpelling]);
    mends(FACILITIES, "電話番号", ["０２２５ー９５ー１１１１", "0225-95-1111"], &[RepairCode::FullWidth]);
    mends(FACILITIES, "郵便番号", ["986-8501", "9868501"], &[RepairCode::PostalCodeForm]);
    mends(
        "hyojun/open_data_list",
        "データセット_公開日",
        ["令和６年４月１日", "2024-04-01"],
        &[RepairCode::JapaneseEra],
    );
}

#[test]
fn a_unit_is_taken_off_and_noted() {
    mends_and_tells(
        TOILETS,
        "男性トイレ総数",
        ["2人", "2"],
        &[RepairCode::Unit],
        &[(Code::UnitTakenOff, Severity::Note)],
    );
}

#[test]
fn an_end_at_24_is_kept_with_a_note_however_it_was_written() {
    mends_and_tells(
        TOILETS,
        "利用終了時間",
        ["24時", "24:00"],
        &[RepairCode::TimeForm],
        &[(Code::EndsAtMidnight, Severity::Note)],
    );
    tells(TOILETS, "利用終了時間", "24:00", Code::EndsAtMidnight, Severity::Note);
    tells(TOILETS, "利用終了時間", "24:01", Code::BeyondMidnight, Severity::Warning);
}

#[test]
fn what_was_lost_in_a_spreadsheet_is_an_error() {
    tells(TOILETS, "備考", "#REF!", Code::SpreadsheetError, Severity::Error);
    tells(TOILETS, "男性トイレ総数", "#N/A", Code::SpreadsheetError, Severity::Error);
    tells(TOILETS, "全国地方公共団体コード", "4.20E+04", Code::LostDigits, Severity::Error);
}

#[test]
fn a_formula_keeps_its_letters_and_is_a_warning() {
    tells(TOILETS, "備考", "=1+1", Code::FormulaStart, Severity::Warning);
}

#[test]
fn as_above_is_a_warning_in_a_text_and_no_value_of_any_other_kind() {
    tells(TOILETS, "名称", "同上", Code::Ditto, Severity::Warning);
    tells(TOILETS, "備考", "〃", Code::Ditto, Severity::Warning);
    tells(TOILETS, "高度の値", "〃", Code::NotANumber, Severity::Error);
}

#[test]
fn signs_of_a_platform_stay_in_names_and_are_offered_another_writing_elsewhere() {
    tells(TOILETS, "名称", "髙﨑①号トイレ", Code::PlatformDependentCharacter, Severity::Note);
    tells(TOILETS, "備考", "受付は①の窓口", Code::PlatformDependentCharacter, Severity::Warning);
    tells(TOILETS, "備考", "山﨑の寄贈", Code::PlatformDependentCharacter, Severity::Note);
    let (report, _) = judged(TOILETS, &[("備考", "①㈱見本")], &Options::default());
    assert_eq!(report.findings[0].proposal.as_deref(), Some("1(株)見本"));
}

mod coordinates {
    use super::*;

    #[track_caller]
    fn become_good(cells: [&str; 2], code: RepairCode) {
        let (report, mut table) =
            judged(TOILETS, &[("緯度", cells[0]), ("経度", cells[1])], &Options::default());
        assert_eq!(places(&report), [], "{cells:?}");
        assert!(report.repairs.iter().any(|it| it.code == code), "{cells:?}: {:?}", changes(&report));
        assert_eq!(
            [table.cell(0, "緯度").clone(), table.cell(0, "経度").clone()],
            ["38.434167", "141.301944"]
        );
    }

    #[test]
    fn that_have_one_reading_in_japan_are_mended() {
        become_good(["141.301944", "38.434167"], RepairCode::SwappedCoordinates);
        become_good(["１４１．３０１９４４", " 38.434167"], RepairCode::SwappedCoordinates);
        become_good(["38°26′03″", "141°18′07″"], RepairCode::DegreesMinutesSeconds);
        become_good(["141度18分7秒", "38度26分3秒"], RepairCode::SwappedCoordinates);
        become_good(["38.434167,141.301944", ""], RepairCode::CoordinatesInOneCell);
        become_good(["", "北緯38度26分3秒、東経141度18分7秒"], RepairCode::CoordinatesInOneCell);
    }

    #[test]
    fn that_lie_outside_japan_or_repeat_each_other_are_errors() {
        tells(TOILETS, "緯度", "0", Code::OutOfRange, Severity::Error);
        tells(TOILETS, "緯度", "141.302", Code::OutOfRange, Severity::Error);
        tells(TOILETS, "経度", "不明な場所", Code::NotANumber, Severity::Error);
    }

    const ISHINOMAKI: Bbox = Bbox { south: 38.2, west: 141.0, north: 38.7, east: 141.6 };

    #[track_caller]
    fn in_a_city(code: &str, bbox: Option<Bbox>, latitude: &str, expected: &[Code]) {
        let city = CityArea { code: code.to_owned(), bbox };
        let options = Options { city: Some(&city), ..Options::default() };
        let (report, _) = judged(TOILETS, &[("緯度", latitude)], &options);
        let codes: Vec<Code> = report.findings.iter().map(|found| found.code).collect();
        assert_eq!(codes, expected, "{code} {latitude}");
    }

    #[test]
    fn far_from_the_city_whose_code_the_row_carries_are_a_warning() {
        in_a_city("042021", Some(ISHINOMAKI), "35.1", &[Code::OutsideCity]);
        in_a_city("042021", Some(ISHINOMAKI), "38.4", &[]);
        in_a_city("041009", Some(ISHINOMAKI), "35.1", &[]);
        in_a_city("042021", None, "35.1", &[]);
    }
}

mod rows {
    use super::*;

    #[test]
    fn in_which_something_is_wrong_keep_it_and_are_mended_beside_it() {
        let (report, mut table) =
            judged(TOILETS, &[("男性トイレ総数", "２"), ("高度の値", "約10")], &Options::default());
        assert!(!report.accepted());
        assert_eq!(table.cell(0, "男性トイレ総数"), "2");
        assert_eq!(table.cell(0, "高度の値"), "約10");
        assert_eq!(table.rows[0].len(), table.header.len());
    }

    #[track_caller]
    fn offers(file: &str, code: Code, row: u64, proposal: Option<&str>) {
        let report = report_of_any_table(file.as_bytes());
        let found = report.findings.iter().rfind(|found| found.code == code).unwrap();
        assert_eq!((found.row, found.proposal.as_deref()), (Some(row), proposal), "{file:?}");
    }

    #[test]
    fn that_a_line_break_has_cut_are_offered_as_one() {
        offers("a,b,c\n1,2,3\n4,five\nsix,7\n8,9,0\n", Code::TooFewCells, 4, Some("five\nsix"));
        offers("a,b,c\n1,2\n4,5\n", Code::TooFewCells, 3, Some("2\n4"));
        offers("a,b,c\n1,2\n4,5,6\n7,8\n", Code::TooFewCells, 4, None);
        offers("a,b,c\n1\n4,5\n", Code::TooFewCells, 3, None);
    }

    #[test]
    fn that_a_comma_has_cut_are_offered_as_one_where_only_one_place_fits() {
        let cut = |row: &str| {
            let file = format!("ID,名称,緯度,経度,備考,特記\n{row}\n");
            let (report, table) = repaired(file.as_bytes(), schema(TOILETS), &Options::default());
            assert_eq!(table.rows[0].join(","), row, "it is kept as it came");
            let found = report.findings.into_iter().find(|found| found.code == Code::TooManyCells).unwrap();
            assert_eq!((found.severity, found.row), (Severity::Error, Some(2)));
            found.proposal
        };
        assert_eq!(cut("MH1,見本,その1,38.4,141.3,x,y").as_deref(), Some("見本,その1"));
        assert_eq!(cut("MH1,見本,その1,その2,38.4,141.3,x,y").as_deref(), Some("見本,その1,その2"));
        assert_eq!(cut("MH1,見本,38.4,141.3,x,y,z"), None);
        assert_eq!(cut("MH1,見本,北,西,東,x,y"), None);
    }
}

#[test]
fn a_kind_that_is_switched_off_leaves_the_finding() {
    for (field, value, code, kind) in [
        ("名称", "見本 ", Code::SurroundingBlank, RepairCode::SurroundingBlank),
        ("利用開始時間", "9:00", Code::NotATime, RepairCode::TimeForm),
        ("男性トイレ総数", "２", Code::NotAnInteger, RepairCode::FullWidth),
        ("車椅子使用者用トイレ有無", "○", Code::NotInList, RepairCode::ValueSpelling),
    ] {
        let options = Options { repairs: RepairSet::ALL.without(kind), ..Options::default() };
        let (report, mut table) = judged(TOILETS, &[(field, value)], &options);
        assert_eq!(report.counts.repair, 0, "{kind}");
        assert_eq!(report.findings.iter().map(|found| found.code).collect::<Vec<_>>(), [code], "{kind}");
        assert!(report.findings[0].proposal.is_some(), "{kind}");
        assert_eq!(table.cell(0, field), value, "{kind}");
    }
    let options = Options { repairs: RepairSet::NONE, ..Options::default() };
    let (report, _) = judged(TOILETS, &[("緯度", "141.302"), ("経度", "38.434")], &options);
    assert_eq!((report.counts.repair, report.counts.error), (0, 2));
}

#[test]
fn keys_are_compared_as_they_were_repaired() {
    let mut table = good_table(TOILETS);
    *table.cell(1, "ID") = "MH000000000１".to_owned();
    let (report, _) = repaired(&table.write(), schema(TOILETS), &Options::default());
    let found = report.findings.iter().find(|found| found.code == Code::DuplicateKey).unwrap();
    assert_eq!((found.severity, found.row), (Severity::Error, Some(3)));
}

#[test]
fn many_repairs_are_counted_and_the_first_hundred_of_a_kind_listed() {
    let file = format!("a,b\n{}", "x ,y\n".repeat(5_000));
    let report = report_of_any_table(file.as_bytes());
    assert_eq!((report.counts.repair, report.repairs.len(), report.truncated), (5_000, 100, true));
    assert!(serde_json::to_vec(&report).unwrap().len() < 1_000_000);
}

#[test]
fn every_repair_says_why_in_both_languages() {
    let (report, _) = judged(TOILETS, &[("名称", " 見本1"), ("利用開始時間", "9:00")], &Options::default());
    for repair in &report.repairs {
        assert!(repair.reason.ja.contains(&repair.field.clone().unwrap()), "{}", repair.reason.ja);
        assert!(!repair.reason.en.is_empty());
    }
}

/// Cells as offices fill them.
fn any_cell() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,12}",
        "[0-9０-９.,/:()（）ー;@eE+年月日時分令和平成RH半元午前後円人㎡度°′▲ \u{3000}\u{200b}\u{3099}-]{0,14}",
        "(令和|平成|昭和|R|H|S)?[0-9元]{1,4}[年/.-][0-9]{1,2}[月/.-][0-9]{1,2}日?",
        "(38|141)(\\.[0-9]{2,6})?(,(38|141)\\.[0-9]{3})?",
        "[あ-ん①㈱髙ｱ-ﾝ○×有無]{0,6}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_repaired_needs_no_repair_again(
        cells in prop::collection::vec((any::<prop::sample::Index>(), any_cell()), 1..12),
        id in prop::sample::select(vec![TOILETS, FACILITIES, "hyojun/open_data_list", "suisho/evacuation_space"]),
    ) {
        let mut table = good_table(id);
        for (index, value) in cells {
            let column = index.index(table.header.len());
            table.rows[0][column] = value;
        }
        let (first, once) = repaired(&table.write(), schema(id), &Options::default());
        let (again, twice) = repaired(&once.write(), schema(id), &Options::default());
        prop_assert_eq!(again.counts.repair, 0, "{:?} after {:?}", changes(&again), changes(&first));
        prop_assert_eq!(twice, once);
        prop_assert_eq!(again.counts.error, first.counts.error);
    }
}
