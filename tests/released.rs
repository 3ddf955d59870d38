//! What a released program has kept is kept by this one, with the same data, in whatever tables it keeps it now.
//!
//! `released/` holds a copy of a small city by each released form of the tables. A copy is put back in the form
//! that it was made in, and then goes up as a database does that is opened by a newer program.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};
use tempfile::TempDir;

use crate::city::City;
use crate::desk::{Desk, datasets, repository};
use crate::terminal::hiyori;

/// Columns of released forms that held nothing of their own: what is said elsewhere, prepared for the search.
const DERIVED: [&str; 1] = ["folded"];

fn released() -> Vec<PathBuf> {
    let mut forms: Vec<_> =
        fs::read_dir(repository().join("tests/released")).unwrap().map(|form| form.unwrap().path()).collect();
    forms.sort();
    assert!(!forms.is_empty());
    forms
}

/// The rows of each table of a copy.
fn rows(copy: &Path) -> BTreeMap<String, Vec<Map<String, Value>>> {
    let tables = fs::read_dir(copy.join("tables")).unwrap().map(|table| table.unwrap().path());
    tables
        .map(|table| {
            let lines = fs::read_to_string(&table).unwrap();
            let rows = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            (table.file_stem().unwrap().to_str().unwrap().to_owned(), rows)
        })
        .collect()
}

#[tokio::test]
async fn a_city_of_every_released_form_goes_up_with_its_data_as_they_were() {
    for form in released() {
        let data = TempDir::new().unwrap();
        hiyori(&["restore".as_ref(), form.as_os_str(), "--data".as_ref(), data.path().as_os_str()]).exits(0);
        hiyori(&["migrate".as_ref(), "--data".as_ref(), data.path().as_os_str()]).exits(0);
        hiyori(&["verify".as_ref(), "--data".as_ref(), data.path().as_os_str()]).exits(0);

        let desk = Desk::new();
        let copy = desk.path().join("copy");
        hiyori(&["backup".as_ref(), copy.as_os_str(), "--data".as_ref(), data.path().as_os_str()]).exits(0);
        let (before, after) = (rows(&form), rows(&copy));
        for (table, rows) in &before {
            assert_eq!(rows.len(), after[table].len(), "{}: {table}", form.display());
            for row in rows {
                let same = |now: &&Map<String, Value>| {
                    row.iter()
                        .filter(|(column, _)| !DERIVED.contains(&column.as_str()))
                        .all(|(column, value)| now.get(column) == Some(value))
                };
                assert!(
                    after[table].iter().any(|now| same(&now)),
                    "{}: {table} lost {row:?}",
                    form.display()
                );
            }
        }

        let city = City::opening().loading(&datasets()).on(data).open().await;
        for number in [1, 2] {
            let path = format!("/api/v1/datasets/table/revisions/{number}/original");
            let kept = city.visitor().gets(&path).await;
            assert_eq!(kept.is(200).text(), format!("番号\n{number}\n"), "{}", form.display());
        }
        city.close().await;
    }
}

#[tokio::test]
async fn a_city_of_a_newer_program_is_refused_in_clear_words() {
    let form = released().pop().unwrap();
    let desk = Desk::new();
    let copy = desk.path().join("copy");
    hiyori(&["restore".as_ref(), form.as_os_str(), "--data".as_ref(), desk.path().join("old").as_os_str()])
        .exits(0);
    hiyori(&["backup".as_ref(), copy.as_os_str(), "--data".as_ref(), desk.path().join("old").as_os_str()])
        .exits(0);
    let manifest = fs::read_to_string(copy.join("manifest.json")).unwrap();
    let newer =
        manifest.replacen("\"c0001_first_tables\"", "\"c0001_first_tables\", \"c9999_of_tomorrow\"", 1);
    assert_ne!(manifest, newer);
    fs::write(copy.join("manifest.json"), newer).unwrap();
    let fresh = TempDir::new().unwrap();
    let ran = hiyori(&["restore".as_ref(), copy.as_os_str(), "--data".as_ref(), fresh.path().as_os_str()]);
    ran.exits(2).says("newer than this program").says("c9999_of_tomorrow");
}
