#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::io::Cursor;

use proptest::prelude::*;

use super::*;

fn table(rows: &[&[&str]]) -> Vec<u8> {
    let mut out = crate::forms::writer(Vec::new());
    rows.iter().for_each(|row| out.write_record(*row).unwrap());
    out.into_inner().unwrap()
}

fn open(csv: &[u8]) -> CsvFile<Cursor<&[u8]>> {
    CsvFile::open(Cursor::new(csv)).unwrap()
}

fn difference(before: &[u8], after: &[u8], key: &[&str]) -> (Counts, Vec<Change>) {
    let key: Vec<String> = key.iter().map(|name| (*name).to_owned()).collect();
    let mut changes = Vec::new();
    let counts = compare(&mut open(before), &mut open(after), &key, |change| {
        changes.push(change);
        Ok(())
    });
    (counts.unwrap(), changes)
}

fn cell(field: &str, before: Option<&str>, after: Option<&str>) -> CellChange {
    let own = |text: Option<&str>| text.map(str::to_owned);
    CellChange { field: field.to_owned(), before: own(before), after: own(after) }
}

#[test]
fn a_row_is_found_by_its_key_wherever_it_stands() {
    let before = table(&[&["ID", "名称"], &["1", "甲"], &["2", "乙"], &["3", "丙"]]);
    let after = table(&[&["ID", "名称"], &["3", "丙"], &["1", "甲改"], &["4", "丁"]]);
    let (counts, changes) = difference(&before, &after, &["ID"]);
    assert_eq!(counts, Counts { added: 1, removed: 1, changed: 1, unchanged: 1 });
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        changes,
        [
            Change::Kept { from: 3, to: 1 },
            Change::Changed {
                from: 1,
                to: 2,
                key: texts(&["1"]),
                cells: vec![cell("名称", Some("甲"), Some("甲改"))],
            },
            Change::Added { to: 3, key: texts(&["4"]), cells: texts(&["4", "丁"]) },
            Change::Removed { from: 2, key: texts(&["2"]), cells: texts(&["2", "乙"]) },
        ]
    );
}

#[test]
fn without_a_key_the_number_of_a_row_is_its_key() {
    let before = table(&[&["名称"], &["甲"], &["乙"]]);
    let after = table(&[&["名称"], &["甲"], &["丙"], &["乙"]]);
    let (counts, _) = difference(&before, &after, &[]);
    assert_eq!(counts, Counts { added: 1, removed: 0, changed: 1, unchanged: 1 });
}

#[test]
fn of_a_doubled_key_the_first_is_the_first() {
    let before = table(&[&["ID", "名称"], &["1", "甲"], &["1", "乙"], &["1", "丙"]]);
    let after = table(&[&["ID", "名称"], &["1", "甲"], &["1", "乙改"]]);
    let (counts, changes) = difference(&before, &after, &["ID"]);
    assert_eq!(counts, Counts { added: 0, removed: 1, changed: 1, unchanged: 1 });
    assert!(matches!(changes[2], Change::Removed { from: 3, .. }), "{changes:?}");
}

#[test]
fn a_column_that_is_new_is_no_change_of_the_rows_where_it_is_blank() {
    let before = table(&[&["ID", "旧"], &["1", ""], &["2", "あり"]]);
    let after = table(&[&["新", "ID"], &["", "1"], &["値", "2"]]);
    let (counts, changes) = difference(&before, &after, &["ID"]);
    assert_eq!((counts.changed, counts.unchanged), (1, 1));
    let Change::Changed { cells, .. } = &changes[1] else { unreachable!("{changes:?}") };
    assert_eq!(*cells, [cell("新", None, Some("値")), cell("旧", Some("あり"), None)]);
}

#[test]
fn the_first_key_that_every_row_of_both_has_is_the_key() {
    let candidates = [vec!["ID".to_owned()], vec!["名称".to_owned(), "住所".to_owned()]];
    let chosen = |before: &[&[&str]], after: &[&[&str]]| {
        let (before, after) = (table(before), table(after));
        choose_key(&mut open(&before), &mut open(&after), &candidates).unwrap().join("+")
    };
    let names: &[&str] = &["ID", "名称", "住所"];
    assert_eq!(chosen(&[names, &["1", "", ""]], &[names, &["2", "", ""]]), "ID");
    assert_eq!(chosen(&[names, &["1", "甲", ""]], &[names, &["", "", "乙"]]), "名称+住所");
    assert_eq!(chosen(&[names, &["1", "甲", ""]], &[names, &[" ", "", ""]]), "");
    assert_eq!(chosen(&[names, &["1", "甲", ""]], &[&["名称", "住所"], &["甲", ""]]), "名称+住所");
    assert_eq!(chosen(&[names], &[&["名称"]]), "", "a table without rows has columns, too");
}

/// Any table: few values, so that keys double and cells agree; cells with everything that needs quotes.
fn any_table() -> impl Strategy<Value = Vec<u8>> {
    let names = ["ID", "名称", "住所", "備考"];
    let columns = proptest::sample::subsequence(names.to_vec(), 1..=4).prop_shuffle();
    let cell = "[ab]?|[\"\r\n, 見]{0,3}";
    (columns, proptest::collection::vec(proptest::collection::vec(cell, 4), 0..12)).prop_map(
        |(columns, rows)| {
            let mut out = crate::forms::writer(Vec::new());
            out.write_record(&columns).unwrap();
            for row in rows {
                out.write_record(&row[..columns.len()]).unwrap();
            }
            out.into_inner().unwrap()
        },
    )
}

proptest! {
    /// The promise: the earlier table and the difference are the later table, byte for byte. Keys are doubled, rows and columns
    /// change their places, columns come and go.
    #[test]
    fn the_difference_applied_to_the_earlier_table_is_the_later(
        before in any_table(),
        after in any_table(),
        key in proptest::sample::subsequence(vec!["ID", "名称", "住所"], 0..=2),
    ) {
        let shared = |name: &&str| {
            [&before, &after].into_iter().all(|csv| open(csv).names().iter().any(|other| other == name))
        };
        let key: Vec<&str> = key.into_iter().filter(shared).collect();
        let (counts, changes) = difference(&before, &after, &key);
        let names = open(&after).names().to_vec();
        prop_assert_eq!(apply(&before, &names, &changes).unwrap(), after.clone());

        let rows = |csv: &[u8]| csv::Reader::from_reader(csv).into_records().count() as u64;
        prop_assert_eq!(counts.added + counts.changed + counts.unchanged, rows(&after));
        prop_assert_eq!(counts.removed + counts.changed + counts.unchanged, rows(&before));
    }

    /// Nothing is told of a table that stayed as it was.
    #[test]
    fn a_table_does_not_differ_from_itself(table in any_table()) {
        let (counts, _) = difference(&table, &table, &[]);
        prop_assert_eq!((counts.added, counts.removed, counts.changed), (0, 0, 0));
    }
}
