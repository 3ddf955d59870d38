#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on is a test that failed"
)]

use std::io::{Seek, Write};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::forms;
use crate::records::{Which, find};
use crate::testing::{Town, slug};

const CELLS: [&str; 9] = ["", "　", "1", "@1", "見本", "a,b", "a\\,b", "\"引用\"", "一\r\n二"];

/// Which columns name a row.
const KEYS: [&[usize]; 3] = [&[], &[1], &[0, 1]];

fn file(rows: &[Vec<&str>]) -> File {
    let mut writer = forms::writer(tempfile::tempfile().unwrap());
    writer.write_record(["区分", "番号", "名称"]).unwrap();
    for row in rows {
        writer.write_record(row).unwrap();
    }
    let mut file = writer.into_inner().unwrap();
    file.flush().unwrap();
    file.rewind().unwrap();
    file
}

/// What the row at `place` is told as.
fn told(rows: &[Vec<&str>], key: &[usize], place: usize) -> Line {
    let number = place as u64 + 1;
    let mut csv = forms::writer(Vec::new());
    csv.write_record(&rows[place]).unwrap();
    let csv = String::from_utf8(csv.into_inner().unwrap()).unwrap();
    let mut json = Vec::new();
    let one = forms::Table::open(file(&rows[place..=place]), None).unwrap();
    forms::json::write(&one, &mut json).unwrap();
    let json = String::from_utf8(json).unwrap();
    Line {
        number,
        key: key::of(cells_at(key, |column| rows[place].get(column).copied()), number),
        json: json.trim_start_matches("[\n").trim_end_matches("\n]\n").to_owned(),
        csv: csv.trim_end_matches("\r\n").to_owned(),
        distance: None,
    }
}

proptest! {
    #[test]
    fn every_row_is_found_by_its_name(
        rows in vec(vec(select(&CELLS[..]), 3), 0..30),
        key in select(&KEYS[..]),
    ) {
        let at_hand = AtHand::read(file(&rows), None, key.to_vec()).unwrap().unwrap();
        let lines: Vec<Line> = (0..rows.len()).map(|place| told(&rows, key, place)).collect();
        for line in &lines {
            let has_key = |line: &Line| {
                let mut cells = cells_at(key, |column| rows[line.number as usize - 1].get(column).copied());
                cells.all(|cell| !cell.trim().is_empty())
            };
            let alike = lines.iter().filter(|other| other.key == line.key);
            let first = alike.min_by_key(|other| (!has_key(other), other.number)).unwrap();
            let found = at_hand.one(&line.key);
            prop_assert_eq!(found.as_ref(), Some(first));
        }
        for none in ["", "0", "31", "@31", "nobody", "a", "001"] {
            prop_assert_eq!(at_hand.one(none), None);
        }
    }
}

#[tokio::test]
async fn a_row_is_the_same_from_memory_and_from_the_database() {
    let town = Town::open().await;
    let csv = "名称,数\r\n\"見本,一号\",36.40\r\n\"二\n号\",\r\n";
    town.publishes("toilets", csv).await.unwrap();
    let subject = find(&town.store, &town.schemas, &slug("toilets"), Which::Current).await.unwrap();
    let rows = subject.rows(&town.store).await.unwrap();
    let at_hand = rows.at_hand(1_000).await.unwrap().unwrap();
    for name in ["1", "2", "3", "@1", ""] {
        assert_eq!(at_hand.one(name), rows.one(name).await.unwrap(), "{name}");
    }
    assert!(at_hand.weight() > csv.len());
}

#[tokio::test]
async fn a_file_that_takes_too_much_is_not_held() {
    let town = Town::open().await;
    town.publishes("toilets", "名称\r\n見本\r\n").await.unwrap();
    let subject = find(&town.store, &town.schemas, &slug("toilets"), Which::Current).await.unwrap();
    let rows = subject.rows(&town.store).await.unwrap();
    assert!(rows.at_hand(10).await.unwrap().is_none());
    assert!(rows.at_hand(100).await.unwrap().is_some());
}
