//! Columns to ask about in tests, filters of every kind on them, and these written in both languages.

use std::sync::LazyLock;

use ingestion::Schemas;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

/// A column of each kind, and coordinates.
pub(crate) fn columns() -> Columns {
    // Reading the schemas takes longer than a test.
    static COLUMNS: LazyLock<Columns> = LazyLock::new(made);
    COLUMNS.clone()
}

fn made() -> Columns {
    let names = ["名称", "階数", "面積（㎡）", "開始日", "開始時刻", "緯度", "経度", "in \"備考\""]
        .map(str::to_owned);
    let kinds = [
        ColumnKind::Text,
        ColumnKind::Integer,
        ColumnKind::Number,
        ColumnKind::Date,
        ColumnKind::Time,
        ColumnKind::Number,
        ColumnKind::Number,
        ColumnKind::Text,
    ];
    let schemas = Schemas::embedded();
    let places =
        schemas.iter().find(|schema| schema.field("緯度").is_some() && schema.field("経度").is_some());
    Columns::of(&names, places, &kinds)
}

/// The values that a column of `kind` may have.
pub(crate) fn scalars(kind: ColumnKind) -> BoxedStrategy<Scalar> {
    match kind {
        ColumnKind::Text => r"[a-cＡ公園髙%_'\\, ]{0,4}".prop_map(Scalar::Text).boxed(),
        ColumnKind::Integer => prop_oneof![-3..4_i64, any::<i64>()].prop_map(Scalar::Integer).boxed(),
        ColumnKind::Number => prop_oneof![
            (-4..5_i32).prop_map(|half| f64::from(half) / 2.0),
            any::<i32>().prop_map(|number| f64::from(number) / 1e3)
        ]
        .prop_map(Scalar::Number)
        .boxed(),
        ColumnKind::Date => (2024..2027, 1..13, 1..29)
            .prop_map(|(y, m, d)| Scalar::Text(format!("{y}-{m:02}-{d:02}")))
            .boxed(),
        ColumnKind::Time => prop_oneof![
            (8..11, 0..60).prop_map(|(hour, minute)| format!("{hour:02}:{minute:02}")),
            (8..11, 0..3, 1..3)
                .prop_map(|(hour, minute, second)| format!("{hour:02}:{minute:02}:{second:02}")),
        ]
        .prop_map(Scalar::Text)
        .boxed(),
    }
}

/// Points around the city.
pub(crate) fn points() -> impl Strategy<Value = Point> {
    // Few enough that a point of a row and one of a filter may be the same.
    let step = |from: i32| (0..9_i32).prop_map(move |steps| f64::from(from + steps) / 100.0);
    (step(14_125), step(3_840)).prop_map(|(longitude, latitude)| Point { longitude, latitude })
}

fn regions() -> impl Strategy<Value = Region> {
    let polygon = || {
        prop::collection::vec(points(), 3..6).prop_map(|mut ring| {
            ring.extend(ring.first().copied());
            Polygon { rings: vec![ring] }
        })
    };
    prop_oneof![
        prop::collection::vec(points(), 1..3).prop_map(Region::Points),
        (points(), points()).prop_map(|(one, other)| {
            let (south, north) = (one.latitude.min(other.latitude), one.latitude.max(other.latitude));
            Region::Box(Bbox { west: one.longitude, south, east: other.longitude, north })
        }),
        prop::collection::vec(polygon(), 1..3).prop_map(Region::Polygons),
    ]
}

fn comparisons() -> impl Strategy<Value = Comparison> {
    prop::sample::select(Comparison::ALL.to_vec())
}

/// One condition on `columns`.
fn conditions(columns: &Columns) -> BoxedStrategy<Filter> {
    let kinds: Vec<ColumnKind> = columns.all().iter().map(|column| column.kind).collect();
    let has_places = columns.places().is_some();
    let of_column = (0..kinds.len()).prop_flat_map(move |column| {
        let kind = kinds[column];
        let value = move || scalars(kind);
        let like = match kind {
            ColumnKind::Text => r"[a-cＡ公園髙%_\\]{0,4}".prop_map(move |text| Filter::Like { column, pattern: Pattern::of(&text) }).boxed(),
            _ => Just(Filter::IsNull { column }).boxed(),
        };
        prop_oneof![
            3 => (comparisons(), value()).prop_map(move |(with, value)| Filter::Compare { column, with, value }),
            1 => prop::collection::vec(value(), 1..4).prop_map(move |values| Filter::In { column, values }),
            1 => (value(), value()).prop_map(move |(low, high)| Filter::Between { column, low, high }),
            1 => like,
            1 => Just(Filter::IsNull { column }),
        ]
    });
    let constant = prop_oneof![Just(Filter::ANYTHING), Just(Filter::Any(Vec::new()))];
    let of_place = prop_oneof![
        regions().prop_map(Filter::Intersects),
        (points(), 0..20_000_u32).prop_map(|(of, metres)| Filter::Within { of, metres: f64::from(metres) }),
    ];
    match has_places {
        true => prop_oneof![12 => of_column, 1 => constant, 3 => of_place].boxed(),
        false => prop_oneof![12 => of_column, 1 => constant].boxed(),
    }
}

/// Filters on `columns`, some of them deep.
pub(crate) fn filters(columns: &Columns) -> BoxedStrategy<Filter> {
    conditions(columns)
        .prop_recursive(4, 24, 4, |part| {
            prop_oneof![
                prop::collection::vec(part.clone(), 2..4).prop_map(Filter::All),
                prop::collection::vec(part.clone(), 2..4).prop_map(Filter::Any),
                part.prop_map(|part| Filter::Not(Box::new(part))),
            ]
        })
        .boxed()
}

fn name(columns: &Columns, column: usize) -> String {
    columns.get(column).map(|column| column.name.clone()).unwrap_or_default()
}

/// A text in quotation marks. One that ends in a `\` has no way to be written.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("'");
    let mut before = ' ';
    for letter in text.chars() {
        match (letter, before) {
            ('\'', '\\') => quoted.push_str(r"\'"),
            ('\'', _) => quoted.push_str("''"),
            _ => quoted.push(letter),
        }
        before = letter;
    }
    quoted + "'"
}

fn scalar_text(scalar: &Scalar) -> String {
    match scalar {
        Scalar::Integer(value) => value.to_string(),
        Scalar::Number(value) => format!("{value:?}"),
        Scalar::Text(text) => quoted(text),
    }
}

fn scalar_json(scalar: &Scalar) -> Value {
    match scalar {
        Scalar::Integer(value) => json!(value),
        Scalar::Number(value) => json!(value),
        Scalar::Text(text) => json!(text),
    }
}

/// Whether `filter` can be written in CQL2-Text.
pub(crate) fn has_text(filter: &Filter) -> bool {
    let text = |scalar: &Scalar| !matches!(scalar, Scalar::Text(text) if text.ends_with('\\'));
    match filter {
        Filter::All(parts) | Filter::Any(parts) => parts.iter().all(has_text),
        Filter::Not(part) => has_text(part),
        Filter::Compare { value, .. } => text(value),
        Filter::In { values, .. } => values.iter().all(text),
        Filter::Between { low, high, .. } => text(low) && text(high),
        Filter::Like { pattern, .. } => !pattern.to_string().ends_with('\\'),
        Filter::IsNull { .. } | Filter::Intersects(_) | Filter::Within { .. } => true,
    }
}

/// `filter` in CQL2-Text.
pub(crate) fn text(filter: &Filter, columns: &Columns) -> String {
    let named = |column: &usize| format!("\"{}\"", name(columns, *column).replace('"', "\"\""));
    let several = |parts: &[Filter], word: &str| {
        let parts: Vec<String> = parts.iter().map(|part| text(part, columns)).collect();
        format!("({})", parts.join(word))
    };
    match filter {
        Filter::All(parts) if parts.is_empty() => "TRUE".to_owned(),
        Filter::Any(parts) if parts.is_empty() => "false".to_owned(),
        Filter::All(parts) => several(parts, " AND "),
        Filter::Any(parts) => several(parts, " or "),
        Filter::Not(part) => format!("NOT {}", text(part, columns)),
        Filter::Compare { column, with, value } => {
            format!("{}{}{}", named(column), with.sign(), scalar_text(value))
        }
        Filter::In { column, values } => {
            let values: Vec<String> = values.iter().map(scalar_text).collect();
            format!("{} in ({})", named(column), values.join(","))
        }
        Filter::Between { column, low, high } => {
            format!("{} BETWEEN {} AND {}", named(column), scalar_text(low), scalar_text(high))
        }
        Filter::Like { column, pattern } => {
            format!("{} LIKE {}", named(column), quoted(&pattern.to_string()))
        }
        Filter::IsNull { column } => format!("{} IS NULL", named(column)),
        Filter::Intersects(region) => format!("S_INTERSECTS(geometry, {})", region_text(region)),
        Filter::Within { of, metres } => {
            format!("S_DWITHIN(geometry, POINT({}), {metres:?})", pair(of))
        }
    }
}

fn pair(Point { longitude, latitude }: &Point) -> String {
    format!("{longitude} {latitude}")
}

fn region_text(region: &Region) -> String {
    let ring = |ring: &Vec<Point>| format!("({})", ring.iter().map(pair).collect::<Vec<_>>().join(", "));
    let polygon =
        |polygon: &Polygon| format!("({})", polygon.rings.iter().map(ring).collect::<Vec<_>>().join(","));
    match region {
        Region::Points(points) if points.len() == 1 => format!("POINT{}", ring(points)),
        Region::Points(points) => format!("MULTIPOINT{}", ring(points)),
        Region::Box(Bbox { west, south, east, north }) => format!("BBOX({west},{south},{east},{north})"),
        Region::Polygons(polygons) => {
            format!("MULTIPOLYGON({})", polygons.iter().map(polygon).collect::<Vec<_>>().join(","))
        }
    }
}

/// `filter` in CQL2-JSON.
pub(crate) fn in_json(filter: &Filter, columns: &Columns) -> Value {
    let named = |column: &usize| json!({"property": name(columns, *column)});
    let several = |parts: &[Filter]| parts.iter().map(|part| in_json(part, columns)).collect::<Vec<_>>();
    let geometry = json!({"property": "geometry"});
    match filter {
        Filter::All(parts) if parts.is_empty() => json!(true),
        Filter::Any(parts) if parts.is_empty() => json!(false),
        Filter::All(parts) => json!({"op": "and", "args": several(parts)}),
        Filter::Any(parts) => json!({"op": "or", "args": several(parts)}),
        Filter::Not(part) => json!({"op": "not", "args": [in_json(part, columns)]}),
        Filter::Compare { column, with, value } => {
            json!({"op": with.sign(), "args": [named(column), scalar_json(value)]})
        }
        Filter::In { column, values } => {
            json!({"op": "in", "args": [named(column), values.iter().map(scalar_json).collect::<Vec<_>>()]})
        }
        Filter::Between { column, low, high } => {
            json!({"op": "between", "args": [named(column), scalar_json(low), scalar_json(high)]})
        }
        Filter::Like { column, pattern } => {
            json!({"op": "like", "args": [named(column), pattern.to_string()]})
        }
        Filter::IsNull { column } => json!({"op": "isNull", "args": [named(column)]}),
        Filter::Intersects(region) => json!({"op": "s_intersects", "args": [geometry, region_json(region)]}),
        Filter::Within { of, metres } => {
            let point = json!({"type": "Point", "coordinates": [of.longitude, of.latitude]});
            json!({"op": "s_dwithin", "args": [geometry, point, metres]})
        }
    }
}

fn region_json(region: &Region) -> Value {
    let ring = |ring: &Vec<Point>| {
        ring.iter().map(|point| json!([point.longitude, point.latitude])).collect::<Vec<_>>()
    };
    let polygon = |polygon: &Polygon| polygon.rings.iter().map(ring).collect::<Vec<_>>();
    match region {
        Region::Points(points) => json!({"type": "MultiPoint", "coordinates": ring(points)}),
        Region::Box(Bbox { west, south, east, north }) => json!({"bbox": [west, south, east, north]}),
        Region::Polygons(polygons) => {
            json!({"type": "MultiPolygon", "coordinates": polygons.iter().map(polygon).collect::<Vec<_>>()})
        }
    }
}
