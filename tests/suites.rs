//! The two suites look at the same.

use std::collections::BTreeSet;
use std::fs;

use crate::desk::repository;

/// The modules that the suite in `file` is made of.
fn modules(file: &str) -> BTreeSet<String> {
    let suite = fs::read_to_string(repository().join("tests").join(file)).unwrap();
    let lines = suite.lines().filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';'));
    lines.map(str::to_owned).collect()
}

#[test]
fn whatever_is_promised_on_sqlite_is_promised_on_postgresql() {
    let (folder, postgres) = (modules("main.rs"), modules("on_postgres.rs"));
    let left_out: Vec<_> = folder.difference(&postgres).collect();
    assert!(left_out.is_empty(), "on_postgres.rs leaves out {left_out:?}");
}

#[test]
fn every_file_of_tests_is_in_the_suite() {
    let modules = modules("on_postgres.rs");
    for entry in fs::read_dir(repository().join("tests")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        if path.extension().is_some_and(|extension| extension == "rs")
            && !["main", "on_postgres"].contains(&name)
        {
            assert!(modules.contains(name), "{name}.rs is in no suite");
        }
    }
}
