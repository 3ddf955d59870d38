//! What both languages read, and what they refuse, with its place.

use proptest::prelude::*;

use super::testing::{columns, filters, has_text, in_json};
use super::*;

#[track_caller]
fn reads(cql: &str, expected: Filter) {
    assert_eq!(text::read(cql, &columns()), Ok(expected), "{cql}");
}

#[track_caller]
fn refuses(cql: &str, why: &str) {
    let refused = text::read(cql, &columns()).map_err(|misread| misread.to_string());
    assert_eq!(refused, Err(why.to_owned()), "{cql}");
}

#[track_caller]
fn refuses_json(cql: &str, why: &str) {
    let refused = json::read(cql, &columns()).map_err(|misread| misread.to_string());
    assert_eq!(refused, Err(why.to_owned()), "{cql}");
}

fn compare(column: usize, with: Comparison, value: Scalar) -> Filter {
    Filter::Compare { column, with, value }
}

fn named(value: &str) -> Filter {
    compare(0, Comparison::Equal, Scalar::Text(value.to_owned()))
}

fn floors(with: Comparison, value: i64) -> Filter {
    compare(1, with, Scalar::Integer(value))
}

#[test]
fn a_japanese_name_stands_bare_or_quoted() {
    reads("名称 = '本庁'", named("本庁"));
    reads("\"名称\"='本庁'", named("本庁"));
    reads("　名称　＝ '本庁'".replace('＝', "=").as_str(), named("本庁"));
    reads("面積（㎡）>=1.5", compare(2, Comparison::AtLeast, Scalar::Number(1.5)));
    reads("\"in \"\"備考\"\"\" is null", Filter::IsNull { column: 7 });
}

#[test]
fn and_binds_closer_than_or_and_not_closer_than_both() {
    let (a, b, c) = (named("a"), named("b"), named("c"));
    let all = Filter::All(vec![Filter::Not(Box::new(b.clone())), c.clone()]);
    reads("名称='a' OR NOT 名称='b' AND 名称='c'", Filter::Any(vec![a.clone(), all]));
    let any = Filter::Any(vec![a, b]);
    reads("(名称='a' or 名称='b') and 名称='c'", Filter::All(vec![any, c]));
}

#[test]
fn every_comparison_is_read() {
    for with in Comparison::ALL {
        reads(&format!("階数 {} -2", with.sign()), floors(with, -2));
    }
    let values = vec![Scalar::Integer(1), Scalar::Integer(2)];
    let among = Filter::In { column: 1, values };
    reads("階数 in (1, 2.0)", among.clone());
    reads("階数 NOT IN (1, 2)", Filter::Not(Box::new(among)));
    let between = Filter::Between { column: 1, low: Scalar::Integer(2), high: Scalar::Integer(4) };
    reads("階数 between 1.5 and 4.5 and TRUE", Filter::All(vec![between, Filter::ANYTHING]));
    let like = Filter::Like { column: 0, pattern: Pattern::of("%公園") };
    reads("名称 like '%公園'", like.clone());
    reads("名称 not like '%公園'", Filter::Not(Box::new(like)));
    reads("名称 is not null", Filter::Not(Box::new(Filter::IsNull { column: 0 })));
}

#[test]
fn whole_numbers_compared_with_a_fraction_are_compared_with_the_next_whole_one() {
    reads("階数 < 2.5", floors(Comparison::AtMost, 2));
    reads("階数 > 2.5", floors(Comparison::AtLeast, 3));
    reads("階数 >= 1e1", floors(Comparison::AtLeast, 10));
}

#[test]
fn days_and_times_are_texts_of_the_calendar_and_the_clock() {
    let day = compare(3, Comparison::Less, Scalar::Text("2026-04-01".to_owned()));
    reads("開始日 < DATE('2026-04-01')", day.clone());
    reads("開始日 < '2026-04-01'", day);
    reads("開始時刻 = '09:00:00'", compare(4, Comparison::Equal, Scalar::Text("09:00".to_owned())));
    refuses(
        "開始日 < '2026-02-30'",
        "letter 7: `2026-02-30` is no value of the field `開始日`, which has values of kind date",
    );
    refuses(
        "開始日 < TIMESTAMP('2026-04-01T00:00:00Z')",
        "letter 7: a moment (TIMESTAMP, INTERVAL): the fields have days (DATE) and times of day is not taken",
    );
}

#[test]
fn places_are_points_boxes_and_polygons() {
    let (x, y) = (141.3, 38.4);
    let point = Point { longitude: x, latitude: y };
    reads("S_INTERSECTS(geometry, POINT(141.3 38.4))", Filter::Intersects(Region::Points(vec![point])));
    reads("s_intersects(POINT(141.3 38.4 12), geometry)", Filter::Intersects(Region::Points(vec![point])));
    let bbox = Bbox { west: x, south: y, east: 142.0, north: 39.0 };
    reads("S_INTERSECTS(geometry,BBOX(141.3,38.4,142,39))", Filter::Intersects(Region::Box(bbox)));
    reads("S_DWITHIN(geometry, POINT(141.3 38.4), 500)", Filter::Within { of: point, metres: 500.0 });
    let corner = |longitude: f64, latitude: f64| Point { longitude, latitude };
    let ring = vec![point, corner(142.0, y), corner(142.0, 39.0), point];
    let polygon = Region::Polygons(vec![Polygon { rings: vec![ring] }]);
    reads(
        "S_INTERSECTS(geometry,POLYGON((141.3 38.4,142 38.4,142 39,141.3 38.4)))",
        Filter::Intersects(polygon),
    );
}

#[test]
fn whether_a_row_has_a_place_is_asked_in_either_language() {
    let nowhere = Filter::Any(vec![Filter::IsNull { column: 5 }, Filter::IsNull { column: 6 }]);
    reads("geometry is null", nowhere.clone());
    reads("geometry IS NOT NULL", Filter::Not(Box::new(nowhere.clone())));
    let tree = r#"{"op":"isNull","args":[{"property":"geometry"}]}"#;
    assert_eq!(json::read(tree, &columns()), Ok(nowhere));
    assert!(
        text::read("geometry = 5", &columns()).is_err()
            && text::read("\"geometry\" is 5", &columns()).is_err()
    );
}

#[test]
fn what_does_not_read_is_told_with_its_place() {
    refuses("", "letter 1: a condition should stand here, not the end");
    refuses("名称 == 'a'", "letter 5: a value should stand here, not `=`");
    refuses("名称 = 'a", "letter 6: the quotation mark ' has no partner");
    refuses("名称 = 'a' 階数 = 1", "letter 10: `and`, `or` or the end should stand here, not `階数`");
    refuses("(名称 = 'a'", "letter 10: `)` should stand here, not the end");
    refuses("階 = 1", "letter 1: there is no field `階`");
    refuses(
        "階数 = '二'",
        "letter 6: `二` is no value of the field `階数`, which has values of kind integer",
    );
    refuses("名称 = 5", "letter 6: `5` is no value of the field `名称`, which has values of kind text");
    refuses(
        "階数 like '1%'",
        "letter 9: the field `階数` has values of kind integer, of which like is not taken",
    );
    refuses("階数 between 1 or 2", "letter 14: `and` should stand here, not `or`");
    refuses(
        "名称",
        "letter 3: a comparison (=, <>, <, <=, >, >=, in, between, like, is null) should stand here, not the end",
    );
    refuses("5 = 階数", "letter 1: a value before the comparison (write the field first) is not taken");
    refuses("階数 = 階数", "letter 6: a field compared with another field is not taken");
    refuses("階数 + 1 = 2", "letter 4: arithmetic is not taken");
    refuses("階数 = null", "letter 6: a comparison with null (write `is null`) is not taken");
    refuses("upper(名称) = 'A'", "letter 1: there is no function `upper`");
    refuses(
        "S_TOUCHES(geometry, POINT(1 1))",
        "letter 1: this function (taken are S_INTERSECTS and S_DWITHIN) is not taken",
    );
    refuses(
        "S_INTERSECTS(geometry, POINT(38.4 141.3))",
        "letter 30: these are no degrees on the Earth: the longitude comes first",
    );
    refuses(
        "S_INTERSECTS(geometry, POLYGON((1 1,2 2,1 1)))",
        "letter 24: a ring has at least four points and ends where it begins",
    );
    refuses("S_INTERSECTS(名称, POINT(1 1))", "letter 14: a place is asked for as `geometry`");
    refuses("名称 = 'a'; drop table", "letter 9: `and`, `or` or the end should stand here, not `;`");
}

#[test]
fn a_place_in_json_is_the_way_to_it() {
    refuses_json("{\"op\": \"=\",}", "letter 12: this is no JSON: trailing comma");
    refuses_json(
        "5",
        "the filter: an object with `op` and `args`, or true or false should stand here, not `5`",
    );
    refuses_json(r#"{"op":"nand","args":[true,false]}"#, "op: there is no function `nand`");
    refuses_json(
        r#"{"op":"not","args":[{"op":"=","args":[{"property":"階"},1]}]}"#,
        "args[0].args[0].property: there is no field `階`",
    );
    refuses_json(
        r#"{"op":"in","args":[{"property":"階数"},[1,"a"]]}"#,
        "args[1][1]: `a` is no value of the field `階数`, which has values of kind integer",
    );
    refuses_json(
        r#"{"op":"=","args":[{"property":"階数"}]}"#,
        "args: so many arguments as the operation has should stand here, not `1`",
    );
}

#[test]
fn a_question_has_bounds() {
    use super::bounds::*;
    let deep = format!("{}TRUE{}", "(".repeat(DEPTH_MAX + 1), ")".repeat(DEPTH_MAX + 1));
    refuses(&deep, "letter 18: levels in one another: at most 16");
    refuses(&"not ".repeat(100_000), "letter 20001: letters of the filter: at most 20000");
    refuses(&"not ".repeat(4_000), "letter 69: levels in one another: at most 16");
    assert!(text::read(&vec!["TRUE"; NODES_MAX].join(" and "), &columns()).is_ok());
    refuses(&vec!["TRUE"; NODES_MAX + 1].join(" or "), "letter 2049: conditions: at most 256");
    let values = |count: usize| format!("階数 in ({})", vec!["1"; count].join(","));
    assert!(text::read(&values(VALUES_MAX), &columns()).is_ok());
    refuses(&values(VALUES_MAX + 1), "letter 2008: values of one `in`: at most 1000");
    let points = vec!["1 1"; POINTS_MAX + 1].join(",");
    assert!(text::read(&format!("S_INTERSECTS(geometry,MULTIPOINT({points}))"), &columns()).is_err());
    let deep = format!("{}true{}", "{\"op\":\"not\",\"args\":[".repeat(60), "]}".repeat(60));
    assert!(json::read(&deep, &columns()).is_err());
    assert!(json::read(&"[".repeat(19_000), &columns()).is_err());
}

proptest! {
    #[test]
    fn a_filter_reads_back_from_text(filter in filters(&columns())) {
        prop_assume!(has_text(&filter));
        let written = testing::text(&filter, &columns());
        prop_assert_eq!(text::read(&written, &columns()), Ok(filter), "{}", written);
    }

    #[test]
    fn a_filter_reads_back_from_json(filter in filters(&columns())) {
        let written = in_json(&filter, &columns()).to_string();
        prop_assert_eq!(json::read(&written, &columns()), Ok(filter), "{}", written);
    }

    #[test]
    fn any_text_is_read_or_refused(text in ".*") {
        let _ = (text::read(&text, &columns()), json::read(&text, &columns()));
    }

    #[test]
    fn any_words_of_the_language_are_read_or_refused(
        words in prop::collection::vec(prop::sample::select(vec![
            "名称", "階数", "and", "or", "not", "in", "between", "like", "is", "null", "(", ")", ",", "=", "<", "-", "1", "'a'",
            "S_INTERSECTS", "S_DWITHIN", "geometry", "POINT", "POLYGON", "BBOX", "DATE", "TRUE",
        ]), 0..30),
    ) {
        let _ = text::read(&words.join(" "), &columns());
    }
}
