//! Rows and questions, drawn by chance from few values, so that they often meet.

use std::ops::Range;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::asking::{Ask, Bbox, Comparison, Filter, Near, Order, Pattern, Point, Polygon, Region, Scalar};

/// 番号 names a row; every kind of column is there, and one that no schema knows: 備考.
pub(super) const SCHEMA: &str = r#"
id = "hyojun/fire_hydrant"
title = "【見本】"
number = "A-0"
edition = "試し"
source = []
file_name = "{code}_x.csv"
key = ["番号"]
confidence = "high"
order_known = true
columns_complete = true
field = [
    { name = "番号", need = "optional", required_basis = "unknown", evidence = "header", kind = "text" },
    { name = "名称", need = "optional", required_basis = "unknown", evidence = "header", kind = "text" },
    { name = "数", need = "optional", required_basis = "unknown", evidence = "header", kind = { integer = { } } },
    { name = "長さ", need = "optional", required_basis = "unknown", evidence = "header", kind = "number" },
    { name = "日", need = "optional", required_basis = "unknown", evidence = "header", kind = "date" },
    { name = "時", need = "optional", required_basis = "unknown", evidence = "header", kind = { time = { } } },
    { name = "緯度", need = "optional", required_basis = "unknown", evidence = "header", kind = "latitude" },
    { name = "経度", need = "optional", required_basis = "unknown", evidence = "header", kind = "longitude" },
]
"#;

/// The header of the files that are drawn.
pub(super) const HEADER: [&str; 9] = ["番号", "名称", "数", "長さ", "日", "時", "緯度", "経度", "備考"];

const TEXTS: [&str; 9] =
    ["日和山公園", "公園", "AED", "aed", "50%", "a_b", r"a\b", "Ａ*[x]?", "見本,\"一\"\n二"];
const NUMBERS: [&str; 5] = ["-1.5", "0", "36.40", "36.4", "100"];
const INTEGERS: [&str; 6] = ["-7", "0", "1", "2", "10", "9007199254740993"];
const DAYS: [&str; 4] = ["2024-02-29", "2025-12-31", "2026-01-01", "1989-01-08"];
const TIMES: [&str; 5] = ["09:00", "09:00:00", "09:00:30", "17:15", "24:00"];
const LATITUDES: [f64; 5] = [38.40, 38.41, 38.43, 38.45, 38.5];
const LONGITUDES: [f64; 5] = [141.20, 141.25, 141.30, 141.31, 141.4];

/// Rows of cells.
pub(super) fn rows(count: Range<usize>) -> impl Strategy<Value = Vec<Vec<String>>> {
    vec(row(), count).prop_map(|mut rows| {
        for (number, row) in rows.iter_mut().enumerate() {
            if !row[0].is_empty() {
                row[0] = format!("N{}", number * 7 % 100_000); // no two rows have the same
            }
        }
        rows
    })
}

fn row() -> impl Strategy<Value = Vec<String>> {
    let cell = |choices: &'static [&'static str]| {
        option::weighted(0.8, select(choices)).prop_map(|it| it.unwrap_or("").to_owned())
    };
    let degrees = |choices: &'static [f64]| {
        option::weighted(0.9, select(choices)).prop_map(|it| it.map(|it| it.to_string()).unwrap_or_default())
    };
    (
        cell(&["x"]),
        cell(&TEXTS),
        cell(&INTEGERS),
        cell(&NUMBERS),
        cell(&DAYS),
        cell(&TIMES),
        degrees(&LATITUDES),
        degrees(&LONGITUDES),
        cell(&TEXTS),
    )
        .prop_map(|(a, b, c, d, e, f, g, h, i)| vec![a, b, c, d, e, f, g, h, i])
}

/// A column, and a value of its kind.
fn column_and_value() -> impl Strategy<Value = (usize, Scalar)> {
    let text = |texts: &'static [&'static str]| select(texts).prop_map(|text| Scalar::Text(text.to_owned()));
    prop_oneof![
        (select(&[1_usize, 8][..]), text(&TEXTS)),
        (Just(2), select(&INTEGERS[..]).prop_map(|it| Scalar::Integer(it.parse().unwrap()))),
        (Just(3), select(&NUMBERS[..]).prop_map(|it| Scalar::Number(it.parse().unwrap()))),
        (Just(4), text(&DAYS)),
        (
            Just(5),
            select(&["09:00", "09:00:30", "17:15", "24:00"][..]).prop_map(|it| Scalar::Text(it.to_owned()))
        ),
        (Just(6), select(&LATITUDES[..]).prop_map(Scalar::Number)),
    ]
}

fn point() -> impl Strategy<Value = Point> {
    (select(&LONGITUDES[..]), select(&LATITUDES[..]))
        .prop_map(|(longitude, latitude)| Point { longitude, latitude })
}

fn region() -> impl Strategy<Value = Region> {
    let bbox = (point(), point()).prop_map(|(one, other)| Bbox {
        west: one.longitude,
        east: other.longitude, // crosses the 180th meridian as often as not
        south: one.latitude.min(other.latitude),
        north: one.latitude.max(other.latitude),
    });
    let ring = vec(point(), 3..6).prop_map(|mut ring| {
        ring.push(ring[0]);
        ring
    });
    prop_oneof![
        bbox.prop_map(Region::Box),
        vec(point(), 1..4).prop_map(Region::Points),
        vec(vec(ring, 1..3).prop_map(|rings| Polygon { rings }), 1..3).prop_map(Region::Polygons),
    ]
}

fn filter() -> impl Strategy<Value = Filter> {
    let comparison = select(&Comparison::ALL[..]);
    let patterns = ["%公園", "a%", "A%", "%", "_園", r"50\%", r"a\_b", r"%\\%", "Ａ*%", "%[x]?", "%一%"];
    let leaf = prop_oneof![
        4 => (column_and_value(), comparison)
            .prop_map(|((column, value), with)| Filter::Compare { column, with, value }),
        1 => vec(column_and_value(), 1..4).prop_map(|all| {
            let column = all[0].0;
            let values = all.into_iter().filter(|(of, _)| *of == column).map(|(_, value)| value).collect();
            Filter::In { column, values }
        }),
        1 => (column_and_value(), column_and_value()).prop_map(|((column, low), (other, high))| {
            let high = if column == other { high } else { low.clone() };
            Filter::Between { column, low, high }
        }),
        1 => (select(&[1_usize, 8][..]), select(patterns.to_vec()))
            .prop_map(|(column, pattern)| Filter::Like { column, pattern: Pattern::of(pattern) }),
        1 => (0_usize..9).prop_map(|column| Filter::IsNull { column }),
        2 => region().prop_map(Filter::Intersects),
        1 => (point(), 0.0..12_000.0_f64).prop_map(|(of, metres)| Filter::Within { of, metres }),
        1 => Just(Filter::ANYTHING),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Filter::All),
            vec(inner.clone(), 0..3).prop_map(Filter::Any),
            inner.prop_map(|part| Filter::Not(Box::new(part))),
        ]
    })
}

/// Questions.
pub(super) fn asks() -> impl Strategy<Value = Ask> {
    let sort =
        vec((0_usize..9, any::<bool>()).prop_map(|(column, descending)| Order { column, descending }), 0..3);
    let words = vec(select(vec!["公園", "aed", "50%", "見本", "n7"]).prop_map(str::to_owned), 0..2);
    (
        prop_oneof![1 => Just(Filter::ANYTHING), 4 => filter()],
        prop_oneof![4 => Just(Vec::new()), 1 => words],
        option::weighted(0.2, point().prop_map(|of| Near { of })),
        sort,
        option::weighted(0.4, 1_u64..45),
        option::weighted(0.5, 1_u32..12),
    )
        .prop_map(|(filter, words, near, sort, after, limit)| Ask {
            filter,
            words,
            near,
            sort,
            after,
            limit,
            ..Ask::default()
        })
}
