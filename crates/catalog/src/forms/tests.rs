#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::io::Read;
use std::sync::LazyLock;

use ingestion::schema::Field;
use ingestion::{Schemas, Sha256};
use proptest::prelude::*;

use super::*;

static SCHEMAS: LazyLock<Schemas> = LazyLock::new(Schemas::embedded);

/// The forms of a table; columns named after a field of 公衆トイレ一覧 are that field.
fn forms(header: &[&str], rows: &[Vec<Cell<'_>>]) -> Vec<(Format, String)> {
    let work = tempfile::tempdir().unwrap();
    let schema = SCHEMAS.get(&"hyojun/public_toilet".parse().unwrap()).unwrap();
    let field = |name: &str| schema.fields.iter().find(|field: &&Field| field.name == name);
    let columns: Vec<_> =
        header.iter().map(|name| Column { name: (*name).to_owned(), field: field(name) }).collect();
    let mut forms = Forms::begin(work.path()).unwrap();
    forms.header(&columns);
    for (place, cells) in rows.iter().enumerate() {
        forms.row(&Row { number: place as u64 + 2, cells });
    }
    forms.end().unwrap().into_iter().map(|(format, staged)| (format, read(staged))).collect()
}

fn read(staged: Staged) -> String {
    let mut text = String::new();
    let mut file = staged.file;
    file.read_to_string(&mut text).unwrap();
    text
}

fn text(raw: &str) -> Cell<'_> {
    Cell { raw, value: if raw.is_empty() { Value::Blank } else { Value::Text(raw) } }
}

fn number(raw: &str) -> Cell<'_> {
    Cell { raw, value: Value::Number(raw.trim().trim_start_matches('+').parse().unwrap()) }
}

#[test]
fn each_form_says_the_same_with_the_cells_own_digits() {
    let rows = [
        vec![text("見本公園, 東"), number("38.40"), number("141.3"), text("")],
        vec![text("見本\"駅\""), text(""), text(""), Cell { raw: "007", value: Value::Integer(7) }],
    ];
    let forms = forms(&["名称", "緯度", "経度", ""], &rows);
    let [(Format::Csv, csv), (Format::Json, json), (Format::GeoJson, geojson)] = &forms[..] else {
        panic!("{forms:?}")
    };
    assert_eq!(
        csv,
        "名称,緯度,経度,column_4\r\n\"見本公園, 東\",38.40,141.3,\r\n\"見本\"\"駅\"\"\",,,007\r\n"
    );
    assert_eq!(
        json,
        "[\n\
         {\"名称\":\"見本公園, 東\",\"緯度\":38.40,\"経度\":141.3,\"column_4\":null},\n\
         {\"名称\":\"見本\\\"駅\\\"\",\"緯度\":null,\"経度\":null,\"column_4\":7}\n\
         ]\n"
    );
    let collection: geojson::FeatureCollection = geojson.parse().unwrap();
    assert_eq!(collection.features.len(), 2);
    assert!(geojson.contains("\"coordinates\":[141.3,38.40]"), "{geojson}");
    assert_eq!(collection.features[1].geometry, None);
    let properties = collection.features[0].properties.as_ref().unwrap();
    assert_eq!(properties["名称"], "見本公園, 東");
}

#[test]
fn without_a_single_point_there_is_no_geojson() {
    let of = |forms: Vec<(Format, String)>| forms.into_iter().map(|(format, _)| format).collect::<Vec<_>>();
    let tables = [Format::Csv, Format::Json];
    assert_eq!(of(forms(&["名称"], &[vec![text("見本")]])), tables);
    assert_eq!(of(forms(&["緯度", "名称"], &[vec![number("38.4"), text("見本")]])), tables);
    assert_eq!(
        of(forms(&["緯度", "経度"], &[vec![text(""), text("")], vec![number("38.4"), text("")]])),
        tables
    );
    assert_eq!(of(forms(&["緯度", "経度"], &[])), tables);
}

#[test]
fn a_table_without_rows_is_an_empty_array() {
    assert_eq!(forms(&["名称"], &[])[1].1, "[]\n");
}

#[test]
fn a_first_row_without_a_point_still_begins_the_collection() {
    let rows = [vec![text(""), text("")], vec![number("38.4"), number("141.3")]];
    let forms = forms(&["緯度", "経度"], &rows);
    forms[2].1.parse::<geojson::FeatureCollection>().unwrap();
}

#[test]
fn every_column_has_a_name_of_its_own() {
    let column = |name: &str| Column { name: name.to_owned(), field: None };
    let named = |headers: &[&str]| names(&headers.iter().map(|name| column(name)).collect::<Vec<_>>());
    assert_eq!(named(&["備考", "", "　", "column_3"]), ["備考", "column_2", "column_3", "column_3_2"]);
    assert_eq!(named(&["a", "a", "a"]), ["a", "a_2", "a_3"]);
}

#[test]
fn only_what_json_reads_keeps_its_digits() {
    for good in ["0", "-0", "36.40", "1e5", "-1.5E+10", "0.0"] {
        assert!(is_json_number(good), "{good}");
        serde_json::from_str::<f64>(good).unwrap();
    }
    for bad in ["", "-", "+1", "007", "1.", ".5", "1e", "1e+", "１", " 1", "1,000", "NaN", "--1", "1.2.3"] {
        assert!(!is_json_number(bad), "{bad}");
    }
}

#[test]
fn a_disk_that_fails_is_told_at_the_end() {
    let work = tempfile::tempdir().unwrap();
    let mut forms = Forms::begin(work.path()).unwrap();
    forms.written = Err(io::Error::other("no room"));
    forms.row(&Row { number: 2, cells: &[text("見本")] });
    assert_eq!(forms.end().unwrap_err().to_string(), "no room");
}

proptest! {
    #[test]
    fn whatever_the_cells_hold_each_form_reads_back(
        rows in proptest::collection::vec(proptest::collection::vec("\\PC*|[\"\r\n,;\\\\\u{0}-\u{1f}]*", 2), 0..5)
    ) {
        let cells: Vec<Vec<Cell<'_>>> = rows.iter().map(|row| row.iter().map(|raw| text(raw)).collect()).collect();
        let forms = forms(&["名称", "備考"], &cells);

        let mut csv = csv::Reader::from_reader(forms[0].1.as_bytes());
        let read: Vec<Vec<String>> =
            csv.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
        prop_assert_eq!(&read, &rows);

        let json: Vec<serde_json::Map<String, serde_json::Value>> = serde_json::from_str(&forms[1].1).unwrap();
        let read: Vec<Vec<String>> = json
            .iter()
            .map(|row| row.values().map(|value| value.as_str().unwrap_or_default().to_owned()).collect())
            .collect();
        prop_assert_eq!(&read, &rows);
    }

    #[test]
    fn whatever_is_called_a_json_number_is_one(text in "[-+0-9.eE]{0,8}") {
        // Passing a number over knows its grammar and no bounds: RFC 8259 allows numbers beyond f64.
        let passed_over = serde_json::from_str::<serde::de::IgnoredAny>(&text);
        prop_assert_eq!(is_json_number(&text), passed_over.is_ok(), "{}", text);
    }
}

#[test]
fn the_digest_is_that_of_the_bytes() {
    let work = tempfile::tempdir().unwrap();
    let mut forms = Forms::begin(work.path()).unwrap();
    forms.header(&[Column { name: "名称".to_owned(), field: None }]);
    for (format, staged) in forms.end().unwrap() {
        let (bytes, sha256) = (staged.bytes, staged.sha256);
        let text = read(staged);
        assert_eq!((text.len() as u64, Sha256::of(text.as_bytes())), (bytes, sha256), "{format}");
    }
}
