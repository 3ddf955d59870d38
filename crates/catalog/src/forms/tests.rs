#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::io::{Read, Write};
use std::sync::LazyLock;

use ingestion::schema::{Field, Kind};
use ingestion::{Cell, Schema, Schemas, Sha256, Value};
use proptest::prelude::*;

use super::json::is_json_number;
use super::*;

static SCHEMAS: LazyLock<Schemas> = LazyLock::new(Schemas::embedded);

fn toilets() -> &'static Schema {
    SCHEMAS.get(&"hyojun/public_toilet".parse().unwrap()).unwrap()
}

/// The canonical CSV of a table; columns named after a field of 公衆トイレ一覧 are that field.
fn canonical(header: &[&str], rows: &[Vec<&str>]) -> Staged {
    let work = tempfile::tempdir().unwrap();
    let field = |name: &str| toilets().fields.iter().find(|field: &&Field| field.name == name);
    let columns: Vec<_> =
        header.iter().map(|name| Column { name: (*name).to_owned(), field: field(name) }).collect();
    let mut forms = Forms::begin(work.path()).unwrap();
    forms.header(&columns);
    for (place, row) in rows.iter().enumerate() {
        let cells: Vec<_> = row.iter().map(|raw| Cell { raw, value: Value::Text(raw) }).collect();
        forms.row(&Row { number: place as u64 + 2, cells: &cells });
    }
    let [(Format::Csv, csv)] = <[_; 1]>::try_from(forms.end().unwrap()).unwrap() else { panic!() };
    csv
}

/// The same table, as the other forms read it.
fn table(header: &[&str], rows: &[Vec<&str>]) -> Table<'static> {
    Table::open(canonical(header, rows).file, Some(toilets())).unwrap()
}

/// The text forms of a table.
fn forms(header: &[&str], rows: &[Vec<&str>]) -> Vec<(Format, String)> {
    let mut forms = vec![(Format::Csv, read(canonical(header, rows)))];
    let (mut json, mut map) = (Vec::new(), Vec::new());
    json::write(&table(header, rows), &mut json).unwrap();
    forms.push((Format::Json, String::from_utf8(json).unwrap()));
    if geojson::write(&table(header, rows), &mut map).unwrap() {
        forms.push((Format::GeoJson, String::from_utf8(map).unwrap()));
    }
    forms
}

fn read(staged: Staged) -> String {
    let mut text = String::new();
    let mut file = staged.file;
    file.read_to_string(&mut text).unwrap();
    text
}

#[test]
fn each_form_says_the_same_with_the_cells_own_digits() {
    let rows = [vec!["見本公園, 東", "38.40", "141.3", "", "007"], vec!["見本\"駅\"", "", "", "007", ""]];
    let forms = forms(&["名称", "緯度", "経度", "男性トイレ総数", ""], &rows);
    let [(Format::Csv, csv), (Format::Json, json), (Format::GeoJson, geojson)] = &forms[..] else {
        panic!("{forms:?}")
    };
    assert_eq!(
        csv,
        "名称,緯度,経度,男性トイレ総数,column_5\r\n\"見本公園, 東\",38.40,141.3,,007\r\n\"見本\"\"駅\"\"\",,,007,\r\n"
    );
    assert_eq!(
        json,
        "[\n\
         {\"名称\":\"見本公園, 東\",\"緯度\":38.40,\"経度\":141.3,\"男性トイレ総数\":null,\"column_5\":\"007\"},\n\
         {\"名称\":\"見本\\\"駅\\\"\",\"緯度\":null,\"経度\":null,\"男性トイレ総数\":7,\"column_5\":null}\n\
         ]\n"
    );
    let collection: ::geojson::FeatureCollection = geojson.parse().unwrap();
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
    assert_eq!(of(forms(&["名称"], &[vec!["見本"]])), tables);
    assert_eq!(of(forms(&["緯度", "名称"], &[vec!["38.4", "見本"]])), tables);
    assert_eq!(of(forms(&["緯度", "経度"], &[vec!["", ""], vec!["38.4", ""]])), tables);
    assert_eq!(of(forms(&["緯度", "経度"], &[])), tables);
}

#[test]
fn a_table_without_rows_is_an_empty_array() {
    assert_eq!(forms(&["名称"], &[])[1].1, "[]\n");
}

#[test]
fn a_first_row_without_a_point_still_begins_the_collection() {
    let rows = [vec!["", ""], vec!["38.4", "141.3"]];
    let forms = forms(&["緯度", "経度"], &rows);
    forms[2].1.parse::<::geojson::FeatureCollection>().unwrap();
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
    forms.csv = Err(io::Error::other("no room"));
    forms.row(&Row { number: 2, cells: &[Cell { raw: "見本", value: Value::Text("見本") }] });
    assert_eq!(forms.end().unwrap_err().to_string(), "no room");
}

proptest! {
    #[test]
    fn whatever_the_cells_hold_each_form_reads_back(
        rows in proptest::collection::vec(proptest::collection::vec("\\PC*|[\"\r\n,;\\\\\u{0}-\u{1f}]*", 2), 0..5)
    ) {
        let cells: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        let forms = forms(&["甲", "乙"], &cells);

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

/// Every column of a Parquet file as text, row by row; null is `None`.
fn rows_of_parquet(bytes: Vec<u8>) -> (Vec<String>, Vec<Vec<Option<String>>>) {
    use ::parquet::file::reader::{FileReader, SerializedFileReader};
    use ::parquet::record::Field;
    let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
    let columns = reader.metadata().file_metadata().schema_descr().columns().to_vec();
    let said = |field: &Field| match field {
        Field::Null => None,
        Field::Str(text) => Some(text.clone()),
        other => Some(other.to_string()),
    };
    let rows = reader.get_row_iter(None).unwrap();
    let rows = rows.map(|row| row.unwrap().get_column_iter().map(|(_, field)| said(field)).collect());
    (
        columns.iter().map(|column| format!("{} {}", column.name(), column.physical_type())).collect(),
        rows.collect(),
    )
}

fn parquet_of(header: &[&str], rows: &[Vec<&str>]) -> (Vec<String>, Vec<Vec<Option<String>>>) {
    rows_of_parquet(parquet::write(&table(header, rows), Vec::new(), &[]).unwrap())
}

#[test]
fn parquet_has_the_types_of_the_schema_and_nulls_for_blanks() {
    let header = ["名称", "全国地方公共団体コード", "緯度", "男性トイレ総数", "利用開始時間", ""];
    let rows = [vec!["見本公園", "042021", "38.40", "3", "08:30", "007"], vec!["見本駅", "", "", "", "", ""]];
    let (columns, read) = parquet_of(&header, &rows);
    assert_eq!(
        columns,
        [
            "名称 BYTE_ARRAY",
            "全国地方公共団体コード BYTE_ARRAY",
            "緯度 DOUBLE",
            "男性トイレ総数 INT64",
            "利用開始時間 BYTE_ARRAY",
            "column_6 BYTE_ARRAY",
        ]
    );
    let told =
        |cells: [&str; 6]| cells.map(|cell| Some(cell.to_owned()).filter(|cell| !cell.is_empty())).to_vec();
    assert_eq!(read[0], told(["見本公園", "042021", "38.4", "3", "08:30", "007"]));
    assert_eq!(read[1], told(["見本駅", "", "", "", "", ""]));
}

#[test]
fn days_are_days_in_parquet() {
    let schema =
        SCHEMAS.iter().find(|schema| schema.fields.iter().any(|field| field.kind == Kind::Date)).unwrap();
    let field = schema.fields.iter().find(|field| field.kind == Kind::Date).unwrap();
    let days = |rows: &[&str]| {
        let mut file = tempfile::tempfile().unwrap();
        write!(file, "{}\r\n{}\r\n", field.name, rows.join("\r\n")).unwrap();
        let table = Table::open(file, Some(schema)).unwrap();
        rows_of_parquet(parquet::write(&table, Vec::new(), &[]).unwrap())
    };
    let (columns, rows) = days(&["2026-11-26", "1969-12-31"]);
    assert_eq!(columns, [format!("{} INT32", field.name)]);
    assert_eq!(rows, [[Some("2026-11-26".to_owned())], [Some("1969-12-31".to_owned())]]);
    let (columns, rows) = days(&["2026-11-26", "20261126"]);
    assert_eq!(columns, [format!("{} BYTE_ARRAY", field.name)], "no day of any calendar is lost");
    assert_eq!(rows[1], [Some("20261126".to_owned())]);
}

#[test]
fn a_column_with_a_cell_beyond_its_type_is_text_in_parquet() {
    let (columns, rows) = parquet_of(&["名称", "男性トイレ総数"], &[vec!["甲", "3"], vec!["乙", "多数"]]);
    assert_eq!(columns[1], "男性トイレ総数 BYTE_ARRAY");
    assert_eq!(rows[0][1].as_deref(), Some("3"));
    assert_eq!(rows[1][1].as_deref(), Some("多数"));
}

#[test]
fn a_table_of_many_groups_or_of_none_reads_back() {
    let (_, rows) = parquet_of(&["名称", "男性トイレ総数"], &[]);
    assert!(rows.is_empty());
    let numbers: Vec<String> = (0..70_000).map(|number| number.to_string()).collect();
    let many: Vec<Vec<&str>> = numbers.iter().map(|number| vec!["見本", number.as_str()]).collect();
    let (_, rows) = parquet_of(&["名称", "男性トイレ総数"], &many);
    assert!(rows.iter().map(|row| row[1].as_deref().unwrap()).eq(numbers.iter()));
}

#[test]
fn the_same_table_gives_the_same_workbook_and_too_long_a_cell_none() {
    let work = tempfile::tempdir().unwrap();
    let workbook = |rows: &[Vec<&str>]| {
        let mut out = Vec::new();
        xlsx::write(&table(&["名称", "男性トイレ総数"], rows), work.path(), &mut out, &[])
            .unwrap()
            .then_some(out)
    };
    let rows = [vec!["007", "3"], vec!["=1+1", ""]];
    assert_eq!(workbook(&rows).unwrap(), workbook(&rows).unwrap());
    let long = "見".repeat(32_768);
    assert_eq!(workbook(&[vec![&long, ""]]), None);
}

#[test]
fn what_is_packed_unpacks_to_the_same_bytes() {
    let text = "名称,備考\r\n見本,くりかえし\r\n".repeat(1000);
    for packing in crate::distribution::Packing::ALL {
        let mut out = Vec::new();
        packed::write(packing, &mut text.as_bytes(), text.len() as u64, &mut out).unwrap();
        assert!(out.len() < text.len() / 10, "{packing:?}");
        let mut back = Vec::new();
        match packing {
            crate::distribution::Packing::Gzip => {
                flate2::read::GzDecoder::new(out.as_slice()).read_to_end(&mut back).unwrap();
            }
            crate::distribution::Packing::Brotli => {
                brotli::BrotliDecompress(&mut out.as_slice(), &mut back).unwrap();
            }
        }
        assert!(back == text.as_bytes(), "{packing:?}");
    }
}
