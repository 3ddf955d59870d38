//! Whole files against the rules: one that keeps each and one that does not.

use std::sync::LazyLock;

use super::*;
use crate::{Discard, Expected, Options, RepairSet, Schemas, validate};

static SCHEMAS: LazyLock<Schemas> = LazyLock::new(Schemas::embedded);

const TABLE: &str = "都道府県,人口,面積（㎢）\n北海道,5092,83424\n青森県,1175,9646\n岩手県,1162,15275\n";

fn judged(file: &[u8], options: &Options<'_>) -> Readability {
    validate(file, &SCHEMAS, options, &mut Discard).readability
}

fn of_any_table(file: &str) -> Readability {
    judged(file.as_bytes(), &Options { expected: Expected::AnyTable, ..Options::default() })
}

fn id(rule: &str) -> RuleId {
    RuleId::try_from(rule).expect("the tests name rules")
}

/// The first places at which `rule` is broken, or none where it is kept.
#[track_caller]
fn breaks(rule: &str, file: &str, places: &[&str]) {
    let readability = of_any_table(file);
    let broken: Vec<String> = readability
        .verdicts(id(rule))
        .filter(|verdict| verdict.outcome == Outcome::Broken)
        .flat_map(|verdict| verdict.breaches.iter().filter(|breach| breach.what.breaks_its_rule()))
        .map(|breach| breach.place.to_string())
        .collect();
    assert_eq!(broken, places, "{rule} in {file:?}");
    assert!(
        !places.is_empty() || readability.verdicts(id(rule)).any(|verdict| verdict.outcome == Outcome::Kept),
        "{rule} is not judged in {file:?}"
    );
}

#[track_caller]
fn keeps(rule: &str, file: &str) {
    breaks(rule, file, &[]);
}

#[track_caller]
fn is_not_judged(rule: &str, file: &str) {
    assert!(of_any_table(file).not_judged().contains(&id(rule)), "{rule} is judged in {file:?}");
}

/// `TABLE` with `from` written as `to`.
fn with(from: &str, to: &str) -> String {
    TABLE.replacen(from, to, 1)
}

/// A table of two columns with a row for each of `values`.
fn answers(values: &[(&str, usize)]) -> String {
    let rows = values.iter().flat_map(|(value, rows)| std::iter::repeat_n(*value, *rows));
    let rows = rows.enumerate().map(|(number, value)| format!("{},{value}\n", number + 1));
    format!("No,設問1\n{}", rows.collect::<String>())
}

#[test]
fn a_good_table_breaks_nothing_but_what_it_lacks() {
    let readability = of_any_table(TABLE);
    assert_eq!(readability.failed(), [id("L3-06")], "it has no column of codes");
    let points: Vec<_> = (1..=3).filter_map(|level| readability.level(level)).map(|it| it.points).collect();
    assert_eq!(points, [100, 100, 85]);
}

#[test]
fn a_file_that_is_no_table_breaks_the_first_rule_and_nothing_else_is_judged() {
    let photograph = judged(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", &Options::default());
    assert_eq!(photograph.failed(), [id("L1-01")]);
    assert_eq!(photograph.level(1).map(|level| (level.points, level.is_forced_to_zero())), Some((0, true)));
    assert_eq!((photograph.level(2), photograph.level(3)), (None, None));
    assert_eq!(photograph.not_judged().len(), 24);
    let xml = judged(b"<?xml version=\"1.0\"?>\n<a/>\n", &Options::default());
    assert_eq!(xml, Readability::none(), "the rule allows XML; we read no table in it");
}

#[test]
fn a_file_without_a_table_has_no_score() {
    for file in ["", "\n\n", "題名\n", "a\nb\nc\n"] {
        let readability = of_any_table(file);
        assert_eq!((1..=3).find_map(|level| readability.level(level)), None, "{file:?}");
        assert_eq!((readability.failed(), readability.not_judged()), (vec![], vec![]), "{file:?}");
    }
}

#[test]
fn what_needs_metadata_or_another_file_is_not_judged() {
    for rule in ["L1-09", "L3-02", "L3-03", "L3-07", "L3-08"] {
        is_not_judged(rule, TABLE);
    }
}

#[test]
fn two_tables_are_one_too_many() {
    keeps("L1-02", TABLE);
    let two = format!("{TABLE}\n駅,人\n見本駅,100\n見本台駅,200\n");
    breaks("L1-02", &two, &["A1:C4", "A6:B8"]);
    breaks("L1-03", &two, &["行5"]);
}

#[test]
fn a_blank_row_in_the_data_divides_it_and_makes_no_second_table() {
    let divided = TABLE.replace("岩手", "\n岩手");
    breaks("L1-03", &divided, &["行4"]);
    keeps("L1-02", &divided);
    keeps("L1-03", &format!("{TABLE}\n\n"));
}

#[test]
fn a_blank_column_divides_the_data() {
    breaks("L1-03", "県,,人口\n北海道,,5092\n青森県,,1175\n", &["列2"]);
    keeps("L1-03", "県,人口,\n北海道,5092,\n青森県,1175,\n");
    keeps("L1-03", "県,備考,人口\n北海道,,5092\n青森県,,1175\n");
}

#[test]
fn titles_remarks_and_totals_stand_beside_the_data() {
    keeps("L1-04", TABLE);
    breaks("L1-04", &format!("見本の題名,,\n{TABLE}"), &["A1"]);
    breaks("L1-04", &format!("{TABLE}※暫定値,,\n"), &["A5"]);
    breaks("L1-04", &format!("{TABLE}合計,7429,108345\n"), &["A5", "B5", "C5"]);
    breaks("L1-04", &format!("{TABLE}\n出典：見本統計\n"), &["A6"]);
    keeps("L1-04", &TABLE.replace("青森県", "合計"));
}

#[test]
fn every_column_with_data_has_a_name_that_says_something() {
    breaks("L1-05", &with("人口", ""), &["B1"]);
    breaks("L1-05", "001,002,003\n北海道,5092,1\n", &["A1", "B1", "C1"]);
    breaks("L1-05", &with("人口", "列2"), &["B1"]);
    keeps("L1-05", "県,人口,\n北海道,5092,\n");
}

#[test]
fn blanks_and_breaks_are_not_for_looks() {
    breaks("L1-06", &with("北海道", "  北海道"), &["A2"]);
    breaks("L1-06", &with("人口", "人  口"), &["B1"]);
    breaks("L1-06", &with("北海道", "北\u{3000}海\u{3000}道"), &["A2"]);
    keeps("L1-06", "Prefecture,Notes\nHokkaido Prefecture,Northern region\nAomori Prefecture,x\n");
    keeps("L1-06", "住所,名称\n石巻市穀町\u{3000}本庁舎,見本\n石巻市,見本\n");
}

#[test]
fn one_cell_holds_one_value() {
    breaks("L1-07", &with("北海道", "札幌、函館、旭川"), &["A2"]);
    breaks("L1-07", &with("5092", "391445（355943）"), &["B2"]);
    keeps("L1-07", "名称,説明\n見本,石巻、女川、東松島から行けます。\n見本,x\n");
}

#[test]
fn a_value_of_the_schema_s_list_is_one_value() {
    let schema = SCHEMAS.iter().find(|schema| schema.id.to_string() == "hyojun/public_toilet");
    let field = schema.and_then(|schema| schema.fields.iter().find(|field| field.kind.name() == "one_of"));
    let field = field.expect("public toilets have choices");
    let file = format!("名称,{}\n見本,い、ろ、は\n見本,に\n", field.name);
    let options =
        Options { expected: schema.map_or(Expected::Guess, Expected::Schema), ..Options::default() };
    assert!(!judged(file.as_bytes(), &options).failed().contains(&id("L1-07")));
    breaks("L1-07", &file, &["B2"]);
}

#[test]
fn letters_of_some_machines_break_the_rule_in_every_encoding() {
    breaks("L1-08", &with("北海道", "①"), &["A2"]);
    breaks("L1-08", &with("北海道", "㈱見本"), &["A2"]);
    keeps("L1-08", &with("北海道", "Ａ１～Ａ２"));
    let cp932 = encoding_rs::SHIFT_JIS.encode(&with("北海道", "北海道～沖縄")).0.into_owned();
    let options = Options { expected: Expected::AnyTable, ..Options::default() };
    assert!(judged(&cp932, &options).failed().contains(&id("L1-08")));
}

#[test]
fn a_record_is_one_line() {
    keeps("L1-14", TABLE);
    breaks("L1-14", "県,備考\n北海道,\"札幌市\n（道央）\"\n青森県,x\n", &["2:2"]);
    breaks("L1-14", "県,備考\n北海道,札幌市\n（道央）\n青森県,県庁\n青森市\n", &["3:3", "5:5"]);
    breaks("L1-14", "県,備考\n北海道,\"札幌市", &["2:2"]);
}

#[test]
fn values_with_commas_are_quoted() {
    keeps("L1-15", "県,備考\n北海道,\"a,b\"\n青森県,\"c \"\"d\"\"\"\n");
    breaks("L1-15", "県,備考\n北海道,a,b\n青森県,c\n", &["2:2"]);
    breaks("L1-15", "県,備考\n北海道,5\" x\n青森県,c\n", &["B2"]);
    breaks("L1-15", "県,備考\n北海道,\"a\"b\n青森県,c\n", &["B2"]);
    keeps("L1-15", &format!("題名\n\n{TABLE}\n※暫定値\n"));
}

#[test]
fn numbers_stand_alone() {
    keeps("L2-01", TABLE);
    keeps("L2-01", &with("5092", "-"));
    breaks(
        "L2-01",
        &with("5092", "5092人").replace("9646", "▲9646").replace("83424", "83424\u{20}"),
        &["B2", "C3"],
    );
    breaks("L2-01", &with("5092", "\"5,092\""), &["B2"]);
    keeps("L2-01", "ID,電話番号\nA1,0225-95-1111\nA2,022-221-1111\n");
}

#[test]
fn nothing_is_left_out_on_the_left() {
    keeps("L2-02", TABLE);
    breaks("L2-02", "県,市,人口\n宮城県,石巻市,1\n,女川町,2\n,東松島市,3\n", &["A3", "A4"]);
    breaks("L2-02", "薬剤名,本数\n見本,1\n〃,2\n同上,3\n", &["A3", "A4"]);
    is_not_judged("L2-02", "番号,数\n1,2\n3,4\n");
}

#[test]
fn every_column_has_a_name_of_its_own() {
    keeps("L2-03", TABLE);
    breaks("L2-03", "県,人口,人口\n北海道,1,2\n", &["B1", "C1"]);
    breaks("L2-03", "地域,人口,人口\n県,2020年,2020年\n北海道,5250,5224\n", &["B2", "C2"]);
    keeps("L2-03", "地域,人口,人口\n県,2020年,2021年\n北海道,5250,5224\n");
}

#[test]
fn choices_have_one_spelling() {
    keeps("L2-04", &answers(&[("取組済", 30), ("未定", 20)]));
    breaks("L2-04", &answers(&[("取組済", 40), ("取組済み", 1)]), &["B42"]);
    is_not_judged("L2-04", TABLE);
}

#[test]
fn details_of_other_stand_elsewhere() {
    keeps("L2-05", &answers(&[("取組済", 30), ("その他", 5)]));
    breaks(
        "L2-05",
        &answers(&[("取組済", 30), ("その他: 準備中", 1), ("その他: 検討中", 1)]),
        &["B32", "B33"],
    );
}

#[test]
fn the_header_stands_in_row_1_and_the_data_below() {
    keeps("L3-01", TABLE);
    breaks("L3-01", &format!("見本の題名\n\n{TABLE}"), &["A1:A2"]);
    breaks("L3-01", &with("㎢）\n", "㎢）\n\n"), &["A2:A2"]);
}

#[test]
fn three_header_rows_cost_less_than_a_title() {
    let file = "地域,人口,人口\n県,2020年,2021年\n名称,千人,千人\n北海道,5250,5224\n";
    breaks("L3-01", file, &["A1:A3"]);
    let weight = |file: &str| of_any_table(file).verdicts(id("L3-01")).next().map(|verdict| verdict.weight);
    assert_eq!(weight(file), Some(Weight::Major));
    assert_eq!(weight(&format!("題名,,\n{file}")), Some(Weight::Fatal));
}

#[test]
fn numbers_have_a_unit() {
    keeps("L3-04", TABLE);
    breaks("L3-04", &with("面積（㎢）", "スコア"), &["C1"]);
    keeps("L3-04", "名称,緯度,経度\n見本,38.43,141.30\n見本,38.44,141.31\n");
}

#[test]
fn times_are_western_and_of_one_form() {
    keeps("L3-05", "名称,更新日\na,2024-04-01\nb,2024-04-02\n");
    breaks("L3-05", "名称,更新日\na,令和6年4月1日\nb,2024-04-02\n", &["B2"]);
    keeps("L3-05", "名称,更新年\na,令和6年（2024年）\nb,令和5年（2023年）\n");
    breaks("L3-05", "名称,更新日\na,2024-04-01\nb,2024/4/2\n", &["B1"]);
    breaks("L3-05", "名称,更新年\na,令和元年\nb,令和元年\n", &["B2", "B3"]);
    breaks("L3-05", "名称,令和6年度\na,x\nb,y\n", &["B1"]);
}

#[test]
fn regions_have_official_names_and_codes() {
    breaks("L3-06", TABLE, &["A2"]);
    keeps("L3-06", "都道府県コード,都道府県,人口\n01,北海道,5092\n02,青森県,1175\n");
    breaks("L3-06", "都道府県コード,都道府県,人口\n04,宮城,5092\n02,青森県,1175\n", &["B2"]);
    keeps("L3-06", "名称,数（件）\n見本,1\n見本,2\n");
}

#[test]
fn years_do_not_stand_side_by_side() {
    keeps("L3-09", TABLE);
    breaks("L3-09", "県,2020年,2021年,2022年\n北海道,1,2,3\n", &["B1:D1"]);
}

#[test]
fn what_the_catalog_knows_settles_the_rest() {
    let file = "名称,区分コード,件数\n見本,1,0\n見本,2,0\n見本,1,-\n見本,1,\n";
    let settled = |described: &Described| {
        let options =
            Options { expected: Expected::AnyTable, described: Some(described), ..Options::default() };
        judged(file.as_bytes(), &options)
    };
    let broken = settled(&Described::default());
    for rule in ["L1-09", "L3-02", "L3-03", "L3-08"] {
        assert!(broken.failed().contains(&id(rule)), "{rule}");
    }
    assert!(broken.not_judged().contains(&id("L3-07")));
    let earlier_columns = ["名称", "区分コード", "件数"].map(str::to_owned).to_vec();
    let kept =
        settled(&Described { codes: true, blanks: true, signs: true, definitions: true, earlier_columns });
    for rule in ["L1-09", "L3-02", "L3-03", "L3-07", "L3-08"] {
        assert!(!kept.failed().contains(&id(rule)) && !kept.not_judged().contains(&id(rule)), "{rule}");
    }
}

#[test]
fn however_many_places_there_are_20_are_listed_and_all_are_counted() {
    let file = format!("名称,説明\n{}", "a  b,c  d\n".repeat(1_000));
    let readability = of_any_table(&file);
    let verdict = readability.verdicts(id("L1-06")).next().map(|it| (it.count, it.breaches.len()));
    assert_eq!(verdict, Some((2_000, 20)));
}

#[test]
fn a_file_of_many_tables_is_judged_in_bounds() {
    let readability = of_any_table(&format!("{TABLE}\n駅,所\na,b\n\n\n").repeat(2_000));
    assert_eq!((readability.tables.len(), readability.tables_found), (8, 4_000));
    assert!(serde_json::to_vec(&readability).is_ok_and(|json| json.len() < 100_000));
}

#[test]
fn a_report_kept_without_readability_is_read() {
    let report = validate(TABLE.as_bytes(), &SCHEMAS, &Options::default(), &mut Discard);
    let mut json = serde_json::to_value(&report).expect("a report is JSON");
    let readability = json.as_object_mut().and_then(|report| report.remove("readability"));
    assert!(readability.is_some());
    let read: crate::Report = serde_json::from_value(json).expect("it is read all the same");
    assert_eq!(read.readability, Readability::none());
}

fn toilets(rows: &str, repairs: RepairSet) -> Readability {
    let schema = SCHEMAS.iter().find(|schema| schema.id.to_string() == "hyojun/public_toilet");
    let expected = Expected::Schema(schema.expect("the schema is embedded"));
    judged(
        format!("名称,男性トイレ総数,備考\n{rows}").as_bytes(),
        &Options { expected, repairs, ..Options::default() },
    )
}

/// How many places of `rule` are counted, and where the first ones are.
fn told(readability: &Readability, rule: &str) -> (u64, Vec<String>) {
    let verdicts = || readability.verdicts(id(rule));
    let places = verdicts().flat_map(|verdict| &verdict.breaches).map(|breach| breach.place.to_string());
    (verdicts().map(|verdict| verdict.count).sum(), places.collect())
}

#[test]
fn a_breach_is_heard_however_much_else_fills_the_report() {
    let rows = format!("{}見本,50人,x\n", "見本, 3 , あ\n".repeat(1_500));
    let readability = toilets(&rows, RepairSet::ALL);
    assert_eq!(told(&readability, "L1-06").0, 3_000);
    assert_eq!(told(&readability, "L2-01"), (1, vec!["B1502".to_owned()]));
}

#[test]
fn what_is_not_mended_is_heard_all_the_same() {
    let rows = "見本 ,５０,x\n見本,50人,x\n見本,\u{3000}▲5,x\n見本,不明,x\n";
    let (mended, left) = (toilets(rows, RepairSet::ALL), toilets(rows, RepairSet::NONE));
    assert_eq!(told(&mended, "L1-06"), (2, vec!["A2".to_owned(), "B4".to_owned()]));
    assert_eq!(told(&mended, "L2-01"), (3, ["B2", "B3", "B4"].map(str::to_owned).to_vec()));
    for rule in ["L1-06", "L2-01"] {
        assert_eq!(told(&mended, rule), told(&left, rule), "{rule}");
    }
}

#[test]
fn what_is_heard_counts_where_its_table_is() {
    let file = format!("名称,数\n{}\n県,数\na ,1\nb,2\n\n※注 \n", "見本 ,1\n".repeat(40));
    let readability = of_any_table(&file);
    let counts: Vec<u64> = readability.verdicts(id("L1-06")).map(|verdict| verdict.count).collect();
    assert_eq!(counts, [40, 1]);
}

#[test]
fn dates_of_a_schema_that_are_written_in_two_ways_are_told() {
    let schema = SCHEMAS.iter().find(|schema| schema.id.to_string() == "hyojun/event");
    let expected = Expected::Schema(schema.expect("the schema is embedded"));
    let mixes = |dates: [&str; 2]| {
        let file = format!("イベント名,開始日\n見本,{}\n見本,{}\n", dates[0], dates[1]);
        let readability = judged(file.as_bytes(), &Options { expected, ..Options::default() });
        readability.failed().contains(&id("L3-05"))
    };
    assert!(mixes(["2024-04-01", "2024/4/2"]));
    assert!(!mixes(["2024/4/1", "2024/4/2"]));
    assert!(!mixes(["2024-04-01", "2024-04-02"]));
}
